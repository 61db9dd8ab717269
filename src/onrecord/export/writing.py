"""Exports to files: records as judged go in, a whole file comes out, or an error and nothing.

A file is written aside in the same folder and takes its name when all of it is on the disk; whatever goes
wrong before, nothing is left, and a file that was there stays as it was.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import ExportError
from onrecord.export.base import ExportContext, Format
from onrecord.export.formats import find_format
from onrecord.record import Judged

# The first bytes of every SQLite database: a record that is kept must not be replaced by its own export.
DATABASE_MARK = b"SQLite format 3\0"
CURES = {
    errno.ENOSPC: "Free some space or choose another place.",
    errno.EDQUOT: "Free some space or choose another place.",
    errno.EFBIG: "Choose a place whose file system takes larger files.",
    errno.ENOENT: "Make the folder first.",
    errno.EISDIR: "Give the name of a file in it.",
    errno.ENAMETOOLONG: "Give a shorter name.",
}
OTHER_CURE = "Choose a place that you may write to."


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export holds: how many records and statements, and how many of the format's units."""

    chosen: Format
    records: int
    statements: int
    written: int


@dataclass(slots=True)
class _Given:
    """The entries as they are taken, and how many there were of what."""

    entries: Iterable[Judged]
    chosen: Format
    records: int = 0
    statements: int = 0
    units: int = 0
    is_ended: bool = False

    def __iter__(self) -> Iterator[Judged]:
        for judged in _read_all(self.entries):
            self.records += 1
            self.statements += len(judged.record.statements)
            self.units += self.chosen.count(judged)
            yield judged
        self.is_ended = True


def _read_all(entries: Iterable[Judged]) -> Iterator[Judged]:
    """The entries; what the system says while they are read is told from what it says of the output."""
    reading = iter(entries)
    while True:
        try:
            judged = next(reading)
        except StopIteration:
            return
        except OSError as error:
            raise ExportError(f"The records cannot be read: {error.strerror or error}.") from error
        yield judged


def export_to(
    path: str | Path,
    chosen: Format | str | None,
    entries: Iterable[Judged],
    context: ExportContext | None = None,
) -> Exported:
    """What was written to the file; the format is told by the file's name where none is chosen.

    Raises `ExportError` where the file cannot be written whole. Errors of the entries pass.
    """
    known = chosen if isinstance(chosen, Format) else find_format(path if chosen is None else chosen)
    with open_whole(path) as stream:
        return write_stream(known, entries, stream, context)


@contextmanager
def open_whole(path: str | Path) -> Iterator[BinaryIO]:
    """A stream into a file that is there, whole, when all went well, and is as it was before otherwise.

    Raises `ExportError` where the system does not let it be written; other errors pass.
    """
    if "\0" in str(path):
        raise ExportError(f"{str(path)!r:.200} holds a NUL character.", cure="Give another name.")
    try:
        with _replace(Path(path)) as stream:
            yield stream
    except OSError as error:
        raise ExportError(
            f"The export cannot be written: {error.strerror or error}. Nothing of it was left.",
            where=str(path),
            cure=CURES.get(error.errno or 0, OTHER_CURE),
        ) from error


def write_stream(
    chosen: Format, entries: Iterable[Judged], stream: BinaryIO, context: ExportContext | None = None
) -> Exported:
    """What was written to an open stream, counted; raises `ExportError` where it is not what was given."""
    given = _Given(entries, chosen)
    written = chosen.write(given, stream, context=context or ExportContext())
    if not given.is_ended or written != given.units:
        raise ExportError(
            f"{written:,} {chosen.unit}s were written as {chosen.name} where there should be {given.units:,}"
            f"{'' if given.is_ended else ' or more'}: the export is not whole.",
            cure="This is a fault of onrecord's: please report it.",
        )
    stream.flush()
    return Exported(chosen=chosen, records=given.records, statements=given.statements, written=written)


@contextmanager
def _replace(path: Path) -> Iterator[BinaryIO]:
    """A stream into a file beside `path`, which takes its place when all went well."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():  # a device or a pipe: it has nothing to keep
        with path.open("wb") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))  # a link stays a link
    if target.exists():
        _check_replaceable(target)
    beside = target.with_name(f".onrecord-{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _check_replaceable(target: Path) -> None:
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    with target.open("rb") as stream:
        if stream.read(len(DATABASE_MARK)) == DATABASE_MARK:
            raise ExportError(
                "This is a database, perhaps the record itself, and would be lost.",
                where=str(target),
                cure="Give another name for the export.",
            )
