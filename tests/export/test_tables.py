"""Tables of statements: one set of columns in CSV, TSV, XLSX, Parquet and frames, and no text lost in any."""

import dataclasses
import re
from datetime import UTC, date, datetime

import openpyxl
import polars
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from onrecord.export import xlsx_sheet
from onrecord.export.base import ExportContext, replace_surrogates
from onrecord.export.columns import COLUMNS, describe_columns
from onrecord.export.csv_table import guard_cell, unguard_cell
from onrecord.export.frames import to_pandas, to_polars
from onrecord.export.writing import export_to
from onrecord.record import Failure, Judged
from tests.bridge import make_record
from tests.export.entries import UGLY, make_entries, make_judged, make_long, make_silent
from tests.export.reading_back import read_delimited
from tests.hostile import hostile_record

NAMES = [column.name for column in COLUMNS]
ENTRIES = [make_judged(), Judged(record=make_record())]


def rows_of(path, delimiter=","):
    head, *rows = read_delimited(path, delimiter)
    return [dict(zip(head, row, strict=True)) for row in rows]


def exported(tmp_path, suffix, entries, **fields):
    told = []
    path = tmp_path / f"out{suffix}"
    export_to(path, None, entries, ExportContext(say=told.append, **fields))
    return path, told


def sheet_of(path, name):
    book = openpyxl.load_workbook(path)
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_columns_have_names_of_their_own_and_a_sentence_each():
    names, _, meanings = zip(*describe_columns(), strict=True)
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    assert all(meaning.endswith((".", "…")) for meaning in meanings)


def test_a_row_tells_who_said_what_when_where_on_whose_word_and_where_it_stands(tmp_path):
    path, _ = exported(tmp_path, ".csv", ENTRIES)
    row = next(one for one in rows_of(path) if one["said_in"])
    expected = {
        "published": "2031-05-03T23:30+02:00",
        "published_day": "2031-05-03",
        "published_at": "2031-05-03T21:30:00Z",
        "outlet": "The Tessaly Lantern",
        "title": "Harbour council puts off the Tessaly bridge",
        "speaker": "Mira Vance",
        "speaker_kind": "person",
        "source": "the bridge warden",
        "text": "“They never asked us,”",
        "cue": "said",
        "form": "direct",
        "mode": "said",
        "said": "2031-05-01/2031-05-03",
        "said_from": "2031-05-01",
        "said_to": "2031-05-03",
        "said_in": "Beltown",
        "said_in_id": "geonames:1",
        "said_in_country": "TS",
        "said_in_latitude": "51.5",
        "said_in_longitude": "-0.125",
        "authors": "Ondrej Vale",
        "url": "https://lantern.invalid/bridge?a=1&b=2",
        "confidence": "0.91",
    }
    assert {name: row[name] for name in expected} == expected
    assert row["link"].startswith("https://lantern.invalid/bridge?a=1&b=2#:~:text=%E2%80%9CThey%20never")
    start, end = map(int, row["spans"].split(":"))
    assert make_record().article.text[start:end] == row["text"]


def test_several_spans_are_joined_by_an_ellipsis_and_hops_are_told(tmp_path):
    path, _ = exported(tmp_path, ".csv", ENTRIES)
    row = rows_of(path)[0]
    assert row["text"] == "“We will not open it before the frost,” … “Not with these cables.”"
    assert (row["via"], row["via_kinds"]) == ("the Tessaly Lantern", "told")


def test_what_people_judged_is_in_the_row_and_what_they_rejected_is_not(tmp_path):
    judged = make_judged()
    path, _ = exported(tmp_path, ".csv", [judged])
    rows = rows_of(path)
    assert (rows[0]["status"], rows[0]["judged_by"]) == ("accepted", "Ada Quill")
    assert {row["status"] for row in rows[1:]} == {""}
    assert judged.rejected[0].statement_id not in {row["statement_id"] for row in rows}
    vance = {row["person_id"] for row in rows if row["speaker"] == "Mira Vance"}
    assert len(vance) == 1
    assert next(iter(vance)).startswith("person-")


def test_what_is_unknown_is_an_empty_cell_and_a_reason(tmp_path):
    path, _ = exported(tmp_path, ".csv", ENTRIES)
    row = next(one for one in rows_of(path) if not one["speaker"])
    assert (row["person_id"], row["source"], row["said"]) == ("", "", "")
    assert row["unknown"].startswith("speaker: the sentence names nobody; said_at: ")


