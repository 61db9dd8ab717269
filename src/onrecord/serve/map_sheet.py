"""The sheet of a map: a part of the ball in, where on the drawing each point of it is, and its lines of
degrees, out."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.serve.map_projection import (
    EARTH_KM,
    WORLD,
    Azimuthal,
    Box,
    EqualEarth,
    Point,
    Projection,
    choose_projection,
    turn,
)

WIDTH = 960.0
FLATTEST, STEEPEST = 0.42, 0.68  # height to width
MARGIN = 8.0
SAMPLES = 24  # points of a side of a box, and of a line of degrees
SMALLEST = 0.4  # degrees from south to north: a town fills the sheet
DEGREE_STEPS = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1)
KM_A_DEGREE = math.radians(EARTH_KM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A drawing of a box: `scale` px a radius of the ball, `left` and `top` what lies at its corner."""

    box: Box
    projection: Projection
    left: float
    top: float
    scale: float
    height: float

    def place(self, north: float, east: float) -> Point | None:
        """Where a point is, in px; it may lie beyond the edges. None where it cannot be drawn."""
        drawn = self.projection.draw(north, east)
        return self.fit(drawn) if drawn else None

    def fit(self, drawn: Point) -> Point:
        """Px of a point of the projection."""
        return (drawn[0] - self.left) * self.scale, (drawn[1] - self.top) * self.scale

    def holds(self, point: Point | None) -> bool:
        """Whether a point in px can be seen."""
        return point is not None and 0 <= point[0] <= WIDTH and 0 <= point[1] <= self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A word on the drawing."""

    x: float
    y: float
    text: str


def make_sheet(box: Box) -> Sheet:
    """The sheet on which all of a box is seen, and what is beside it where that has another shape."""
    projection = choose_projection(box)
    edge = [point for point in (projection.draw(*corner) for corner in _walk_around(box)) if point]
    low, high = min(x for x, _ in edge), max(x for x, _ in edge)
    top, bottom = min(y for _, y in edge), max(y for _, y in edge)
    wide, deep = high - low, bottom - top
    wide_shown, deep_shown = max(wide, deep / STEEPEST), max(deep, wide * FLATTEST)
    scale = (WIDTH - 2 * MARGIN) / wide_shown
    return Sheet(
        box=box,
        projection=projection,
        left=(low + high - wide_shown) / 2 - MARGIN / scale,
        top=(top + bottom - deep_shown) / 2 - MARGIN / scale,
        scale=scale,
        height=round(deep_shown * scale + 2 * MARGIN),
    )


def _walk_around(box: Box) -> Iterable[Point]:
    """Points of the four sides, and of the line in the middle, which may be the widest."""
    middle = 0.0 if box.south < 0 < box.north else (box.south + box.north) / 2
    for step in range(SAMPLES + 1):
        part = step / SAMPLES
        # What lies at the very edge of the sheet would be drawn at the other one.
        east = box.west + box.wide * min(max(part, 1e-9), 1 - 1e-9)
        for north in (box.south, middle, box.north):
            yield north, east
        north = box.south + (box.north - box.south) * part
        yield from ((north, box.west + 1e-7), (north, box.west + box.wide - 1e-7))


def write_path(points: Iterable[Point], *, closed: bool = False, digits: int = 1) -> str:
    """The path of SVG through these points, as short as it can be written."""
    parts: list[str] = []
    last: Point | None = None
    for x, y in points:
        here = (round(x, digits), round(y, digits))
        if last is None:
            parts.append(f"M{here[0]:g} {here[1]:g}l")
        elif here != last:
            across, down = f"{here[0] - last[0]:.{digits}f}", f"{here[1] - last[1]:.{digits}f}"
            parts.append(f"{_trim(across)} {_trim(down)} ")
        last = here
    return "".join(parts).strip().rstrip("l") + ("z" if closed else "")


def _trim(number: str) -> str:
    short = number.rstrip("0").rstrip(".") if "." in number else number
    return "0" if short in ("-0", "") else short


def outline_world(sheet: Sheet) -> str:
    """The edge of the world, where all of it is drawn; "" otherwise."""
    projection = sheet.projection
    if not isinstance(projection, EqualEarth):
        return ""
    norths = [-90 + 180 * step / SAMPLES for step in range(SAMPLES + 1)]
    east = [projection.draw_flat(north, 180) for north in norths]
    west = [projection.draw_flat(north, -180) for north in reversed(norths)]
    return write_path(map(sheet.fit, [*east, *west]), closed=True)


def list_lines(sheet: Sheet) -> tuple[list[str], list[Label]]:
    """The lines of degrees, and their labels: of latitudes at the left, of longitudes at the foot."""
    seen = find_corners(sheet)
    step = _choose_step(max(min(sheet.box.north - sheet.box.south, 180.0), min(sheet.box.wide, 360.0) / 2))
    paths: list[str] = []
    labels: list[Label] = []
    for north in _multiples(seen.south, seen.north, step):
        if abs(north) < 90:
            parts = [min(max(n / SAMPLES, 1e-9), 1 - 1e-9) for n in range(SAMPLES + 1)]
            line = [(north, seen.west + seen.wide * part) for part in parts]
            _add_line(sheet, paths, labels, line, Label(x=0, y=0, text=name_degrees(north, "NS")))
    ends = (min(89.5, seen.north), max(-89.5, seen.south))
    for east in _multiples(seen.west, seen.west + seen.wide, step):
        if seen.wide < 360 or east < seen.west + 360:
            line = [(ends[0] + (ends[1] - ends[0]) * n / SAMPLES, east) for n in range(SAMPLES + 1)]
            _add_line(sheet, paths, labels, line, Label(x=0, y=1, text=name_degrees(turn(east), "EW")))
    return paths, labels


def _choose_step(degrees: float) -> float:
    return next((step for step in DEGREE_STEPS if degrees / step >= 3), DEGREE_STEPS[-1])


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(n * step, 6) for n in range(first, last + 1)]


def name_degrees(degrees: float, sides: str) -> str:
    """A latitude or a longitude as it stands on maps.

    >>> name_degrees(-30.0, "NS"), name_degrees(0, "EW"), name_degrees(2.5, "EW"), name_degrees(-180, "EW")
    ('30° S', '0°', '2.5° E', '180°')
    """
    side = "" if degrees == 0 or abs(degrees) == 180 else " " + sides[0 if degrees > 0 else 1]
    return f"{abs(degrees):g}°{side}"


def _add_line(
    sheet: Sheet, paths: list[str], labels: list[Label], line: Sequence[Point], label: Label
) -> None:
    """Adds what of a line can be seen, and its label: at the first point, or the last where its y is 1."""
    points = [sheet.place(*degrees) for degrees in line]
    drawn = [point for point in points if point is not None]
    if len(drawn) > 1:
        paths.append(write_path(drawn, digits=0))
    seen = [point for point in drawn if sheet.holds(point)]
    if seen:
        x, y = max(seen, key=lambda point: point[1]) if label.y else min(seen)
        labels.append(Label(x=round(x, 1), y=round(y, 1), text=label.text))


def fit_box(reaches: Sequence[tuple[float, float, float]]) -> Box:
    """The box around circles of degrees north, degrees east and km, with some room; the world where they lie
    all over it, or where there are none."""
    if not reaches:
        return WORLD
    south = min(north - km / KM_A_DEGREE for north, _, km in reaches)
    top = max(north + km / KM_A_DEGREE for north, _, km in reaches)
    spare = max((top - south) * 0.12, SMALLEST / 2)
    sides = _find_sides([(east, _degrees_along(north, km)) for north, east, km in reaches])
    if sides is None:
        return WORLD
    west, wide = sides
    room = max(wide * 0.12, SMALLEST / 2)
    return tidy_box(south - spare, west - room, top + spare, wide + 2 * room)


def _degrees_along(north: float, km: float) -> float:
    """How many degrees of longitude a circle reaches to each side."""
    angle, lean = km / EARTH_KM, math.cos(math.radians(north))
    if angle >= math.pi / 2 or math.sin(angle) >= lean:
        return 180.0
    return math.degrees(math.asin(math.sin(angle) / lean))


def _find_sides(spans: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """The west of all that is reached and how wide it is, across the date line where that is shorter."""
    ordered = sorted((east - half, east + half) for east, half in spans)
    first, reached = ordered[0]
    widest, after = ordered[0][0] + 360 - max(high for _, high in ordered), first
    for low, high in ordered[1:]:
        if low - reached > widest:
            widest, after = low - reached, low
        reached = max(reached, high)
    return (after, 360 - widest) if widest > 0 else None


def tidy_box(south: float, west: float, north: float, wide: float) -> Box:
    """A box of so many degrees, kept on the ball; the world where it is nearly all of that."""
    if wide >= 200 or north - south >= 150:
        return WORLD
    low, high = max(-90.0, south), min(90.0, north)
    return Box(
        south=round(low, 2), west=round(turn(west), 2), north=round(high, 2), east=round(turn(west + wide), 2)
    )


def zoom_box(box: Box, times: float, middle: Point | None = None) -> Box:
    """The box around the same middle, or another, so many times as large."""
    north, east = middle or box.middle
    deep, wide = max((box.north - box.south) * times, SMALLEST), max(box.wide * times, SMALLEST)
    return tidy_box(north - deep / 2, east - wide / 2, north + deep / 2, wide)


def shift_box(box: Box, north: float, east: float) -> Box:
    """The box moved by so many of its own heights and widths; it stays on the ball."""
    deep = box.north - box.south
    south = min(max(box.south + north * deep, -90.0), 90.0 - deep)
    return tidy_box(south, box.west + east * box.wide, south + deep, box.wide)


def write_box(box: Box) -> str:
    """A box as it stands in an address."""
    return f"{box.south:g},{box.west:g},{box.north:g},{box.east:g}"


def read_box(text: str) -> Box | None:
    """The box of an address; None where it is none."""
    try:
        south, west, north, east = (round(float(part), 2) for part in text.split(","))
    except (ValueError, OverflowError):
        return None
    if not (-90 <= south < north <= 90 and abs(west) <= 180 and abs(east) <= 180 and west != east):
        return None
    box = Box(south=south, west=west, north=north, east=east)
    return zoom_box(box, 1)


def find_corners(sheet: Sheet) -> Box:
    """All degrees that can be seen on the sheet."""
    projection = sheet.projection
    if not isinstance(projection, Azimuthal):
        return WORLD
    poles = [pole for pole in (-90.0, 90.0) if sheet.holds(sheet.place(pole, 0))]
    edge = [projection.find(*point) for point in _walk_edge(sheet)]
    south, north = min(n for n, _ in edge), max(n for n, _ in edge)
    if poles:
        return Box(south=min(south, *poles), west=-180, north=max(north, *poles), east=180)
    away = [turn(east - projection.east) for _, east in edge]
    return Box(
        south=south,
        west=turn(projection.east + min(away)),
        north=north,
        east=turn(projection.east + max(away)),
    )


def _walk_edge(sheet: Sheet) -> Iterable[Point]:
    wide, deep = WIDTH / sheet.scale, sheet.height / sheet.scale
    for step in range(SAMPLES + 1):
        part = step / SAMPLES
        yield from ((sheet.left + wide * part, sheet.top + deep * side) for side in (0, 1))
        yield from ((sheet.left + wide * side, sheet.top + deep * part) for side in (0, 1))
