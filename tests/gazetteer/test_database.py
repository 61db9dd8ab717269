"""The gazetteer's file: written whole or not at all, and refused where it is not ours."""

import sqlite3
import threading
from collections.abc import Iterator

import pytest

from onrecord.errors import GazetteerError
from onrecord.gazetteer.database import SCHEMA, write_gazetteer
from onrecord.gazetteer.lookup import Gazetteer
from onrecord.gazetteer.rows import PlaceRow
from tests.gazetteer.rows import BELTOWN, ROWS, make_file


def test_a_place_is_found_by_its_name_however_it_is_written(tmp_path):
    gazetteer = Gazetteer(make_file(tmp_path))
    assert [c.entry.entry_id for c in gazetteer.find_candidates("the  BELTOWN’s")] == []
    found = gazetteer.find_candidates("BÉLTOWN")
    assert [c.entry.entry_id for c in found] == ["geonames:2", "geonames:1"]  # the most populous first


def test_a_candidate_tells_how_it_goes_by_the_name(tmp_path):
    gazetteer = Gazetteer(make_file(tmp_path))
    kinds = {
        name: gazetteer.find_candidates(name)[0].name_kind for name in ("Ill.", "Illinoisan", "Belltown")
    }
    assert kinds == {"Ill.": "abbreviation", "Illinoisan": "people", "Belltown": "alternate"}


def test_well_known_places_are_asked_for_in_one_question(tmp_path):
    found = Gazetteer(make_file(tmp_path)).find_well_known(["Beltown", "Illinois", "Nowhere"])
    assert {name: [c.population for c in these] for name, these in found.items()} == {
        "Beltown": [640_000],
        "Illinois": [12_000_000],
    }


def test_a_file_says_what_it_was_made_of(tmp_path):
    assert Gazetteer(make_file(tmp_path)).about() == {"source": "tests", "places": "3", "names": "7"}


def test_a_row_that_is_damaged_costs_no_other(tmp_path):
    path = make_file(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE place SET latitude = 400 WHERE entry_id = 'geonames:1'")
    connection.close()
    found = Gazetteer(path).find_candidates("Beltown")
    assert [c.entry.entry_id for c in found] == ["geonames:2"]


def test_a_missing_file_is_named_with_what_to_do(tmp_path):
    with pytest.raises(GazetteerError, match=r"no gazetteer here.*gazetteer build"):
        Gazetteer(tmp_path / "none.sqlite")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "notes.sqlite"
    path.write_text("only words, and more of them than a header has" * 50, encoding="utf-8")
    with pytest.raises(GazetteerError, match="cannot be read"):
        Gazetteer(path)


def test_a_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE letters (body TEXT)")
    connection.close()
    with pytest.raises(GazetteerError, match="another program"):
        Gazetteer(path)


@pytest.mark.parametrize(("schema", "age"), [(SCHEMA + 1, "a newer"), (SCHEMA - 1, "an older")])
def test_a_file_of_another_version_is_refused(tmp_path, schema, age):
    path = make_file(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema}")
    connection.close()
    with pytest.raises(GazetteerError, match=age):
        Gazetteer(path)


def test_a_file_that_is_cut_off_is_an_error_with_a_cure(tmp_path):
    path = make_file(tmp_path)
    path.write_bytes(path.read_bytes()[:9_000])
    with pytest.raises(GazetteerError, match="build it again"):
        Gazetteer(path).find_candidates("Beltown")


def test_nothing_is_left_where_writing_fails(tmp_path):
    def rows() -> Iterator[PlaceRow]:
        yield BELTOWN
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        write_gazetteer(rows(), tmp_path / "places.sqlite", source="tests")
    assert list(tmp_path.iterdir()) == []


def test_two_that_write_at_once_leave_one_whole_file(tmp_path):
    path = tmp_path / "places.sqlite"
    threads = [
        threading.Thread(target=write_gazetteer, args=(ROWS, path), kwargs={"source": "tests"}) for _ in "ab"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [p.name for p in tmp_path.iterdir()] == ["places.sqlite"]
    assert len(Gazetteer(path).find_candidates("Beltown")) == 2
