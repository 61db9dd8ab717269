"""Where results go and as what: tables, lines of JSON, or pages, on stdout, in a file or in a folder."""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, TextIO

import click

from onrecord.record import Failure, Record, to_json

Face = Literal["table", "json", "html"]


class Output(Protocol):
    """Takes each result as it comes; `name` is that of its input."""

    def add(self, name: str, entry: Record | Failure) -> None:
        """Writes one result."""


def face_of(*, as_json: bool, as_html: bool) -> Face:
    """The face that was asked for; only one can be."""
    if as_json and as_html:
        raise click.UsageError("--json and --html cannot both be given: choose one.")
    return "json" if as_json else "html" if as_html else "table"


@dataclass(slots=True)
class Tables:
    """A table a record, the name of the input above it where there are several."""

    stream: TextIO
    several: bool = False

    def add(self, name: str, entry: Record | Failure) -> None:
        """Writes the table of a record; a failure was said on stderr."""
        from onrecord.cli.table import render_record

        if isinstance(entry, Record):
            self.stream.write(render_record(entry, self.stream, name=name if self.several else None))
            self.stream.flush()


@dataclass(slots=True)
class JsonLines:
    """A line of JSON a record or failure, in order."""

    stream: TextIO
    with_body: bool = False

    def add(self, name: str, entry: Record | Failure) -> None:
        """Writes one line."""
        self.stream.write(to_json(entry, with_body=self.with_body) + "\n")
        self.stream.flush()


@dataclass(slots=True)
class Page:
    """The page of one record."""

    stream: TextIO

    def add(self, name: str, entry: Record | Failure) -> None:
        """Writes the page; a failure was said on stderr."""
        from onrecord.export.html import to_html

        if isinstance(entry, Record):
            self.stream.write(to_html(entry))
            self.stream.flush()


@dataclass(slots=True)
class Pages:
    """A page a record in a folder, named after its input; two of one name are told apart by a number."""

    folder: Path
    taken: set[str] = field(default_factory=set)

    def add(self, name: str, entry: Record | Failure) -> None:
        """Writes the page into the folder."""
        from onrecord.export.html import to_html

        if isinstance(entry, Record):
            (self.folder / self._file_name(name)).write_text(to_html(entry), "utf-8")

    def _file_name(self, name: str) -> str:
        stem = "stdin" if name == "-" else Path(name).stem
        tries = (f"{stem}{'' if n == 1 else f'-{n}'}.html" for n in range(1, len(self.taken) + 2))
        chosen = next(file_name for file_name in tries if file_name.casefold() not in self.taken)
        self.taken.add(chosen.casefold())
        return chosen


@contextmanager
def open_output(
    face: Face, path: Path | None, names: Sequence[str], *, with_body: bool = False
) -> Iterator[Output]:
    """The output for these inputs; what cannot be written to is a wrong command line."""
    if path is not None and str(path) != "-":
        _protect_inputs(path, names)
    if face == "html" and _wants_folder(path, names):
        yield Pages(_make_folder(path))
        return
    with _open_stream(path) as stream:
        if face == "html":
            yield Page(stream)
        elif face == "json":
            yield JsonLines(stream, with_body)
        else:
            yield Tables(stream, len(names) > 1)


def _wants_folder(path: Path | None, names: Sequence[str]) -> bool:
    return len(names) > 1 or (path is not None and path.is_dir())


def _make_folder(path: Path | None) -> Path:
    if path is None or str(path) == "-":
        raise click.UsageError("Several inputs make several pages: give a folder for them with -o FOLDER.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(
            f"Several pages need a folder, and {path} cannot be one: {error.strerror}."
        ) from error
    return path


def _protect_inputs(path: Path, names: Sequence[str]) -> None:
    if path.is_file() and any(Path(n).is_file() and path.samefile(n) for n in names if n != "-"):
        raise click.UsageError(f"{path} is an input and would be overwritten: give another name with -o.")


@contextmanager
def _open_stream(path: Path | None) -> Iterator[TextIO]:
    if path is None or str(path) == "-":
        yield _utf8_stdout()
        return
    try:
        stream = path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}.") from error
    with stream:
        yield stream


def _utf8_stdout() -> TextIO:
    """Standard output; JSON and pages are UTF-8 whatever the machine's own encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding.lower() not in ("utf-8", "utf8"):
        sys.stdout.reconfigure(encoding="utf-8")
    return sys.stdout
