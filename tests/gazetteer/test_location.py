"""Where the gazetteer lies: named by the user, in the cache, or beside it where that cannot be written."""

import sys
from pathlib import Path

import pytest

from onrecord.errors import GazetteerError
from onrecord.gazetteer import location
from onrecord.gazetteer.database import write_gazetteer
from tests.gazetteer.rows import ROWS, make_file


@pytest.fixture
def quick_build(monkeypatch):
    """Builds of three rows, and a list of the paths that were built."""
    built: list[Path] = []

    def build(path: Path, say=None) -> int:
        count = write_gazetteer(ROWS, path, source="tests")
        built.append(path)
        return count

    monkeypatch.setattr(location, "build_bundled", build)
    monkeypatch.delenv(location.VARIABLE, raising=False)
    return built


def test_the_file_that_the_environment_names_is_opened(tmp_path, monkeypatch):
    path = make_file(tmp_path)
    monkeypatch.setenv(location.VARIABLE, str(path))
    assert location.open_gazetteer().path == path


def test_a_named_file_that_is_missing_is_never_built(tmp_path, monkeypatch):
    monkeypatch.setenv(location.VARIABLE, str(tmp_path / "none.sqlite"))
    with pytest.raises(GazetteerError, match="ONRECORD_GAZETTEER"):
        location.open_gazetteer()


def test_it_is_built_once_and_then_found(tmp_path, monkeypatch, quick_build):
    monkeypatch.setattr(location, "cache_folder", lambda: tmp_path / "cache")
    first, second = location.open_gazetteer(), location.open_gazetteer()
    assert first.path == second.path == quick_build[0]
    assert len(quick_build) == 1


def test_a_built_file_that_is_damaged_is_built_again(tmp_path, monkeypatch, quick_build):
    monkeypatch.setattr(location, "cache_folder", lambda: tmp_path)
    location.built_path().write_bytes(b"broken")
    assert location.open_gazetteer().about()["source"] == "tests"


def test_where_the_cache_cannot_be_written_it_goes_to_the_temporary_folder(
    tmp_path, monkeypatch, quick_build
):
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setattr(location, "cache_folder", lambda: blocked)
    monkeypatch.setattr(location.tempfile, "gettempdir", lambda: str(tmp_path / "spare"))
    said: list[str] = []
    opened = location.open_gazetteer(said.append)
    assert opened.path.is_relative_to(tmp_path / "spare")
    assert "cannot be written" in said[0]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these keep caches elsewhere")
def test_the_cache_is_where_the_system_has_it(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert location.cache_folder() == tmp_path / "onrecord"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert location.cache_folder() == Path.home() / ".cache" / "onrecord"
