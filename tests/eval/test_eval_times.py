"""The scorer of times counts as TempEval-3 does: on documents made here."""

from eval.times import (
    Counts,
    count_matches,
    is_held_out,
    known_only,
    page_of,
    predict_by_rules,
    predict_gold_spans,
    read_timeml,
    score,
)

TIMEML = """<?xml version="1.0" ?><TimeML><DOCID>d1</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2024-03-20" functionInDocument="CREATION_TIME">20</TIMEX3></DCT>
<TEXT>
The board of A&amp;B <EVENT eid="e1">met</EVENT> on
<TIMEX3 tid="t1" type="DATE" value="2024-03-05">March 5</TIMEX3>.

It sat for <TIMEX3 tid="t2" type="DURATION" value="PT3H" mod="LESS_THAN">nearly three hours</TIMEX3>.
</TEXT></TimeML>"""


def test_timeml_is_read_with_its_entities_and_the_creation_time_apart() -> None:
    document = read_timeml("d1", TIMEML)
    assert document.dct == "2024-03-20"
    assert [t.span.of(document.text) for t in document.times] == ["March 5", "nearly three hours"]
    assert [t.mod for t in document.times] == [None, "LESS_THAN"]
    assert "A&B met on" in document.text


def test_the_rules_score_in_full_on_what_they_know() -> None:
    counts = score([read_timeml("d1", TIMEML)], predict_by_rules)
    assert (counts.gold, counts.predicted, counts.strict, counts.value) == (2, 2, 2, 2)
    assert counts.f1(counts.value) == 100.0


def test_gold_spans_are_all_given_back() -> None:
    document = read_timeml("d1", TIMEML)
    assert [t.timex_value for t in predict_gold_spans(document)] == ["2024-03-05", "PT3H"]


def test_an_overlap_counts_as_relaxed_and_not_as_strict() -> None:
    document = read_timeml("d1", TIMEML.replace(" on\n", "\n").replace(">March 5<", ">on March 5<"))
    counts = score([document], predict_by_rules)
    assert (counts.strict, counts.relaxed, counts.value) == (1, 2, 2)


def test_a_right_place_with_a_wrong_value_counts_for_the_span_alone() -> None:
    document = read_timeml("d1", TIMEML.replace('value="2024-03-05"', 'value="2023-03-05"'))
    counts = score([document], predict_by_rules)
    assert (counts.strict, counts.value) == (2, 1)


def test_a_prediction_matches_one_expression_at_most() -> None:
    document = read_timeml("d1", TIMEML)
    counts = Counts()
    predicted = predict_gold_spans(document)
    count_matches(counts, document.times, (*predicted, predicted[0]))
    assert (counts.gold, counts.predicted, counts.relaxed) == (2, 3, 2)


def test_nothing_found_scores_nothing() -> None:
    counts = score([read_timeml("d1", TIMEML)], lambda text, dct: ())
    assert (counts.f1(counts.strict), counts.f1(counts.value)) == (0.0, 0.0)


def test_what_has_no_value_is_left_out_of_the_comparison() -> None:
    text = "Prices rose shortly after the end of the strike."
    assert known_only(predict_by_rules(text, "2024-03-20")) == ()


def test_about_a_fifth_of_names_is_held_out_and_always_the_same() -> None:
    names = [f"paper_{n:04d}" for n in range(1000)]
    held = [n for n in names if is_held_out(n)]
    assert 150 < len(held) < 250
    assert held == [n for n in names if is_held_out(n)]


def test_paragraphs_are_parted_by_empty_lines() -> None:
    page = page_of("One.\n\nTwo.\n \nThree.")
    assert [page.text[start:end] for start, end in page.paragraphs] == ["One.", "Two.", "Three."]
