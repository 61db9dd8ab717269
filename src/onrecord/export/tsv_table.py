"""The table of CSV with tabs between its cells: records as judged in, one row a statement out."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.export.base import ExportContext, Format, count_statements
from onrecord.export.csv_table import write_table
from onrecord.record import Judged


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many rows were written."""
    return write_table(entries, stream, context=context, delimiter="\t")


FORMAT = Format(
    name="tsv",
    suffixes=(".tsv", ".tab"),
    media_type="text/tab-separated-values; charset=utf-8",
    describe="The same table with tabs between the cells.",
    write=write,
    unit="row",
    count=count_statements,
)
