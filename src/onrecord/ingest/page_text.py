"""The text of a page's article: pieces in order in, out the text, its blocks, and where each was read."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.ingest.page_tree import PageBlock
from onrecord.ingest.source_map import SourceStretch, SourceText, place_words
from onrecord.record import Block, BlockKind, Origin, Span

SEPARATOR = "\n\n"


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
    """Finds the words of the tree's stream in the source's: they drift apart where a parser mends a page."""

    def __init__(self, stream: str, source: SourceText) -> None:
        self._stream, self._source = stream, source
        self._drift = 0

    def find_piece(self, piece: Piece, position: int) -> Iterator[SourceStretch]:
        """The stretches of a piece whose first character is at this position of the text."""
        if piece.block is None:
            yield from self._find_stated(piece.words, position)
            return
        places = place_words(piece.words)
        done = 0
        for start, end in piece.block.runs:
            words = self._stream[start:end]
            found = self._source.find(words, start + self._drift)
            if found >= 0:
                self._drift = found - start
                for low, high, first, last in self._source.locate(found, found + len(words)):
                    yield SourceStretch(
                        start_char=position + places[done + low - found],
                        end_char=position + places[done + high - found - 1] + 1,
                        start_source=first,
                        end_source=last,
                    )
            done += end - start

    def _find_stated(self, words: str, position: int) -> Iterator[SourceStretch]:
        """Words of the markup: a title element or the value of an attribute, as they stand or escaped."""
        for written in (words, html.escape(words, quote=False), html.escape(words)):
            found = self._source.source.find(written)
            if found >= 0:
                yield SourceStretch(
                    start_char=position,
                    end_char=position + len(words),
                    start_source=found,
                    end_source=found + len(written),
                )
                return
