"""Proof of location: where in the captured bytes the characters of an article stand.

In: the source text of a capture and the stretches of it that an article was made of. Out: a `SourceMap`.
White space counts for nothing here: pages fold it. Both sides are looked at as a stream of all other
characters, in which the two are the same.
"""

import codecs
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from onrecord.errors import InputError
from onrecord.ingest.page_source import iter_gaps, place_characters, read_raw
from onrecord.ingest.page_tree import squeeze
from onrecord.record import Capture, Decoding, SourceMap

# How far from where they should be the words of a block are looked for, in characters of the stream.
NEAR = 20_000
# Words this long are hardly said twice so near each other; shorter ones are told by those around them.
TELLING_CHARS = 40
# Bytes that are decoded at once where a character's place is looked for step by step.
STEP_BYTES = 64
# Codecs whose bytes mean something else after others: a piece of them alone cannot be read.
_STATEFUL = ("iso2022", "hz", "utf_7")


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
        self._gaps = list(iter_gaps(source))
        runs = [read_raw(source[start:end], "html") for start, end in self._gaps]
        self.stream = "".join(runs)
        self._starts = list(accumulate(map(len, runs), initial=0))

    def find(self, words: str, expected: int, *, before: str = "", after: str = "") -> int:
        """Where these words (without white space) stand in the stream; -1 for nowhere or not to be told.

        `expected` is where they should be; `before` and `after` are the words round them in the page's tree,
        which tell them from the same words elsewhere.
        """
        for left, right in ((before, after), (before, ""), ("", after), ("", "")):
            found = self._find_telling(left + words + right, expected - len(left))
            if found >= 0:
                return found + len(left)
        return -1

    def _find_telling(self, words: str, expected: int) -> int:
        """Where words stand nearest to a place, if they are long or stand only once."""
        if len(words) >= TELLING_CHARS:
            return self._find_nearest(words, expected)
        found = self.stream.find(words)
        return found if found == self.stream.rfind(words) else -1

    def _find_nearest(self, words: str, expected: int) -> int:
        if self.stream.startswith(words, max(0, expected)):
            return max(0, expected)
        above = self.stream.rfind(words, max(0, expected - NEAR), max(0, expected) + len(words))
        below = self.stream.find(words, max(0, expected), max(0, expected) + NEAR + len(words))
        near = [place for place in (above, below) if place >= 0]
        return min(near, key=lambda place: abs(place - expected)) if near else self.stream.find(words)

    def locate(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """The parts of a stretch of the stream that lie between two pieces of markup.

        Each is its bounds in the stream, then those in the source.
        """
        i = bisect_right(self._starts, start) - 1
        while start < end:
            stop = min(end, self._starts[i + 1])
            if stop > start:
                yield start, stop, *self._bounds_in(i, start, stop)
            start, i = max(start, stop), i + 1

    def _bounds_in(self, i: int, start: int, stop: int) -> tuple[int, int]:
        """Where in the source the part of the i-th gap lies that holds these characters of the stream."""
        first, last = self._gaps[i]
        raw = self.source[first:last]
        if (start, stop) == (self._starts[i], self._starts[i + 1]):
            return last - len(raw.lstrip()), first + len(raw.rstrip())
        places = list(place_characters(raw, "html"))
        return first + places[start - self._starts[i]][0], first + places[stop - self._starts[i] - 1][1]


def map_text(text: str, capture: Capture) -> SourceMap:
    """The map of an article whose text is that of `decode_capture`, a stretch for each line of it."""
    source = read_source(capture)
    stretches = []
    at_text, at_source = 0, len(source) - len(source.removeprefix("\ufeff"))
    for line in source[at_source:].split("\n"):
        words = line.strip()
        if words:
            lead = len(line) - len(line.lstrip())
            stretches.append(
                SourceStretch(
                    start_char=at_text + lead,
                    end_char=at_text + lead + len(words),
                    start_source=at_source + lead,
                    end_source=at_source + lead + len(words),
                )
            )
        at_source += len(line) + 1
        at_text += len(line.removesuffix("\r")) + 1
    return make_source_map(text, stretches, capture, decoding="text")


def make_source_map(
    text: str, stretches: Sequence[SourceStretch], capture: Capture, *, decoding: Decoding
) -> SourceMap:
    """The map in bytes of stretches in characters; they must be in the order of the text.

    A stretch whose bytes alone do not give its words is left out and counted among what is not mapped.
    """
    body, source = capture.body or b"", read_source(capture)
    edges = sorted({edge for s in stretches for edge in (s.start_source, s.end_source)})
    byte_at = dict(zip(edges, _find_bytes(body, source, capture.encoding, edges), strict=True))
    found = [(s, byte_at[s.start_source], byte_at[s.end_source]) for s in stretches]
    sizes = [
        _count_proven(text[s.start_char : s.end_char], body[a:b], capture.encoding, decoding)
        for s, a, b in found
    ]
    kept = [one for one, size in zip(found, sizes, strict=True) if size]
    return SourceMap(
        decoding=decoding,
        start_chars=tuple(s.start_char for s, _, _ in kept),
        end_chars=tuple(s.end_char for s, _, _ in kept),
        start_bytes=tuple(a for _, a, _ in kept),
        end_bytes=tuple(b for _, _, b in kept),
        unmapped_chars=len(squeeze(text)) - sum(sizes),
    )


def _count_proven(text: str, held: bytes, encoding: str, decoding: Decoding) -> int:
    """How many characters of a text (white space aside) these bytes hold: all of them or none."""
    wanted = squeeze(text)
    return len(wanted) if read_raw(held.decode(encoding, "replace"), decoding) == wanted else 0


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
    return _find_bytes(capture.body or b"", read_source(capture), capture.encoding, chars)


def _find_bytes(body: bytes, source: str, encoding: str, chars: Sequence[int]) -> list[int]:
    if len(source) == len(body):  # one byte a character
        return list(chars)
    if codecs.lookup(encoding).name.startswith(_STATEFUL) or _encode(source, encoding) != body:
        return _step_through(body, encoding, chars)
    found, position, byte = [], 0, 0
    for char in chars:
        byte += len(source[position:char].encode(encoding))
        position = char
        found.append(byte)
    return found


def _encode(source: str, encoding: str) -> bytes:
    return source.encode(encoding, "replace")


def _step_through(body: bytes, encoding: str, chars: Sequence[int]) -> list[int]:
    """The same for bytes that do not come back from their characters: by steps, near a place byte by byte."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    found: list[int] = []
    wanted = iter([*chars, None])
    char, at, count = next(wanted), 0, 0
    while char is not None and at < len(body):
        state = decoder.getstate()
        step = len(decoder.decode(body[at : at + STEP_BYTES], final=at + STEP_BYTES >= len(body)))
        begins: list[int] = []
        if char < count + step:
            begins = _list_begins(body, encoding, at, state)
        while char is not None and char < count + step:
            found.append(begins[char - count])
            char = next(wanted)
        at, count = at + STEP_BYTES, count + step
    return found + [len(body)] * (len(chars) - len(found))


def _list_begins(body: bytes, encoding: str, at: int, state: tuple[bytes, int]) -> list[int]:
    """Where each character of one step begins."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    decoder.setstate(state)
    begins: list[int] = []
    pending = at - len(state[0])
    for i in range(at, min(at + STEP_BYTES, len(body))):
        count = len(decoder.decode(body[i : i + 1], final=i + 1 == len(body)))
        # Several at once: a broken character, and the one whose byte showed that it was broken.
        begins += [pending, *[i] * (count - 1)] if count else []
        pending = i + 1 - len(decoder.getstate()[0]) if count else pending
    return begins
