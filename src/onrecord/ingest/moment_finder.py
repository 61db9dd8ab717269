"""The moments of a tokenised line: days with the times beside them, what is told from another, bare times.

In: a line and what the caller knows. Out: each moment, read or refused, and the characters it stands in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onrecord.ingest.calendars import Day, NoDay, find_days, find_partial_days, weekday_doubt
from onrecord.ingest.clocks import Clock, clock_after, clock_before, find_clocks
from onrecord.ingest.eras import FIRST_YEAR, LAST_YEAR
from onrecord.ingest.moment_tokens import Line
from onrecord.ingest.moments import MomentHints, ParsedMoment, RefusedMoment
from onrecord.ingest.relative import (
    Relative,
    find_relatives,
    refusal,
    relative_day,
    relative_time,
    rule_of,
)
from onrecord.ingest.zones import resolve_words
from onrecord.record import Precision

# Letters of tokens that may stand beside a moment in a line that is no more than it: see moment_tokens.py.
FILLER_LETTERS = frozenset(" .,/-:()'~wbgGkfpuo")
_PRECISIONS: dict[str, Precision] = {"second": "second", "minute": "minute", "hour": "hour"}
_TIMESPECS = {"second": "seconds", "minute": "minutes", "hour": "hours"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A moment and the characters it stands in."""

    moment: ParsedMoment | RefusedMoment
    start_char: int
    end_char: int


def find_all(line: Line, hints: MomentHints) -> Iterator[Found]:
    """The moments stated in full, then those in what is left of the line."""
    full = list(find_full(line, hints))
    yield from full
    first = 0
    for found in [*full, None]:
        last = line.token_at(found.start_char) if found else len(line.shape)
        if not FILLER_LETTERS.issuperset(line.shape[first:last]):
            until = found.start_char if found else len(line.raw)
            yield from (rest for rest in _find_rest(line, first, last, hints) if rest.end_char <= until)
        first = line.token_at(found.end_char) if found else last


def find_full(line: Line, hints: MomentHints) -> Iterator[Found]:
    """The moments whose year is stated, each with the time of day after or before it."""
    done = 0
    for day in find_days(line, hints):
        if day.first < done:
            continue
        found = _state(line, day, done, hints)
        done = max(done + 1, line.token_at(found.end_char))
        yield found


def find_partial(line: Line, first: int, last: int, hints: MomentHints) -> Iterator[Found]:
    """The moments between two tokens that lack their year, or are told from another."""
    done = first
    for day in find_partial_days(line, first, last, hints):
        if day.first >= done:
            found = _state(line, day, done, hints)
            done = max(done + 1, line.token_at(found.end_char))
            yield found
    if done > first:
        return
    for relative in find_relatives(line, first, last):
        if relative.first >= done and _is_told(line, relative):
            found = _state_relative(line, relative, done, hints)
            done = max(done + 1, line.token_at(found.end_char))
            yield found


def _find_rest(line: Line, first: int, last: int, hints: MomentHints) -> Iterator[Found]:
    """As `find_partial`, and failing that, times of day without a day."""
    any_found = False
    for found in find_partial(line, first, last, hints):
        any_found = True
        yield found
    if not any_found:
        for clock in find_clocks(line, first, last):
            yield _state_clock(line, clock, hints)


def _is_told(line: Line, relative: Relative) -> bool:
    """Whether words such as "today" open the line or a label's moment, and are not a sentence's."""
    if relative.unit != "day" and relative.count:
        return True
    before = line.shape[: relative.first]
    return not set(before) - FILLER_LETTERS or relative.last - relative.first > 1


def _state(line: Line, day: Day | NoDay, after: int, hints: MomentHints) -> Found:
    """A day with the time beside it, as a moment."""
    clock = None
    if isinstance(day, NoDay) or day.day is not None:
        clock = clock_after(line, day.last) or clock_before(line, day.first, after)
    start, end = line.starts[day.first], _end_of(line, day)
    if clock:
        start, end = min(start, clock.start_char), max(end, clock.end_char)
    if isinstance(day, NoDay):
        return Found(moment=RefusedMoment(reason=day.reason), start_char=start, end_char=end)
    moment = _with_clock(line, day, clock, (start, end), hints)
    return Found(moment=moment, start_char=start, end_char=end)


def _end_of(line: Line, day: Day | NoDay) -> int:
    """The end of a day's words without a full stop or space behind them."""
    last = day.last
    while last > day.first + 1 and line.shape[last - 1] in " .":
        last -= 1
    return line.ends[last - 1]


