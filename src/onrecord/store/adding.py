"""The rows of captures and of what was read from them: entries in, rows out, in the transaction given.

What is there already is found by its id and never kept twice, so that adding again changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, insert, select, update

from onrecord.errors import StoreError
from onrecord.record import Capture, Failure, Record, capture_id_of, content_id
from onrecord.store.base import Reading
from onrecord.store.packing import pack_body, pack_meanings, pack_record, pack_sighting
from onrecord.store.tables import (
    articles,
    bodies,
    captures,
    extractions,
    failures,
    meanings,
    readings,
    sightings,
)

# Made once: making a statement takes longer than asking it.
FIND_BODY = select(bodies.c.size_bytes).where(bodies.c.sha256 == bindparam("wanted"))
FIND_CAPTURE = select(captures.c.capture_key, captures.c.newest_key).where(
    captures.c.capture_id == bindparam("wanted")
)
FIND_ARTICLE = select(articles.c.article_key, articles.c.capture_key).where(
    articles.c.article_id == bindparam("wanted")
)
FIND_READING = select(readings.c.reading_key, readings.c.extraction_key).where(
    readings.c.capture_key == bindparam("capture"),
    readings.c.reader == bindparam("with_reader"),
    readings.c.settings == bindparam("with_settings"),
)
FIND_SIGHTING, FIND_FAILURE, FIND_EXTRACTION = (
    select(key).where(name == bindparam("wanted"))
    for key, name in (
        (sightings.c.sighting_key, sightings.c.sighting_id),
        (failures.c.failure_key, failures.c.failure_id),
        (extractions.c.extraction_key, extractions.c.extraction_id),
    )
)
SHOW = (
    update(captures)
    .where(captures.c.capture_key == bindparam("capture"))
    .values(newest_key=bindparam("newest"))
)
MEND = (
    update(readings)
    .where(readings.c.reading_key == bindparam("known"))
    .values(extraction_key=bindparam("extraction"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An extraction that became the one that is shown of its capture; `before` is the one until then."""

    capture_key: int
    article_key: int
    extraction_key: int
    before: int | None


def add_capture(connection: Connection, capture: Capture) -> tuple[int, int | None]:
    """The key of a capture, kept now or before, and of its extraction that is shown; its sighting is kept."""
    capture_id = capture_id_of(capture)
    found = connection.execute(FIND_CAPTURE, {"wanted": capture_id}).first()
    if found is None:
        _add_body(connection, capture)
        row: dict[str, Any] = {"capture_id": capture_id, "sha256": capture.sha256, "url": capture.url}
        capture_key, newest_key = _insert(connection, captures, row), None
    else:
        capture_key, newest_key = found
    sighting_id, meta_json = pack_sighting(capture)
    if _find_key(connection, FIND_SIGHTING, sighting_id) is None:
        row = {"capture_key": capture_key, "sighting_id": sighting_id, "meta_json": meta_json}
        _insert(connection, sightings, row)
    return capture_key, newest_key


def add_reading(
    connection: Connection, capture: Capture, outcome: Record | Failure, reading: Reading
) -> Shown | None:
    """Keeps what a reading made of a capture; what is shown of it now, where that is another record.

    The same reading of the same capture counts once; only a failure gives way to a record. A failure shows
    nothing: what was read before stays in view.
    """
    capture_key, before = add_capture(connection, capture)
    known = connection.execute(FIND_READING, _wanted(capture_key, reading)).first()
    if known is not None and (known.extraction_key is not None or isinstance(outcome, Failure)):
        return None
    row: dict[str, Any] = {
        "capture_key": capture_key, "reader": reading.reader, "settings": reading.settings,
        "extraction_key": None, "failure_key": None,
    }  # fmt: skip
    if isinstance(outcome, Failure):
        connection.execute(insert(readings), row | {"failure_key": add_failure(connection, outcome, reading)})
        return None
    article_key = _add_article(connection, capture_key, outcome)
    extraction_key = _add_extraction(connection, article_key, outcome, reading)
    if known is None:
        connection.execute(insert(readings), row | {"extraction_key": extraction_key})
    else:
        connection.execute(MEND, {"known": known.reading_key, "extraction": extraction_key})
    if extraction_key == before:
        return None
    connection.execute(SHOW, {"capture": capture_key, "newest": extraction_key})
    return Shown(
        capture_key=capture_key, article_key=article_key, extraction_key=extraction_key, before=before
    )


def add_failure(connection: Connection, failure: Failure, reading: Reading) -> int:
    """The key of a failure, kept now or before."""
    told = {name: getattr(failure, name) for name in ("stage", "reason", "detail", "subject")}
    failure_id = content_id("failure", *told.values())
    known = _find_key(connection, FIND_FAILURE, failure_id)
    if known is not None:
        return known
    return _insert(connection, failures, told | {"failure_id": failure_id, "reader": reading.reader})


def find_reading(connection: Connection, capture: Capture, reading: Reading) -> int | None:
    """The key of the capture where this reading of it is kept."""
    found = connection.execute(FIND_CAPTURE, {"wanted": capture_id_of(capture)}).first()
    if found is None:
        return None
    known = connection.execute(FIND_READING, _wanted(found[0], reading)).first()
    return None if known is None else int(found[0])


def knows_sighting(connection: Connection, capture: Capture) -> bool:
    """Whether the capture was met in this place at this time before."""
    return _find_key(connection, FIND_SIGHTING, pack_sighting(capture)[0]) is not None


def _add_body(connection: Connection, capture: Capture) -> None:
    if connection.execute(FIND_BODY, {"wanted": capture.sha256}).first() is None:
        row = {"sha256": capture.sha256, "size_bytes": capture.size_bytes, "packed": pack_body(capture)}
        connection.execute(insert(bodies), row)


def _add_article(connection: Connection, capture_key: int, record: Record) -> int:
    article_id = record.article.article_id
    found = connection.execute(FIND_ARTICLE, {"wanted": article_id}).first()
    if found is None:
        return _insert(connection, articles, {"article_id": article_id, "capture_key": capture_key})
    if found.capture_key != capture_key:
        raise StoreError(
            f"The article {article_id} is kept already, as read from another capture.",
            where=record.article.url,
            cure="Read the article again from its capture: an article's id is made of it.",
        )
    return int(found.article_key)


def _add_extraction(connection: Connection, article_key: int, record: Record, reading: Reading) -> int:
    packed = pack_record(record)
    known = _find_key(connection, FIND_EXTRACTION, packed.extraction_id)
    if known is not None:
        return known
    row = {
        "extraction_id": packed.extraction_id, "article_key": article_key, "reader": reading.reader,
        "schema_version": record.schema_version, "packed": packed.packed,
    }  # fmt: skip
    key = _insert(connection, extractions, row)
    if record.meanings is not None and record.meanings.vectors:
        vectors = pack_meanings(record.meanings)
        row = {"extraction_key": key, "model": record.meanings.model, "packed": vectors}
        connection.execute(insert(meanings), row)
    return key


def _wanted(capture_key: int, reading: Reading) -> dict[str, Any]:
    return {"capture": capture_key, "with_reader": reading.reader, "with_settings": reading.settings}


def _insert(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _find_key(connection: Connection, find: "Select[int]", wanted: str) -> int | None:
    """The key of the row with this id."""
    key = connection.execute(find, {"wanted": wanted}).scalar_one_or_none()
    return None if key is None else int(key)
