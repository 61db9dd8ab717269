"""Moments of publication: a line of words in, an ISO 8601 value cut to its precision out.

A small grammar of its own that refuses rather than guesses: no year is supplied, no order of day
and month assumed, today is never taken. A refusal says why.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from onrecord.ingest.zones import NAMES, resolve_zone
from onrecord.record import Precision

ACCEPTED_SHAPES = (
    "ISO 8601 (2024-03-20T15:02+01:00, 2024-03-20, 2024-03) or words that name the month and the year"
    " (March 20, 2024 3:02 PM CET; 20 March 2024; Tue, 05 Mar 2024 10:00:00 +0100)"
)
# Newspapers begin in 1605; a year outside these bounds is a number of something else.
FIRST_YEAR, LAST_YEAR = 1600, 2199
# A date further into a line than this is not what the line is for; it also bounds the search.
MAX_CHARS = 300
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = (
    r"(?<![^\W\d_])(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])\.?"
)
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<!\d){_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        rf"(?<!\d){_YEAR}(?P<mark>[/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]",
        rf"{_MONTH}\s{{0,3}}{_DAY}[\s,.\-–—/]{{1,4}}{_YEAR}",
        rf"{_DAY}(?:\s+of)?[\s.\-/]{{0,3}}{_MONTH}[\s,.\-/]{{0,3}}{_YEAR}",
        rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}",
        rf"{_MONTH}[\s,.\-/]{{0,3}}{_YEAR}",
        rf"(?<!\d){_YEAR}-(?P<month>\d\d)(?![\d-])",
        rf"^\s*{_YEAR}\s*$",
    )
)
_REFUSED = tuple(
    (re.compile(shape, re.IGNORECASE), reason)
    for shape, reason in (
        (r"(?<![\d/.-])\d{1,2}([/.-])\d{1,2}\1\d{2}(?!\d)", "The year has two digits only."),
        (rf"{_MONTH}\s{{0,3}}{_DAY}(?!\d)", "No year is stated."),
        (rf"\d(?:st|nd|rd|th)?[\s.\-]{{0,3}}{_MONTH}", "No year is stated."),
        (r"\b(?:\d{1,3}|an?|one|two|three)\s+(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?\s+ago\b"
         r"|^\W*(?:today|yesterday|just now)\b", "The moment is stated relative to another."),
    )
)  # fmt: skip
_GAP = r"[\s,;|·•@(/–—-]{0,6}(?:\b(?:at|um|kl\.?)\s{0,3}|(?<=\d)T)?"
_HALF = r"(?:\s{0,2}(?P<half>[ap])\.?\s?m\b\.?)"
_CLOCK = (
    r"(?<![\d.:])(?:"
    rf"(?P<hour>\d{{1,2}})[:.h時](?P<minute>\d\d)分?(?::(?P<second>\d\d)(?:[.,]\d{{1,9}})?)?(?!\d){_HALF}?"
    rf"|(?P<hour2>\d{{1,2}}){_HALF.replace('<half>', '<half2>')}"
    r"|(?P<hour3>\d\d)(?P<minute3>\d\d)(?P<second3>\d\d)?(?=Z|[+-]\d\d|\s{0,2}(?:GMT|UTC|hrs|hours)\b)"
    r"|(?<=T)(?P<hour4>\d\d)(?:(?P<minute4>\d\d)(?P<second4>\d\d)?)?(?!\d)"
    r")(?:\s{0,2}(?:hrs|hours|uhr)\b\.?)?"
)
# Zone names count in capitals only: "est" and "art" are words.
_ZONE = r"\s{0,3}\(?(?P<zone>(?-i:(?:UTC|GMT)?\s?[+\-−]\d\d?:?(?:\d\d)?(?!\d)|(?<![A-Z])[A-Z]{1,4}\b))\)?"
_OF_DAY = re.compile(rf"{_CLOCK}(?:{_ZONE})?", re.IGNORECASE)
_AFTER = re.compile(_GAP, re.IGNORECASE)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_BEFORE = re.compile(
    rf"[\s,;|·•–—-]{{0,6}}(?:\bon\b)?[\s,]{{0,3}}(?:{_WEEKDAY})?[\s,]{{0,3}}$", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d\d?):?(\d\d)?")

_FILLER = re.compile(
    rf"(?:[\W_]|\b(?:published|publication|posted|originally|first|created|issued|released?|dated?|time"
    rf"|on|at|of|the"
    rf"|as|this|article|story|was|local|last|{_WEEKDAY}|\d{{1,3}}[\s-]min(?:ute)?s?[\s-]read)(?![^\W\d_]))*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:(?P<update>(?:last\s+)?(?:updated?|modified|edited|revised))"
    r"|(?:first\s+|originally\s+)?(?:published|posted))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMoment:
    """A moment as a line states it, and where in the line.

    `value`, `precision` and `zone` are those of `Moment`; `caveat` says why a zone that is named
    gave no offset.
    """

    value: str
    precision: Precision
    zone: str | None
    start_char: int
    end_char: int
    caveat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedMoment:
    """Words that state a moment which cannot be told without guessing, and why."""

    reason: str


def parse_moment(raw: str) -> ParsedMoment | None:
    """The moment that the words state and nothing else, or None.

    >>> parse_moment("Mar.20 - 2024 3:02 PM CET").value
    '2024-03-20T15:02+01:00'
    >>> parse_moment("03/04/2024") is None
    True
    """
    found = examine_moment(raw)
    return found if isinstance(found, ParsedMoment) else None


def examine_moment(raw: str) -> ParsedMoment | RefusedMoment | None:
    """As `parse_moment`, but says why words that do state a moment are refused; None for other words."""
    if len(raw) > MAX_CHARS:
        return None
    found: dict[str, ParsedMoment | RefusedMoment] = {}
    for label, start, end in _segments(raw):
        segment = find_moment(raw, start, end)
        if not isinstance(segment, tuple):
            if label == "plain" and _is_filler(raw[start:end]):
                continue
            return None
        moment, first, last = segment
        if not (_is_filler(raw[start:first]) and _is_filler(raw[last:end])):
            return None
        found.setdefault(label, moment)
    if "update" in found and len(found) == 1:
        stated = found["update"]
        what = f", {stated.value}" if isinstance(stated, ParsedMoment) else ""
        return RefusedMoment(reason=f"Only the moment of an update is stated{what}.")
    return found.get("published") or found.get("plain")


def find_moment(
    raw: str, start: int = 0, end: int | None = None
) -> tuple[ParsedMoment | RefusedMoment, int, int] | None:
    """The first moment within these bounds of a line, whatever stands round it, and its bounds."""
    end = min(len(raw), start + MAX_CHARS) if end is None else end
    for shape in _SHAPES:
        # The slice keeps `^` and `$` true of the bounds.
        if match := shape.search(raw[start:end]):
            return _read_match(raw, start + match.start(), start + match.end(), end, match)
    for shape, reason in _REFUSED:
        if match := shape.search(raw[start:end]):
            first, last = start + match.start(), start + match.end()
            _, first, last = _find_clock(raw, first, last, end)
            return RefusedMoment(reason=reason), first, last
    return None


def _segments(raw: str) -> Iterator[tuple[str, int, int]]:
    """The line cut where it says "published" or "updated", with what each piece states."""
    label, start = "plain", 0
    for match in _LABEL.finditer(raw):
        if match.start() > start:
            yield label, start, match.start()
        label, start = ("update" if match["update"] else "published"), match.end()
    if start < len(raw) or label == "plain":
        yield label, start, len(raw)


def _is_filler(words: str) -> bool:
    return _FILLER.fullmatch(words) is not None


def _read_match(
    raw: str, first: int, last: int, end: int, match: re.Match[str]
) -> tuple[ParsedMoment | RefusedMoment, int, int]:
    day = _read_date(match.groupdict())
    if isinstance(day, RefusedMoment):
        return day, first, last
    year, month, of_month = day
    if month is None or of_month is None:
        if month is None:
            return _moment(f"{year:04}", "year", (first, last)), first, last
        return _moment(f"{year:04}-{month:02}", "month", (first, last)), first, last
    clock, begin, stop = _find_clock(raw, first, last, end)
    stated = _read_clock(clock, date(year, month, of_month)) if clock else None
    if clock is None or stated is None:
        return _moment(date(year, month, of_month).isoformat(), "day", (first, last)), first, last
    local, precision = stated
    return _with_zone(local, precision, clock["zone"], (begin, stop)), begin, stop


def _read_date(parts: dict[str, str | None]) -> tuple[int, int | None, int | None] | RefusedMoment:
    """Year, month and day, as far as stated; refused where the order is not plain or no such day is."""
    year = int(parts["year"] or 0)
    month = (
        MONTHS.index(name[:3].lower()) + 1 if (name := parts.get("name")) else int(parts.get("month") or 0)
    )
    day = int(parts.get("day") or 0)
    if parts.get("first"):
        day, month = int(parts["first"] or 0), int(parts["second"] or 0)
        if day <= 12 and month <= 12 and day != month:
            return RefusedMoment(reason="It is not plain which number is the day and which the month.")
        day, month = max(day, month), min(day, month)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return RefusedMoment(reason="There is no such day.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return RefusedMoment(reason=f"The year {year} is not one of publication.")
    return year, month or None, day or None


def _find_clock(raw: str, first: int, last: int, end: int) -> tuple[re.Match[str] | None, int, int]:
    """The time of day after or before a date, and the bounds of the two together."""
    gap = _AFTER.match(raw, last, end)
    if match := _OF_DAY.match(raw, gap.end() if gap else last, end):
        match = _drop_unknown_zone(raw, match)
        return match, first, match.end()
    for found in _OF_DAY.finditer(raw, max(0, first - 60), first):
        match = _drop_unknown_zone(raw, found)
        if _BEFORE.fullmatch(raw, match.end(), first):
            return match, match.start(), last
    return None, first, last


def _drop_unknown_zone(raw: str, match: re.Match[str]) -> re.Match[str]:
    """The match without its last word, where that is capitals but names no zone."""
    zone = match["zone"]
    if zone and zone[-1:].isalpha() and zone not in NAMES:
        return _OF_DAY.match(raw, match.start(), match.start("zone")) or match
    return match


def _read_clock(clock: re.Match[str], day: date) -> tuple[datetime, Precision] | None:
    parts = clock.groupdict()
    hour = int(parts["hour"] or parts["hour2"] or parts["hour3"] or parts["hour4"])
    minute = parts["minute"] or parts["minute3"] or parts["minute4"]
    second = parts["second"] or parts["second3"] or parts["second4"]
    half = (parts["half"] or parts["half2"] or "").lower()
    if (
        half
        and (hour > 12 or hour == 0)
        and not (half == "p" and hour > 12)
        and not (half == "a" and hour == 0)
    ):
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        local = datetime(day.year, day.month, day.day, hour, int(minute or 0), int(second or 0))
    except ValueError:
        return None
    return local, "second" if second else "minute" if minute else "hour"


def _with_zone(
    local: datetime, precision: Precision, zone: str | None, bounds: tuple[int, int]
) -> ParsedMoment:
    value = local.isoformat(timespec={"second": "seconds", "minute": "minutes"}.get(precision, "hours"))
    if not zone:
        return _moment(value, precision, bounds)
    minutes = resolve_zone(zone, local) if zone in NAMES else _read_offset(zone)
    if isinstance(minutes, str):
        return _moment(value, precision, bounds, caveat=minutes)
    sign, size = "-" if minutes < 0 else "+", abs(minutes)
    return _moment(f"{value}{sign}{size // 60:02}:{size % 60:02}", precision, bounds, zone=zone)


def _read_offset(zone: str) -> int | str:
    match = _OFFSET.fullmatch(zone)
    hours, minutes = (int(match[2]), int(match[3] or 0)) if match else (99, 0)
    if match is None or hours > 14 or minutes > 59:
        return f"{zone} is no offset from UTC."
    return (hours * 60 + minutes) * (1 if match[1] == "+" else -1)


def _moment(
    value: str,
    precision: Precision,
    bounds: tuple[int, int],
    *,
    zone: str | None = None,
    caveat: str | None = None,
) -> ParsedMoment:
    return ParsedMoment(
        value=value, precision=precision, zone=zone, start_char=bounds[0], end_char=bounds[1], caveat=caveat
    )
