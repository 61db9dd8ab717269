"""Attributions as the model sees them: words of a cue, of its source, of its content.

In: words and the encoder. Out: for each cue the words of each role and how sure the model is,
in the order of the text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.encoder import Encoder, Reading
from onrecord.encode.labels import LABELS, ROLES
from onrecord.encode.words import Words
from onrecord.extract.viterbi import best_labels, label_probabilities

# A word this likely part of a cue is tried as one; the head may still answer "nothing".
# On PolNeAR dev, end-to-end F1 is 80.4, 80.7 and 80.8 at 0.25, 0.35 and 0.5.
CUE_FLOOR = 0.5
GROUP = 16  # windows decoded side by side: enough to pay for the loop over words
ROLE_OF_LABEL = np.array([-1 if label == "O" else ROLES.index(label[2:]) for label in LABELS])


@dataclass(frozen=True, slots=True)
class Attribution:
    """Word numbers of each role, sorted, and the model's mean probability of each role's labels.

    `content_sureness` holds the probability of each word of the content, in their order.
    """

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    sureness: dict[str, float]
    content_sureness: tuple[float, ...]


def find_attributions(
    encoder: Encoder, words: Words, also: Callable[[Sequence[Reading]], None] | None = None
) -> list[Attribution]:
    """The attributions of a text, one for each cue that has a content.

    `also` is shown the readings as they come, some windows at a time: the text is read once.
    """
    readings = encoder.read(words)
    found: list[Attribution] = []
    while group := list(islice(readings, GROUP)):
        found.extend(_in_windows(encoder, group))
        if also is not None:
            also(group)
    return sorted(_without_doubles(found), key=lambda a: (min(a.cue), min(a.content)))


def _in_windows(encoder: Encoder, group: Sequence[Reading]) -> Iterator[Attribution]:
    """The attributions of some windows; their cues are decoded side by side."""
    cues = [(reading, anchors) for reading in group if len(anchors := find_anchors(reading))]
    if not cues:
        return
    scored = [encoder.score_attributions(reading, anchors) for reading, anchors in cues]
    lengths = np.concatenate([np.full(len(s), s.shape[1]) for s in scored])
    scores = np.zeros((len(lengths), lengths.max(), len(LABELS)), np.float32)
    row = 0
    for part in scored:
        scores[row : row + len(part), : part.shape[1]] = part
        row += len(part)
    labels = best_labels(scores, encoder.transitions, lengths)
    probabilities = label_probabilities(scores, encoder.transitions, lengths)
    origins = [(reading, anchor) for reading, anchors in cues for anchor in anchors]
    for row, (reading, anchor) in enumerate(origins):
        size = lengths[row]
        attribution = _attribution(
            ROLE_OF_LABEL[labels[row, :size]],
            probabilities[row, :size],
            reading.window.first,
            float(reading.cue[anchor]),
        )
        if attribution.content and attribution.cue:
            yield attribution


def find_anchors(reading: Reading) -> NDArray[np.int64]:
    """Words of the window's core likely to be in a cue, and no less so than the words beside them."""
    cue = reading.cue
    padded = np.concatenate([[0.0], cue, [0.0]])
    peaks = np.flatnonzero((cue >= padded[:-2]) & (cue > padded[2:]) & (cue > CUE_FLOOR))
    first = reading.window.first
    low, high = reading.window.core_first - first, reading.window.core_last - first
    return peaks[(peaks >= low) & (peaks < high)]


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
        if role == "content":
            content_sureness = tuple(mass[at].tolist())
    return Attribution(**words, sureness=sureness, content_sureness=content_sureness)


def _without_doubles(found: list[Attribution]) -> list[Attribution]:
    """Each cue once: where two share a word, the surer stays."""
    kept: list[Attribution] = []
    taken: set[int] = set()
    for attribution in sorted(found, key=lambda a: -a.sureness["anchor"] * a.sureness["content"]):
        if taken.isdisjoint(attribution.cue):
            kept.append(attribution)
            taken.update(attribution.cue)
    return kept
