"""Segments decoded from scores of labels: whole, of one kind, and each in one window."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.encoder import Reading
from onrecord.encode.labels import TAG_LAYERS, tag_labels
from onrecord.encode.windows import Window
from onrecord.extract.tags import allowed_steps, decode_layer


def reading(first=0, last=6, core=None):
    low, high = core or (first, last)
    return Reading(
        Window(first, last, low, high), np.zeros((last - first, 4), np.float32), np.zeros(last - first)
    )


def scores_for(labels, layer="time"):
    names = tag_labels(layer)
    scores = np.zeros((len(labels), len(names)), np.float32)
    for row, label in enumerate(labels):
        scores[row, names.index(label)] = 9.0
    return scores


def decoded(labels, layer="time", **window):
    found = decode_layer(layer, [(reading(**window), scores_for(labels, layer))])
    return [(s.first, s.last, s.kind) for s in found]


def test_a_segment_of_several_words_and_one_of_a_single_word_are_told():
    labels = ["O", "B-date", "I-date", "E-date", "S-time", "O"]
    assert decoded(labels) == [(1, 4, "date"), (4, 5, "time")]


def test_no_segment_is_found_where_every_word_is_outside():
    assert decoded(["O"] * 6) == []


def test_a_segment_that_never_closes_is_closed_or_dropped_but_never_left_open():
    assert all(last > first for first, last, _ in decoded(["O", "B-date", "I-date", "O", "O", "O"]))


def test_words_are_counted_in_the_text_and_not_in_the_window():
    assert decoded(["O", "S-set", "O"], first=10, last=13) == [(11, 12, "set")]


def test_a_segment_outside_the_core_is_left_to_the_window_whose_core_it_is_in():
    labels = ["S-date", "O", "S-date"]
    assert decoded(labels, first=0, last=3, core=(1, 3)) == [(2, 3, "date")]


def test_how_sure_a_segment_is_is_the_mean_probability_of_its_labels():
    (segment,) = decode_layer("time", [(reading(last=1), scores_for(["S-date"]))])
    count = len(tag_labels("time"))
    assert segment.sureness == pytest.approx(np.exp(9) / (np.exp(9) + count - 1), abs=1e-3)


@pytest.mark.parametrize("layer", TAG_LAYERS)
@given(data=st.data())
def test_whatever_the_scores_segments_never_overlap_and_lie_in_the_window(layer, data):
    count = data.draw(st.integers(1, 12))
    width = len(tag_labels(layer))
    cells = st.lists(st.floats(-5, 5, width=32), min_size=count * width, max_size=count * width)
    scores = np.array(data.draw(cells), np.float32).reshape(count, width)
    found = list(decode_layer(layer, [(reading(last=count), scores)]))
    ends = [0, *(s.last for s in found)]
    assert all(before <= s.first < s.last <= count for before, s in zip(ends, found, strict=False))


def test_a_label_inside_a_segment_follows_only_one_of_its_kind():
    names = tag_labels("place")
    steps = allowed_steps("place")
    assert steps[names.index("B-literal"), names.index("I-literal")] == 0
    assert steps[names.index("B-literal"), names.index("I-associative")] < -1000
    assert steps[names.index("O"), names.index("E-literal")] < -1000
