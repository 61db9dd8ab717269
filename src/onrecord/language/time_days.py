"""Readings of days and times of day: dates, weekdays, holidays, "yesterday", "10 p.m. Wednesday".

In: a match of a rule and the setting. Out: its reading, or None where the words mean no time.
"""

import re
from collections.abc import Iterable
from datetime import date

from onrecord.language.time_calendar import Period, month_days, period_of
from onrecord.language.time_holidays import holiday_in
from onrecord.language.time_numbers import expand_year, read_count, read_year
from onrecord.language.time_rules import Match
from onrecord.language.time_setting import (
    EVENT,
    NO_ANCHOR,
    NO_FOCUS,
    NO_SUCH_DAY,
    Needs,
    Reading,
    Setting,
    Tense,
    unknown,
)
from onrecord.language.time_words import Token
from onrecord.record import TimePrecision

DAY_GRAINS: tuple[TimePrecision, ...] = ("day", "part_of_day", "hour", "minute", "second")


def read_day(match: Match, setting: Setting) -> Reading | None:
    """A day however it is named, with a part of it or a clock time where told."""
    day, needs = find_day(match, setting)
    if isinstance(day, str):
        return unknown("date", day)
    deictic = (match.value("deictic") or "").split()
    clock = _clock_of(match) or match.value("daypart") or match.value("daypart", "dayparts")
    clock = clock or (deictic[1] if len(deictic) > 1 else None)
    return at_clock(day, clock, match, needs)


def read_day_of_week(match: Match, setting: Setting) -> Reading | None:
    """ "Tuesday of last week"."""
    if setting.base is None:
        return unknown("date", NO_ANCHOR)
    week = setting.base.widen("week").shift(int(match.value("turn") or 0), "W")
    day = Period(grain="day", first=week.shift(0, "D").first).shift(_weekday(match) - 1, "D")
    return Reading(kind="date", value=day.value, mod=match.value("part"), period=day, needs="base")


def read_day_beside(match: Match, setting: Setting) -> Reading | None:
    """ "the day after Christmas", "two weeks from Friday"; "the day" alone is the one in focus."""
    if "than" not in match.fields:
        return _day_in_focus(setting)
    day, needs = find_day(match, setting)
    if isinstance(day, str):
        return unknown("date", day)
    count = read_count(match.fields["count"]) if "count" in match.fields else 1
    if isinstance(count, str):
        return unknown("date", EVENT)
    unit = match.fields["unit"][0].meanings if "unit" in match.fields else {"unit": "D"}
    code = unit.get("unit") or unit.get("units") or "D"
    factor = 2 if code == "2W" else 1
    moved = day.shift(int(match.value("than") or 1) * count * factor, code.removeprefix("2"))
    return Reading(kind="date", value=moved.value, period=moved, needs=needs)


def read_written(match: Match, setting: Setting) -> Reading | None:
    """ISO 8601, or a date in figures with its year: month first unless that is no month."""
    if raw := match.value("iso") or match.value("iso", "named_day"):
        day, _, clock = raw.replace(" ", "T").partition("T")
        return _written(day, clock)
    raw = match.value("numdate") or ""
    figures, _, clock = raw.partition(" ")
    parts = re.split("[/.-]", figures)
    first, second, year = (int(part) for part in parts)
    if len(parts[2]) == 2:
        year = expand_year(year, setting.base_year)
    month, day_number = (second, first) if first > 12 or "." in figures else (first, second)
    return _written(f"{year:04d}-{month:02d}-{day_number:02d}", clock)


def read_clock(match: Match, setting: Setting) -> Reading | None:
    """A clock time alone: on the day in focus, else on the anchor's day."""
    clock = _clock_of(match)
    if clock is None:
        return None
    focus = None if "turn" in match.fields else setting.last_of(*DAY_GRAINS)
    day = focus or setting.base
    if day is None:
        return unknown("time", NO_ANCHOR)
    return at_clock(day, clock, match, "focus" if focus else "base")


