"""People have pages: who is quoted, as what, when, by whom; and a list that finds them."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.export.visible import HIDDEN
from onrecord.record import Judgement, judgement_id_of
from onrecord.serve.app import make_app
from onrecord.serve.person import LOOKED
from onrecord.serve.settings import Settings, Token
from onrecord.store import open_store
from tests.factories import make_record, make_small_record, make_statement
from tests.hostile import hostile_record
from tests.serve.press import BUSY, SAID_BY_BUSY, VOICE, fill_press
from tests.serve.test_search import HOSTILE, statements_of

HOST = {"base_url": "http://localhost:8000"}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with fill_press(tmp_path_factory.mktemp("people") / "p.onrecord") as kept:
        yield kept


@pytest.fixture(scope="module")
def client(collection: Collection) -> Iterator[TestClient]:
    with TestClient(make_app(collection), **HOST) as client:
        yield client


def page_of(client: TestClient, collection: Collection, name: str, query: str = "") -> str:
    answer = client.get(f"/people/{collection.people(name)[0].person_id}{query}")
    assert answer.status_code == 200
    return answer.text


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


def merge(collection: Collection, first: str, second: str) -> None:
    people = (first, second)
    judgement_id = judgement_id_of("merge", VOICE.by, VOICE.made_at, *people)
    collection.judge(
        Judgement(judgement_id=judgement_id, kind="merge", by=VOICE.by, made_at=VOICE.made_at, people=people)
    )


def test_without_a_name_those_quoted_most_are_listed_first(client: TestClient, collection: Collection):
    page = client.get("/people").text
    listed = re.findall(r'<li><a href="/people/([^"]+)"', page)
    assert listed[0] == collection.people(BUSY)[0].person_id
    assert f"{SAID_BY_BUSY} statements" in page


def test_people_are_found_by_part_of_a_name(client: TestClient, collection: Collection):
    page = client.get("/people", params={"name": "vance"}).text
    assert f'href="/people/{collection.people("Mira Vance")[0].person_id}"' in page
    assert "6 statements" in text_of(page)


def test_of_a_name_that_nobody_bears_names_like_it_are_told(client: TestClient):
    page = text_of(client.get("/people", params={"name": "Mira Vanse"}).text)
    assert "Nobody who speaks here is named “Mira Vanse”." in page
    assert "Mira Vance" in page


def test_a_name_beyond_measure_is_refused(client: TestClient):
    assert client.get("/people", params={"name": "x" * 5_000}).status_code == 400


def test_an_empty_record_says_what_to_do(tmp_path: Path):
    with Collection(open_store(tmp_path / "a.onrecord", create=True)) as kept:
        assert "Add articles on the first page" in TestClient(make_app(kept), **HOST).get("/people").text


def test_a_record_in_which_nobody_is_known_says_so(tmp_path: Path):
    text = "It was said that it rains."
    said = make_statement(text, ["that it rains"], cue="was said", source=None)
    with Collection(open_store(tmp_path / "a.onrecord", create=True)) as kept:
        kept.add([make_small_record(text, [said])])
        page = TestClient(make_app(kept), **HOST).get("/people").text
    assert "Nobody who speaks in the record is known by name yet." in page


def test_a_person_has_roles_over_time_with_their_sources(client: TestClient, collection: Collection):
    page = page_of(client, collection, "Mira Vance")
    roles = re.search(r'id="roles".*?</section>', page, re.S)
    assert roles
    text = text_of(roles[0])
    assert "on the quay 4 May 2031 to 1 February 2032: The Tessaly Lantern, The Tessaly Lantern" in text
    assert "the bridge warden 3 May 2031" in text
    assert len(re.findall(r'href="/articles/[^"]+"', roles[0])) == 3
    assert "From 3 articles" in text


def test_how_many_articles_were_looked_at_is_told_and_more_can_be(client: TestClient, collection: Collection):
    text = text_of(page_of(client, collection, BUSY))
    assert f"From {LOOKED} articles, the newest and the oldest that quote them." in text
    text = text_of(page_of(client, collection, BUSY, "?look=closely"))
    assert f"From {SAID_BY_BUSY} articles." in text


def test_statements_stand_in_time_and_each_year_leads_to_the_timeline(
    client: TestClient, collection: Collection
):
    page = page_of(client, collection, BUSY)
    person = collection.people(BUSY)[0].person_id
    assert f'href="/timeline?speaker={person}&amp;when=2028"' in page
    bars = re.findall(r"<title>([^:]+): (\d+) statements?</title>", page)
    assert sum(int(count) for _, count in bars) == SAID_BY_BUSY
    assert re.match(r"\w+ 2028$", bars[0][0])


def test_outlets_that_report_somebody_lead_to_what_they_report(client: TestClient, collection: Collection):
    page = page_of(client, collection, BUSY)
    outlets = re.search(r'id="outlets".*?</section>', page, re.S)
    assert outlets
    found = re.findall(r'href="(/search[^"]+)".*?class="count">(\d+)<', outlets[0])
    assert len(found) == 3
    for address, count in found:
        assert f'<h2 id="results">{count} statements' in client.get(unescape(address)).text


def test_what_somebody_speaks_of_leads_to_those_statements(client: TestClient, collection: Collection):
    page = page_of(client, collection, "Mira Vance")
    topics = re.search(r'id="topics".*?</section>', page, re.S)
    assert topics
    address = re.search(r'<a href="([^"]+)"><bdi dir="auto">Beltown', topics[0])
    assert address
    assert len(statements_of(client.get(unescape(address[1])).text)) == 3


def test_all_statements_of_a_busy_person_are_reached_page_by_page(client: TestClient, collection: Collection):
    person = collection.people(BUSY)[0].person_id
    seen: list[str] = []
    query = ""
    while query is not None:
        page = client.get(f"/people/{person}{query}").text
        seen += statements_of(page)
        further = re.search(r'rel="next" href="([^"#]+)#statements"', page)
        query = unescape(further[1]) if further else None  # type: ignore[assignment]
    assert seen == [hit.statement_id for hit in collection.search(speaker=person, limit=100).hits]


def test_somebody_without_a_date_and_outlet_says_so(tmp_path: Path):
    with Collection(open_store(tmp_path / "a.onrecord", create=True)) as kept:
        kept.add([make_record(outlet=None, published=None)])
        text = text_of(page_of(TestClient(make_app(kept), **HOST), kept, "Mira Vance"))
    assert "1 statement on record" in text
    for reason in (
        "the articles that were looked at do not describe them",
        "no statement of theirs bears a date",
        "no article that quotes them names its outlet",
        "the statements that were looked at name nobody and no place",
    ):
        assert f"unknown: {reason}" in text


def test_an_id_that_nobody_has_is_told_with_those_near(client: TestClient):
    answer = client.get("/people/Mira%20Vance")
    assert answer.status_code == 404
    assert "Perhaps one of these" in answer.text
    assert "Mira Vance" in answer.text
    assert client.get("/people/person-00").status_code == 404
    assert client.get("/people/" + quote("person-" + "x" * 3_000)).status_code == 404


def test_a_place_in_a_list_that_there_is_not_is_told(client: TestClient, collection: Collection):
    person = collection.people(BUSY)[0].person_id
    assert client.get(f"/people/{person}?after=nonsense").status_code == 400


def test_people_who_were_judged_to_be_one_have_one_page(tmp_path: Path):
    with fill_press(tmp_path / "own.onrecord") as kept:
        client = TestClient(make_app(kept), **HOST)
        first, second = (kept.people(name)[0] for name in (BUSY, "Ilse Corran"))
        before = text_of(client.get(f"/people/{first.person_id}").text)
        merge(kept, first.person_id, second.person_id)
        (one,) = kept.people(first.person_id)
        for asked in (first.person_id, second.person_id):
            answer = client.get(f"/people/{asked}")
            assert answer.url.path == f"/people/{one.person_id}"
            text = text_of(answer.text)
            assert f"{first.statements + second.statements} statements on record" in text
            assert "judged to be the same" in text
        assert f"{first.statements} statements on record" in before


def test_only_those_who_may_write_are_asked_who_is_one(collection: Collection):
    person = collection.people(BUSY)[0].person_id
    tokens = (Token(secret="r" * 32, right="read"), Token(secret="w" * 32, right="write"))
    client = TestClient(make_app(collection, Settings(tokens=tokens)), **HOST)
    pages = {
        token.right: client.get(f"/people/{person}", headers={"Authorization": f"Bearer {token.secret}"}).text
        for token in tokens
    }
    assert "They are one" not in pages["read"]
    assert "They are one" in pages["write"]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_strangers_stay_words(tmp_path: Path, words: str):
    with Collection(open_store(tmp_path / "a.onrecord", create=True)) as kept:
        kept.add([hostile_record(words)])
        client = TestClient(make_app(kept), **HOST)
        (hit,) = kept.search().hits
        pages = [client.get(f"/people/{hit.person_id}"), client.get("/people")]
        pages += [
            client.get("/people", params={"name": words}),
            client.get(f"/people/{quote(words, safe='')}"),
        ]
    assert pages[0].status_code == 200
    for page in pages:
        assert "<script>" not in page.text
        assert "<img" not in page.text
        assert " onmouseover='" not in page.text
        outside = re.sub(r'<bdi class="hidden-sign"[^>]*>.</bdi>', "", page.text)
        assert not HIDDEN.search(outside)
