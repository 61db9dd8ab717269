"""The engine scored by what people judged: what counts as right, and what is no file of cases."""

import dataclasses
import io
import json
from collections import Counter

import pytest

from eval.judgements import main, read_judgement_cases, score_cases, tell_counts
from onrecord.export.judgements import write_judgements
from onrecord.record import lay_over
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.bridge import make_record
from tests.record.judging import correct, judge

RECORD = make_record()
FROST, CROSSING, SAFE, BELIEVED, BILL, SECOND, TOLLS, *_ = RECORD.statements
JUDGEMENTS = (
    judge("accept", RECORD, FROST),
    correct(RECORD, SAFE, "content", "had promised “a safe crossing”"),
    correct(RECORD, BILL, "speaker", "Ilse Corran"),
    judge("reject", RECORD, TOLLS),
)


@pytest.fixture
def cases(tmp_path):
    path, stream = tmp_path / "cases.jsonl", io.BytesIO()
    with open_store(tmp_path / "news.onrecord", create=True) as store:
        store.add_records([(RECORD.capture, RECORD)], Reading(reader="onrecord 1"))
        store.add_judgements(JUDGEMENTS)
        write_judgements(store, stream)
    path.write_bytes(stream.getvalue() + b'{"case":"people"}\n')
    return path


def score(path, statements):
    readings = []

    def read(text, paragraphs):
        readings.append(text)
        return statements

    counts = score_cases(read_judgement_cases(path), read)
    assert len(readings) == 1, "the cases of one article cost one reading"
    return {verdict: counts[verdict, "right"] for verdict in ("accepted", "corrected", "rejected")}


def test_a_reader_that_finds_what_people_have_is_right_in_all(cases):
    assert score(cases, lay_over(RECORD, JUDGEMENTS).record.statements) == {
        "accepted": 1,
        "corrected": 2,
        "rejected": 1,
    }


def test_a_reader_that_has_learned_nothing_is_right_where_it_was_accepted(cases):
    assert score(cases, RECORD.statements) == {"accepted": 1, "corrected": 0, "rejected": 0}


def test_a_reader_that_finds_nothing_is_right_where_nothing_should_be(cases):
    assert score(cases, ()) == {"accepted": 0, "corrected": 0, "rejected": 1}


def test_marks_and_spaces_at_the_ends_do_not_count(cases):
    first = FROST.content[0]
    bare = dataclasses.replace(first, start_char=first.start_char + 1, end_char=first.end_char - 1)
    statement = dataclasses.replace(FROST, content=(bare, *FROST.content[1:]))
    assert score(cases, (statement,))["accepted"] == 1


def test_the_same_content_by_somebody_else_is_not_right_and_counted_as_content(cases):
    other = dataclasses.replace(FROST, speaker=None)
    counts = score_cases(read_judgement_cases(cases), lambda *_: (other,))
    assert (counts["accepted", "content"], counts["accepted", "right"]) == (1, 0)


def test_the_table_has_a_line_for_each_verdict_there_is():
    counts = Counter({("accepted", "cases"): 3, ("accepted", "content"): 2, ("accepted", "right"): 1})
    assert tell_counts(counts).splitlines()[1].split() == ["accepted", "3", "2", "1"]
    assert len(tell_counts(counts).splitlines()) == 2


@pytest.mark.parametrize("line", ["{", "[]", '{"case":"statement"}', "null"])
def test_a_line_that_is_no_case_is_named(tmp_path, line):
    path = tmp_path / "cases.jsonl"
    path.write_text(f'{{"case":"unfit"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2: no case"):
        list(read_judgement_cases(path))


def test_a_span_whose_words_are_others_is_named(cases):
    lines = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines()]
    lines[0]["right"]["content"][0]["text"] = "other words"
    cases.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 1: no case.*other words"):
        list(read_judgement_cases(cases))


def test_no_file_is_a_wrong_command_line(capsys):
    assert main([]) == 2
    assert "Usage" in capsys.readouterr().err
