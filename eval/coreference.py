"""`python -m eval.coreference`: coreference scored as the CoNLL shared tasks score it, on GUM.

In: for each document, gold and predicted clusters of mentions. Out: mentions found, MUC, B3 and
CEAF-e, each with precision, recall and F1, and the mean of the three F1, the CoNLL figure
(Pradhan et al. 2014), with 95 % intervals over documents.

Four views are shown. Mentions are the same where their bounds are (exact), or where their head
words are (head; CorefUD's scorer, Žabokrtský et al. 2022). And single mentions, which GUM
annotates as clusters of one, are kept or left out of both sides. The reference scorer takes the
mentions as given: exact with singletons is the headline. The same again for people and
organisations alone: gold clusters of these kinds against predicted clusters of these kinds, so
that a cluster of another kind is missed where it was taken for one and too many where it is none.
"""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import click
import numpy as np

from eval.cluster_metrics import (
    Clusters,
    count_b_cubed,
    count_ceaf_e,
    count_mentions,
    count_muc,
)
from eval.ending import run_command
from eval.figures import CONFIDENCE, Figure, Tally, summarise
from eval.gum import GumDocument
from eval.gum_split import read_split
from eval.report import as_json, show_table
from onrecord.encode.encoder import Encoder
from onrecord.engine import Engine
from onrecord.extract.attribution import GROUP
from onrecord.extract.found import Found
from onrecord.extract.mentions import Finder
from onrecord.extract.page import Page

