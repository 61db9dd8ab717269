"""Expressions of time: what the words at a place mean.

In: a text, a place in it and a setting. Out: a reading and the rule that gave it. The rules are data
(en/time_*.tsv); the same input always gives the same reading, whatever today is.
"""

from collections.abc import Callable
from dataclasses import replace

from onrecord.language import time_amounts, time_days, time_shifts, time_units
from onrecord.language.time_rules import Match, match_at, match_whole
from onrecord.language.time_setting import BEYOND, EVENT, Reading, Setting, unknown
from onrecord.language.time_words import OTHER, STOP, read_line
from onrecord.record import Span

Reader = Callable[[Match, Setting], Reading | None]


def read_event(match: Match, setting: Setting) -> Reading:
    """ "shortly after the storm": when that was, the words do not say."""
    return unknown("date", EVENT)


def read_then(match: Match, setting: Setting) -> Reading:
    """ "at the time": before the article, when something else was, which the words do not say."""
    return Reading(kind="date", value="PAST_REF", reason=EVENT)


READERS: dict[str, Reader] = {
    "written": time_days.read_written,
    "day": time_days.read_day,
    "day_of_week": time_days.read_day_of_week,
    "day_beside": time_days.read_day_beside,
    "clock": time_days.read_clock,
    "daypart": time_days.read_daypart,
    "ordinal_day": time_days.read_ordinal_day,
    "range": time_days.read_range,
    "year_range": time_units.read_year_range,
    "week_of": time_units.read_week_of,
    "month": time_units.read_month,
    "season": time_units.read_season,
    "quarter": time_units.read_quarter,
    "half": time_units.read_half,
    "year": time_units.read_years,
    "decade": time_units.read_decades,
    "century": time_units.read_century,
    "turn_unit": time_units.read_turn_unit,
    "portion_unit": time_units.read_portion_unit,
    "the_unit": time_units.read_the_unit,
    "shift": time_shifts.read_shift,
    "now": time_shifts.read_now,
    "year_end": time_units.read_year_end,
    "one_day": time_shifts.read_one_day,
    "past": lambda match, setting: time_shifts.reference("PAST_REF", setting),
    "now_ref": lambda match, setting: time_shifts.reference("PRESENT_REF", setting),
    "turn_count": time_amounts.read_turn_count,
    "duration": time_amounts.read_duration,
    "set": time_amounts.read_set,
    "event": read_event,
    "then": read_then,
    "nth_week": time_units.read_nth_week,
}


def read_expression(text: str, span: Span, setting: Setting) -> tuple[Reading, str] | None:
    """What the words of the span mean and the rule that says so; None where no rule knows them."""
    line = read_line(text, span.start_char, span.end_char)
    if len(line.tokens) > 1 and (relation := line.tokens[0].meanings.get("event_relation")):
        return _read_beside(
            text, Span(start_char=line.tokens[1].start_char, end_char=span.end_char), relation, setting
        )
    for match in match_whole(line):
        if reading := read_match(match, setting):
            return reading, match.rule.name
    places = [at for at in range(len(line.shape)) if line.shape[at] not in (OTHER, STOP)]
    matches = [m for at in places for m in match_at(line, at) if m.rule.finds != "no"]
    for match in sorted(matches, key=lambda m: (m.first - m.end, m.first)):
        if reading := read_match(match, setting):
            return reading, match.rule.name
    return None


def has_time_word(text: str, span: Span) -> bool:
    """Whether any word or figure of the span can say something about time."""
    return any(
        letter not in (OTHER, STOP) for letter in read_line(text, span.start_char, span.end_char).shape
    )


def _read_beside(text: str, rest: Span, relation: str, setting: Setting) -> tuple[Reading, str]:
    """ "shortly after Christmas" lies after a day that can be told, "shortly after the vote" after none."""
    for match in match_whole(read_line(text, rest.start_char, rest.end_char)):
        reading = read_match(match, setting)
        if reading and reading.period:
            mod = "AFTER" if relation.endswith("after") else "BEFORE"
            return replace(reading, mod=mod), match.rule.name
    return unknown("date", EVENT), "event"


def read_match(match: Match, setting: Setting) -> Reading | None:
    """What the words of a match mean; None where they mean no time."""
    try:
        return READERS[match.rule.reading](match, setting)
    except (OverflowError, ValueError):
        return unknown("date", BEYOND)
