"""Dates as people read them: what a record holds in ISO 8601 or EDTF in, "3 May 2031, 14:20" out."""

import re

from onrecord.export.intervals import MONTHS as SHORT
from onrecord.export.intervals import show_interval

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
_LONG = dict(zip(SHORT, MONTHS, strict=True))
_OPEN = {"": "unknown", "..": "open"}


def show_moment(value: str) -> str:
    """The date, as fine as it is given; what is none, or goes beyond these, stays as it is.

    >>> show_moment("2031-05-03T14:20+02:00"), show_moment("2031-05"), show_moment("some day")
    ('3 May 2031, 14:20 (UTC+2)', 'May 2031', 'some day')
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
    return f"{clock} ({show_zone(zone)})" if zone else clock


def show_zone(zone: str) -> str:
    """How far a clock is from UTC, as people write it.

    >>> show_zone("Z"), show_zone("+00:00"), show_zone("-07:00"), show_zone("+0530")
    ('UTC', 'UTC', 'UTC−7', 'UTC+5:30')
    """
    digits = zone[1:].replace(":", "")
    if not digits.strip("0"):
        return "UTC"
    minutes = "" if digits[2:] == "00" else f":{digits[2:]}"
    return f"UTC{'−' if zone[0] == '-' else '+'}{int(digits[:2])}{minutes}"


def show_said(when: str, start: str | None, end: str | None) -> str:
    """When something was said, no finer than it is known: `when` alone is where its interval begins.

    >>> show_said("2031-05-03", "2031-05-03", "2031-05-03")
    '3 May 2031'
    >>> show_said("2031-05-03T05:00", "2031-05-03T05:00:00", "2031-05-03T11:59:59")
    '3 May 2031, 05:00–11:59'
    >>> show_said("2031-05-01", "2031-05-01", "2031-05-31"), show_said("2031-05-03", None, "2031-05-03")
    ('May 2031', 'by 3 May 2031')
    """
    if start == end:
        return show_moment(when)
    told = show_interval(start, end)
    # It writes "3 May 2031 05:00"; moments in this room have a comma there.
    told = re.sub(r"(?<=\d{4}) (?=\d\d:)", ", ", told)
    return re.sub(r"\b[A-Z][a-z]{2}\b", lambda found: _LONG.get(found[0], found[0]), told)
