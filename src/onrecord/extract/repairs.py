"""Repairs: what we know of writing, applied to what the model says. Each is a named rule.

In: drafts in the order of the text, the paragraphs and their quotations. Out: drafts.
What each rule adds is measured by `python -m eval repairs`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.extract.draft import Draft
from onrecord.language.quotations import Quotation
from onrecord.record import Span

# A content that holds this share of a quotation's characters was meant to hold all of it.
MOST = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """What the rules look at: the text, its paragraphs, and the quotations of each."""

    text: str
    paragraphs: Sequence[tuple[int, int]]
    quotations: Sequence[Sequence[Quotation]]

    def all_quotations(self) -> list[Quotation]:
        """The quotations of every paragraph, in order."""
        return [q for found in self.quotations for q in found]


def one_speaker(drafts: list[Draft], page: Page) -> list[Draft]:
    """A quotation that two statements claim, neither inside the other, goes to the surer one."""
    quoted = {Span(start_char=q.start_char, end_char=q.end_char) for q in page.all_quotations() if q.closed}
    return [d.repaired("one_speaker", _uncontested(d, drafts, quoted)) for d in drafts]


def _uncontested(draft: Draft, drafts: Sequence[Draft], quoted: set[Span]) -> tuple[Span, ...]:
    if len(draft.content) == 1:
        return draft.content  # what is left of it would be no statement
    lost = {
        span
        for span in draft.content
        if span in quoted
        for other in drafts
        if other is not draft and span in other.content and _surer(other, draft, span)
    }
    return (
        tuple(span for span in draft.content if span not in lost)
        if len(lost) < len(draft.content)
        else draft.content
    )


def _surer(one: Draft, other: Draft, span: Span) -> bool:
    """Whether the first draft is the surer of a span; where they are even, the one nearer to it."""
    first, second = (d.span_sureness.get(span, 0.0) for d in (one, other))
    return (first, -_distance(one, span)) > (second, -_distance(other, span))


def _distance(draft: Draft, span: Span) -> int:
    return min(abs(c.start_char - span.end_char) for c in draft.cue)


def close_quotation(drafts: list[Draft], page: Page) -> list[Draft]:
    """A content that holds most of a quotation holds it whole, marks included."""
    quotations = page.all_quotations()
    return [
        d.repaired("close_quotation", _merge([_snapped(s, quotations) for s in d.content])) for d in drafts
    ]


def _snapped(span: Span, quotations: Sequence[Quotation]) -> Span:
    start, end = span.start_char, span.end_char
    for q in quotations:
        if q.start_char >= span.end_char:
            break
        shared = min(span.end_char, q.end_char) - max(span.start_char, q.start_char)
        if q.closed and shared >= MOST * (q.end_char - q.start_char):
            start, end = min(start, q.start_char), max(end, q.end_char)
    return Span(start_char=start, end_char=end)


def _merge(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start_char <= merged[-1].end_char:
            end = max(merged[-1].end_char, span.end_char)
            merged[-1] = Span(start_char=merged[-1].start_char, end_char=end)
        else:
            merged.append(span)
    return tuple(merged)


def drop_stray_marks(drafts: list[Draft], page: Page) -> list[Draft]:
    """A content does not end with a mark that opens a quotation, nor begin with one that closes it."""
    opens = {q.start_char for q in page.all_quotations()}
    closes = {q.end_char - 1 for q in page.all_quotations() if q.closed}
    return [
        d.repaired("drop_stray_marks", _without_strays(d.content, page.text, opens, closes)) for d in drafts
    ]


def _without_strays(spans: Sequence[Span], text: str, opens: set[int], closes: set[int]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        start, end = span.start_char, span.end_char
        while start < end and (text[start].isspace() or start in closes):
            start += 1
        while end > start and (text[end - 1].isspace() or end - 1 in opens):
            end -= 1
        if end > start:
            kept.append(Span(start_char=start, end_char=end))
    return tuple(kept)


def continue_quotation(drafts: list[Draft], page: Page) -> list[Draft]:
    """A quotation left open at the end of a paragraph goes on in the next that opens with a mark.

    This is how a quotation of several paragraphs is set (Chicago Manual of Style 13.32): each
    paragraph opens with a mark, only the last one closes.
    """
    followers = {
        before[-1]: after[0]
        for (_, before), (start, after) in pairwise(
            (paragraph[0], found) for paragraph, found in zip(page.paragraphs, page.quotations, strict=True)
        )
        if before and after and not before[-1].closed and after[0].start_char == start
    }
    return [d.repaired("continue_quotation", _continued(d, drafts, followers)) for d in drafts]


def _continued(
    draft: Draft, drafts: Sequence[Draft], followers: dict[Quotation, Quotation]
) -> tuple[Span, ...]:
    if not draft.content:
        return draft.content
    spans = list(draft.content)
    others = [s for d in drafts if d is not draft for s in d.content]
    last = next((q for q in followers if q.start_char <= spans[-1].start_char < q.end_char), None)
    while last is not None and last in followers:
        last = followers[last]
        span = Span(start_char=last.start_char, end_char=last.end_char)
        if any(span.overlaps(other) for other in others):
            break
        spans.append(span)
    return _merge(spans)


REPAIRS: tuple[Callable[[list[Draft], Page], list[Draft]], ...] = (
    one_speaker,
    close_quotation,
    drop_stray_marks,
    continue_quotation,
)
