"""The states of a text's words, kept for heads that read whole stretches of it: readings in, means out."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.encoder import Reading
from onrecord.encode.words import Words

WIDTH = 384


class WordStates:
    """One state a word, from the window that shows most around it, in half precision: 770 bytes a word."""

    def __init__(self, words: Words) -> None:
        self._starts, self._ends = words.start_char, words.end_char
        self._states = np.zeros((len(words), WIDTH), np.float16)

    def take(self, group: Iterable[Reading]) -> None:
        """Adds some windows."""
        for reading in group:
            window = reading.window
            low, high = window.core_first, window.core_last
            self._states[low:high] = reading.states[low - window.first : high - window.first]

    def pool(self, bounds: Sequence[tuple[int, int]]) -> NDArray[np.float32] | None:
        """Mean and largest value over the words of these half-open stretches of the text; None of no word."""
        rows = [
            self._states[np.searchsorted(self._ends, low, side="right") : np.searchsorted(self._starts, high)]
            for low, high in bounds
        ]
        taken = np.concatenate(rows).astype(np.float32) if rows else np.zeros((0, WIDTH), np.float32)
        return np.concatenate([taken.mean(0), taken.max(0)]) if len(taken) else None
