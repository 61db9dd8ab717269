"""Citron's annotation format: its fields, whom a pronoun means, and quotes without a cue told aloud."""

from onrecord.export.base import ExportContext
from onrecord.export.writing import export_to
from onrecord.record import Judged
from tests.bridge import make_record
from tests.export.annotations_back import read_citron
from tests.factories import make_small_record, make_statement, span_of


def read(tmp_path, *entries, **fields):
    path = tmp_path / "out.citron.jsonl"
    export_to(path, None, entries, ExportContext(**fields))
    return read_citron(path)


def texts(spans):
    return [span["text"] for span in spans]


def test_a_quote_has_a_cue_its_sources_and_its_contents(tmp_path):
    (document,) = read(tmp_path, Judged(record=make_record()))
    quote = document["quotes"][0]
    assert quote["cue"] == {"start": 223, "end": 227, "text": "told"}
    assert texts(quote["sources"]) == ["Mira Vance"]
    assert texts(quote["contents"]) == ["“We will not open it before the frost,”", "“Not with these cables.”"]
    assert (quote["coreferences"], quote["confidence"]) == ([], 0.91)


def test_a_pronoun_has_the_mention_it_means_for_a_coreference(tmp_path):
    (document,) = read(tmp_path, Judged(record=make_record()))
    (wants,) = (one for one in document["quotes"] if one["cue"]["text"] == "wants")
    assert texts(wants["sources"]) == ["She"]
    assert texts(wants["coreferences"]) == ["Mira Vance"]


def test_an_unknown_source_is_an_empty_list(tmp_path):
    (document,) = read(tmp_path, Judged(record=make_record()))
    (tolls,) = (one for one in document["quotes"] if one["cue"]["text"] == "it was said")
    assert (tolls["sources"], tolls["coreferences"]) == ([], [])


def test_mentions_of_one_stand_in_a_group(tmp_path):
    (document,) = read(tmp_path, Judged(record=make_record()))
    groups = [texts(group) for group in document["coreference_groups"]]
    assert any({"Mira Vance", "She"} <= set(group) for group in groups)
    assert all(len(group) > 1 for group in groups)


def test_a_quote_without_a_cue_has_none_and_is_told_of(tmp_path):
    text = "Mira Vance: no comment."
    statement = make_statement(text, ["no comment"], cue=None, source="Mira Vance")
    said: list[str] = []
    (document,) = read(tmp_path, Judged(record=make_small_record(text, [statement])), say=said.append)
    assert document["quotes"][0]["cue"] is None
    assert said == ["Quotes without a cue (null): 1. Citron's own reader takes only quotes with one."]


def test_all_parts_of_a_cue_in_parts_are_listed(tmp_path):
    text = "Vance made it clear that rain is likely."
    statement = make_statement(text, ["rain is likely"], cue=None, source="Vance")
    object.__setattr__(statement, "cue", (span_of(text, "made"), span_of(text, "clear")))
    (document,) = read(tmp_path, Judged(record=make_small_record(text, [statement])))
    (quote,) = document["quotes"]
    assert quote["cue"]["text"] == "made"
    assert texts(quote["cues"]) == ["made", "clear"]
