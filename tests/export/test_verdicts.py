"""A report of verdicts as JSON, and the words that every face tells verdicts in."""

import dataclasses
import json
from typing import get_args

import pytest

from onrecord.export.verdict_words import (
    FLAG_WORDS,
    KIND_MEANINGS,
    KIND_WORDS,
    Piece,
    loudest_first,
    name_flags,
    name_kind,
    order_loudest,
    split_draft,
    split_held,
    summarise_report,
    tell_change,
)
from onrecord.export.verdicts import verdicts_to_json
from onrecord.verifier.verdict import FLAGS, KINDS, Change, ChangeKind, Evidence, Report
from tests.factories import span_of
from tests.reports import DRAFT, HELD, make_change, make_claim, make_evidence, make_report, make_verdict


def shown(side):
    return [[(piece.words, piece.differs) for piece in row] for row in side]


def test_every_kind_flag_and_change_has_its_words():
    assert set(KIND_WORDS) == set(KIND_MEANINGS) == set(KINDS)
    assert tuple(FLAG_WORDS) == FLAGS
    for kind in get_args(ChangeKind):
        assert tell_change(make_change(kind, span_of(DRAFT, "did"), span_of(HELD, "not")))


def test_the_hand_made_report_has_each_kind_once():
    assert sorted(v.kind for v in make_report().verdicts) == sorted(KINDS)


def test_json_holds_every_field_of_evidence():
    told = json.loads(verdicts_to_json(make_report()))["verdicts"][0]["evidence"][0]
    fields = {field.name for field in dataclasses.fields(Evidence)}
    assert set(told) == fields - {"spans", "words"} | {"parts"}


def test_json_spans_are_of_the_texts_that_they_say():
    told = json.loads(verdicts_to_json(make_report()))
    for verdict in told["verdicts"]:
        for part in verdict["claim"]["parts"]:
            assert told["text"][part["start_char"] : part["end_char"]] == part["text"]
        for evidence in verdict["evidence"]:
            for part in evidence["parts"]:
                assert HELD[part["start_char"] : part["end_char"]] == part["text"]


def test_json_is_one_line_in_a_fixed_order():
    line = verdicts_to_json(make_report())
    assert "\n" not in line
    assert list(json.loads(line)) == [
        "format", "version", "draft", "fails", "summary", "counts", "notes", "text", "verdicts",
    ]  # fmt: skip
    assert list(json.loads(line)["counts"]) == list(KINDS)


def test_json_tells_what_fails_and_why():
    first = json.loads(verdicts_to_json(make_report()))["verdicts"][0]
    assert (first["number"], first["kind"], first["fails"], first["flags"]) == (
        1,
        "altered",
        True,
        ["negation"],
    )
    assert first["changes"][0]["held_span"]["text"] == "not"
    assert first["changes"][0]["draft_span"] is None


def test_json_of_a_lone_surrogate_can_be_written():
    report = Report(draft="\ud800", text="a\udfff", verdicts=())
    line = verdicts_to_json(report)
    assert json.loads(line.encode("utf-8"))["text"] == "a\udfff"


def test_the_summary_counts_what_fails():
    assert summarise_report(make_report()) == "3 of 9 fail: 1 altered, 1 misattributed, 1 not found."


@pytest.mark.parametrize(
    ("count", "told"), [(0, "Nothing"), (1, "The one there is holds."), (2, "All 2 hold.")]
)
def test_the_summary_of_what_holds(count, told):
    verdicts = (make_verdict(make_claim("It was I,"), "exact"),) * count
    assert summarise_report(Report(draft="a", text=DRAFT, verdicts=verdicts)).startswith(told)


@pytest.mark.parametrize(
    ("marked", "name"), [(True, "trimmed"), (False, "trimmed silently"), (None, "trimmed")]
)
def test_a_silent_trim_is_called_so(marked, name):
    assert name_kind(make_verdict(make_claim("It was I,"), "trimmed", trim_marked=marked)) == name


def test_changes_with_flags_come_first_the_loudest_before_all():
    plain, modal, negation = (
        make_change("dropped", None, span_of(HELD, words), *flags)
        for words, flags in (("We", ()), ("would", ("modal",)), ("not", ("negation", "modal")))
    )
    assert loudest_first([plain, modal, negation]) == [negation, modal, plain]


def test_words_left_out_stand_in_their_place_among_those_held():
    held = make_evidence("We did", "close the Sallow lock")
    dropped = make_change("dropped", None, span_of(HELD, "not"), "negation")
    verdict = make_verdict(make_claim("We did close the Sallow lock"), "altered", [held], changes=(dropped,))
    assert "".join(piece.words for piece in split_held(verdict)[0]) == "We did not close the Sallow lock"
    assert [piece for piece in split_held(verdict)[0] if piece.differs] == [
        Piece(words="not", differs=True, flags=("negation",))
    ]


def test_words_within_a_span_are_marked_there():
    held = make_evidence("We did not close the Sallow lock")
    change = make_change("replaced", span_of(DRAFT, "We did"), span_of(HELD, "not"))
    verdict = make_verdict(make_claim("We did close the Sallow lock"), "altered", [held], changes=(change,))
    assert shown(split_held(verdict)) == [
        [("We did ", False), ("not", True), (" close the Sallow lock", False)]
    ]
    assert shown(split_draft(verdict)) == [[("We did", True), (" close the Sallow lock", False)]]


def test_stretches_that_stand_apart_are_rows_apart():
    verdict = make_verdict(
        make_claim("It was I,"), "trimmed", [make_evidence("It closed at nine", "nobody was hurt")]
    )
    assert shown(split_held(verdict)) == [[("It closed at nine", False)], [("nobody was hurt", False)]]


def test_the_words_of_each_place_are_told_of_what_is_spliced():
    spliced = make_report().verdicts[-1]
    assert shown(split_held(spliced)) == [
        [("We did not close the Sallow lock on Monday", False)],
        [("I was never told,", False)],
    ]


def test_a_change_that_does_not_fit_is_passed_over():
    change = Change(
        kind="replaced",
        draft="x",
        held="y",
        draft_span=span_of(DRAFT, "Who closed"),
        held_span=None,
    )
    verdict = make_verdict(make_claim("It was I,"), "altered", changes=(change,))
    assert shown(split_draft(verdict)) == [[("It was I,", False)]]
    assert split_held(verdict) == ()


@pytest.mark.parametrize(
    ("kind", "flag", "told"),
    [
        ("dropped", "name", "name left out"),
        ("inserted", "number", "number added"),
        ("replaced", "name", "name changed"),
        ("dropped", "negation", "negation turned"),
    ],
)
def test_a_flag_tells_what_became_of_its_words(kind, flag, told):
    change = make_change(kind, span_of(DRAFT, "did"), span_of(HELD, "not"), flag)
    assert name_flags(make_verdict(make_claim("It was I,"), "altered", changes=(change,))) == (told,)


def test_what_fails_is_ordered_by_its_flags_and_own_words_come_last():
    own = make_verdict(make_claim("the lock would open in spring", form="indirect"), "not_found")
    plain = make_verdict(make_claim("It was I,"), "not_found")
    flagged, holding = make_report().verdicts[:2]
    report = Report(draft="a", text=DRAFT, verdicts=(own, plain, holding, flagged))
    assert [number for number, _ in order_loudest(report, fails=True)] == [4, 2, 1]
    assert [number for number, _ in order_loudest(report, fails=False)] == [3]
