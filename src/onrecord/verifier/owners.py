"""Whose a quotation is: quotations and statements of a draft in, each quotation with its statement or none.

The statement tells who is quoted, the marks tell the words: a statement may miss the last word of what stands
in them, and a claim must not.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.record import Span, Statement
from onrecord.verifier.quoted import Bounds, Quoted

# Of the letters of a quotation, the share that a statement must cover to be its own.
OWN_SHARE = 0.5
# Of one that nothing closes, which may run on into the draft's own words.
UNCLOSED_SHARE = 0.2
# From here a statement covers a quotation whole; its edges may be off by a word.
WHOLE_SHARE = 0.9


def share_out(
    quoted: Iterable[Quoted], statements: Sequence[Statement], text: str, paragraphs: Sequence[Bounds]
) -> tuple[dict[int, list[Quoted]], list[Quoted]]:
    """The quotations that are a statement's own, by its place; and those that are nobody's."""
    owners = _Owners(statements, text, paragraphs)
    owned: dict[int, list[Quoted]] = {}
    free: list[Quoted] = []
    for one in quoted:
        place = owners.find(one)
        if place is None:
            free.append(one)
        else:
            owned.setdefault(place, []).append(_narrow(one, statements[place]))
    return owned, free


class _Owners:
    """Finds the statement whose quotation one is; statements are looked up by their paragraphs."""

    def __init__(self, statements: Sequence[Statement], text: str, paragraphs: Sequence[Bounds]) -> None:
        self._statements, self._text = statements, text
        self._paragraphs = _Places(paragraphs)
        self._there: dict[int, list[int]] = {}
        for place, statement in enumerate(statements):
            for at in self._paragraphs.touched(statement.content):
                self._there.setdefault(at, []).append(place)

    def find(self, quoted: Quoted) -> int | None:
        """The place of the statement that it belongs to: the smallest of those that cover it whole, else
        the one that covers most of it, if that is half. One whose cue stands in the quotation is told in
        it by its speaker, unless the quotation was never closed."""
        best: tuple[bool, float, int] | None = None
        owner = None
        total = sum(_count_letters(self._text, span) for span in quoted.spans)
        places = {p for at in self._paragraphs.touched(quoted.spans) for p in self._there.get(at, ())}
        for place in sorted(places):
            statement = self._statements[place]
            share = self._share(statement, quoted, total)
            least = OWN_SHARE if quoted.is_closed else UNCLOSED_SHARE
            if share < least or (quoted.is_closed and _stands_in(statement, quoted)):
                continue
            size = sum(span.end_char - span.start_char for span in statement.content)
            whole = share >= WHOLE_SHARE
            rank = (whole, 0.0 if whole else share, -size)
            if best is None or rank > best:
                best, owner = rank, place
        return owner

    def _share(self, statement: Statement, quoted: Quoted, total: int) -> float:
        common = sum(
            _count_letters(self._text, shared)
            for span in quoted.spans
            for held in statement.content
            if (shared := _intersect(span, held))
        )
        return common / total if total else 0.0


class _Places:
    """Paragraphs by place: which of them some spans touch."""

    def __init__(self, paragraphs: Sequence[Bounds]) -> None:
        self._starts = [start for start, _ in paragraphs]

    def touched(self, spans: Iterable[Span]) -> set[int]:
        """The places of the paragraphs that these spans share a character with."""
        found: set[int] = set()
        for span in spans:
            first = max(bisect_right(self._starts, span.start_char) - 1, 0)
            found.update(range(first, bisect_left(self._starts, span.end_char)))
        return found


def _stands_in(statement: Statement, quoted: Quoted) -> bool:
    """Whether the words that attribute it are words of the quotation."""
    said = (*statement.cue, *statement.source)
    return any(span.overlaps(inner) for span in said for inner in quoted.spans)


def _narrow(quoted: Quoted, statement: Statement) -> Quoted:
    """A quotation that nothing closes, as far as the statement goes: behind it the draft speaks again."""
    if quoted.is_closed:
        return quoted
    common = (_intersect(span, held) for span in quoted.spans for held in statement.content)
    return replace(quoted, spans=tuple(sorted(filter(None, common))))


def _intersect(one: Span, other: Span) -> Span | None:
    low, high = max(one.start_char, other.start_char), min(one.end_char, other.end_char)
    return Span(start_char=low, end_char=high) if low < high else None


def _count_letters(text: str, span: Span) -> int:
    return sum(map(str.isalnum, span.of(text)))
