"""What a format of export is: records as judged go in, bytes come out, and how much was written is counted.

A format is one module that offers `FORMAT`, and one line in `onrecord.export.formats`.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any, BinaryIO, Protocol

from onrecord.errors import MissingPartError
from onrecord.record import Failure, Judged

# UTF-8 has no code for a lone surrogate; where a format has no escape for it either, this stands there.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def keep_quiet(_: str) -> None:
    """Says nothing; what a context says notes with unless it is given something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportContext:
    """What a format knows besides the records.

    `generator` is the program and its version, `made_at` the moment of the export (ISO 8601), None where
    the same records shall give the same bytes. `failures` are what could not be read, for the formats that
    have a place for them. `with_body` keeps captured bytes where a format can hold them. `say` is told in a
    sentence what a reader must know of the file: what it leaves out by its nature, and what holds it.
    """

    generator: str = "onrecord"
    made_at: str | None = None
    failures: tuple[Failure, ...] = ()
    with_body: bool = False
    say: Callable[[str], None] = keep_quiet


def name_program() -> str:
    """The program and its version, where it was installed: what a context calls its `generator`."""
    try:
        return f"onrecord {version('onrecord')}"
    except PackageNotFoundError:
        return "onrecord"


class Write(Protocol):
    """Writes all entries to the stream, one at a time, and gives how many units it wrote.

    Raises `ExportError` where something cannot be written whole, and lets `OSError` pass.
    """

    def __call__(self, entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
        """How many units were written."""


def count_records(_: Judged) -> int:
    """One: for a format with one unit a record."""
    return 1


def count_statements(judged: Judged) -> int:
    """How many statements stand in a record: for a format with one unit a statement."""
    return len(judged.record.statements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its name, the ends of its files' names, what it is for, and what writes it.

    `unit` is what `write` counts ("row", "record"), and `count` how many of these a record has to give:
    an export in which the two disagree is an error. `extra` is the optional part that must be installed,
    and `module` what of it this format asks for.
    `is_text` tells whether it may be shown on a terminal.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    describe: str
    write: Write
    unit: str
    count: Callable[[Judged], int]
    extra: str | None = None
    module: str | None = None
    is_text: bool = True


def is_installed(chosen: Format) -> bool:
    """Whether what this format needs is there; nothing is loaded."""
    return chosen.module is None or find_spec(chosen.module) is not None


def load_part(module: str, extra: str) -> Any:
    """A module of an optional part; raises `MissingPartError` with the command that installs it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingPartError(
            f"{module.partition('.')[0]} is not installed, and this export needs it.",
            cure=f"Install it with: pip install 'onrecord[{extra}]'",
        ) from error


def to_utf8(text: str) -> bytes:
    """The text as UTF-8, the replacement character for each lone surrogate."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return replace_surrogates(text).encode("utf-8")


def replace_surrogates(text: str) -> str:
    """The text with the replacement character for each lone surrogate.

    >>> replace_surrogates("a" + chr(0xD800))
    'a�'
    """
    return "".join(REPLACEMENT if "\ud800" <= sign <= "\udfff" else sign for sign in text)


def dump_json(value: Any) -> bytes:
    """The value as JSON on one line, in UTF-8; lone surrogates are escaped.

    >>> dump_json({"said": "no" + chr(0xD800)}).decode()
    '{"said":"no\\\\ud800"}'
    """
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
