"""Readings of months, quarters, seasons, years and the like, and of "last week", "a year ago", "now".

In: a match of a rule and the setting. Out: its reading, or None where the words mean no time.
"""

from dataclasses import replace
from datetime import date, timedelta

from onrecord.language.time_amounts import read_turn_count
from onrecord.language.time_calendar import GRAIN_OF, HOURS_OF, Period, period_of, season_of
from onrecord.language.time_contexts import context_pattern
from onrecord.language.time_days import DAY_GRAINS, find_day
from onrecord.language.time_numbers import read_decade, read_year
from onrecord.language.time_rules import Match
from onrecord.language.time_setting import NO_ANCHOR, NO_FOCUS, Needs, Reading, Setting, unknown
from onrecord.record import TimePrecision


def read_month(match: Match, setting: Setting) -> Reading | None:
    """ "March", "early March", "last June", "March 1996", "July last year"."""
    number = int(match.value("month") or match.value("month", "month_short") or 0)
    year = _year_of(match, setting)
    if year is not None:
        return _dated(period_of("month", date(year, number, 1)), match, _needs_of_year(match))
    if setting.base is None:
        return unknown("date", NO_ANCHOR)
    around = setting.base.first.year
    if year_turn := context_pattern("year_after").match(setting.after):
        turned = around + {"last": -1, "this": 0, "next": 1}[year_turn[1]]
        return _dated(period_of("month", date(turned, number, 1)), match, "base")
    months = [period_of("month", date(around + n, number, 1)) for n in (-1, 0, 1)]
    return _dated(_pick(months, match, setting), match, "base")


def read_season(match: Match, setting: Setting) -> Reading | None:
    """ "last fall", "the winter of 1994", "this summer"."""
    season = match.value("season") or ""
    year = _year_of(match, setting)
    if year is not None:
        return _dated(season_of(year, season), match, _needs_of_year(match))
    if setting.base is None:
        return unknown("date", NO_ANCHOR)
    around = setting.base.first.year
    return _dated(_pick([season_of(around + n, season) for n in (-1, 0, 1)], match, setting), match, "base")


def read_quarter(match: Match, setting: Setting) -> Reading | None:
    """ "the third quarter", "the 1988 second quarter", "Q3 2023", "last year's quarter"."""
    raw = match.value("ordinal") or (match.value("quarterno") or "")[1:]
    if raw and raw not in ("1", "2", "3", "4"):
        return None
    year = _year_of(match, setting)
    if not raw:
        quarter, needs = _quarter_in_focus(setting)
        if quarter is None:
            return unknown("date", NO_FOCUS)
        return _dated(_in_year(quarter, year), match, needs, quarter)
    month = int(raw) * 3 - 2
    if year is not None:
        return _dated(period_of("quarter", date(year, month, 1)), match, _needs_of_year(match))
    if setting.base is None:
        return unknown("date", NO_ANCHOR)
    around = setting.base.first.year
    found = setting.nearest([period_of("quarter", date(around + n, month, 1)) for n in (-1, 0, 1)])
    if found and "back" in match.fields:
        found = found.shift(-1, "Y")
    return _dated(found, match, "base")


def read_half(match: Match, setting: Setting) -> Reading | None:
    """ "the first half of 1990", "the second half" of the year in focus."""
    number = match.value("ordinal")
    if number not in ("1", "2"):
        return None
    month = int(number) * 6 - 5
    year = _year_of(match, setting)
    if year is not None:
        return _dated(period_of("half_year", date(year, month, 1)), match, _needs_of_year(match))
    if setting.base is None:
        return unknown("date", NO_ANCHOR)
    halves = [period_of("half_year", date(setting.base.first.year + n, month, 1)) for n in (-1, 0, 1)]
    return _dated(setting.nearest(halves), match, "base")


def read_years(match: Match, setting: Setting) -> Reading | None:
    """A year: "1998", "fiscal 1989", "early 1990", "nineteen ninety-seven"."""
    tokens = match.fields.get("year") or match.fields.get("yearwords")
    year = read_year(tokens, setting.base_year) if tokens else None
    if year is None:
        return None
    return _dated(period_of("year", date(year, 1, 1)), match, "")


