"""Keys that sort by time: a moment in, the number out that makes the order of rows that of time.

A key is the minute (from year 1 on, by the clock of the place that the article gives it in) and a running
number within it. Full-text indexes of SQLite hand out rows in the order of their keys, so that the newest
twenty of a million that hold a word are found without looking at the others.
"""

import re
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Column, Connection, func, select

SEQUENCE_BITS = 20
MINUTES_A_DAY = 1440
# Below it are the keys of what bears no date: the first day of the calendar has number 1.
FIRST_DATED = MINUTES_A_DAY << SEQUENCE_BITS
_MOMENT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d).*)?)?)?", re.ASCII | re.DOTALL)


def minute_of(moment: str | None) -> int | None:
    """The minute at which an ISO 8601 moment, however precise, begins; None where it is none.

    >>> minute_of("0001-01-01T00:05"), minute_of("2024-02-30"), minute_of("soon")
    (1445, None, None)
    """
    match = _MOMENT.fullmatch(moment or "")
    if not match:
        return None
    year, month, day, hour, minute = (
        int(part or least) for part, least in zip(match.groups(), "11100", strict=True)
    )
    try:
        days = date(year, month, day).toordinal()
    except ValueError:
        return None
    return days * MINUTES_A_DAY + min(hour * 60 + minute, MINUTES_A_DAY - 1)


def take_keys(connection: Connection, column: "Column[int]", minutes: Sequence[int | None]) -> list[int]:
    """A free key for each minute, in order; None is undated.

    A minute takes a million; more go on into the next, which for days alone is the same day.
    """
    free: dict[int, int] = {}
    taken = []
    for minute in minutes:
        base = (minute or 0) << SEQUENCE_BITS
        key = free[base] if base in free else _first_free(connection, column, base)
        free[base] = key + 1
        taken.append(key)
    return taken


def _first_free(connection: Connection, column: "Column[int]", base: int) -> int:
    while True:
        end = base + (1 << SEQUENCE_BITS)
        last = connection.scalar(select(func.max(column)).where(column >= base, column < end))
        if last is None:
            return base
        if last + 1 < end:
            return int(last) + 1
        base = end
