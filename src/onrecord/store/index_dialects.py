"""Which of index_sqlite and index_postgresql speaks to a database: a connection in, the module out."""

from types import ModuleType

from sqlalchemy import Connection

from onrecord.store import index_postgresql, index_sqlite


def dialect_of(connection: Connection) -> ModuleType:
    """The module for this connection's database."""
    return index_postgresql if connection.dialect.name == "postgresql" else index_sqlite
