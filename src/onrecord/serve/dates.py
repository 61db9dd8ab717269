"""Dates as people read them: what a record holds in ISO 8601 or EDTF in, "3 May 2031, 14:20" out."""

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:T(?P<hour>[01]\d|2[0-4])(?::(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?",
    re.ASCII,
)
_OPEN = {"": "unknown", "..": "open"}


def show_moment(value: str) -> str:
    """The date, as fine as it is given; what is none, or goes beyond these, stays as it is.

    >>> show_moment("2031-05-03T14:20+02:00"), show_moment("2031-05"), show_moment("some day")
    ('3 May 2031, 14:20 (+02:00)', 'May 2031', 'some day')
    >>> show_moment("2031-05-01/2031-05-03")
    '1 May 2031 to 3 May 2031'
    """
    start, parted, end = value.partition("/")
    parts = (start, end)
    if any(map(_DATE.fullmatch, parts)) and parted and all(p in _OPEN or _DATE.fullmatch(p) for p in parts):
        return f"{_OPEN.get(start) or show_moment(start)} to {_OPEN.get(end) or show_moment(end)}"
    found = _DATE.fullmatch(value)
    return _tell(found) if found else value


def _tell(found: re.Match[str]) -> str:
    year, month, day, hour, minute, zone = found.group("year", "month", "day", "hour", "minute", "zone")
    told = " ".join(
        part for part in (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year) if part
    )
    if hour is None:
        return told
    clock = f"{told}, {hour}:{minute or '00'}" if minute else f"{told}, between {hour}:00 and {hour}:59"
    return f"{clock} ({'UTC' if zone == 'Z' else zone})" if zone else clock
