"""Hops: the steps between a speaker and this outlet that a sentence names.

In: the sentence of a cue, the attribution, and those beside it. Out: hops in the order of the chain, from
the speaker to this outlet.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Protocol

from onrecord.language.cues import mode_of_cue
from onrecord.language.hops import HopRule, rules_for
from onrecord.record import Entity, EntityKind, HeaderField, Hop, HopKind, Mention, Origin, Span, Statement

ORIGIN_VERSION = "2"
# The order of a chain: what was done by or for the speaker, then who passed it on, then who sells the copy.
# Hops of one rank stand in the order of the text.
RANKS: dict[HopKind, int] = {"quoted_by": 1, "according_to": 1, "agency": 2}
# What passes a statement on may stand outside a statement that holds it: "X said Y, according to Lumen".
PASSED_ON = ("quoted_by", "according_to")
NAMES_SOMEBODY = ("told", "quoted_by", "according_to")
# What follows the head of a noun phrase; and what tells that a name behind it is not its head.
BEHIND_HEAD = re.compile(r",?\s+(?:to|of|for|in|on|at|by|from|with|who|which)\s")
BEFORE_ANOTHER = re.compile(r"(?:\b(?:to|of|for|in|on|at|by|from|with|and|or)|['’]s?|,)\s")
PRONOUNS = frozenset(["he", "she", "they", "it", "who", "which", "that"])
# "…, Orr said on Monday in Beltown, according to Lumen": so many words may stand between.
MOST_WORDS_BETWEEN = 6


class Attributed(Protocol):
    """Spans of one attribution: a draft or a statement."""

    @property
    def content(self) -> tuple[Span, ...]: ...
    @property
    def cue(self) -> tuple[Span, ...]: ...
    @property
    def source(self) -> tuple[Span, ...]: ...


def find_hops(
    text: str, sentence: Span, own: Attributed, beside: Sequence[Attributed] = ()
) -> tuple[Hop, ...]:
    """The hops that a sentence names for one attribution, from the speaker to this outlet.

    No hop lies in its content or in its source, but that a source may itself say that its name is
    withheld. A hop of one of the attributions `beside` it is not its own, unless that one reports it.
    """
    others = [other for other in beside if other is not own and other.cue != own.cue]
    holders = [other for other in others if _holds(other, own)]
    strangers = [other for other in others if not _holds(other, own) and not _only_cites(other, text)]
    found: list[tuple[Span, Hop]] = []
    for rule in rules_for(sentence.of(text)):
        for whole, name in rule.find(text, sentence):
            if any(name.overlaps(taken) for taken, _ in found) or not _fits(rule, whole, name, own, text):
                continue
            if _is_of_another(whole, name, own, strangers, text) or _is_outside(rule, whole, holders):
                continue
            if rule.kind == "anonymous" and any(hop.kind == "anonymous" for _, hop in found):
                continue  # one withheld name, said in several words
            origin = Origin(kind="rule", name=f"hops/{rule.kind}", version=ORIGIN_VERSION)
            found.append((whole, Hop(kind=rule.kind, text=name.of(text), span=name, origin=origin)))
    return order_hops(hop for _, hop in found)


def order_hops(hops: Iterable[Hop]) -> tuple[Hop, ...]:
    """Hops from the speaker to this outlet: by rank of their kind, in one rank by text."""
    return tuple(sorted(hops, key=lambda hop: (RANKS.get(hop.kind, 0), hop.span)))


def _holds(other: Attributed, own: Attributed) -> bool:
    """Whether the content of another attribution holds this one: it reports it."""
    return any(_lies_in(own.cue[0], span) for span in other.content)


def _only_cites(other: Attributed, text: str) -> bool:
    """Whether another attribution is but "citing a ministry memo", said of who speaks in the sentence."""
    return not other.source and other.cue[0].of(text).lower() in ("citing", "quoting")


def _lies_in(inner: Span, outer: Span) -> bool:
    return outer.start_char <= inner.start_char and inner.end_char <= outer.end_char


def _fits(rule: HopRule, whole: Span, name: Span, own: Attributed, text: str) -> bool:
    """Whether a match is clear of the attribution's own words and touches what its rule is tied to."""
    opener = Span(start_char=whole.start_char, end_char=whole.start_char + 1)
    if any(opener.overlaps(span) or name.overlaps(span) for span in own.content):
        return False
    if any(name.overlaps(span) for span in own.source):
        return _may_lie_in_source(rule, name, own)
    if rule.tie == "cue":
        return any(whole.overlaps(span) for span in own.cue)
    if rule.tie == "near":
        return _follows(whole, own, text)
    return rule.tie == "any" and not _is_thought(own, text)