def read_daypart(match: Match, setting: Setting) -> Reading | None:
    """ "this morning" of the anchor's day, "the morning" of the day in focus, "last evening"."""
    part = match.value("daypart") or ""
    turn = int(match.value("turn") or 0)
    focused = turn > 0 or "turn" not in match.fields or _is_back_pointing(match.fields["turn"][0])
    day = (setting.last_of(*DAY_GRAINS) if focused else None) or setting.base
    if day is None:
        return unknown("time", NO_ANCHOR)
    moved = Period(grain="day", first=day.first).shift(turn, "D")
    return at_clock(moved, part, match, "focus" if focused else "base")


def read_ordinal_day(match: Match, setting: Setting) -> Reading | None:
    """ "the 20th": of the month in focus or the anchor's, the nearest by tense."""
    number = int(match.value("day", "dayord") or match.value("day") or 0)
    base = setting.base
    if base is None:
        return unknown("date", NO_ANCHOR)
    months = (base.widen("month").shift(n, "M") for n in (-1, 0, 1))
    days = [day for m in months if (day := _day_in(m.first.year, m.first.month, number))]
    focus = setting.last_of("month", *DAY_GRAINS)
    if focus and (near := _day_in(focus.first.year, focus.first.month, number)):
        return Reading(kind="date", value=near.value, period=near, needs="focus", focus=focus)
    found = setting.nearest(days)
    return Reading(kind="date", value=found.value, period=found, needs="base") if found else None


def read_range(match: Match, setting: Setting) -> Reading | None:
    """ "March 3-5": from the first day to the second."""
    day, needs = find_day(match, setting)
    if isinstance(day, str):
        return unknown("date", day)
    last = _day_in(day.first.year, day.first.month, int(match.value("day2", "day") or 0))
    if last is None or last.first <= day.first:
        return None
    value = f"{day.value}/{last.value}"
    return Reading(
        kind="date",
        value=value,
        start=day.value,
        end=last.value,
        precision="day",
        edtf=value,
        period=day,
        needs=needs,
    )


def find_day(match: Match, setting: Setting) -> tuple[Period | str, Needs]:
    """The day that the fields of a match name, and from what; or why none."""
    fields = match.fields
    if "month" in fields:
        return _month_day(match, setting)
    if "holiday" in fields:
        return _holiday(match, setting)
    if "deictic" in fields:
        offset = int((match.value("deictic") or "0").split()[0])
        return (_on(setting.base, offset) if setting.base else NO_ANCHOR), "base"
    return _weekday_day(match, setting)


def at_clock(day: Period, clock: str | None, match: Match, needs: Needs) -> Reading:
    """The reading of this day at this clock or part of the day; of the day where there is none."""
    mod = match.value("part") or match.value("mod", "approx")
    if not clock:
        whole = Period(grain="day", first=day.first)
        return Reading(kind="date", value=whole.value, mod=mod, period=whole, needs=needs)
    if clock == "24:00":
        day, clock = _on(day, 0), "24:00"
    period = Period(grain="minute" if ":" in clock else "part_of_day", first=day.first, clock=clock)
    zone = match.value("zone") or "?"
    edtf = f"{period.bounds[0]}:00{zone}" if ":" in clock and zone != "?" else None
    return Reading(kind="time", value=period.value, mod=mod or None, period=period, needs=needs, edtf=edtf)


def _on(day: Period, offset: int) -> Period:
    return Period(grain="day", first=day.first).shift(offset, "D")


def _month_day(match: Match, setting: Setting) -> tuple[Period | str, Needs]:
    month = int(match.value("month") or match.value("month", "month_short") or 0)
    number = int(match.value("day") or match.value("day", "dayord") or 0)
    if "year" in match.fields:
        year = read_year(match.fields["year"], setting.base_year)
        return (_day_in(year, month, number) if year else None) or NO_SUCH_DAY, ""
    if setting.base is None:
        return NO_ANCHOR, "base"
    years = (setting.base.first.year + n for n in (-1, 0, 1))
    days = [day for year in years if (day := _day_in(year, month, number))]
    if "weekday" in match.fields and (fit := [d for d in days if d.first.isoweekday() == _weekday(match)]):
        days = fit
    return setting.nearest(days) or NO_SUCH_DAY, "base"


