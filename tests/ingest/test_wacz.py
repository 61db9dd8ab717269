"""WACZ archives: the WARC files in them are read where they lie."""

import io
import random
import zipfile

import pytest

from onrecord.ingest.sources import captures, captures_in
from onrecord.record import Capture
from tests.ingest.archives import pack, record


def write_zip(path, *, compression=zipfile.ZIP_STORED, **files):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_warc_file_of_an_archive_is_read_in_order(tmp_path, compression):
    files = {
        "archive__b.warc.gz": pack(record(number=2)),
        "archive__a.warc": record(number=1),
        "datapackage.json": "{}",
        "pages__pages.jsonl": '{"text": "not an article"}',
    }
    path = write_zip(tmp_path / "crawl.wacz", compression=compression, **files)
    found = list(captures(path))
    assert [c.url for c in found] == ["https://courier.example/1", "https://courier.example/2"]
    assert found[0].container.name == f"{path}/archive/a.warc"


def test_a_zip_file_of_other_things_is_refused(tmp_path):
    (failure,) = captures(write_zip(tmp_path / "letters.zip", a="x"))
    assert (failure.reason, failure.subject) == ("BinaryInputError", str(tmp_path / "letters.zip"))


def test_an_archive_cut_off_is_a_failure(tmp_path):
    path = write_zip(tmp_path / "crawl.wacz", archive__a=record())
    path.write_bytes(path.read_bytes()[:-30])
    (failure,) = captures(path)
    assert failure.reason == "DamagedInputError"


def test_a_broken_file_in_an_archive_is_a_failure_and_the_next_is_read(tmp_path):
    path = write_zip(
        tmp_path / "crawl.wacz",
        **{"archive__a.warc": record(number=1), "archive__b.warc": record(number=2)},
    )
    data = bytearray(path.read_bytes())
    data[data.index(b"mayor")] = ord("M")  # the checksum no longer fits
    path.write_bytes(bytes(data))
    found = list(captures(path))
    assert "DamagedInputError" in [getattr(f, "reason", None) for f in found]
    assert isinstance(found[-1], Capture)


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_within_a_packed_file_is_a_failure_and_the_next_is_read(tmp_path, compression):
    noise = random.Random(0).randbytes(20_000)  # which no packing makes shorter
    files = {"archive__a.warc": noise, "archive__b.warc": record(number=2)}
    path = write_zip(tmp_path / "crawl.wacz", compression=compression, **files)
    whole = path.read_bytes()
    path.write_bytes(whole[:3000] + b"\xff" * 400 + whole[3400:])
    failure, capture = captures(path)
    assert (failure.reason, failure.subject) == ("DamagedInputError", f"{path}/archive/a.warc")
    assert capture.url == "https://courier.example/2"


def test_a_file_that_grows_without_end_is_not_unpacked(tmp_path):
    path = write_zip(
        tmp_path / "crawl.wacz",
        compression=zipfile.ZIP_DEFLATED,
        **{"archive__a.warc": bytes(30_000_000), "archive__b.warc": record(number=2)},
    )
    failure, capture = captures(path)
    assert "bomb" in failure.detail
    assert capture.url == "https://courier.example/2"


def test_an_archive_cannot_come_through_a_pipe(tmp_path):
    data = write_zip(tmp_path / "crawl.wacz", archive__a=b"").read_bytes()
    (failure,) = captures_in(io.BytesIO(data), "-")
    assert "Give the file" in failure.detail
