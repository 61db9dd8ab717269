"""Days in the shape of a line: tokens in, year, month and day out, or why they cannot be told.

Knows the Gregorian calendar, Buddhist years where the script is Thai, and Solar Hijri months by name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from onrecord.ingest.eras import FIRST_YEAR, LAST_YEAR, from_persian, to_gregorian_year
from onrecord.ingest.moment_tokens import Line
from onrecord.ingest.moment_words import PERSIAN, load_words, month_of
from onrecord.ingest.moments import MomentHints

NO_SUCH_DAY = "There is no such day."
NO_YEAR = "No year is stated."
TWO_DIGITS = "The year has two digits only."
UNPLAIN_ORDER = "It is not plain which number is the day and which the month."

# Shapes of a day with its year. The number's letters are in moment_tokens.py, the words' in moment_words.py.
# Where year, month and day stand among the numbers of a shape that has no name of a month.
_NUMBER_ORDERS: dict[str, tuple[int, int, int | None]] = {
    "ymd": (0, 1, 2), "cjk": (0, 1, 2), "cjkm": (0, 1, None), "dvy": (2, 1, 0), "vy": (1, 0, None),
}  # fmt: skip
_MONTH = r"[mb](?: ?/ ?[mb])?"
_ORDINAL = r"(?: ?o(?![a-z]))?"
_TAIL = r"(?: ?G\.?)?"
_FULL = re.compile(
    r"(?<![ntydx567][-/.])(?P<ymd>y(?:-n-n|/n/n|\. ?n\. ?n)(?![ntyd567x]))"
    r"|(?P<compact>(?<![-/.~])d(?![-/~]))"
    r"|(?P<cjk>y ?a ?n ?l ?n ?j)"
    rf"|(?P<mdy>{_MONTH}[ .,/-]{{0,3}}(?:g )?n{_ORDINAL}(?:[ ,./~-]{{1,4}}|[ ,]{{0,2}}g )y{_TAIL}(?![:]))"
    rf"|(?P<dmy>n{_ORDINAL}\.?[ ,./-]{{0,3}}(?:g[ ']{{1,2}}){{0,2}}{_MONTH}[ ,./-]{{0,4}}(?:g[ .]{{1,2}})?y"
    rf"{_TAIL})"
    r"|(?P<dvy>n[ ,]{1,3}V ?n[ ,/-]{0,3}(?:g )?y)"
    rf"|(?P<ymnd>(?<![ntyd567x][ .-])y[ .-]{{1,3}}(?:[gG][ .]{{1,2}})?{_MONTH}[ .-]{{0,3}}n"
    r"(?![ .,]{1,2}y)(?![:\w])(?: ?[gG]\.?)?)"
    r"|(?P<numbers>(?<![ntydx567][-/.])n(?: ?- ?n ?- ?| ?/ ?n ?/ ?|\. ?n\. ?)y(?![ntyd567x])(?: ?G\.)?)"
    rf"|(?P<my>{_MONTH}[ .,/-]{{0,3}}(?:g )?y)"
    r"|(?P<vy>V ?n[ ,/-]{0,2}(?:g )?y)"
    r"|(?P<cjkm>y ?a ?n ?l)"
)
_WHOLE = re.compile(r" *(?:(?P<week>y-Wn-n)|(?P<ordinal>y-t)|(?P<ym>y-n)|(?P<year>y)) *")
# Shapes that lack the year or two digits of it.
_PARTIAL = re.compile(
    r"(?P<short>(?<![ntydx567][-/.])n(?P<mark>[-/.])n(?P=mark)n(?![ntyd567x.:]|[-/]n))"
    rf"|(?P<dmn>n{_ORDINAL}[ -]?{_MONTH}(?:[,.]? ?'|[-/]|\.? )n(?![ntyd567x:.]| ?[hHU]))"
    rf"|(?P<md>[mb][ .]{{0,2}}n{_ORDINAL}(?![ntyd567x:H%]|\.n| ?[mb]))"
    rf"|(?P<dm>n{_ORDINAL}\.?[ -]{{0,2}}(?:g[ ']{{1,2}})?[mb](?![a-z]))"
    r"|(?P<dv>n[ ,]{1,3}V ?n(?![ntyd567x:]))"
    r"|(?P<ln>(?<!a)(?<!a )n ?l ?n ?j)"
)
_WEEKDAY_BEFORE = re.compile(r"([wb])[ .,)~]{0,3}(?:[gf] )?$")
_WEEKDAY_AFTER = re.compile(r"[ ,(]{0,3}(w)")
# Names of months that are words of other languages: alone with a year they may be anything.
_WORDS_TOO = frozenset(
    {"set", "out", "ago", "mac", "mars", "mart", "ara", "tra", "may", "des", "pro", "sec", "dis"}
)
_SHORT_ENGLISH = frozenset(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as far as it is stated, the tokens it stands in, and how a gap was filled."""

    year: int
    month: int | None = None
    day: int | None = None
    first: int
    last: int
    is_iso: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDay:
    """A day that is refused, and the tokens it stands in."""

    reason: str
    first: int
    last: int


