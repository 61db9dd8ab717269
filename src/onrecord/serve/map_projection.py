"""From the ball to the sheet: degrees north and east in, places on a map out. All areas stay true.

The world is drawn in Equal Earth (Šavrič, Patterson and Jenny, "The Equal Earth map projection",
International Journal of Geographical Information Science, 2018), a part of it in Lambert's azimuthal
equal-area projection (Snyder, "Map Projections: A Working Manual", USGS, 1987, p. 182), both on a ball of the
mean radius: a circle of so many kilometres is drawn as large wherever it lies. Lengths on the sheet are in
radii, y to the south.
"""

import math
from dataclasses import dataclass

EARTH_KM = 6371.0088  # the mean radius (IUGG)
_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
_HALF_ROOT_3 = math.sqrt(3) / 2
# Beyond it a circle reaches around the ball, and its outline encloses what lies outside of it.
MOST_KM = 9_000.0
CORNERS = 72  # of the outline of a large circle

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of the ball, in degrees; where `west` is more than `east` it goes across the date line."""

    south: float
    west: float
    north: float
    east: float

    @property
    def wide(self) -> float:
        """Degrees from west to east."""
        return (self.east - self.west) % 360 or 360.0

    @property
    def middle(self) -> Point:
        """Degrees north and east of its middle."""
        return (self.south + self.north) / 2, turn(self.west + self.wide / 2)


WORLD = Box(south=-90, west=-180, north=90, east=180)


def turn(east: float) -> float:
    """The same longitude between -180 and 180.

    >>> turn(190.0), turn(-180.0), turn(180.0)
    (-170.0, -180.0, 180.0)
    """
    return east if -180 <= east <= 180 else (east + 180) % 360 - 180


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualEarth:
    """The whole ball, with this meridian in the middle."""

    middle: float = 0.0

    def draw(self, north: float, east: float) -> Point:
        """Where a point is on the sheet."""
        return self.draw_flat(north, turn(east - self.middle))

    def draw_flat(self, north: float, away: float) -> Point:
        """The same for degrees from the middle, which may go on beyond the edge of the sheet."""
        a1, a2, a3, a4 = _EQUAL_EARTH
        angle = math.asin(_HALF_ROOT_3 * math.sin(math.radians(north)))
        square = angle * angle
        sixth = square**3
        slope = 9 * a4 * square * sixth + 7 * a3 * sixth + 3 * a2 * square + a1
        x = math.radians(away) * math.cos(angle) / (_HALF_ROOT_3 * slope)
        return x, -angle * (a1 + a2 * square + sixth * (a3 + a4 * square))


@dataclass(frozen=True, slots=True, kw_only=True)
class Azimuthal:
    """The ball as seen from above a point; what lies far behind the edge is not drawn."""

    north: float
    east: float

    def draw(self, north: float, east: float) -> Point | None:
        """Where a point is on the sheet; None where it is too far away to be drawn well."""
        here, there = math.radians(self.north), math.radians(north)
        along = math.radians(east - self.east)
        near = math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(along)
        if near < -0.75:  # 139 degrees away, where shapes are stretched beyond knowing
            return None
        grown = math.sqrt(2 / (1 + near))
        x = grown * math.cos(there) * math.sin(along)
        y = math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(along)
        return x, -grown * y

    def find(self, x: float, y: float) -> Point:
        """The degrees north and east of a point of the sheet."""
        far = min(math.hypot(x, y), 2.0)
        if far == 0:
            return self.north, self.east
        angle, here = 2 * math.asin(far / 2), math.radians(self.north)
        sine = math.cos(angle) * math.sin(here) - y * math.sin(angle) * math.cos(here) / far
        north = math.asin(max(-1.0, min(1.0, sine)))
        across = far * math.cos(here) * math.cos(angle) + y * math.sin(here) * math.sin(angle)
        return math.degrees(north), turn(self.east + math.degrees(math.atan2(x * math.sin(angle), across)))


Projection = EqualEarth | Azimuthal


def choose_projection(box: Box) -> Projection:
    """The projection that a part of the ball is drawn in."""
    north, east = box.middle
    if box.wide > 150 or box.north - box.south > 120:
        return EqualEarth(middle=0.0 if box.wide >= 300 else round(east))
    return Azimuthal(north=north, east=east)


def go(north: float, east: float, bearing: float, km: float) -> Point:
    """Where one comes to, so many km along a great circle; the longitude goes on beyond 180."""
    angle, here, course = km / EARTH_KM, math.radians(north), math.radians(bearing)
    sine = math.sin(here) * math.cos(angle) + math.cos(here) * math.sin(angle) * math.cos(course)
    across = math.cos(angle) - math.sin(here) * sine
    along = math.atan2(math.sin(course) * math.sin(angle) * math.cos(here), across)
    return math.degrees(math.asin(max(-1.0, min(1.0, sine)))), east + math.degrees(along)


def outline_circle(
    projection: Projection, middle: Point, km: float, *, corners: int = CORNERS
) -> list[list[Point]]:
    """The outlines of all that lies within so many km: two where the edge of the sheet cuts it; none of one
    that is too large, or too far away, to be drawn."""
    if km > MOST_KM:
        return []
    north, east = middle
    around = [go(north, east, 360 * corner / corners, km) for corner in range(corners)]
    if isinstance(projection, EqualEarth):
        return _outline_flat(projection, around, _pole_within(north, km))
    drawn = [projection.draw(*point) for point in around]
    return [[point for point in drawn if point]] if all(drawn) else []


def _pole_within(north: float, km: float) -> float | None:
    """The latitude of the pole that a circle holds."""
    degrees = math.degrees(km / EARTH_KM)
    return 90.0 if north + degrees > 90 else -90.0 if north - degrees < -90 else None


def _outline_flat(projection: EqualEarth, around: list[Point], pole: float | None) -> list[list[Point]]:
    """The outline, unrolled so that it goes on beyond the edge, once for each side that it shows at."""
    unrolled: list[Point] = []
    for north, east in around:
        away = turn(east - projection.middle)
        if unrolled:
            away += 360 * round((unrolled[-1][1] - away) / 360)
        unrolled.append((north, away))
    if pole is not None:
        unrolled = _close_over_pole(unrolled, pole)
    low, high = min(away for _, away in unrolled), max(away for _, away in unrolled)
    return [
        [projection.draw_flat(north, away + shift) for north, away in unrolled]
        for shift in (-360, 0, 360)
        if low + shift < 180 and high + shift > -180
    ]


def _close_over_pole(unrolled: list[Point], pole: float) -> list[Point]:
    """A line once around the ball, closed along the edge where the pole is."""
    (north, first), (_, last) = unrolled[0], unrolled[-1]
    end = first + math.copysign(360, last - first)
    steps = [(pole, end + (first - end) * step / 36) for step in range(37)]
    return [*unrolled, (north, end), *steps]