GUM = Path("../shared/data/gum")
Bounds = tuple[int, int]
Predict = Callable[[str, Sequence[Bounds]], Found]
LINKS = ("muc", "b_cubed", "ceaf_e")
ROWS = {
    "mentions": "mentions found",
    "muc": "MUC",
    "b_cubed": "B3",
    "ceaf_e": "CEAF-e",
    "conll": "CoNLL, mean of the three",
}
# Who can speak: the kinds of GUM and of onrecord. GUM knows neither groups (it calls them persons
# or organisations) nor outlets (organisations).
PEOPLE = frozenset({"person", "organization", "organisation", "group", "outlet"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CorefMention:
    """A mention in half-open bounds of its text, with those of its head word, and its kind."""

    span: Bounds
    head: Bounds
    kind: str


Clustered = Sequence[Sequence[CorefMention]]


def score(
    documents: Iterable[tuple[Clusters, Clusters]], *, singletons: bool = True, boot: int = 0, seed: int = 0
) -> dict[str, Figure]:
    """The figures of `ROWS` over documents, each given as (gold clusters, predicted clusters).

    Without `singletons`, clusters of one are left out of both sides. A mention that stands in
    several clusters of one side counts in the first alone. Precision and recall of the CoNLL row
    are the means of those of its parts; where nothing is to count, a figure is 0.

    >>> round(score([([{"a", "b", "c"}], [{"a", "b"}])])["muc"].f1, 3)
    0.667
    """
    tallies = [_count_document(*pair, singletons=singletons) for pair in documents]
    figures = summarise(tallies, boot=boot, seed=seed)
    if not tallies:
        return figures
    low, high = _interval_of_mean(tallies, boot, seed) if boot else (None, None)
    parts = [figures[name] for name in LINKS]
    figures["conll"] = Figure(
        precision=sum(p.precision for p in parts) / len(parts),
        recall=sum(p.recall for p in parts) / len(parts),
        f1=_mean_f1(figures),
        predicted=figures["mentions"].predicted,
        gold=figures["mentions"].gold,
        low=low,
        high=high,
    )
    return figures


def _count_document(gold: Clusters, predicted: Clusters, *, singletons: bool) -> Tally:
    sides = [_once(side, 1 if singletons else 2) for side in (gold, predicted)]
    tally = Tally()
    for name, count in zip(
        ("mentions", *LINKS), (count_mentions, count_muc, count_b_cubed, count_ceaf_e), strict=True
    ):
        right_guesses, guesses, right_golds, golds = count(*sides)
        tally.add(name, predicted=(right_guesses, guesses), gold=(right_golds, golds))
    return tally


def _once(clusters: Clusters, fewest: int) -> list[frozenset[Hashable]]:
    """The clusters of at least so many mentions, each mention in one alone."""
    seen: set[Hashable] = set()
    kept = []
    for cluster in clusters:
        own = frozenset(cluster) - seen
        seen |= own
        if len(own) >= fewest:
            kept.append(own)
    return kept


def _mean_f1(figures: dict[str, Figure]) -> float:
    return sum(figures[name].f1 for name in LINKS) / len(LINKS)


def _interval_of_mean(tallies: Sequence[Tally], boot: int, seed: int) -> tuple[float, float]:
    """The interval of the CoNLL figure, over resamples of the documents with replacement."""
    draws = np.random.default_rng(seed).integers(len(tallies), size=(boot, len(tallies)))
    means = [_mean_f1(summarise([tallies[i] for i in draw])) for draw in draws]
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)


def match_spans(gold: Clustered, predicted: Clustered) -> tuple[Clusters, Clusters]:
    """Both clusterings with mentions that are the same where their bounds are."""
    left, right = ([[mention.span for mention in cluster] for cluster in side] for side in (gold, predicted))
    return left, right


def match_heads(gold: Clustered, predicted: Clustered) -> tuple[Clusters, Clusters]:
    """Both clusterings with mentions that are the same where their head words share a character.

    Mentions are paired one to one; of several with the same head, the same bounds go first, then
    the most characters in common. A mention without a partner equals none.
    """
    golds, guesses = ([m for cluster in side for m in cluster] for side in (gold, predicted))
    at: dict[int, set[int]] = {}
    for i, mention in enumerate(golds):
        for char in range(*mention.head):
            at.setdefault(char, set()).add(i)
    pairs = []
    for j, guess in enumerate(guesses):
        for i in {i for char in range(*guess.head) for i in at.get(char, ())}:
            pairs.append((-_likeness(golds[i].span, guess.span), i, j))
    names_of_gold: dict[int, int] = {}
    names_of_guess: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in names_of_gold and j not in names_of_guess:
            names_of_gold[i] = names_of_guess[j] = i
    return (
        _renamed(gold, lambda i: ("both", names_of_gold[i]) if i in names_of_gold else ("gold", i)),
        _renamed(predicted, lambda j: ("both", names_of_guess[j]) if j in names_of_guess else ("own", j)),
    )


def _likeness(one: Bounds, other: Bounds) -> float:
    """Characters in common over those of either."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(common, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def _renamed(side: Clustered, name: Callable[[int], Hashable]) -> Clusters:
    """The clusters with each mention called by its number in the order of the clusters."""
    numbers = iter(range(sum(map(len, side))))
    return [[name(next(numbers)) for _ in cluster] for cluster in side]


def keep_people(clusters: Clustered) -> Clustered:
    """The clusters most of whose mentions are people or organisations; the first kind where it is even."""
    kinds = [Counter(m.kind for m in cluster).most_common(1)[0][0] if cluster else "" for cluster in clusters]
    return [cluster for cluster, kind in zip(clusters, kinds, strict=True) if kind in PEOPLE]


def gold_clusters(document: GumDocument) -> Clustered:
    """The clusters of a document, single mentions too."""
    clusters: dict[str, list[CorefMention]] = {}
    for mention in document.mentions:
        head = document.tokens[mention.head]
        made = CorefMention(
            span=document.bounds_of(mention), head=(head.start_char, head.end_char), kind=mention.kind
        )
        clusters.setdefault(mention.cluster, []).append(made)
    return list(clusters.values())


def found_clusters(found: Found) -> Clustered:
    """The clusters that the heads found."""
    made = [
        CorefMention(
            span=(m.span.start_char, m.span.end_char), head=(m.head.start_char, m.head.end_char), kind=m.kind
        )
        for m in found.mentions
    ]
    return [[made[i] for i in cluster] for cluster in found.clusters]


def measure(
    documents: Iterable[tuple[Clustered, Clustered]], *, boot: int = 0
) -> dict[str, dict[str, Figure]]:
    """The figures of each view, by its name."""
    pairs = list(documents)
    people = [(keep_people(gold), keep_people(guessed)) for gold, guessed in pairs]
    views = {}
    for which, chosen in (("all", pairs), ("people and organisations", people)):
        for how, match in (("exact", match_spans), ("head", match_heads)):
            keyed = [match(*pair) for pair in chosen]
            for kept, singletons in (("with singletons", True), ("without singletons", False)):
                views[f"{which}, {how}, {kept}"] = score(keyed, singletons=singletons, boot=boot)
    return views


def predictor_of(encoder: Encoder) -> Predict:
    """What the heads find in a text, given its paragraphs: the heads alone, before any rule."""

    def predict(text: str, paragraphs: Sequence[Bounds]) -> Found:
        quotations = [(q.start_char, q.end_char) for q in Page(text, list(paragraphs)).all_quotations]
        words = encoder.cut(text, paragraphs, quotations)
        finder, readings = Finder(encoder, words), encoder.read(words)
        while group := list(islice(readings, GROUP)):
            finder.take(group)
        return finder.found()

    return predict


def predictor(weights: Path | None = None) -> Predict:
    """The same with these weights; by default those of the package."""
    return predictor_of(Engine(weights=weights).encoder)


@click.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=GUM, show_default=True)
@click.option("--split", default="dev", show_default=True)
@click.option("--genre", help="Score the documents of this genre alone.")
@click.option("--limit", type=int, help="Score the first N alone.")
@click.option("--boot", type=int, default=500, show_default=True, help="Resamples for the intervals.")
@click.option("--weights", type=click.Path(file_okay=False, path_type=Path), help="Other weights.")
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON too.")
def main(data: Path, split: str, genre: str | None, limit: int | None, **options: Any) -> None:
    """Score the mentions and coreference that onrecord finds in GUM."""
    held = [d for d in read_split(data, split) if genre in (None, d.genre)][:limit]
    predict = predictor(options["weights"])
    pairs = [(gold_clusters(d), found_clusters(predict(d.text, d.paragraphs))) for d in held]
    views = measure(pairs, boot=options["boot"])
    for name, figures in views.items():
        click.echo(f"{name}: {len(held)} documents of {split}\n\n{show_table(figures, ROWS)}\n")
    if options["json_path"]:
        shown = {name: as_json(figures) for name, figures in views.items()}
        options["json_path"].write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run_command(main)
