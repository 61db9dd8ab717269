"""Values like one that is not there: what somebody may have meant."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Connection, select

LOOKED_AT = 20_000
LIKE_ENOUGH = 70  # of 100; on misspelt names of eight letters, two letters wrong
MOST = 4


def find_near(connection: Connection, column: "Column[Any]", value: str, *, most: int = MOST) -> list[str]:
    """Values of an indexed column that begin like this one and are spelt like it, likest first."""
    if not value:
        return []
    begins = value[0]
    wanted = select(column).distinct().where(column >= begins, column < begins + "\U0010ffff")
    return pick_near(value, connection.scalars(wanted.limit(LOOKED_AT)).all(), most=most)


def pick_near(value: str, among: Iterable[str], *, most: int = MOST) -> list[str]:
    """Those that are spelt like it, likest first."""
    from rapidfuzz import fuzz, process

    found = process.extract(value, among, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=most)
    return [str(name) for name, _, _ in found]