def test_csv_is_utf8_with_a_mark_and_lines_end_as_the_standard_has_it(tmp_path):
    path, _ = exported(tmp_path, ".csv", ENTRIES)
    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfpublished,")
    assert written.count(b"\r\n") == 1 + sum(len(one.record.statements) for one in ENTRIES)


def test_articles_without_statements_are_told_of(tmp_path):
    for suffix in (".csv", ".tsv", ".parquet"):
        _, told = exported(tmp_path, suffix, [make_silent(), make_judged()])
        assert [note.partition(" articles")[0] for note in told] == ["1 of 2"]
    _, told = exported(tmp_path, ".csv", [make_judged()])
    assert told == []


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
@pytest.mark.parametrize("words", UGLY)
def test_no_cell_is_a_formula_and_every_text_comes_back_exactly(tmp_path, suffix, words):
    path, _ = exported(tmp_path, suffix, [Judged(record=hostile_record(words))])
    (row,) = rows_of(path, "," if suffix == ".csv" else "\t")
    texts = {c.name for c in COLUMNS if c.kind in ("text", "texts")}
    assert not [cell for name, cell in row.items() if name in texts and cell[:1] in tuple("=+-@\t\r\n＝")]
    assert unguard_cell(row["text"]) == replace_surrogates(words)


@given(st.text(st.sampled_from("'=+-@\t\r\n＝＋－＠ a") | st.characters()))
def test_a_guarded_text_is_given_back_and_begins_with_no_sign_of_a_formula(text):
    assert unguard_cell(guard_cell(text)) == text
    assert guard_cell(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")


def test_tsv_has_the_rows_of_csv(tmp_path):
    entries = make_entries()
    first, _ = exported(tmp_path, ".csv", entries)
    second, _ = exported(tmp_path, ".tsv", entries)
    assert rows_of(first) == rows_of(second, "\t")


def test_parquet_has_days_moments_numbers_and_lists(tmp_path):
    path, _ = exported(tmp_path, ".parquet", ENTRIES)
    frame = polars.read_parquet(path)
    row = frame.row(0, named=True)
    assert frame.columns == NAMES
    assert row["published_day"] == date(2031, 5, 3)
    assert row["published_at"] == datetime(2031, 5, 3, 21, 30, tzinfo=UTC)
    assert (row["via"], row["confidence"], row["said_in"]) == (["the Tessaly Lantern"], 0.91, None)


def test_parquet_describes_its_columns(tmp_path):
    path, _ = exported(tmp_path, ".parquet", ENTRIES, generator="onrecord 9")
    schema = pyarrow.parquet.read_schema(path)
    described = [(field.name, field.metadata[b"description"].decode()) for field in schema]
    assert described == [(name, meaning) for name, _, meaning in describe_columns()]
    assert schema.metadata[b"generator"] == b"onrecord 9"


def test_parquet_is_written_in_row_groups(tmp_path, monkeypatch):
    monkeypatch.setattr("onrecord.export.arrow.BATCH_ROWS", 4)
    path, _ = exported(tmp_path, ".parquet", ENTRIES)
    kept = pyarrow.parquet.ParquetFile(path)
    assert (kept.num_row_groups, kept.metadata.num_rows) == (5, 19)


def test_frames_have_the_columns_and_types_of_parquet(tmp_path):
    path, _ = exported(tmp_path, ".parquet", ENTRIES)
    frame = polars.read_parquet(path)
    assert to_polars(ENTRIES).equals(frame)
    assert to_polars([]).schema == frame.schema
    tables = to_pandas(ENTRIES)
    assert list(tables.columns) == NAMES
    assert list(tables["text"]) == frame["text"].to_list()
    assert str(tables["published_at"].dtype).endswith("UTC]")


def test_parquet_keeps_every_text_that_utf8_can_hold():
    frame = to_polars([Judged(record=hostile_record(words)) for words in UGLY])
    assert frame["text"].to_list() == [replace_surrogates(words) for words in UGLY]


def test_a_workbook_has_sheets_of_statements_articles_people_failures_and_columns(tmp_path):
    failure = Failure(stage="read", reason="EmptyInputError", detail="There is no text.", subject="a.html")
    path, told = exported(tmp_path, ".xlsx", [make_silent(), *ENTRIES], failures=(failure,))
    assert told == []
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    assert names == ["statements", "articles", "people", "failures", "columns"]
    assert [row["statements"] for row in sheet_of(path, "articles")] == [0, 9, 10]
    assert [row["rejected"] for row in sheet_of(path, "articles")] == [0, 1, 0]
    assert sheet_of(path, "failures")[0]["subject"] == "a.html"
    assert [row["column"] for row in sheet_of(path, "columns")] == NAMES
    first = sheet_of(path, "people")[0]
    assert (first["name"], first["statements"], first["articles"]) == ("Mira Vance", 8, 1)


def test_the_sheet_of_statements_has_its_heading_in_sight_filters_dates_and_links(tmp_path):
    path, _ = exported(tmp_path, ".xlsx", ENTRIES)
    sheet = openpyxl.load_workbook(path)["statements"]
    at = {cell.value: cell.column for cell in sheet[1]}
    assert list(at) == NAMES
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(20, len(NAMES)).coordinate}"
    assert sheet.cell(2, at["published_day"]).value == datetime(2031, 5, 3)
    link = sheet.cell(2, at["link"])
    assert "#:~:text=" in link.value
    assert link.hyperlink.target + "#" + link.hyperlink.location == link.value


