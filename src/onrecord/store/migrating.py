"""The versions of a store's tables: whose tables an open database holds, and how they are made and renewed.

The tables that are kept for good are made and changed by the numbered steps in migrations/; those made of
them are thrown away and made again where their version is another.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from onrecord.errors import NewerStoreError, StoreError
from onrecord.store import faults
from onrecord.store.database import Database
from onrecord.store.postgresql import has_schema
from onrecord.store.sqlite import APPLICATION_ID, read_application

VERSION_TABLE = "onrecord_version"
REVISIONS = ("0001",)  # of migrations/, oldest first
STEPS = Path(__file__).with_name("migrations")
UPDATE_CURE = "Update onrecord: `pip install --upgrade onrecord`."


def find_version(connection: Connection, database: Database) -> str | None:
    """The version of the tables, None where there are none; raises where they are not ours, or newer."""
    names = table_names(connection, database)
    if VERSION_TABLE not in names:
        if names or _is_marked_foreign(connection, database):
            raise faults.foreign("This is a database of another program, not a record.", database.where)
        return None
    if _is_marked_foreign(connection, database):
        raise faults.foreign("This is a database of another program, not a record.", database.where)
    version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()
    if version is not None and version not in REVISIONS:
        raise newer(
            database.where, f"its tables are of version {version}, the newest known is {REVISIONS[-1]}"
        )
    return version


def table_names(connection: Connection, database: Database) -> list[str]:
    """The names of the tables that stand where ours do."""
    if database.schema is not None and not has_schema(connection, database.schema):
        return []
    return inspect(connection).get_table_names(schema=database.schema)


def _is_marked_foreign(connection: Connection, database: Database) -> bool:
    if database.schema is not None:
        return False
    return read_application(connection) not in {0, APPLICATION_ID}


def newer(where: str, what: str) -> NewerStoreError:
    """The error for what this version cannot read yet."""
    return NewerStoreError(f"A newer onrecord made it: {what}.", where=where, cure=UPDATE_CURE)


def older(where: str) -> StoreError:
    """The error for an older store that was opened for reading alone."""
    return StoreError(
        "Another version of onrecord made it, and before it is read it must be renewed.",
        where=where,
        cure="Open it once for writing, as `onrecord add` and `onrecord doctor --rebuild` do: all that it "
        "holds is kept.",
    )


def migrate(connection: Connection, schema: str | None) -> None:
    """Brings the tables to the newest version, in the transaction of the connection."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(STEPS), version_locations=[str(STEPS)])

    def steps_from(revision: Any, context: Any) -> Any:
        return script._upgrade_revs("head", revision)

    with EnvironmentContext(Config(), script, fn=steps_from) as environment:
        environment.configure(
            connection=connection,
            version_table=VERSION_TABLE,
            version_table_schema=schema,
            transactional_ddl=True,
        )
        environment.run_migrations()
