"""Where in a text the rules for expressions of time find one by themselves.

In: the tokens of a text. Out: the matches, in order, none overlapping, longest first at each place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.language.time_rules import Match, match_at, telling_letters
from onrecord.language.time_words import OTHER, STOP, Line
from onrecord.record import Span

RUN = re.compile(f"[^{OTHER}{STOP}]+")
# Months whose names are also verbs or names of people: alone they need a word before that tells.
UNSURE_MONTHS = frozenset({"March", "May", "April", "June", "August"})
LONGEST_EVENT = 10
FIRST_BARE_YEAR, LAST_BARE_YEAR = 1400, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A place that a rule takes for an expression of time."""

    span: Span
    match: Match


def find_expressions(line: Line) -> Iterator[Proposal]:
    """The expressions that the rules find by themselves in the line."""
    telling = telling_letters()
    for run in RUN.finditer(line.shape):
        if telling.isdisjoint(run[0]):
            continue
        at = run.start()
        while at < run.end():
            match = next((m for m in match_at(line, at) if _is_sure(m, line)), None)
            if match is None:
                at += 1
                continue
            bounds = line.tokens[match.first].start_char, line.tokens[match.end - 1].end_char
            yield Proposal(span=Span(start_char=bounds[0], end_char=bounds[1]), match=match)
            at = match.end


def find_event_relations(line: Line) -> Iterator[Span]:
    """The places where a time is told only by an event: "shortly after the end of the strike"."""
    for at, token in enumerate(line.tokens[:-1]):
        if "event_relation" not in token.meanings or "event_opener" not in line.tokens[at + 1].meanings:
            continue
        last = _end_of_event(line, at + 1)
        if last > at + 2:
            yield Span(start_char=token.start_char, end_char=line.tokens[last - 1].end_char)


def _end_of_event(line: Line, first: int) -> int:
    """Where the noun phrase that opens here ends: at a mark, a verb or a conjunction, or too far on."""
    for at in range(first, min(first + LONGEST_EVENT, len(line.tokens))):
        token = line.tokens[at]
        if "event_stop" in token.meanings or not (
            token.text[:1].isalnum() or token.text in ("-", "’s", "'s")
        ):
            return at
    return min(first + LONGEST_EVENT, len(line.tokens))


def _is_sure(match: Match, line: Line) -> bool:
    """Whether the words are an expression of time here, by the rule and the words beside them."""
    if match.rule.finds == "no" or _is_title(match):
        return False
    before = line.tokens[match.first - 1].meanings if match.first else {}
    if match.rule.finds == "in" and "opener" not in before:
        return False
    if match.rule.reading == "year":
        return _is_year(match, line)
    if match.rule.reading in ("duration", "turn_count"):
        return not _is_compound(match, line) and not _is_other(match)
    alone = match.end - match.first == 1 and "month" in match.fields
    told = "opener" in before or "month_opener" in before
    return told or not (alone and match.tokens[0].text in UNSURE_MONTHS)


def _is_title(match: Match) -> bool:
    """Whether the word is of a name: "USA TODAY", "The Daily Courier"."""
    word = match.tokens[0].text
    often = "often" in match.fields and word.istitle() and match.first > 0
    return often or ("deictic" in match.fields and word.isupper())


def _is_compound(match: Match, line: Line) -> bool:
    """Whether the words tell an age ("52 years old") or are half of a word ("a quarter-century")."""
    end = match.tokens[-1].end_char
    beside = line.tokens[match.end : match.end + 2]
    words = "".join(t.text for t in beside).lower()
    compound = words[:1] == "-" and words[1:2].isalpha() and beside[-1].start_char == end + 1
    return compound or words.startswith("old")


def _is_other(match: Match) -> bool:
    """Whether "second" counts something ("a second group") or "three-quarters" is a share."""
    unit = match.tokens[-1]
    if "ordinal" in unit.meanings:
        return match.end - match.first <= 2
    return unit.text.lower() == "quarters" and len(match.tokens) > 1 and match.tokens[-2].text == "-"


def _is_year(match: Match, line: Line) -> bool:
    """Whether the figures are a year and no count of the things named after them."""
    raw = match.value("year") or ""
    if raw.isdigit() and not FIRST_BARE_YEAR <= int(raw) <= LAST_BARE_YEAR:
        return False
    if match.end == len(line.tokens):
        return True
    after = line.tokens[match.end]
    if after.start_char == match.tokens[-1].end_char and after.text[:1].isalpha():
        return False
    plural = (
        after.text.islower() and after.text.endswith("s") and after.text not in ("as", "is", "was", "has")
    )
    return not plural and "counted" not in after.meanings
