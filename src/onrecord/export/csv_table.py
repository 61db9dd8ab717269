"""CSV (RFC 4180) in UTF-8: records as judged in, one row a statement out, harmless in a spreadsheet.

A spreadsheet takes a cell that begins with one of = + - @, a tab or a line end for a formula, and runs it.
Here such a text gets an apostrophe before it, and so does one in which apostrophes alone precede the sign:
that way taking one away again, as `unguard_cell` does, gives back every text exactly.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.export.base import ExportContext, Format, count_statements, to_utf8
from onrecord.export.columns import COLUMNS, Value
from onrecord.export.rows import Told, list_rows, to_cell
from onrecord.record import Judged

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as the machine's own code page
GUARD = "'"
# The signs of OWASP's "CSV Injection", and the same in full width, which Excel takes for them.
_FIRST = frozenset("'=+-@\t\r\n＝＋－＠")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guard_cell(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula.

    >>> guard_cell("=1+1"), guard_cell("'=1+1"), guard_cell("’tis"), guard_cell("1-1")
    ("'=1+1", "''=1+1", '’tis', '1-1')
    """
    return GUARD + text if text[:1] in _FIRST and _FORMULA.match(text) else text


def unguard_cell(cell: str) -> str:
    """The text that `guard_cell` made this cell of.

    >>> unguard_cell("'=1+1"), unguard_cell("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith(GUARD) and _FORMULA.match(cell) else cell


class _Lines:
    """Takes text and puts it into a stream of bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """How many bytes the text is as UTF-8."""
        return self._stream.write(to_utf8(text))


def write_table(
    entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext, delimiter: str = ","
) -> int:
    """How many rows were written below the names of the columns."""
    told = Told()
    stream.write(BYTE_ORDER_MARK)
    # Of an escape nothing is needed: whatever could end a cell is in quotation marks, which are doubled.
    table = csv.writer(_Lines(stream), delimiter=delimiter, lineterminator="\r\n")
    table.writerow(column.name for column in COLUMNS)
    rows = 0
    for row in list_rows(entries, told):
        table.writerow(_list_cells(row))
        rows += 1
    told.say_rest(context)
    return rows


def _list_cells(row: Iterable[Value]) -> Iterator[str]:
    for value in row:
        if not value:  # most cells of most rows; a number that is nought has its figure
            yield "" if isinstance(value, str | tuple | None) else to_cell(value)
        elif isinstance(value, str | tuple):
            yield guard_cell(to_cell(value))
        else:
            yield to_cell(value)


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many rows were written."""
    return write_table(entries, stream, context=context)


FORMAT = Format(
    name="csv",
    suffixes=(".csv",),
    media_type="text/csv; charset=utf-8; header=present",
    describe="A table with one row a statement, for spreadsheets and every other program.",
    write=write,
    unit="row",
    count=count_statements,
)
