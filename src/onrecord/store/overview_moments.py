"""When the statements that answer a question were said: a question and a unit in, buckets out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import get_args

from sqlalchemy import Connection

from onrecord.errors import QueryError
from onrecord.record.overview import Bucket, Moments, TimeUnit
from onrecord.record.query import Query
from onrecord.store.answering import find_answering
from onrecord.store.index_evidence import read_evidence
from onrecord.store.index_moments import FIRST_DATED, MINUTES_A_DAY, SEQUENCE_BITS
from onrecord.store.index_tables import statements
from onrecord.store.overview_facets import load_rows

MOST_COUNTED = 5_000
WIDTHS: dict[TimeUnit, int] = {"year": 4, "month": 7, "day": 10, "hour": 13}


def count_moments(connection: Connection, query: Query, unit: TimeUnit) -> Moments:
    """How many statements are of each year, month, day or hour; raises `QueryError`."""
    if unit not in WIDTHS:
        raise QueryError(
            f"There is no unit {unit!r:.80}.", cure=f"Give one of {', '.join(get_args(TimeUnit))}."
        )
    found = find_answering(connection, query, MOST_COUNTED)
    dated = [key for key in found.keys if key >= FIRST_DATED]
    counted = Counter(_name_bucket(key, unit) for key in dated)
    return Moments(
        unit=unit,
        buckets=tuple(Bucket(start=start, statements=count) for start, count in sorted(counted.items())),
        counted=len(found.keys),
        complete=found.complete,
        undated=len(found.keys) - len(dated) if found.complete else None,
        coarse=_count_coarse(connection, dated, unit) if found.complete else None,
    )


def _name_bucket(key: int, unit: TimeUnit) -> str:
    day, minute = divmod(key >> SEQUENCE_BITS, MINUTES_A_DAY)
    return f"{date.fromordinal(day).isoformat()}T{minute // 60:02}"[: WIDTHS[unit]]


def _count_coarse(connection: Connection, keys: Sequence[int], unit: TimeUnit) -> int:
    whens: Iterable[str | None] = (
        read_evidence(row.evidence).when for row in load_rows(connection, keys, statements.c.evidence)
    )
    return sum(1 for when in whens if len(when or "") < WIDTHS[unit])
