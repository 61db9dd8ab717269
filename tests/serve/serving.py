"""A reading room that really listens: a record in, an address out; and records to serve, made by hand."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from onrecord.collection.face import Collection
from onrecord.engine import Engine
from onrecord.record import Failure, Record
from onrecord.record.judging import Voice, accept
from onrecord.serve.app import make_app
from onrecord.serve.settings import Settings
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests import bridge
from tests.factories import make_record

SOON = 20.0  # seconds in which a server starts or stops; else something is wrong
VOICE = Voice(by="Ada Quill", made_at="2031-06-01T09:00:00.000+00:00", note="Heard it myself.")
SAID = (
    ("The bridge stays shut until the frost,", "Mira Vance", "The Tessaly Lantern", "2031-05-03"),
    ("No bolt is safe before the spring,", "Mira Vance", "Brightwater Post", "2031-05-04T17:20:00+02:00"),
    ("The ferry is free for everybody,", "Ondrej Vale", "The Tessaly Lantern", "2031-05-06"),
    ("We were never asked,", "Ilse Corran", "Quay Courier", "2032-01-15"),
    ("The bill is ours to pay,", "Ondrej Vale", None, None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedRoom:
    """A record that is served: where, by which app, and the same record to ask directly."""

    url: str
    app: ASGIApp
    collection: Collection


def make_records() -> list[Record]:
    """A few articles of several outlets, people and days: one has every shape, one no outlet and no day."""
    made = [
        make_record(words, speaker=who, outlet=outlet, published=day, url=f"https://news.invalid/{number}")
        for number, (words, who, outlet, day) in enumerate(SAID)
    ]
    return [bridge.make_record(), *made]


def fill_collection(where: str | Path, *, engine: Engine | None = None) -> Collection:
    """A new record with these articles, a judgement and a failure; whoever asks for it closes it."""
    collection = Collection(open_store(where, create=True), engine=engine)
    records = make_records()
    collection.add(records)
    judged = collection.show(records[1].article.article_id)
    collection.judge(accept(judged, judged.record.statements[0].statement_id, VOICE))
    _add_failure(collection)
    return collection


def _add_failure(collection: Collection) -> None:
    failure = Failure(stage="read", reason="EmptyInputError", detail="There is no text.", subject="empty.txt")
    collection.store.add_failures([failure], Reading(reader="a test"))


@contextlib.contextmanager
def serve(collection: Collection, settings: Settings | None = None) -> Iterator[ServedRoom]:
    """The room of a record on a free port of this machine, for as long as the block runs."""
    app = make_app(collection, settings)
    config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=server.run, args=([listener],), name="reading-room")
        thread.start()
        try:
            yield ServedRoom(url=f"http://127.0.0.1:{port}", app=app, collection=collection)
        finally:
            server.should_exit = True
            thread.join(SOON)
    assert not thread.is_alive(), "The server did not stop."


@contextlib.contextmanager
def serve_new(where: Path) -> Iterator[ServedRoom]:
    """A new record with a few articles, served and closed afterwards."""
    with contextlib.closing(fill_collection(where)) as collection, serve(collection) as room:
        yield room
