"""Scoring of labelled instances as CofeNet (COLING 2022) scores them.

In: BIO labels, gold and predicted, of the same tokens. Out: counts a figure, summed and turned
into precision, recall and F1 by `eval.figures.summarise`. For each kind of source, cue, content:

  begin_KIND    a span is right where one of the other side begins at the same token
  exact_KIND    a span is right where one of the other side has the same bounds
  jaccard_KIND  one mean, as CofeNet's own evaluation takes it: over every gold span, the largest
                share (tokens in common over tokens of either) that a predicted span has with it,
                and over every predicted span that touches no gold span, a zero. Its precision,
                recall and F1 here are all that mean.

Counts are of spans over all instances together (micro average).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.corpus import ROLES, Attribution, Instance
from eval.detokenise import detokenise
from eval.figures import Tally

Bounds = tuple[int, int]
Predict = Callable[[str], Sequence[Attribution]]


def read_spans(labels: Sequence[str]) -> dict[str, list[Bounds]]:
    """The spans of each kind in BIO labels, as half-open token bounds.

    A span begins at a B; an I of another kind, or one without a B before it, is no part of any
    span, and ends the one before.

    >>> read_spans(["B-cue", "I-cue", "O", "I-cue", "B-source"])["cue"]
    [(0, 2)]
    """
    spans: dict[str, list[Bounds]] = {role: [] for role in ROLES}
    start, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            spans[kind].append((start, i))
            kind = ""
        if label.startswith("B-"):
            start, kind = i, label[2:]
    return spans


def score_labels(gold: Sequence[str], predicted: Sequence[str]) -> Tally:
    """The counts of every figure for one instance."""
    tally = Tally()
    golds, guesses = read_spans(gold), read_spans(predicted)
    for role in ROLES:
        _count_equal(tally, f"begin_{role}", {b for b, _ in golds[role]}, {b for b, _ in guesses[role]})
        _count_equal(tally, f"exact_{role}", set(golds[role]), set(guesses[role]))
        _count_jaccard(tally, f"jaccard_{role}", golds[role], guesses[role])
    return tally


def _count_equal(
    tally: Tally, name: str, gold: set[int] | set[Bounds], guessed: set[int] | set[Bounds]
) -> None:
    tally.add_set(name, right=len(gold & guessed), predicted=len(guessed), gold=len(gold))


def _count_jaccard(tally: Tally, name: str, golds: Sequence[Bounds], guesses: Sequence[Bounds]) -> None:
    best = sum(max((_share(gold, guess) for guess in guesses), default=0.0) for gold in golds)
    stray = sum(not any(_share(gold, guess) for gold in golds) for guess in guesses)
    tally.add_set(name, right=best, predicted=len(golds) + stray, gold=len(golds) + stray)


def _share(one: Bounds, other: Bounds) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def flatten(attributions: Sequence[Attribution], bounds: Sequence[Bounds]) -> list[str]:
    """Attributions as one BIO label a token; `bounds` are the tokens' places in the text.

    Where two claim a token, the one with the longer content has it: the outer of two nested
    ones, as PolNeAR marks no attribution within another's content. In the gold of its dev split
    a label hardly ever has to be chosen: of 52,695 tokens under a span, 351 are under two, all but 2
    of them in sources that several attributions share. A span begins anew at its cuts, and two
    that touch stay two.

    >>> flatten([{"source": [[0, 2]], "cue": [[3, 7]], "content": []}], [(0, 2), (3, 7), (8, 9)])
    ['B-source', 'B-cue', 'O']
    """
    labels = ["O"] * len(bounds)
    for attribution in sorted(attributions, key=_content_length, reverse=True):
        for role in ("cue", "source", "content"):
            for start, end in attribution.get(role) or ():
                free = [t for t in _tokens_under(bounds, start, end) if labels[t] == "O"]
                _label_runs(labels, free, role)
    return labels


def _content_length(attribution: Attribution) -> int:
    """Characters from the first of the content to the last."""
    content = attribution.get("content") or ()
    return max((e for _, e in content), default=0) - min((s for s, _ in content), default=0)


def _tokens_under(bounds: Sequence[Bounds], start: int, end: int) -> Iterator[int]:
    return (t for t, (low, high) in enumerate(bounds) if low < end and start < high)


def _label_runs(labels: list[str], tokens: Sequence[int], role: str) -> None:
    for token in tokens[:1]:
        labels[token] = f"B-{role}"
    for before, token in pairwise(tokens):
        labels[token] = f"{'I' if before == token - 1 else 'B'}-{role}"


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """The counts of one article's instances, all annotators together."""

    article_id: str
    tally: Tally


def score_instances(instances: Sequence[Instance], predict: Predict) -> list[ScoredArticle]:
    """The counts of each article, ordered by id; each distinct text is predicted once."""
    known: dict[tuple[str, ...], list[str]] = {}
    tallies: dict[str, Tally] = {}
    for instance in instances:
        if instance.tokens not in known:
            text, bounds = detokenise(instance.tokens)
            known[instance.tokens] = flatten(predict(text), bounds)
        tally = tallies.setdefault(instance.article_id, Tally())
        for name, counts in score_labels(instance.labels, known[instance.tokens]).items():
            tally.add(name, predicted=counts[:2], gold=counts[2:])
    return [ScoredArticle(name, tallies[name]) for name in sorted(tallies)]
