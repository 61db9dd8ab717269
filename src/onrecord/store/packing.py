"""Records and captures as a store keeps them: packed bytes, ids that are hashes, and back.

What comes back is checked: bytes that are not those of their hash, or a record that cannot be read, is a
`DamagedStoreError`.
"""

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from onrecord.errors import CodecError, DamagedStoreError, NewerStoreError, StoreError
from onrecord.record import (
    MEANING_WIDTH,
    SCHEMA_VERSION,
    Capture,
    Meanings,
    Record,
    capture_id_of,
    content_id,
    to_json,
)
from onrecord.record.codec import from_plain, to_plain
from onrecord.store.index_ids import pack_id

if TYPE_CHECKING:
    Found = Row[*tuple[Any, ...]]  # SQLAlchemy 2.0 takes one type alone when it runs

# Of the levels of zlib, 6 packs the record of a page to within 2 % of 9 in a third of its time.
LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """An extraction as a row: its id, and its JSON in zlib."""

    extraction_id: str
    packed: bytes


def pack_record(record: Record) -> Packed:
    """The record without its captured bytes, as it is kept."""
    line = to_json(record)
    return Packed(
        extraction_id=content_id("extraction", line), packed=zlib.compress(line.encode("utf-8"), LEVEL)
    )


def pack_meanings(meanings: Meanings) -> bytes:
    """Vectors one behind the other, each behind the length and the bytes of its statement's id."""
    packed = bytearray()
    for statement_id, vector in meanings.vectors:
        own = pack_id("statement", statement_id)
        packed += bytes([len(own)]) + own + vector
    return bytes(packed)


def unpack_meanings(packed: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The packed ids and the vectors, in order."""
    at = 0
    while at < len(packed):
        start = at + 1
        end = start + packed[at]
        at = end + MEANING_WIDTH
        yield packed[start:end], packed[end:at]


def unpack_record(row: "Found", where: str) -> Record:
    """The record of a row of extractions, which is the one that its id is the hash of.

    The hash tells that it is what was written; what a record from elsewhere is checked for besides would
    take as long again as reading it.
    """
    schema_version = row.schema_version
    if schema_version > SCHEMA_VERSION:
        raise NewerStoreError(
            f"It holds records of schema version {schema_version}; this onrecord reads {SCHEMA_VERSION}.",
            where=where,
            cure="Update onrecord: `pip install --upgrade onrecord`.",
        )
    try:
        line = zlib.decompress(row.packed).decode("utf-8")
        if content_id("extraction", line) != row.extraction_id:
            raise damaged(f"The record kept as {row.extraction_id} is not the one of that id.", where)
        return from_plain(json.loads(line), Record)
    except (zlib.error, ValueError, CodecError) as error:
        raise damaged(f"The record {row.extraction_id} cannot be read: {error}.", where) from error


def pack_body(capture: Capture) -> bytes:
    """The captured bytes, packed; raises `StoreError` where they are missing or not those of their hash."""
    if capture.body is None:
        raise StoreError(
            f"The capture {capture.sha256} came without its bytes.",
            where=capture.url,
            cure="Add the article from where it was captured, or from JSON that was written with its bytes.",
        )
    if hashlib.sha256(capture.body).hexdigest() != capture.sha256:
        raise StoreError(
            f"The bytes of the capture are not those of its hash, {capture.sha256}.",
            where=capture.url,
            cure="Add the article from where it was captured.",
        )
    return zlib.compress(capture.body, LEVEL)


def unpack_body(packed: bytes, sha256: str, where: str) -> bytes:
    """The captured bytes, which are those of the hash."""
    try:
        body = zlib.decompress(packed)
    except zlib.error as error:
        raise damaged(f"The captured bytes {sha256} cannot be unpacked: {error}.", where) from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise damaged(f"The captured bytes kept as {sha256} are not those of that hash.", where)
    return body


def damaged(problem: str, where: str) -> DamagedStoreError:
    """The error for what was kept and is not what it was."""
    return DamagedStoreError(
        problem,
        where=where,
        cure="Run `onrecord doctor` to see how much is damaged; restore a copy, or add the articles anew.",
    )


def pack_sighting(capture: Capture) -> tuple[str, str]:
    """The id of this meeting with a capture, and what was stated then, as JSON without the bytes."""
    box = capture.container
    place = (box.name, box.place, box.sha256) if box else ()
    sighting_id = content_id("sighting", capture_id_of(capture), capture.retrieved_at or "", *place)
    return sighting_id, plain_json(dataclasses.replace(capture, body=None))


def plain_json(value: object) -> str:
    """A dataclass as JSON that any database can hold: ASCII, always the same characters."""
    return json.dumps(to_plain(value), separators=(",", ":"), sort_keys=True)
