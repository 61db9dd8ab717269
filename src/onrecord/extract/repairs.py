"""Repairs: what we know of writing, applied to what the model says. Each is a named rule.

In: drafts in the order of the text, the paragraphs and their quotations. Out: drafts.
What each rule adds is measured by `python -m eval repairs`.
"""

from collections.abc import Callable
from itertools import pairwise

from onrecord.extract.draft import Draft
from onrecord.extract.page import Page
from onrecord.language.quotations import Quotation
from onrecord.record import Span


def one_speaker(drafts: list[Draft], page: Page) -> list[Draft]:
    """A quotation that two statements claim, neither inside the other, goes to the surer one."""
    quoted = {Span(start_char=q.start_char, end_char=q.end_char) for q in page.all_quotations if q.closed}
    claims: dict[Span, list[Draft]] = {}
    for draft in drafts:
        for span in quoted.intersection(draft.content):
            claims.setdefault(span, []).append(draft)
    return [d.repaired("one_speaker", _uncontested(d, claims)) for d in drafts]


def _uncontested(draft: Draft, claims: dict[Span, list[Draft]]) -> tuple[Span, ...]:
    kept = tuple(
        span
        for span in draft.content
        if not any(other is not draft and _surer(other, draft, span) for other in claims.get(span, ()))
    )
    return kept or draft.content  # a statement keeps its only quotation


def _surer(one: Draft, other: Draft, span: Span) -> bool:
    """Whether the first draft is the surer of a span; where they are even, the one nearer to it."""
    first, second = (d.span_sureness.get(span, 0.0) for d in (one, other))
    return (first, -_distance(one, span)) > (second, -_distance(other, span))


def _distance(draft: Draft, span: Span) -> int:
    return min(abs(c.start_char - span.end_char) for c in draft.cue)


def continue_quotation(drafts: list[Draft], page: Page) -> list[Draft]:
    """A quotation left open at the end of a paragraph goes on in the next that is all quotation.

    This is how a quotation of several paragraphs is set (Chicago Manual of Style 13.32): each
    paragraph opens with a mark, only the last one closes.
    """
    followers = _followers(page)
    held = {s for d in drafts for s in d.content} if followers else set()
    return [d.repaired("continue_quotation", _continued(d.content, followers, held)) for d in drafts]


def _followers(page: Page) -> dict[Quotation, Quotation]:
    """What goes on with a quotation, by the quotation that was left open before it."""
    both = pairwise(zip(page.paragraphs, page.quotations, strict=True))
    return {
        before[-1]: after[0]
        for (_, before), (bounds, after) in both
        if before and not before[-1].closed
        # Words behind the marks would attribute it anew: `"No," said Orr.`
        if len(after) == 1 and (after[0].start_char, after[0].end_char) == bounds
    }


def _continued(
    content: tuple[Span, ...], followers: dict[Quotation, Quotation], held: set[Span]
) -> tuple[Span, ...]:
    """The content with the quotations that go on with its last one, up to one that another holds."""
    last = next((q for q in followers if q.start_char <= content[-1].start_char < q.end_char), None)
    spans = list(content)
    while last in followers:
        last = followers[last]
        span = Span(start_char=last.start_char, end_char=last.end_char)
        if any(span.overlaps(other) for other in held):
            break
        spans.append(span)
    return tuple(spans)


REPAIRS: tuple[Callable[[list[Draft], Page], list[Draft]], ...] = (
    one_speaker,
    continue_quotation,
)
