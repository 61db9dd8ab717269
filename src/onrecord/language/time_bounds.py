"""What interval a reading means, how precise it is, and how EDTF writes it.

In: a reading and the anchor day. Out: first and last day or minute, the precision, and the form of
ISO 8601-2, level 1; None where that has no form (durations, sets, weeks of no year).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.language.time_calendar import BELOW_DAY, Period
from onrecord.language.time_setting import Reading
from onrecord.record import TimePrecision

# The grains that a part of ("early March") makes a stretch of its own kind of.
PART_OF: dict[TimePrecision, TimePrecision] = {"month": "part_of_month", "year": "part_of_year"}
EDTF_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}
APPROXIMATE = frozenset({"APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """An interval, both ends included, its precision and its form in EDTF."""

    start: str | None = None
    end: str | None = None
    precision: TimePrecision | None = None
    edtf: str | None = None


def bounds_of(reading: Reading, base: Period | None, words: str) -> Bounds:
    """The bounds of the reading; `words` are the expression's own, for "earlier" and "later"."""
    period = reading.period
    if reading.reason:
        return Bounds()
    if period is None or reading.start or reading.end:
        return Bounds(start=reading.start, end=reading.end, precision=reading.precision, edtf=reading.edtf)
    if reading.mod in ("START", "MID", "END") and period.grain not in BELOW_DAY and period.grain != "day":
        return _part(period, reading.mod, base, words.lower())
    start, end = period.bounds
    if reading.mod in ("BEFORE", "AFTER"):
        open_start, open_end = (None, start) if reading.mod == "BEFORE" else (end, None)
        return Bounds(
            start=open_start, end=open_end, precision="vague", edtf=f"{open_start or ''}/{open_end or ''}"
        )
    return Bounds(
        start=start, end=end, precision=period.grain, edtf=reading.edtf or write_edtf(period, reading.mod)
    )


def write_edtf(period: Period, mod: str | None = None) -> str:
    """The period in EDTF; "~" where it is only about so."""
    about = "~" if mod in APPROXIMATE else ""
    if period.grain in ("century", "decade"):
        return period.value.ljust(4, "X")
    if period.grain in ("year", "month", "day"):
        return period.value + about
    if period.grain == "season":
        return f"{period.first.year:04d}-{EDTF_SEASONS[period.first.month]}{about}"
    if period.grain in ("half_year", "quarter"):
        return f"{period.first.isoformat()[:7]}/{period.last.isoformat()[:7]}"
    return _write_fine(period, about)


def _write_fine(period: Period, about: str) -> str:
    if period.grain in ("week", "weekend"):
        return "/".join(period.bounds)
    return period.first.isoformat() + about if period.grain == "part_of_day" else _write_clock(period)


def _write_clock(period: Period) -> str:
    start = period.bounds[0]
    seconds = period.clock[6:8] if len(period.clock) > 5 else "00"
    return f"{start}:{seconds or '00'}"


def _part(period: Period, mod: str, base: Period | None, words: str) -> Bounds:
    """The part of a period: a third of it, or up to and from the anchor for "earlier" and "later"."""
    first, last = period.first, period.last
    if base and first <= base.first <= last and "earlier" in words:
        return _stretch(first, base.first, period)
    if base and first <= base.first <= last and "later" in words:
        return _stretch(base.first, last, period)
    third = (last - first).days // 3
    low = {"START": first, "MID": first + timedelta(days=third)}.get(mod, last - timedelta(days=third))
    high = {"START": first + timedelta(days=third), "MID": last - timedelta(days=third)}.get(mod, last)
    return _stretch(low, high, period)


def _stretch(low: date, high: date, period: Period) -> Bounds:
    start, end = low.isoformat(), high.isoformat()
    precision = PART_OF.get(period.grain, period.grain)
    return Bounds(start=start, end=end, precision=precision, edtf=f"{start}/{end}")
