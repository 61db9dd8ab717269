"""Moments of publication: a line of words in, an ISO 8601 value cut to its precision out.

Reads the dates of some seventy languages by tables of words, and refuses rather than guesses: no year is
supplied, no order of day and month assumed, today is never taken. A refusal says why.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onrecord.ingest.calendars import (
    FIRST_YEAR,
    LAST_YEAR,
    Day,
    NoDay,
    find_days,
    find_partial_days,
    weekday_doubt,
)
from onrecord.ingest.clocks import Clock, clock_after, clock_before, find_clocks
from onrecord.ingest.moment_tokens import Line, read_line
from onrecord.ingest.moment_words import load_words
from onrecord.ingest.moments import (
    NO_HINTS,
    MomentHints,
    MomentKind,
    ParsedMoment,
    RefusedMoment,
    StatedMoment,
    read_anchor,
)
from onrecord.ingest.relative import Relative, find_relatives, refusal, relative_day, relative_time, rule_of
from onrecord.ingest.zones import resolve_words
from onrecord.record import Precision

__all__ = [
    "ACCEPTED_SHAPES",
    "MomentHints",
    "ParsedMoment",
    "RefusedMoment",
    "StatedMoment",
    "examine_moment",
    "find_moment",
    "find_moments",
    "parse_moment",
]

ACCEPTED_SHAPES = (
    "ISO 8601 (2024-03-20T15:02+01:00, 2024-03-20, 2024-03) or words that name the month and the year"
    " (March 20, 2024 3:02 PM CET; 20 March 2024; Tue, 05 Mar 2024 10:00:00 +0100)"
)
# A date further into a line than this is not what the line is for; it also bounds the search.
MAX_CHARS = 300
# Letters of tokens that may stand beside a moment in a line that is no more than it: see moment_tokens.py.
_FILLER_LETTERS = frozenset(" .,/-:()'~wbgGkfpuo")
_DIGIT = re.compile(r"\d")
_TIMESPECS: dict[str, str] = {"second": "seconds", "minute": "minutes", "hour": "hours"}
_RELATIVE_OPENING = re.compile(r"[^\w]*$")
# The day anywhere on earth is at most so far ahead of UTC.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A moment and the characters it stands in."""

    moment: ParsedMoment | RefusedMoment
    start_char: int
    end_char: int


def parse_moment(  # noqa: PLR0913  options of one thing, each told by its name
    raw: str,
    *,
    anchor: str | None = None,
    day_first: bool | None = None,
    country: str | None = None,
    language: str | None = None,
    epoch: bool = False,
) -> ParsedMoment | None:
    """The moment that the words state and nothing else, or None; the options are those of `MomentHints`.

    >>> parse_moment("Mar.20 - 2024 3:02 PM CET").value
    '2024-03-20T15:02+01:00'
    >>> parse_moment("03/04/2024") is None
    True
    >>> parse_moment("vor 2 Stunden", anchor="2024-03-20T15:02:00+00:00").value
    '2024-03-20T13+00:00'
    """
    found = examine_moment(
        raw, anchor=anchor, day_first=day_first, country=country, language=language, epoch=epoch
    )
    return found if isinstance(found, ParsedMoment) else None


def examine_moment(  # noqa: PLR0913  options of one thing, each told by its name
    raw: str,
    *,
    anchor: str | None = None,
    day_first: bool | None = None,
    country: str | None = None,
    language: str | None = None,
    epoch: bool = False,
) -> ParsedMoment | RefusedMoment | None:
    """As `parse_moment`, but says why words that do state a moment are refused; None for other words."""
    if not raw or len(raw) > MAX_CHARS:
        return None
    hints = NO_HINTS
    if anchor or day_first is not None or country or language or epoch:
        hints = MomentHints(
            anchor=read_anchor(anchor), day_first=day_first, country=country, language=language, epoch=epoch
        )
    line = read_line(raw, 0, len(raw))
    if epoch and (counted := _read_epoch(line)):
        return counted
    if not _may_be_moment(line):
        return None
    found = sorted(_find_all(line, hints), key=lambda f: f.start_char)
    if not found or not _is_filler_beside(line, found):
        return None
    return _choose(_with_kinds(line, found))


def find_moment(
    raw: str, start: int = 0, end: int | None = None, *, hints: MomentHints = NO_HINTS
) -> tuple[ParsedMoment | RefusedMoment, int, int] | None:
    """The first moment within these bounds of a line, whatever stands round it, and its bounds.

    One stated with its year is preferred. A moment without any digit ("yesterday") is not looked for.
    """
    end = min(len(raw) if end is None else end, start + MAX_CHARS)
    if not _DIGIT.search(raw, start, end):
        return None
    line = read_line(raw, start, end)
    found = next(_find_full(line, hints), None) or next(_find_partial(line, 0, len(line.shape), hints), None)
    return (found.moment, found.start_char, found.end_char) if found else None


