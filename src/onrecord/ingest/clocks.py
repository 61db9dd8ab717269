"""Times of day in the shape of a line: tokens in, hour, minute and second out, with the zone behind them.

Knows 15:02, 3:02 p.m., 15h02, 15.02 Uhr, 午後3時2分, 1502 GMT and what stands between a date and its time.
"""

import re
from dataclasses import dataclass

from onrecord.ingest.moment_tokens import Line
from onrecord.ingest.moment_words import load_words
from onrecord.ingest.zones import ZoneWords, read_zone
from onrecord.record import Precision

# 15:02:33.5, 15h02, 15 h 02, 3:02 pm, 午後3時2分30秒.
_WITH_MINUTES = (
    r"(?:h ?)?n(?:[:.]| ?H ?)n(?: ?M)?(?:[:.]n(?:[.,][ntydxeE567])?| ?n ?S)?"
    r"(?: ?[HU](?!\w)\.?)?(?: ?h(?!\w))?"
)
_CLOCK = re.compile(
    rf"(?:(?P<minutes>{_WITH_MINUTES})|(?P<half>n ?h(?!\w))|(?P<hour>(?:h ?)?n ?(?:H|U\.?)(?!\w))"
    r"|(?P<compact>(?:y|6)(?: ?U\.?)?))(?![ntydx567]|:n)"
)
_AFTER_T = re.compile(
    r"T(?:(?P<minutes>n:n(?::n(?:[.,][ntydxeE567])?)?)|(?P<compact>n|y|6)(?:\.[ntydxeE567])?)(?![ntydx567])"
)
_GAP = re.compile(r"[ ,~(/.:-]{0,6}(?:\(?[wbjl]\.?\)?[ ,~.-]{0,4})?(?:(?<!\w)[kfg][ .:'-]{0,3}){0,3}")
_BEFORE = re.compile(r"[ ,~()/.-]{0,6}(?:[kfg][ ,]{1,3}){0,2}(?:\(?[wb]\.?\)?[ ,~.-]{0,4}(?:[fg] )?)?")
_PART_OF_NUMBER = re.compile(r"[ntyd567x][.:/-]?$")
# The time again in another zone: "1502 GMT (2302 HKT)".
_AGAIN = re.compile(r"\s?[(/]\s?\d{1,2}[:.]?\d\d(?:\s?[ap]\.?m\b\.?)?\s[A-Z]{2,5}\b\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day, the zone that is named with it, and its bounds in the line."""

    hour: int
    minute: int
    second: int
    precision: Precision
    zone: ZoneWords | None
    start_char: int
    end_char: int


def clock_after(line: Line, token: int) -> Clock | None:
    """The time of day that follows a date ending before this token."""
    if at_t := _AFTER_T.match(line.shape, token):
        return _read_clock(line, at_t)
    gap = _GAP.match(line.shape, token)
    first = gap.end() if gap else token
    if match := _CLOCK.match(line.shape, first):
        return _read_clock(line, match)
    return None


def clock_before(line: Line, token: int, first: int) -> Clock | None:
    """The time of day before a date that begins at this token, not before another token."""
    for clock in reversed(find_clocks(line, first, token)):
        between = line.token_at(clock.end_char)
        if between <= token and _BEFORE.fullmatch(line.shape, between, token):
            return clock
    return None


def find_clocks(line: Line, first: int, last: int) -> list[Clock]:
    """The times of day between two tokens; one with a point for a mark must say that it is one."""
    clocks: list[Clock] = []
    for match in _CLOCK.finditer(line.shape, first, last):
        begin = match.start()
        before = line.shape[max(0, begin - 2) : begin]
        is_again = clocks and line.starts[begin] < clocks[-1].end_char
        if is_again or _PART_OF_NUMBER.search(before):
            continue
        clock = _read_clock(line, match)
        if clock is not None and (clock.zone or set("hHUk:") & set(before + match[0])):
            clocks.append(clock)
    return clocks


def _read_clock(line: Line, match: re.Match[str]) -> Clock | None:
    numbers = [(line.word(i), line.shape[i]) for i in range(*match.span()) if line.shape[i] in "nty6"]
    end_char = line.ends[match.end() - 1]
    zone = read_zone(line.raw, end_char, line.ends[-1])
    has_t = line.shape[match.start()] == "T"
    if match["compact"]:
        digits = numbers[0][0]
        suffixed = "U" in match[0]
        if not has_t and not (zone or suffixed):
            return None
        parts = [int(digits[k : k + 2]) for k in range(0, len(digits), 2)]
    else:
        if match["minutes"] and "H" not in match[0] and (len(numbers[1][0]) != 2 or "M" in match[0]):
            return None  # a number such as 3.5, or the "01:54 min" of a film
        parts = [int(n) for n, _ in numbers[:3]]
    hour = _to_24_hours(line, match, parts[0])
    minute, second = (*parts[1:], 0, 0)[:2]
    if hour is None or hour > 23 or minute > 59 or second > 59:
        return None
    if zone:
        end_char = zone.end_char
        if again := _AGAIN.match(line.raw, end_char, line.ends[-1]):
            end_char = again.end()
    precision: Precision = ("hour", "minute", "second")[min(len(parts), 3) - 1]
    return Clock(
        hour=hour, minute=minute, second=second, precision=precision, zone=zone,
        start_char=line.starts[match.start() + has_t], end_char=end_char,
    )  # fmt: skip


def _to_24_hours(line: Line, match: re.Match[str], hour: int) -> int | None:
    """The hour with its half of the day, None where the two contradict ("13:00 am")."""
    halves = [i for i in range(*match.span()) if line.shape[i] == "h"]
    if not halves:
        return hour
    word = line.folded(halves[-1])
    is_afternoon = "pm" in load_words().kinds.get(word, ()) or word[:1] in ("p", "μ")
    if hour > 12:
        return hour if is_afternoon else None
    if hour == 0:
        return None if is_afternoon else 0
    return hour % 12 + 12 * is_afternoon
