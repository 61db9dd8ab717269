"""A reading room is the same on either database: every page, and every question of the API."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.record.judging import Voice, correct_speaker
from onrecord.serve.app import make_app
from tests.serve.addresses import examples_of, fill_path, list_pages, room_in
from tests.serve.serving import fill_collection

OF_A_DROP = "/intakes/{intake_id}"  # nothing was dropped in here
QUESTIONS = ("q=bridge", "speaker=Vance", "when=2031-05", "status=unjudged&sort=confidence", "near=52,13,900")


@pytest.fixture
def collection(where: str) -> Iterator[Collection]:
    with closing(fill_collection(where)) as filled:
        yield filled


@pytest.fixture
def client(collection: Collection) -> Iterator[TestClient]:
    with TestClient(make_app(collection), base_url="http://localhost:8000") as asked:
        yield asked


def find_examples(client: TestClient, collection: Collection) -> dict[str, str]:
    record = next(collection.records())
    made = examples_of(room_in(client.app), record)
    return {"intake_id": "none", "report_id": "none", **made}


def test_every_page_is_shown(client: TestClient, collection: Collection):
    pages = list_pages(client.app, find_examples(client, collection))
    shown = [page for page in pages if "none" not in page]
    assert len(shown) > 12
    statuses = {page: client.get(page).status_code for page in shown}
    assert {page: status for page, status in statuses.items() if status != 200} == {}


@pytest.mark.parametrize("page", ["/search", "/timeline", "/review", "/api/statements", "/api/facets"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered(page: str, question: str, client: TestClient):
    assert client.get(f"{page}?{question}").status_code == 200


def test_the_api_answers_every_question_without_a_body(client: TestClient, collection: Collection):
    described = client.get("/api/openapi.json").json()["paths"]
    examples = find_examples(client, collection)
    asked = [path for path, ways in described.items() if "get" in ways and path != OF_A_DROP]
    assert len(asked) > 10
    words = {"/export": "?format=csv", "/people": "?name=Vance"}
    answers = {path: client.get(f"/api{fill_path(path, examples)}{words.get(path, '')}") for path in asked}
    assert {path: answer.text for path, answer in answers.items() if answer.status_code != 200} == {}


def test_what_a_reader_corrects_counts_at_once(client: TestClient, collection: Collection):
    hit = collection.search("frost").hits[0]
    form = {"act": "correct", "speaker": "unknown", "by": "Ada Quill"}
    assert client.post(f"/statements/{hit.statement_id}/judge", data=form).status_code == 200
    assert collection.search("frost").hits[0].speaker is None
    voice = Voice(by="Odo Lind", made_at="2031-06-02T09:00:00+00:00")
    judged = collection.show(hit.article_id)
    entity = judged.record.entities[0]
    collection.judge(correct_speaker(judged, hit.statement_id, voice, entity_id=entity.entity_id))
    assert client.get("/judgements").text.count("Odo Lind") >= 1
