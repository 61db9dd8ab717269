"""A span of an article found again in the captured bytes: the article and its capture in, byte ranges out.

Nothing is believed: every range is decoded and held against the words of the span.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from onrecord.ingest.page_source import place_characters, read_raw, resolve_raw
from onrecord.ingest.page_tree import squeeze
from onrecord.ingest.source_map import find_bytes
from onrecord.record import Article, Capture, SourceMap, Span

# Stretches that are kept decoded; the spans of one block follow each other.
KEPT_STRETCHES = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class ByteRange:
    """Half-open bounds in the captured bytes."""

    start_byte: int
    end_byte: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A part of a span with the bytes it was read from: `words` are the article's, `held` the bytes'.

    Both are without white space. Where they differ the bytes are not those that were read.
    """

    place: ByteRange
    words: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A stretch of the map, decoded: the article's words, the bytes', and where each of those stands."""

    words: str
    held: str
    capture: Capture
    start_byte: int
    places: list[tuple[int, int]]


class Locator:
    """Finds spans of one article in its capture; each stretch of the map is decoded once.

    Raises `InputError` where the capture is without its bytes, `ValueError` where the map cannot be one
    (`map_fault` says why).
    """

    def __init__(self, article: Article, capture: Capture) -> None:
        self._text, self._chart, self._capture = article.text, article.source_map, capture
        if self._chart and (fault := map_fault(self._chart, len(self._text), capture)):
            raise ValueError(fault)
        self._open = lru_cache(maxsize=KEPT_STRETCHES)(self._open_stretch)

    def locate(self, span: Span) -> tuple[Located, ...]:
        """The parts of a span that the map knows, in order; empty where it knows none."""
        return tuple(self._iter_parts(span)) if self._chart else ()

    def _iter_parts(self, span: Span) -> Iterator[Located]:
        chart = self._chart
        assert chart is not None
        first = bisect_right(chart.end_chars, span.start_char)
        for i in range(first, bisect_left(chart.start_chars, span.end_char)):
            start, end = max(span.start_char, chart.start_chars[i]), min(span.end_char, chart.end_chars[i])
            before = len(squeeze(self._text[chart.start_chars[i] : start]))
            count = len(squeeze(self._text[start:end]))
            if count:
                yield _narrow(self._open(i), before, before + count)

    def _open_stretch(self, i: int) -> _Stretch:
        chart = self._chart
        assert chart is not None
        start, end = chart.start_bytes[i], chart.end_bytes[i]
        part = replace(self._capture, body=(self._capture.body or b"")[start:end])
        raw = (part.body or b"").decode(part.encoding, "replace")
        return _Stretch(
            words=squeeze(self._text[chart.start_chars[i] : chart.end_chars[i]]),
            held=read_raw(raw, chart.decoding),
            capture=part,
            start_byte=start,
            places=list(place_characters(raw, chart.decoding)),
        )


def map_fault(chart: SourceMap, text_chars: int, capture: Capture) -> str | None:
    """Why a map cannot be one of this text and these bytes, None where it can."""
    columns = (chart.start_chars, chart.end_chars, chart.start_bytes, chart.end_bytes)
    if len({len(column) for column in columns}) > 1:
        return "The columns of its map differ in length."
    size = len(capture.body or b"")
    for row in zip(*columns, strict=True):
        if not (0 <= row[0] < row[1] <= text_chars and 0 <= row[2] < row[3] <= size):
            return (
                f"A stretch of its map leads from characters {row[0]}–{row[1]} to bytes {row[2]}–{row[3]}, "
                f"where the text has {text_chars} characters and the capture {size} bytes."
            )
    if any(later < earlier for earlier, later in pairwise(_list_edges(chart))):
        return "The stretches of its map overlap or are not in the order of the text."
    return None


def _list_edges(chart: SourceMap) -> list[int]:
    return [edge for bounds in zip(chart.start_chars, chart.end_chars, strict=True) for edge in bounds]


def _narrow(stretch: _Stretch, start: int, end: int) -> Located:
    """The bytes of some of a stretch's characters, which are counted without white space."""
    low, high = _follow(stretch.words, stretch.held, start, end)
    first, last = 0, len(stretch.capture.body or b"")
    if low < high:
        first, last = find_bytes(stretch.capture, [stretch.places[low][0], stretch.places[high - 1][1]])
    place = ByteRange(start_byte=stretch.start_byte + first, end_byte=stretch.start_byte + last)
    return Located(place=place, words=stretch.words[start:end], held=stretch.held[low:high])


def _follow(words: str, held: str, start: int, end: int) -> tuple[int, int]:
    """Where the article's words stand in those of the bytes; of changed ones, what took their place."""
    if words == held:
        return start, end
    same = _count_same(words, held)
    most = min(len(words), len(held)) - same
    after = _count_same(words[::-1][:most], held[::-1][:most])
    longer = len(held) - len(words)
    low = start + longer if start >= len(words) - after else min(start, same)
    high = end if end <= same else end + longer if end >= len(words) - after else len(held) - after
    return low, high


def _count_same(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    unlike = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(unlike, min(len(one), len(other)))


def locate_span(article: Article, capture: Capture, span: Span) -> tuple[ByteRange, ...]:
    """The ranges of the captured bytes that a span of the article was read from, in order.

    Empty where the map knows nothing of it; `read_bytes` gives the characters back. For many spans of one
    article a `Locator` is faster.
    """
    return tuple(part.place for part in Locator(article, capture).locate(span))


def read_bytes(article: Article, capture: Capture, place: ByteRange) -> str:
    """The characters that a range of the captured bytes decodes to, without white space.

    They are a located span's words, and what else stands in the same character reference.
    """
    return squeeze(show_bytes(article, capture, place))


def show_bytes(article: Article, capture: Capture, place: ByteRange) -> str:
    """The same with single spaces, to be read."""
    raw = (capture.body or b"")[place.start_byte : place.end_byte].decode(capture.encoding, "replace")
    decoding = article.source_map.decoding if article.source_map else "text"
    return " ".join(resolve_raw(raw, decoding).split())


def is_proven(article: Article, capture: Capture, span: Span) -> bool | None:
    """Whether the bytes that a span was read from hold its words; None where not all of it is mapped."""
    return judge_parts(span.of(article.text), Locator(article, capture).locate(span))


def judge_parts(words: str, parts: tuple[Located, ...]) -> bool | None:
    """The same for parts that were located already."""
    if any(part.words != part.held for part in parts):
        return False
    return True if sum(len(part.words) for part in parts) >= len(squeeze(words)) else None
