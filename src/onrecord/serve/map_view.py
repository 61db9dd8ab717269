"""A map of an answer: its places and a box in, marks and where one can go from there out."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.record.overview import PlaceTally, Whereabouts
from onrecord.serve.map_land import find_gazetteer
from onrecord.serve.map_marks import Mark, place_marks, tell_reach
from onrecord.serve.map_projection import WORLD, Box
from onrecord.serve.map_sheet import (
    Label,
    Sheet,
    fit_box,
    list_lines,
    make_sheet,
    outline_world,
    shift_box,
    write_box,
    zoom_box,
)

MOST_MARKS = 100  # more hide each other; the table says which these are
ROOM_KM = 40.0  # shown around a town
LARGEST_KM = 3_000.0  # a map is not made the world by "Asia" alone


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A line of the table: a place, how exact it is, and the box around it."""

    tally: PlaceTally
    what: str
    reach: str
    box: str
    is_seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """A drawn map of `box`. `ways` are the keys, names and boxes that one can go to from here."""

    found: Whereabouts
    sheet: Sheet
    box: str
    edge: str
    lines: tuple[str, ...]
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]
    rows: tuple[PlaceRow, ...]
    unseen: int
    ways: tuple[tuple[str, str, str], ...]
    has_land: bool


def view_places(found: Whereabouts, box: Box | None) -> MapView:
    """The map of these places; without a box all of them are on it."""
    drawn = found.places[:MOST_MARKS]
    fitting = fit_places(drawn)
    sheet = make_sheet(box or fitting)
    lines, labels = list_lines(sheet)
    marks = place_marks(sheet, drawn)
    seen = {mark.tally.place for mark in marks}
    return MapView(
        found=found,
        sheet=sheet,
        box=write_box(sheet.box),
        edge=outline_world(sheet),
        lines=tuple(lines),
        labels=tuple(labels),
        marks=marks,
        rows=tuple(_make_row(tally, seen) for tally in drawn),
        unseen=len(drawn) - len(seen),
        ways=_list_ways(sheet.box, fitting, drawn),
        has_land=find_gazetteer() is not None,
    )


def fit_places(places: Sequence[PlaceTally]) -> Box:
    """The box that shows all places with what they reach."""
    return fit_box([(tally.latitude, tally.longitude, _room_of(tally)) for tally in places])


def _room_of(tally: PlaceTally) -> float:
    return min(max((tally.radius_km or 0.0) * 1.1, ROOM_KM), LARGEST_KM)


def _make_row(tally: PlaceTally, seen: set[str]) -> PlaceRow:
    around = fit_box([(tally.latitude, tally.longitude, _room_of(tally) * 1.5)])
    return PlaceRow(
        tally=tally,
        what=", ".join(filter(None, (tally.kind, tally.country))),
        reach=tell_reach(tally),
        box=write_box(around),
        is_seen=tally.place in seen,
    )


def _list_ways(box: Box, fitting: Box, drawn: Sequence[PlaceTally]) -> tuple[tuple[str, str, str], ...]:
    """Where one can go from a box: a key for a script, a name, and the box there."""
    ways = []
    most = (drawn[0].latitude, drawn[0].longitude) if drawn else None
    if fitting not in (box, WORLD):
        ways.append(("fit", "All places", write_box(fitting)))
    if box != WORLD:
        ways.append(("world", "Whole world", write_box(WORLD)))
        ways.append(("out", "Zoom out", write_box(zoom_box(box, 2))))
    inner = zoom_box(box, 0.5, most if box == WORLD else None)
    if inner != box:
        ways.append(("in", "Zoom in", write_box(inner)))
    if box != WORLD:
        for name, north, east in (("North", 0.4, 0), ("South", -0.4, 0), ("West", 0, -0.4), ("East", 0, 0.4)):
            ways.append((name.lower(), name, write_box(shift_box(box, north, east))))
    return tuple(ways)
