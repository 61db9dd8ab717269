"""Records that people corrected, proven by their bytes: a kept id is no fault, and nothing else is let by."""

import dataclasses

import pytest

from onrecord.ingest import make_capture, read_article
from onrecord.ingest.proof import check_record
from onrecord.record import (
    Confidence,
    Record,
    Statement,
    lay_over,
    statement_id_of,
)
from tests.factories import MODEL, span_of
from tests.record.judging import correct, judge

BODY = b"The bridge will hold, Mira Vance said. It was late, and nobody asked her again about it.\n"


def read():
    """A record of the bytes with one statement."""
    capture = make_capture(BODY)
    article = read_article(capture)
    spans = [(span_of(article.text, part),) for part in ("The bridge will hold", "said", "Mira Vance")]
    content, cue, source = spans
    statement = Statement(
        statement_id=statement_id_of(article.article_id, content, cue, source),
        article_id=article.article_id,
        content=content,
        cue=cue,
        source=source,
        form="indirect",
        mode="said",
        speaker=None,
        chain=(),
        confidence=Confidence(statement=0.9, content=0.9, cue=0.9, source=0.9),
        origin=MODEL,
    )
    return Record(capture=capture, article=article, statements=(statement,))


RECORD = read()
OWN = RECORD.statements[0]


def lay(*judgements):
    return lay_over(RECORD, judgements).record


def with_origin(record, **fields):
    one = record.statements[0]
    return dataclasses.replace(
        record, statements=(dataclasses.replace(one, origin=dataclasses.replace(one.origin, **fields)),)
    )


def faults(record):
    return [fault.what for fault in check_record(record).faults]


@pytest.mark.parametrize(
    ("field", "words"), [("content", "bridge will hold"), ("cue", "asked"), ("source", "nobody")]
)
def test_a_statement_whose_spans_were_corrected_is_sound_and_counted(field, words):
    proof = check_record(lay(correct(RECORD, OWN, field, words)))
    assert proof.is_sound
    assert proof.corrected == 1


def test_whoever_was_added_as_a_speaker_is_sound():
    proof = check_record(lay(correct(RECORD, OWN, "speaker", "Mira Vance")))
    assert proof.is_sound
    assert proof.corrected == 0


def test_a_record_that_was_only_judged_counts_none():
    assert check_record(lay(judge("accept", RECORD, OWN))).corrected == 0


def test_the_words_of_a_correction_are_held_against_the_bytes_like_any_others():
    record = lay(correct(RECORD, OWN, "content", "bridge will hold"))
    forged = dataclasses.replace(
        record, article=dataclasses.replace(record.article, text=record.article.text.replace("hold", "fall"))
    )
    assert not check_record(forged).is_sound


CORRECTED = lay(correct(RECORD, OWN, "content", "bridge will hold"))


@pytest.mark.parametrize(
    "record",
    [
        with_origin(CORRECTED, kind="model"),
        with_origin(CORRECTED, rules=()),
        with_origin(CORRECTED, rules=("corrected/mode", "corrected/speaker")),
        with_origin(CORRECTED, kind="rule"),
        with_origin(CORRECTED, kind="markup"),
    ],
    ids=["by a model", "without a rule", "another field", "by a rule", "by markup"],
)
def test_an_id_that_nobody_corrected_away_from_its_spans_is_a_fault(record):
    assert faults(record) == ["statement_id"]


@pytest.mark.parametrize("name", ["statement-1", "entity-" + "0" * 32, "", "statement-" + "0" * 32 + "\n"])
def test_a_corrected_statement_still_bears_an_id(name):
    one = dataclasses.replace(CORRECTED.statements[0], statement_id=name)
    assert faults(dataclasses.replace(CORRECTED, statements=(one,))) == ["statement_id"]


def test_a_corrected_statement_of_another_article_is_a_fault():
    one = dataclasses.replace(CORRECTED.statements[0], article_id="article-" + "0" * 32)
    assert faults(dataclasses.replace(CORRECTED, statements=(one,))) == ["statement_id"]
