"""Repairs: what we know of writing, applied to what the model says. Each is a named rule.

In: drafts in the order of the text, the paragraphs and their quotations. Out: drafts.
What each rule adds is measured by `python -m eval repairs`.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from onrecord.extract.draft import Draft
from onrecord.extract.page import Page
from onrecord.language.cues import is_reporting_verb
from onrecord.language.quotations import Quotation
from onrecord.record import Span

# Behind a quotation: a name of a few words, then one word that may be a reporting verb.
SPEAKER_TAIL = re.compile(r"\s*(?P<source>[^\s,;:“”\"][^,;:“”\"]{0,60}?)\s+(?P<cue>\w+),?$")


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


def speaker_before_outlet(drafts: list[Draft], page: Page) -> list[Draft]:
    """In `"No," Orr said, according to Lumen` the quotation is Orr's; Lumen is a hop to it."""
    cues = {d.cue for d in drafts}
    return [_by_speaker(d, page, cues) for d in drafts]


def _by_speaker(draft: Draft, page: Page, cues: set[tuple[Span, ...]]) -> Draft:
    text, whole = page.text, draft.content[0]
    if len(draft.content) > 1 or draft.cue[0].of(text).lower() != "according to":
        return draft
    quotation = next(
        (q for q in page.quotations_in(whole) if q.start_char == whole.start_char and q.closed), None
    )
    tail = SPEAKER_TAIL.match(text, quotation.end_char, whole.end_char) if quotation else None
    if quotation is None or tail is None or not is_reporting_verb(tail["cue"]):
        return draft
    cue = (Span(start_char=tail.start("cue"), end_char=tail.end("cue")),)
    if cue in cues:  # the model found the inner statement itself
        return draft
    return replace(
        draft.repaired(
            "speaker_before_outlet", (Span(start_char=whole.start_char, end_char=quotation.end_char),)
        ),
        cue=cue,
        source=(Span(start_char=tail.start("source"), end_char=tail.end("source")),),
    )


REPAIRS: tuple[Callable[[list[Draft], Page], list[Draft]], ...] = (
    one_speaker,
    continue_quotation,
    speaker_before_outlet,
)