def _may_lie_in_source(rule: HopRule, name: Span, own: Attributed) -> bool:
    """Whether a source says it of itself: "an aide who asked not to be named", "Ida Orr on Chirper"."""
    if rule.kind == "anonymous":
        return any(_lies_in(name, span) for span in own.source)
    behind = any(_lies_in(name, span) and span.start_char < name.start_char for span in own.source)
    return behind and rule.kind == "wrote_on" and rule.tie != "source"


def _is_thought(own: Attributed, text: str) -> bool:
    """Whether the cue tells of thought or feeling: what is near it in the sentence was not its channel."""
    return mode_of_cue(" ".join(span.of(text) for span in own.cue)) in ("thinks", "feels", "knows")


def _follows(whole: Span, own: Attributed, text: str) -> bool:
    """Whether a match stands behind a part of the attribution with a few words between at most."""
    before = [span.end_char for span in chain(own.content, own.cue, own.source)]
    ends = [end for end in before if end <= whole.start_char]
    between = text[max(ends) : whole.start_char] if ends else None
    return between is not None and len(re.findall(r"\w+", between)) <= MOST_WORDS_BETWEEN


def _is_of_another(
    whole: Span, name: Span, own: Attributed, strangers: Sequence[Attributed], text: str
) -> bool:
    """Whether another attribution has the match in its cue or content, or the hop in its own source."""
    for other in strangers:
        if any(whole.overlaps(span) for span in other.cue) and not any(whole.overlaps(s) for s in own.cue):
            return True
        if any(_lies_in(whole, span) for span in other.content):
            return True
        if other.source != own.source and _stands_between(other, whole, name, own, text):
            return True
    return False


def _stands_between(other: Attributed, whole: Span, name: Span, own: Attributed, text: str) -> bool:
    """Whether the hop lies in the source of another attribution, or behind it as seen from one's own cue.

    A pronoun may mean the same source and parts nothing.
    """
    if any(_lies_in(name, span) for span in other.source):
        return True
    if not own.source or any(s[0].of(text).lower() in PRONOUNS for s in (own.source, other.source) if s):
        return False
    low, high = sorted((whole, own.cue[0]))
    return any(low.end_char <= s.start_char and s.end_char <= high.start_char for s in other.source)


def _is_outside(rule: HopRule, whole: Span, holders: Sequence[Attributed]) -> bool:
    """Whether a match lies outside a statement that holds this one, where it is a hop of that one."""
    if rule.kind in PASSED_ON:
        return False
    return any(not any(_lies_in(whole, span) for span in holder.content) for holder in holders)


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


def link_hops(statements: Sequence[Statement], entities: Sequence[Entity]) -> tuple[Statement, ...]:
    """The statements with the entity that each hop names, by the mention that fits its words best."""
    mentions = sorted(
        ((mention, entity) for entity in entities for mention in entity.mentions),
        key=lambda found: found[0].span,
    )
    starts = [mention.span.start_char for mention, _ in mentions]
    longest = max((m.span.end_char - m.span.start_char for m, _ in mentions), default=0)

    def linked(hop: Hop) -> Hop:
        low = bisect_left(starts, hop.span.start_char - longest)
        near = mentions[low : bisect_left(starts, hop.span.end_char)]
        fits = [(fit, e.entity_id) for m, e in near if (fit := _fit_of(hop, m, e.kind)) is not None]
        return replace(hop, entity_id=min(fits)[1]) if fits else hop

    return tuple(replace(s, chain=tuple(map(linked, s.chain))) if s.chain else s for s in statements)


def _fit_of(hop: Hop, mention: Mention, kind: EntityKind) -> tuple[int, int] | None:
    """How badly a mention fits a hop, None where it means something else.

    First come mentions that hold the hop's head, the closer in extent the better; then names inside it:
    "Lumen News" in "Lumen News anchor Ida Orr", but not "Beltown" in "Beltown residents".
    """
    if hop.kind == "anonymous" or not mention.span.overlaps(hop.span):
        return None
    begin, end = hop.span.start_char, hop.span.end_char
    core = BEHIND_HEAD.split(hop.text, maxsplit=1)[0]
    head = Span(start_char=begin + len(core) - len(core.split()[-1]), end_char=begin + len(core))
    if _lies_in(head, mention.span):
        ahead = mention.text[: max(begin - mention.span.start_char, 0)]
        if BEFORE_ANOTHER.search(ahead):
            return None
        return 0, abs(mention.span.start_char - begin) + abs(mention.span.end_char - end)
    named = mention.form == "name" and kind in ("person", "organisation", "outlet")
    return (1, -len(mention.text)) if named and hop.kind in NAMES_SOMEBODY else None
