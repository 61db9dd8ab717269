"""The API asked whatever its description allows, and what not: no fault of ours, no answer of another shape.

Requests are made by schemathesis from the OpenAPI document of a real small record, the same ones every time;
ONRECORD_FUZZ=500 makes so many of each operation, other ones every time.
"""

import os
import time
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from onrecord.collection.tasks import Item, Result
from onrecord.record import Failure
from onrecord.serve.api import make_api
from onrecord.serve.app import make_app
from onrecord.serve.intake import Intakes
from onrecord.serve.room import Room
from onrecord.serve.settings import Settings
from tests.serve.serving import fill_collection

LOUD = int(os.environ.get("ONRECORD_FUZZ", "0"))
EXAMPLES = LOUD or 15
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    unsupported_method,
]


class NothingReader:
    """Reads nothing: whatever was given fails at once. What is read well is tested elsewhere."""

    def run(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result]]:
        for item in items:
            yield item, item if isinstance(item, Failure) else self.read(item)

    def read(self, task: object) -> Failure:
        return Failure(stage="read", reason="EmptyInputError", detail="Nothing is read here.", subject="it")

    def close(self) -> None:
        pass


class Door:
    """An app that is put in place when the tests run: what is asked of it is known before."""

    app = None

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":  # whoever made the room ends it, and not the tests of each operation
            await self.app(scope, receive, send)


DOOR = Door()


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """That of a small record of its own, which may be written; it reads nothing that it is given."""
    with fill_collection(tmp_path_factory.mktemp("fuzz") / "a.onrecord") as collection:
        DOOR.app = make_app(collection, Settings(fetch=False, hosts=frozenset({"testserver"})))
        made = DOOR.app.app.app.state.room
        made.intakes = Intakes(collection, fetch=False, open_reader=NothingReader)
        yield made
        made.intakes.close()


@pytest.fixture(scope="module")
def known_ids(room):
    """Ids that there are, for requests to be of something: by the name of the parameter."""
    hit = room.collection.search().hits[0]
    return {
        "article_id": [hit.article_id],
        "statement_id": [hit.statement_id, hit.statement_id[:20]],
        "person_id": [hit.person_id],
        "judgement_id": [one.judgement_id for one in room.store.judgements()],
    }


def make_schema():
    """The description is that of any room."""
    api = make_api(Room(collection=None, settings=Settings(), intakes=None))
    made = schemathesis.openapi.from_dict(api.openapi())
    made.app = DOOR
    return made


schema = make_schema()


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not LOUD,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_asked_is_answered_as_described(case, room, known_ids):
    give_known_ids(case, known_ids)
    wait_for_intakes(room)
    case.call_and_validate(checks=CHECKS)


def give_known_ids(case, known_ids):
    """In every second request the ids are ones that there are."""
    for given in (case.path_parameters, case.body):
        for name in known_ids.keys() & (given if isinstance(given, dict) else {}).keys():
            if len(str(given)) % 2:
                given[name] = known_ids[name][len(str(given)) % len(known_ids[name])]


def wait_for_intakes(room):
    """Nobody gives more at once than may wait."""
    until = time.monotonic() + 10
    while len(room.intakes.running()) > 10 and time.monotonic() < until:
        time.sleep(0.01)
