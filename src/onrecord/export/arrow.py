"""Statements as Arrow tables, for Parquet and frames: records as judged in, batches of typed rows out."""

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.export.base import load_part
from onrecord.export.columns import COLUMNS, Value
from onrecord.export.rows import Told, list_rows, mend_row
from onrecord.record import Judged

# A batch is a row group of Parquet: so many rows, or fewer of long texts, so that memory stays the same.
BATCH_ROWS = 20_000
BATCH_CHARS = 64_000_000


def make_schema(extra: str) -> Any:
    """The Arrow schema of the columns, each with its description; `extra` is what brings Arrow."""
    arrow = load_part("pyarrow", extra)
    types = {
        "text": arrow.string(),
        "texts": arrow.list_(arrow.string()),
        "number": arrow.float64(),
        "count": arrow.int64(),
        "day": arrow.date32(),
        "moment": arrow.timestamp("us", tz="UTC"),
    }
    described = ({"description": column.describe} for column in COLUMNS)
    fields = (arrow.field(c.name, types[c.kind], metadata=d) for c, d in zip(COLUMNS, described, strict=True))
    return arrow.schema(list(fields))


def list_batches(entries: Iterable[Judged], schema: Any, told: Told, *, extra: str) -> Iterator[Any]:
    """Tables of rows, in order; none where there is no statement."""
    arrow = load_part("pyarrow", extra)
    for rows in _batch(list_rows(entries, told)):
        columns = zip(*rows, strict=True)
        arrays = [arrow.array(values, type=one.type) for values, one in zip(columns, schema, strict=True)]
        yield arrow.Table.from_arrays(arrays, schema=schema)


def _batch(rows: Iterable[list[Value]]) -> Iterator[list[list[Value]]]:
    batch: list[list[Value]] = []
    chars = 0
    for row in rows:
        batch.append(mend_row(row))
        chars += sum(len(value) for value in row if isinstance(value, str))
        if len(batch) >= BATCH_ROWS or chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
