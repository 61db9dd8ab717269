"""Which of index_sqlite and index_postgresql speaks to a database, and what both are asked alike: keys."""

from types import ModuleType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from onrecord.store import index_postgresql, index_sqlite
from onrecord.store.index_terms import Matching

if TYPE_CHECKING:
    from sqlalchemy import Select


def dialect_of(connection: Connection) -> ModuleType:
    """The module for this connection's database."""
    return index_postgresql if connection.dialect.name == "postgresql" else index_sqlite


def find_keys(
    connection: Connection,
    table: str,
    matching: Matching,
    *,
    bounds: tuple[int, int],
    newest_first: bool,
    limit: int,
) -> list[int]:
    """The keys of rows that match, at least the first bound and below the second, in order."""
    key, wanted = select_keys(connection, table, matching)
    wanted = wanted.where(key >= bounds[0], key < bounds[1])
    return list(connection.scalars(wanted.order_by(key.desc() if newest_first else key).limit(limit)))


def select_keys(connection: Connection, table: str, matching: Matching) -> "tuple[Any, Select[Any]]":
    """The column of the keys of a table of words, and the question for those of all rows that match."""
    asked: tuple[Any, Select[Any]] = dialect_of(connection).select_keys(table, matching)
    return asked
