"""The days of holidays: fixed, the nth weekday of a month, or counted from Easter.

In: how the data says when a holiday is ("11 4 Thu") and a year. Out: the day.
"""

from datetime import date, timedelta

from onrecord.language.time_calendar import month_days

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def holiday_in(year: int, when: str) -> date:
    """The day of the holiday in this year.

    >>> holiday_in(2024, "easter -2"), holiday_in(2024, "11 4 Thu")
    (datetime.date(2024, 3, 29), datetime.date(2024, 11, 28))
    """
    parts = when.split()
    if parts[0] == "easter":
        return easter_of(year) + timedelta(days=int(parts[1]))
    if parts[0] == "orthodox":
        return orthodox_easter_of(year) + timedelta(days=int(parts[1]))
    if len(parts) == 1:
        month, day = when.split("-")
        return date(year, int(month), int(day))
    beside = int(parts[3]) if len(parts) > 3 else 0
    return _nth_weekday(year, int(parts[0]), int(parts[1]), WEEKDAYS.index(parts[2])) + timedelta(days=beside)


def easter_of(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    skipped, left = divmod(century, 4)
    moon = (19 * golden + century - skipped - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    leaps, over = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * leaps - moon - over) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter_of(year: int) -> date:
    """Orthodox Easter Sunday in the Gregorian calendar (Meeus' Julian algorithm)."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    ahead = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(days=ahead)


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, month_days(year, month))
    return last - timedelta(days=(last.weekday() - weekday) % 7)
