"""Stretches of time as a chart shows them: what a question asks for in, columns of one unit out.

A column is a number: the year itself, or how many months, days or hours lie before it since year 0. The
calendar is the Gregorian one, without zones: an hour is one of the clock where the article puts it, and a day
has twenty-four. Years before 1 are counted as in ISO 8601: year 0 is 1 BCE.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.export.dates import MONTHS, show_moment
from onrecord.record.overview import TimeUnit

ChartUnit = Literal["century", "decade", "year", "month", "day", "hour"]
FINEST_FIRST: tuple[ChartUnit, ...] = ("hour", "day", "month", "year", "decade", "century")
# What a store is asked for; it counts nothing coarser than years.
ASKED: dict[ChartUnit, TimeUnit] = {
    "century": "year", "decade": "year", "year": "year", "month": "month", "day": "day", "hour": "hour",
}  # fmt: skip
# As many as stand side by side on a wide screen where each is 24 px wide, the least that a finger hits.
MOST_COLUMNS = 50
_DAYS_IN_400_YEARS = 146_097
_YEAR_400 = date(400, 1, 1).toordinal()
_YEARS_IN: dict[ChartUnit, int] = {"century": 100, "decade": 10, "year": 1}
_PART = re.compile(
    r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2})(?::?([0-9]{2}))?.*)?)?)?", re.DOTALL
)
_LEVELS: tuple[ChartUnit, ...] = ("year", "month", "day", "hour", "hour")

Instant = tuple[int, int, int, int]  # year, month, day, hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Columns of a unit, the first and the last, both included."""

    unit: ChartUnit
    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


def number_of(instant: Instant, unit: ChartUnit) -> int:
    """The column that an instant lies in.

    >>> number_of((2024, 3, 20, 15), "month"), number_of((-43, 3, 15, 0), "decade")
    (24290, -5)
    """
    year, month, day, hour = instant
    if unit in _YEARS_IN:
        return year // _YEARS_IN[unit]
    if unit == "month":
        return year * 12 + month - 1
    # The calendar is the same every 400 years, so that any year is one that `date` knows.
    days = date(year % 400 + 400, month, day).toordinal() - _YEAR_400 + year // 400 * _DAYS_IN_400_YEARS
    return days if unit == "day" else days * 24 + hour


def begin_of(number: int, unit: ChartUnit) -> Instant:
    """The first hour of a column."""
    if unit in _YEARS_IN:
        return number * _YEARS_IN[unit], 1, 1, 0
    if unit == "month":
        return number // 12, number % 12 + 1, 1, 0
    days, hour = divmod(number, 24) if unit == "hour" else (number, 0)
    turns, rest = divmod(days, _DAYS_IN_400_YEARS)
    found = date.fromordinal(_YEAR_400 + rest)
    return found.year - 400 + turns * 400, found.month, found.day, hour


def refine(stretch: Stretch, unit: ChartUnit) -> Stretch:
    """The same time in columns of another unit; of a coarser one those that hold it."""
    first = number_of(begin_of(stretch.first, stretch.unit), unit)
    last = number_of(begin_of(stretch.last + 1, stretch.unit), unit)
    ends_inside = begin_of(last, unit) != begin_of(stretch.last + 1, stretch.unit)
    return Stretch(unit=unit, first=first, last=last if ends_inside else last - 1)


def read_part(text: str) -> Stretch | None:
    """The column that a date is, of the unit that it is told in; None where it is none."""
    match = _PART.fullmatch(text.strip())
    if not match:
        return None
    told = [int(part) for part in match.groups() if part is not None]
    unit = _LEVELS[len(told) - 1]
    year, month, day, hour, minute = (*told, *(0, 1, 1, 0, 0)[len(told) :])
    try:
        number = number_of((year, month, day, hour), "hour")
    except ValueError:
        return None
    if not (1 <= month <= 12 and hour < 24 and minute < 60):
        return None
    return refine(Stretch(unit="hour", first=number, last=number), unit)


def read_stretch(when: str | None) -> Stretch | None:
    """The time that a question asks for, in the finer unit of its two ends; None where an end is open."""
    start, slash, end = (when or "").partition("/")
    first, last = read_part(start), read_part(end if slash else start)
    if first is None or last is None:
        return None
    unit = min(first.unit, last.unit, key=FINEST_FIRST.index)
    whole = Stretch(unit=unit, first=refine(first, unit).first, last=refine(last, unit).last)
    return whole if len(whole) > 0 else None


