"""What an expression of time is read against, and what reading it gives.

The setting holds the anchor day, the expressions before, and the tense of the sentence; it picks
among the years or weeks that words such as "March" or "Friday" could mean.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.language.time_calendar import Period
from onrecord.record import TimeKind, TimePrecision

Tense = Literal["past", "present", "future"]
Needs = Literal["base", "focus", ""]
# How much further a period against the tense counts than one along it. Tuned on four fifths of
# TempEval-3's training documents.
AGAINST_TENSE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The anchor day (`base`), the periods of the expressions before (latest last), and the tense.

    `before` and `after` are the words beside the expression, `sentence` its sentence, in lower case.
    `kind` is what the model takes it for, None where it did not say.
    """

    base: Period | None
    earlier: tuple[Period, ...] = ()
    tense: Tense | None = None
    before: str = ""
    after: str = ""
    sentence: str = ""
    kind: TimeKind | None = None

    @property
    def base_year(self) -> int | None:
        """The year of the anchor."""
        return self.base.first.year if self.base else None

    def last_of(self, *grains: TimePrecision) -> Period | None:
        """The latest period before that has one of these grains."""
        return next((p for p in reversed(self.earlier) if p.grain in grains), None)

    def nearest(self, candidates: Iterable[Period], *, use_tense: bool = True) -> Period | None:
        """The candidate nearest to the anchor, those against the tense counted as further away."""
        base = self.base
        if base is None:
            return None
        return min(candidates, key=lambda p: self._distance(p, base.first, use_tense), default=None)

    def _distance(self, period: Period, day: date, use_tense: bool) -> float:
        if period.holds(day):
            return 0.0
        ahead = period.first > day
        days = (period.first - day).days if ahead else (day - period.last).days
        against = use_tense and ((ahead and self.tense == "past") or (not ahead and self.tense == "future"))
        return days * AGAINST_TENSE if against else float(days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an expression means: its TIMEX3 kind, value and modifier, and the period where it has one.

    `start` and `end` bound it where the period does not say so by itself. `needs` is what it was
    counted from: the anchor or an expression before (`focus`). `aside` is a comparison ("a year
    earlier"), from which nothing later is counted. `reason` says why `value` is None.
    """

    kind: TimeKind
    value: str | None
    mod: str | None = None
    period: Period | None = None
    start: str | None = None
    end: str | None = None
    precision: TimePrecision | None = None
    edtf: str | None = None
    needs: Needs = ""
    focus: Period | None = None
    aside: bool = False
    reason: str | None = None


def unknown(kind: TimeKind, reason: str) -> Reading:
    """A reading without a value, for this reason."""
    return Reading(kind=kind, value=None, reason=reason)


# Why an expression has no value.
NO_ANCHOR = "It is relative to when the article was published, and no moment of publication is known."
NO_FOCUS = "It is relative to another expression of time, and none before it could be computed."
BEYOND = "It lies beyond the calendar of the years 1 to 9999."
NO_SUCH_DAY = "The calendar has no such day."
EVENT = "It is relative to an event, and the article does not say when that was in these words."
