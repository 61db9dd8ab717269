"""Windows: the stretches of words that the encoder reads in one call.

In: words. Out: windows of whole paragraphs where they fit, each with some words before and
after that are read for context only.
"""

from dataclasses import dataclass

import numpy as np

from onrecord.encode.words import CONTINUED, LINE_BREAK, MARK, NO_BREAK, OUTSIDE, Ints, Words


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first:last` are read; cues are taken from words `core_first:core_last` alone, so
    that each word is decided once."""

    first: int
    last: int
    core_first: int
    core_last: int


def plan_windows(words: Words, size: int, context: int) -> list[Window]:
    """Windows whose pieces, two of them for its edges, are at most `size`.

    A paragraph larger than that is cut behind a sentence mark. Up to `context` pieces of the
    paragraphs before are read again, so that a cue sees what it continues.
    """
    if not len(words):
        return []
    room = size - 2
    bounds = _block_bounds(words, room - context)
    windows: list[Window] = []
    begin = 0
    while begin < len(bounds) - 1:
        first = _context_start(words, bounds, begin, context)
        end = begin + 1
        while end < len(bounds) - 1 and _pieces(words, bounds[first], bounds[end + 1]) <= room:
            end += 1
        windows.append(Window(bounds[first], bounds[end], bounds[begin], bounds[end]))
        begin = end
    return windows


def _pieces(words: Words, first: int, last: int) -> int:
    return int(words.first_piece[last] - words.first_piece[first])


def _context_start(words: Words, bounds: list[int], begin: int, context: int) -> int:
    first = begin
    while first > 0 and _pieces(words, bounds[first - 1], bounds[begin]) <= context:
        first -= 1
    return first


def _block_bounds(words: Words, room: int) -> list[int]:
    """Where paragraphs begin, and where paragraphs that do not fit are cut; the last is the end."""
    starts: list[int] = np.flatnonzero(words.line_break == LINE_BREAK).tolist()
    bounds: list[int] = []
    for start, stop in zip(starts, [*starts[1:], len(words)], strict=True):
        bounds.append(start)
        while _pieces(words, bounds[-1], stop) > room:
            cut = _sentence_cut(words, bounds[-1], stop, room)
            if cut == stop:  # one word of more pieces than fit
                break
            bounds.append(cut)
    return [*bounds, len(words)]


def _sentence_cut(words: Words, first: int, stop: int, room: int) -> int:
    """The last word behind a sentence mark that still leaves `first` to it within the room."""
    limit = int(np.searchsorted(words.first_piece, words.first_piece[first] + room, side="right")) - 1
    limit = min(max(limit, first + 1), stop)
    for at in range(limit, first + (limit - first) // 2, -1):
        if _ends_sentence(words, at - 1) and at < stop and words.shape[at] != MARK:
            return at
    return limit


def _ends_sentence(words: Words, at: int) -> bool:
    while at > 0 and words.shape[at] == MARK and words.text[words.start_char[at]] in "\"”’')]»":
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
