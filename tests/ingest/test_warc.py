"""WARC files: what becomes a capture, what is passed over, and how the reading goes on after damage."""

import gzip
import hashlib
import io
import subprocess
import sys
import tracemalloc
import zlib

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter

from onrecord.ingest import sources
from onrecord.ingest.sources import captures_in
from onrecord.record import Capture, Failure
from tests.ingest.archives import PAGE, pack, record, respond

BOTH = pytest.mark.parametrize("join", [lambda *r: b"".join(r), pack], ids=["plain", "gzip"])


def read(data):
    return list(captures_in(io.BytesIO(data), "crawl.warc"))


def numbers(entries):
    """The page's number for a capture, the reason for a failure."""
    return [int(e.url.rpartition("/")[2]) if isinstance(e, Capture) else e.reason for e in entries]


@BOTH
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_each_page_of_an_archive_is_a_capture(join, version):
    data = join(*(record(number=n, version=version) for n in (1, 2, 3)))
    assert numbers(read(data)) == [1, 2, 3]


def test_a_capture_says_where_it_stood_and_when_it_was_taken():
    first = record(number=1)
    capture = read(first + record(number=2))[1]
    assert capture.container.name == "crawl.warc"
    assert capture.container.place == f"record <urn:uuid:2> at byte {len(first)}"
    assert capture.container.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert (capture.url, capture.retrieved_at) == ("https://courier.example/2", "2031-05-03T10:00:00Z")
    assert (capture.body, capture.media_type, capture.encoding) == (PAGE, "text/html", "utf-8")


def test_in_a_gzip_archive_the_place_is_that_of_the_member():
    first = pack(record(number=1))
    capture = read(first + pack(record(number=2)))[1]
    assert capture.container.place.endswith(f"at byte {len(first)}")


def test_an_archive_in_one_gzip_member_is_read():
    data = gzip.compress(b"".join(record(number=n) for n in (1, 2)))
    assert numbers(read(data)) == [1, 2]


def test_the_charset_of_the_http_header_counts():
    page = "<html><p>Zażółć gęślą jaźń, powiedział burmistrz.".encode("iso8859-2")
    (capture,) = read(record(respond(page, media_type="text/html; charset=iso-8859-2")))
    assert capture.encoding == "iso8859-2"


PASSED = {
    "a redirect": record(respond(b"", status="301 Moved", Location="/2")),
    "an error": record(respond(PAGE, status="404 Not Found")),
    "a picture": record(respond(b"\x89PNG", media_type="image/png")),
    "a style sheet": record(respond(b"p{}", media_type="text/css")),
    "a request": record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
    "a description": record(b"software: x", kind="warcinfo", Content_Type="application/warc-fields"),
    "a file for robots": record(
        respond(b"User-agent: *", media_type="text/plain"),
        WARC_Target_URI="https://courier.example/robots.txt",
    ),
    "a log of the crawler": record(
        b"log", kind="resource", Content_Type="text/plain", WARC_Target_URI="metadata://x"
    ),
    "untyped bytes": record(respond(b"\x00\x01", media_type="")),
}


@pytest.mark.parametrize("what", PASSED)
def test_what_is_no_page_is_passed_over(what):
    assert numbers(read(PASSED[what] + record(number=7))) == [7]


def test_an_archive_without_a_page_says_so():
    (failure,) = read(PASSED["a redirect"])
    assert failure.reason == "EmptyInputError"
    assert "None of its 1 records" in failure.detail


@pytest.mark.parametrize("kind", ["resource", "conversion"])
def test_records_of_text_without_http_are_captures(kind):
    (capture,) = read(record(b"The mayor said no.", kind=kind, Content_Type="text/plain"))
    assert (capture.body, capture.media_type) == (b"The mayor said no.", "text/plain")


def test_an_untyped_page_is_known_by_its_beginning():
    assert numbers(read(record(respond(PAGE, media_type="")))) == [1]


def compress(writer, data):
    stream = io.BytesIO()
    packer = writer(stream)
    packer.write(data)
    packer.close()
    return stream.getvalue()


CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (PAGE[:20], PAGE[20:])) + b"0\r\n\r\n"
BODIES = {
    "chunked": respond(CHUNKED, Transfer_Encoding="chunked"),
    "chunked, joined already": respond(PAGE, Transfer_Encoding="chunked"),
    "gzip": respond(gzip.compress(PAGE), Content_Encoding="gzip"),
    "gzip, inflated already": respond(PAGE, Content_Encoding="gzip"),
    "deflate": respond(zlib.compress(PAGE), Content_Encoding="deflate"),
    "bare deflate": respond(zlib.compress(PAGE, wbits=-15), Content_Encoding="deflate"),
    "brotli": respond(compress(BrotliWriter, PAGE), Content_Encoding="br"),
    "brotli, inflated already": respond(PAGE, Content_Encoding="br"),
    "zstandard": respond(compress(ZstdWriter, PAGE), Content_Encoding="zstd"),
    "two encodings": respond(gzip.compress(zlib.compress(PAGE)), Content_Encoding="deflate, gzip"),
    "both": respond(
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(PAGE)), gzip.compress(PAGE)),
        Transfer_Encoding="chunked",
        Content_Encoding="gzip",
    ),
}


@pytest.mark.parametrize("how", BODIES)
def test_a_body_is_decoded(how):
    (capture,) = read(record(BODIES[how]))
    assert capture.body == PAGE


