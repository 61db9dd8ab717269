"""The quotations of a draft: a text, its paragraphs and what is set off in it, out each with its inner spans.

A quotation over several paragraphs, each opened by a mark and only the last closed, is one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.language.quotations import CLOSERS, Quotation, pair_quotations
from onrecord.record import Span

Bounds = tuple[int, int]
# Closing marks of two characters.
LONG_CLOSERS = frozenset(mark for closers in CLOSERS.values() for mark in closers if len(mark) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """One quotation: its words at `spans`, a paragraph each, without the marks round them.

    `is_block` of a passage that is set off and has no marks.
    """

    spans: tuple[Span, ...]
    is_closed: bool = True
    is_block: bool = False

    def words(self, text: str) -> str:
        """Its words, paragraphs joined by a space."""
        return " ".join(span.of(text) for span in self.spans)


def find_quoted(
    text: str, paragraphs: Sequence[Bounds], block_quotes: Iterable[tuple[Span, ...]] = ()
) -> list[Quoted]:
    """All quotations in order; of a block quotation that has marks of its own, those."""
    found = list(_join_paragraphs(text, paragraphs))
    inside = _Inside(found)
    blocks, replaced = [], set[int]()
    for block in block_quotes:
        own = tuple(span for span in block if not _is_credit(span.of(text)) and not inside.fills(span))
        if own:
            blocks.append(Quoted(spans=own, is_block=True))
            replaced |= {place for span in own for place, _ in inside.those_in(span)}
    kept = [one for place, one in enumerate(found) if place not in replaced]
    return sorted(kept + blocks, key=lambda one: one.spans)


class _Inside:
    """Quotations in order, to ask which of them stand in a paragraph."""

    def __init__(self, found: Sequence[Quoted]) -> None:
        self._flat = [(span, place) for place, one in enumerate(found) for span in one.spans]
        self._starts = [span.start_char for span, _ in self._flat]

    def those_in(self, bounds: Span) -> Iterator[tuple[int, Span]]:
        """The place and the span of each."""
        first = bisect_left(self._starts, bounds.start_char)
        for span, place in self._flat[first : bisect_left(self._starts, bounds.end_char)]:
            yield place, span

    def fills(self, bounds: Span) -> bool:
        """Whether most of a paragraph stands in marks; otherwise those in it mark words of it."""
        quoted = sum(span.end_char - span.start_char for _, span in self.those_in(bounds))
        return 2 * quoted > bounds.end_char - bounds.start_char


def _is_credit(words: str) -> bool:
    """Whether a line of a block quotation only says whose it is: "— Dana Orrin"."""
    return words.lstrip()[:1] in ("—", "–", "―") and len(words.split()) <= 12


def _join_paragraphs(text: str, paragraphs: Sequence[Bounds]) -> Iterator[Quoted]:
    """The quotations of every paragraph, those that go on from one to the next joined."""
    held: list[Span] = []
    mark = ""
    for start, end in paragraphs:
        quotations = pair_quotations(text, start, end)
        opens = bool(quotations) and not text[start : quotations[0].start_char].strip()
        if held and not (opens and quotations[0].mark == mark):
            yield Quoted(spans=tuple(held), is_closed=False)
            held = []
        for one in quotations:
            inner = _inner(text, one)
            if inner is not None:
                held.append(inner)
            if one.closed or one.end_char < end - _count_spaces(text, end):
                if held:
                    yield Quoted(spans=tuple(held), is_closed=one.closed)
                held = []
            mark = one.mark
    if held:
        yield Quoted(spans=tuple(held), is_closed=False)


def _count_spaces(text: str, end: int) -> int:
    """How much white space ends there."""
    at = end
    while at > 0 and text[at - 1].isspace() and text[at - 1] != "\n":
        at -= 1
    return end - at


def _inner(text: str, quotation: Quotation) -> Span | None:
    """The bounds of the words in the marks, without white space; None where there are none."""
    start, end = quotation.start_char + len(quotation.mark), quotation.end_char
    if quotation.closed:
        closes_long = len(quotation.mark) > 1 and text[end - 2 : end] in LONG_CLOSERS
        end -= 2 if closes_long else 1
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Span(start_char=start, end_char=start + len(words)) if any(map(str.isalnum, words)) else None
