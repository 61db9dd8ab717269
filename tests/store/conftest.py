"""A store on each database, new and empty for every test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from onrecord.store import open_store
from onrecord.store.base import Reading
from onrecord.store.kept import KeptStore
from tests.databases import backend, server, where

__all__ = ["backend", "server", "where"]

READING = Reading(reader="onrecord 1 / model a")
NEWER = Reading(reader="onrecord 2 / model b")


@pytest.fixture
def reopen(where: str) -> Iterator[Callable[..., KeptStore]]:
    """Opens the test's store once more; all that it opened is closed at the end."""
    opened: list[KeptStore] = []

    def reopen(**options: Any) -> KeptStore:
        opened.append(open_store(where, **options))
        return opened[-1]

    yield reopen
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[..., KeptStore]) -> KeptStore:
    """An empty store, open for writing."""
    return reopen(create=True)
