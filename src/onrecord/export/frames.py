"""Data frames: records as judged in, a frame of polars or pandas with one row a statement out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from onrecord.export.arrow import list_batches, make_schema
from onrecord.export.base import load_part
from onrecord.export.rows import Told
from onrecord.record import Judged

if TYPE_CHECKING:
    import pandas
    import polars


def to_polars(entries: Iterable[Judged]) -> "polars.DataFrame":
    """A frame with the columns and types of the Parquet export; raises `MissingPartError`."""
    frames = load_part("polars", "tables")
    return cast("polars.DataFrame", frames.from_arrow(_collect(entries, extra="tables")))


def to_pandas(entries: Iterable[Judged]) -> "pandas.DataFrame":
    """A frame with the columns of the Parquet export; raises `MissingPartError`.

    Days are `datetime.date`, moments in UTC, several texts lists; nothing is None, NaN or NaT.
    """
    load_part("pandas", "pandas")
    return cast("pandas.DataFrame", _collect(entries, extra="pandas").to_pandas())


def _collect(entries: Iterable[Judged], *, extra: str) -> Any:
    arrow = load_part("pyarrow", extra)
    schema = make_schema(extra)
    tables = list(list_batches(entries, schema, Told(), extra=extra))
    return arrow.concat_tables(tables) if tables else schema.empty_table()
