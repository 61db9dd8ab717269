"""Captures from anywhere: a file or folder in, the captures it holds out one by one, and a failure for
each thing in it that cannot be one. Files of any size are read in constant memory.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import BinaryInputError, DamagedInputError, InputError, TooLargeError
from onrecord.ingest.capture import MAX_BYTES, make_capture
from onrecord.ingest.feeds import MAX_FEED_BYTES, read_feed
from onrecord.ingest.folders import walk_folder
from onrecord.ingest.found import WHOLE_FILE, contain, fail
from onrecord.ingest.json_rows import read_json, read_json_lines
from onrecord.ingest.kinds import HOLDERS, Kind, tell_kind
from onrecord.ingest.prolog import find_root
from onrecord.ingest.sitemaps import iter_sitemap
from onrecord.ingest.streams import (
    BEGINNING_BYTES,
    GZIP_MAGIC,
    Break,
    ChunkStream,
    hold_beginning,
    inflate_stream,
)
from onrecord.ingest.tables import read_table
from onrecord.ingest.wacz import is_wacz, read_wacz
from onrecord.ingest.warc import read_warc
from onrecord.record import Capture, Container, Failure


def captures(
    source: str | Path, *, media_type: str | None = None, column: str | None = None, name: str | None = None
) -> Iterator[Capture | Failure]:
    """The captures of a file, or of all files of a folder in sorted order, as they are met.

    A file may be a page, a plain text, a WARC or WACZ archive, a feed (RSS, Atom, JSON Feed), JSON, JSONL,
    CSV or TSV, plain or gzip. `media_type` says which where the bytes and the name do not; `column` names
    the column of a table with the text where it is not one of the usual names. `name` is what a file is
    called that lies under another, as an upload does: its captures stand in it as in one of a folder.
    """
    path = Path(source)
    if name is not None:
        yield from _guard(_open_file(path, media_type, column, name=name), name)
        return
    if not path.is_dir():
        yield from _guard(_open_file(path, media_type, column), str(path))
        return
    for item in walk_folder(path):
        if isinstance(item, Failure):
            yield item
        else:
            yield from _guard(_open_file(item, media_type, column, name=str(item)), str(item))


def captures_in(
    stream: BinaryIO, name: str, *, media_type: str | None = None, column: str | None = None
) -> Iterator[Capture | Failure]:
    """As `captures`, of a stream with this name, which is read to its end."""
    source = _Source(stream=stream, name=name, media_type=media_type, column=column)
    yield from _guard(_read_stream(source), name)


def holds_many(path: Path) -> bool:
    """Whether several captures can come of a file or folder; false of what cannot be opened."""
    if path.is_dir():
        return True
    if not path.is_file():  # a pipe would lose what is looked at
        return False
    try:
        with path.open("rb") as stream:
            held, _ = _inflate(hold_beginning(stream))
            return tell_kind(held.peek(BEGINNING_BYTES), str(path)) in HOLDERS
    except (OSError, ValueError, InputError):
        return False


def can_be_read_twice(path: Path) -> bool:
    """Whether the same comes of a path when it is read again: of a file or folder, of a pipe not."""
    return path.is_file() or path.is_dir() or not path.exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A stream to read, with what is known of it beforehand; `path` is None of a pipe."""

    stream: BinaryIO
    name: str
    media_type: str | None
    column: str | None
    path: Path | None = None
    is_named: bool = False


def _guard(entries: Iterator[Capture | Failure], name: str) -> Iterator[Capture | Failure]:
    """The entries; what goes wrong with the source as a whole is the last of them, as a failure."""
    try:
        yield from entries
    except InputError as error:
        yield fail(error, name)
    except OSError as error:
        reason = error.strerror or str(error)
        yield fail(
            InputError(f"The file cannot be opened: {reason}.", cure="Check its name and its rights."), name
        )
    except (ValueError, RecursionError, MemoryError) as error:
        yield fail(DamagedInputError(f"It cannot be read ({type(error).__name__}: {error})."), name)


def _open_file(
    path: Path, media_type: str | None, column: str | None, *, name: str | None = None
) -> Iterator[Capture | Failure]:
    """What is in a file; with a `name`, one of several, its captures remember which."""
    with path.open("rb") as stream:
        source = _Source(
            stream=stream,
            name=str(path) if name is None else name,
            media_type=media_type,
            column=column,
            path=path,
            is_named=name is not None,
        )
        yield from _read_stream(source)


