"""Windows: the stretches of words that the encoder reads in one call.

In: words. Out: windows of whole paragraphs; a paragraph larger than the encoder takes is cut
behind sentences, and each part is read with some words before and after it for context.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from onrecord.encode.words import CONTINUED, LINE_BREAK, MARK, NO_BREAK, OUTSIDE, Ints, Words

EDGES = 2  # pieces that open and close a window
CLOSING = "\"”’')]»"


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first:last` are read; cues are taken from words `core_first:core_last` alone, so
    that each word is decided once."""

    first: int
    last: int
    core_first: int
    core_last: int


def plan_windows(words: Words, *, size: int, limit: int, context: int) -> list[Window]:
    """Windows of paragraphs together up to `size` pieces, or of one paragraph up to `limit`.

    A paragraph over the limit is cut; its parts are read with up to `context` pieces of it on
    either side.
    """
    windows: list[Window] = []
    begun = end = 0
    for start, stop in _paragraphs(words):
        fits = _pieces(words, begun, stop) <= size - EDGES
        if not fits and end > begun:
            windows.append(Window(begun, end, begun, end))
            begun = start
        if _pieces(words, start, stop) > limit - EDGES:
            windows.extend(_cut_paragraph(words, start, stop, limit - EDGES, context))
            begun = stop
        end = stop
    if end > begun:
        windows.append(Window(begun, end, begun, end))
    return windows


def _paragraphs(words: Words) -> Iterator[tuple[int, int]]:
    starts: list[int] = np.flatnonzero(words.line_break == LINE_BREAK).tolist()
    return pairwise([*starts, len(words)] if starts else [])


def _pieces(words: Words, first: int, last: int) -> int:
    return int(words.first_piece[last] - words.first_piece[first])


def _cut_paragraph(words: Words, start: int, stop: int, room: int, context: int) -> Iterator[Window]:
    """Parts of one paragraph, each with its context, each at most `room` pieces."""
    at = start
    while at < stop:
        end = _part_end(words, at, stop, room - 2 * context)
        first = _reach(words, words.first_piece[at] - context, start, at)
        last = _reach(words, words.first_piece[end] + context, end, stop, down=True)
        yield Window(first, last, at, end)
        at = end


def _reach(words: Words, piece: int, low: int, high: int, *, down: bool = False) -> int:
    """The first word at or behind a piece (or, going down, the last at or before it), in bounds."""
    if down:
        at = int(np.searchsorted(words.first_piece, piece, side="right")) - 1
    else:
        at = int(np.searchsorted(words.first_piece, piece))
    return min(max(at, low), high)


def _part_end(words: Words, first: int, stop: int, room: int) -> int:
    """Behind the last sentence that ends within the room; else as many words as fit, at least one."""
    limit = max(_reach(words, words.first_piece[first] + room, first, stop, down=True), first + 1)
    if limit == stop:
        return stop
    for at in range(limit, first + (limit - first) // 2, -1):
        if words.shape[at] != MARK and _ends_sentence(words, at - 1):
            return at
    return limit


def _ends_sentence(words: Words, at: int) -> bool:
    while at > 0 and words.text[words.start_char[at]] in CLOSING:
        at -= 1
    return words.text[words.start_char[at]] in ".!?…。"


def piece_rows(words: Words, window: Window, opening: int, closing: int) -> dict[str, Ints]:
    """The encoder's inputs for one window, by name: one row, no padding."""
    low, high = words.first_piece[window.first], words.first_piece[window.last]
    inside = slice(window.first, window.last)
    sizes = np.diff(words.first_piece[window.first : window.last + 1])
    starts = words.first_piece[inside] - low + 1
    rows = {
        "pieces": np.concatenate([[opening], words.piece_ids[low:high], [closing]]),
        "shape": np.full(high - low + 2, CONTINUED),
        "quote": np.concatenate([[OUTSIDE], np.repeat(words.quote[inside], sizes), [OUTSIDE]]),
        "line_break": np.full(high - low + 2, NO_BREAK),
        "first": starts,
    }
    rows["shape"][starts] = words.shape[inside]
    rows["shape"][[0, -1]] = 0
    rows["line_break"][starts] = words.line_break[inside]
    return {name: row.astype(np.int64)[None, :] for name, row in rows.items()}
