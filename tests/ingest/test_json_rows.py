"""JSON: lines, lists and single objects as scrapers write them."""

import gzip
import hashlib
import io
import json

import pytest

from onrecord.ingest.sources import captures_in
from onrecord.record import Capture

TRAFILATURA = {
    "title": "Bridge", "author": "Jane Doe; John Roe", "hostname": "courier.example", "date": "2030-03-20",
    "text": "The mayor said no.", "raw_text": "Bridge The mayor said no.", "language": None,
    "source": "https://courier.example/1", "source-hostname": "Beltown Courier", "excerpt": "No.",
}  # fmt: skip
NEWSPAPER = {
    "url": "https://courier.example/1", "title": "Bridge", "authors": ["Jane Doe", "John Roe"],
    "publish_date": "2030-03-20T15:02:00+01:00", "text": "The mayor said no.", "meta_lang": "en",
    "meta_site_name": "Beltown Courier", "summary": "",
}  # fmt: skip
NEWS_PLEASE = {
    "authors": ["Jane Doe", "John Roe"], "date_download": "2030-03-22 08:00:00", "date_modify": "2030-03-21",
    "date_publish": "2030-03-20 15:02:00", "language": "en", "maintext": "The mayor said no.",
    "source_domain": "courier.example", "title": "Bridge", "url": "https://courier.example/1",
}  # fmt: skip
SCHEMA_ORG = {
    "@type": "NewsArticle", "headline": "Bridge", "articleBody": "The mayor said no.", "inLanguage": "en",
    "author": [{"name": "Jane Doe"}, {"name": "John Roe"}], "publisher": {"name": "Beltown Courier"},
    "datePublished": "2030-03-20", "url": "https://courier.example/1",
}  # fmt: skip
WRITTEN = {
    "trafilatura": TRAFILATURA,
    "newspaper": NEWSPAPER,
    "news-please": NEWS_PLEASE,
    "schema": SCHEMA_ORG,
}


def read(data, name="articles.jsonl", **options):
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return list(captures_in(io.BytesIO(data), name, **options))


def values(capture, field):
    return [s.value for s in capture.stated if s.field == field]


def bodies(entries):
    return [e.body.decode() if isinstance(e, Capture) else e.reason for e in entries]


@pytest.mark.parametrize("writer", WRITTEN)
def test_the_json_of_other_readers_is_read(writer):
    (capture,) = read(json.dumps(WRITTEN[writer]), name="a.json")
    assert (capture.body, capture.url) == (b"The mayor said no.", "https://courier.example/1")
    assert values(capture, "title") == ["Bridge"]
    assert "; ".join(values(capture, "authors")) == "Jane Doe; John Roe"
    assert values(capture, "published_at")[0].startswith("2030-03-20")


@pytest.mark.parametrize(
    ("writer", "outlet"),
    [
        ("trafilatura", "Beltown Courier"),
        ("newspaper", "Beltown Courier"),
        ("news-please", "courier.example"),
        ("schema", "Beltown Courier"),
    ],
)
def test_the_outlet_is_its_name_before_its_host(writer, outlet):
    assert values(read(json.dumps(WRITTEN[writer]))[0], "outlet") == [outlet]


def test_a_stated_field_names_its_column():
    assert ("date_modify", "2030-03-21") in [
        (s.place.removeprefix("column "), s.value) for s in read(json.dumps(NEWS_PLEASE))[0].stated
    ]


def test_a_number_in_the_place_of_a_date_is_stated_as_it_stands():
    (row,) = read(json.dumps({"text": "The mayor said no.", "publish_date": 1900000000, "title": 5}))
    assert [(s.field, s.value) for s in row.stated] == [("published_at", "1900000000")]


