"""When somebody spoke, as bars: counts by day in, bars of days, months or years out, each with its place.

Lengths are of the drawing (`WIDTH` by `HEIGHT`), which scales to the page.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.export.dates import show_moment
from onrecord.record.overview import Bucket

WIDTH, HEIGHT = 640, 96
GAP = 1
# More bars than these are too thin to be seen; the unit then is the next coarser one.
MOST_DAYS, MOST_MONTHS, MOST_YEARS = 62, 72, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A day, month or year, its count, and the rectangle that shows it."""

    start: str
    name: str
    statements: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """The bars, without those of no statement; `first` and `last` name the ends. `earlier` are not drawn."""

    unit: str
    bars: tuple[Bar, ...]
    first: str
    last: str
    most: int
    earlier: int


def lay_bars(days: Iterable[Bucket]) -> Bars | None:
    """The bars of these days; None where there are none."""
    counted = {bucket.start: bucket.statements for bucket in days}
    if not counted:
        return None
    unit, slots = _choose_unit(min(counted), max(counted))
    width = len(slots[0])
    together: Counter[str] = Counter()
    for day, statements in counted.items():
        together[day[:width]] += statements
    most = max(together[slot] for slot in slots)
    step = WIDTH / len(slots)
    return Bars(
        unit=unit,
        bars=tuple(
            _make_bar(slot, at * step, step, together[slot], most)
            for at, slot in enumerate(slots)
            if together[slot]
        ),
        first=show_moment(slots[0]),
        last=show_moment(slots[-1]),
        most=most,
        earlier=sum(together.values()) - sum(together[slot] for slot in slots),
    )


def _make_bar(start: str, x: float, step: float, statements: int, most: int) -> Bar:
    height = max(3.0, HEIGHT * statements / most)
    return Bar(
        start=start,
        name=show_moment(start),
        statements=statements,
        x=round(x, 2),
        y=round(HEIGHT - height, 2),
        # One alone would be as wide as the page.
        width=round(min(max(step - GAP, 1.0), 40.0), 2),
        height=round(height, 2),
    )


def _choose_unit(first: str, last: str) -> tuple[str, list[str]]:
    """The finest unit of not too many, and all of its slots from the first to the last."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    days = (end - start).days + 1
    if days <= MOST_DAYS:
        return "day", [(start + timedelta(days=at)).isoformat() for at in range(days)]
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months <= MOST_MONTHS:
        at = range(start.month - 1, start.month - 1 + months)
        return "month", [f"{start.year + month // 12:04}-{month % 12 + 1:02}" for month in at]
    years = range(max(start.year, end.year - MOST_YEARS + 1), end.year + 1)
    return "year", [f"{year:04}" for year in years]


def sum_years(days: Iterable[Bucket]) -> list[tuple[str, int]]:
    """Each year with its count, the newest first."""
    counted: Counter[str] = Counter()
    for bucket in days:
        counted[bucket.start[:4]] += bucket.statements
    return sorted(counted.items(), reverse=True)
