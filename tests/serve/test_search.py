"""A record is searched on a page: words and filters in the address, results with their evidence, ways on."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.export.visible import HIDDEN
from onrecord.record import Meanings, Query
from onrecord.serve.app import make_app
from onrecord.serve.asking import CHOICES, FIELDS, read_query
from onrecord.store import open_store
from tests.hostile import HOSTILE, hostile_record
from tests.serve.press import BUSY, SAID_BY_BUSY, fill_press

HOST = {"base_url": "http://localhost:8000"}
BAD = (
    ("form", "shouted", "form"),
    ("mode", "sang", "mode"),
    ("scope", "everywhere", "scope"),
    ("status", "loved", "status"),
    ("via_kind", "pigeon", "via_kind"),
    ("sort", "beauty", "sort"),
    ("near", "51.5", "near"),
    ("near", "nan,1,1", "near"),
    ("when", "yesterday", "when"),
    ("said", "2031-13", "said"),
    ("about_time", "2032/2031", "about_time"),
    ("published", "May", "published"),
    ("q", "?!", "q"),
    ("q", "x" * 3_000, "q"),
    ("via", "--", "via"),
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with fill_press(tmp_path_factory.mktemp("search") / "s.onrecord") as kept:
        yield kept


@pytest.fixture(scope="module")
def client(collection: Collection) -> Iterator[TestClient]:
    with TestClient(make_app(collection), **HOST) as client:
        yield client


def statements_of(page: str) -> list[str]:
    return re.findall(r'href="/articles/[^"?]+\?statement=([^"]+)"', page)


def links_of(page: str, path: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', page) if link.startswith(path)]


def texts_of(page: str, name: str) -> list[str]:
    found = re.findall(rf'<span class="{name}">(.*?)</span>', page)
    return [re.sub(r"<[^>]+>", "", one) for one in found]


def test_without_a_question_the_newest_statements_are_shown(client: TestClient, collection: Collection):
    page = client.get("/search").text
    assert statements_of(page) == [hit.statement_id for hit in collection.search().hits]
    assert f"{collection.counts().statements:,} statements" in page


def test_a_hit_is_shown_with_its_evidence(client: TestClient, collection: Collection):
    page = client.get("/search", params={"q": "bolt", "when": "2032"}).text
    (hit,) = collection.search("bolt", when="2032").hits
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))
    assert f"cue “said” · source “Mira Vance” · 91% sure · capture {hit.capture_sha256[:12]}" in text
    assert "“Every bolt is new,” said Mira Vance on the quay." in text
    assert "1 February 2032 (published)" in text
    assert f'href="/people/{hit.person_id}"' in page


def test_a_link_leads_to_the_words_at_their_source(client: TestClient, collection: Collection):
    page = client.get("/search", params={"q": '"pier 3"'}).text
    (hit,) = collection.search('"pier 3"').hits
    assert hit.link
    assert hit.link in links_of(page, "https://")


@pytest.mark.parametrize("name", ["ftp://news.invalid/x", "javascript:alert(1)"])
def test_what_is_no_address_of_the_web_is_no_link(tmp_path: Path, name: str):
    with Collection(open_store(tmp_path / "a.onrecord", create=True)) as kept:
        kept.add([hostile_record(name)])
        page = TestClient(make_app(kept), **HOST).get("/search").text
    assert not [link for link in links_of(page, "") if link.startswith(("ftp", "javascript"))]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "ferry"},
        {"q": '"pier 3"'},
        {"q": "ferr* -everybody"},
        {"speaker": "Vance"},
        {"outlet": "Quay Courier"},
        {"form": "mixed"},
        {"mode": "wants"},
        {"via": "Lantern"},
        {"via_kind": "cited_document"},
        {"when": "2031-05"},
        {"said": "2031-05"},
        {"about_time": "2031-05"},
        {"published": "2029"},
        {"place": "Beltown"},
        {"near": "51.5,-0.12,30"},
        {"status": "accepted"},
        {"status": "unjudged"},
        {"sort": "oldest"},
        {"sort": "confidence"},
        {"q": "ferry", "sort": "relevance"},
        {"q": "Trending", "scope": "article"},
        {"q": "bridge", "speaker": "Vance", "form": "direct"},
    ],
)
def test_the_page_shows_what_the_collection_answers(
    client: TestClient, collection: Collection, asked: dict[str, str]
):
    page = client.get("/search", params=asked)
    assert page.status_code == 200
    expected = collection.search(read_query(asked))
    assert statements_of(page.text) == [hit.statement_id for hit in expected.hits]


def test_every_filter_has_a_field_that_is_labelled_and_filled(client: TestClient):
    given = {name: CHOICES[name][-1] if name in CHOICES else f"given {name}" for name in FIELDS}
    page = client.get("/search", params=given).text
    for name, value in given.items():
        assert f'<label for="f-{name}">' in page
        filled = f'<option value="{value}" selected>' if name in CHOICES else f'name="{name}" value="{value}"'
        assert filled in page, name


@pytest.mark.parametrize("limit", ["0", "201", "0000000019", "000000001" + "0" * 4_400, "²"])
def test_more_than_a_page_shows_is_not_shown_however_it_is_written(client: TestClient, limit: str):
    answer = client.get("/search", params={"limit": limit})
    assert (answer.status_code, "Give 1 to 200" in answer.text) == (400, True)


@pytest.mark.parametrize(("name", "value", "field"), BAD)
def test_a_bad_value_is_told_at_its_field_and_the_rest_stays_filled(
    client: TestClient, name: str, value: str, field: str
):
    given = {"q": "ferry", "outlet": "Quay", name: value}
    answer = client.get("/search", params=given)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    shown = re.search(rf'<(?:input|select) id="f-{field}"[^>]*>', answer.text)
    assert shown
    assert 'aria-invalid="true"' in shown[0]
    assert 'name="outlet" value="Quay"' in answer.text
    if name not in CHOICES:
        assert f'value="{value}"' in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        {"limit": "0"},
        {"limit": "9999"},
        {"after": "nonsense"},
        {"sort": "relevance"},
        {"sort": "meaning"},
        {"q": "-ferry"},
        {"meaning": "the ferry", "scope": "article"},
    ],
)
def test_what_cannot_be_asked_has_a_page_that_says_so(client: TestClient, asked: dict[str, str]):
    answer = client.get("/search", params=asked)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'id="f-q"' in answer.text


def test_fields_left_empty_do_not_stay_in_the_address(client: TestClient):
    answer = client.get("/search?q=ferry&speaker=&when=+&sort=date&scope=statements", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/search?q=ferry"


def test_pages_follow_each_other_without_a_gap(client: TestClient, collection: Collection):
    seen: list[str] = []
    address = "/search?speaker=" + BUSY.replace(" ", "+")
    while address:
        page = client.get(address).text
        seen += statements_of(page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(further[1]) if further else ""
    expected = [hit.statement_id for hit in collection.search(speaker=BUSY, limit=200).hits]
    assert seen == expected
    assert len(seen) == SAID_BY_BUSY


def test_every_facet_leads_to_as_many_results_as_it_says(client: TestClient):
    page = client.get("/search").text
    found = re.findall(
        r'<li><a href="([^"]+)"><span class="name">.*?</span> <span class="count">([\d,]+)<', page
    )
    assert len(found) > 15
    for address, count in found:
        told = re.search(r'<h2 id="results">([\d,]+) statement', client.get(unescape(address)).text)
        assert told, address
        assert told[1] == count, address


def test_a_facet_keeps_what_is_asked_already(client: TestClient):
    page = client.get("/search", params={"q": "ferry", "sort": "oldest"}).text
    narrowed = [link for link in links_of(page, "/search?") if "outlet=" in link]
    assert len(narrowed) == 3
    for link in narrowed:
        assert {"q": "ferry", "sort": "oldest"}.items() <= dict(parse_qsl(urlsplit(link).query)).items()


def test_each_filter_that_is_set_can_be_taken_away(client: TestClient):
    asked = {"q": "ferry", "outlet": "Quay Courier", "form": "direct", "near": "51.5,-0.12,30"}
    page = client.get("/search", params=asked).text
    chips = re.search(r'<ul class="chips.*?</ul>', page, re.S)
    assert chips
    left = [dict(parse_qsl(urlsplit(link).query)) for link in links_of(chips[0], "/search")]
    assert left == [{key: asked[key] for key in asked if key != gone} for gone in asked]


def test_taking_the_words_away_takes_their_order_away(client: TestClient):
    page = client.get("/search", params={"q": "ferry", "sort": "relevance"}).text
    chips = re.search(r'<ul class="chips.*?</ul>', page, re.S)
    assert chips
    assert links_of(chips[0], "/search") == ["/search"]


def test_an_id_of_a_speaker_is_shown_with_the_name(client: TestClient, collection: Collection):
    person = collection.people(BUSY)[0].person_id
    page = client.get("/search", params={"speaker": person}).text
    assert re.search(rf'class="soft">Speaker:</span> <bdi dir="auto">{BUSY}</bdi>', page)
    assert f"this is {BUSY}" in page


def test_of_more_results_than_are_counted_no_number_is_made_up(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
):
    import onrecord.store.overview_facets as counting
    import onrecord.store.search as searching

    monkeypatch.setattr(counting, "MOST_COUNTED", 12)
    monkeypatch.setattr(searching, "MOST_COUNTED", 12)
    with TestClient(make_app(collection), **HOST) as client:
        page = client.get("/search", params={"speaker": BUSY, "mode": "said"}).text
    assert "More than" in page
    assert re.search(r"Counted among the newest \d+ of them", page)


def test_nothing_found_says_why_and_what_to_try(client: TestClient):
    page = client.get("/search", params={"q": "zeppelin", "form": "direct"}).text
    assert "Nothing answers" in page
    assert "No statement holds zeppelin." in page
    assert "/search?q=zeppelin&scope=article&form=direct" in links_of(page, "/search")
    assert "/search?form=direct" in links_of(page, "/search")


def test_an_empty_record_says_what_to_do(tmp_path: Path):
    with Collection(open_store(tmp_path / "a.onrecord", create=True)) as kept:
        page = TestClient(make_app(kept), **HOST).get("/search").text
    assert "The record holds no statements yet." in page
    assert "Add articles on the first page" in page


def test_meaning_in_a_record_without_vectors_says_so(
    client: TestClient, collection: Collection, monkeypatch: pytest.MonkeyPatch
):
    class Embedder:
        def embed(self, sentence: str) -> Meanings:
            return Meanings(model="a test", vectors=((sentence, bytes(384)),))

    monkeypatch.setitem(vars(collection), "engine", Embedder())
    page = client.get("/search", params={"meaning": "ferries cost nothing", "sort": "oldest"})
    assert page.status_code == 200
    assert "No statement has a vector yet" in page.text
    assert '<option value="meaning" selected>' in page.text


def test_the_address_of_a_search_is_what_is_saved(client: TestClient):
    page = client.get("/search", params={"q": "ferry", "outlet": "Quay Courier"}).text
    saved = re.search(r'<a id="own" href="([^"]+)"', page)
    assert saved
    again = client.get(unescape(saved[1])).text
    assert statements_of(again) == statements_of(page)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_strangers_stay_words(tmp_path: Path, words: str):
    with Collection(open_store(tmp_path / "a.onrecord", create=True)) as kept:
        kept.add([hostile_record(words)])
        client = TestClient(make_app(kept), **HOST)
        pages = [client.get("/search").text]
        pages += [client.get("/search", params={name: words}).text for name in FIELDS]
    for page in pages:
        assert "<script>" not in page
        assert "<img" not in page
        assert " onmouseover='" not in page
        assert not re.search(r"\s(?:href|src|action)=[\"']?\s*javascript:", page, re.IGNORECASE)
        assert not [sign for sign in HIDDEN.findall(page) if sign not in "\u202e\u202c"]
        outside = re.sub(r'<bdi class="hidden-sign"[^>]*>.</bdi>', "", page)
        assert not HIDDEN.search(outside)


def test_the_pages_of_one_answer_count_it_once(collection: Collection, monkeypatch: pytest.MonkeyPatch):
    asked: list[Query] = []
    counting = type(collection.store).facets

    def facets(store: object, query: Query) -> object:
        asked.append(query)
        return counting(store, query)  # type: ignore[arg-type]

    monkeypatch.setattr(type(collection.store), "facets", facets)
    client = TestClient(make_app(collection), **HOST)
    page = client.get("/search", params={"q": "free"}).text
    further = re.search(r'rel="next" href="([^"]+)"', page)
    assert further
    client.get(unescape(further[1]))
    assert len(asked) == 1


def test_when_it_was_said_is_told_from_when_it_was_published(client: TestClient):
    page = client.get("/search", params={"q": "frost"}).text
    assert re.search(r"3 May 2031</bdi></time> \(said\)", page)
    page = client.get("/search", params={"q": "tolls"}).text
    assert re.search(r"3 May 2031</bdi></time> \(published\)", page)