def choose_stretch(asked: Stretch) -> Stretch:
    """The columns to draw: the finest that are not too many. Hours are shown within their whole days."""
    days = refine(asked, "day")
    if len(days) <= 2:
        return refine(days, "hour")
    for unit in FINEST_FIRST[1:-1]:
        whole = refine(asked, unit)
        if len(whole) <= MOST_COLUMNS:
            return whole
    return refine(asked, "century")


def coarsen(stretch: Stretch) -> Stretch:
    """The same time in so coarse a unit that it can be drawn."""
    while len(stretch) > MOST_COLUMNS and stretch.unit != "century":
        stretch = refine(stretch, FINEST_FIRST[FINEST_FIRST.index(stretch.unit) + 1])
    return stretch


def _write_year(year: int) -> str:
    return f"{year:05d}" if year < 0 else f"{year:04d}"


def write_when(number: int, unit: ChartUnit) -> str:
    """What a filter takes for a column: EDTF, an interval for decades and centuries.

    >>> write_when(199, "decade"), write_when(2024 * 12 + 1, "month")
    ('1990/1999', '2024-02')
    """
    year, month, day, hour = begin_of(number, unit)
    if unit in ("century", "decade"):
        # A store keeps no year 0, and takes none.
        return f"{_write_year(year or 1)}/{_write_year(year + _YEARS_IN[unit] - 1)}"
    parts = (_write_year(year), f"-{month:02}", f"-{day:02}", f"T{hour:02}")
    return "".join(parts[: _LEVELS.index(unit) + 1])


def name_year(year: int) -> str:
    """A year as it is said: "2024", "44 BCE"; early years say that they are of the common era."""
    if year < 1:
        return f"{1 - year} BCE"
    return str(year) if year > 999 else f"{year} CE"


def name_column(number: int, unit: ChartUnit) -> str:
    """What a column is called.

    >>> name_column(2024 * 12 + 2, "month"), name_column(199, "decade"), name_column(-5, "decade")
    ('March 2024', '1990 to 1999', '51 BCE to 42 BCE')
    """
    year, month, day, hour = begin_of(number, unit)
    if unit in ("century", "decade"):
        return f"{name_year(year)} to {name_year(year + _YEARS_IN[unit] - 1)}"
    if unit == "year":
        return name_year(year)
    if unit == "month":
        return f"{MONTHS[month - 1]} {name_year(year)}"
    told = f"{day} {MONTHS[month - 1]} {name_year(year)}"
    return told if unit == "day" else f"{told}, {hour:02}:00 to {hour:02}:59"


def name_when(when: str) -> str:
    """A date or an interval as it is said; what cannot be read stays as it is.

    >>> name_when("2024-03"), name_when("../2024-03-02"), name_when("2024-03-20T15:04")
    ('March 2024', 'until 2 March 2024', '20 March 2024, 15:04')
    """
    start, slash, end = when.partition("/")
    if not slash:
        return _name_part(start)
    if start in ("", ".."):
        return f"until {_name_part(end)}"
    return f"from {_name_part(start)}" if end in ("", "..") else f"{_name_part(start)} to {_name_part(end)}"


def _name_part(text: str) -> str:
    column, match = read_part(text), _PART.fullmatch(text.strip())
    if column is None or match is None:
        return text
    return show_moment(text.strip()) if match[5] else name_column(column.first, column.unit)


def list_crumbs(when: str | None) -> tuple[tuple[str, str], ...]:
    """From the year down to what is shown: for each what a filter takes, and what it is called.

    >>> list_crumbs("2024-03-20")
    (('2024', '2024'), ('2024-03', 'March 2024'), ('2024-03-20', '20 March 2024'))
    """
    if not when:
        return ()
    column = read_part(when)
    if column is None:
        return _crumbs_of_interval(when)
    units = list(reversed(FINEST_FIRST[: FINEST_FIRST.index("year") + 1]))
    upto = units[: units.index(column.unit) + 1]
    return tuple(
        (write_when(held, unit), name_column(held, unit))
        for unit in upto
        for held in (refine(column, unit).first,)
    )


def _crumbs_of_interval(when: str) -> tuple[tuple[str, str], ...]:
    """The unit that holds the whole interval, where one does, and the interval."""
    asked = read_stretch(when)
    own = (when, name_when(when))
    if asked is None:
        return (own,)
    for unit in FINEST_FIRST[1:4]:
        held = refine(asked, unit)
        if len(held) == 1:
            return (*list_crumbs(write_when(held.first, unit)), own)
    return (own,)
