"""The text of a page's article: pieces in order in, out the text, its blocks, and where each was read."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from onrecord.ingest.page_source import read_raw
from onrecord.ingest.page_tree import PageBlock, squeeze
from onrecord.ingest.source_map import SourceStretch, SourceText
from onrecord.record import Block, BlockKind, Origin, Span

SEPARATOR = "\n\n"
# Characters on each side by which words are told from the same words elsewhere on the page.
ROUND_CHARS = 40
REFERENCE = "&[#\\w]{2,12};?"
REFERENCE_OR_SPACE = rf"(?:\s|{REFERENCE})+"
# Places that could be the words with their characters escaped; all but the first are a coincidence.
MOST_TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One block of the text to be; `block` is the page's, None for words that the markup alone states."""

    kind: BlockKind
    words: str
    origin: Origin
    block: PageBlock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text with its blocks, and the stretches of the source that they were read from."""

    text: str
    blocks: tuple[Block, ...]
    stretches: tuple[SourceStretch, ...]


def put_together(pieces: Sequence[Piece], stream: str, source: SourceText) -> PageText:
    """The text of the pieces, joined by blank lines; `stream` is that of the page's tree."""
    blocks: list[Block] = []
    stretches: list[SourceStretch] = []
    finder = _Finder(stream, source)
    position = 0
    for piece in pieces:
        span = Span(start_char=position, end_char=position + len(piece.words))
        blocks.append(Block(kind=piece.kind, span=span, origin=piece.origin))
        stretches += finder.find_piece(piece, position)
        position = span.end_char + len(SEPARATOR)
    text = SEPARATOR.join(piece.words for piece in pieces)
    return PageText(text=text, blocks=tuple(blocks), stretches=tuple(stretches))


class _Finder:
    """Finds the words of the tree's stream in the source's: the same, unless the parser mended the page."""

    def __init__(self, stream: str, source: SourceText) -> None:
        self._stream, self._source = stream, source
        self._is_same = source.stream.startswith(stream)
        self._drift = 0

    def find_piece(self, piece: Piece, position: int) -> Iterator[SourceStretch]:
        """The stretches of a piece whose first character is at this position of the text."""
        if piece.block is None:
            yield from self._find_stated(piece.words, position)
            return
        ends = list(accumulate(map(len, piece.words.split())))  # of the words, counted without spaces
        done = 0
        for start, end in piece.block.runs:
            found = self._find_run(start, end)
            if found >= 0:
                for low, high, first, last in self._source.locate(found, found + end - start):
                    yield SourceStretch(
                        start_char=position + _add_spaces(done + low - found, ends),
                        end_char=position + _add_spaces(done + high - found - 1, ends) + 1,
                        start_source=first,
                        end_source=last,
                    )
            done += end - start

    def _find_run(self, start: int, end: int) -> int:
        """Where a stretch of the tree's stream stands in the source's, -1 where that cannot be told."""
        if self._is_same:
            return start
        stream = self._stream
        before, after = stream[max(0, start - ROUND_CHARS) : start], stream[end : end + ROUND_CHARS]
        found = self._source.find(stream[start:end], start + self._drift, before=before, after=after)
        self._drift = found - start if found >= 0 else self._drift
        return found

    def _find_stated(self, words: str, position: int) -> Iterator[SourceStretch]:
        """Words of the markup: a title element or the value of an attribute, as they stand or escaped."""
        found = self._source.source.find(words)
        bounds = (found, found + len(words)) if found >= 0 else self._find_escaped(words)
        if bounds:
            yield SourceStretch(
                start_char=position,
                end_char=position + len(words),
                start_source=bounds[0],
                end_source=bounds[1],
            )

    def _find_escaped(self, words: str) -> tuple[int, int] | None:
        """The bounds of the words in the source, some of their characters written as references."""
        spelled = "".join(
            c
            if c.isalnum() and c.isascii()
            else REFERENCE_OR_SPACE
            if c == " "
            else f"(?:{re.escape(c)}|{REFERENCE})"
            for c in " ".join(words.split())
        )
        for match in islice(re.finditer(spelled, self._source.source), MOST_TRIES):
            if read_raw(match[0], "html") == squeeze(words):
                return match.span()
        return None


def _add_spaces(place: int, ends: Sequence[int]) -> int:
    """The place of a character counted with the single spaces before it; `ends` are those of the words."""
    return place + bisect_right(ends, place)