def find_moments(raw: str, *, hints: MomentHints = NO_HINTS) -> tuple[StatedMoment, ...]:
    """All moments of a line, in order, each with what the line says it is.

    >>> [(m.kind, m.moment.value) for m in find_moments("Published 20 March 2024, updated 21 March 2024")]
    [('published', '2024-03-20'), ('updated', '2024-03-21')]
    """
    line = read_line(raw, 0, min(len(raw), MAX_CHARS))
    found = sorted(_find_all(line, hints), key=lambda f: f.start_char)
    return tuple(_with_kinds(line, found))


def _may_be_moment(line: Line) -> bool:
    """Whether all words of the line can stand in or beside a moment; spares reading what is plainly prose."""
    return line.shape.count("q") <= 6


def _find_all(line: Line, hints: MomentHints) -> Iterator[_Found]:
    """The moments stated in full, then those in what is left of the line."""
    full = list(_find_full(line, hints))
    yield from full
    first = 0
    for found in [*full, None]:
        last = line.token_at(found.start_char) if found else len(line.shape)
        if first < last:
            yield from _find_rest(line, first, last, hints)
        first = line.token_at(found.end_char) if found else last


def _find_full(line: Line, hints: MomentHints) -> Iterator[_Found]:
    """The moments whose year is stated, each with the time of day after or before it."""
    done = 0
    for day in find_days(line, hints):
        if day.first < done:
            continue
        found = _state(line, day, done, hints)
        done = max(done + 1, line.token_at(found.end_char))
        yield found


def _find_partial(line: Line, first: int, last: int, hints: MomentHints) -> Iterator[_Found]:
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


def _find_rest(line: Line, first: int, last: int, hints: MomentHints) -> Iterator[_Found]:
    """As `_find_partial`, and failing that, times of day without a day."""
    any_found = False
    for found in _find_partial(line, first, last, hints):
        any_found = True
        yield found
    if not any_found:
        for clock in find_clocks(line, first, last):
            yield _state_clock(clock, hints)


def _is_told(line: Line, relative: Relative) -> bool:
    """Whether words such as "today" open the line or a label's moment, and are not a sentence's."""
    if relative.unit != "day" and relative.count:
        return True
    before = line.shape[: relative.first]
    return not set(before) - _FILLER_LETTERS or relative.last - relative.first > 1


def _state(line: Line, day: Day | NoDay, after: int, hints: MomentHints) -> _Found:
    """A day with the time beside it, as a moment."""
    clock = None
    if isinstance(day, NoDay) or day.day is not None:
        clock = clock_after(line, day.last) or clock_before(line, day.first, after)
    start, end = line.starts[day.first], _end_of(line, day)
    if clock:
        start, end = min(start, clock.start_char), max(end, clock.end_char)
    if isinstance(day, NoDay):
        return _Found(moment=RefusedMoment(reason=day.reason), start_char=start, end_char=end)
    moment = _with_clock(line, day, clock, (start, end), hints)
    return _Found(moment=moment, start_char=start, end_char=end)


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
        precision: Precision = ("year", "month", "day")[len(parts) - 1]  # type: ignore[assignment]
        return _moment("-".join(parts), precision, bounds, doubt=doubt, rule=day.rule)
    local = datetime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second)
    value = local.isoformat(timespec=_TIMESPECS[clock.precision])
    minutes = _resolve(clock, local, hints, is_iso=day.is_iso)
    if not isinstance(minutes, int):
        return _moment(value, clock.precision, bounds, caveat=minutes, doubt=doubt, rule=day.rule)
    zone = clock.zone.words if clock.zone else None
    return _moment(
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


def _state_clock(clock: Clock, hints: MomentHints) -> _Found:
    """A time of day without its day: the last such time before the anchor, where its zone is known."""
    bounds = clock.start_char, clock.end_char
    reason = "A time of day is stated without its day."
    moment: ParsedMoment | RefusedMoment = RefusedMoment(reason=reason)
    if hints.anchor is not None and clock.zone is not None:
        minutes = _resolve(clock, hints.anchor.replace(tzinfo=None), hints, is_iso=True)
        if isinstance(minutes, int):
            there = hints.anchor.astimezone(UTC).replace(tzinfo=None) + timedelta(minutes=minutes)
            local = there.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)
            local -= timedelta(days=local > there)
            value = local.isoformat(timespec=_TIMESPECS[clock.precision]) + _format_offset(minutes)
            rule = "last such time before the anchor"
            moment = _moment(value, clock.precision, bounds, zone=clock.zone.words, rule=rule)
    elif hints.anchor is not None:
        moment = RefusedMoment(reason=f"{reason[:-1]} or its zone.")
    return _Found(moment=moment, start_char=bounds[0], end_char=bounds[1])


