"""The bars of a timeline: counts of columns in, where everything is drawn out. It draws nothing itself.

Across, all is in hundredths of the width, so that a chart is as wide as its page and its words keep their
size; down, in pixels from the top.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.export.dates import MONTHS
from onrecord.record.overview import Bucket
from onrecord.serve.timeline_range import (
    ChartUnit,
    Stretch,
    begin_of,
    coarsen,
    name_column,
    name_year,
    number_of,
    read_part,
    write_when,
)

TOP = 24.0  # room for the number of the highest line
DEEP = 168.0
AXIS = 46.0  # two rows of dates
LEAST_HIGH = 3.0  # px of a bar that stands for something
GAP = 0.16  # of a column, between bars
STEP = 12  # columns by which the least width of a chart grows: 288 px, which fits the narrowest page
COLUMN = 24.0  # px: what a finger hits (WCAG 2.2, 2.5.8)
LETTER = 7.0  # px of a letter of a date, and as much between two dates
_CUTS: dict[ChartUnit, int] = {"century": 4, "decade": 4, "year": 4, "month": 7, "day": 10, "hour": 13}
WIDE = 880.0  # px: as wide is a chart at least where spare dates are shown (timeline.css)
STEPS = (1, 2, 3, 6, 12, 24)  # every so many columns bear a date


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The statements of one column, which is a link from `left` on, `wide`; the bar stands inside of it.

    `is_counted` is false where the column may hold more than was counted.
    """

    when: str
    name: str
    statements: int
    left: float
    wide: float
    bar_left: float
    bar_wide: float
    top: float
    high: float
    is_counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A date below the bars, or a number beside them: where, and what is written there.

    `is_spare` is a date that has room on a wide screen alone.
    """

    at: float
    label: str
    is_spare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Everything that is drawn. `apart` stands before the others: what tells no finer date than all of them.

    `ticks` are the dates of columns, `contexts` the years, months or days that begin there; `lines` the
    numbers at the side, by their height. `steps` tells how many times 288 px it must be wide at least.
    """

    shown: Stretch
    bars: tuple[Bar, ...]
    apart: Bar | None
    ticks: tuple[Tick, ...]
    contexts: tuple[Tick, ...]
    lines: tuple[Tick, ...]
    base: float
    height: float
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """How columns and counts become places: the first column, how wide each is, px a statement."""

    shown: Stretch
    skipped: int
    wide: float
    scale: float

    def left_of(self, number: int) -> float:
        return (number - self.shown.first + self.skipped) * self.wide


def shorten_buckets(buckets: Iterable[Bucket], unit: ChartUnit) -> tuple[Bucket, ...]:
    """The same with days put together to months or years where these are drawn: thousands to a few."""
    found: dict[str, int] = {}
    for bucket in buckets:
        start = bucket.start[: _CUTS[unit]] if bucket.start[:1].isdigit() else bucket.start
        found[start] = found.get(start, 0) + bucket.statements
    return tuple(Bucket(start=start, statements=count) for start, count in found.items())


def fold_buckets(buckets: Iterable[Bucket], unit: ChartUnit) -> dict[int, int]:
    """How many statements each column has; what bears no date that can be read is left out."""
    counts: dict[int, int] = {}
    for bucket in buckets:
        column = read_part(bucket.start)
        if column is not None and bucket.statements > 0:
            number = number_of(begin_of(column.first, column.unit), unit)
            counts[number] = counts.get(number, 0) + bucket.statements
    return counts


def fit_stretch(buckets: Sequence[Bucket], shown: Stretch) -> Stretch:
    """The columns with all that has statements in them, in a unit coarse enough to be drawn."""
    held = fold_buckets(buckets, shown.unit)
    first, last = min([shown.first, *held]), max([shown.last, *held])
    return coarsen(Stretch(unit=shown.unit, first=first, last=last))


