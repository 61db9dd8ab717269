"""Text cut into words and word pieces, with what the uncased encoder cannot see.

In: text, its paragraphs, its quotations. Out: arrays, one row a word and one row a piece:
offsets (code points), piece ids, letter shape, place in a quotation, paragraph starts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

# The encoder sees one kind of double and one kind of single mark, so that what it learnt from
# one outlet's marks holds for another's; which opens and which closes, `quote` tells it.
# One character for one: offsets stay.
PLAIN_MARKS = str.maketrans("“”„‟«»‘’‚‹›", '""""""\'\'\'\'\'')

# Letter shapes: the encoder's vocabulary is lower case, so these are told to it apart.
LOWER, TITLE, UPPER, MIXED, DIGIT, MARK, UNCASED = range(7)
CONTINUED = 7  # a piece that is not the first of its word
SHAPES = 8
# Places in a quotation.
OUTSIDE, INSIDE, FIRST, LAST = range(4)
QUOTES = 4
# Breaks before a word.
NO_BREAK, LINE_BREAK = range(2)
BREAKS = 2


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, in order; all arrays are parallel.

    `start_char`/`end_char`: half-open code points. `first_piece`: index of the word's first
    piece, with one row more than words, so that word `i` has pieces
    `first_piece[i]:first_piece[i + 1]` of `piece_ids`.
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


class Cutter:
    """Cuts text with the vocabulary that the weights were trained with."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        tokenizer.no_truncation()
        tokenizer.no_padding()

    @cached_property
    def specials(self) -> tuple[int, int, int]:
        """Piece ids of padding, window start and window end."""
        ids = [self._tokenizer.token_to_id(t) for t in ("[PAD]", "[CLS]", "[SEP]")]
        return ids[0], ids[1], ids[2]

    def cut(
        self,
        text: str,
        paragraphs: Sequence[tuple[int, int]],
        quotations: Iterable[tuple[int, int]] = (),
    ) -> Words:
        """The words of these paragraphs of the text; what lies between them is not read."""
        starts: list[int] = []
        ends: list[int] = []
        first: list[int] = []
        ids: list[int] = []
        breaks: list[int] = []
        encodings = self._tokenizer.encode_batch(
            [text[s:e].translate(PLAIN_MARKS) for s, e in paragraphs], add_special_tokens=False
        )
        for (offset, _), encoding in zip(paragraphs, encodings, strict=True):
            previous: int | None = None
            base = len(ids)
            ids.extend(encoding.ids)
            for k, (word, (s, e)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
                if word == previous:
                    ends[-1] = offset + e
                    continue
                starts.append(offset + s)
                ends.append(offset + e)
                first.append(base + k)
                breaks.append(LINE_BREAK if previous is None else NO_BREAK)
                previous = word
        first.append(len(ids))
        start_char, end_char = np.array(starts, np.int64), np.array(ends, np.int64)
        return Words(
            text=text,
            start_char=start_char,
            end_char=end_char,
            first_piece=np.array(first, np.int64),
            piece_ids=np.array(ids, np.int64),
            shape=np.array([letter_shape(text[s:e]) for s, e in zip(starts, ends, strict=True)], np.int64),
            quote=quote_places(start_char, end_char, quotations),
            line_break=np.array(breaks, np.int64),
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
    for s, e in quotations:
        low = int(np.searchsorted(start_char, s))
        high = int(np.searchsorted(end_char, e, side="right"))
        if high > low:
            places[low:high] = INSIDE
            places[low] = FIRST
            places[high - 1] = LAST
    return places
