"""Hops: the steps between a speaker and this outlet that a sentence names.

In: the sentence of a cue and the spans of the attribution. Out: hops in the order of the text. An agency
whose copy the whole article is comes last in the chain of each of its statements.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from onrecord.language.hops import hop_patterns
from onrecord.record import HeaderField, Hop, HopKind, Origin, Span, Statement

ORIGIN_VERSION = "1"


def find_hops(text: str, sentence: Span, own: Sequence[Span], others: Sequence[Span] = ()) -> tuple[Hop, ...]:
    """The hops that a sentence names.

    `own` are the content and source of the statement, in which no hop lies; `others` the cues of
    statements beside it, whose hops are not its own.
    """
    found: list[Hop] = []
    for kind, pattern in hop_patterns():
        for match in pattern.finditer(text, sentence.start_char, sentence.end_char):
            span = Span(start_char=match.start("name"), end_char=match.end("name"))
            whole = Span(start_char=match.start(), end_char=match.end())
            if any(span.overlaps(s) for s in (*own, *(h.span for h in found))):
                continue
            if any(whole.overlaps(cue) for cue in others):
                continue
            origin = Origin(kind="rule", name=f"hops/{kind}", version=ORIGIN_VERSION)
            found.append(Hop(kind=cast(HopKind, kind), text=span.of(text), span=span, origin=origin))
    return tuple(sorted(found, key=lambda hop: hop.span))


def add_agencies(statements: Sequence[Statement], agencies: Sequence[HeaderField]) -> tuple[Statement, ...]:
    """The statements with the agencies that the article credits as the last hops before this outlet.

    An agency that stands in the markup alone has no place in the text and makes no hop.
    """
    last = tuple(
        Hop(kind="agency", text=agency.raw, span=agency.span, origin=agency.origin)
        for agency in agencies
        if agency.span is not None
    )
    return tuple(replace(s, chain=s.chain + last) if last else s for s in statements)
