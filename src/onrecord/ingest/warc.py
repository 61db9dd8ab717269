"""WARC files (ISO 28500, 1.0 and 1.1), plain or gzip: a stream in, a capture a page out.

The framing is our own: FastWARC 2.0 ends at the first broken record, reads a wrong length as if it
were right and says nothing of either. Here each broken record is a failure, and the next is found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader

from onrecord.errors import DamagedInputError, EmptyInputError, InputError, TooLargeError
from onrecord.ingest.capture import HTML_TYPES, MAX_BYTES, VAGUE_TYPES
from onrecord.ingest.found import contain, fail, try_capture
from onrecord.ingest.http_message import decode_payload, parse_header, parse_response
from onrecord.ingest.streams import GZIP_MAGIC, gzip_chunks, plain_chunks
from onrecord.ingest.tape import Tape
from onrecord.record import Capture, Failure

MAX_HEADER_BYTES = 64 * 1024
# A page of the largest size and its HTTP header; a record with more is passed without being held.
MAX_BLOCK_BYTES = MAX_BYTES + 256 * 1024
MAX_LENGTH_DIGITS = 12  # a terabyte: no record is as long, and to pass it would be to read to the end
_START = re.compile(rb"WARC/\d\.\d+\r?\n[\w-]+:")
_START_BYTES = 512  # more than a match of `_START` has before the colon
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_PAGE_START = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html)", re.IGNORECASE)
_PAGE_RECORDS = frozenset({"response", "resource", "conversion"})
_SCHEMES = ("http://", "https://", "file:")
OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """A record: its header names in lower case, its block as it was stored, where in the file it began."""

    header: dict[str, str]
    block: bytes
    offset: int

    @property
    def place(self) -> str:
        """Where it stood, in words."""
        return f"record {self.header.get('warc-record-id', 'without an id')} at byte {self.offset}"


def read_warc(
    stream: BufferedReader, name: str, *, size_bytes: int | None = None
) -> Iterator[Capture | Failure]:
    """A capture for each page of a WARC file, a failure for each record that is broken.

    Redirects and errors (any status but 200), pictures, requests and what else is no page are passed
    over. `size_bytes` is the length of a plain file, where known: it unmasks lengths that cannot be.
    """
    packed = stream.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC)
    tape = Tape(gzip_chunks(stream) if packed else plain_chunks(stream), exact=not packed)
    records = 0
    found = 0
    for item in read_records(tape, name, size_bytes=None if packed else size_bytes):
        records += isinstance(item, WarcRecord)
        entry = capture_record(item, name) if isinstance(item, WarcRecord) else item
        if entry is not None:
            found += 1
            yield entry
    if not found:
        yield fail(EmptyInputError(f"None of its {records:,} records is a page that was found."), name)


def read_records(tape: Tape, name: str, *, size_bytes: int | None = None) -> Iterator[WarcRecord | Failure]:
    """The records of a tape in order; a failure for each broken one, and for each stretch that is none."""
    while True:
        while tape.peek(1) in (b"\r", b"\n"):
            tape.take(1)
        offset = tape.offset
        if not tape.peek(1):
            if (broke := tape.pass_break()) is None:
                return
            yield _damage(f"From byte {broke.offset:,}, {broke.reason}.", name, offset=broke.offset)
            continue
        if not _START.match(tape.peek(_START_BYTES)):
            passed = tape.skip_before(_START, _START_BYTES)
            yield _damage(f"{passed:,} bytes stand here that are no WARC record.", name, offset=offset)
            tape.pass_break()
            continue
        yield _read_record(tape, name, offset, size_bytes)


def _read_record(tape: Tape, name: str, offset: int, size_bytes: int | None) -> WarcRecord | Failure:
    """The record that the tape stands at; the tape is left after it, or at the next where it is broken."""
    head = tape.take_until(_END_OF_HEADER, MAX_HEADER_BYTES)
    if head is None:
        tape.take(len(b"WARC/"))
        tape.skip_before(_START, _START_BYTES)
        return _damage("The record's header has no end.", name, offset=offset)
    header = parse_header(head.decode("utf-8", "replace").splitlines()[1:])
    stated = header.get("content-length", "")
    length = int(stated) if stated.isascii() and stated.isdigit() and len(stated) <= MAX_LENGTH_DIGITS else -1
    here = WarcRecord(header=header, block=b"", offset=offset)
    if length < 0 or (size_bytes is not None and length > size_bytes):
        tape.skip_before(_START, _START_BYTES)
        return _damage(f"The record's length, {stated[:40]!r}, cannot be.", name, offset=offset, record=here)
    if length > MAX_BLOCK_BYTES:
        return _skip_record(tape, name, here, length)
    return _read_block(tape, name, here, length)


def _read_block(tape: Tape, name: str, here: WarcRecord, length: int) -> WarcRecord | Failure:
    block = tape.take(length)
    ending = tape.take(4)
    tape.put_back(ending)
    complete = len(block) == length
    if complete and ending[:1] in (b"\r", b"\n"):
        return WarcRecord(header=here.header, block=block, offset=here.offset)
    if complete and (not ending or ending.startswith(b"WARC")):
        return WarcRecord(header=here.header, block=block, offset=here.offset)
    swallowed = _START.search(block)
    if swallowed:
        tape.put_back(block[swallowed.start() :])
    elif complete:
        tape.skip_before(_START, _START_BYTES)
    if swallowed or complete:
        problem = f"The record's length, {length:,} bytes, is wrong: {'more' if swallowed else 'fewer'} than"
        return _damage(f"{problem} it has.", name, offset=here.offset, record=here)
    broke = tape.pass_break()
    reason = f": {broke.reason}" if broke else ""
    return _damage(
        f"The record is cut off after {len(block):,} of {length:,} bytes{reason}.",
        name,
        offset=here.offset,
        record=here,
    )


def _skip_record(tape: Tape, name: str, here: WarcRecord, length: int) -> Failure:
    passed = tape.skip(length, b"WARC/")
    if passed < length:
        problem = f"The record is said to have {length:,} bytes and has {passed:,}."
        tape.pass_break()
        return _damage(problem, name, offset=here.offset, record=here)
    error = TooLargeError(f"The record has {length:,} bytes; an article may have {MAX_BYTES:,}.")
    return fail(error, f"{name}: {here.place}")


def _damage(problem: str, name: str, *, offset: int, record: WarcRecord | None = None) -> Failure:
    place = record.place if record else f"byte {offset}"
    return fail(DamagedInputError(problem), f"{name}: {place}")


def capture_record(record: WarcRecord, name: str) -> Capture | Failure | None:
    """The capture of the page that a record holds, a failure where it is broken, None where it holds none."""
    kind = record.header.get("warc-type", "").lower()
    url = record.header.get("warc-target-uri", "").strip("<>")
    if kind not in _PAGE_RECORDS or (url and not url.lower().startswith(_SCHEMES)):
        return None
    try:
        payload, body, media_type = _read_payload(record, kind)
    except InputError as error:
        return fail(error, f"{name}: {record.place}")
    if body is None or not _is_page(media_type, body, url):
        return None
    return try_capture(
        body,
        contain(name, record.place, payload),
        media_type=media_type,
        url=url or None,
        retrieved_at=_read_date(record.header.get("warc-date", "")),
    )


def _read_payload(record: WarcRecord, kind: str) -> tuple[bytes, bytes | None, str]:
    """The payload as stored, its body (None where it is no page) and its media type."""
    if kind != "response" or not record.header.get("content-type", "").startswith("application/http"):
        return record.block, record.block, record.header.get("content-type", "")
    message = parse_response(record.block)
    media_type = message.header.get("content-type", "")
    if message.status != OK or not _may_be_page(media_type):
        return message.payload, None, media_type
    body = decode_payload(message, cut="warc-truncated" in record.header)
    return message.payload, body, media_type


def _may_be_page(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().lower()
    return kind in HTML_TYPES or kind in VAGUE_TYPES or kind == "text/plain"


def _is_page(media_type: str, body: bytes, url: str) -> bool:
    """Whether it is a page or a text: no robots.txt; of untyped bytes only those that begin as a page."""
    if not _may_be_page(media_type) or url.partition("?")[0].endswith("/robots.txt"):
        return False
    untyped = media_type.partition(";")[0].strip().lower() in VAGUE_TYPES
    return not untyped or _PAGE_START.match(body[:1024]) is not None


def _read_date(stated: str) -> str | None:
    """The moment of a WARC-Date, where it is one with an offset."""
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return stated if moment.tzinfo else None
