"""The encoder on ONNX Runtime: a text read once, window by window.

In: text, its paragraphs and quotations. Out: for each window the state of each word and the
probability that it belongs to a cue; and what each head says of these states.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from onrecord.encode.labels import TAG_LAYERS
from onrecord.encode.pieces import WordPieces, read_vocabulary
from onrecord.encode.weights import Weights
from onrecord.encode.windows import Window, piece_rows, plan_windows
from onrecord.encode.words import Ints, Words, cut_words

Floats = NDArray[np.float32]

# Paragraphs are read together up to so many word pieces: on PolNeAR dev, windows of 128, 160, 192
# and 256 reach the same end-to-end F1 within 0.6, and 160 reads a fifth more words a second than 256.
WINDOW_PIECES = 160
LARGEST_WINDOW_PIECES = 256  # as in training
MOST_PAIRS = 16_384  # pairs of mentions scored in one call: a bound on memory
CONTEXT_PIECES = 48  # read on either side of a part of a paragraph larger than that


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder says of one window.

    `states` is (words, width), `cue` (words,): the probability that a word belongs to a cue.
    """

    window: Window
    states: Floats
    cue: Floats


class Encoder:
    """The loaded weights; one object may be used from several threads."""

    def __init__(self, weights: Weights, *, threads: int = 1) -> None:
        self.weights = weights
        self._pieces = WordPieces(read_vocabulary(weights.path("vocabulary.txt")))
        self._encoder = _session(weights.path("encoder.onnx"), threads)
        self._heads = {
            name: _session(weights.path(f"{name}.onnx"), threads)
            for name in ("attribution", "tags", "edges", "coreference")
        }
        self.transitions: Floats = np.array(weights.manifest["transitions"], np.float32)

    def cut(
        self, text: str, paragraphs: Sequence[tuple[int, int]], quotations: Iterable[tuple[int, int]]
    ) -> Words:
        """The words of these paragraphs, as the encoder reads them."""
        return cut_words(text, paragraphs, quotations, self._pieces)

    def read(self, words: Words) -> Iterator[Reading]:
        """The readings of a text's windows, in order. Each window is one call without padding."""
        windows = plan_windows(words, size=WINDOW_PIECES, limit=LARGEST_WINDOW_PIECES, context=CONTEXT_PIECES)
        for window in windows:
            rows = piece_rows(words, window, self._pieces.opening, self._pieces.closing)
            states, cue = self._encoder.run(None, dict(rows))
            yield Reading(window, states[0], 1.0 / (1.0 + np.exp(-cue[0])))

    def score_attributions(self, reading: Reading, anchors: NDArray[np.int64]) -> Floats:
        """Scores (anchors, words, labels) of the attribution around each anchor, a word of a cue."""
        inputs = {"states": reading.states, "anchor": anchors}
        scores: Floats = self._heads["attribution"].run(None, inputs)[0]
        return scores

    def score_tags(self, reading: Reading) -> dict[str, Floats]:
        """Scores (words, labels) of each flat layer, and under "mention" of the kinds of mentions."""
        found = self._heads["tags"].run(None, {"states": reading.states})
        return dict(zip((*TAG_LAYERS, "mention"), found, strict=True))

    @cached_property
    def _meaning(self) -> Floats:
        """The map to meanings, a row a state and one more; loaded late, since it is trained on the rest."""
        matrix: Floats = np.load(self.weights.path("meaning.npy")).astype(np.float32)
        return matrix

    def embed(self, pooled: Floats) -> NDArray[np.int8]:
        """Vectors (stretches, 128) of the meaning of pooled states: unit vectors times 127."""
        vectors = pooled @ self._meaning[:-1] + self._meaning[-1]
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        rounded: NDArray[np.int8] = np.rint(127 * vectors / np.maximum(length, 1e-9)).astype(np.int8)
        return rounded

    def score_edges(self, reading: Reading, heads: Ints) -> tuple[Floats, Floats]:
        """Scores (heads, words) of the first and the last word of the mention around each head word."""
        starts, ends = self._heads["edges"].run(None, {"states": reading.states, "heads": heads})
        return starts, ends

    def score_antecedents(self, mentions: Floats, traits: Floats, pairs: tuple[Ints, Ints, Floats]) -> Floats:
        """A score for each pair of mentions: above 0 where the later one goes back to the earlier.

        `mentions` holds the states of head, first and last word in a row; `pairs` the numbers of
        the later and earlier mentions and the features of each pair.
        """
        later, earlier, features = pairs
        scores = []
        for low in range(0, len(later), MOST_PAIRS):
            part = slice(low, low + MOST_PAIRS)
            inputs = {
                "mentions": mentions, "traits": traits, "later": later[part], "earlier": earlier[part],
                "features": features[part],
            }  # fmt: skip
            scores.append(self._heads["coreference"].run(None, inputs)[0])
        return np.concatenate(scores) if scores else np.zeros(0, np.float32)


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
