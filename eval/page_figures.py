"""Figures of pages: what one page adds to each, and their sums with bootstrap intervals over pages.

In: a reading and the gold of a page. Out: ratios by name; a figure is the sum of the upper parts over
the sum of the lower, so a mean has 1 below each page, and a micro average what was counted.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.figures import CONFIDENCE
from eval.page_corpus import GoldPage
from eval.page_words import (
    compare_multisets,
    is_day_right,
    is_moment_right,
    joined_words,
    normalise,
    normalise_marks,
    shingles_of,
    words_of,
)

Ratio = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """What a system read of a page; `headings` and `captions` are None where it tells none apart.

    `published` is ISO 8601 as far as it goes. `located` counts the words proven to stand where the map
    says, and all words; `seconds` are of processor time.
    """

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    headings: tuple[str, ...] | None = None
    captions: tuple[str, ...] | None = None
    located: tuple[int, int] | None = None
    seconds: float | None = None
    failure: str | None = None


Read = Callable[[GoldPage], PageReading]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFigure:
    """A ratio, the bounds of its 95 % interval (None where none was made), and over how many pages."""

    value: float
    low: float | None
    high: float | None
    pages: int


def count_page(gold: GoldPage, reading: PageReading) -> dict[str, Ratio]:
    """What a page adds to each figure; a figure that the page cannot tell of is absent."""
    counts: dict[str, Ratio] = {}
    for rule in (_count_text, _count_snippets, _count_structure, _count_header, _count_cost):
        counts.update(rule(gold, reading))
    return counts


def _count_text(gold: GoldPage, reading: PageReading) -> Iterator[tuple[str, Ratio]]:
    if not gold.text:
        return
    found, wanted = words_of(reading.text), words_of(gold.text)
    precision, recall, f1 = compare_multisets(found, wanted)
    yield "text", (f1, 1)
    yield "text_precision", (precision, 1)
    yield "text_recall", (recall, 1)
    yield "shingles", (compare_multisets(shingles_of(found), shingles_of(wanted))[2], 1)


def _count_snippets(gold: GoldPage, reading: PageReading) -> Iterator[tuple[str, Ratio]]:
    """As the set's own scorer does: a snippet is there where it is part of the text, case and white
    space aside; a page counts by its share."""
    text = normalise(reading.text)
    if gold.present:
        yield "with", (sum(normalise(s) in text for s in gold.present) / len(gold.present), 1)
    if gold.absent:
        yield "without", (sum(normalise(s) not in text for s in gold.absent) / len(gold.absent), 1)


def _count_structure(gold: GoldPage, reading: PageReading) -> Iterator[tuple[str, Ratio]]:
    if gold.headings is not None and reading.headings is not None:
        # The title is no heading in the gold; a system that gives it as both is not blamed for it.
        title = joined_words(reading.title or "")
        found = Counter(h for h in map(joined_words, reading.headings) if h != title)
        wanted = Counter(map(joined_words, gold.headings))
        yield "headings", (2 * (found & wanted).total(), found.total() + wanted.total())
    if gold.captions is None:
        return
    wanted_captions = [joined_words(caption) for caption in gold.captions if words_of(caption)]
    if reading.captions is not None:
        blocks = [joined_words(caption) for caption in reading.captions]
        found_ones = sum(any(caption in block for block in blocks) for caption in wanted_captions)
        yield "captions_found", (found_ones, len(wanted_captions))
    # 15 of the 524 captions are words of the gold text too: they are right to stand there.
    text, body = joined_words(reading.text), joined_words(gold.text or "")
    strangers = [caption for caption in wanted_captions if caption not in body]
    yield "captions_leaking", (sum(caption in text for caption in strangers), len(strangers))


def _count_header(gold: GoldPage, reading: PageReading) -> Iterator[tuple[str, Ratio]]:
    if gold.title:
        title = reading.title or ""
        yield "title", (normalise(title) == normalise(gold.title), 1)
        yield "title_alike", (normalise_marks(title) == normalise_marks(gold.title), 1)
    names = frozenset(map(normalise, reading.authors))
    right = names in gold.authors if gold.authors else not names
    yield "authors_all", (right, 1)
    yield ("authors", (right, 1)) if gold.authors else ("authors_invented", (not right, 1))
    if gold.day:
        yield "day", (is_day_right(reading.published, gold.day, gold.moment), 1)
    if gold.moment:
        yield "moment", (is_moment_right(reading.published, gold.moment), 1)


def _count_cost(gold: GoldPage, reading: PageReading) -> Iterator[tuple[str, Ratio]]:
    if reading.located is not None:
        yield "located", reading.located
    if reading.seconds is not None:
        yield "pages_a_second", (1, reading.seconds)
        yield "seconds", (reading.seconds, 1)


def sum_pages(
    pages: Sequence[Mapping[str, Ratio]], *, boot: int = 500, seed: int = 0
) -> dict[str, PageFigure]:
    """The figures over all pages, each with its interval; one that no page can tell of is absent.

    >>> sum_pages([{"day": (1, 1)}, {"day": (0, 1)}, {}], boot=0)["day"].value
    0.5
    """
    names = list(dict.fromkeys(name for page in pages for name in page))
    rows = [[page.get(name, (0.0, 0.0)) for name in names] for page in pages]
    table = np.array(rows, dtype=np.float64).reshape(len(pages), len(names), 2)
    draws = None
    if boot and len(pages):
        size = len(pages)
        draws = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=boot)
    figures = {}
    for i, name in enumerate(names):
        above, below = table[:, i, 0], table[:, i, 1]
        if below.sum():
            low, high = _bounds(draws @ above, draws @ below) if draws is not None else (None, None)
            value, told = float(above.sum() / below.sum()), sum(name in page for page in pages)
            figures[name] = PageFigure(value=value, low=low, high=high, pages=told)
    return figures


def _bounds(above: NDArray[np.float64], below: NDArray[np.float64]) -> tuple[float, float]:
    """The percentiles that hold 95 % of the resamples; one that drew no page of the figure is left out."""
    ratios = above[below > 0] / below[below > 0]
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(ratios, [tail, 1 - tail])
    return float(low), float(high)


def milliseconds_of(readings: Sequence[PageReading], share: float) -> float | None:
    """The milliseconds that so large a share of the pages took at most."""
    taken = [1000 * r.seconds for r in readings if r.seconds is not None]
    return float(np.quantile(taken, share)) if taken else None
