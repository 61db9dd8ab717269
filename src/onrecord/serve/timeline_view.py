"""What a timeline shows over time: a question in, its chart and its statements by day or hour out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.record import Query
from onrecord.record.overview import Bucket, Moments
from onrecord.record.query import Hit
from onrecord.serve.timeline_chart import Chart, draw_chart, fit_stretch, shorten_buckets
from onrecord.serve.timeline_range import (
    ASKED,
    ChartUnit,
    Stretch,
    begin_of,
    choose_stretch,
    name_column,
    number_of,
    read_part,
    read_stretch,
    refine,
    write_when,
)
from onrecord.store.base import View

# Of a question without both ends only the answer tells how long it is. Days can be put together into all
# that is coarser, so that one counting is enough.
UNASKED: ChartUnit = "day"
HOLDER: dict[ChartUnit, ChartUnit] = {"hour": "day", "day": "month", "month": "year"}
# What is told of statements whose date is not as fine as the columns.
COARSE = {"hour": "no hour told", "day": "no day told", "month": "no month told"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeView:
    """`chart` is None where there is nothing to draw; `unit` is that of its columns. `current` are those
    asked for where it shows more; `earlier` asks for what was not counted; `apart` names the bar beside.
    """

    chart: Chart | None
    moments: Moments
    unit: ChartUnit
    told: str
    current: frozenset[str] = frozenset()
    earlier: str | None = None
    apart: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements of one day, or one hour, in order."""

    name: str
    hits: tuple[Hit, ...]


def view_times(view: View, query: Query, *, oldest: str | None = None) -> TimeView:
    """When the statements were made that answer a question; raises `QueryError`.

    `oldest` is the first date of the answer where it is known: what was not counted is shown from there on.
    """
    asked = read_stretch(query.when)
    stretch = choose_stretch(asked) if asked else None
    widened = (
        query.narrow(when=_write_stretch(stretch)) if stretch and asked and asked.unit == "hour" else query
    )
    moments = view.moments(widened, ASKED[stretch.unit if stretch else UNASKED])
    beginning = (Bucket(start=oldest, statements=0),) if oldest and not moments.complete else ()
    stretch = stretch or _find_stretch((*beginning, *moments.buckets))
    if stretch is None:
        return TimeView(chart=None, moments=moments, unit="year", told="")
    buckets = shorten_buckets(moments.buckets, stretch.unit)
    stretch = fit_stretch(buckets, stretch)
    apart = _count_apart(moments, stretch)
    chart = draw_chart(buckets, stretch, apart=apart, complete=moments.complete)
    return TimeView(
        chart=chart if chart.bars or chart.apart else None,
        moments=moments,
        unit=stretch.unit,
        told=name_stretch(stretch),
        current=_find_current(asked, stretch),
        earlier=None if beginning else _find_earlier(query, moments),
        apart=COARSE[stretch.unit] if apart else None,
    )


def _write_stretch(stretch: Stretch) -> str:
    days = refine(stretch, "day")
    return f"{write_when(days.first, 'day')}/{write_when(days.last, 'day')}"


def _find_stretch(buckets: Sequence[Bucket]) -> Stretch | None:
    """The columns of all that has a date: whole years, or the days of a month that holds them all."""
    parts = [part for part in map(read_part, _list_ends(buckets)) if part]
    if not parts:
        return None
    first, last = min(begin_of(p.first, p.unit) for p in parts), max(begin_of(p.first, p.unit) for p in parts)
    month = Stretch(unit="month", first=number_of(first, "month"), last=number_of(last, "month"))
    return choose_stretch(month if len(month) == 1 else refine(month, "year"))


def _list_ends(buckets: Sequence[Bucket]) -> list[str]:
    """The first and the last; a store gives them in order, years before 0 in none."""
    starts = [bucket.start for bucket in buckets]
    plain = [start for start in starts if not start.startswith("-")]
    return [start for start in starts if start.startswith("-")] + ([min(plain), max(plain)] if plain else [])


def _count_apart(moments: Moments, stretch: Stretch) -> int:
    """How many of the first column tell only the day, month or year that all columns are of."""
    holder = HOLDER.get(stretch.unit)
    if holder is None or moments.unit != ASKED[stretch.unit] or len(refine(stretch, holder)) > 1:
        return 0
    return moments.coarse or 0


def _find_current(asked: Stretch | None, stretch: Stretch) -> frozenset[str]:
    if asked is None or asked.unit != "hour":
        return frozenset()
    inside = refine(asked, stretch.unit)
    return frozenset(write_when(number, stretch.unit) for number in range(inside.first, inside.last + 1))


def _find_earlier(query: Query, moments: Moments) -> str | None:
    """What asks for all up to where the counting ended, where a question has no beginning."""
    if moments.complete or not moments.buckets or (query.when and read_stretch(query.when)):
        return None
    if query.when and not query.when.strip().startswith(".."):
        return None
    return f"../{moments.buckets[0].start[:10]}"


def name_stretch(stretch: Stretch) -> str:
    """The time that a chart shows, as short as it is told: "2024", "May 2031", "1950 to 2031"."""
    for unit in ("day", "month", "year"):
        held = refine(stretch, unit)
        if len(held) == 1:
            return name_column(held.first, held.unit)
    first, last = refine(stretch, "year").first, refine(stretch, "year").last
    return f"{name_column(first, 'year')} to {name_column(last, 'year')}"


def group_hits(hits: Sequence[Hit], unit: ChartUnit) -> tuple[Group, ...]:
    """The statements as they come, put together by hour where hours are shown, else by day."""
    level: ChartUnit = "hour" if unit == "hour" else "day"
    return tuple(
        Group(name=name, hits=tuple(some)) for name, some in groupby(hits, lambda hit: _name_of(hit, level))
    )


def find_oldest(hits: Sequence[Hit]) -> str | None:
    """The first date among statements that come oldest first; what has none comes before them all."""
    return next((hit.when for hit in hits if hit.when), None)


def _name_of(hit: Hit, level: ChartUnit) -> str:
    column = read_part(hit.when or "")
    if column is None:
        return "Without a date"
    if column.unit == "hour" and level == "day":
        column = refine(column, "day")
    elif column.unit == "day" and level == "hour":
        return f"{name_column(column.first, 'day')}, at an hour that is not told"
    return name_column(column.first, column.unit)
