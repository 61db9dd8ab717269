"""An open database, SQLite or PostgreSQL: transactions that read one moment, and transactions that write.

Whatever the database complains of inside them comes out as a `StoreError` (faults.py).
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import ExceptionContext

from onrecord.errors import ReadOnlyStoreError
from onrecord.store.faults import Fault

WRITES = "onrecord_writes"  # the execution option that makes a transaction one that writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """An engine, and what differs between the two databases.

    `where` is the path or address without a password; `start_writing` makes a transaction the only one
    that writes; `expect_there` raises where the file is gone.
    """

    engine: Engine
    where: str
    read_only: bool
    schema: str | None = None
    start_writing: Callable[[Connection], None]
    expect_there: Callable[[], None]
    reading_options: dict[str, Any]

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the store as it was at one moment, whatever is written meanwhile."""
        self.expect_there()
        options = self.reading_options
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that alone writes; all of it is kept at the end of the block, or nothing."""
        if self.read_only:
            raise ReadOnlyStoreError(
                "It was opened for reading only.", where=self.where, cure="Open it without `read_only`."
            )
        self.expect_there()
        options = {WRITES: True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            self.start_writing(connection)
            yield connection
            self.expect_there()

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()


def name_faults(engine: Engine, fault: Fault, where: str) -> None:
    """Makes the engine raise our errors for those of its driver, wherever they come up."""

    def replace(context: ExceptionContext) -> None:
        named = fault(context.original_exception, where)
        if named is not None:
            raise named from context.original_exception

    event.listen(engine, "handle_error", replace)
