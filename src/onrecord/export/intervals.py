"""Intervals in words: two bounds in ISO 8601 go in, "1–20 Mar 2024" comes out, whatever today is."""

import re
from calendar import monthrange
from typing import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BOUND = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d).*)?")


class Day(NamedTuple):
    """A day, and the minute of it where one is told."""

    year: int
    month: int
    number: int
    clock: str


def show_interval(start: str | None, end: str | None) -> str:
    """Both bounds included, in English, as short as they allow; "" where there are none.

    What is no day of the calendar is shown as it stands.

    >>> show_interval("2024-03-20", "2024-03-20"), show_interval("2024-03-01", "2024-03-20")
    ('20 Mar 2024', '1–20 Mar 2024')
    >>> show_interval("2024-03-01", "2024-03-31"), show_interval("2023-01-01", "2023-12-31")
    ('Mar 2024', '2023')
    >>> show_interval(None, "2024-03-20"), show_interval("2024-03-20", None)
    ('by 20 Mar 2024', 'from 20 Mar 2024')
    """
    first, last = _read(start), _read(end)
    if (start and not first) or (end and not last):
        return "/".join((start or "..", end or ".."))
    if first and last:
        return _show_both(first, last)
    if last:
        return f"by {_show_day(last)}"
    return f"from {_show_day(first)}" if first else ""


def _read(bound: str | None) -> Day | None:
    match = BOUND.fullmatch(bound or "")
    if not match or not 1 <= int(match[2]) <= len(MONTHS):
        return None
    return Day(int(match[1]), int(match[2]), int(match[3]), match[4] or "")


def _show_both(first: Day, last: Day) -> str:
    if first[:3] == last[:3]:
        clocks = "–".join(dict.fromkeys(filter(None, (first.clock, last.clock))))
        return f"{_name(first)} {clocks}".rstrip()
    if first.clock or last.clock or not (_opens(first) and _closes(last)):
        return _show_days(first, last)
    if (first.month, last.month) == (1, len(MONTHS)):
        return "–".join(dict.fromkeys((str(first.year), str(last.year))))
    names = [f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
    if first.year == last.year:
        names[0] = names[0] if first.month == last.month else MONTHS[first.month - 1]
    return "–".join(dict.fromkeys(names))


def _show_days(first: Day, last: Day) -> str:
    """Two days, the month and year of the first left out where they are those of the last."""
    if not (first.clock or last.clock) and first.year == last.year:
        if first.month == last.month:
            return f"{first.number}–{_name(last)}"
        return f"{first.number} {MONTHS[first.month - 1]} – {_name(last)}"
    return f"{_show_day(first)} – {_show_day(last)}"


def _opens(day: Day) -> bool:
    return day.number == 1


def _closes(day: Day) -> bool:
    return day.year >= 1 and day.number == monthrange(day.year, day.month)[1]


def _name(day: Day) -> str:
    return f"{day.number} {MONTHS[day.month - 1]} {day.year}"


def _show_day(day: Day) -> str:
    return f"{_name(day)} {day.clock}".rstrip()