def find_days(line: Line, hints: MomentHints) -> Iterator[Day | NoDay]:
    """The days of the line that are stated with their year, in order."""
    if "y" not in line.shape and "d" not in line.shape:
        return
    if whole := _WHOLE.fullmatch(line.shape):
        yield from _read_whole(line, whole)
        return
    for match in _FULL.finditer(line.shape):
        day = _read_full(line, match, hints)
        if day is not None:
            yield day


def find_partial_days(line: Line, first: int, last: int, hints: MomentHints) -> Iterator[Day | NoDay]:
    """The days between two tokens that lack their year, or half of it."""
    for match in _PARTIAL.finditer(line.shape, first, last):
        day = _read_partial(line, match, hints)
        if day is not None:
            yield day


def weekday_doubt(line: Line, day: Day) -> str | None:
    """Why the weekday beside a date is not its weekday; None where it is, or none is stated."""
    if day.month is None or day.day is None:
        return None
    stated = date(day.year, day.month, day.day)
    for token, weekdays in _stated_weekdays(line, day):
        if stated.weekday() not in weekdays:
            return f"{stated.isoformat()} was not the weekday that is stated, {line.word(token)}."
    return None


def _stated_weekdays(line: Line, day: Day) -> Iterator[tuple[int, set[int]]]:
    """The words next to a date that name weekdays, with all weekdays that each can be."""
    before = _WEEKDAY_BEFORE.search(line.shape[: day.first])
    after = _WEEKDAY_AFTER.match(line.shape, day.last)
    for match in filter(None, (before, after)):
        if weekdays := load_words().weekdays.get(line.folded(match.start(1))):
            yield match.start(1), weekdays


def _read_whole(line: Line, match: re.Match[str]) -> Iterator[Day | NoDay]:
    """A line that is nothing but a year, a month, or an ISO week or ordinal day."""
    numbers = _numbers(line, match)
    bounds = match.span(match.lastgroup or "")
    year = numbers[0]
    try:
        if match["week"]:
            stated = date.fromisocalendar(year, numbers[1], numbers[2])
        elif match["ordinal"]:
            stated = date(year, 1, 1) + timedelta(days=numbers[1] - 1)
        else:
            yield _check_day((year, numbers[1] if match["ym"] else None, None), bounds)
            return
    except (ValueError, OverflowError):
        yield NoDay(reason=NO_SUCH_DAY, first=bounds[0], last=bounds[1])
        return
    yield _check_day((stated.year, stated.month, stated.day), bounds, is_iso=True)


