"""Label Studio's tasks: predictions and annotations that fit the configuration, offsets in code points."""

import json
import xml.etree.ElementTree as ET

from onrecord.export.base import ExportContext
from onrecord.export.label_studio import LABELLING_CONFIG
from onrecord.export.writing import export_to
from onrecord.record import Judged
from tests.bridge import make_record
from tests.export.annotations_back import read_label_studio
from tests.export.entries import make_entries, make_judged, make_silent
from tests.factories import make_small_record, make_statement

CONFIG = ET.fromstring(LABELLING_CONFIG)


def read(tmp_path, *entries, **fields):
    path = tmp_path / "out.label-studio.json"
    export_to(path, None, entries, ExportContext(**fields))
    return read_label_studio(path)


def words_of(results):
    return {one["id"]: one["value"]["text"] for one in results if one["type"] == "labels"}


def test_all_statements_are_one_prediction(tmp_path):
    (task,) = read(tmp_path, Judged(record=make_record()))
    (prediction,) = task["predictions"]
    words = words_of(prediction["result"])
    told = {
        (words[one["from_id"]], *one["labels"], words[one["to_id"]])
        for one in prediction["result"]
        if one["type"] == "relation"
    }
    assert ("told", "CueSource", "Mira Vance") in told
    assert ("“It never did.", "Continues", "“And it will not start now.”") in told
    assert task["annotations"] == []


def test_the_prediction_names_the_model_and_its_least_sure_statement(tmp_path):
    record = make_record()
    (task,) = read(tmp_path, Judged(record=record))
    (prediction,) = task["predictions"]
    assert prediction["model_version"] == "onrecord attribution 0.1"
    assert prediction["score"] == min(one.confidence.statement for one in record.statements)


def test_without_statements_there_is_no_score(tmp_path):
    (task,) = read(tmp_path, make_silent())
    assert task["predictions"] == [{"model_version": "onrecord", "result": []}]


def test_judged_statements_are_an_annotation_with_what_they_lead_to(tmp_path):
    (task,) = read(tmp_path, make_judged())
    (annotation,) = task["annotations"]
    assert sorted(words_of(annotation["result"]).values()) == [
        "Mira Vance", "Mira Vance", "the Tessaly Lantern", "told",
        "“Not with these cables.”", "“We will not open it before the frost,”",
    ]  # fmt: skip
    chosen = [one["value"]["choices"] for one in annotation["result"] if one["type"] == "choices"]
    assert chosen == [["direct"], ["said"], ["accepted"], ["told"]]


def test_offsets_are_code_points(tmp_path):
    text = "🚢 🚢 “Away,” Mira Vance said."
    record = make_small_record(text, [make_statement(text, ["“Away,”"], cue="said", source="Mira Vance")])
    (task,) = read(tmp_path, Judged(record=record))
    content = task["predictions"][0]["result"][0]["value"]
    assert (content["start"], content["end"]) == (text.index("“"), text.index("”") + 1)


def test_every_result_fits_the_configuration(tmp_path):
    tags = {tag.get("name"): tag for tag in CONFIG.iter() if tag.get("name")}
    relations = {tag.get("value") for tag in CONFIG.iter("Relation")}
    for task in read(tmp_path, *make_entries()):
        for one in (r for p in (*task["predictions"], *task["annotations"]) for r in p["result"]):
            if one["type"] == "relation":
                assert set(one["labels"]) <= relations
                continue
            tag = tags[one["from_name"]]
            assert tag.tag.lower() == one["type"]
            assert tag.get("toName") == one["to_name"] == "text"
            assert set(one["value"][one["type"]]) <= {child.get("value") for child in tag}


def test_the_text_that_the_configuration_asks_for_is_in_the_task(tmp_path):
    (task,) = read(tmp_path, Judged(record=make_record()))
    (shown,) = CONFIG.iter("Text")
    assert shown.get("value") == "$text"
    assert task["data"]["text"] == make_record().article.text


def test_a_choice_is_offered_for_its_label_alone():
    labels = {tag.get("value") for tag in CONFIG.iter("Label")}
    choices = {tag.get("name"): tag.get("whenLabelValue") for tag in CONFIG.iter("Choices")}
    assert choices["form"] == "Content"
    assert set(choices.values()) <= labels


def test_where_the_configuration_is_found_is_told(tmp_path):
    said: list[str] = []
    read(tmp_path, make_silent(), say=said.append)
    assert "LABELLING_CONFIG" in said[0]


def test_no_articles_are_an_empty_list(tmp_path):
    path = tmp_path / "none.label-studio.json"
    export_to(path, None, [])
    assert json.loads(path.read_text(encoding="utf-8")) == []
