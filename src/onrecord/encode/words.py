"""Text cut into words and word pieces, with what the uncased encoder cannot see.

In: text, its paragraphs, its quotations. Out: parallel arrays, one row a word: offsets (code
points), piece ids, letter shape, place in a quotation, paragraph starts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import WordPieces

Ints = NDArray[np.int64]

# Letter shapes: the encoder's vocabulary is lower case, so these are told to it apart.
LOWER, TITLE, UPPER, MIXED, DIGIT, MARK, UNCASED, CONTINUED = range(8)
SHAPES = 8  # CONTINUED: a piece that is not the first of its word
# Places in a quotation.
OUTSIDE, INSIDE, FIRST, LAST = range(4)
QUOTES = 4
# Breaks before a word.
NO_BREAK, LINE_BREAK = range(2)
BREAKS = 2

RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, in order; all arrays are parallel.

    `start_char`/`end_char`: half-open code points. `first_piece`: index of the word's first
    piece, with one row more than words, so that word `i` has pieces
    `first_piece[i]:first_piece[i + 1]` of `piece_ids`. `line_break` marks the first word of a
    paragraph.
    """

    text: str
    start_char: Ints
    end_char: Ints
    first_piece: Ints
    piece_ids: Ints
    shape: Ints
    quote: Ints
    line_break: Ints

    def __len__(self) -> int:
        return len(self.start_char)


def cut_words(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    quotations: Iterable[tuple[int, int]],
    pieces: WordPieces,
) -> Words:
    """The words of these paragraphs of the text; what lies between them is not read.

    `paragraphs` and `quotations` are half-open bounds in code points, in order.
    """
    starts: list[int] = []
    ends: list[int] = []
    sizes: list[int] = []
    ids: list[int] = []
    firsts: list[int] = []
    for low, high in paragraphs:
        firsts.append(len(starts))
        for run in RUN.finditer(text, low, high):
            base = run.start()
            for word in pieces.cut(run.group()):
                starts.append(base + word.start)
                ends.append(base + word.end)
                sizes.append(len(word.pieces))
                ids.extend(word.pieces)
    start_char, end_char = np.array(starts, np.int64), np.array(ends, np.int64)
    line_break = np.full(len(starts), NO_BREAK, np.int64)
    line_break[[f for f in firsts if f < len(starts)]] = LINE_BREAK
    return Words(
        text=text,
        start_char=start_char,
        end_char=end_char,
        first_piece=np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))]).astype(np.int64),
        piece_ids=np.array(ids, np.int64),
        shape=np.array([letter_shape(text[s:e]) for s, e in zip(starts, ends, strict=True)], np.int64),
        quote=quote_places(start_char, end_char, quotations),
        line_break=line_break,
    )


def letter_shape(word: str) -> int:
    """The shape of a word's letters: LOWER, TITLE, UPPER, MIXED, DIGIT, MARK or UNCASED."""
    if word.islower():
        return LOWER
    if word.istitle():
        return TITLE
    if word.isupper():
        return UPPER
    if word[:1].isdigit():
        return DIGIT
    if not any(c.isalnum() for c in word):
        return MARK
    return MIXED if word.lower() != word else UNCASED


def quote_places(start_char: Ints, end_char: Ints, quotations: Iterable[tuple[int, int]]) -> Ints:
    """For each word: OUTSIDE, INSIDE, or FIRST / LAST word of a quotation."""
    places = np.full(len(start_char), OUTSIDE, np.int64)
    for start, end in quotations:
        low = int(np.searchsorted(start_char, start))
        high = int(np.searchsorted(end_char, end, side="right"))
        if high > low:
            places[low:high] = INSIDE
            places[low] = FIRST
            places[high - 1] = LAST
    return places
