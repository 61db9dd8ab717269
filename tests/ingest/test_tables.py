"""CSV and TSV: a capture a row with the words beside it, a failure a bad row, while the rest goes on."""

import hashlib
import io

import pytest

from onrecord.ingest.sources import captures_in
from onrecord.record import Capture

HEADER = "url,title,text\n"
GOOD = "https://courier.example/1,Bridge,The mayor said no.\n"


def read(data, name="articles.csv", **options):
    return list(captures_in(io.BytesIO(data if isinstance(data, bytes) else data.encode()), name, **options))


def bodies(entries):
    return [e.body.decode() if isinstance(e, Capture) else e.reason for e in entries]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_row_is_a_capture_whatever_the_delimiter(delimiter):
    data = (HEADER + GOOD + GOOD).replace(",", delimiter)
    assert bodies(read(data)) == ["The mayor said no."] * 2


def test_a_table_is_known_by_its_header_under_any_name():
    assert bodies(read(HEADER + GOOD, name="articles.txt")) == ["The mayor said no."]


def test_a_text_with_commas_in_its_first_line_is_no_table():
    text = "Text, title and more\nThe mayor said no.\n"
    assert bodies(read(text, name="a.txt")) == [text]


def test_a_row_is_named_by_its_number_with_the_hash_of_its_bytes():
    row = 'https://courier.example/2,Ferry,"He said\r\n""no""."\r\n'
    capture = read(HEADER + GOOD + row)[1]
    assert capture.container.place == "row 2"
    assert capture.container.sha256 == hashlib.sha256(row.strip().encode()).hexdigest()
    assert capture.body == b'He said\r\n"no".'
    assert capture.url == "https://courier.example/2"


def test_the_column_of_the_text_may_be_named():
    data = "id,words\n1,The mayor said no.\n"
    assert bodies(read(data, column="Words")) == ["The mayor said no."]


@pytest.mark.parametrize("column", [None, "speech"])
def test_a_table_without_the_column_is_one_failure_that_names_the_columns(column):
    (failure,) = read("id,words\n1,x\n2,y\n", column=column)
    assert "'id', 'words'" in failure.detail
    assert "--column" in failure.detail


def test_bad_rows_are_failures_and_the_rest_goes_on():
    rows = ["x,y,", "a,b,c,d", GOOD.strip()]
    assert bodies(read(HEADER + "\n".join(rows))) == [
        "EmptyInputError",
        "DamagedInputError",
        "The mayor said no.",
    ]


def test_blank_rows_are_passed_over():
    assert bodies(read(HEADER + "\n,,\n" + GOOD)) == ["The mayor said no."]


def test_a_quotation_mark_that_never_closes_is_a_failure():
    failure = read(HEADER + GOOD + 'x,y,"open\nx,y,z\n')[-1]
    assert "never closes" in failure.detail


@pytest.mark.parametrize("row", ["x,y," + "z" * 500, 'x,y,"' + "z\n" * 250])
def test_a_row_too_long_is_a_failure_and_the_rest_goes_on(monkeypatch, row):
    monkeypatch.setattr("onrecord.ingest.tables.MAX_LINE_CHARS", 200)
    monkeypatch.setattr("onrecord.ingest.lined.MAX_LINE_CHARS", 200)
    entries = bodies(read(HEADER + GOOD + row + "\n" + GOOD))
    assert entries[:2] == ["The mayor said no.", "TooLargeError"]
    assert entries[-1] == "The mayor said no."


ENCODINGS = {
    "utf-8 with a mark": ("\ufeff" + HEADER + "https://courier.example/1,É,Café\n").encode(),
    "utf-16": (HEADER + "https://courier.example/1,É,Café\n").encode("utf-16"),
    "windows-1252": (HEADER + "https://courier.example/1,É,Café\n").encode("cp1252"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_may_be_in_another_encoding(encoding):
    (capture,) = read(ENCODINGS[encoding])
    assert capture.body.decode() == "Café"
    assert capture.stated[0].value == "É"


def test_bytes_of_another_encoding_in_one_cell_are_kept_as_they_stood():
    capture = read(HEADER.encode() + "a,É,Šé\n".encode() * 40 + b"a,b,Caf\xe9 noir\n")[-1]
    assert capture.body == b"Caf\xe9 noir"


def test_a_table_without_anything_is_empty():
    (failure,) = read("")
    assert failure.reason == "EmptyInputError"
