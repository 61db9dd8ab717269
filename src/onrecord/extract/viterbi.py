"""The best labels of a row of words, given a score a label and a score a step between labels.

Method: Viterbi's algorithm over a linear chain, many rows at once.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def best_labels(scores: Floats, transitions: Floats) -> NDArray[np.int64]:
    """Labels (rows, words) for scores (rows, words, labels).

    `transitions` is (labels + 2, labels): from label to label, then what a row may start with,
    then what it may end with.
    """
    rows, count, labels = scores.shape
    step = transitions[:labels].T[None]  # (1, to, from)
    best = scores[:, 0] + transitions[labels]
    back = np.zeros((count, rows, labels), np.int8)
    for k in range(1, count):
        reached = best[:, None, :] + step
        back[k] = reached.argmax(2)
        best = np.take_along_axis(reached, back[k][:, :, None].astype(np.int64), 2)[:, :, 0] + scores[:, k]
    path = np.zeros((rows, count), np.int64)
    path[:, -1] = (best + transitions[labels + 1]).argmax(1)
    for k in range(count - 1, 0, -1):
        path[:, k - 1] = back[k][np.arange(rows), path[:, k]]
    return path
