"""The sheets of a workbook: rows go in, in any number and of any length, and none is cut off.

Excel's own limits ("Excel specifications and limits"): 1,048,576 rows a sheet, 32,767 characters a cell,
65,530 links a sheet, 2,079 characters a link.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from onrecord.export.base import REPLACEMENT
from onrecord.export.columns import Value
from onrecord.export.rows import mend_row, to_cell

MAX_ROWS = 1_048_576
MAX_CHARS = 32_767
MAX_LINKS = 65_530
MAX_LINK_CHARS = 2_079
# Excel counts UTF-16 code units, of which a code point is two at most, and so does the limit.
PART_CHARS = 16_000
FIRST_YEAR = 1900
ESCAPED = '%"<>[]^`{}'  # of a link, by xlsxwriter, as three characters each
LONG_COLUMNS = ("sheet", "row", "column", "part", "text")
# A control character in a link is not escaped, and makes Excel refuse the whole workbook.
_LINK = re.compile(r"https?://\S+")
# No character of XML 1.0; control characters xlsxwriter writes in Excel's own way (_x001B_).
_NO_XML = str.maketrans(dict.fromkeys((0xFFFE, 0xFFFF), REPLACEMENT))


class Book:
    """A workbook in the making, and the sheet to which texts go that are too long for a cell."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.heading = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.link = workbook.get_default_url_format()
        self.tables: list[Table] = []
        self._long: Table | None = None
        self.unlinked = 0

    def add_table(self, name: str, columns: Sequence[str], widths: Mapping[str, int]) -> "Table":
        """A new table with these columns; it goes on in sheets of its own where one is full."""
        table = Table(self, name, columns, widths)
        self.tables.append(table)
        return table

    def keep_long(self, text: str, *, sheet: str, row: int, column: str) -> str:
        """What to put into the cell for a text that no cell holds; all of it goes to another sheet."""
        if self._long is None:
            self._long = self.add_table("long texts", LONG_COLUMNS, {"text": 80})
        first = self._long.rows + 2
        parts = [text[at : at + PART_CHARS] for at in range(0, len(text), PART_CHARS)]
        for number, part in enumerate(parts, 1):
            self._long.add_row((sheet, row, column, number, part))
        return (
            f"[{len(text):,} characters: see the sheet “long texts” from its row {first} on] {text[:200]} …"
        )

    def close(self) -> Iterator[str]:
        """Ends all tables; gives in sentences what a reader must know."""
        for table in self.tables:
            table.end_sheet()
            if len(table.sheets) > 1:
                yield f"The table “{table.name}” fills {len(table.sheets)} sheets: Excel has no more rows."
        if self._long is not None:
            yield "Some texts are longer than a cell of Excel holds: they stand in the sheet “long texts”."
        if self.unlinked:
            yield f"{self.unlinked:,} addresses are text and no links: Excel takes no more links a sheet."


class Table:
    """A table of a workbook: its heading stays in sight, its columns can be filtered."""

    def __init__(self, book: Book, name: str, columns: Sequence[str], widths: Mapping[str, int]) -> None:
        self.book, self.name, self.columns, self.widths = book, name, columns, widths
        self.rows = 0
        self.sheets: list[str] = []
        self._sheet: Any = None
        self._at = 0
        self._links = 0
        self._start_sheet()

    def add_row(self, row: Iterable[Value], links: frozenset[str] = frozenset()) -> None:
        """Adds a row; the columns in `links` hold addresses that can be followed."""
        if self._at >= MAX_ROWS:
            self.end_sheet()
            self._start_sheet()
        for place, value in enumerate(mend_row(list(row))):
            if value is not None and value not in ("", ()):
                self._put(place, value, is_link=self.columns[place] in links)
        self._at += 1
        self.rows += 1

    def _start_sheet(self) -> None:
        number = len(self.sheets) + 1
        self.sheets.append(self.name if number == 1 else f"{self.name} {number}")
        self._sheet = self.book.workbook.add_worksheet(self.sheets[-1])
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self.columns):
            self._sheet.set_column(place, place, self.widths.get(column, 14))
            self._sheet.write_string(0, place, column, self.book.heading)
        self._at, self._links = 1, 0

    def end_sheet(self) -> None:
        """Sets the filter over the rows that the sheet came to have."""
        self._sheet.autofilter(0, 0, max(self._at - 1, 0), len(self.columns) - 1)

    def _put(self, place: int, value: Value, *, is_link: bool) -> None:
        if isinstance(value, date) and value.year > FIRST_YEAR:
            style = self.book.moment if isinstance(value, datetime) else self.book.day
            self._sheet.write_datetime(self._at, place, value, style)
        elif isinstance(value, int | float):
            self._sheet.write_number(self._at, place, value)
        else:
            self._put_text(place, to_cell(value).translate(_NO_XML), is_link=is_link)

    def _put_text(self, place: int, text: str, *, is_link: bool) -> None:
        if _units(text) > MAX_CHARS:
            where = {"sheet": self.sheets[-1], "row": self._at + 1, "column": self.columns[place]}
            text = self.book.keep_long(text, **where)  # type: ignore[arg-type]
        elif is_link and _can_be_link(text):
            if self._links < MAX_LINKS:
                self._links += 1
                self._sheet.write_url(self._at, place, text, self.book.link, text)
                return
            self.book.unlinked += 1
        self._sheet.write_string(self._at, place, text)


def _can_be_link(text: str) -> bool:
    """Whether Excel follows this address: of the web, printable, and not too long once it is escaped."""
    length = len(text) + 2 * sum(map(text.count, ESCAPED))
    return length <= MAX_LINK_CHARS and _LINK.fullmatch(text) is not None and text.isprintable()


def _units(text: str) -> int:
    """How many UTF-16 code units a text is, counted only where it may matter."""
    return len(text) if len(text) <= MAX_CHARS // 2 else len(text.encode("utf-16-le", "surrogatepass")) // 2
