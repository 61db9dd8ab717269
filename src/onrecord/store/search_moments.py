"""The filter `when`: moments in EDTF, as fine as a minute, in; the bounds of the keys of statements out."""

import re
from datetime import date, timedelta

from onrecord.errors import QueryError
from onrecord.store.index_moments import MINUTES_A_DAY, SEQUENCE_BITS
from onrecord.store.index_times import FIRST, LAST, Days, days_of
from onrecord.store.search_asked import EVERYTHING, Bounds

_BOUND = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:T(?P<hour>[01]\d|2[0-3])(?::(?P<minute>[0-5]\d))?)?)?)?", re.ASCII
)
FORMS = (
    "Give a year, month, day, hour or minute (2024, 2024-03, 2024-03-20, 2024-03-20T15, 2024-03-20T15:02), "
    "or an interval of two (2024-03/2024-05), of which one side may be open (../2024-03, 2024-03/..)."
)
Minutes = tuple[int, int]  # the first, and the one behind the last


def read_moments(asked: str) -> Bounds:
    """The bounds of the keys of what was said, else published, then; raises `QueryError`.

    >>> [bound >> SEQUENCE_BITS for bound in read_moments("0001-01-01T01")]
    [1500, 1560]
    """
    first, last = _read(asked)
    low = first[0] << SEQUENCE_BITS if first else MINUTES_A_DAY << SEQUENCE_BITS
    high = last[1] << SEQUENCE_BITS if last else EVERYTHING[1]
    if low >= high:
        raise QueryError(
            f"The interval {asked!r:.80} of when ends before it begins.",
            cure="Give the earlier moment first.",
        )
    return low, high


def days_of_moments(asked: str) -> Days:
    """The days of these moments; raises `QueryError`."""
    first, last = _read(asked)
    return (
        _write_day(first[0] // MINUTES_A_DAY) if first else FIRST,
        _write_day((last[1] - 1) // MINUTES_A_DAY) if last else LAST,
    )


def _read(asked: str) -> tuple[Minutes | None, Minutes | None]:
    start, slash, end = asked.strip().partition("/")
    bounds = (start, end if slash else start)
    read = [None if slash and bound == ".." else minutes_of(bound) for bound in bounds]
    known = all(found or (slash and bound == "..") for found, bound in zip(read, bounds, strict=True))
    if not known or not any(read):
        raise QueryError(f"{asked!r:.80} is no moment that when can be asked for.", cure=FORMS)
    return read[0], read[1]


def minutes_of(moment: str) -> Minutes | None:
    """The minutes of a year, month, day, hour or minute; None where it is none."""
    found, days = _BOUND.fullmatch(moment), days_of(moment)
    if not found or not days:
        return None
    first, last = (_read_day(day) * MINUTES_A_DAY for day in days)
    if found["hour"] is None:
        return first, last + MINUTES_A_DAY
    first += int(found["hour"]) * 60 + int(found["minute"] or 0)
    return first, first + (1 if found["minute"] else 60)


def _read_day(day: str) -> int:
    return date(int(day[:4]), int(day[4:6]), int(day[6:])).toordinal()


def _write_day(number: int) -> str:
    return (date.min + timedelta(days=number - 1)).strftime("%Y%m%d").rjust(8, "0")