def read_year_range(match: Match, setting: Setting) -> Reading | None:
    """ "1990-95": from the first year to the last."""
    first = read_year(match.fields["year"], setting.base_year)
    raw = (match.value("year2", "yy") or match.value("year2", "year") or "").strip("'’‘")
    if first is None or not raw.isdigit():
        return None
    last = int(raw) if len(raw) == 4 else first // 100 * 100 + int(raw)
    if not first < last <= first + 100:
        return None
    period = period_of("year", date(first, 1, 1))
    value = f"{first:04d}/{last:04d}"
    return Reading(
        kind="date",
        value=value,
        start=f"{first:04d}-01-01",
        end=f"{last:04d}-12-31",
        edtf=value,
        precision="year",
        period=period,
    )


def read_decades(match: Match, setting: Setting) -> Reading | None:
    """ "the 1990s", "the late '70s", "the eighties"."""
    tokens = match.fields.get("decade") or match.fields["decadeword"]
    year = read_decade(tokens[0], setting.base_year)
    return None if not year else _dated(period_of("decade", date(year, 1, 1)), match, "")


def read_century(match: Match, setting: Setting) -> Reading | None:
    """ "the 19th century" is 18 as TIMEX3 writes it: the years 1800 to 1899."""
    raw = match.value("ordinal") or ""
    if not raw.isdigit() or not 1 < int(raw) <= 30:
        return None
    return _dated(period_of("century", date((int(raw) - 1) * 100, 1, 1)), match, "")


def read_nth_week(match: Match, setting: Setting) -> Reading | None:
    """ "the third week of March": the 15th to the 21st."""
    nth = match.value("ordinal") or ""
    month = read_month(match, setting)
    if month is None or month.period is None or nth not in ("1", "2", "3", "4", "last"):
        return month
    last = month.period.last
    first = (
        last - timedelta(days=6) if nth == "last" else month.period.first + timedelta(days=7 * int(nth) - 7)
    )
    start, end = first.isoformat(), (first + timedelta(days=6)).isoformat()
    return replace(month, start=start, end=end, precision="week", edtf=f"{start}/{end}")


def read_week_of(match: Match, setting: Setting) -> Reading | None:
    """ "the week of March 6", "Easter week"."""
    day, needs = find_day(match, setting)
    return unknown("date", day) if isinstance(day, str) else _dated(day.widen("week"), match, needs)


def read_turn_unit(match: Match, setting: Setting) -> Reading | None:
    """ "last week", "early next year", "the latest quarter", "that year", "the following month".

    "the past decade" is ten years up to the anchor where the model takes it for a duration.
    """
    code = unit_of(match)
    turn_token = match.fields["turn"][0]
    turn = int(match.value("turn") or 0)
    if code in HOURS_OF or code not in GRAIN_OF:
        return None
    if setting.kind == "duration" and match.tokens[0].text.lower() == "the" and turn:
        return read_turn_count(match, setting)
    grain = GRAIN_OF[code]
    back_pointing = "focus_turn" in turn_token.meanings or (code == "D" and turn > 0)
    if back_pointing and (focus := _focus_for(grain, setting)):
        return _dated(focus[1].shift(turn, code), match, "focus", focus[0])
    if setting.base is None:
        return unknown("date", NO_ANCHOR)
    if code == "WE":
        return _dated(_weekend(turn, setting), match, "base")
    return _dated(setting.base.widen(grain).shift(turn, code), match, "base")


def read_portion_unit(match: Match, setting: Setting) -> Reading | None:
    """ "the end of the year", "earlier in the week", "year-end": of the one in focus or the anchor's."""
    code = unit_of(match)
    if code not in GRAIN_OF or setting.base is None:
        return None if code not in GRAIN_OF else unknown("date", NO_ANCHOR)
    if "part" not in match.fields and "portion" not in match.fields:
        return None
    if code == "D" and (day := setting.last_of(*DAY_GRAINS)):
        return _dated(day.widen("day"), match, "focus", day)
    return _dated(setting.base.widen(GRAIN_OF[code]), match, "base")


def read_year_end(match: Match, setting: Setting) -> Reading | None:
    """ "year-end": the last day of the anchor's year."""
    if setting.base is None:
        return unknown("date", NO_ANCHOR)
    day = Period(grain="day", first=setting.base.widen("year").last)
    return Reading(kind="date", value=day.value, period=day, needs="base")


def read_the_unit(match: Match, setting: Setting) -> Reading | None:
    """ "the quarter", "the week", "the weekend", "the day": the one in focus or the anchor's."""
    code = unit_of(match)
    if code not in GRAIN_OF:
        return None
    if code == "D" and (day := setting.last_of(*DAY_GRAINS)):
        return _dated(day.widen("day"), match, "focus", day)
    if code == "Y" and context_pattern("ended").match(setting.after):
        return Reading(kind="duration", value="P1Y")
    if setting.base is None:
        return unknown("date", NO_ANCHOR)
    if code == "Y":
        return _dated(setting.base.widen("year"), match, "base")
    period, needs = _in_focus(code, setting)
    return _dated(period, match, needs, period)


