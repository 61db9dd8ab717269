"""CSV and TSV: a stream in, a capture a row out, in constant memory; a bad row is a failure of its own.

Rows count from 1 below the header.
"""

import csv
import io
import re
from collections.abc import Iterator

from onrecord.errors import DamagedInputError, EmptyInputError, InputError, TooLargeError
from onrecord.ingest.found import contain, fail
from onrecord.ingest.lined import MAX_LINE_CHARS, Lines
from onrecord.ingest.rows import HTML_KEYS, KNOWN_KEYS, TEXT_KEYS, capture_row, find_text_key, normalize_key
from onrecord.record import Capture, Failure

DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def looks_like_table(first_line: str, column: str | None = None) -> bool:
    """Whether a line is a header: names between delimiters, that of a text and one more that is known."""
    names = [normalize_key(n) for n in split_header(first_line)]
    if len(names) < 2:
        return False
    if column is not None and normalize_key(column) in names:
        return True
    texts = {*TEXT_KEYS, *HTML_KEYS}.intersection(names)
    return bool(texts) and len(KNOWN_KEYS.intersection(names)) >= 2


def split_header(line: str) -> list[str]:
    """The names of a header line, none where it is no line of a table."""
    header = line.removeprefix("\ufeff").rstrip("\r\n")
    try:
        return next(csv.reader([header], delimiter=find_delimiter(header)), [])
    except csv.Error:
        return []


def find_delimiter(line: str) -> str:
    """The delimiter that stands most often in a header, outside its quotation marks."""
    bare = _QUOTED.sub("", line)
    return max(DELIMITERS, key=bare.count)


def read_table(
    stream: io.BufferedReader, name: str, *, column: str | None = None
) -> Iterator[Capture | Failure]:
    """A capture for each row from its text column; `column` names that where it is called otherwise."""
    # The limit of the csv module is one for the whole process; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_CHARS))
    lines = Lines(stream, newline="")
    feeder = _Feeder(lines)
    header_line = lines.read_line() or ""
    names = split_header(header_line)
    if find_text_key(names, column) is None:
        yield fail(_no_column(names, column), name)
        return
    for number, cells in enumerate(_iter_rows(feeder, find_delimiter(header_line)), 1):
        place = f"row {number}"
        if isinstance(cells, InputError):
            yield fail(cells, f"{name}: {place}")
        elif len(cells) > len(names):
            problem = f"The row has {len(cells)} cells and the header {len(names)} names."
            yield fail(DamagedInputError(problem), f"{name}: {place}")
        elif any(cells):
            row = dict(zip(names, cells, strict=False))
            yield capture_row(row, contain(name, place, feeder.stored()), column=column)


def _iter_rows(feeder: "_Feeder", delimiter: str) -> Iterator[list[str] | InputError]:
    """The cells of each row, or why there are none; the next row begins on the next line."""
    reader = csv.reader(feeder, delimiter=delimiter)
    while True:
        feeder.restart()
        try:
            cells = next(reader)
            yield DamagedInputError("A quotation mark in the row never closes.") if feeder.cut else cells
            continue
        except StopIteration:
            return
        except _RowTooLongError:
            problem = f"The row has more than {MAX_LINE_CHARS:,} characters, or an open quotation mark."
            error: InputError = TooLargeError(problem)
        except csv.Error as broken:
            error = DamagedInputError(f"The row cannot be read ({broken}).")
        reader = csv.reader(feeder, delimiter=delimiter)
        yield error


def _no_column(names: list[str], column: str | None) -> InputError:
    if not names:
        return EmptyInputError("The table is empty: it has no header.")
    missing = f"has no column {column!r}" if column is not None else "names no column known to hold a text"
    return InputError(
        f"The header {missing}: {', '.join(map(repr, names[:20]))}.",
        cure="Name the one with the text (on the command line: --column).",
    )


class _RowTooLongError(Exception):
    """A row went on past the limit."""


class _Feeder:
    """Hands lines to the csv reader and keeps those of the row at hand."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._row: list[str] = []
        self._chars = 0
        self.cut = False  # whether the stream ended where the row went on

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._lines.read_line()
        self._chars += len(line or "")
        if line is None or self._chars > MAX_LINE_CHARS:
            raise _RowTooLongError
        if not line:
            self.cut = bool(self._row)
            raise StopIteration
        self._row.append(line)
        return line

    def restart(self) -> None:
        """Begins a row."""
        self._row, self._chars = [], 0

    def stored(self) -> bytes:
        """The bytes of the row as they stood, without the line end."""
        return self._lines.encode("".join(self._row)).rstrip(b"\r\n")
