"""doccano's JSONL: what its importer takes, offsets as its browser counts them, and what is told beside."""

import pytest

from onrecord.export.base import ExportContext
from onrecord.export.doccano import IN_UNITS, PROJECT
from onrecord.export.regions import CodeUnits
from onrecord.export.writing import export_to
from onrecord.record import Judged, Span
from tests.bridge import make_record
from tests.export.annotations_back import read_doccano, words_in_units
from tests.export.entries import make_entries, make_judged
from tests.factories import make_small_record, make_statement

SHIP = "🚢 The ship 🚢 left. “Away,” Mira Vance said 🚢."


def read(tmp_path, *entries, **fields):
    path = tmp_path / "out.doccano.jsonl"
    export_to(path, None, entries, ExportContext(**fields))
    return read_doccano(path)


def ship() -> Judged:
    statement = make_statement(SHIP, ["“Away,”"], cue="said", source="Mira Vance")
    return Judged(record=make_small_record(SHIP, [statement]))


def test_spans_and_relations_say_who_said_what(tmp_path):
    (line,) = read(tmp_path, Judged(record=make_record()))
    words = {s["id"]: line["text"][s["start_offset"] : s["end_offset"]] for s in line["entities"]}
    told = {(words[r["from_id"]], r["type"], words[r["to_id"]]) for r in line["relations"]}
    assert ("told", "CueSource", "Mira Vance") in told
    assert ("told", "CueContent", "“We will not open it before the frost,”") in told
    assert ("She", "SourceSpeaker", "Mira Vance") in told


def test_the_parts_of_a_content_are_joined_in_order(tmp_path):
    (line,) = read(tmp_path, Judged(record=make_record()))
    words = {s["id"]: line["text"][s["start_offset"] : s["end_offset"]] for s in line["entities"]}
    joined = [(words[r["from_id"]], words[r["to_id"]]) for r in line["relations"] if r["type"] == "Continues"]
    assert ("“It never did.", "“And it will not start now.”") in joined


def test_offsets_are_what_a_browser_counts(tmp_path):
    (line,) = read(tmp_path, ship())
    shown = {s["label"]: words_in_units(SHIP, s["start_offset"], s["end_offset"]) for s in line["entities"]}
    assert shown["Content"] == "“Away,”"
    assert shown["Cue"] == "said"


def test_a_reader_is_told_of_the_offsets_only_where_it_matters(tmp_path):
    said: list[str] = []
    read(tmp_path, Judged(record=make_record()), say=said.append)
    assert said == [PROJECT]
    read(tmp_path, ship(), say=said.append)
    assert said[1:] == [PROJECT, IN_UNITS]


def test_what_labels_have_no_place_for_stands_in_columns(tmp_path):
    (line,) = read(tmp_path, make_judged())
    first = line["statements"][0]
    assert (first["form"], first["mode"], first["speaker"]) == ("direct", "said", "Mira Vance")
    assert first["status"] == "accepted"
    assert line["url"] == "https://lantern.invalid/bridge?a=1&b=2"
    assert line["outlet"] == "The Tessaly Lantern"


def test_a_statement_names_its_own_spans(tmp_path):
    (line,) = read(tmp_path, Judged(record=make_record()))
    labels = {s["id"]: s["label"] for s in line["entities"]}
    nobodys = next(one for one in line["statements"] if one["speaker"] is None)
    assert sorted(labels[one] for one in nobodys["entity_ids"]) == ["Content", "Cue"]


def test_ids_count_through_the_file(tmp_path):
    lines = read(tmp_path, *make_entries())
    ids = [s["id"] for line in lines for s in line["entities"]]
    assert ids == list(range(1, len(ids) + 1))


@pytest.mark.parametrize("text", ["abc", "🚢", "a🚢b", "🚢🚢🚢", "é家\ud800x\uffff🚢"])
def test_code_units_are_those_of_utf_16(text):
    units = CodeUnits(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            low = len(text[:start].encode("utf-16-le", "surrogatepass")) // 2
            high = len(text[:end].encode("utf-16-le", "surrogatepass")) // 2
            assert units.count(Span(start_char=start, end_char=end)) == (low, high)
