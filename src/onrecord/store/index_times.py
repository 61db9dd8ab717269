"""Times as they are filtered: intervals of days in, tokens out, so that overlapping ones share one.

Days, months, years, decades, centuries and millennia are a tree whose nodes are beginnings of YYYYMMDD. An
interval is tiled with as few nodes as can be. Two intervals overlap where a tile of one lies in, or over, a
tile of the other: the kept one has a token for each node that a tile lies in ("i") and for each tile ("c").
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from functools import lru_cache

from onrecord.errors import QueryError

LEVELS = (1, 2, 3, 4, 6, 8)
FIRST, LAST = "00010101", "99991231"
Days = tuple[str, str]  # the first and the last day, YYYYMMDD, both included

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def days_of(moment: str | None) -> Days | None:
    """The days of a year, month, day or moment in ISO 8601; None where it is none.

    >>> days_of("2024-02"), days_of("2024-02-03T10:00Z"), days_of("2024-13")
    (('20240201', '20240229'), ('20240203', '20240203'), None)
    """
    match = _DATE.fullmatch((moment or "").partition("T")[0])
    if not match or match[1] == "0000":
        return None
    year, month, day = match.groups()
    if month is None:
        return f"{year}0101", f"{year}1231"
    if not 1 <= int(month) <= 12:
        return None
    last = monthrange(int(year), int(month))[1]
    if day is None:
        return f"{year}{month}01", f"{year}{month}{last}"
    return (year + month + day,) * 2 if 1 <= int(day) <= last else None


def days_between(start: str | None, end: str | None) -> Days | None:
    """The days from the beginning of one moment to the end of another; None is an open bound."""
    first, last = days_of(start), days_of(end)
    if not first and not last:
        return None
    days = (first[0] if first else FIRST, last[1] if last else LAST)
    return days if days[0] <= days[1] else (days[1], days[0])


def read_edtf(asked: str, field: str) -> Days:
    """The days of a filter: a date or an interval in EDTF; raises `QueryError`."""
    start, slash, end = asked.strip().partition("/")
    bounds = (start, end if slash else start)
    read = [None if slash and bound == ".." else days_of(bound) for bound in bounds]
    known = all(days or (slash and bound == "..") for days, bound in zip(read, bounds, strict=True))
    if not known or not any(read) or "T" in asked:
        raise QueryError(
            f"{asked!r:.80} is no date that {field} can be asked for.",
            cure="Give a year, month or day (2024, 2024-03, 2024-03-20), or an interval of two "
            "(2024-03/2024-05), of which one side may be open (../2024-03, 2024-03/..).",
        )
    days = (read[0][0] if read[0] else FIRST, read[1][1] if read[1] else LAST)
    if days[0] > days[1]:
        raise QueryError(
            f"The interval {asked!r:.80} of {field} ends before it begins.",
            cure="Give the earlier date first.",
        )
    return days


@lru_cache(maxsize=4096)
def kept_times(kind: str, days: Days) -> tuple[str, ...]:
    """The tokens of an interval that is kept; `kind` is a letter before each."""
    tiles = tile(days)
    within = {tiled[:level] for tiled in tiles for level in LEVELS if level <= len(tiled)}
    covers = (f"{kind}c{tiled}" for tiled in tiles if len(tiled) < LEVELS[-1])
    return (*(f"{kind}i{node}" for node in sorted(within)), *covers)


def asked_times(kind: str, days: Days) -> tuple[str, ...]:
    """The tokens of which an interval that overlaps these days has at least one."""
    tiles = tile(days)
    over = {tiled[:level] for tiled in tiles for level in LEVELS if level < len(tiled)}
    return (*(f"{kind}i{tiled}" for tiled in tiles), *(f"{kind}c{node}" for node in sorted(over)))


def tile(days: Days) -> tuple[str, ...]:
    """The fewest nodes that are these days together.

    >>> tile(("20240201", "20240302"))
    ('202402', '20240301', '20240302')
    """
    if days[0] == days[1]:
        return (days[0],)
    # Bounds widened to where a month, year or more begins and ends compare with nodes as plain strings.
    return tuple(_cover(("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), *_widen(days)))


def _widen(days: Days) -> Days:
    first, last = days
    first = first[:6] + "00" if first[6:] == "01" else first
    first = first[:4] + "0000" if first[4:] == "0100" else first
    first = "00000000" if first[:4] <= "0001" and first[4:] == "0000" else first
    ends = int(last[6:]) >= monthrange(int(last[:4]), int(last[4:6]))[1]
    last = last[:6] + "99" if ends else last
    return first, last[:4] + "9999" if last[4:] == "1299" else last


def _cover(nodes: Iterable[str], first: str, last: str) -> Iterator[str]:
    for node in nodes:
        low, high = node.ljust(8, "0"), node.ljust(8, "9")
        if high < first or low > last:
            continue
        if first <= low and high <= last:
            yield node
        else:
            yield from _cover(_children(node), first, last)


def _children(node: str) -> list[str]:
    if len(node) < 4:
        return [f"{node}{digit}" for digit in range(10)]
    return [f"{node}{number:02}" for number in range(1, 13 if len(node) == 4 else 32)]
