"""Where results go and as what: tables, lines of JSON, or pages, on stdout, in a file or in a folder."""

import errno
import io
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TextIO

import click

from onrecord.collection.inputs import is_address
from onrecord.record import Failure, Record, to_json

Face = Literal["table", "json", "html"]
MAX_PLACE_CHARS = 100  # of a place in the name of a page; most file systems take 255 bytes


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
    is_made: bool = False

    def add(self, name: str, entry: Record | Failure) -> None:
        """Writes the page; a failure was said on stderr."""
        from onrecord.export.html import to_html

        if isinstance(entry, Record):
            if self.is_made:
                raise click.UsageError("Several articles came of the input: give a folder with -o FOLDER.")
            self.is_made = True
            self.stream.write(to_html(entry))
            self.stream.flush()


@dataclass(slots=True)
class Pages:
    """A page a record in a folder, named after its input; no page takes the place of an input."""

    folder: Path
    inputs: Sequence[str]
    names: "PageNames"

    def add(self, name: str, entry: Record | Failure) -> None:
        """Writes the page; that of a failure is left as it was."""
        from onrecord.export.html import to_html

        page = self.folder / self.names.choose(name)
        if isinstance(entry, Record):
            _protect_inputs([page], [*self.inputs, name])
            with _replace(page) as stream:
                stream.write(to_html(entry))


class PageNames:
    """Names of pages: after the input each, or after the place in it; two of one name differ by a number."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}

    def choose(self, name: str) -> str:
        """The file name of the next page of an input or entry of this name."""
        stem = "stdin" if name == "-" else self._stem(name)
        while True:
            times = self._times[stem.casefold()] = self._times.get(stem.casefold(), 0) + 1
            if times == 1:
                return f"{stem}.html"
            numbered = f"{stem}-{times}"
            if numbered.casefold() not in self._times:
                self._times[numbered.casefold()] = 1
                return f"{numbered}.html"

    def _stem(self, name: str) -> str:
        source, _, place = name.partition(": ")
        if is_address(source):
            source, place = "", name.partition("://")[2]
        words = re.sub(r"[^\w.]+", "-", place).strip("-")[:MAX_PLACE_CHARS]
        return "-".join(filter(None, (Path(source).stem, words)))


def name_pages(folder: Path, names: Sequence[str]) -> list[Path]:
    """The pages of inputs of one article each, in order."""
    chosen = PageNames()
    return [folder / chosen.choose(name) for name in names]


@contextmanager
def open_output(
    face: Face,
    path: Path | None,
    names: Sequence[str],
    *,
    with_body: bool = False,
    several: bool = False,
) -> Iterator[Output]:
    """The output for these inputs, which hold several articles or one each.

    What cannot be written to is a wrong command line.
    """
    if path is not None and str(path) != "-":
        _protect_inputs([path], names)
    if face == "html" and (several or (path is not None and path.is_dir())):
        folder = _make_folder(path)
        _protect_inputs(name_pages(folder, names), names)
        yield Pages(folder, names, PageNames())
        return
    with _open_stream(path) as stream:
        if face == "html":
            yield Page(stream)
        elif face == "json":
            yield JsonLines(stream, with_body)
        else:
            yield Tables(stream, several)


@contextmanager
def open_text(path: Path | None, names: Sequence[str]) -> Iterator[TextIO]:
    """A stream to a file, which takes its place when all went well, or to stdout; no input is overwritten.

    What cannot be written to is a wrong command line.
    """
    if path is not None and str(path) != "-":
        _protect_inputs([path], names)
    with _open_stream(path) as stream:
        yield stream


def _make_folder(path: Path | None) -> Path:
    if path is None or str(path) == "-":
        raise click.UsageError("Several articles make several pages: give a folder for them with -o FOLDER.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(
            f"Several pages need a folder, and {path} cannot be one: {error.strerror}."
        ) from error
    return path


def _protect_inputs(paths: Sequence[Path], names: Sequence[str]) -> None:
    inputs = [Path(name) for name in names if name != "-" and Path(name).is_file()]
    for path in paths:
        if path.is_file() and any(path.samefile(i) for i in inputs):
            raise click.UsageError(f"{path} is an input and would be overwritten: give another name with -o.")


@contextmanager
def _open_stream(path: Path | None) -> Iterator[TextIO]:
    if path is None or str(path) == "-":
        yield _utf8_stdout()
        return
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(_replace(path))
        except OSError as error:
            raise click.UsageError(f"{path} cannot be written: {error.strerror}.") from error
        yield stream


@contextmanager
def _replace(path: Path) -> Iterator[TextIO]:
    """A stream into a file beside `path`, which takes its place where all went well and it is not empty."""
    if path.exists() and not path.is_file():  # a device or a pipe: it has nothing to keep
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))  # a link stays a link
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    beside = target.with_name(f".onrecord-{secrets.token_hex(8)}.part")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as stream:
            yield stream
        if beside.stat().st_size:
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _utf8_stdout() -> TextIO:
    """Standard output; JSON and pages are UTF-8 whatever the machine's own encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding.lower() not in ("utf-8", "utf8"):
        sys.stdout.reconfigure(encoding="utf-8")
    return sys.stdout
