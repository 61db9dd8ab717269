"""Dates and intervals of EDTF (ISO 8601-2) as people write them in, their first and last day out.

Read are "2031", "2031-05", "2031-05-03", "2031-05-03T14:30", decades "203X", centuries "20XX", intervals
"2031-05-01/2031-05-03" and those open at one end "../2031-05". Seasons and sets are not.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from onrecord.record.time import TimePrecision

DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]))?)?)?[?~%]?"
)
SPAN_OF_YEARS = re.compile(r"(?P<first>[0-9]{2,3})(?P<left>X{1,2})[?~%]?")
FORMS = "2031, 2031-05, 2031-05-03, 2031-05-03T14:30, 203X, 2031-05-01/2031-05-03, ../2031-05 or 2031-05/.."
OPEN = ("..", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The first and the last day or minute, both included; None is an open end."""

    start: str | None
    end: str | None
    precision: TimePrecision


def interval_of(edtf: str) -> Interval:
    """The interval that an expression means; raises `ValueError` with a sentence that names the forms.

    >>> interval_of("2031-02")
    Interval(start='2031-02-01', end='2031-02-28', precision='month')
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _bounds_of(edtf, edtf)
    start = None if first in OPEN else _bounds_of(first, edtf)
    end = None if last in OPEN else _bounds_of(last, edtf)
    if start is None and end is None:
        raise ValueError(f"{edtf!r:.80} is open at both ends and says nothing.")
    if start and end and _is_later(start.start, end.end):
        raise ValueError(f"{edtf!r:.80} ends before it begins.")
    return Interval(
        start=start.start if start else None,
        end=end.end if end else None,
        precision=_precision_between(start, end),
    )


def _bounds_of(part: str, whole: str) -> Interval:
    found = DATE.fullmatch(part)
    years = SPAN_OF_YEARS.fullmatch(part)
    try:
        if found:
            return _bounds_of_date(found)
        if years and len(years["first"]) + len(years["left"]) == 4:
            return _bounds_of_years(years["first"], len(years["left"]))
    except ValueError as error:
        raise ValueError(f"{whole!r:.80} names a day that no calendar has.") from error
    raise ValueError(f"{whole!r:.80} is no date or interval that is read here: {FORMS}.")


def _bounds_of_date(found: re.Match[str]) -> Interval:
    year, month, day = (int(found[name]) if found[name] else None for name in ("year", "month", "day"))
    assert year is not None  # the pattern has it
    first = date(year, month or 1, day or 1)
    if found["hour"]:
        moment = f"{first.isoformat()}T{found['hour']}:{found['minute']}"
        return Interval(start=moment, end=moment, precision="minute")
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    precision: TimePrecision = "day" if day else "month" if month else "year"
    return Interval(start=first.isoformat(), end=last.isoformat(), precision=precision)


def _bounds_of_years(first: str, left: int) -> Interval:
    start, end = date(int(first + "0" * left), 1, 1), date(int(first + "9" * left), 12, 31)
    return Interval(
        start=start.isoformat(), end=end.isoformat(), precision="decade" if left == 1 else "century"
    )


def _is_later(start: str | None, end: str | None) -> bool:
    """Whether one bound lies behind the other; a day and a minute of it do not."""
    if start is None or end is None:
        return False
    cut = min(len(start), len(end))
    return start[:cut] > end[:cut]


def _precision_between(start: Interval | None, end: Interval | None) -> TimePrecision:
    """How fine an interval of two bounds is: a part of the month or the year that holds both."""
    if start is None or end is None or start.start is None or end.end is None:
        return "vague"
    if start == end:
        return start.precision
    for cut, precision in ((10, "part_of_day"), (7, "part_of_month"), (4, "part_of_year")):
        if start.start[:cut] == end.end[:cut]:
            return precision  # type: ignore[return-value]
    return "vague"
