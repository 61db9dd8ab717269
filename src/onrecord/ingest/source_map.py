"""Proof of location: where in the captured bytes the characters of an article stand.

In: the source text of a capture and the stretches of it that an article was made of. Out: a `SourceMap`;
and for a span of the article, the byte ranges it was read from, found again and checked.

White space counts for nothing here: pages fold it. Both sides are looked at as a stream of all other
characters, in which the two are the same.
"""

import codecs
import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from onrecord.errors import InputError
from onrecord.ingest.page_tree import RAW_TAGS, squeeze
from onrecord.record import Article, Capture, Decoding, SourceMap, Span

# A tag, a comment, or an element whose content is no markup. A tag whose quotation mark never closes ends
# at its first ">", as it does in browsers' error recovery more often than not.
_ATTRIBUTES = r"""(?:[^>"']|"[^"]*"|'[^']*')*+"""
_MARKUP = re.compile(
    rf"<(?:!--.*?(?:--!?>|\Z)"
    rf"|({'|'.join(sorted(RAW_TAGS))})\b(?:{_ATTRIBUTES}>|[^>]*>).*?(?:(?=</\1[\s/>])|\Z)"
    rf"|[a-zA-Z/!?](?:{_ATTRIBUTES}>|[^>]*>))",
    re.DOTALL | re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
# How far from where they should be the words of a block are looked for, in characters of the stream.
NEAR = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ByteRange:
    """Half-open bounds in the captured bytes."""

    start_byte: int
    end_byte: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStretch:
    """Characters of the article's text, and of the source text, that hold the same words."""

    start_char: int
    end_char: int
    start_source: int
    end_source: int


class SourceText:
    """The source of a page as a stream: its text between the markup, without white space."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._gaps = [(start, end) for start, end in _iter_gaps(source)]
        runs = [_read_gap(source[start:end]) for start, end in self._gaps]
        self.stream = "".join(runs)
        self._starts = list(accumulate(map(len, runs), initial=0))

    def find(self, words: str, expected: int) -> int:
        """Where these words (without white space) stand in the stream, nearest to a place; -1 for nowhere."""
        if self.stream.startswith(words, expected):
            return expected
        after = self.stream.find(words, max(0, expected - NEAR), expected + NEAR + len(words))
        return after if after >= 0 else self.stream.find(words)

    def locate(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """The parts of a stretch of the stream that lie between two pieces of markup.

        Each is its bounds in the stream, then those in the source.
        """
        i = bisect_right(self._starts, start) - 1
        while start < end:
            stop = min(end, self._starts[i + 1])
            if stop > start:
                first, last = self._gaps[i]
                bounds = _bounds_in(self.source[first:last], start - self._starts[i], stop - self._starts[i])
                yield start, stop, first + bounds[0], first + bounds[1]
            start, i = max(start, stop), i + 1


def _iter_gaps(source: str) -> Iterator[tuple[int, int]]:
    """The stretches of a page's source between its markup."""
    position = 0
    for markup in _MARKUP.finditer(source):
        if markup.start() > position:
            yield position, markup.start()
        position = markup.end()
    if position < len(source):
        yield position, len(source)


def _read_gap(raw: str) -> str:
    return squeeze(html.unescape(raw) if "&" in raw else raw)


def _bounds_in(raw: str, start: int, end: int) -> tuple[int, int]:
    """Where in raw characters those of the stream from start to end lie."""
    places = list(_place_characters(raw, "html"))
    return places[start][0], places[end - 1][1]


def _place_characters(raw: str, decoding: Decoding) -> Iterator[tuple[int, int]]:
    """The bounds in the raw characters of each character that they become, white space left out."""
    position = 0
    references = _REFERENCE.finditer(raw) if decoding == "html" and "&" in raw else iter(())
    for reference in references:
        yield from ((i, i + 1) for i in range(position, reference.start()) if not raw[i].isspace())
        for _ in squeeze(html.unescape(reference.group())):
            yield reference.span()
        position = reference.end()
    yield from ((i, i + 1) for i in range(position, len(raw)) if not raw[i].isspace())


def place_words(words: str) -> list[int]:
    """The place of each character of a text that is not white space."""
    return [i for i, c in enumerate(words) if not c.isspace()]


def map_text(text: str, capture: Capture) -> SourceMap:
    """The map of an article whose text is the decoded capture itself."""
    size = len(read_source(capture))
    whole = SourceStretch(start_char=0, end_char=len(text), start_source=0, end_source=size)
    return make_source_map(text, [whole] if text else [], capture, decoding="text")


def make_source_map(
    text: str, stretches: Sequence[SourceStretch], capture: Capture, *, decoding: Decoding
) -> SourceMap:
    """The map in bytes of stretches in characters; they must be in the order of the text."""
    edges = sorted({edge for s in stretches for edge in (s.start_source, s.end_source)})
    byte_at = dict(zip(edges, find_bytes(capture, edges), strict=True))
    mapped = sum(len(squeeze(text[s.start_char : s.end_char])) for s in stretches)
    return SourceMap(
        decoding=decoding,
        start_chars=tuple(s.start_char for s in stretches),
        end_chars=tuple(s.end_char for s in stretches),
        start_bytes=tuple(byte_at[s.start_source] for s in stretches),
        end_bytes=tuple(byte_at[s.end_source] for s in stretches),
        unmapped_chars=len(squeeze(text)) - mapped,
    )


def read_source(capture: Capture) -> str:
    """The characters of the captured bytes, all of them; what the encoding does not know is U+FFFD."""
    if capture.body is None:
        raise InputError(
            f"The bytes of the capture {capture.sha256} are not with it.",
            where=capture.url,
            cure="Keep them in the record with --keep-body, or give them beside it.",
        )
    return capture.body.decode(capture.encoding, "replace")


def find_bytes(capture: Capture, chars: Sequence[int]) -> list[int]:
    """The byte at which each of these characters of the source begins; they must ascend."""
    body, source = capture.body or b"", read_source(capture)
    if len(source) == len(body):  # one byte a character
        return list(chars)
    if source.encode(capture.encoding, "surrogatepass" if capture.encoding == "utf-8" else "replace") != body:
        return _step_through(capture, chars)
    found, position, byte = [], 0, 0
    for char in chars:
        byte += len(source[position:char].encode(capture.encoding))
        position = char
        found.append(byte)
    return found


def _step_through(capture: Capture, chars: Sequence[int]) -> list[int]:
    """The same for bytes that do not come back from their characters: one byte at a time."""
    decoder = codecs.getincrementaldecoder(capture.encoding)("replace")
    body = capture.body or b""
    begins: list[int] = []  # of each character
    pending = 0
    for i in range(len(body)):
        count = len(decoder.decode(body[i : i + 1], final=i + 1 == len(body)))
        # Several at once: a broken character, and the one whose byte showed that it was broken.
        begins += [pending, *[i] * (count - 1)] if count else []
        pending = i + 1 - len(decoder.getstate()[0]) if count else pending
    begins.append(len(body))
    return [begins[min(char, len(begins) - 1)] for char in chars]


def locate_span(article: Article, capture: Capture, span: Span) -> tuple[ByteRange, ...]:
    """The ranges of the captured bytes that a span of the article was read from, in order.

    Empty where the map knows nothing of it; `read_bytes` gives the characters back.
    """
    chart = article.source_map
    if chart is None:
        return ()
    first = bisect_right(chart.end_chars, span.start_char)
    found = []
    for i in range(first, bisect_left(chart.start_chars, span.end_char)):
        start, end = max(span.start_char, chart.start_chars[i]), min(span.end_char, chart.end_chars[i])
        before = len(squeeze(article.text[chart.start_chars[i] : start]))
        count = len(squeeze(article.text[start:end]))
        if count:
            found.append(_narrow(chart, i, capture, (before, before + count)))
    return tuple(found)


def _narrow(chart: SourceMap, i: int, capture: Capture, bounds: tuple[int, int]) -> ByteRange:
    """The bytes of some of a stretch's characters, which are counted without white space."""
    start, end = chart.start_bytes[i], chart.end_bytes[i]
    part = replace(capture, body=(capture.body or b"")[start:end])
    places = list(_place_characters(read_source(part), chart.decoding))
    if bounds[1] > len(places):  # the bytes are not those the map was made of
        return ByteRange(start_byte=start, end_byte=end)
    first, last = find_bytes(part, [places[bounds[0]][0], places[bounds[1] - 1][1]])
    return ByteRange(start_byte=start + first, end_byte=start + last)


def read_bytes(article: Article, capture: Capture, place: ByteRange) -> str:
    """The characters that a range of the captured bytes decodes to, without white space."""
    raw = read_source(replace(capture, body=(capture.body or b"")[place.start_byte : place.end_byte]))
    is_page = article.source_map is not None and article.source_map.decoding == "html"
    return _read_gap(raw) if is_page else squeeze(raw)


def is_proven(article: Article, capture: Capture, span: Span) -> bool | None:
    """Whether the bytes that a span was read from hold its words; None where not all of it is mapped."""
    wanted = squeeze(span.of(article.text))
    found = [read_bytes(article, capture, place) for place in locate_span(article, capture, span)]
    held = "".join(found)
    if held == wanted:
        return True
    return None if len(held) < len(wanted) and all(part in wanted for part in found) else False
