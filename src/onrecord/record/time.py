"""Times: each expression of time in an article, the interval it means, and from what that was computed."""

from dataclasses import dataclass
from typing import Literal

from onrecord.record.ids import content_id
from onrecord.record.span import Origin, Span, Unknown

TimeKind = Literal["date", "time", "duration", "set"]  # DATE, TIME, DURATION, SET of TIMEX3
TimePrecision = Literal[
    "second", "minute", "hour", "part_of_day", "day", "weekend", "week", "part_of_month", "month",
    "quarter", "season", "half_year", "part_of_year", "year", "decade", "century", "vague",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAnchor:
    """What a relative expression was counted from.

    `kind`: the article's publication, its dateline, or another expression (`span`) of the text.
    `value` is that moment in ISO 8601.
    """

    kind: Literal["published_at", "dateline", "expression"]
    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeValue:
    """One expression of time.

    `timex_value` and `timex_mod` are the value and modifier of TIMEX3 (TimeML 1.2.1), `edtf` the
    same in Extended Date/Time Format (ISO 8601-2, level 1) where that can say it. `start` and
    `end` bound the interval, both included, as ISO 8601 cut to a day or, where told, a minute;
    None is an open or unknown bound. Sets have none, durations only where they are tied to the anchor
    ("the last two weeks"). What could not be computed is named in `unknowns` with the reason.
    `origin` names the rule.
    """

    time_id: str
    article_id: str
    text: str
    span: Span
    kind: TimeKind
    timex_value: str | None
    timex_mod: str | None = None
    edtf: str | None = None
    start: str | None = None
    end: str | None = None
    precision: TimePrecision | None = None
    anchor: TimeAnchor | None = None
    origin: Origin
    unknowns: tuple[Unknown, ...] = ()


def time_id_of(article_id: str, span: Span) -> str:
    """The id of the time expression at this place of this article."""
    return content_id("time", article_id, f"{span.start_char}:{span.end_char}")