def _state_relative(line: Line, relative: Relative, after: int, hints: MomentHints) -> _Found:
    bounds = line.starts[relative.first], line.ends[relative.last - 1]
    reason = refusal(relative, hints)
    if reason or hints.anchor is None:
        clock = clock_after(line, relative.last) if relative.unit == "day" else None
        end = clock.end_char if clock else bounds[1]
        return _Found(moment=RefusedMoment(reason=reason or ""), start_char=bounds[0], end_char=end)
    anchor = hints.anchor
    if relative.unit == "day" and (clock := clock_after(line, relative.last)):
        minutes = _resolve(clock, anchor.replace(tzinfo=None), hints, is_iso=True)
        if isinstance(minutes, int):
            anchor = anchor.astimezone(UTC) + timedelta(minutes=minutes)
    if day := relative_day(relative, anchor):
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return _state(line, day, after, hints)
        return _Found(
            moment=RefusedMoment(reason=f"The year {day.year} is not one of publication."),
            start_char=bounds[0],
            end_char=bounds[1],
        )
    moment = relative_time(relative, anchor) or anchor
    precision: Precision = relative.unit  # type: ignore[assignment]
    offset = moment.utcoffset() or timedelta()
    suffix = _format_offset(int(offset.total_seconds() // 60))
    value = moment.replace(tzinfo=None).isoformat(timespec=_TIMESPECS[precision]) + suffix
    return _Found(
        moment=_moment(value, precision, bounds, zone=suffix, rule=rule_of(relative)),
        start_char=bounds[0],
        end_char=bounds[1],
    )


def _read_epoch(line: Line) -> ParsedMoment | None:
    """Seconds or milliseconds since 1970, where the line is nothing but their number."""
    shape = line.shape.strip(" ")
    if shape not in ("e", "E"):
        return None
    at = line.shape.index(shape)
    count = int(line.word(at)) // (1000 if shape == "E" else 1)
    value = (_EPOCH + timedelta(seconds=count)).replace(tzinfo=None).isoformat(timespec="seconds")
    bounds = line.starts[at], line.ends[at]
    return _moment(f"{value}+00:00", "second", bounds, zone="UTC", rule="seconds since 1970")


def _is_filler_beside(line: Line, found: list[_Found]) -> bool:
    """Whether nothing but labels, weekdays, little words and marks stands beside the moments."""
    i = 0
    for moment in [*found, None]:
        first = line.token_at(moment.start_char) if moment else len(line.shape)
        while i < first:
            step = _filler_step(line, i)
            if not step:
                return False
            i += step
        i = line.token_at(moment.end_char) if moment else i
    return True


def _filler_step(line: Line, i: int) -> int:
    """How many tokens of filler stand here: one word or mark, or "3 min" of reading; 0 for anything else."""
    letter = line.shape[i]
    if letter in _FILLER_LETTERS or (letter == "h" and line.folded(i) in ("am", "م")):
        return 1
    if letter in "nt":
        at = i + 1 + (line.shape[i + 1 : i + 2] in (" ", "-"))
        if at < len(line.shape) and load_words().units.get(line.folded(at)) == "minute":
            return at + 1 - i
    return 0


def _with_kinds(line: Line, found: list[_Found]) -> list[StatedMoment]:
    """The moments with what the label before each says; or behind each, where labels close the line."""
    labels = [(line.starts[i], letter) for i, letter in enumerate(line.shape) if letter in "pu"]
    behind = bool(
        found
        and labels
        and labels[0][0] > found[0].start_char
        and labels[-1][0] > found[-1].start_char
        and len(labels) >= len(found)
    )
    stated = []
    for i, one in enumerate(found):
        if behind:
            until = found[i + 1].start_char if i + 1 < len(found) else len(line.raw)
            beside = [label for start, label in labels if one.start_char < start < until][:1]
        else:
            beside = [label for start, label in labels if start < one.start_char][-1:]
        kind: MomentKind = "unsaid" if not beside else "published" if beside == ["p"] else "updated"
        stated.append(
            StatedMoment(kind=kind, moment=one.moment, start_char=one.start_char, end_char=one.end_char)
        )
    return stated


def _choose(stated: list[StatedMoment]) -> ParsedMoment | RefusedMoment | None:
    """The publication among the moments of a line; None where several say no more than each other."""
    by_kind: dict[str, list[ParsedMoment | RefusedMoment]] = {}
    for one in stated:
        by_kind.setdefault(one.kind, []).append(one.moment)
    moments = by_kind.get("published") or by_kind.get("unsaid")
    if moments is None:
        first = stated[0].moment
        what = f", {first.value}" if isinstance(first, ParsedMoment) else ""
        return RefusedMoment(reason=f"Only the moment of an update is stated{what}.")
    values = [m.value for m in moments if isinstance(m, ParsedMoment)]
    agree = len(values) == len(moments) and all(v.startswith(min(values, key=len)) for v in values)
    if len(moments) > 1 and not agree:
        return None
    return max(moments, key=lambda m: len(m.value) if isinstance(m, ParsedMoment) else 0)


def _format_offset(minutes: int) -> str:
    sign, size = "-" if minutes < 0 else "+", abs(minutes)
    return f"{sign}{size // 60:02}:{size % 60:02}"


def _moment(  # noqa: PLR0913  the fields of one record
    value: str,
    precision: Precision,
    bounds: tuple[int, int],
    *,
    zone: str | None = None,
    caveat: str | None = None,
    doubt: str | None = None,
    rule: str | None = None,
) -> ParsedMoment:
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
