"""Keys that sort by time: a moment in, the number out that makes the order of rows that of time.

A key is the minute (from year 1 on, by the clock of the place that the article gives it in) and a running
number within it. Full-text indexes of SQLite hand out rows in the order of their keys, so that the newest
twenty of a million that hold a word are found without looking at the others.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Select, bindparam, func, select

SEQUENCE_BITS = 20
MINUTES_A_DAY = 1440
# Below it are the keys of what bears no date: the first day of the calendar has number 1.
FIRST_DATED = MINUTES_A_DAY << SEQUENCE_BITS
_MINUTE = 1 << SEQUENCE_BITS
_AT_ONCE = 20
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
    bases = [(minute or 0) << SEQUENCE_BITS for minute in minutes]
    free: dict[int, int] = {}
    for base, last in _find_last(connection, column, list(dict.fromkeys(bases))).items():
        full = last is not None and last + 1 >= base + _MINUTE
        free[base] = _first_free(connection, column, base) if full else base if last is None else last + 1
    taken = []
    for base in bases:
        taken.append(free[base])
        free[base] += 1
    return taken


def _find_last(connection: Connection, column: "Column[int]", bases: list[int]) -> dict[int, int | None]:
    """The last key of each minute, None where it has none; all asked for at once."""
    found: dict[int, int | None] = {}
    for at in range(0, len(bases), _AT_ONCE):
        some = bases[at : at + _AT_ONCE]
        bounds = {f"low{i}": base for i, base in enumerate(some)}
        bounds |= {f"high{i}": base + _MINUTE for i, base in enumerate(some)}
        last = connection.execute(_last_of(column, len(some)), bounds).one()
        found.update(zip(some, last, strict=True))
    return found


@cache
def _last_of(column: "Column[int]", count: int) -> Select[Any]:
    return select(
        *(
            select(func.max(column))
            .where(column >= bindparam(f"low{i}"), column < bindparam(f"high{i}"))
            .scalar_subquery()
            for i in range(count)
        )
    )


def _first_free(connection: Connection, column: "Column[int]", base: int) -> int:
    while True:
        last = _find_last(connection, column, [base])[base]
        if last is None or last + 1 < base + _MINUTE:
            return base if last is None else last + 1
        base += _MINUTE