def _holiday(match: Match, setting: Setting) -> tuple[Period | str, Needs]:
    when = match.value("holiday") or ""
    if "year" in match.fields and (year := read_year(match.fields["year"], setting.base_year)):
        return Period(grain="day", first=holiday_in(year, when)), ""
    if setting.base is None:
        return NO_ANCHOR, "base"
    base = setting.base.first
    days = [Period(grain="day", first=holiday_in(base.year + n, when)) for n in (-1, 0, 1)]
    return _turned(days, match, setting) or NO_SUCH_DAY, "base"


def _weekday_day(match: Match, setting: Setting) -> tuple[Period | str, Needs]:
    turn = match.fields.get("turn")
    focus = setting.last_of(*DAY_GRAINS) if turn and _is_back_pointing(turn[0]) else None
    around = focus or setting.base
    if around is None:
        return NO_ANCHOR, "base"
    number = _weekday(match)
    first = around.first.toordinal() + (number - around.first.isoweekday()) % 7
    days = [
        Period(grain="day", first=date.fromordinal(first + 7 * n))
        for n in (-2, -1, 0, 1, 2)
        if first + 7 * n > 0
    ]
    against = Setting(base=around, tense=setting.tense)
    return _turned(days, match, against) or NO_SUCH_DAY, "focus" if focus else "base"


def _turned(days: list[Period], match: Match, setting: Setting) -> Period | None:
    """The day that "last" or "next" picks, else the one by tense: without a tense the last one."""
    base = setting.base
    if base is None:
        return None
    turn = int(match.value("turn") or 0) if "turn" in match.fields else 0
    if turn < 0:
        return next((d for d in reversed(days) if d.first < base.first), None)
    if turn > 0:
        return next((d for d in days if d.first > base.first), None)
    if "turn" in match.fields:
        return (
            next((d for d in days if d.first >= base.first), None)
            if setting.tense != "past"
            else days_back(days, base)
        )
    if "holiday" in match.fields:
        return setting.nearest(days)
    return _by_tense(days, base, setting.tense)


def _by_tense(days: list[Period], base: Period, tense: Tense | None) -> Period | None:
    if tense == "future":
        return next((d for d in days if d.first >= base.first), None)
    return days_back(days, base)


def days_back(days: Iterable[Period], base: Period) -> Period | None:
    """The latest of the days that does not lie after the anchor."""
    return max((d for d in days if d.first <= base.first), key=lambda d: d.first, default=None)


def _day_in_focus(setting: Setting) -> Reading:
    day = setting.last_of(*DAY_GRAINS)
    if day is None:
        return unknown("date", NO_FOCUS)
    whole = Period(grain="day", first=day.first)
    return Reading(kind="date", value=whole.value, period=whole, needs="focus", focus=day)


def _weekday(match: Match) -> int:
    return int(match.value("weekday") or match.value("weekday", "weekday_short") or 1)


def _is_back_pointing(turn: Token) -> bool:
    """Whether the word counts from what was told before: "the previous Friday", "the same day"."""
    return "focus_turn" in turn.meanings


def _clock_of(match: Match) -> str | None:
    """ "22:00" of the clock words of a match."""
    if word := match.value("clockword"):
        return word
    raw = match.value("clock") or match.value("hour")
    if raw is None:
        return None
    hour_text, _, rest = raw.replace(".", ":").partition(":")
    hour, minute = int(hour_text), rest or "00"
    half = match.value("meridiem") or {"MO": "am", "AF": "pm", "EV": "pm", "NI": "pm"}.get(
        match.value("daypart") or ""
    )
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return (
        f"{hour:02d}:{minute}"
        if hour <= 24 and int(minute[:2]) < 60 and (hour < 24 or minute == "00")
        else None
    )


def _written(day: str, clock: str) -> Reading:
    try:
        first = date.fromisoformat(day)
    except ValueError:
        return unknown("date", NO_SUCH_DAY)
    if not clock:
        return Reading(kind="date", value=day, period=period_of("day", first))
    hour, minute = int(clock[:2]), int(clock[3:5])
    if hour > 23 or minute > 59:
        return unknown("time", NO_SUCH_DAY)
    period = Period(grain="second" if len(clock) > 5 else "minute", first=first, clock=clock)
    return Reading(kind="time", value=period.value, period=period)


def _day_in(year: int, month: int, number: int) -> Period | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= number <= month_days(year, month)):
        return None
    return Period(grain="day", first=date(year, month, number))
