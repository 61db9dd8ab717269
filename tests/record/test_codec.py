"""Records survive the way to JSON and back; JSON that is not a record is told apart."""

import dataclasses
import json

import jsonschema
import pytest
from hypothesis import given, settings

from onrecord.errors import CodecError
from onrecord.record import Failure, from_json, iter_spans, json_schema, to_json
from tests.bridge import make_record
from tests.factories import make_small_record, make_statement
from tests.record.random_records import any_records

SCHEMA = jsonschema.Draft202012Validator(json_schema())
FAILURE = Failure(stage="read", reason="EmptyInputError", detail="There is nothing in it.", subject="a.txt")


def test_a_record_comes_back_as_it_was():
    record = make_record()
    assert from_json(to_json(record, with_body=True)) == record


@settings(max_examples=100, deadline=None)
@given(any_records())
def test_any_record_comes_back_as_it_was(record):
    assert from_json(to_json(record, with_body=True)) == record


@settings(max_examples=15, deadline=None)
@given(any_records())
def test_any_record_fits_the_schema(record):
    SCHEMA.validate(json.loads(to_json(record, with_body=True)))


def test_a_name_over_two_lines_stands_on_one():
    text = "Mira\n Vance said so."
    record = make_small_record(text, [make_statement(text, ["so"], cue="said", source="Mira\n Vance")])
    assert record.entities[0].name == "Mira Vance"
    assert from_json(to_json(record, with_body=True)) == record


def test_a_record_of_an_older_version_is_told_by_its_version_and_not_by_its_fields():
    value = {"article": {}, "schema_version": 1}
    with pytest.raises(CodecError, match="schema version 1"):
        from_json(json.dumps(value))


def test_a_failure_comes_back_as_it_was():
    assert from_json(to_json(FAILURE)) == FAILURE


def test_the_body_is_left_out_unless_asked_for():
    record = make_record()
    record = dataclasses.replace(record, capture=dataclasses.replace(record.capture, body=b"bytes"))
    assert json.loads(to_json(record))["capture"]["body"] is None
    assert json.loads(to_json(record, with_body=True))["capture"]["body"] == "Ynl0ZXM="


def test_the_same_record_gives_the_same_line():
    assert to_json(make_record()) == to_json(make_record())


def test_a_line_holds_no_line_break():
    assert "\n" not in to_json(make_record())


def test_a_span_carries_its_text():
    record = make_record()
    written = json.loads(to_json(record))["statements"][0]["content"][0]
    span = record.statements[0].content[0]
    assert written["text"] == span.of(record.article.text)


def test_a_span_whose_text_drifted_is_an_error():
    value = json.loads(to_json(make_record()))
    value["statements"][0]["content"][0]["text"] = "words nobody said"
    with pytest.raises(CodecError, match=r"statements\[0\]\.content\[0\]"):
        from_json(json.dumps(value))


def test_every_line_fits_the_schema():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for entry in (make_record(), FAILURE):
        jsonschema.validate(json.loads(to_json(entry, with_body=True)), schema)


def test_the_schema_refuses_what_the_types_do_not_have():
    value = json.loads(to_json(make_record()))
    value["article"]["mood"] = "good"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, json_schema())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda v: v.pop("notes"), "notes"),
        (lambda v: v.update(extra=1), "extra"),
        (lambda v: v["statements"][0].update(form="sung"), "'direct', 'mixed', 'indirect'"),
        (lambda v: v["statements"][0]["confidence"].update(content="high"), "a number"),
        (lambda v: v["article"].update(text=None), "string"),
        (lambda v: v["capture"].update(body="!"), "base64"),
        (lambda v: v.update(schema_version=99), "schema version 99"),
        (lambda v: v["statements"][0]["content"][-1].update(end_char=10**6), "an end of at most"),
        (lambda v: v["statements"][0]["speaker"]["path"][0].update(text="Else"), "the text of its span"),
        (lambda v: v["times"][0].update(text="now"), "the text of its span"),
        (lambda v: v["places"][0].update(text="Elsewhere"), "the text of its span"),
        (lambda v: v["entities"][0].update(name="Somebody Else"), "entities.*name.*'Mira Vance'"),
        (lambda v: v["statements"][0]["speaker"].update(name="Ilse Corran"), "speaker.name.*'Mira Vance'"),
        (lambda v: v["statements"][0]["speaker"].update(entity_id="entity-0"), "No entity .*'entity-0'"),
        (lambda v: v["statements"][0]["chain"][0].update(entity_id="entity-0"), "No entity .*'entity-0'"),
        (lambda v: v["statements"][8]["said_at"].update(time_id="time-0"), "No time .*'time-0'"),
        (lambda v: v["statements"][8]["said_in"].update(place_id="place-0"), "No place .*'place-0'"),
        (lambda v: v["statements"][2].update(within="statement-0"), "No statement .*'statement-0'"),
        (lambda v: v["statements"][2].update(within=v["statements"][2]["statement_id"]), "within itself"),
        (lambda v: v["statements"][9]["about"].update(entity_ids=["entity-0"]), r"about\.entity_ids\[0\]"),
        (lambda v: v["statements"][9]["about"].update(time_ids=["time-0"]), r"about\.time_ids\[0\]"),
        (lambda v: v["statements"][9]["about"].update(place_ids=["place-0"]), r"about\.place_ids\[0\]"),
        (lambda v: v["statements"][0]["confidence"].update(content=float("nan")), "NaN"),
        (lambda v: v["statements"][0]["cue"][0].update(start_char=9, end_char=9), "start < end"),
    ],
)
def test_a_wrong_field_is_named(change, message):
    value = json.loads(to_json(make_record()))
    change(value)
    with pytest.raises(CodecError, match=message):
        from_json(json.dumps(value))


def test_what_is_not_json_is_said_to_be_none():
    for line in ("{", "[" * 100_000, "1" * 5000):
        with pytest.raises(CodecError):
            from_json(line)


def test_text_that_utf8_cannot_hold_is_written_all_the_same():
    record = make_record()
    note = dataclasses.replace(record.article, url="https://a.example/\ud800")
    odd = dataclasses.replace(record, article=note)
    line = to_json(odd, with_body=True)
    line.encode("utf-8")
    assert from_json(line) == odd


def test_every_span_of_a_record_lies_in_its_text():
    record = make_record()
    spans = list(iter_spans(record))
    assert spans
    assert all(span.end_char <= len(record.article.text) for span in spans)
