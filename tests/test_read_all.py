"""Records of every article of a source, with the weights of the package."""

import json
import os

import pytest

import onrecord
from onrecord.engine import Engine
from onrecord.errors import InputError
from onrecord.ingest import captures
from onrecord.record import Failure, Record, from_json, to_json

ROWS = [
    {"text": "The mayor of Beltown said that the bridge was shut for the winter.", "title": "Bridge shut"},
    {"text": ""},
    {"text": "“We will not open it,” Mira Vance told the Beltown Courier.", "author": "Jane Doe"},
]


def write_rows(folder):
    path = folder / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    return path


def test_read_all_gives_a_record_or_a_failure_for_each_article(tmp_path):
    found = list(onrecord.read_all(write_rows(tmp_path)))
    assert [type(entry) for entry in found] == [Record, Failure, Record]
    assert found[0].article.title.value == "Bridge shut"
    assert found[0].statements
    assert found[2].capture.container.place == "row 3"


def test_what_a_record_was_taken_out_of_survives_json(tmp_path):
    record = next(onrecord.read_all(write_rows(tmp_path)))
    again = from_json(to_json(record, with_body=True))
    assert (again.capture.container, again.capture.stated) == (
        record.capture.container,
        record.capture.stated,
    )


def test_an_article_that_cannot_be_read_is_a_failure_named_by_its_place(tmp_path, monkeypatch):
    monkeypatch.setattr("onrecord.engine.LONGEST_TEXT_CHARS", 60)
    failure, _, record = Engine().read_captures(captures(write_rows(tmp_path)))
    assert (failure.reason, failure.subject) == ("TooLargeError", f"{tmp_path}/rows.jsonl: row 1")
    assert isinstance(record, Record)


PAGE = (
    "<html><head><title>The {0} closes</title></head><body><article><h1>The {0} closes</h1>"
    "<p>Nobody knows who is to pay for the {0}, which has cost more in each of these years.</p>"
    "<p>It is the oldest {0} of the valley, and those who look after it have had no rest.</p>"
    "<p>The Beltown Courier belongs to those who read it: shares are sold in Mill Street.</p>"
    "</article></body></html>"
)


def test_read_all_leaves_out_what_the_site_repeats_where_asked(tmp_path):
    for thing in ("ferry", "orchard", "choir"):
        (tmp_path / f"{thing}.html").write_text(PAGE.format(thing), "utf-8")
    whole, less = (
        [entry.article.text for entry in onrecord.read_all(tmp_path, learn_furniture=asked)]
        for asked in (False, True)
    )
    assert all("Mill Street" in text for text in whole)
    assert less == [text.rpartition("\n\n")[0] for text in whole]


def test_a_pipe_cannot_teach_furniture(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="A pipe cannot be read twice"):
        onrecord.read_all(tmp_path / "pipe", learn_furniture=True)
