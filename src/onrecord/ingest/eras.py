"""Years of other calendars: a Buddhist or Solar Hijri day in, the Gregorian one out."""

import re
from datetime import date, timedelta

# Newspapers begin in 1605; a year outside these bounds is a number of something else.
FIRST_YEAR, LAST_YEAR = 1600, 2199
BUDDHIST_YEARS = 543
_THAI = re.compile("[\u0e00-\u0e7f]")


def to_gregorian_year(
    words: str, parts: tuple[int, int | None, int | None]
) -> tuple[int, int | None, int | None]:
    """The parts with a Buddhist year made Gregorian, where Thai letters say that it may be one."""
    year, *rest = parts
    if LAST_YEAR < year <= LAST_YEAR + BUDDHIST_YEARS and _THAI.search(words):
        return year - BUDDHIST_YEARS, rest[0], rest[1]
    return parts


def from_persian(year: int, month: int, day: int | None) -> tuple[int, int, int] | None:
    """The Gregorian day of a Solar Hijri one: 31 days in six months, 30 in five, the rest in Esfand.

    Counted from 1 Farvardin 1403, 20 March 2024; leap years by the cycle of 33 years, which holds
    from 1178 to 1633.
    """
    if day is None or not 1178 <= year <= 1633:
        return None
    longest = 31 if month <= 6 else 30 if month < 12 or _is_persian_leap(year) else 29
    if not 1 <= day <= longest:
        return None
    low, high = min(year, 1403), max(year, 1403)
    days = sum(366 if _is_persian_leap(y) else 365 for y in range(low, high))
    of_year = 31 * (month - 1) - max(0, month - 7) + day - 1
    found = date(2024, 3, 20) + timedelta(days=(days if year >= 1403 else -days) + of_year)
    return found.year, found.month, found.day


def _is_persian_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8
