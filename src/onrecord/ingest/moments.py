"""The types of date reading: a moment that is stated, one that is refused, and what the caller knows beside.

In: nothing. Out: the records that dates.py, clocks.py, calendars.py and relative.py hand one another.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from onrecord.errors import DateInputError
from onrecord.ingest.eras import FIRST_YEAR, LAST_YEAR
from onrecord.record import Precision

MomentKind = Literal["published", "updated", "unsaid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMoment:
    """A moment as a line states it, and where in the line.

    `value`, `precision` and `zone` are those of `Moment`; `caveat` says why a zone that is named
    gave no offset; `doubt` what else speaks against the reading, such as a weekday that is another
    day's; `rule` by which knowledge of the caller's a gap in the words was filled.
    """

    value: str
    precision: Precision
    zone: str | None
    start_char: int
    end_char: int
    caveat: str | None = None
    doubt: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedMoment:
    """Words that state a moment which cannot be told without guessing, and why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMoment:
    """One moment of a line: what the line says it is, the reading or why there is none, and its bounds."""

    kind: MomentKind
    moment: ParsedMoment | RefusedMoment
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentHints:
    """What the caller knows of where the words stood; None is not known, and nothing is assumed.

    `anchor`: a moment with offset at which the words were read or served, such as when the page was
    fetched: settles "2 hours ago", and the year of a date that was within a year before it. `day`: the
    day of a time that stands without one; an anchor does not settle it. `day_first`: whether
    03/04/2024 is 3 April. `country` (ISO 3166, "IN"): settles zone names that countries share.
    `language` ("hr"): settles month names that languages share. `epoch`: whether a bare number may count
    seconds since 1970.
    """

    anchor: datetime | None = None
    day: date | None = None
    day_first: bool | None = None
    country: str | None = None
    language: str | None = None
    epoch: bool = False

    def __post_init__(self) -> None:
        """An anchor in no year of publication is a clock gone wrong, and counts for nothing."""
        if self.anchor is not None and not FIRST_YEAR <= self.anchor.year <= LAST_YEAR:
            object.__setattr__(self, "anchor", None)


NO_HINTS = MomentHints()


def read_anchor(anchor: str | None) -> datetime | None:
    """The anchor as a moment; `DateInputError` where it has no offset from UTC or is no ISO 8601 moment."""
    if anchor is None:
        return None
    try:
        moment = datetime.fromisoformat(anchor)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise DateInputError(
            f"The anchor {anchor!r} is no moment with an offset from UTC.",
            cure="Give one such as 2024-03-20T15:02:00+01:00.",
        )
    return moment