def _in_focus(code: str, setting: Setting) -> tuple[Period | None, Needs]:
    """The latest quarter, week or month told of, else the anchor's; for a quarter the one before it."""
    if code == "Q":
        return _quarter_in_focus(setting)
    if code == "WE":
        return _weekend(0, setting), "base"
    if code not in ("W", "M") or setting.base is None:
        return None, "base"
    told = setting.last_of(GRAIN_OF[code])
    return (told, "focus") if told else (setting.base.widen(GRAIN_OF[code]), "base")


def _dated(period: Period | None, match: Match, needs: Needs, focus: Period | None = None) -> Reading | None:
    if period is None:
        return None
    mod = match.value("part", "beside_year") or match.value("part") or match.value("portion")
    return Reading(kind="date", value=period.value, mod=mod, period=period, needs=needs, focus=focus)


def _pick(periods: list[Period], match: Match, setting: Setting) -> Period | None:
    """The period that "last", "this" or "next" picks, else the nearest by tense."""
    base = setting.base
    if base is None or "turn" not in match.fields:
        return setting.nearest(periods)
    turn = int(match.value("turn") or 0)
    if turn < 0:
        # The month just gone is "last month": "last February" in March is a year back.
        just_gone = base.widen("month").shift(-1, "M")
        return next((p for p in reversed(periods) if p.last < base.first and p != just_gone), None)
    if turn > 0:
        return next((p for p in periods if p.first > base.first), None)
    # "this November" is this year's; "this winter" the one that is nearest, for it spans two years.
    same = [p for p in periods if p.first.year == base.first.year]
    return (
        same[0]
        if same and (same[0].grain, same[0].first.month) != ("season", 12)
        else setting.nearest(periods)
    )


def _year_of(match: Match, setting: Setting) -> int | None:
    """The year that the match states, in figures or as "last year"."""
    if tokens := match.fields.get("year") or match.fields.get("yearwords"):
        return read_year(tokens, setting.base_year)
    if "turn" in match.fields and any(t.text.lower() == "year" for t in match.tokens) and setting.base:
        return setting.base.first.year + int(match.value("turn") or 0)
    return None


def _needs_of_year(match: Match) -> Needs:
    return "base" if "turn" in match.fields else ""


def _in_year(quarter: Period, year: int | None) -> Period:
    return quarter if year is None else quarter.shift(year - quarter.first.year, "Y")


def _quarter_in_focus(setting: Setting) -> tuple[Period | None, Needs]:
    """The latest quarter told of, else the one that ended last before the anchor."""
    told = setting.last_of("quarter")
    return (told, "focus") if told else (last_quarter(setting), "base")


def last_quarter(setting: Setting) -> Period | None:
    """The quarter that ended last before the anchor: what companies report on."""
    return setting.base.widen("quarter").shift(-1, "Q") if setting.base else None


def unit_of(match: Match, default: str = "") -> str:
    tokens = match.fields.get("unit")
    if not tokens:
        return default
    meanings = tokens[0].meanings
    if "period_word" in meanings:
        return "Q" if meanings["period_word"] in ("quarter", "period") else ""
    return meanings.get("unit") or meanings.get("units") or meanings.get("day_unit") or default


def _focus_for(grain: TimePrecision, setting: Setting) -> tuple[Period, Period] | None:
    """The latest expression as fine as this grain, as it is and widened to the grain."""
    order = ("century", "decade", "year", "half_year", "quarter", "season", "month", "week", "weekend", "day")
    fine = order[order.index(grain) :] if grain in order else ()
    found = next((p for p in reversed(setting.earlier) if p.grain in (*fine, *DAY_GRAINS)), None)
    return (found, found.widen(grain)) if found else None


def _weekend(turn: int, setting: Setting) -> Period | None:
    """The weekend before the anchor for the past, the one of its week for what is ahead."""
    base = setting.base
    if base is None:
        return None
    here = base.widen("weekend")
    ahead = turn > 0 or (turn == 0 and setting.tense == "future")
    began = here.first <= base.first
    if ahead:
        return here.shift(1, "W") if began and turn > 0 else here
    return here if began and turn == 0 else here.shift(-1, "W")
