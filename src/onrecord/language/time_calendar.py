"""The calendar: stretches of time with their grain, written as TIMEX3, counted on and back.

In: a day and a grain ("month"). Out: a `Period` with its TIMEX3 value and its first and last day.
Seasons are the northern ones by whole months; a winter bears the year in which it begins.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.record import TimePrecision

# What a count of units adds: months, or days.
MONTHS_OF = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200, "L": 12000}
DAYS_OF = {"D": 1, "W": 7, "WE": 7}
HOURS_OF = {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}
GRAIN_OF: dict[str, TimePrecision] = {
    "D": "day", "W": "week", "WE": "weekend", "M": "month", "Q": "quarter", "H": "half_year",
    "Y": "year", "E": "decade", "C": "century",
}  # fmt: skip
# First month and months of each season; what begins a season that names a month of the table.
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# From and to what hour a part of the day reaches; past 24 is the next day.
PARTS_OF_DAY = {
    "MO": (5, 12), "MI": (11, 14), "AF": (12, 18), "EV": (17, 23), "NI": (18, 30), "DT": (6, 18),
}  # fmt: skip
BELOW_DAY: frozenset[TimePrecision] = frozenset({"part_of_day", "hour", "minute", "second"})


# How TIMEX3 writes a period of a grain that has no day: a decade is three figures, a century two.
VALUE_FORMS: dict[TimePrecision, str] = {
    "century": "{year:.2}", "decade": "{year:.3}", "year": "{year}", "half_year": "{year}-H{half}",
    "quarter": "{year}-Q{quarter}", "season": "{year}-{season}", "month": "{year}-{month:02d}",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of the calendar: its grain, its first day, and below a day its clock ("MO", "22:00")."""

    grain: TimePrecision
    first: date
    clock: str = ""

    @property
    def value(self) -> str:
        """The period as a value of TIMEX3."""
        if self.grain in ("week", "weekend"):
            iso = self.first.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if self.grain == "weekend" else "")
        if self.grain in VALUE_FORMS:
            month = self.first.month
            season = next((s for s, m in SEASON_MONTHS.items() if m == month), "")
            return VALUE_FORMS[self.grain].format(
                year=f"{self.first.year:04d}",
                month=month,
                half=(month + 5) // 6,
                quarter=(month + 2) // 3,
                season=season,
            )
        return self.first.isoformat() + (f"T{self.clock}" if self.clock else "")

    @property
    def last(self) -> date:
        """The last day of the period."""
        match self.grain:
            case "week":
                return _days_on(self.first, 6)
            case "weekend":
                return _days_on(self.first, 1)
            case "century" | "decade" | "year" | "half_year" | "quarter" | "season" | "month":
                return _days_on(_months_on(self.first, _SPAN_MONTHS[self.grain]), -1)
            case _:
                return self.first

    @property
    def bounds(self) -> tuple[str, str]:
        """The first and last day; below a day the first and last minute."""
        if self.grain not in BELOW_DAY:
            return self.first.isoformat(), self.last.isoformat()
        if self.clock in PARTS_OF_DAY:
            low, high = PARTS_OF_DAY[self.clock]
            return _minute(self.first, low * 60), _minute(self.first, high * 60 - 1)
        hour, _, minute = self.clock.partition(":")
        moment = _minute(self.first, int(hour) * 60 + int(minute[:2] or 0))
        return moment, moment

    def shift(self, count: float, unit: str) -> "Period":
        """The period that lies so many units on, of the same grain."""
        if unit in HOURS_OF:
            return self._shift_hours(count * HOURS_OF[unit])
        if unit in DAYS_OF:
            return period_of(self.grain, _days_on(self.first, round(count * DAYS_OF[unit])), self.clock)
        return period_of(self.grain, _months_on(self.first, round(count * MONTHS_OF[unit])), self.clock)

    def widen(self, grain: TimePrecision) -> "Period":
        """The period of this grain that the first day lies in."""
        return period_of(grain, self.first)

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.first <= day <= self.last

    def _shift_hours(self, hours: float) -> "Period":
        hour, _, minute = self.clock.partition(":")
        known = hour.isdigit()
        minutes = int(hour) * 60 + int(minute[:2] or 0) if known else 12 * 60
        minutes += round(hours * 60)
        moved = _days_on(self.first, minutes // 1440)
        if not known:
            return Period(grain="day", first=moved)
        return Period(grain="minute", first=moved, clock=f"{minutes % 1440 // 60:02d}:{minutes % 60:02d}")


_SPAN_MONTHS = {
    "century": 1200,
    "decade": 120,
    "year": 12,
    "half_year": 6,
    "quarter": 3,
    "season": 3,
    "month": 1,
}


def period_of(grain: TimePrecision, day: date, clock: str = "") -> Period:
    """The period of this grain that the day lies in.

    >>> period_of("quarter", date(2024, 3, 20)).value
    '2024-Q1'
    """
    year, month = day.year, day.month
    match grain:
        case "century":
            first = date(max(year // 100 * 100, 1), 1, 1)
        case "decade":
            first = date(max(year // 10 * 10, 1), 1, 1)
        case "year":
            first = date(year, 1, 1)
        case "half_year":
            first = date(year, 1 + (month - 1) // 6 * 6, 1)
        case "quarter":
            first = date(year, 1 + (month - 1) // 3 * 3, 1)
        case "season":
            first = date(year, month // 3 * 3, 1) if month >= 3 else date(max(year - 1, 1), 12, 1)
        case "month":
            first = date(year, month, 1)
        case "week":
            first = _days_on(day, -day.weekday())
        case "weekend":
            first = _days_on(day, 5 - day.weekday())
        case _:
            first = day
    return Period(grain=grain, first=first, clock=clock)


def season_of(year: int, season: str) -> Period:
    """The season ("SP") that begins in this year."""
    return period_of("season", date(year, SEASON_MONTHS[season], 1))


def read_period(value: str) -> Period | None:
    """The day, month, year or minute that ISO 8601 writes so; None for anything else.

    >>> read_period("2024-03-20T15:02+01:00").value
    '2024-03-20T15:02'
    """
    try:
        if "T" in value and len(value) >= 13:
            day = date.fromisoformat(value[:10])
            clock = value[11:16]
            whole = len(clock) == 5 and clock[2] == ":" and clock[:2].isdigit() and clock[3:].isdigit()
            return Period(grain="minute", first=day, clock=clock) if whole else Period(grain="day", first=day)
        if len(value) == 4:
            return period_of("year", date(int(value), 1, 1))
        if len(value) == 7:
            return period_of("month", date.fromisoformat(f"{value}-01"))
        return Period(grain="day", first=date.fromisoformat(value[:10]))
    except ValueError:
        return None


def month_days(year: int, month: int) -> int:
    """How many days the month has."""
    return calendar.monthrange(year, month)[1]


def _days_on(day: date, count: int) -> date:
    return day + timedelta(days=count)


def _months_on(day: date, count: int) -> date:
    """So many months on; the 31st becomes the last of a shorter month."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"The year {year} is beyond the calendar; years 1 to 9999 can be counted.")
    return date(year, month + 1, min(day.day, month_days(year, month + 1)))


def _minute(day: date, minutes: int) -> str:
    moved = _days_on(day, minutes // 1440)
    return f"{moved.isoformat()}T{minutes % 1440 // 60:02d}:{minutes % 60:02d}"
