"""The projections of the map: known points, true areas, boxes and sheets."""

import itertools
import math

import pytest

from onrecord.serve.map_projection import (
    EARTH_KM,
    WORLD,
    Azimuthal,
    Box,
    EqualEarth,
    choose_projection,
    go,
    outline_circle,
    turn,
)
from onrecord.serve.map_sheet import (
    WIDTH,
    find_corners,
    fit_box,
    list_lines,
    make_sheet,
    outline_world,
    read_box,
    shift_box,
    write_box,
    write_path,
    zoom_box,
)

EUROPE = Box(south=35, west=-12, north=62, east=32)
PACIFIC = Box(south=-45, west=160, north=-10, east=-150)
BERLIN = Box(south=52.2, west=12.9, north=52.8, east=13.9)
NORTH = Box(south=60, west=-60, north=88, east=60)


def area_of(outline):
    shifted = [*outline[1:], outline[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(outline, shifted, strict=True))) / 2


def test_equal_earth_is_as_published():
    # Šavrič, Patterson, Jenny 2018: the equator is 2.70663 radii to each side, the pole line 0.59247 of it.
    projection = EqualEarth()
    assert projection.draw(0, 180)[0] == pytest.approx(2.70663, abs=1e-4)
    assert projection.draw(90, 0)[1] == pytest.approx(-1.31736, abs=1e-4)
    assert projection.draw(90, 180)[0] / projection.draw(0, 180)[0] == pytest.approx(0.59247, abs=1e-4)
    assert projection.draw(0, 0) == (0, 0)


def test_the_azimuthal_projection_keeps_directions_and_the_chord_from_its_middle():
    projection = Azimuthal(north=50, east=10)
    for bearing, km in itertools.product((0, 45, 90, 200, 300), (10, 500, 5_000)):
        x, y = projection.draw(*go(50, 10, bearing, km))
        assert math.hypot(x, y) == pytest.approx(2 * math.sin(km / EARTH_KM / 2), rel=1e-6)
        assert math.degrees(math.atan2(x, -y)) % 360 == pytest.approx(bearing, abs=1e-6)


def test_a_point_of_the_azimuthal_sheet_is_found_again():
    projection = Azimuthal(north=-33, east=170)
    for point in ((-33, 170), (-60, -150), (10, 100), (-89, 0)):
        assert projection.find(*projection.draw(*point)) == pytest.approx(point, abs=1e-6)


@pytest.mark.parametrize("north", [-65, -45, 0, 30, 52.5, 65, 80])
@pytest.mark.parametrize("km", [1, 40, 400, 1_500])
@pytest.mark.parametrize("projection", [EqualEarth(), EqualEarth(middle=150), Azimuthal(north=52, east=12)])
def test_a_circle_has_its_true_area_at_every_latitude(projection, north, km):
    outlines = outline_circle(projection, (north, 20), km)
    true = 2 * math.pi * (1 - math.cos(km / EARTH_KM)) * EARTH_KM**2
    drawn = area_of(outlines[0]) * EARTH_KM**2
    assert drawn == pytest.approx(true, rel=0.02)


def test_a_circle_across_the_edge_of_the_world_is_drawn_at_both_edges():
    outlines = outline_circle(EqualEarth(), (-18, 178), 900)
    assert len(outlines) == 2
    sides = sorted(sum(x for x, _ in outline) for outline in outlines)
    assert sides[0] < 0 < sides[1]


def test_a_circle_around_a_pole_is_closed_along_it():
    (outline, *_) = outline_circle(EqualEarth(), (-85, 0), 2_000)
    pole = EqualEarth().draw(-90, 0)[1]
    assert max(y for _, y in outline) == pytest.approx(pole)
    assert min(y for _, y in outline) < EqualEarth().draw(-75, 0)[1]


def test_what_is_nearly_half_the_earth_is_not_drawn_as_a_circle():
    assert outline_circle(EqualEarth(), (0, 0), 13_956) == []


def test_what_lies_behind_the_earth_is_not_drawn():
    assert Azimuthal(north=50, east=10).draw(-50, -170) is None


