"""Moments of publication: a line of words in, an ISO 8601 value cut to its precision out.

Reads the dates of some seventy languages by tables of words, and refuses rather than guesses: no year is
supplied, no order of day and month assumed, today is never taken. A refusal says why.
"""

import re
from datetime import UTC, datetime, timedelta

from onrecord.ingest.eras import FIRST_YEAR, LAST_YEAR
from onrecord.ingest.moment_finder import (
    FILLER_LETTERS,
    Found,
    find_all,
    find_full,
    find_partial,
    make_moment,
)
from onrecord.ingest.moment_tokens import Line, read_line
from onrecord.ingest.moment_words import load_words
from onrecord.ingest.moments import (
    NO_HINTS,
    MomentHints,
    MomentKind,
    ParsedMoment,
    RefusedMoment,
    StatedMoment,
)
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
_DIGIT = re.compile(r"\d")
# "yesterday", and the words of a zone, are no words of the tables; a line with more such is prose.
MAX_UNKNOWN_WORDS = 6
# What machines write, read without tokens: most moments of pages and feeds are so.
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?:(:\d\d)(?:[.,]\d{1,9})?)?(?:(Z)|([+-]\d\d):?(\d\d))?)?", re.ASCII
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_moment(raw: str, *, hints: MomentHints = NO_HINTS) -> ParsedMoment | None:
    """The moment that the words state and nothing else, or None.

    >>> parse_moment("Mar.20 - 2024 3:02 PM CET").value
    '2024-03-20T15:02+01:00'
    >>> parse_moment("03/04/2024") is None
    True
    >>> fetched = datetime(2024, 3, 20, 15, 2, tzinfo=UTC)
    >>> parse_moment("vor 2 Stunden", hints=MomentHints(anchor=fetched)).value
    '2024-03-20T13+00:00'
    """
    found = examine_moment(raw, hints=hints)
    return found if isinstance(found, ParsedMoment) else None


def examine_moment(raw: str, *, hints: MomentHints = NO_HINTS) -> ParsedMoment | RefusedMoment | None:
    """As `parse_moment`, but says why words that do state a moment are refused; None for other words."""
    if not raw or len(raw) > MAX_CHARS:
        return None
    if (iso := _ISO.fullmatch(raw)) and (read := _read_iso(iso)):
        return read
    line = read_line(raw, 0, len(raw))
    if hints.epoch and (counted := _read_epoch(line)):
        return counted
    return _examine_line(line, hints) if line.shape.count("q") <= MAX_UNKNOWN_WORDS else None


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
    found = next(find_full(line, hints), None) or next(find_partial(line, 0, len(line.shape), hints), None)
    return (found.moment, found.start_char, found.end_char) if found else None


def find_moments(raw: str, *, hints: MomentHints = NO_HINTS) -> tuple[StatedMoment, ...]:
    """All moments of a line, in order, each with what the line says it is.

    >>> [(m.kind, m.moment.value) for m in find_moments("Published 20 March 2024, updated 21 March 2024")]
    [('published', '2024-03-20'), ('updated', '2024-03-21')]
    """
    line = read_line(raw, 0, min(len(raw), MAX_CHARS))
    found = sorted(find_all(line, hints), key=lambda f: f.start_char)
    return tuple(_with_kinds(line, found))


def _examine_line(line: Line, hints: MomentHints) -> ParsedMoment | RefusedMoment | None:
    found = sorted(find_all(line, hints), key=lambda f: f.start_char)
    if not found or not _is_filler_beside(line, found):
        return None
    if len(found) == 1 and "u" not in line.shape:
        return found[0].moment
    return _choose(_with_kinds(line, found))


def _read_iso(match: re.Match[str]) -> ParsedMoment | None:
    """The moment of a line in the form of ISO 8601; None where it needs a closer look."""
    day, minute, second, zulu, hours, minutes = match.groups()
    value = f"{day}T{minute}{second or ''}" if minute else day
    try:
        year = datetime.fromisoformat(value).year
    except ValueError:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR or (
        hours and (int(hours) > 14 or int(hours) < -14 or int(minutes) > 59)
    ):
        return None
    offset = "+00:00" if zulu else f"{hours}:{minutes}" if hours else ""
    zone = match[0][match.start(4) if zulu else match.start(5) :] if offset else None
    precision: Precision = "second" if second else "minute" if minute else "day"
    return make_moment(value + offset, precision, (0, match.end()), zone=zone)


def _read_epoch(line: Line) -> ParsedMoment | None:
    """Seconds or milliseconds since 1970, where the line is nothing but their number."""
    shape = line.shape.strip(" ")
    if shape not in ("e", "E"):
        return None
    at = line.shape.index(shape)
    count = int(line.word(at)) // (1000 if shape == "E" else 1)
    value = (_EPOCH + timedelta(seconds=count)).replace(tzinfo=None).isoformat(timespec="seconds")
    bounds = line.starts[at], line.ends[at]
    return make_moment(f"{value}+00:00", "second", bounds, zone="UTC", rule="seconds since 1970")


def _is_filler_beside(line: Line, found: list[Found]) -> bool:
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
    """How many tokens of filler stand here: one word or mark, "3 min" or "1:54 min"; 0 for anything else."""
    letter = line.shape[i]
    if letter in FILLER_LETTERS or (letter == "h" and line.folded(i) in ("am", "م")):
        return 1
    if letter in "nt":
        count = 3 if line.shape.startswith("n:n", i) else 1
        at = i + count + (line.shape[i + count : i + count + 1] in (" ", "-"))
        if at < len(line.shape) and load_words().units.get(line.folded(at)) == "minute":
            return at + 1 - i
    return 0


def _with_kinds(line: Line, found: list[Found]) -> list[StatedMoment]:
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
