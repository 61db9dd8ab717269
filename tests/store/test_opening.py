"""A path that is no record, or cannot be opened as asked, is an error that says what it is, and the cure."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from onrecord.errors import (
    DamagedStoreError,
    ForeignStoreError,
    FullStoreError,
    LostStoreError,
    NewerStoreError,
    ReadOnlyStoreError,
    StoreError,
)
from onrecord.record import Record
from onrecord.store import open_store, sqlite
from onrecord.store.kept import KeptStore
from tests.factories import make_record
from tests.store.conftest import READING

RECORDS = [make_record(f"Day {day} was quiet,", url=f"https://lantern.example/{day}") for day in range(30)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with some articles, closed."""
    place = tmp_path / "news.onrecord"
    with open_store(place, create=True) as store:
        store.add_records([(r.capture, r) for r in RECORDS], READING)
    return place


def add_each(store: KeptStore, records: list[Record]) -> None:
    for record in records:
        store.add_records([(record.capture, record)], READING)


def count(path: Path) -> int:
    with open_store(path, read_only=True) as store:
        return len(list(store.iter_judged()))


def test_a_closed_store_is_one_file(path: Path):
    assert os.listdir(path.parent) == [path.name]
    assert count(path) == len(RECORDS)
    assert os.listdir(path.parent) == [path.name]


def test_a_file_that_is_not_there_is_named_with_those_near_it(path: Path):
    (path.parent / "old.onrecord").touch()
    with pytest.raises(StoreError, match=r"no such file.*'news.onrecord', 'old.onrecord'") as caught:
        open_store(path.parent / "new.onrecord")
    assert "onrecord add" in str(caught.value)
    assert not (path.parent / "new.onrecord").exists()


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(StoreError, match="no such folder"):
        open_store(tmp_path / "nowhere" / "news.onrecord", create=True)


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_is_no_record(tmp_path: Path, create: bool):
    with pytest.raises(ForeignStoreError, match="folder"):
        open_store(tmp_path, create=create)


@pytest.mark.parametrize("name", ["", "a\x00b"])
def test_what_is_no_name_is_an_error(name: str):
    with pytest.raises(StoreError, match="no name"):
        open_store(name, create=True)


def test_a_path_below_a_file_is_an_error(path: Path):
    with pytest.raises(StoreError):
        open_store(path / "news.onrecord", create=True)


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("content", [b"<html>", b"SQLite format 2\x00", b"\x00" * 4096, b"S"])
def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path, content: bytes, create: bool):
    other = tmp_path / "page.html"
    other.write_bytes(content)
    with pytest.raises(ForeignStoreError, match=r"page.html: This file is no record"):
        open_store(other, create=create)
    assert other.read_bytes() == content


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("mark", [0, 77])
def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path, create: bool, mark: int):
    other = tmp_path / "bookmarks.db"
    with sqlite3.connect(other) as connection:
        connection.execute(f"PRAGMA application_id = {mark}")
        connection.execute("CREATE TABLE captures (capture_key INTEGER)")
    connection.close()
    content = other.read_bytes()
    with pytest.raises(ForeignStoreError, match="another program"):
        open_store(other, create=create)
    assert other.read_bytes() == content


def test_an_empty_file_becomes_a_record_only_where_that_is_asked_for(tmp_path: Path):
    place = tmp_path / "news.onrecord"
    place.touch()
    with pytest.raises(ForeignStoreError, match="nothing in it"):
        open_store(place)
    with pytest.raises(ForeignStoreError, match="nothing in it"):
        open_store(place, create=True, read_only=True)
    assert place.stat().st_size == 0
    open_store(place, create=True).close()
    assert count(place) == 0


