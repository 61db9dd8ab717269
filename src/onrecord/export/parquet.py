"""Parquet: records as judged in, a typed table of statements out, a row group at a time."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.export.arrow import list_batches, make_schema
from onrecord.export.base import ExportContext, Format, count_statements, load_part
from onrecord.export.rows import Told
from onrecord.record import Judged

EXTRA = "tables"


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many rows were written."""
    parquet = load_part("pyarrow.parquet", EXTRA)
    told = Told()
    rows = 0
    schema = make_schema(EXTRA).with_metadata({"generator": context.generator})
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for table in list_batches(entries, schema, told, extra=EXTRA):
            writer.write_table(table)
            rows += table.num_rows
    told.say_rest(context)
    return rows


FORMAT = Format(
    name="parquet",
    suffixes=(".parquet", ".pq"),
    media_type="application/vnd.apache.parquet",
    describe="The table with typed columns, for polars, pandas, DuckDB and Spark.",
    write=write,
    unit="row",
    count=count_statements,
    extra=EXTRA,
    module="pyarrow",
    is_text=False,
)
