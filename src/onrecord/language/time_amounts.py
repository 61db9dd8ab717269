"""Readings of durations and sets: "two weeks", "the last few months", "every Friday", "annually".

In: a match of a rule and the setting. Out: its reading, or None where the words mean no time.
"""

from onrecord.language.time_calendar import DAYS_OF, HOURS_OF, MONTHS_OF, Period
from onrecord.language.time_numbers import VAGUE, read_count, whole
from onrecord.language.time_rules import Match
from onrecord.language.time_setting import Reading, Setting
from onrecord.record import TimeKind

MONTHS = {"M": 1, "Q": 3, "H": 6}
YEARS = {"Y": 1, "E": 10, "C": 100, "L": 1000}


def read_duration(match: Match, setting: Setting) -> Reading | None:
    """A length of time: P6M, PT3H, PXM where the words name no number."""
    code = _unit_of(match)
    if code is None:
        return None
    count = _count_of(match)
    if "half" in match.fields and not isinstance(count, str):
        count += 0.5
    return Reading(kind="duration", value=write_duration(count, code), mod=_mod_of(match))


def read_turn_count(match: Match, setting: Setting) -> Reading | None:
    """ "the last two weeks", "recent months": a length that ends or begins at the anchor.

    One of no number that the model takes for a date is a reference to the past or future.
    """
    code = _unit_of(match)
    if code is None:
        return None
    count = _count_of(match)
    value = write_duration(count, code)
    turn = match.value("turn") if "recent" not in match.fields else "-1"
    if setting.base is None or turn not in ("-1", "1"):
        return Reading(kind="duration", value=value, mod=_mod_of(match))
    start, end = _stretch(count, code, int(turn), setting.base)
    edtf = f"{start or ''}/{end or ''}"
    kind: TimeKind = "duration"
    if isinstance(count, str) and setting.kind == "date":
        kind, value = "date", "PAST_REF" if turn == "-1" else "FUTURE_REF"
    return Reading(
        kind=kind,
        value=value,
        mod=_mod_of(match),
        start=start,
        end=end,
        precision="vague",
        edtf=edtf,
        needs="base",
    )


def read_set(match: Match, setting: Setting) -> Reading | None:
    """Times that come again: P1Y, XXXX-WXX-5."""
    value = match.value("often") or match.value("often", "often_weak") or _pattern_of(match)
    return Reading(kind="set", value=value) if value else _set_of_units(match)


def _pattern_of(match: Match) -> str | None:
    """The day, month, season or part of day that comes again, as TIMEX3 writes it; None for units."""
    part = match.value("daypart") or match.value("daypart", "dayparts")
    if day := match.value("weekday") or match.value("weekday", "weekdays"):
        return f"XXXX-WXX-{day}" + (f"T{part}" if part else "")
    if month := match.value("month"):
        return f"XXXX-{int(month):02d}"
    if season := match.value("season") or match.value("seasons"):
        return f"XXXX-{season}"
    number = match.value("ordinal")
    return f"XXXX-Q{number}" if number in ("1", "2", "3", "4") else f"XXXX-XX-XXT{part}" if part else None


def write_duration(count: float | str, code: str) -> str:
    """The length as ISO 8601 and TIMEX3 write it: P2Y6M, PT10H, PXW.

    >>> write_duration(2.5, "Y"), write_duration("X", "TM"), write_duration(4, "E")
    ('P2Y6M', 'PTXM', 'P40Y')
    """
    if code.startswith("2"):
        code, count = code[1:], count if isinstance(count, str) else count * 2
    time = "T" if code.startswith("T") and code != "T" else ""
    letter = code.removeprefix("T") if time else code
    if isinstance(count, str):
        return f"P{time}X{letter.replace('E', 'Y')}"
    if letter in YEARS:
        return _write_years(count * YEARS[letter])
    if letter in MONTHS and not time:
        return f"P{whole(count * MONTHS[letter])}M"
    if time and count != int(count):
        return _write_clock(count, letter)
    return f"P{time}{whole(count)}{letter}"


def _write_years(years: float) -> str:
    months = round(years % 1 * 12)
    return (
        f"P{int(years)}Y{months}M"
        if months and years >= 1
        else f"P{months}M"
        if months
        else f"P{int(years)}Y"
    )


def _write_clock(count: float, letter: str) -> str:
    """Hours or minutes and a part of one: PT5H30M; less than one as minutes or seconds."""
    below = {"H": "M", "M": "S"}.get(letter)
    rest = round(count % 1 * 60)
    if below is None:
        return f"PT{whole(count)}{letter}"
    return f"PT{int(count)}{letter}{rest}{below}" if count >= 1 else f"PT{rest}{below}"


def _set_of_units(match: Match) -> Reading | None:
    code = _unit_of(match)
    if code is None:
        return None
    every = float(match.value("every") or 1)
    count = _count_of(match) if "count" in match.fields else 1.0
    return Reading(kind="set", value=write_duration(count if isinstance(count, str) else count * every, code))


def _stretch(count: float | str, code: str, turn: int, base: Period) -> tuple[str | None, str | None]:
    """The bounds of a length that ends (turn -1) or begins (1) at the anchor; open for no number."""
    here = base.first.isoformat()
    there = None
    if not isinstance(count, str) and code.removeprefix("2") in {**MONTHS_OF, **DAYS_OF, **HOURS_OF}:
        factor = 2 if code.startswith("2") else 1
        there = (
            Period(grain="day", first=base.first)
            .shift(turn * count * factor, code.removeprefix("2"))
            .first.isoformat()
        )
    return (there, here) if turn < 0 else (here, there)


def _count_of(match: Match) -> float | str:
    if "count" not in match.fields:
        tokens = match.fields.get("unit", ())
        return VAGUE if tokens and "units" in tokens[0].meanings else 1.0
    return read_count(match.fields["count"])


def _unit_of(match: Match) -> str | None:
    tokens = match.fields.get("unit")
    if not tokens:
        return "Y" if "units" not in match.fields else None
    meanings = tokens[-1].meanings
    return meanings.get("units") or meanings.get("unit") or meanings.get("day_unit")


def _mod_of(match: Match) -> str | None:
    mod = (
        match.value("mod", "approx")
        or match.value("mod", "approx_number")
        or match.value("also", "after_approx")
    )
    return mod or None