def draw_chart(buckets: Sequence[Bucket], shown: Stretch, *, apart: int = 0, complete: bool = True) -> Chart:
    """The chart of these; `apart` of those in the first column are drawn before it, by themselves.

    Where it is not `complete` the newest were counted: up to the first column that has any there may be more.
    """
    shown = fit_stretch(buckets, shown)
    counts = fold_buckets(buckets, shown.unit)
    known_from = shown.first if complete else min(counts, default=shown.last) + 1
    drawn = dict.fromkeys(range(shown.first, known_from), 0) | counts
    apart = min(apart, drawn.get(shown.first, 0))
    if apart:
        drawn[shown.first] -= apart
    lines = list_lines(max(apart, *drawn.values(), 0))
    columns = len(shown) + bool(apart)
    plan = _Plan(shown=shown, skipped=int(bool(apart)), wide=100 / columns, scale=DEEP / lines[-1])
    return Chart(
        shown=shown,
        bars=tuple(
            _place_bar(plan, number, drawn[number], is_counted=number >= known_from)
            for number in sorted(drawn)
            if drawn[number] or number < known_from
        ),
        apart=_place_bar(plan, shown.first, apart, aside=1) if apart else None,
        ticks=tuple(_list_ticks(plan)),
        contexts=tuple(_list_contexts(plan)),
        lines=tuple(_place_line(plan, value) for value in lines),
        base=TOP + DEEP,
        height=TOP + DEEP + AXIS,
        steps=math.ceil(columns / STEP),
    )


def _place_bar(plan: _Plan, number: int, statements: int, *, aside: int = 0, is_counted: bool = True) -> Bar:
    left = plan.left_of(number - aside)
    high = max(LEAST_HIGH, statements * plan.scale) if statements else 0.0
    return Bar(
        when=write_when(number, plan.shown.unit),
        name=name_column(number, plan.shown.unit),
        statements=statements,
        left=round(left, 3),
        wide=round(plan.wide, 3),
        bar_left=round(left + plan.wide * GAP / 2, 3),
        bar_wide=round(plan.wide * (1 - GAP), 3),
        top=round(TOP + DEEP - high, 1),
        high=round(high, 1),
        is_counted=is_counted,
    )


def _place_line(plan: _Plan, value: int) -> Tick:
    return Tick(at=round(TOP + DEEP - value * plan.scale, 1), label=f"{value:,}")


def list_lines(highest: int) -> tuple[int, ...]:
    """Two to five round numbers, the last not below the highest count.

    >>> list_lines(128), list_lines(1), list_lines(20_000)
    ((50, 100, 150), (1,), (5000, 10000, 15000, 20000))
    """
    highest = max(highest, 1)
    power = 10 ** max(0, int(math.log10(highest)) - 1)
    step = next(n * power for n in (1, 2, 5, 10, 20, 50, 100) if highest <= 4 * n * power)
    return (
        tuple(range(step, highest + step, step)) if highest % step else tuple(range(step, highest + 1, step))
    )


def _list_ticks(plan: _Plan) -> list[Tick]:
    """The dates of columns: as many as have room where the chart is narrowest, and on a wide screen."""
    shown = plan.shown
    labels = {number: _label(number, shown.unit) for number in range(shown.first, shown.last + 1)}
    columns = 100 / plan.wide
    narrow = math.ceil(columns / STEP) * STEP * COLUMN
    longest = max(len(label) for label in labels.values())
    every, every_wide = (
        _choose_every(longest, px / columns, len(labels)) for px in (narrow, max(narrow, WIDE))
    )
    return [
        Tick(at=round(plan.left_of(number) + plan.wide / 2, 3), label=label, is_spare=number % every != 0)
        for number, label in labels.items()
        if number % every == 0 or number % every_wide == 0
    ]


def _choose_every(letters: int, room: float, count: int) -> int:
    """Every how many columns, each of so many px, a date of so many letters has room."""
    every = next((n for n in STEPS if n * room >= (letters + 1) * LETTER), STEPS[-1])
    return every if every <= count else 1


def _label(number: int, unit: ChartUnit) -> str:
    """The short name of a column, which the row below it completes."""
    year, month, day, hour = begin_of(number, unit)
    if unit == "decade" and year > 0:
        return f"{year}s"
    if unit == "month":
        return MONTHS[month - 1][:3]
    return {"day": f"{day}", "hour": f"{hour:02}"}.get(unit, name_year(year))


def _list_contexts(plan: _Plan) -> list[Tick]:
    """The year of months, month of days and day of hours, where each begins."""
    shown = plan.shown
    coarser: dict[ChartUnit, ChartUnit] = {"month": "year", "day": "month", "hour": "day"}
    unit = coarser.get(shown.unit)
    if unit is None:
        return []
    begun: dict[int, int] = {}
    for number in range(shown.first, shown.last + 1):
        begun.setdefault(number_of(begin_of(number, shown.unit), unit), number)
    found = [(number, name_column(held, unit)) for held, number in begun.items()]
    if len(found) > 1 and (found[1][0] - found[0][0]) * COLUMN < (len(found[0][1]) + 1) * LETTER:
        found = found[1:]  # the rest of a month that has no room for its name
    return [Tick(at=round(plan.left_of(number), 3), label=label) for number, label in found]
