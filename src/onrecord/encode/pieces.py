"""Word pieces as BERT's uncased vocabulary cuts them, with where each word stood in the text.

In: a run of characters without white space. Out: its words with offsets and piece ids.
The reference library for this weighs over 30 MB with what it pulls in, more than the weights; a
test holds this file to it where the training extra is installed.
Method: greedy longest match first (Wu et al. 2016, arXiv:1609.08144), as in BERT's release.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LONGEST_WORD = 100  # characters; BERT's release calls longer words unknown
CACHED_RUNS = 100_000  # distinct runs kept; an article has some hundreds

# The encoder sees one kind of double and one kind of single mark, so that what it learnt from
# one outlet's marks holds for another's; which one opens and which closes is told to it apart.
# One character for one: offsets stay.
PLAIN_MARKS = str.maketrans("“”„‟«»‘’‚‹›", '""""""\'\'\'\'\'')


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a run: half-open offsets in the run, and its piece ids."""

    start: int
    end: int
    pieces: tuple[int, ...]


def read_vocabulary(path: Path) -> dict[str, int]:
    """Piece to id, from a file with one piece a line."""
    return {piece: i for i, piece in enumerate(path.read_text(encoding="utf-8").splitlines())}


class WordPieces:
    """Cuts runs of characters with one vocabulary."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._unknown = vocabulary["[UNK]"]
        self.padding, self.opening, self.closing = (vocabulary[t] for t in ("[PAD]", "[CLS]", "[SEP]"))
        self.cut = lru_cache(maxsize=CACHED_RUNS)(self._cut)

    def _cut(self, run: str) -> tuple[Word, ...]:
        return tuple(
            Word(start, end, self._pieces(plain))
            for start, end, plain in _plain_words(run.translate(PLAIN_MARKS))
        )

    def _pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        at = 0
        while at < len(word):
            prefix = "##" if at else ""
            for end in range(len(word), at, -1):
                piece = self._vocabulary.get(prefix + word[at:end])
                if piece is not None:
                    break
            else:
                return (self._unknown,)
            found.append(piece)
            at = end
        return tuple(found)


def _plain_words(run: str) -> list[tuple[int, int, str]]:
    """Words of a run, without accents and in lower case, split at every mark and ideograph."""
    words: list[tuple[int, int, str]] = []
    begun: int | None = None
    letters: list[str] = []
    last = 0
    for i, char in enumerate(run):
        plain = _plain_char(char)
        if not plain:
            continue
        if _stands_alone(char):
            if begun is not None:
                words.append((begun, last, "".join(letters)))
                begun, letters = None, []
            words.append((i, i + 1, plain))
            continue
        if begun is None:
            begun = i
        letters.append(plain)
        last = i + 1
    if begun is not None:
        words.append((begun, last, "".join(letters)))
    return words


@lru_cache(maxsize=20_000)
def _plain_char(char: str) -> str:
    """The character in lower case without accents; nothing for control and format characters."""
    if unicodedata.category(char)[0] == "C" or char == "\ufffd":
        return ""
    return "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn").lower()


@lru_cache(maxsize=20_000)
def _stands_alone(char: str) -> bool:
    """Whether a character is a word of its own: a mark, an ASCII symbol, a Chinese character."""
    if char.isascii():
        return not char.isalnum()
    return unicodedata.category(char)[0] == "P" or _is_ideograph(ord(char))


def _is_ideograph(code: int) -> bool:
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
        or 0x2F800 <= code <= 0x2FA1F
    )
