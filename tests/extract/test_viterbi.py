"""The best labels are those that a search of all rows of labels finds."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.labels import LABELS, may_follow
from onrecord.extract.viterbi import best_labels


def score_of(path, scores, transitions):
    labels = scores.shape[1]
    steps = sum(transitions[a, b] for a, b in zip(path, path[1:], strict=False))
    ends = transitions[labels, path[0]] + transitions[labels + 1, path[-1]]
    return steps + ends + sum(scores[k, label] for k, label in enumerate(path))


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_no_row_of_labels_scores_better(seed, count):
    random = np.random.default_rng(seed)
    scores = random.normal(size=(2, count, 3)).astype(np.float32)
    transitions = random.normal(size=(5, 3)).astype(np.float32)
    for row, path in enumerate(best_labels(scores, transitions)):
        best = max(product(range(3), repeat=count), key=lambda p: score_of(p, scores[row], transitions))
        assert abs(score_of(best, scores[row], transitions) - score_of(path, scores[row], transitions)) < 1e-4


def test_a_segment_cannot_be_entered_in_its_middle():
    inside, begin, other = (LABELS.index(x) for x in ("I-content", "B-content", "B-source"))
    assert not may_follow(0, inside)
    assert may_follow(begin, inside)
    assert not may_follow(other, inside)
    assert not may_follow(begin, 0)
