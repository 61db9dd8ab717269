"""Every format: found by name and suffix, writes ugly records whole, leaves nothing where it cannot."""

import errno
import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from onrecord.errors import ExportError, MissingPartError
from onrecord.export import base
from onrecord.export.base import ExportContext
from onrecord.export.formats import FORMATS, MODULES, find_format
from onrecord.export.frames import to_pandas, to_polars
from onrecord.export.writing import export_to, write_stream
from onrecord.record import Failure, Judged
from tests.export.entries import make_entries, make_long, make_silent
from tests.export.reading_back import READERS
from tests.record.random_records import any_records

EVERY = pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)


class FullDisk(io.BytesIO):
    """A stream with room for so many bytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def test_every_format_has_a_reader_that_reads_it_back():
    assert READERS.keys() == FORMATS.keys()


def test_no_two_formats_share_the_end_of_a_name():
    suffixes = [suffix for chosen in FORMATS.values() for suffix in chosen.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert len(MODULES) == len(FORMATS)


@EVERY
def test_a_format_is_found_by_its_name_and_by_each_suffix(chosen):
    assert find_format(chosen.name) is chosen
    assert find_format(chosen.name.upper()) is chosen
    assert all(find_format(Path("a folder") / f"News.v2{s.upper()}") is chosen for s in chosen.suffixes)


@pytest.mark.parametrize("wanted", ["", "docx", "out.docx", "csv.bak", Path("csv"), "no\x00\ud800"])
def test_what_no_format_is_called_is_an_error_that_lists_them_all(wanted):
    with pytest.raises(ExportError) as caught:
        find_format(wanted)
    assert all(name in str(caught.value) for name in FORMATS)


@EVERY
def test_ugly_records_are_written_and_read_back_in_number(chosen, tmp_path):
    entries = make_entries()
    path = tmp_path / f"out{chosen.suffixes[0]}"
    exported = export_to(path, None, entries)
    assert exported.written == READERS[chosen.name](path) == sum(map(chosen.count, entries))
    assert exported.records == len(entries)
    assert exported.statements == sum(len(one.record.statements) for one in entries)


@EVERY
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=any_records())
def test_records_that_nobody_would_make_are_written_whole_too(chosen, tmp_path, record):
    path = tmp_path / f"out{chosen.suffixes[0]}"
    exported = export_to(path, chosen, [Judged(record=record)])
    assert exported.written == READERS[chosen.name](path)


@EVERY
@pytest.mark.parametrize("entries", [[], [make_silent()]], ids=["none", "silent"])
def test_nothing_to_export_is_a_file_without_units(chosen, entries, tmp_path):
    path = tmp_path / f"out{chosen.suffixes[0]}"
    assert (
        export_to(path, chosen, entries).written
        == READERS[chosen.name](path)
        == sum(map(chosen.count, entries))
    )


@EVERY
def test_the_same_records_give_the_same_bytes(chosen):
    first, second = io.BytesIO(), io.BytesIO()
    for stream in (first, second):
        write_stream(chosen, make_entries(), stream)
    assert first.getvalue() == second.getvalue()


@EVERY
def test_entries_are_taken_once_as_they_come(chosen):
    write_stream(chosen, iter(make_entries()), io.BytesIO())


@EVERY
def test_no_format_holds_the_records_that_it_has_written(chosen):
    counts = []

    def entries():
        given = []
        for _ in range(9):
            given.append(make_silent())
            yield given[-1]
        counts.extend(sys.getrefcount(one) for one in given)

    write_stream(chosen, entries(), io.BytesIO())
    alone = [make_silent()]
    (usual,) = (sys.getrefcount(one) for one in alone)
    assert counts[:-2] == [usual] * 7


@EVERY
@pytest.mark.parametrize("part", [0, 0.5, 0.99])
def test_a_disk_that_fills_up_is_told(chosen, part):
    whole = io.BytesIO()
    write_stream(chosen, make_entries(), whole)
    with pytest.raises(OSError, match="No space left"):
        write_stream(chosen, make_entries(), FullDisk(int(len(whole.getvalue()) * part)))


@EVERY
def test_an_error_among_the_records_passes_as_it_is(chosen, tmp_path):
    def entries():
        yield make_silent()
        raise KeyError("a fault of the store")

    path = tmp_path / "out"
    path.write_bytes(b"old")
    with pytest.raises(KeyError, match="a fault of the store"):
        export_to(path, chosen, entries())
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


@EVERY
def test_a_very_long_statement_is_written_whole(chosen, tmp_path):
    path = tmp_path / f"out{chosen.suffixes[0]}"
    assert export_to(path, chosen, [make_long(70_000)]).written == READERS[chosen.name](path)


@EVERY
def test_failures_do_not_change_the_count_of_units(chosen, tmp_path):
    failure = Failure(stage="read", reason="EmptyInputError", detail="=nothing\x00 \ud800", subject="a.html")
    path = tmp_path / f"out{chosen.suffixes[0]}"
    exported = export_to(path, chosen, make_entries(), ExportContext(failures=(failure,)))
    assert exported.written == sum(map(chosen.count, make_entries()))


@EVERY
def test_a_format_says_what_it_is_in_a_sentence(chosen):
    assert chosen.describe.endswith(".")
    assert "/" in chosen.media_type
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in chosen.suffixes)


@pytest.mark.parametrize("chosen", [f for f in FORMATS.values() if f.extra], ids=lambda f: f.name)
def test_a_missing_part_is_named_with_the_command_that_installs_it(chosen, tmp_path, monkeypatch):
    def refuse(name):
        raise ImportError(name)

    monkeypatch.setattr(base, "import_module", refuse)
    with pytest.raises(MissingPartError, match=rf"pip install 'onrecord\[{chosen.extra}\]'"):
        export_to(tmp_path / "out", chosen, make_entries())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("make", "extra"), [(to_polars, "tables"), (to_pandas, "pandas")])
def test_a_frame_whose_library_is_missing_names_the_command_too(make, extra, monkeypatch):
    def refuse(name):
        raise ImportError(name)

    monkeypatch.setattr(base, "import_module", refuse)
    with pytest.raises(MissingPartError, match=rf"pip install 'onrecord\[{extra}\]'"):
        make(make_entries())


def test_the_registry_loads_no_heavy_library():
    code = (
        "import sys, onrecord.export.formats, onrecord.export.writing, onrecord.export.frames; "
        "print([m for m in ('pyarrow', 'polars', 'pandas', 'xlsxwriter', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