def test_a_store_of_a_newer_onrecord_is_an_error_with_the_cure(path: Path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE onrecord_version SET version_num = '9999'")
    connection.close()
    for read_only in (False, True):
        with pytest.raises(NewerStoreError, match="pip install --upgrade onrecord"):
            open_store(path, read_only=read_only)


def test_records_of_a_newer_schema_are_an_error_with_the_cure(path: Path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE extractions SET schema_version = 99 WHERE extraction_key = 3")
    connection.close()
    with open_store(path) as store, pytest.raises(NewerStoreError, match="99"):
        list(store.iter_judged())


@pytest.mark.parametrize("kept_part", [0.3, 0.9])
def test_a_file_that_was_cut_off_is_damaged_and_says_so(path: Path, kept_part: float):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(int(size * kept_part))
    with pytest.raises(DamagedStoreError, match="doctor"):
        count(path)


def test_a_file_with_overwritten_pages_is_found_damaged(path: Path):
    with path.open("r+b") as file:
        file.seek(sqlite.PAGE_BYTES)
        file.write(os.urandom(path.stat().st_size - sqlite.PAGE_BYTES))
    with pytest.raises(DamagedStoreError), open_store(path) as store:
        list(store.iter_judged())


def test_a_file_whose_start_is_overwritten_is_foreign(path: Path):
    with path.open("r+b") as file:
        file.write(b"\xff" * 100)
    with pytest.raises(ForeignStoreError):
        open_store(path)


def test_the_check_names_bytes_and_records_that_are_not_what_they_were(path: Path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE bodies SET packed = x'00' WHERE sha256 = ?", (RECORDS[0].capture.sha256,))
        connection.execute("UPDATE extractions SET packed = x'789c' WHERE extraction_key = 2")
        connection.execute("DELETE FROM sightings WHERE sighting_key = 1")
    connection.close()
    with open_store(path) as store:
        first, second = store.check_file()
        assert RECORDS[0].capture.sha256 in first
        assert "record" in second
        with pytest.raises(DamagedStoreError, match="cannot be unpacked"):
            store.capture_body(RECORDS[0].capture.sha256)
        assert store.capture_body(RECORDS[1].capture.sha256) == RECORDS[1].capture.body


def test_swapped_bytes_are_found_by_their_hash(path: Path):
    one, two = RECORDS[0].capture, RECORDS[1].capture
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE bodies SET packed = (SELECT packed FROM bodies WHERE sha256 = ?) WHERE sha256 = ?",
            (two.sha256, one.sha256),
        )
    connection.close()
    with open_store(path) as store, pytest.raises(DamagedStoreError, match="not those of that hash"):
        store.capture_body(one.sha256)


def test_the_check_finds_damage_of_the_file_itself(path: Path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xa5" * sqlite.PAGE_BYTES)
    with open_store(path) as store:
        assert store.check_file() != ()


@pytest.mark.parametrize("end", ["delete", "move", "replace"])
def test_a_file_that_goes_away_while_open_is_lost_and_nothing_is_written_beside(path: Path, end: str):
    with open_store(path) as store:
        if end == "delete":
            path.unlink()
        else:
            path.rename(path.parent / "moved.onrecord")
        if end == "replace":
            shutil.copy(path.parent / "moved.onrecord", path)
        more = make_record("One more,")
        with pytest.raises(LostStoreError, match="moved or deleted"):
            store.add_records([(more.capture, more)], READING)
        with pytest.raises(LostStoreError):
            store.counts()


# Where nothing can be written


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small file system of memory, where the machine lets one; else the test is skipped."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        asked = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if "remount" not in options and os.path.ismount(place):
            raise AssertionError("mounted already")
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
        return place

    try:
        yield mount
    finally:
        if os.path.ismount(place):
            subprocess.run(["umount", str(place)], check=True)


def test_on_a_disk_that_takes_no_writing_a_record_is_read_and_not_written(
    path: Path, mount: Callable[[str], Path]
):
    disk = mount("size=8m")
    there = Path(shutil.copy(path, disk))
    mount("remount,ro")
    with pytest.raises(ReadOnlyStoreError, match="copy it to where you may write"):
        open_store(there)
    with pytest.raises(ReadOnlyStoreError):
        open_store(disk / "new.onrecord", create=True)
    told: list[str] = []
    with open_store(there, read_only=True, say=told.append) as store:
        assert len(list(store.iter_judged())) == len(RECORDS)
    assert "nothing can be written here" in told[0]


def test_on_a_disk_that_takes_no_writing_additions_beside_the_file_are_never_left_out_unsaid(
    path: Path, mount: Callable[[str], Path]
):
    disk = mount("size=8m")
    with open_store(path) as store:
        more = make_record("One more,")
        store.add_records([(more.capture, more)], READING)
        there = Path(shutil.copy(path, disk))
        shutil.copy(f"{path}-wal", f"{there}-wal")
    mount("remount,ro")
    with pytest.raises(ReadOnlyStoreError, match=r"news\.onrecord-wal"):
        open_store(there, read_only=True)


def test_a_full_disk_is_an_error_and_what_was_kept_is_whole(mount: Callable[[str], Path]):
    there = mount("size=2m") / "news.onrecord"
    records = [make_record(os.urandom(6000).hex()) for _ in range(400)]
    with open_store(there, create=True) as store, pytest.raises(FullStoreError, match="Make room"):
        add_each(store, records)
    mount("remount,size=40m")
    added = count(there)
    assert 3 < added < len(records)
    with open_store(there) as store:
        assert store.check_file() == ()
        add_each(store, records[added : added + 1])
    assert count(there) == added + 1


def test_a_file_that_may_grow_no_more_is_an_error_and_what_was_kept_is_whole(path: Path):
    def limit(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # no more than it has

    with open_store(path) as store:
        store._database.engine.dispose()
        event.listen(store._database.engine, "connect", limit)
        more = [make_record(os.urandom(20_000).hex()) for _ in range(3)]
        with pytest.raises(FullStoreError):
            store.add_records([(r.capture, r) for r in more], READING)
        assert len(list(store.iter_judged())) == len(RECORDS)
    assert count(path) == len(RECORDS)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind an administrator"
)
def test_a_file_without_the_right_to_write_is_read_and_not_written(path: Path):
    path.chmod(0o444)
    with pytest.raises(ReadOnlyStoreError):
        open_store(path)
    assert count(path) == len(RECORDS)


def test_a_reader_cannot_change_the_file(path: Path):
    with (
        open_store(path, read_only=True) as store,
        pytest.raises(ReadOnlyStoreError),
        store._database.reading() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM readings")
    assert count(path) == len(RECORDS)


def test_a_new_store_keeps_a_commit_through_the_loss_of_power(path: Path):
    with open_store(path) as store, store._database.reading() as connection:
        asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in (
            "journal_mode", "synchronous", "foreign_keys", "application_id")}  # fmt: skip
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "application_id": 0x0EC05254}


def test_a_store_can_be_named_with_any_signs(tmp_path: Path):
    place = tmp_path / "ne ws?mode=memory#%20😀.onrecord"
    with open_store(place, create=True) as store:
        store.add_records([(RECORDS[0].capture, RECORDS[0])], READING)
    assert [p.name for p in tmp_path.iterdir()] == [place.name]
    assert count(place) == 1


def test_importing_the_store_loads_no_database_library():
    code = "import sys, onrecord.store; print([m for m in ('sqlalchemy', 'sqlite3') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_url_of_another_kind_is_an_error(tmp_path: Path):
    with pytest.raises(StoreError, match="mysql"):
        open_store("mysql://ada:secret@db.example/news")
