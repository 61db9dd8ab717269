"""Flat layers of tags decoded: scores of labels in, segments of words out.

The best row of labels in which every segment opens and closes (BIOES), window by window.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.encoder import Reading
from onrecord.encode.labels import tag_labels
from onrecord.extract.viterbi import best_labels

Floats = NDArray[np.float32]
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Segment:
    """Words `first:last` of a text as one segment of a kind, with the mean probability of its labels."""

    first: int
    last: int
    kind: str
    sureness: float


def decode_layer(layer: str, scored: Sequence[tuple[Reading, Floats]]) -> Iterator[Segment]:
    """The segments of a layer in some windows, given each window's scores (words, labels)."""
    likeliest = [scores.argmax(1) for _, scores in scored]
    # Where the likeliest labels open and close their segments, no other row of labels is better.
    broken = [k for k, labels in enumerate(likeliest) if not _is_whole(labels, allowed_steps(layer))]
    for k, labels in zip(broken, _best_rows(layer, [scored[k][1] for k in broken]), strict=True):
        likeliest[k] = labels
    for labels, (reading, scores) in zip(likeliest, scored, strict=True):
        yield from _segments(layer, labels, scores, reading)


def _is_whole(labels: NDArray[np.int64], steps: Floats) -> bool:
    ends = steps[-2, labels[0]] + steps[-1, labels[-1]]
    return bool(ends + steps[labels[:-1], labels[1:]].sum() == 0)


def _best_rows(layer: str, scored: Sequence[Floats]) -> list[NDArray[np.int64]]:
    """The best row of labels of each window, all decoded side by side."""
    if not scored:
        return []
    lengths = np.array([len(scores) for scores in scored], np.int64)
    rows = np.zeros((len(scored), int(lengths.max()), len(tag_labels(layer))), np.float32)
    for row, scores in zip(rows, scored, strict=True):
        row[: len(scores)] = scores
    best = best_labels(rows, allowed_steps(layer), lengths)
    return [labels[:length] for labels, length in zip(best, lengths.tolist(), strict=True)]


@cache
def allowed_steps(layer: str) -> Floats:
    """0 where a label may follow another, far below 0 where not; then what may open and close a row."""
    names = tag_labels(layer)
    steps = np.full((len(names) + 2, len(names)), NEVER, np.float32)
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            opened, goes_on = one[0] in "BI", other[0] in "IE"
            if opened == goes_on and (not opened or one[2:] == other[2:]):
                steps[i, j] = 0.0
        steps[-2, i] = 0.0 if one[0] in "OBS" else NEVER
        steps[-1, i] = 0.0 if one[0] in "OES" else NEVER
    return steps


def _segments(layer: str, labels: NDArray[np.int64], scores: Floats, reading: Reading) -> Iterator[Segment]:
    """The segments that begin in the window's core."""
    names, window = tag_labels(layer), reading.window
    begun = 0
    for k in np.flatnonzero(labels).tolist():
        place, kind = names[labels[k]].split("-")
        if place in "BS":
            begun = k
        if place in "ES" and window.core_first <= begun + window.first < window.core_last:
            sure = _probability(scores[begun : k + 1], labels[begun : k + 1])
            yield Segment(begun + window.first, k + 1 + window.first, kind, round(sure, 3))


def _probability(scores: Floats, labels: NDArray[np.int64]) -> float:
    weight = np.exp(scores - scores.max(1, keepdims=True))
    return float((weight[np.arange(len(labels)), labels] / weight.sum(1)).mean())
