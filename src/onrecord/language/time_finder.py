"""Where in a text the rules for expressions of time find one by themselves.

In: a text and bounds. Out: the matches, in order, none overlapping, longest first at each place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.language.time_rules import Match, match_at, telling_letters
from onrecord.language.time_words import OTHER, STOP, Line, read_line
from onrecord.record import Span

RUN = re.compile(f"[^{OTHER}{STOP}]+")
# Words before a year or a bare unit that make it an expression of time.
OPENERS = frozenset(
    "in since by until till from during of before after through throughout between for to and early late around"
    " about spring summer fall autumn winter over within ( mid".split()
)
# Months whose names are also verbs or names of people: alone they need a word before that tells.
UNSURE_MONTHS = frozenset({"March", "May", "April", "June", "August"})
MONTH_OPENERS = OPENERS | frozenset("last next this each every on early late".split())
FIRST_BARE_YEAR, LAST_BARE_YEAR = 1400, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A place that a rule takes for an expression of time."""

    span: Span
    match: Match


def find_expressions(text: str, start: int = 0, end: int | None = None) -> Iterator[Proposal]:
    """The expressions that the rules find by themselves in these bounds of the text."""
    line = read_line(text, start, end)
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


def _is_sure(match: Match, line: Line) -> bool:
    """Whether the words are an expression of time here, by the rule and the words beside them."""
    if match.rule.finds == "no":
        return False
    before = line.tokens[match.first - 1].text.lower() if match.first else ""
    if match.rule.finds == "in" and before not in OPENERS:
        return False
    if match.rule.reading == "year" and not _is_year(match, line):
        return False
    alone = match.end - match.first == 1 and "month" in match.fields
    return not (alone and match.tokens[0].text in UNSURE_MONTHS and before not in MONTH_OPENERS)


def _is_year(match: Match, line: Line) -> bool:
    """Whether the figures are a year and no count of the things named after them."""
    raw = match.value("year") or ""
    if raw.isdigit() and not FIRST_BARE_YEAR <= int(raw) <= LAST_BARE_YEAR:
        return False
    after = line.tokens[match.end].text if match.end < len(line.tokens) else ""
    return not (after.islower() and after.endswith("s") and after not in ("as", "is", "was", "has"))
