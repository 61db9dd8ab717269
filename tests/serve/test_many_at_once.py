"""Thirty people work on one record at once: each is answered, and nothing that anybody said is lost."""

import threading
from collections import Counter

from starlette.testclient import TestClient

from onrecord.record import Query
from onrecord.serve.app import make_app
from tests.serve.intaking import FakeEngine, finish, open_intakes
from tests.serve.serving import fill_collection

PEOPLE, TURNS = 30, 2
PAGES = (
    "/",
    "/search?q=bridge",
    "/timeline",
    "/people",
    "/review",
    "/judgements",
    "/failures",
    "/api/facets?q=the",
)


def test_thirty_people_at_once_are_answered_and_no_judgement_is_lost(tmp_path):
    statuses: Counter[tuple[str, int]] = Counter()
    with (
        fill_collection(tmp_path / "held.onrecord", engine=FakeEngine()) as collection,
        TestClient(make_app(collection), base_url="http://localhost:8000", follow_redirects=False) as room,
    ):
        inner = room.app
        while not hasattr(inner, "state"):
            inner = inner.app
        intakes = inner.state.room.intakes = open_intakes(collection)
        hits = collection.search(Query(limit=100)).hits
        room.post("/add", data={"text": "Read again and again."})
        (again,) = finish(intakes.recent()[0]).outcomes()
        before = len(collection.store.judgements())

        def work(number: int) -> None:
            hit = hits[number % len(hits)]
            for turn in range(TURNS):
                said = {"act": "accept", "by": f"Reader {number}", "note": f"Turn {turn}"}
                sent = {
                    "judge": room.post(f"/statements/{hit.statement_id}/judge", data=said),
                    "read": room.get(PAGES[(number + turn) % len(PAGES)]),
                    "article": room.get(f"/articles/{hit.article_id}?statement={hit.statement_id}"),
                }
                if number < 6:
                    sent["add"] = room.post("/add", data={"text": f"Text {turn} of reader {number}."})
                elif number < 9:
                    sent["reread"] = room.post(f"/articles/{again.article_id}/reread")
                for name, answer in sent.items():
                    statuses[name, answer.status_code] += 1

        people = [threading.Thread(target=work, args=(number,)) for number in range(PEOPLE)]
        for one in people:
            one.start()
        for one in people:
            one.join(60)
        for intake in intakes.recent():
            assert finish(intake).state == "done", intake.problem
        made = len(collection.store.judgements()) - before
        intakes.close()
    busy = {("add", 503), ("reread", 503)}  # twenty drops wait at most
    assert {key for key in statuses if key[1] >= 400} <= busy, statuses
    assert statuses["judge", 303] == made == PEOPLE * TURNS
