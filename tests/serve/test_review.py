"""The queue of what nobody judged, who judged what, who is whom, and one's own name."""

import contextlib
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.record import Query
from onrecord.serve.app import make_app
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.bridge import make_record
from tests.serve.serving import fill_collection

RECORD = make_record()
FORM = re.compile(r'action="/statements/(statement-[0-9a-f]+)/judge"')


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """A record of a few articles, one statement of which is judged."""
    with contextlib.closing(fill_collection(tmp_path / "news.onrecord")) as opened:
        yield opened


@pytest.fixture
def room(collection: Collection) -> Iterator[TestClient]:
    """The browser of Ilka Stern."""
    with TestClient(make_app(collection), base_url="http://localhost:8000") as client:
        client.post("/you", data={"by": "Ilka Stern"})
        yield client


def asked_in(page: str) -> str | None:
    """The statement that a page of the queue asks about."""
    found = FORM.search(page)
    return found[1] if found else None


def skip_from(page: str) -> str:
    found = re.search(r'href="([^"]+)" data-key="s"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_the_least_sure_that_nobody_judged_comes_first(room, collection):
    (first,) = collection.search(Query(sort="confidence", status="unjudged", limit=1)).hits
    page = room.get("/review").text
    assert asked_in(page) == first.statement_id
    assert f"{first.confidence:.0%} sure of the statement as a whole" in page


def test_what_is_judged_falls_out_of_the_queue_until_it_is_empty(room, collection):
    seen = []
    while (wanted := asked_in(page := room.get("/review").text)) is not None:
        seen.append(wanted)
        room.post(f"/statements/{wanted}/judge", data={"act": "accept", "next": "/review"})
    assert len(seen) == len(set(seen)) == collection.counts().statements - 1
    assert "Every statement is judged." in page
    assert "without status" not in page


def test_after_a_judgement_the_next_is_shown_with_a_way_back(room):
    wanted = asked_in(room.get("/review").text)
    page = room.post(f"/statements/{wanted}/judge", data={"act": "reject", "next": "/review"}).text
    assert asked_in(page) != wanted
    assert 'role="status"' in page
    assert "Ilka Stern</bdi> rejected" in page
    assert "You judged 1 statement today." in page
    undo = re.search(r'action="(/judgements/[^"]+/withdraw)"', page)
    again = room.post(undo[1], data={"next": "/review"}).text
    assert asked_in(again) == wanted
    assert "Taken back:" in again


def test_skipping_goes_on_and_ends_and_what_was_skipped_stays(room):
    seen, page = [], room.get("/review").text
    while (wanted := asked_in(page)) is not None:
        seen.append(wanted)
        page = room.get(skip_from(page)).text
    assert len(seen) == len(set(seen)) == 14
    assert "What you skipped is still to be judged." in page
    assert asked_in(room.get("/review").text) == seen[0]


def test_one_may_review_what_one_speaker_said_alone(room):
    page = room.get("/review?speaker=Ondrej Vale&form=direct").text
    assert "speaker: " in page
    assert "2 statements are not judged yet" in page
    assert "speaker=Ondrej+Vale" in skip_from(page)
    assert "form=direct" in skip_from(page)


def test_how_many_are_left_is_told(room):
    assert "14 statements are not judged yet" in room.get("/review").text


def test_a_question_that_nothing_answers_says_so(room):
    page = room.get("/review?speaker=Ann Nobody")
    assert page.status_code == 200
    assert "Review all" in page.text


def test_a_record_without_statements_says_what_to_do(tmp_path):
    with Collection(open_store(tmp_path / "empty.onrecord", create=True)) as collection:
        page = TestClient(make_app(collection), base_url="http://localhost:8000").get("/review").text
    assert "Add articles first." in page


def test_the_statement_is_shown_in_its_paragraph_with_offsets_of_the_article(tmp_path):
    with Collection(open_store(tmp_path / "one.onrecord", create=True)) as collection:
        collection.store.add_records([(RECORD.capture, RECORD)], Reading(reader="a test"))
        client = TestClient(make_app(collection), base_url="http://localhost:8000")
        page = client.get(f"/statements/{RECORD.statements[6].statement_id}/judge").text
    start = RECORD.statements[6].content[0].start_char
    assert re.search(rf'<mark[^>]* data-at="{start}"[^>]*class="[^"]* on"', page)
    assert "The tolls would rise" in page
    assert "Mira Vance</" not in page.partition('id="text"')[2].partition("</article>")[0]
    assert page.count("<h1") == 1
    assert "Who said it is unknown: the sentence names nobody." in page


def test_who_judged_what_is_listed_the_newest_first(room, collection):
    wanted = asked_in(room.get("/review").text)
    room.post(f"/statements/{wanted}/judge", data={"act": "accept", "note": "Seen <myself>."})
    page = room.get("/judgements").text
    assert page.index("Ilka Stern</bdi></b> accepted") < page.index("Ada Quill</bdi></b> accepted")
    assert "Seen &lt;myself&gt;." in page
    only = room.get("/judgements?by=ada quill").text
    assert "Heard it myself." in only
    assert "Ilka Stern</bdi></b>" not in only


def test_a_judgement_is_taken_back_from_the_list_and_stays_marked(room, collection):
    (made,) = collection.store.judgements()
    page = room.post(f"/judgements/{made.judgement_id}/withdraw", data={"next": "/judgements"}).text
    assert "<strong>withdrawn</strong> by" in page
    assert collection.store.judgements()[0].withdrawn_by == "Ilka Stern"


def test_a_judgement_that_fits_no_more_says_why(room, collection):
    (made,) = collection.store.judgements()
    judged = collection.show(made.target.article_id)
    bare = dataclasses.replace(judged.record, statements=())
    collection.store.add_records([(bare.capture, bare)], Reading(reader="a newer test"))
    page = room.get("/judgements").text
    assert "Counts no more." in page
    assert "The article was read anew" in page


def test_many_judgements_are_on_pages(room):
    pages = []
    for _ in range(14):
        wanted = asked_in(room.get("/review").text)
        for act in ("reject", "accept"):
            room.post(f"/statements/{wanted}/judge", data={"act": act})
    for number in (1, 2):
        pages.append(room.get(f"/judgements?page={number}").text)
    assert [page.count("</b> ") for page in pages] == [25, 4]
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[1]


@pytest.mark.parametrize("page", ["0", "x", "-1", "99999999", "1e3"])
def test_a_page_that_cannot_be_is_refused(room, page):
    assert room.get(f"/judgements?page={page}").status_code == 400


def test_two_people_are_taken_for_one_and_told_apart_again(room, collection):
    (vance,) = collection.people("Mira Vance")
    page = room.post(f"/people/{vance.person_id}/merge", data={"other": "Ilse Corran", "next": "/judgements"})
    assert re.search(
        r"took for one: <span[^>]*><bdi[^>]*>(Mira Vance and Ilse Corran|Ilse Corran and Mira Vance)<",
        page.text,
    )
    (one,) = collection.people("Ilse Corran")
    assert {"Mira Vance", "Ilse Corran"} <= set(one.names)
    made = collection.store.judgements()[-1]
    room.post(f"/judgements/{made.judgement_id}/withdraw", data={"next": "/judgements"})
    assert "Mira Vance" not in collection.people("Ilse Corran")[0].names


def test_merging_leads_to_the_person_with_a_way_back(room, collection):
    (vance,) = collection.people("Mira Vance")
    (corran,) = collection.people("Ilse Corran")
    for one, other in ((vance, corran), (corran, vance)):
        answer = room.post(f"/people/{one.person_id}/merge", data={"other": other.person_id})
        if one is vance:
            assert answer.status_code == 200
            assert "took for one" in answer.text
            assert ">Undo<" in answer.text
        else:
            assert answer.status_code == 422  # they are one already


def test_merging_twice_is_kept_once(room, collection):
    (vance,) = collection.people("Mira Vance")
    (corran,) = collection.people("Ilse Corran")
    for _ in range(2):
        room.post(f"/people/{vance.person_id}/merge", data={"other": corran.person_id, "next": "/you"})
    assert [made.kind for made in collection.store.judgements()] == ["accept", "merge"]


def test_who_is_named_by_several_names_is_asked_for(room, collection):
    (vance,) = collection.people("Mira Vance")
    answer = room.post(f"/people/{vance.person_id}/merge", data={"other": "a"})
    assert answer.status_code == 422
    nobody = room.post(f"/people/{vance.person_id}/merge", data={"other": "Ann Nobody"})
    assert "Nobody else in the record bears this name." in nobody.text
    assert room.post(f"/people/{vance.person_id}/merge", data={"other": " "}).status_code == 422
    assert room.post("/people/person-0000/merge", data={"other": "Ilse Corran"}).status_code == 404
    assert len(collection.store.judgements()) == 1


def test_a_speaker_is_told_apart_from_who_bears_the_name(room, collection):
    hits = collection.search(speaker="Ondrej Vale").hits
    for _ in range(2):
        room.post(f"/statements/{hits[0].statement_id}/split", data={"next": "/you"})
    made = [one for one in collection.store.judgements() if one.kind == "split"]
    assert len(made) == 1
    now = {hit.statement_id: hit.person_id for hit in collection.search(speaker="Ondrej Vale").hits}
    assert len(set(now.values())) == 2


def test_ones_name_is_kept_and_changed(collection):
    client = TestClient(make_app(collection), base_url="http://localhost:8000")
    assert "Who are you?" in client.get("/you").text
    page = client.post("/you", data={"by": "Zoë “Q” <b>", "next": "/you"}).text
    assert 'You are <bdi dir="auto">Zoë “Q” &lt;b&gt;</bdi>' in page
    refused = client.post("/you", data={"by": " "})
    assert (refused.status_code, "no name was given" in refused.text) == (422, True)