def _read_stream(source: _Source) -> Iterator[Capture | Failure]:
    raw = hold_beginning(source.stream)
    held, inflated = _inflate(raw) if not _is_packed_warc(raw) else (raw, None)
    beginning = held.peek(BEGINNING_BYTES)
    kind: Kind = (
        "warc"
        if held is raw and beginning.startswith(GZIP_MAGIC)
        else tell_kind(beginning, source.name, media_type=source.media_type, column=source.column)
    )
    if kind == "page":
        yield _capture_page(held, source, inflated)
        return
    yield from _read_kind(kind, held, source)
    if inflated is not None and inflated.problem:
        yield _break_failure(inflated.problem, source.name)


def _is_packed_warc(raw: io.BufferedReader) -> bool:
    """Whether a gzip file holds WARC records: these are read member by member, to tell where each stood."""
    beginning = raw.peek(BEGINNING_BYTES)
    if not beginning.startswith(GZIP_MAGIC):
        return False
    held, _ = inflate_stream(io.BytesIO(beginning))
    return held.peek(BEGINNING_BYTES).startswith(b"WARC/")


def _inflate(raw: io.BufferedReader) -> tuple[io.BufferedReader, ChunkStream | None]:
    return inflate_stream(raw) if raw.peek(BEGINNING_BYTES).startswith(GZIP_MAGIC) else (raw, None)


def _read_kind(kind: Kind, held: io.BufferedReader, source: _Source) -> Iterator[Capture | Failure]:
    name, column = source.name, source.column
    if kind == "warc":
        size = source.path.stat().st_size if source.path and source.path.is_file() else None
        yield from read_warc(held, name, size_bytes=size)
    elif kind == "wacz":
        yield from _read_zip(source)
    elif kind == "lines":
        yield from read_json_lines(held, name, column=column)
    elif kind == "table":
        yield from read_table(held, name, column=column)
    elif kind == "feed":
        yield from read_feed(held.read(MAX_FEED_BYTES + 1), name)
    elif kind == "json":
        yield from read_json(held.read(MAX_BYTES + 1), name, column=column)
    elif kind == "sitemap":
        yield _refuse_sitemap(held, name)
    else:
        root = find_root(held.peek(BEGINNING_BYTES))
        yield fail(
            InputError(f"The input is XML of a kind that is not read here: its root is <{root}>."), name
        )


def _capture_page(
    held: io.BufferedReader, source: _Source, inflated: ChunkStream | None
) -> Capture | Failure:
    body = held.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        problem = f"There are more than {MAX_BYTES:,} bytes, which no single article has."
        return fail(TooLargeError(problem, cure="Split it into one article a file."), source.name)
    if inflated is not None and inflated.problem:
        return _break_failure(inflated.problem, source.name)
    container = contain(source.name, WHOLE_FILE, body) if source.is_named or inflated else None
    if container and inflated and source.path and source.path.is_file():
        with source.path.open("rb") as stored:
            digest = hashlib.file_digest(stored, "sha256").hexdigest()
        container = Container(name=container.name, place=container.place, sha256=digest)
    return make_capture(body, media_type=source.media_type, container=container)


def _break_failure(problem: Break, name: str) -> Failure:
    error = DamagedInputError(f"From byte {problem.offset:,} of the file, {problem.reason}.")
    return fail(error, name)


def _read_zip(source: _Source) -> Iterator[Capture | Failure]:
    if source.path is None or not source.path.is_file():
        yield fail(
            InputError("A ZIP archive cannot be read from a pipe.", cure="Give the file."), source.name
        )
        return
    if not is_wacz(source.stream):
        problem = "The input is a ZIP archive (or a Word or EPUB file) without archive/*.warc.gz in it."
        yield fail(BinaryInputError(problem, cure="Take the articles out of it first."), source.name)
        return
    yield from read_wacz(source.stream, source.name)


def _refuse_sitemap(held: io.BufferedReader, name: str) -> Failure:
    count = sum(1 for _ in iter_sitemap(held))
    problem = f"This is a sitemap: a list of {count:,} addresses, and no article."
    return fail(InputError(problem, cure="Have them fetched (on the command line: --fetch)."), name)
