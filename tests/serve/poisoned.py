"""A record every string of which a stranger wrote: each payload once in every field, and round it."""

import dataclasses
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.collection.face import Collection
from onrecord.collection.workers import LocalReader
from onrecord.engine import Engine
from onrecord.record import Container, Failure, HeaderField, Moment, Record, capture_id_of
from onrecord.record.judging import Voice, accept
from onrecord.serve.intake import Intakes
from onrecord.serve.room import Room
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.export.test_verdicts_html import hostile_report
from tests.factories import RULE
from tests.hostile import hostile_record

PATIENCE = 20.0


def poison(words: str) -> Record:
    """A record all of whose strings are these words; a NUL cannot be in a text, and is left out."""
    record = hostile_record(words.replace("\0", "") or "x")
    origin = dataclasses.replace(RULE, name=words, version=words)
    field = HeaderField(value=words, raw=words, span=None, origin=origin)
    moment = Moment(value="2031-05-03", precision="day", zone=words, raw=words, span=None, origin=origin)
    container = Container(name=words, place=words, sha256=words)
    capture = dataclasses.replace(record.capture, container=container, retrieved_at=words)
    assert capture_id_of(capture) == capture_id_of(record.capture)
    article = dataclasses.replace(
        record.article, agencies=(field,), published_at=moment, updated_at=moment, authors=(field, field)
    )
    return dataclasses.replace(record, capture=capture, article=article)


def fill_poisoned(where: Path, payloads: Sequence[str]) -> tuple[Collection, list[Record]]:
    """A new record of these, each judged in words of the same kind, with failures of the same."""
    collection = Collection(open_store(where, create=True))
    records = [poison(words) for words in payloads]
    report = collection.add(records)
    assert report.added == len(records), collection.failures()
    for words, record in zip(payloads, records, strict=True):
        _judge(collection, record, words)
    failures = [
        Failure(stage=words, reason=words, detail=words, subject=f"{words}{number}")
        for number, words in enumerate(payloads)
    ]
    collection.store.add_failures(failures, Reading(reader="a test"))
    return collection, records


def _judge(collection: Collection, record: Record, words: str) -> None:
    judged = collection.show(record.article.article_id)
    name = "".join(filter(str.isprintable, words))[:150].strip() or "Ada"
    voice = Voice(by=name, made_at="2031-06-01T09:00:00.000+00:00", note=words)
    collection.judge(accept(judged, judged.record.statements[0].statement_id, voice))


def fill_room(room: Room, client: Any, payloads: Sequence[str]) -> None:
    """Drops files that are called so, and keeps a report on a draft of such words."""
    room.intakes.close()
    engine = Engine()
    room.intakes = Intakes(room.collection, fetch=False, open_reader=lambda: LocalReader(engine))
    files = [
        ("files", (words.encode("utf-8", "replace").decode(), b"%PDF-1.7 \x00\x01")) for words in payloads
    ]
    assert client.post("/add", files=files).status_code < 400
    until = time.monotonic() + PATIENCE
    while room.intakes.running() and time.monotonic() < until:
        time.sleep(0.01)
    for words in payloads:
        room.verifications.keep(hostile_report(words))
