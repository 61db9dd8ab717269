"""Moments told from another: "2 hours ago", "vor 2 Stunden", "yesterday" in, the moment out.

Only with an anchor that the caller gives; what is said in hours is told to the hour, never closer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.ingest.calendars import Day
from onrecord.ingest.moment_tokens import Line
from onrecord.ingest.moment_words import fold_word, load_words
from onrecord.ingest.moments import MomentHints

RELATIVE = "The moment is stated relative to another."
WEEKS = "A count of weeks names no day."
_STEPS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_CJK_UNITS = {
    "秒": "second", "秒钟": "second", "秒鐘": "second", "分": "minute", "分钟": "minute",
    "分鐘": "minute", "小时": "hour", "小時": "hour", "時間": "hour", "个小时": "hour", "個小時": "hour",
    "天": "day", "日": "day", "周": "week", "週間": "week", "週": "week", "个月": "month", "個月": "month",
    "か月": "month", "ヶ月": "month", "カ月": "month", "年": "year",
}  # fmt: skip
_CJK = re.compile(rf"\s?({'|'.join(sorted(_CJK_UNITS, key=len, reverse=True))})\s?(?:之前|以前|前)")
_WORDS_FOR_NUMBERS = {"one": 1, "two": 2, "three": 3}
_KOREAN_AGO = fold_word("전")
# Units that hold "ago" in their own ending: Hungarian, Thai.
_SELF_SAID = tuple(fold_word(w) for w in ("órája", "napja", "perce", "ที่แล้ว"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Words for a moment by another: so many units before it, and their tokens."""

    count: int
    unit: str
    first: int
    last: int


def find_relatives(line: Line, first: int, last: int) -> Iterator[Relative]:
    """The moments between two tokens that are told from another."""
    for i in range(first, last):
        letter = line.shape[i]
        if letter in "nt":
            found = _read_count(line, i, int(line.word(i)), last)
        elif letter in " .,/-:()'~yd":
            continue
        else:
            found = _read_word(line, i, last)
        if found:
            yield found


def rule_of(relative: Relative) -> str:
    """By which rule the moment was told: "2 hours before the anchor"."""
    if not relative.count:
        return f"the anchor's own {relative.unit}"
    return f"{relative.count} {relative.unit}{'s' * (relative.count > 1)} before the anchor"


def relative_day(relative: Relative, anchor: datetime) -> Day | None:
    """The day, month or year of words that count those; None for other units."""
    first, last, rule = relative.first, relative.last, rule_of(relative)
    if relative.unit == "day":
        day = (anchor - timedelta(days=relative.count)).date()
        return Day(year=day.year, month=day.month, day=day.day, first=first, last=last, rule=rule)
    if relative.unit == "month":
        months = anchor.year * 12 + anchor.month - 1 - relative.count
        return Day(year=months // 12, month=months % 12 + 1, first=first, last=last, rule=rule)
    if relative.unit == "year":
        return Day(year=anchor.year - relative.count, first=first, last=last, rule=rule)
    return None


def relative_time(relative: Relative, anchor: datetime) -> datetime | None:
    """The moment of words that count seconds, minutes or hours; None for other units."""
    step = _STEPS.get(relative.unit)
    return anchor - relative.count * step if step else None


def _read_count(line: Line, i: int, count: int, last: int) -> Relative | None:
    """A count of units with "ago" behind, or "before" ahead of it."""
    if cjk := _CJK.match(line.raw, line.ends[i], line.ends[last - 1]):
        return Relative(count=count, unit=_CJK_UNITS[cjk[1]], first=i, last=line.token_at(cjk.end()))
    at = i + 1 + (line.shape[i + 1 : i + 2] == " ")
    if at >= last:
        return None
    unit, has_ago = _read_unit(line.folded(at))
    if unit is None:
        return None
    kinds = load_words().kinds
    ago = at + 1
    while ago < last and line.shape[ago] in " .":
        ago += 1
    before = i - 1 - (line.shape[i - 1 : i] == " ")
    if ago < last and "ago" in kinds.get(line.folded(ago), ()):
        return Relative(count=count, unit=unit, first=i, last=ago + 1)
    if before >= 0 and "before" in kinds.get(line.folded(before), ()):
        return Relative(count=count, unit=unit, first=before, last=at + 1)
    return Relative(count=count, unit=unit, first=i, last=at + 1) if has_ago else None


def _read_unit(word: str) -> tuple[str | None, bool]:
    """The unit that a folded word names, and whether it says "ago" in its own ending."""
    units = load_words().units
    bare = word.removesuffix(_KOREAN_AGO)
    if bare != word and bare in units:
        return units[bare], True
    return units.get(word), word.endswith(_SELF_SAID)


def _read_word(line: Line, i: int, last: int) -> Relative | None:
    """ "an hour ago", "yesterday"."""
    kinds = load_words().kinds.get(line.folded(i))
    if not kinds:
        return None
    for kind, count in _WORDS_FOR_NUMBERS.items():
        if kind in kinds and (found := _read_count(line, i, count, last)):
            return found
    if "now" in kinds:
        return Relative(count=0, unit="minute", first=i, last=i + 1)
    if "today" in kinds or "yesterday" in kinds:
        return Relative(count=int("yesterday" in kinds), unit="day", first=i, last=i + 1)
    return None


def refusal(relative: Relative, hints: MomentHints) -> str | None:
    """Why the words cannot be told, None where they can."""
    if hints.anchor is None:
        return RELATIVE
    return WEEKS if relative.unit == "week" else None