def test_lines_are_named_by_their_numbers_with_the_hash_of_their_bytes():
    line = json.dumps(NEWSPAPER)
    capture = read(f"\n{line}\r\n")[0]
    assert capture.container.place == "row 2"
    assert capture.container.sha256 == hashlib.sha256(line.encode()).hexdigest()


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("name", ["a.json", "a.txt"])
def test_a_list_is_read_item_by_item(indent, name):
    entries = read(json.dumps([{"text": "One."}, {"body": "Two."}], indent=indent), name=name)
    assert bodies(entries) == ["One.", "Two."]
    assert entries[1].container.place == "row 2"


def test_a_page_is_read_where_there_is_no_text():
    (capture,) = read(json.dumps({"html": "<p>The mayor said no.", "text": "", "url": "x"}))
    assert (capture.media_type, capture.body) == ("text/html", b"<p>The mayor said no.")
    assert capture.url is None


def test_the_key_of_the_text_may_be_named():
    assert bodies(read('{"text": "no", "words": "The mayor said no."}', column="words")) == [
        "The mayor said no."
    ]


def test_bad_lines_are_failures_and_the_rest_goes_on():
    lines = [
        '{"text": "One."}',
        "not json",
        '{"text": 7}',
        '{"x": 1}',
        "[1]",
        '{"text": null}',
        '{"text": "Two."}',
    ]
    assert bodies(read("\n".join(lines))) == [
        "One.",
        "DamagedInputError",
        "EmptyInputError",
        "InputError",
        "InputError",
        "EmptyInputError",
        "Two.",
    ]


def test_a_failure_names_the_row():
    assert read("{}\nnot json\n")[1].subject == "articles.jsonl: row 2"


@pytest.mark.parametrize("line", ["[" * 100_000, '{"text":' + "[" * 100_000, '{"text": ' + "9" * 5_000 + "}"])
def test_what_no_json_reader_can_hold_is_a_failure(line):
    assert bodies(read(line + '\n{"text": "Two."}'))[1:] == ["Two."]


def test_a_line_of_a_hundred_megabytes_is_a_failure_and_the_rest_goes_on():
    class Long(io.RawIOBase):
        first = b'{"text": "One."}\n{"text": "'
        last = b'"}\n{"text": "Two."}\n'
        at = 0

        def read(self, size=-1):
            start, self.at = self.at, self.at + min(size, 1_000_000)
            if start < len(self.first):
                self.at = len(self.first)
                return self.first[start:]
            if start < 100_000_000:
                return b"x" * (self.at - start)
            last, self.last = self.last, b""
            return last

    assert bodies(captures_in(Long(), "a.jsonl")) == ["One.", "TooLargeError", "Two."]


def test_a_list_that_is_cut_off_is_read_up_to_the_cut():
    entries = read('[{"text": "One."}, {"text": "Tw', name="a.json")
    assert bodies(entries) == ["One.", "DamagedInputError"]


def test_a_value_too_large_to_hold_says_how_to_write_it(monkeypatch):
    monkeypatch.setattr("onrecord.ingest.json_rows.MAX_BYTES", 10)
    (failure,) = read('{\n"text": "One."}', name="a.json")
    assert "JSONL" in failure.detail


def test_lines_of_a_gzip_file_that_is_cut_off_are_read_up_to_the_cut():
    lines = "".join(json.dumps({"text": f"Line {n * n * 7919}"}) + "\n" for n in range(5_000))
    entries = read(gzip.compress(lines.encode())[:-5_000], name="a.jsonl.gz")
    assert len(entries) > 1_000
    assert bodies(entries)[0] == "Line 0"
    assert "cut off" in entries[-1].detail


def test_lone_surrogates_do_not_stop_the_reading():
    assert len(read('{"text": "a \\ud83d b", "title": "\\udc00"}\n{"text": "Two."}')) == 2


def test_a_list_of_authors_in_a_cell_is_a_list():
    (capture,) = read(json.dumps({"text": "x y", "authors": "['Jane Doe', 'John Roe']"}))
    assert values(capture, "authors") == ["Jane Doe", "John Roe"]
