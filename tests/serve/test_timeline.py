"""The page ‘Timeline and map’: its bars, its statements, its map, and what is told beside them."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.gazetteer.database import write_gazetteer
from onrecord.gazetteer.rows import PlaceRow
from onrecord.record import GazetteerEntry, Query
from onrecord.record.overview import Bucket, Moments
from onrecord.serve.app import make_app
from onrecord.serve.timeline_view import view_times
from onrecord.store import open_store
from tests import bridge
from tests.store.articles import BELTOWN, HARROW, TESSALY, Said, make_news

HOSTILE = GazetteerEntry(
    entry_id='x:"><script>&',
    name='</text></svg><script>alert(1)</script>"\u202e',
    kind="settlement",
    country="TS",
    latitude=-35.0,
    longitude=-60.0,
)


def make_records():
    """Statements of two years: an hour, days, a month, no date; in towns, a country, nowhere."""
    hours = [
        Said(
            words=f"The tide turns at {n}",
            said=(f"2031-05-03T0{n}:10", f"2031-05-03T0{n}:10"),
            said_in=BELTOWN,
        )
        for n in (6, 6, 8)
    ]
    hours[1] = Said(words="The tide is late", said=("2031-05-03T06:40", "2031-05-03T06:40"), places=(HARROW,))
    days = [
        Said(
            words="The quay is wet", said=("2031-05-03", "2031-05-03"), places=(TESSALY,), name="Ilse Corran"
        )
    ]
    return [
        make_news([*hours, *days]),
        make_news(
            [Said(words="The year was dry", said=("2030-11-02", "2030-11-02"))], published="2031-01-09"
        ),
        make_news([Said(words="Nobody knows when")], published=None, title="Undated"),
        bridge.make_record(),
    ]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with Collection(
        open_store(tmp_path_factory.mktemp("timeline") / "r.onrecord", create=True)
    ) as collection:
        collection.add(make_records())
        yield TestClient(make_app(collection), base_url="http://localhost:8000")


@pytest.fixture(autouse=True)
def gazetteer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another file than the user's own, which a test may fill."""
    path = tmp_path / "gazetteer.sqlite"
    monkeypatch.setattr("onrecord.serve.map_land.named_path", lambda: path)
    return path


def read_bars(text: str) -> dict[str, int]:
    """The name of each bar, and how many statements it says it has."""
    svg = text[text.index('<svg class="bars') : text.index("</svg>")]
    found = re.findall(r'aria-label="([^"]+): ([\d,]+) statements?"', svg)
    return {html.unescape(name): int(count.replace(",", "")) for name, count in found}


