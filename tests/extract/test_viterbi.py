"""The best labels are those that a search of all rows of labels finds."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.labels import LABELS, may_follow
from onrecord.extract.viterbi import best_labels, label_probabilities


def score_of(path, scores, transitions):
    labels = scores.shape[1]
    steps = sum(transitions[a, b] for a, b in pairwise(path))
    ends = transitions[labels, path[0]] + transitions[labels + 1, path[-1]]
    return steps + ends + sum(scores[k, label] for k, label in enumerate(path))


def random_case(seed, count):
    random = np.random.default_rng(seed)
    scores = random.normal(size=(2, 5, 3)).astype(np.float32)
    transitions = random.normal(size=(5, 3)).astype(np.float32)
    return scores, transitions, np.array([count, 5])


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_no_row_of_labels_scores_better(seed, count):
    scores, transitions, lengths = random_case(seed, count)
    for row, path in enumerate(best_labels(scores, transitions, lengths)):
        size, own = lengths[row], scores[row, : lengths[row]]
        best = max(product(range(3), repeat=int(size)), key=lambda p: score_of(p, own, transitions))
        assert abs(score_of(best, own, transitions) - score_of(path[:size], own, transitions)) < 1e-4


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_a_label_is_as_likely_as_the_rows_that_hold_it(seed, count):
    scores, transitions, lengths = random_case(seed, count)
    for row, found in enumerate(label_probabilities(scores, transitions, lengths)):
        size = int(lengths[row])
        expected = np.zeros((size, 3))
        for path in product(range(3), repeat=size):
            expected[np.arange(size), path] += np.exp(score_of(path, scores[row, :size], transitions))
        expected /= expected.sum(1, keepdims=True)
        assert np.allclose(found[:size], expected, atol=1e-4)


def test_a_segment_cannot_be_entered_in_its_middle():
    inside, begin, other = (LABELS.index(x) for x in ("I-content", "B-content", "B-source"))
    assert not may_follow(0, inside)
    assert may_follow(begin, inside)
    assert not may_follow(other, inside)
    assert not may_follow(begin, 0)
