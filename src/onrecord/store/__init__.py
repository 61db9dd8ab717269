"""The record kept: one SQLite file, or a PostgreSQL database, behind one set of types.

Importing this loads no database library; opening a store does.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.store.opening import open_store

__all__ = ["open_store"]


def __getattr__(name: str) -> Any:
    if name == "open_store":
        from onrecord.store.opening import open_store

        return open_store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
