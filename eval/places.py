"""`python -m eval.places`: place names found and placed, on the Local-Global Lexicon and GeoWebNews.

In: the folder of the corpora. Out: a table for each corpus and split, with what the gazetteer itself lacks
reported apart. With --gold-spans the names are given, and only their entries are judged.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from eval.place_corpora import PlaceDocument, Toponym, fill_coordinates, read_geowebnews, read_lgl
from eval.place_figures import NEAR_KM, PlaceCounts, error_of, score, score_each
from onrecord.engine import lines_of
from onrecord.extract.found import Found, FoundPlace
from onrecord.extract.page import Page
from onrecord.extract.places import Gazetteer, make_places
from onrecord.extract.toponyms import read_toponyms
from onrecord.record import PlaceValue, Span

__all__ = ["read_corpus", "score"]

DATA = Path("../shared/data/places")
CORPORA: dict[str, Callable[[Path], list[PlaceDocument]]] = {
    "lgl": lambda folder: read_lgl(folder / "lgl.xml.gz"),
    "geowebnews": lambda folder: read_geowebnews(folder / "geowebnews.tar.xz"),
}
SPLITS = ("rest", "held-out")


def read_corpus(name: str, folder: Path, points: dict[int, tuple[float, float]]) -> list[PlaceDocument]:
    """The documents of a corpus; `points` are those of GeoNames ids, for what holds an id alone."""
    return fill_coordinates(CORPORA[name](folder), points)


def predict_from_gold(document: PlaceDocument, gazetteer: Gazetteer) -> Sequence[PlaceValue]:
    """The places of a document whose names are given."""
    found = Found(places=tuple(found_of(t) for t in document.toponyms))
    page = Page(document.text, lines_of(document.text))
    return make_places(document.name, page, found, gazetteer, home=document.domain)


def found_of(toponym: Toponym) -> FoundPlace:
    """A gold toponym as a head that errs nowhere would give it."""
    span = Span(start_char=toponym.start_char, end_char=toponym.end_char)
    return FoundPlace(span=span, sense=toponym.sense or "literal", sureness=1.0)


def predict_with_engine(text: str, engine: Any) -> Sequence[PlaceValue]:
    """The places that the whole engine reads in a text."""
    found: Sequence[PlaceValue] = engine.parts_of(text).places
    return found


def count_lacking(documents: Sequence[PlaceDocument], gazetteer: Gazetteer) -> Counter[str]:
    """Gold names with a point by what the gazetteer has for them: none of that name, or none near the point.

    The keys are "in it", and for the rest the corpus' own kind of the name.
    """
    counts: Counter[str] = Counter()
    for document in documents:
        spans = [Span(start_char=t.start_char, end_char=t.end_char) for t in document.toponyms]
        for toponym, read in zip(document.toponyms, read_toponyms(document.text, spans), strict=True):
            if toponym.lat is None:
                continue
            entries = [c.entry for name in read.lookups for c in gazetteer.find_candidates(name)]
            errors = [e for entry in entries if (e := error_of(toponym, entry)) is not None]
            near = min(errors, default=NEAR_KM + 1) <= NEAR_KM
            counts["in it" if near else toponym.annotation or "other"] += 1
    return counts


def _print_counts(title: str, counts: PlaceCounts, lacking: Counter[str], *, gold_spans: bool) -> None:
    figures = counts.figures()
    click.echo(
        f"{title}: {counts.documents} documents, {counts.gold} names, {counts.with_point} with a point"
    )
    if not gold_spans:
        click.echo(
            f"  found      strict P {figures['strict_p']:.1f} R {figures['strict_r']:.1f} "
            f"F1 {figures['strict_f1']:.1f}, relaxed F1 {figures['relaxed_f1']:.1f}"
        )
    click.echo(
        f"  within {NEAR_KM:.0f} km of those found: {figures['near']:.1f} %, "
        f"of those placed: {figures['near_of_placed']:.1f} % ({figures['placed']:.1f} % are placed)"
    )
    click.echo(
        f"  error      mean {figures['mean_km']:.0f} km, median {figures['median_km']:.1f} km, "
        f"AUC {figures['auc']:.3f}"
    )
    total = lacking.total() or 1
    kinds = ", ".join(f"{kind} {n}" for kind, n in lacking.most_common() if kind != "in it")
    click.echo(f"  in the gazetteer: {100 * lacking['in it'] / total:.1f} %; lacking: {kinds}")


@click.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=DATA, show_default=True)
@click.option("--corpus", type=click.Choice([*CORPORA, "all"]), default="all", show_default=True)
@click.option("--split", type=click.Choice([*SPLITS, "all"]), default="all", show_default=True)
@click.option("--gold-spans", is_flag=True, help="Give the names, and judge their entries alone.")
def main(data: Path, corpus: str, split: str, gold_spans: bool) -> None:
    """Score the places of annotated articles."""
    from onrecord.engine import Engine
    from onrecord.gazetteer.location import open_gazetteer

    gazetteer = open_gazetteer(click.echo)
    points = gazetteer.read_points()
    engine = None if gold_spans else Engine()
    for name in CORPORA if corpus == "all" else (corpus,):
        documents = read_corpus(name, data, points)
        for part in SPLITS if split == "all" else (split,):
            chosen = [d for d in documents if d.split == part]
            if gold_spans:
                counts = score_each(chosen, partial(predict_from_gold, gazetteer=gazetteer))
            else:
                counts = score(chosen, partial(predict_with_engine, engine=engine))
            _print_counts(f"{name} {part}", counts, count_lacking(chosen, gazetteer), gold_spans=gold_spans)


if __name__ == "__main__":
    main()