def open_page(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_without_a_question_all_years_are_shown_by_month(client):
    bars = read_bars(open_page(client, "/timeline"))
    assert bars["November 2030"] == 1
    assert bars["May 2031"] == 14
    assert sum(bars.values()) == 15


def test_what_has_no_date_is_told_and_not_drawn(client):
    assert "1 statement has no date at all and is not drawn." in open_page(client, "/timeline")


def test_a_bar_leads_a_step_closer_until_hours(client):
    address, seen = "/timeline", []
    for name in ("May 2031", "3 May 2031", "3 May 2031, 06:00 to 06:59"):
        page = open_page(client, address)
        seen.append(re.search(r'aria-label="Statements by (\w+)', page)[1])
        (address,) = set(re.findall(rf'<a href="([^"#]+)#chart" aria-label="{re.escape(name)}: ', page))
    assert seen == ["month", "day", "hour"]
    assert address == "/timeline?when=2031-05-03T06"
    page = open_page(client, address)
    assert "2 statements, oldest first" in page
    assert "The tide is late" in page
    assert "The quay is wet" not in page


def test_an_hour_is_shown_within_its_day_and_marked_there(client):
    page = open_page(client, "/timeline?when=2031-05-03T06")
    assert sum(read_bars(page).values()) > 2
    assert page.count('aria-label="3 May 2031, 06:00 to 06:59: 2 statements" aria-current="true"') == 1


def test_crumbs_lead_back_out(client):
    page = open_page(client, "/timeline?q=tide&when=2031-05-03T06")
    crumbs = page[page.index('class="crumbs"') : page.index("</ol>")]
    assert [html.unescape(a) for a in re.findall(r'href="([^"]+)"', crumbs)] == [
        f"/timeline?q=tide{when}#chart" for when in ("", "&when=2031", "&when=2031-05", "&when=2031-05-03")
    ]
    assert crumbs.count('data-key="out"') == 1


def test_what_tells_the_day_alone_stands_apart_from_its_hours(client):
    page = open_page(client, "/timeline?when=2031-05-03")
    apart = re.search(r'aria-label="no hour told: (\d+) statement', page)
    assert apart is not None
    assert int(apart[1]) > 3
    assert sum(read_bars(page).values()) == 13  # with what stands apart
    assert "3 May 2031, 00:00 to 00:59" not in read_bars(page)


def test_the_table_has_the_numbers_of_the_bars(client):
    page = open_page(client, "/timeline?when=2031")
    table = page[page.index("<table>") : page.index("</table>")]
    numbers = [int(n) for n in re.findall(r'<td class="number">(\d+)</td>', table)]
    assert sum(numbers) == sum(read_bars(page).values()) == 14


def test_statements_stand_under_their_days_and_say_what_their_date_is(client):
    page = open_page(client, "/timeline")
    heads = re.findall(r"<h3>([^<]+)</h3>", page)
    assert heads[0] == "2 November 2030"
    assert "3 May 2031" in heads
    assert heads[-1] == "Without a date" or "Later ones" in page
    assert "(published)" in page


def test_statements_are_paged_from_the_first_to_the_last(client):
    address, words = "/timeline?limit=6", []
    for _ in range(5):
        page = open_page(client, address)
        words += re.findall(r'<article class="hit">', page)
        later = re.search(r'<a class="button" href="([^"#]+)#listed" rel="next"', page)
        if not later:
            break
        address = html.unescape(later[1]) + "&limit=6"
    assert len(words) == 16


def test_filters_hold_for_bars_and_links(client):
    page = open_page(client, "/timeline?speaker=Ilse+Corran")
    assert sum(read_bars(page).values()) == 2
    assert "speaker=Ilse+Corran&amp;when=" in page
    assert "Narrowed to" in page


def test_an_empty_answer_says_so_and_leads_on(client):
    page = open_page(client, "/timeline?q=nowhereword")
    assert "No statement answers this." in page
    assert '<svg class="bars' not in page


def test_a_time_without_statements_says_so_and_leads_back(client):
    page = open_page(client, "/timeline?when=1999-02")
    assert '<svg class="bars' not in page
    assert "No statement answers this." in page
    assert 'href="/timeline?when=1999#chart" data-key="out"' in page


@pytest.mark.parametrize(
    "asked",
    [
        "when=soon",
        "when=2031-02-30",
        "view=table",
        "box=1,2,3",
        "box=nan,0,1,1",
        "limit=9999",
        "form=odd",
        "near=x",
    ],
)
def test_a_wrong_value_is_an_error_that_says_what_to_give(client, asked):
    for view in ("", "&view=map"):
        answer = client.get(f"/timeline?{asked}{view if 'view' not in asked else ''}")
        assert answer.status_code == 400
        assert "Give " in html.unescape(answer.text)


def test_likeness_in_meaning_is_left_out_and_said_to_be(client):
    page = open_page(client, "/timeline?meaning=water&sort=meaning")
    assert "A search by meaning has no end" in page
    assert sum(read_bars(page).values()) == 15


class HalfCounted:
    """A store that counts no more than the newest."""

    def __init__(self, *pairs: tuple[str, int]) -> None:
        self.asked: list[tuple[str | None, str]] = []
        self.buckets = tuple(Bucket(start=start, statements=count) for start, count in pairs)

    def moments(self, query: Query, unit: str) -> Moments:
        self.asked.append((query.when, unit))
        counted = sum(bucket.statements for bucket in self.buckets)
        return Moments(unit=unit, buckets=self.buckets, counted=counted, complete=False)  # type: ignore[arg-type]


def test_what_was_not_counted_is_shown_from_the_oldest_statement_on():
    times = view_times(HalfCounted(("2030-08-03", 10), ("2030-09-01", 90)), Query(), oldest="2021-02-03")  # type: ignore[arg-type]
    assert times.chart is not None
    assert [(bar.when, bar.is_counted) for bar in times.chart.bars] == [
        (str(year), False) for year in range(2021, 2031)
    ]
    assert times.earlier is None


def test_where_the_oldest_is_not_known_a_link_asks_for_what_is_before():
    times = view_times(HalfCounted(("2030-08-03", 10), ("2031-09-01", 90)), Query())  # type: ignore[arg-type]
    assert times.earlier == "../2030-08-03"


def test_an_hour_is_counted_within_its_day():
    store = HalfCounted(("2030-08-03T14", 1))
    view_times(store, Query(when="2030-08-03T14"))  # type: ignore[arg-type]
    assert store.asked == [("2030-08-03/2030-08-03", "hour")]


def test_the_map_has_a_mark_for_each_place_in_its_shape(client):
    page = open_page(client, "/timeline?view=map")
    svg = page[page.index('<svg class="map') :]
    svg = svg[: svg.index("</svg>")]
    assert re.search(r'aria-label="Beltown: 3 statements made there[^"]*, within about 6 km"', svg)
    assert re.search(r'aria-label="Tessaly: 1 statement speaks of it, somewhere within about 300 km"', svg)
    assert svg.count('class="place somewhere"') == 1
    assert svg.count("wide-place") == 1


def test_what_names_no_known_place_is_counted_beside_the_map(client):
    page = html.unescape(open_page(client, "/timeline?view=map"))
    counted, placeless = re.search(
        r"Of (\d+) statements, (\d+) name no place that the gazetteer knows", page
    ).groups()
    assert int(counted) == 16
    assert 0 < int(placeless) < 16


def test_a_place_leads_to_its_statements(client):
    page = open_page(client, "/timeline?view=map&when=2031-05-03T06")
    (address,) = set(re.findall(r'<a class="place[^"]*" href="([^"]+)" aria-label="Harrow Quay', page))
    assert html.unescape(address) == "/search?when=2031-05-03T06&place=geonames%3A2"


def test_the_map_and_its_table_say_the_same(client):
    page = open_page(client, "/timeline?view=map")
    rows = page[page.index("<tbody>") : page.index("</tbody>")].count("<tr>")
    assert rows == page.count('class="place"') + page.count('class="place somewhere"')


def test_a_box_shows_a_part_and_counts_what_is_outside(client):
    page = open_page(client, "/timeline?view=map&box=10,10,20,20")
    assert "lie outside of the part that is shown." in page
    assert 'data-key="fit"' in page


def test_without_places_there_is_no_map_but_a_reason(client):
    page = open_page(client, "/timeline?view=map&q=dry")
    assert '<svg class="map"' not in page
    assert "Of 1 statement, 1 names no place that the gazetteer knows and is not on the map." in page


def test_without_a_gazetteer_the_map_says_why_it_has_no_ground(client):
    page = open_page(client, "/timeline?view=map")
    assert "/map/land.svg" not in page
    assert "No ground is drawn" in page
    assert client.get("/map/land.svg?box=40,-10,50,10").status_code == 404


def test_the_ground_is_drawn_once_and_kept(client, gazetteer):
    row = PlaceRow(entry_id="t:1", name="Town", kind="settlement", latitude=51.5, longitude=-0.1)
    write_gazetteer([row], gazetteer, source="a test")
    page = open_page(client, "/timeline?view=map")
    (address,) = re.findall(r'href="(/map/land\.svg\?box=[^"]+)"', page)
    answer = client.get(html.unescape(address))
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "max-age" in answer.headers["cache-control"]
    assert answer.text.count("h0") == 1
    assert client.get("/map/land.svg?box=soon").status_code == 404


def test_nothing_in_the_page_carries_a_style_or_a_script_of_its_own(client):
    for address in ("/timeline", "/timeline?when=2031-05-03", "/timeline?view=map"):
        page = open_page(client, address)
        assert " style=" not in page
        assert "<style" not in page
        assert not re.search(r"<script(?! src=)", page)


def test_names_of_places_stay_text(tmp_path):
    with Collection(open_store(tmp_path / "x.onrecord", create=True)) as collection:
        collection.add([make_news([Said(words="Here", said_in=HOSTILE, name="Eve")])])
        client = TestClient(make_app(collection), base_url="http://localhost:8000")
        page = open_page(client, "/timeline?view=map")
        assert "<script>alert" not in page
        assert page.count("</svg>") == page.count("<svg")
        assert "\u202e" not in page.replace(
            'data-sign="⟨RLO⟩" title="U+202E right-to-left override">\u202e', ""
        )
        (address,) = set(re.findall(r'<a class="place" href="([^"]+)"', page))
        assert client.get(html.unescape(address)).status_code == 200


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202e\x1b[31m", "%00"]
)
def test_hostile_questions_stay_text(client, text):
    for view in ("time", "map"):
        answer = client.get("/timeline", params={"outlet": text, "speaker": text, "view": view})
        assert answer.status_code == 200
        assert not re.search(r"<(img|script(?! src=))|\x1b", answer.text)


def test_an_empty_record_says_what_to_do(tmp_path):
    with Collection(open_store(tmp_path / "x.onrecord", create=True)) as collection:
        client = TestClient(make_app(collection), base_url="http://localhost:8000")
        for address in ("/timeline", "/timeline?view=map"):
            assert "Add articles" in open_page(client, address)