def _with_clock(
    line: Line, day: Day, clock: Clock | None, bounds: tuple[int, int], hints: MomentHints
) -> ParsedMoment:
    doubt = weekday_doubt(line, day)
    if clock is None or day.month is None or day.day is None:
        parts = [f"{day.year:04}", *(f"{part:02}" for part in (day.month, day.day) if part is not None)]
        precision: Precision = ("year", "month", "day")[len(parts) - 1]
        return make_moment("-".join(parts), precision, bounds, doubt=doubt, rule=day.rule)
    local = datetime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second)
    value = local.isoformat(timespec=_TIMESPECS[clock.precision])
    minutes = _resolve(clock, local, hints, is_iso=day.is_iso)
    if not isinstance(minutes, int):
        return make_moment(value, clock.precision, bounds, caveat=minutes, doubt=doubt, rule=day.rule)
    zone = clock.zone.words if clock.zone else None
    return make_moment(
        value + _format_offset(minutes), clock.precision, bounds, zone=zone, doubt=doubt, rule=day.rule
    )


def _resolve(clock: Clock, local: datetime, hints: MomentHints, *, is_iso: bool) -> int | str | None:
    """Minutes east of UTC; None where no zone is named; a sentence where it does not tell them."""
    if clock.zone is None:
        return None
    minutes = resolve_words(clock.zone, local, hints.country)
    words = clock.zone.words
    is_bare = words[0] in "-−" and ":" in words and clock.precision == "minute" and not is_iso
    if isinstance(minutes, int) and is_bare and -minutes > clock.hour * 60 + clock.minute:
        return f"{words} may be an offset from UTC or the end of a span of hours."
    return minutes


def _state_clock(line: Line, clock: Clock, hints: MomentHints) -> Found:
    """A time of day without its day: on the day that the caller gives, and on no other."""
    bounds = clock.start_char, clock.end_char
    if hints.day is None:
        moment: ParsedMoment | RefusedMoment = RefusedMoment(
            reason="A time of day is stated without its day."
        )
    else:
        given, token = hints.day, line.token_at(clock.start_char)
        day = Day(
            year=given.year, month=given.month, day=given.day, first=token, last=token, rule="the day given"
        )
        moment = _with_clock(line, day, clock, bounds, hints)
    return Found(moment=moment, start_char=bounds[0], end_char=bounds[1])


def _state_relative(line: Line, relative: Relative, after: int, hints: MomentHints) -> Found:
    bounds = line.starts[relative.first], line.ends[relative.last - 1]
    reason = refusal(relative, hints)
    if reason or hints.anchor is None:
        clock = clock_after(line, relative.last) if relative.unit == "day" else None
        end = clock.end_char if clock else bounds[1]
        return Found(moment=RefusedMoment(reason=reason or ""), start_char=bounds[0], end_char=end)
    anchor = hints.anchor
    if relative.unit == "day" and (clock := clock_after(line, relative.last)):
        minutes = _resolve(clock, anchor.replace(tzinfo=None), hints, is_iso=True)
        if isinstance(minutes, int):
            anchor = anchor.astimezone(UTC) + timedelta(minutes=minutes)
    if day := relative_day(relative, anchor):
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return _state(line, day, after, hints)
        return Found(
            moment=RefusedMoment(reason=f"The year {day.year} is not one of publication."),
            start_char=bounds[0],
            end_char=bounds[1],
        )
    moment = relative_time(relative, anchor) or anchor
    precision = _PRECISIONS[relative.unit]
    offset = moment.utcoffset() or timedelta()
    suffix = _format_offset(int(offset.total_seconds() // 60))
    value = moment.replace(tzinfo=None).isoformat(timespec=_TIMESPECS[precision]) + suffix
    return Found(
        moment=make_moment(value, precision, bounds, zone=suffix, rule=rule_of(relative)),
        start_char=bounds[0],
        end_char=bounds[1],
    )


def _format_offset(minutes: int) -> str:
    sign, size = "-" if minutes < 0 else "+", abs(minutes)
    return f"{sign}{size // 60:02}:{size % 60:02}"


def make_moment(  # noqa: PLR0913  the fields of one record
    value: str,
    precision: Precision,
    bounds: tuple[int, int],
    *,
    zone: str | None = None,
    caveat: str | None = None,
    doubt: str | None = None,
    rule: str | None = None,
) -> ParsedMoment:
    """The moment that stands within these bounds of its line."""
    return ParsedMoment(
        value=value,
        precision=precision,
        zone=zone,
        start_char=bounds[0],
        end_char=bounds[1],
        caveat=caveat,
        doubt=doubt,
        rule=rule,
    )