@pytest.mark.parametrize("words", [w for w in UGLY if "\ufffe" not in w])
def test_a_workbook_keeps_every_text_and_runs_none(tmp_path, words):
    path, _ = exported(tmp_path, ".xlsx", [Judged(record=hostile_record(words))])
    sheet = openpyxl.load_workbook(path)["statements"]
    cell = sheet.cell(2, NAMES.index("text") + 1)
    assert cell.data_type == "s"
    assert unescape(cell.value) == replace_surrogates(words)


def test_a_text_longer_than_a_cell_goes_on_in_a_sheet_of_its_own(tmp_path):
    long = make_long(70_000)
    path, told = exported(tmp_path, ".xlsx", [long, make_judged()])
    cell = sheet_of(path, "statements")[0]["text"]
    parts = sheet_of(path, "long texts")
    assert "".join(part["text"] for part in parts) == long.record.article.text
    assert {(part["sheet"], part["row"], part["column"]) for part in parts} == {("statements", 2, "text")}
    assert cell.startswith("[70,000 characters: see the sheet “long texts” from its row 2 on]")
    assert [note for note in told if "long texts" in note]


def test_a_text_that_just_fits_a_cell_stays_in_it(tmp_path):
    for units, sheets in ((32_766, False), (32_769, True)):
        text = make_long(units // 3 * 2)  # a pair of UTF-16 and a letter: three units of two characters
        path, _ = exported(tmp_path, ".xlsx", [text])
        names = openpyxl.load_workbook(path, read_only=True).sheetnames
        assert ("long texts" in names) is sheets


def test_rows_that_no_sheet_holds_go_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_sheet, "MAX_ROWS", 8)
    path, told = exported(tmp_path, ".xlsx", ENTRIES)
    names = ["statements", "statements 2", "statements 3"]
    ids = [row["statement_id"] for name in names for row in sheet_of(path, name)]
    assert ids == [s.statement_id for one in ENTRIES for s in one.record.statements]
    assert "The table “statements” fills 3 sheets: Excel has no more rows." in told


def test_links_that_no_sheet_holds_are_text(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_sheet, "MAX_LINKS", 3)
    path, told = exported(tmp_path, ".xlsx", [make_judged()])
    sheet = openpyxl.load_workbook(path)["statements"]
    linked = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(linked) == 3
    assert sheet.cell(10, NAMES.index("url") + 1).value == "https://lantern.invalid/bridge?a=1&b=2"
    assert any("15 addresses are text" in note for note in told)


@pytest.mark.parametrize("words", UGLY)
def test_an_ugly_address_leaves_the_workbook_whole(tmp_path, words):
    judged = make_judged()
    article = dataclasses.replace(judged.record.article, url=f"https://lantern.invalid/{words}")
    ugly = dataclasses.replace(judged, record=dataclasses.replace(judged.record, article=article))
    path, _ = exported(tmp_path, ".xlsx", [ugly])
    assert len(sheet_of(path, "statements")) == 9
    urls = {unescape(row["url"]) for row in sheet_of(path, "statements")}
    assert urls == {replace_surrogates(article.url).replace("\ufffe\uffff", "\ufffd\ufffd")}


def test_an_address_too_long_for_a_link_is_text(tmp_path):
    judged = make_judged()
    address = "https://lantern.invalid/" + "a" * 3000
    article = dataclasses.replace(judged.record.article, url=address)
    long = dataclasses.replace(judged, record=dataclasses.replace(judged.record, article=article))
    path, _ = exported(tmp_path, ".xlsx", [long])
    assert sheet_of(path, "statements")[0]["url"] == address
