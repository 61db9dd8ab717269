"""The marks of a map: how large, which shape, how far a place reaches; and the dots below them."""

from pathlib import Path

import pytest

from onrecord.gazetteer.database import write_gazetteer
from onrecord.gazetteer.rows import PlaceRow
from onrecord.record.overview import PlaceTally, Whereabouts
from onrecord.serve.map_land import draw_land
from onrecord.serve.map_marks import LARGEST, MOST_NAMED, is_point, place_marks, tell_reach
from onrecord.serve.map_projection import EARTH_KM, WORLD, Box
from onrecord.serve.map_sheet import WIDTH, make_sheet, read_box
from onrecord.serve.map_view import MOST_MARKS, view_places

EUROPE = Box(south=35, west=-12, north=62, east=32)


def tally(name: str = "Beltown", *, at: tuple[float, float] = (51.5, -0.1), **fields: object) -> PlaceTally:
    usual: dict[str, object] = {
        "place": f"invented:{name}", "name": name, "kind": "settlement", "country": "TS", "radius_km": 6.0,
        "said_in": 3, "about": 1,
    }  # fmt: skip
    return PlaceTally(latitude=at[0], longitude=at[1], **(usual | fields))  # type: ignore[arg-type]


COUNTRY = tally("Tessaly", kind="country", radius_km=300.0, at=(48.0, 10.0))


@pytest.mark.parametrize(
    ("kind", "radius", "point"),
    [
        ("settlement", 6.0, True), ("settlement", None, True), ("facility", 1.0, True),
        ("settlement", 200.0, False), ("country", 400.0, False), ("country", None, False),
        ("region", 59.0, False), ("continent", 4000.0, False),
        ("country", 1.0, True), (None, None, False), (None, 5.0, True), ("water", 800.0, False),
    ],
)  # fmt: skip
def test_only_what_is_as_small_as_a_town_is_a_point(kind, radius, point):
    assert is_point(tally(kind=kind, radius_km=radius)) is point


def test_how_exact_a_place_is_stands_in_words():
    assert tell_reach(tally()) == "within about 6 km"
    assert tell_reach(COUNTRY) == "somewhere within about 300 km"
    assert tell_reach(tally(radius_km=None)) == "how far it reaches is not known"


def test_the_area_of_a_mark_is_its_count_and_its_full_part_what_was_said_there():
    sheet = make_sheet(EUROPE)
    most, less = place_marks(
        sheet, [tally(said_in=10, about=30), tally("Quay", at=(45, 9), said_in=10, about=0)]
    )
    assert most.outer == LARGEST
    assert less.outer**2 / most.outer**2 == pytest.approx(10 / 40, rel=0.02)
    assert most.inner**2 / most.outer**2 == pytest.approx(10 / 40, rel=0.02)
    assert less.inner == less.outer


def test_what_reaches_far_is_drawn_as_far_as_it_does():
    sheet = make_sheet(EUROPE)
    (mark,) = place_marks(sheet, [COUNTRY])
    steps = [
        tuple(map(float, pair))
        for pair in zip(*[iter(mark.reach[1:-1].replace("l", " ").split())] * 2, strict=True)
    ]
    x = y = 0.0
    xs = []
    for across, down in steps:
        x, y = x + across, y + down
        xs.append(x)
    assert max(xs) - min(xs) == pytest.approx(2 * 300 / EARTH_KM * sheet.scale, rel=0.03)
    assert not mark.is_point


def test_a_town_that_is_smaller_than_its_mark_has_no_outline_until_one_looks_closer():
    far = place_marks(make_sheet(WORLD), [tally()])[0]
    near = place_marks(make_sheet(Box(south=51.2, west=-0.8, north=51.8, east=0.5)), [tally()])[0]
    assert far.reach == ""
    assert near.reach


def test_marks_outside_of_the_sheet_are_left_out():
    assert place_marks(make_sheet(EUROPE), [tally(at=(-33.0, 151.0)), tally(at=(-50.0, -170.0))]) == ()


def test_the_largest_mark_is_drawn_first():
    marks = place_marks(make_sheet(EUROPE), [tally("Low", about=0), tally("High", at=(45, 9), about=50)])
    assert [mark.tally.name for mark in marks] == ["High", "Low"]


def test_names_are_few_and_lie_on_no_other():
    many = [tally(f"Town {n}", at=(36 + n % 25, -10 + n / 4)) for n in range(150)]
    marks = place_marks(make_sheet(EUROPE), many)
    named = [mark for mark in marks if mark.name_at]
    assert 0 < len(named) <= MOST_NAMED
    assert all(0 <= mark.name_at[0] <= WIDTH for mark in named if mark.name_at)


def test_a_place_that_counts_nothing_or_has_no_size_is_no_fault():
    (mark,) = place_marks(make_sheet(EUROPE), [tally(said_in=0, about=0, radius_km=0.0)])
    assert mark.inner == 0


def test_no_more_marks_are_drawn_than_can_be_told_apart():
    many = tuple(tally(f"Town {n}", at=(-60 + n % 120, -170 + n)) for n in range(300))
    view = view_places(Whereabouts(counted=900, complete=True, placeless=0, places=many), None)
    assert len(view.rows) == MOST_MARKS


def test_a_map_of_one_town_shows_its_surroundings_and_leads_out():
    found = Whereabouts(counted=4, complete=True, placeless=0, places=(tally(),))
    view = view_places(found, None)
    assert 0.4 <= view.sheet.box.north - view.sheet.box.south < 4
    ways = {key: box for key, _, box in view.ways}
    assert {"world", "out", "in", "north", "south", "west", "east"} <= set(ways)
    assert all(read_box(box) is not None for box in ways.values())
    assert "fit" not in ways


def test_what_a_box_leaves_out_is_counted():
    found = Whereabouts(
        counted=4, complete=True, placeless=0, places=(tally(), tally("Far", at=(-33.0, 151.0)))
    )
    view = view_places(found, EUROPE)
    assert view.unseen == 1
    assert [row.is_seen for row in view.rows] == [True, False]


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    path = tmp_path / "places.sqlite"
    rows = [
        PlaceRow(entry_id=f"t:{n}", name=f"T{n}", kind="settlement", latitude=40 + n / 10, longitude=n / 10)
        for n in range(50)
    ]
    rows.append(PlaceRow(entry_id="t:c", name="Country", kind="country", latitude=60.0, longitude=30.0))
    rows.append(PlaceRow(entry_id="t:n", name="Nowhere", kind="settlement"))
    rows.append(PlaceRow(entry_id="t:p", name="Far", kind="settlement", latitude=-18.0, longitude=179.5))
    write_gazetteer(rows, path, source="a test")
    return path


def test_the_ground_is_a_dot_for_each_cell_with_a_town(gazetteer):
    drawn = draw_land(gazetteer, Box(south=39, west=-3, north=46, east=8)).decode()
    assert drawn.startswith("<svg ")
    assert 40 <= drawn.count("h0") <= 50


def test_the_ground_of_the_whole_world_puts_near_towns_together(gazetteer):
    assert 3 <= draw_land(gazetteer, WORLD).decode().count("h0") <= 20


def test_the_ground_goes_across_the_date_line(gazetteer):
    assert draw_land(gazetteer, Box(south=-25, west=170, north=-10, east=-170)).decode().count("h0") == 1
