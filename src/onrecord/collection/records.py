"""Records that were read elsewhere: a file of them in, as `onrecord read --json --keep-body` writes it, each
out that its own bytes bear out; a failure for each that they do not.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.errors import CodecError, DamagedInputError, OnrecordError
from onrecord.record import Failure, Record, from_json

_GZIP = b"\x1f\x8b"
# How a line of a record and of a failure begins: keys are written in the order of the alphabet.
_BEGINNINGS = (b'{"article":', b'{"detail":')
_KEYS = ({"article", "capture", "statements", "schema_version"}, {"detail", "reason", "stage", "subject"})
MAX_LINE_BYTES = 512 * 2**20  # the largest capture, in base64, with its record


def holds_records(path: Path) -> bool:
    """Whether a file is one of records; false of what cannot be read."""
    try:
        if not path.is_file():  # what is looked at in a pipe is lost
            return False
        with _open_lines(path) as stream:
            line = stream.readline(MAX_LINE_BYTES)
            return line.startswith(_BEGINNINGS) and any(keys <= json.loads(line).keys() for keys in _KEYS)
    except (OSError, EOFError, ValueError, RecursionError):
        return False


def iter_records(path: Path, *, name: str | None = None) -> Iterator[Record | Failure]:
    """The records of a file, in order, and the failures that it tells of or has.

    `name` is what the file is called where it lies under another.
    """
    called, number = name or str(path), 0
    try:
        with _open_lines(path) as stream:
            while line := stream.readline(MAX_LINE_BYTES):
                number += 1
                if line.strip():
                    yield _read_line(line, f"{called}: line {number}")
    except (OSError, EOFError) as error:
        damaged = DamagedInputError(f"Nothing can be read after line {number:,}: {error}.")
        yield _fail(damaged, called)


def _open_lines(path: Path) -> BinaryIO:
    with path.open("rb") as stream:
        packed = stream.read(2) == _GZIP
    return cast(BinaryIO, gzip.open(path)) if packed else path.open("rb")


def _read_line(line: bytes, place: str) -> Record | Failure:
    try:
        entry = from_json(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _fail(CodecError(f"The line is not UTF-8: {error}."), place)
    except CodecError as error:
        return _fail(error, place)
    return check_record(entry, place) if isinstance(entry, Record) else entry


def check_record(record: Record, place: str) -> Record | Failure:
    """The record where its bytes bear it out; no span of a stranger's is kept that they do not."""
    from onrecord.ingest import proof as proofs

    if record.capture.body is None:
        problem = "This record is without its bytes, and nothing could be proven of it later."
        return _fail(CodecError(problem, cure="Write it with `onrecord read --json --keep-body`."), place)
    proof = proofs.check_record(record)
    if proof.is_sound:
        return record
    faults = [fault.detail for fault in proof.faults] + [f"“{f.words}” is not there" for f in proof.failed]
    problem = f"The bytes do not bear this record out: {'; '.join(faults[:3])}."
    return _fail(CodecError(problem, cure="Look at it with `onrecord check`."), place)


def _fail(error: OnrecordError, place: str) -> Failure:
    return Failure(stage="read", reason=type(error).__name__, detail=str(error), subject=place)
