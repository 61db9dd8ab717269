"""The marks of a map: places with their counts in, what is drawn for each out.

A mark's area tells how many statements are of its place: the full part those that were made there, the open
part those that speak of it. What is a point to a reader of news (a town, a building) has a round mark. Of a
county or what is larger it is not known where in it: its mark is a diamond, and all that it reaches is
hatched, in its true size.
"""

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.export.html_text import count_words
from onrecord.record.overview import PlaceTally
from onrecord.serve.map_projection import EARTH_KM, MOST_KM, Point, outline_circle
from onrecord.serve.map_sheet import WIDTH, Sheet, write_path

POINT_KINDS = frozenset({"settlement", "facility"})
WIDEST_TOWN = 60.0  # km: the largest cities of the gazetteer reach so far
SMALL = 15.0  # km: whatever it is called, on most maps this is a point
LARGEST, SMALLEST = 24.0, 6.0  # px of a mark, from its middle
MOST_NAMED = 14
LETTER, LINE = 7.2, 17.0  # px of a letter and of a line of a name
LONGEST = 24  # letters of a name on the map; the whole one is in the table

Room = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place on the sheet. `outer` is how far its mark reaches, `inner` its full part; 0 where it has none.

    Where it is no point, their paths are those of diamonds. `reach` are the outlines of the place itself,
    none where they are smaller than the mark, or not known.
    """

    tally: PlaceTally
    is_point: bool
    x: float
    y: float
    outer: float
    inner: float
    reach: str
    told: str
    outer_path: str = ""
    inner_path: str = ""
    name_at: tuple[float, float, str] | None = None


def count_of(tally: PlaceTally) -> int:
    """How many statements a mark stands for; one that was made there and speaks of it counts as both."""
    return tally.said_in + tally.about


def is_point(tally: PlaceTally) -> bool:
    """Whether a place may be drawn as a point."""
    if tally.radius_km is None:
        return tally.kind in POINT_KINDS
    return tally.radius_km <= (WIDEST_TOWN if tally.kind in POINT_KINDS else SMALL)


def tell_reach(tally: PlaceTally) -> str:
    """How exact a place is, in words."""
    if tally.radius_km is None:
        return "how far it reaches is not known"
    km = f"{tally.radius_km:,.0f}" if tally.radius_km >= 10 else f"{tally.radius_km:g}"
    return f"within about {km} km" if is_point(tally) else f"somewhere within about {km} km"


def tell_counts(tally: PlaceTally) -> str:
    """What is counted of a place, in words.

    >>> tell_counts(PlaceTally(place="x", name="X", kind=None, country=None, latitude=0, longitude=0,
    ...     radius_km=None, said_in=1, about=2))
    '1 statement made there, 2 speak of it'
    """
    told = [f"{count_words(tally.said_in, 'statement')} made there"] if tally.said_in else []
    if tally.about:
        counted = f"{tally.about:,}" if told else count_words(tally.about, "statement")
        told.append(f"{counted} {'speaks' if tally.about == 1 else 'speak'} of it")
    return ", ".join(told)


def _draw_diamond(at: Point, far: float) -> str:
    x, y = at
    return (
        f"M{x:.1f} {y - far:.1f}l{far:.1f} {far:.1f} {-far:.1f} {far:.1f} {-far:.1f} {-far:.1f}z"
        if far
        else ""
    )


def place_marks(sheet: Sheet, tallies: Sequence[PlaceTally]) -> tuple[Mark, ...]:
    """The marks that can be seen, the largest first, so that the small ones are drawn over them."""
    most = max((count_of(tally) for tally in tallies), default=1)
    made = [_make_mark(sheet, tally, most) for tally in tallies]
    seen = sorted((mark for mark in made if mark), key=lambda mark: -mark.outer)
    return _name_marks(sheet, seen)


def _make_mark(sheet: Sheet, tally: PlaceTally, most: int) -> Mark | None:
    at = sheet.place(tally.latitude, tally.longitude)
    if at is None or not sheet.holds(at):
        return None
    count = max(1, count_of(tally))
    outer = max(SMALLEST, LARGEST * math.sqrt(count / max(1, most)))
    inner = outer * math.sqrt(tally.said_in / count)
    return Mark(
        tally=tally,
        is_point=is_point(tally),
        x=round(at[0], 1),
        y=round(at[1], 1),
        outer=round(outer, 1),
        inner=round(inner, 1),
        reach=_draw_reach(sheet, tally, outer),
        told=f"{tell_counts(tally)}, {tell_reach(tally)}",
        outer_path="" if is_point(tally) else _draw_diamond(at, outer),
        inner_path="" if is_point(tally) else _draw_diamond(at, inner),
    )


def _draw_reach(sheet: Sheet, tally: PlaceTally, outer: float) -> str:
    km = tally.radius_km or 0.0
    wide = km / EARTH_KM * sheet.scale  # px, as large as all areas are kept
    if km > MOST_KM or wide < outer / 2:
        return ""
    middle = (tally.latitude, tally.longitude)
    corners = 24 if wide < 60 else 48 if wide < WIDTH else 120
    outlines = outline_circle(sheet.projection, middle, km, corners=corners)
    digits = 1 if wide < 60 else 0
    return "".join(write_path(map(sheet.fit, outline), closed=True, digits=digits) for outline in outlines)


def _name_marks(sheet: Sheet, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks, the largest with their names where these cover no other mark's middle and no other name."""
    taken = [
        (mark.x - mark.outer, mark.y - mark.outer, mark.x + mark.outer, mark.y + mark.outer) for mark in marks
    ]
    named: list[Mark] = []
    count = 0
    for mark in marks:
        found = _find_room(sheet, mark, taken) if count < MOST_NAMED else None
        if found:
            count += 1
            taken.append(found)
            named.append(_with_name(mark, found))
        else:
            named.append(mark)
    return tuple(named)


def _find_room(sheet: Sheet, mark: Mark, taken: Sequence[Room]) -> Room | None:
    """Where a name has room: right of its mark, left of it, above or below."""
    wide = (min(len(mark.tally.name), LONGEST) + 1) * LETTER
    tries = (
        (mark.x + mark.outer + 4, mark.y - LINE / 2),
        (mark.x - mark.outer - 4 - wide, mark.y - LINE / 2),
        (mark.x - wide / 2, mark.y - mark.outer - LINE - 2),
        (mark.x - wide / 2, mark.y + mark.outer + 2),
    )
    for left, top in tries:
        room = (left, top, left + wide, top + LINE)
        inside = left >= 0 and top >= 0 and room[2] <= WIDTH and room[3] <= sheet.height
        if inside and not any(_overlap(room, other) for other in taken):
            return room
    return None


def _overlap(one: Room, other: Room) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _with_name(mark: Mark, room: Room) -> Mark:
    side = "end" if room[2] <= mark.x else "start" if room[0] >= mark.x else "middle"
    x = {"end": room[2], "start": room[0], "middle": (room[0] + room[2]) / 2}[side]
    return dataclasses.replace(mark, name_at=(round(x, 1), round(room[1] + LINE * 0.75, 1), side))
