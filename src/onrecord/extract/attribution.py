"""Attributions as the model sees them: words of a cue, of its source, of its content.

In: words and the encoder. Out: for each cue the words of each role and how sure the model is,
in the order of the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.encoder import Encoder, Reading
from onrecord.encode.labels import LABELS, ROLES
from onrecord.encode.words import Words
from onrecord.extract.viterbi import best_labels

# A word this likely part of a cue is tried as one; the head may still answer "nothing".
# Tuned on PolNeAR dev for end-to-end F1, which is flat within 0.2 from 0.25 to 0.5.
CUE_FLOOR = 0.35
ROLE_OF_LABEL = np.array([-1 if label == "O" else ROLES.index(label[2:]) for label in LABELS])


@dataclass(frozen=True, slots=True)
class Attribution:
    """Word numbers of each role, sorted, and the model's mean probability of each role's labels."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    sureness: dict[str, float]

    def words(self, role: str) -> tuple[int, ...]:
        """The words of one role: source, cue or content."""
        found: tuple[int, ...] = getattr(self, role)
        return found


def find_attributions(encoder: Encoder, words: Words) -> list[Attribution]:
    """The attributions of a text, one for each cue that has a content."""
    found = [a for reading in encoder.read(words) for a in _in_window(encoder, reading)]
    return sorted(_without_doubles(found), key=lambda a: (min(a.cue), min(a.content)))


def _in_window(encoder: Encoder, reading: Reading) -> Iterator[Attribution]:
    anchors = find_anchors(reading.cue)
    core_first = reading.window.core_first - reading.window.first
    core_last = reading.window.core_last - reading.window.first
    anchors = anchors[(anchors >= core_first) & (anchors < core_last)]
    if not len(anchors):
        return
    scores = encoder.score_attributions(reading, anchors)
    labels = best_labels(scores, encoder.transitions)
    weights = np.exp(scores - scores.max(2, keepdims=True))
    weights /= weights.sum(2, keepdims=True)
    for row, anchor in enumerate(anchors):
        roles = ROLE_OF_LABEL[labels[row]]
        attribution = _attribution(roles, weights[row], reading.window.first, float(reading.cue[anchor]))
        if attribution.content and attribution.cue:
            yield attribution


def find_anchors(cue: NDArray[np.float32]) -> NDArray[np.int64]:
    """Words likely to be in a cue, and no less so than the words beside them."""
    padded = np.concatenate([[0.0], cue, [0.0]])
    peak = (cue >= padded[:-2]) & (cue > padded[2:])
    return np.flatnonzero(peak & (cue > CUE_FLOOR))


def _attribution(
    roles: NDArray[np.int64], weights: NDArray[np.float32], first: int, anchor_sureness: float
) -> Attribution:
    words: dict[str, tuple[int, ...]] = {}
    sureness = {"anchor": anchor_sureness}
    for k, role in enumerate(ROLES):
        at = np.flatnonzero(roles == k)
        words[role] = tuple((at + first).tolist())
        # Where a role is empty, how sure the model is that no word has it.
        mass = weights[:, k == ROLE_OF_LABEL].sum(1)
        sureness[role] = float(mass[at].mean()) if len(at) else float(1.0 - mass.max())
    return Attribution(**words, sureness=sureness)


def _without_doubles(found: list[Attribution]) -> list[Attribution]:
    """Each cue once: where two share a word, the surer stays."""
    kept: list[Attribution] = []
    taken: set[int] = set()
    for attribution in sorted(found, key=lambda a: -a.sureness["anchor"] * a.sureness["content"]):
        if taken.isdisjoint(attribution.cue):
            kept.append(attribution)
            taken.update(attribution.cue)
    return kept
