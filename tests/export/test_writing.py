"""Exports to files: whole under their name, or an error, nothing left, and the old file as it was."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import ExportError
from onrecord.export.formats import FORMATS
from onrecord.export.writing import export_to
from tests.export.entries import make_entries, make_silent

JSONL = FORMATS["jsonl"]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_the_one_before(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    path.chmod(0o640)
    export_to(path, None, make_entries())
    assert path.read_text(encoding="utf-8").count("\n") == len(make_entries())
    assert path.stat().st_mode & 0o777 == 0o640
    assert names_in(tmp_path) == ["out.jsonl"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "out.jsonl").symlink_to("real.jsonl")
    export_to(tmp_path / "out.jsonl", None, [make_silent()])
    assert (tmp_path / "out.jsonl").is_symlink()
    assert "No one speaks" in (tmp_path / "real.jsonl").read_text(encoding="utf-8")


def test_an_interrupted_export_leaves_the_old_file(tmp_path):
    def entries():
        yield make_silent()
        raise KeyboardInterrupt

    path = tmp_path / "out.jsonl"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        export_to(path, None, entries())
    assert (names_in(tmp_path), path.read_text()) == (["out.jsonl"], "old")


def test_a_format_that_writes_too_little_is_an_error(tmp_path):
    def stop_early(entries, stream, *, context):
        next(iter(entries))
        return 1

    with pytest.raises(ExportError, match=r"1 records were written as jsonl where there should be 1 or more"):
        export_to(tmp_path / "out.jsonl", replace(JSONL, write=stop_early), [make_silent(), make_silent()])
    assert names_in(tmp_path) == []


def test_a_format_that_counts_another_number_is_an_error(tmp_path):
    def miscount(entries, stream, *, context):
        return len(list(entries)) - 1

    with pytest.raises(ExportError, match=r"1 records were written as jsonl where there should be 2:"):
        export_to(tmp_path / "out.jsonl", replace(JSONL, write=miscount), [make_silent(), make_silent()])
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (".", "Is a directory"),
        ("no/such/folder/out.csv", "Make the folder first"),
        ("a\0b.csv", "NUL"),
        (f"{'x' * 300}.csv", "shorter name"),
    ],
)
def test_a_place_that_no_file_can_have_is_told_with_the_cure(path, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExportError, match=told):
        export_to(path, "csv", [make_silent()])
    assert names_in(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
def test_a_full_device_is_told(chosen):
    with pytest.raises(ExportError, match="Free some space"):
        export_to("/dev/full", chosen, make_entries())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ExportError, match="Permission denied"):
            export_to(tmp_path / "out.csv", None, [make_silent()])
    finally:
        tmp_path.chmod(0o700)


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o400)
    monkeypatch.setattr("os.access", lambda *_: False)  # as for anybody but root
    with pytest.raises(ExportError, match="Permission denied"):
        export_to(path, None, [make_silent()])
    assert path.read_text() == "old"


def test_a_record_that_is_kept_is_not_replaced_by_its_export(tmp_path):
    path = tmp_path / "news.onrecord"
    path.write_bytes(b"SQLite format 3\0 and the rest")
    with pytest.raises(ExportError, match="database"):
        export_to(path, "jsonl", [make_silent()])
    assert path.read_bytes().endswith(b"and the rest")


def test_what_the_system_says_of_the_records_is_not_said_of_the_file(tmp_path):
    def entries():
        yield make_silent()
        raise OSError(5, "Input/output error")

    with pytest.raises(ExportError, match=r"The records cannot be read: Input/output error"):
        export_to(tmp_path / "out.jsonl", None, entries())
    assert names_in(tmp_path) == []
