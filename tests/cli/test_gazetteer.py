"""`onrecord gazetteer`: what is used, and how one is built of a dump."""

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.gazetteer import geonames
from tests.gazetteer.rows import make_file
from tests.gazetteer.test_geonames import write_dump


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["gazetteer", *words])


@pytest.fixture
def without_cities(monkeypatch):
    load = geonames.load_json
    monkeypatch.setattr(geonames, "load_json", lambda name: {} if name == geonames.CITIES else load(name))


def test_status_tells_the_file_that_is_named_and_what_it_holds(tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_GAZETTEER", str(make_file(tmp_path)))
    result = run("status")
    assert result.exit_code == 0
    assert "named by ONRECORD_GAZETTEER" in result.stdout
    assert "3 with 7 names" in result.stdout


def test_status_says_where_there_is_none_yet(tmp_path, monkeypatch):
    monkeypatch.delenv("ONRECORD_GAZETTEER", raising=False)
    monkeypatch.setattr("onrecord.gazetteer.location.cache_folder", lambda: tmp_path)
    assert "none yet" in run("status").stdout


def test_a_gazetteer_of_a_dump_is_written_where_asked(tmp_path, monkeypatch, without_cities):
    to = tmp_path / "mine.sqlite"
    result = run("build", "--geonames", str(write_dump(tmp_path / "all.txt")), "--to", str(to))
    assert result.exit_code == 0
    monkeypatch.setenv("ONRECORD_GAZETTEER", str(to))
    assert "GeoNames, all.txt" in run("status").stdout


def test_a_dump_needs_a_place_to_be_written_to(tmp_path):
    result = run("build", "--geonames", str(write_dump(tmp_path / "all.txt")))
    assert result.exit_code == 2
    assert "--to" in result.stderr


def test_tables_beside_a_dump_need_the_dump(tmp_path):
    result = run("build", "--admin1", str(write_dump(tmp_path / "admin1.txt")))
    assert result.exit_code == 2
    assert "--geonames" in result.stderr


def test_a_file_that_is_no_dump_ends_with_its_line_and_leaves_nothing(tmp_path, without_cities):
    dump = write_dump(tmp_path / "all.txt", ("only words",))
    result = run("build", "--geonames", str(dump), "--to", str(tmp_path / "mine.sqlite"))
    assert result.exit_code == 1
    assert "Line 1" in result.stderr
    assert not (tmp_path / "mine.sqlite").exists()