def _read_full(line: Line, match: re.Match[str], hints: MomentHints) -> Day | NoDay | None:
    shape, bounds = match.lastgroup or "", match.span()
    numbers = _numbers(line, match)
    if shape == "compact":
        value = numbers[0]
        day = _check_day((value // 10000, value // 100 % 100, value % 100), bounds)
        return day if isinstance(day, Day) else None  # a number of something else
    if shape == "numbers":
        first, second, year = numbers
        ordered = _order_numbers(first, second, line.shape[bounds[0] + 1], hints)
        if isinstance(ordered, str):
            refused = NoDay(reason=ordered, first=bounds[0], last=bounds[1])
            return _order_by_weekday(line, (year, first, second), bounds) or refused
        return _check_day((year, *ordered[:2]), bounds, rule=ordered[2])
    if shape in _NUMBER_ORDERS:
        year_at, month_at, day_at = _NUMBER_ORDERS[shape]
        parts = numbers[year_at], numbers[month_at], None if day_at is None else numbers[day_at]
        return _check_day(to_gregorian_year(line.raw, parts), bounds, is_iso=shape == "ymd")
    return _read_named(line, match, hints)


def _read_named(line: Line, match: re.Match[str], hints: MomentHints) -> Day | NoDay | None:
    """A day or month whose month is a name."""
    shape, bounds = match.lastgroup or "", match.span()
    numbers = _numbers(line, match)
    if shape == "my" and _is_other_word(line, match, hints):
        return None
    month = _read_month(line, bounds, hints)
    if isinstance(month, NoDay):
        return month
    if shape == "my":
        parts: tuple[int, int | None, int | None] = numbers[0], month, None
    else:
        year, day = numbers if shape == "ymnd" else numbers[::-1]
        parts = year, month, day
    if month <= PERSIAN:
        return _check_day(to_gregorian_year(line.raw, parts), bounds)
    gregorian = from_persian(parts[0], month - PERSIAN, parts[2])
    if gregorian is None:
        return NoDay(
            reason=f"{line.word(bounds[0])} … is no whole day here.", first=bounds[0], last=bounds[1]
        )
    return _check_day(gregorian, bounds, rule="Solar Hijri calendar")


def _read_month(line: Line, bounds: tuple[int, int], hints: MomentHints) -> int | NoDay:
    """The month by its name; by both where two stand there, as in the Arabic of several countries."""
    tokens = [i for i in range(*bounds) if line.shape[i] in "mb"]
    months = {month_of(line.folded(i), hints.language) for i in tokens}
    month = months.pop()
    if months or month is None:
        reason = f"{line.word(tokens[0])} is the name of different months in different languages."
        return NoDay(reason=reason, first=bounds[0], last=bounds[1])
    return month


def _is_other_word(line: Line, match: re.Match[str], hints: MomentHints) -> bool:
    """Whether a month before a year may be another word: "out 2024", where the line says more than that."""
    is_alone = match[0].strip() == line.shape.strip()
    return not is_alone and not hints.language and line.folded(match.start()) in _WORDS_TOO


def _order_numbers(
    first: int, second: int, mark: str, hints: MomentHints
) -> tuple[int, int, str | None] | str:
    """Month, day and the rule that put them so; or why their order is not plain."""
    if first > 12 or second > 12 or first == second:
        return min(first, second), max(first, second), None
    if hints.day_first is not None:
        rule = "day before month" if hints.day_first else "month before day"
        return (second, first, rule) if hints.day_first else (first, second, rule)
    return (second, first, None) if mark == "." else UNPLAIN_ORDER


def _order_by_weekday(line: Line, parts: tuple[int, int, int], bounds: tuple[int, int]) -> Day | None:
    """The one of two orders of day and month whose weekday is the one stated; None where that is not one."""
    year, first, second = parts
    orders = [
        Day(year=year, month=m, day=d, first=bounds[0], last=bounds[1], rule="order told by the weekday")
        for m, d in ((first, second), (second, first))
        if min(m, d) >= 1 and FIRST_YEAR <= year <= LAST_YEAR
    ]
    if not orders or not any(_stated_weekdays(line, orders[0])):
        return None
    fitting = [day for day in orders if weekday_doubt(line, day) is None]
    return fitting[0] if len(fitting) == 1 else None


def _read_partial(line: Line, match: re.Match[str], hints: MomentHints) -> Day | NoDay | None:
    shape, bounds = match.lastgroup or "", match.span()
    numbers = _numbers(line, match)
    if shape in ("md", "dm", "dmn") and not _is_surely_month(line, match, hints):
        return None
    reason = TWO_DIGITS if shape in ("short", "dmn") else NO_YEAR
    refused = NoDay(reason=reason, first=bounds[0], last=bounds[1])
    if hints.anchor is None or (shape == "short" and hints.day_first is None):
        return refused
    if shape == "short":
        ordered = _order_numbers(numbers[0], numbers[1], line.shape[bounds[0] + 1], hints)
        month, day = (0, 0) if isinstance(ordered, str) else ordered[:2]
    elif shape in ("md", "dm", "dmn"):
        named = _read_month(line, bounds, hints)
        if isinstance(named, NoDay) or named > PERSIAN:
            return named if isinstance(named, NoDay) else refused
        month, day = named, numbers[0]
    else:
        month, day = (numbers[1], numbers[0]) if shape == "dv" else (numbers[0], numbers[1])
    digits = numbers[-1] if reason == TWO_DIGITS else None
    return _settle_year(line, (month, day), bounds, hints.anchor, digits) or refused


def _is_surely_month(line: Line, match: re.Match[str], hints: MomentHints) -> bool:
    """Whether the name beside a number is a month's where no year says so: not "set 5", "may 20"."""
    token = next(i for i in range(*match.span()) if line.shape[i] in "mb")
    word, folded = line.word(token), line.folded(token)
    if match.lastgroup == "md" and word in ("may", "march", "mar"):
        return False
    return len(folded) > 3 or not word.isascii() or folded in _SHORT_ENGLISH or hints.language is not None


def _settle_year(
    line: Line, month_and_day: tuple[int, int], bounds: tuple[int, int], anchor: datetime, digits: int | None
) -> Day | NoDay | None:
    """The last such day that had begun somewhere when the anchor was; None where none is within a year.

    With the last two digits of its year, the last such year; a weekday that contradicts refuses it.
    """
    limit = (anchor.astimezone(UTC) + timedelta(hours=14)).date()
    years = [limit.year, limit.year - 1] if digits is None else range(limit.year, limit.year - 100, -1)
    for year in years:
        if digits is not None and year % 100 != digits:
            continue
        try:
            settled = date(year, *month_and_day)
        except ValueError:
            continue
        if settled <= limit:
            day = _check_day((year, *month_and_day), bounds, rule="last such day before the anchor")
            if isinstance(day, Day) and (doubt := weekday_doubt(line, day)):
                return NoDay(reason=f"{NO_YEAR} {doubt}", first=bounds[0], last=bounds[1])
            return day
    return None


def _check_day(
    parts: tuple[int, int | None, int | None],
    bounds: tuple[int, int],
    *,
    is_iso: bool = False,
    rule: str | None = None,
) -> Day | NoDay:
    year, month, day = parts
    reason = None
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        reason = NO_SUCH_DAY
    if reason is None and not FIRST_YEAR <= year <= LAST_YEAR:
        reason = f"The year {year} is not one of publication."
    if reason:
        return NoDay(reason=reason, first=bounds[0], last=bounds[1])
    return Day(year=year, month=month, day=day, first=bounds[0], last=bounds[1], is_iso=is_iso, rule=rule)


def _numbers(line: Line, match: re.Match[str]) -> list[int]:
    """The numbers of a match; the month's mark "V" is no number."""
    return [int(line.word(i)) for i in range(*match.span()) if line.shape[i] in "nytd"]
