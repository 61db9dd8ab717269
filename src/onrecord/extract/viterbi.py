"""The best labels of rows of words and how sure each is, given scores of labels and of steps.

In: a score a word and label, a score a step from label to label. Out: the best row of labels
(Viterbi), and the probability of each label at each word (forward and backward sums), as a
linear-chain conditional random field has them (Lafferty et al. 2001).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def best_labels(scores: Floats, transitions: Floats, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Labels (rows, words) for scores (rows, words, labels); row `i` has `lengths[i]` words.

    `transitions` is (labels + 2, labels): from label to label, then what a row may start with,
    then what it may end with. Labels behind a row's length mean nothing.
    """
    rows, count, labels = scores.shape
    step = transitions[:labels].T[None]  # (1, to, from)
    stay = np.arange(labels, dtype=np.int8)[None]
    best = scores[:, 0] + transitions[labels]
    back = np.zeros((count, rows, labels), np.int8)
    for k in range(1, count):
        reached = best[:, None, :] + step
        on = (k < lengths)[:, None]
        back[k] = np.where(on, reached.argmax(2), stay)
        best = np.where(on, reached.max(2) + scores[:, k], best)
    path = np.zeros((rows, count), np.int64)
    path[:, -1] = (best + transitions[labels + 1]).argmax(1)
    for k in range(count - 1, 0, -1):
        path[:, k - 1] = back[k][np.arange(rows), path[:, k]]
    return path


def label_probabilities(scores: Floats, transitions: Floats, lengths: NDArray[np.int64]) -> Floats:
    """The probability (rows, words, labels) of each label at each word, over all rows of labels."""
    rows, count, labels = scores.shape
    step = np.exp(transitions[:labels])
    weight = np.exp(scores - scores.max(2, keepdims=True))
    forward = np.empty_like(weight)
    backward = np.empty_like(weight)
    ahead = weight[:, 0] * np.exp(transitions[labels])
    forward[:, 0] = ahead / ahead.sum(1, keepdims=True)
    for k in range(1, count):
        ahead = (forward[:, k - 1] @ step) * weight[:, k]
        forward[:, k] = ahead / np.maximum(ahead.sum(1, keepdims=True), 1e-30)
    last = np.broadcast_to(np.exp(transitions[labels + 1]), (rows, labels))
    backward[:, -1] = last
    for k in range(count - 2, -1, -1):
        behind = (backward[:, k + 1] * weight[:, k + 1]) @ step.T
        behind /= np.maximum(behind.sum(1, keepdims=True), 1e-30)
        backward[:, k] = np.where((k + 1 < lengths)[:, None], behind, last)
    both = forward * backward
    probabilities: Floats = both / np.maximum(both.sum(2, keepdims=True), 1e-30)
    return probabilities
