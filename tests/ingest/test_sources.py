"""Sources: kinds told from bytes and names, folders, gzip, and what cannot be read at all."""

import gzip
import hashlib
import io
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest import name_capture
from onrecord.ingest.sources import captures, captures_in, holds_many
from onrecord.record import Capture, Failure
from tests.ingest.archives import PAGE, pack, record

TEXT = b"Bridge to stay shut\n\nThe mayor of Beltown said no.\n"
RSS = b"<rss><channel><item><description>The mayor said no.</description></item></channel></rss>"
KINDS = {
    "a page": PAGE,
    "a text": TEXT,
    "an archive": record(),
    "a packed archive": pack(record()),
    "a feed": RSS,
    "lines of JSON": b'{"text": "One."}\n{"text": "Two."}\n',
    "JSON": b'[{"text": "One."}]',
    "a table": b"url,text\nx,One.\n",
}


def read(data, name="-", **options):
    return list(captures_in(io.BytesIO(data), name, **options))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("packed", [False, True])
def test_a_kind_is_told_from_the_bytes_alone(kind, packed):
    data = gzip.compress(KINDS[kind]) if packed and kind != "a packed archive" else KINDS[kind]
    entries = read(data)
    assert entries
    assert all(isinstance(e, Capture) for e in entries)
    assert all(b"mayor" in e.body or e.body in {b"One.", b"Two."} for e in entries)


def test_bytes_count_before_the_name():
    assert read(PAGE, "page.csv")[0].media_type == "text/html"


def test_a_media_type_that_is_given_counts_before_the_bytes():
    (capture,) = read(b'{"text": "One."}', media_type="text/plain")
    assert capture.body == b'{"text": "One."}'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"BZh91AY&SY", "bzip2"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x00\x01\x02", "zero byte"),
    ],
)
def test_binary_bytes_are_a_failure_with_the_reason(data, word, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(data)
    (failure,) = captures(path)
    assert word in failure.detail
    assert failure.subject == str(path)


def test_other_xml_is_not_taken_for_a_text():
    (failure,) = read(b'<?xml version="1.0"?><nitf><body>The mayor said no.</body></nitf>')
    assert "<nitf>" in failure.detail


@pytest.mark.parametrize("data", [b"", b" \n\t\n", gzip.compress(b"")])
def test_an_empty_source_is_a_failure(data):
    (failure,) = read(data)
    assert failure.reason == "EmptyInputError"


@pytest.mark.parametrize("names", [(), (".hidden.txt", "style.css"), ("below/x.png",)])
def test_a_folder_without_a_file_to_read_is_a_failure(names, tmp_path):
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    (failure,) = captures(tmp_path)
    assert (failure.reason, failure.subject) == ("EmptyInputError", str(tmp_path))


def test_a_file_that_is_not_there_is_a_failure(tmp_path):
    (failure,) = captures(tmp_path / "gone.txt")
    assert "No such file" in failure.detail


def test_a_file_alone_has_no_container(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT)
    (capture,) = captures(tmp_path / "a.txt")
    assert capture.container is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_called_otherwise_is_so_throughout(kind, tmp_path):
    path = tmp_path / "0007"
    path.write_bytes(KINDS[kind])
    entries = list(captures(path, name="beltown.dat"))
    assert entries
    assert all(name_capture(entry).startswith("beltown.dat") for entry in entries)
    assert str(tmp_path) not in repr(entries)


def test_a_file_that_is_called_otherwise_fails_under_that_name(tmp_path):
    path = tmp_path / "0007"
    path.write_bytes(b"PK\x03\x04 and so on")
    (failure,) = captures(path, name="minutes.docx")
    assert failure.subject == "minutes.docx"
    assert "0007" not in failure.detail


def test_a_packed_page_keeps_the_hash_of_its_file(tmp_path):
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(PAGE))
    (capture,) = captures(path)
    assert (capture.body, capture.container.name) == (PAGE, str(path))
    assert capture.container.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("data", "word"),
    [(gzip.compress(TEXT)[:-9], "cut off"), (gzip.compress(b"<p>" + bytes(60_000_000)), "bomb")],
)
def test_a_packed_page_that_is_cut_off_or_a_bomb_is_a_failure(data, word):
    (failure,) = read(data)
    assert word in failure.detail


def test_a_page_too_large_is_a_failure(monkeypatch):
    monkeypatch.setattr("onrecord.ingest.sources.MAX_BYTES", 20)
    (failure,) = read(TEXT)
    assert failure.reason == "TooLargeError"


def make_folder(folder):
    (folder / "sub").mkdir()
    for name, data in {
        "b.txt": TEXT,
        "a.html": PAGE,
        "sub/c.warc": record(),
        "d.pdf": b"%PDF-",
        ".x": TEXT,
    }.items():
        (folder / name).write_bytes(data)
    return folder


def test_a_folder_is_walked_in_sorted_order_and_a_bad_file_stops_nothing(tmp_path):
    found = list(captures(make_folder(tmp_path)))
    names = [e.subject if isinstance(e, Failure) else name_capture(e) for e in found]
    expected = ["a.html", "b.txt", "d.pdf", "sub/c.warc: record <urn:uuid:1> at byte 0"]
    assert names == [f"{tmp_path}/{name}" for name in expected]


def test_what_lies_beside_saved_pages_is_passed_over(tmp_path):
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "style.css").write_bytes(b"p {}")
    (tmp_path / "page.txt").write_bytes(TEXT)
    assert [found.container.name for found in captures(tmp_path)] == [str(tmp_path / "page.txt")]


def test_links_in_a_circle_are_a_failure_and_end(tmp_path):
    make_folder(tmp_path)
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "twin").symlink_to("sub")
    reasons = [e.detail for e in captures(tmp_path) if isinstance(e, Failure) and "link" in e.detail]
    assert len(reasons) == 2


def test_what_is_no_file_is_a_failure(tmp_path):
    (tmp_path / "gone").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    details = " ".join(e.detail for e in captures(tmp_path))
    assert "leads nowhere" in details
    assert "pipe" in details


def test_an_unreadable_file_is_a_failure_and_the_rest_goes_on(tmp_path, monkeypatch):
    make_folder(tmp_path)
    whole = type(tmp_path).open

    def refuse(path, *arguments, **options):
        if path.name == "a.html":
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path, *arguments, **options)

    monkeypatch.setattr(type(tmp_path), "open", refuse)
    first, second, *_ = captures(tmp_path)
    assert "Permission denied" in first.detail
    assert isinstance(second, Capture)


@pytest.mark.parametrize(
    ("name", "data", "many"),
    [
        ("a.txt", TEXT, False),
        ("a.html", PAGE, False),
        ("a.warc.gz", pack(record()), True),
        ("a.csv", b"a,b", True),
    ],
)
def test_which_files_hold_many_is_known_before_they_are_read(tmp_path, name, data, many):
    (tmp_path / name).write_bytes(data)
    assert holds_many(tmp_path / name) is many
    assert holds_many(tmp_path) is True


SEEDS = [*KINDS.values(), json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{}]}).encode()]
CUTS = st.tuples(st.integers(0, 400), st.integers(0, 30), st.binary(max_size=12))


@given(seed=st.sampled_from(SEEDS), changes=st.lists(CUTS, min_size=1, max_size=4))
def test_whatever_the_damage_nothing_is_raised(seed, changes):
    data = seed
    for at, length, put in changes:
        data = data[:at] + put + data[at + length :]
    entries = read(data, "source")
    assert entries
    assert all(isinstance(e, Capture | Failure) for e in entries)