@pytest.mark.parametrize("box", [WORLD, EUROPE, PACIFIC, BERLIN, NORTH])
def test_all_of_a_box_is_on_its_sheet(box):
    sheet = make_sheet(box)
    for part, other in itertools.product((0.001, 0.3, 0.5, 0.999), repeat=2):
        north = box.south + (box.north - box.south) * part
        point = sheet.place(north, turn(box.west + box.wide * other))
        assert point is not None
        assert -1 <= point[0] <= WIDTH + 1
        assert -1 <= point[1] <= sheet.height + 1


@pytest.mark.parametrize("box", [WORLD, EUROPE, PACIFIC, BERLIN, NORTH])
def test_lines_of_degrees_are_few_and_labelled_in_the_picture(box):
    sheet = make_sheet(box)
    lines, labels = list_lines(sheet)
    assert 4 <= len(lines) <= 40
    assert len(labels) > 3
    assert len({label.text for label in labels}) >= len(labels) - 1  # the equator and Greenwich are both 0°
    assert all(sheet.holds((label.x, label.y)) for label in labels)


def test_the_world_alone_has_an_edge():
    assert outline_world(make_sheet(WORLD)).startswith("M")
    assert outline_world(make_sheet(EUROPE)) == ""


def test_a_sheet_across_the_date_line_is_not_torn():
    sheet = make_sheet(PACIFIC)
    west, east = sheet.place(-20, 179.9), sheet.place(-20, -179.9)
    assert 0 < east[0] - west[0] < 5
    assert find_corners(sheet).wide < 120


def test_a_sheet_with_the_pole_shows_all_longitudes():
    corners = find_corners(make_sheet(Box(south=70, west=-50, north=90, east=50)))
    assert (corners.west, corners.east, corners.north) == (-180, 180, 90)


def test_places_near_each_other_are_fitted_closely():
    box = fit_box([(52.5, 13.4, 20), (52.4, 13.1, 5)])
    assert 51.5 < box.south < 52.3
    assert 52.6 < box.north < 53.5
    assert box.wide < 3


def test_places_on_both_sides_of_the_date_line_are_fitted_across_it():
    box = fit_box([(-18, 178, 40), (-14, -172, 40)])
    assert box.west > box.east
    assert box.wide < 20


def test_places_all_over_the_world_and_none_are_fitted_by_the_world():
    assert fit_box([(40, -4, 10), (35, 139, 10), (-33, -70, 10), (20, -100, 10)]) == WORLD
    assert fit_box([]) == WORLD


def test_a_place_at_the_pole_is_fitted():
    box = fit_box([(90.0, 0.0, 40)])
    assert box.north == 90
    assert make_sheet(box).place(90, 0) is not None


def test_a_box_goes_into_an_address_and_out_of_it():
    for box in (WORLD, EUROPE, PACIFIC, BERLIN):
        assert read_box(write_box(box)) == box


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "nan,0,1,1", "inf,0,1,1", "50,0,40,1", "0,0,91,1", "0,-181,1,1",
     "0,5,1,5", "1e999,0,1,1", "<script>"],
)  # fmt: skip
def test_what_is_no_box_is_none(text):
    assert read_box(text) is None


def test_a_box_too_small_to_show_anything_is_made_larger():
    box = read_box("52.5,13.4,52.51,13.41")
    assert box is not None
    assert box.north - box.south == pytest.approx(0.4)


def test_going_in_and_out_and_beside_stays_on_the_ball():
    box = EUROPE
    for _ in range(12):
        box = zoom_box(box, 0.5)
        assert read_box(write_box(box)) == box
    for _ in range(14):
        box = zoom_box(box, 2)
    assert box == WORLD
    for north, east in ((0.4, 0), (-0.4, 0), (0, 0.4), (0, -0.4)):
        moved = EUROPE
        for _ in range(30):
            moved = shift_box(moved, north, east)
            assert -90 <= moved.south < moved.north <= 90
            assert isinstance(choose_projection(moved), Azimuthal)


def test_a_path_goes_through_its_points():
    assert write_path([(0.04, 1), (10, 1), (10, 1.01), (9.5, -3)], closed=True) == "M0 1l10 0 -0.5 -4z"