BROKEN_BODIES = {
    "a chunk that breaks off": (respond(CHUNKED[:-20], Transfer_Encoding="chunked"), "break off"),
    "gzip cut off": (respond(gzip.compress(PAGE)[:-12], Content_Encoding="gzip"), "cut off"),
    "an unknown encoding": (respond(PAGE, Content_Encoding="rot13"), "'rot13'"),
    "no status line": (b"<html><p>Hello", "no status line"),
    "no end of its header": (b"HTTP/1.1 200 OK\r\nContent-Type: text/html", "no end"),
    "five encodings": (respond(PAGE, Content_Encoding="gzip," * 5), "5 encodings"),
    "a bomb": (respond(gzip.compress(b"<p>" + bytes(30_000_000)), Content_Encoding="gzip"), "bomb"),
    "a picture called a page": (respond(b"\x89PNG\r\n\x1a\n\x00"), "PNG"),
    "nothing": (respond(b" \n"), "empty"),
}


@pytest.mark.parametrize("what", BROKEN_BODIES)
def test_a_broken_body_is_a_failure_and_the_next_record_is_read(what):
    block, word = BROKEN_BODIES[what]
    failure, capture = read(record(block, number=5) + record(number=6))
    assert word in failure.detail
    assert failure.subject == "crawl.warc: record <urn:uuid:5> at byte 0"
    assert capture.url == "https://courier.example/6"


def test_a_body_that_the_archive_says_it_cut_is_read_as_far_as_it_goes():
    cut = respond(gzip.compress(PAGE * 20, mtime=0)[:-12], Content_Encoding="gzip")
    (capture,) = read(record(cut, WARC_Truncated="length"))
    assert capture.body.startswith(PAGE)


DAMAGES = {
    "a length too small": record(number=5, length=10),
    "a length too large": record(number=5, length=400),
    "a length that is no number": record(number=5, length="many"),
    "a negative length": record(number=5, length=-7),
    "a length without sense": record(number=5, length=10**15),
    "garbage": b"these bytes are\r\n\r\nno record\r\n" * 9,
}


@BOTH
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_record_is_one_failure_and_the_records_after_it_are_read(join, damage):
    entries = read(join(record(number=1), DAMAGES[damage], record(number=2), record(number=3)))
    assert numbers(entries) == [1, "DamagedInputError", 2, 3]


def test_a_length_beyond_the_end_of_the_file_costs_that_record_alone(tmp_path):
    path = tmp_path / "pages.warc"
    path.write_bytes(record(number=1) + record(number=5, length=10**11) + record(number=2))
    assert numbers(sources.captures(path)) == [1, "DamagedInputError", 2]


def test_garbage_between_gzip_members_is_one_failure():
    data = pack(record(number=1)) + b"garbage" * 99 + pack(record(number=2))
    assert numbers(read(data)) == [1, "DamagedInputError", 2]


def test_zeros_that_pad_a_gzip_file_are_no_damage():
    assert numbers(read(pack(record(number=1)) + bytes(512))) == [1]


def test_of_a_gzip_archive_that_is_cut_off_the_members_before_the_cut_are_read():
    entries = read(pack(*(record(number=n) for n in (1, 2, 3)))[:-30])
    assert numbers(entries) == [1, 2, "DamagedInputError"]
    assert "cut off" in entries[-1].detail


def test_a_plain_archive_that_is_cut_off_says_where():
    entries = read(record(number=1) + record(number=2)[:-40])
    assert numbers(entries) == [1, "DamagedInputError"]
    assert "cut off after" in entries[-1].detail


def test_a_broken_gzip_member_costs_that_member_alone():
    broken = bytearray(pack(record(number=2)))
    broken[len(broken) // 2] ^= 0xFF
    entries = read(pack(record(number=1)) + bytes(broken) + pack(record(number=3), record(number=4)))
    assert numbers(entries) == [1, "DamagedInputError", 3, 4]


def test_a_gzip_member_that_grows_without_end_is_a_failure():
    bomb = record(respond(b"<html>" + bytes(40_000_000)), number=2)
    entries = read(pack(record(number=1), bomb, record(number=3)))
    assert numbers(entries) == [1, "DamagedInputError", 3]
    assert "bomb" in entries[1].detail


def test_a_record_that_is_too_large_is_passed_without_being_held(monkeypatch):
    monkeypatch.setattr("onrecord.ingest.warc.MAX_BLOCK_BYTES", 1000)
    large = record(respond(PAGE + b" " * 200_000), number=2)
    assert numbers(read(record(number=1) + large + record(number=3))) == [1, "TooLargeError", 3]


def test_an_archive_is_read_in_little_memory(tmp_path):
    # 20 MB of records, of which never more than a few are held.
    path = tmp_path / "pages.warc"
    page = PAGE + b"<p>filler</p>" * 8_000
    with path.open("wb") as stream:
        for number in range(200):
            stream.write(record(respond(page), number=number))
    tracemalloc.start()
    found = sum(isinstance(entry, Capture) for entry in sources.captures(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == 200
    assert peak < 4_000_000


def test_the_bench_of_archives_runs_and_finds_every_page():
    command = [sys.executable, "-m", "bench.warc", "--size", "300kB", "--gzip"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    made, found = done.stdout.splitlines()[0].split()[-2:]
    assert made.rstrip(",") == found
    assert int(found.replace(",", "")) > 5


def test_every_entry_is_a_capture_or_a_failure_whatever_the_place_of_a_cut():
    data = pack(record(number=1), record(BODIES["both"], number=2))
    for end in range(1, len(data), 7):
        entries = read(data[:end])
        assert entries
        assert all(isinstance(e, Capture | Failure) for e in entries)
