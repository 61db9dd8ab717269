"""CofeNet's figures on invented labels, each counted by hand; and flat labels from attributions."""

import pytest

from eval.corpus import Instance
from eval.figures import summarise
from eval.sentences import flatten, read_spans, score_instances, score_labels


def figure(name, gold, predicted):
    found = summarise([score_labels(gold.split(), predicted.split())])[name]
    return found.precision, found.recall, found.f1


def test_a_begin_right_after_a_span_starts_another():
    assert read_spans(["B-cue", "B-cue", "I-cue"])["cue"] == [(0, 1), (1, 3)]


def test_an_inside_of_another_kind_ends_a_span_and_starts_none():
    assert read_spans(["B-cue", "I-source", "I-cue"]) == {"source": [], "cue": [(0, 1)], "content": []}


def test_a_span_may_run_to_the_last_token():
    assert read_spans(["O", "B-content", "I-content"])["content"] == [(1, 3)]


def test_perfect_labels_score_one_in_every_figure():
    labels = ["B-source", "O", "B-cue", "I-cue", "B-content", "I-content"]
    assert {f.f1 for f in summarise([score_labels(labels, labels)]).values()} == {1.0}


def test_exact_wants_both_bounds_and_begin_the_first_alone():
    gold, predicted = "B-cue I-cue O B-cue", "B-cue O O B-cue"
    assert figure("exact_cue", gold, predicted) == (0.5, 0.5, 0.5)
    assert figure("begin_cue", gold, predicted) == (1, 1, 1)


def test_a_span_of_another_kind_is_not_a_match():
    assert figure("begin_cue", "B-source O", "B-cue O") == (0, 0, 0)


def test_precision_is_over_predicted_and_recall_over_gold_spans():
    assert figure("exact_cue", "B-cue O O O", "B-cue O B-cue B-cue") == pytest.approx((1 / 3, 1, 0.5))


def test_jaccard_is_the_mean_share_over_gold_and_stray_predicted_spans():
    # The gold spans share 2 of 3 tokens and none; one predicted span is stray: (2/3 + 0 + 0) / 3.
    gold = "B-content I-content I-content O B-content O O"
    predicted = "B-content I-content O O O O B-content"
    assert figure("jaccard_content", gold, predicted)[2] == pytest.approx(2 / 9)


def test_jaccard_takes_the_best_of_several_and_does_not_charge_for_the_others():
    gold = "B-content I-content I-content I-content"
    predicted = "B-content B-content I-content I-content"
    assert figure("jaccard_content", gold, predicted)[2] == pytest.approx(0.75)


BOUNDS = [(0, 4), (5, 9), (10, 14), (15, 19), (20, 24)]


def attribution(source=(), cue=(), content=()):
    return {"source": source, "cue": cue, "content": content}


def test_a_span_labels_every_token_that_it_touches():
    assert flatten([attribution(content=[[2, 11]])], BOUNDS) == [
        "B-content",
        "I-content",
        "I-content",
        "O",
        "O",
    ]


def test_a_source_that_two_attributions_share_is_one_span():
    shared = [attribution(source=[[0, 9]], cue=[[10, 14]]), attribution(source=[[0, 9]], cue=[[20, 24]])]
    assert flatten(shared, BOUNDS) == ["B-source", "I-source", "B-cue", "O", "B-cue"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_outer_of_two_nested_attributions_keeps_its_tokens(turned):
    outer = attribution(source=[[0, 4]], cue=[[5, 9]], content=[[10, 24]])
    inner = attribution(source=[[10, 14]], cue=[[15, 19]], content=[[20, 24]])
    both = [inner, outer] if turned else [outer, inner]
    assert flatten(both, BOUNDS) == ["B-source", "B-cue", "B-content", "I-content", "I-content"]


def test_two_spans_that_touch_stay_two():
    assert flatten([attribution(content=[[0, 4], [5, 9]])], BOUNDS)[:2] == ["B-content", "B-content"]


def test_a_cut_span_begins_again_after_what_cuts_it():
    longer = attribution(cue=[[5, 9]], content=[[20, 24]])
    assert flatten([longer, attribution(source=[[0, 14]])], BOUNDS)[:3] == ["B-source", "B-cue", "B-source"]


def instance(words, labels, name="a"):
    return Instance(article_id=name, annotator="x", tokens=tuple(words.split()), labels=tuple(labels.split()))


def test_a_text_that_several_annotators_labelled_is_predicted_once():
    asked = []

    def predict(text):
        asked.append(text)
        return [attribution(source=[[0, 4]], cue=[[5, 9]])]

    both = [instance("Mara said", "B-source B-cue"), instance("Mara said", "O B-cue")]
    (scored,) = score_instances(both, predict)
    assert asked == ["Mara said"]
    assert scored.tally["exact_source"] == (1, 2, 1, 1)


def test_the_order_of_instances_does_not_change_the_counts():
    three = [instance("Mara said", "B-source B-cue"), instance("No", "O", "b"), instance("Mara", "O")]

    def predict(text):
        return [attribution(source=[[0, 2]])]

    assert score_instances(three, predict) == score_instances(three[::-1], predict)
