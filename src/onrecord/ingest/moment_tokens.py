"""A line cut into tokens, and its shape: one letter a token, which the patterns of dates are written in.

In: a line. Out: "Mar. 20, 2024" as tokens with the shape "m. n, y": the letters of numbers are below,
those of words in moment_words.py, marks stand for themselves or are "~".
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.ingest.moment_words import fold_word, load_words

# Numbers by their digits: n is a day, month, hour; y a year; d a day without marks (20240320).
NUMBER_LETTERS = {1: "n", 2: "n", 3: "t", 4: "y", 5: "5", 6: "6", 7: "7", 8: "d", 10: "e", 13: "E"}
_MARKS = {
    ".": ".", "．": ".", "。": ".", "/": "/", "／": "/", "-": "-", "‐": "-", "‑": "-", "−": "-", "–": "-",
    "—": "-", ",": ",", "،": ",", "，": ",", "、": ",", ":": ":", "：": ":", "(": "(", "（": "(", ")": ")",
    "）": ")", "'": "'", "’": "'",
}  # fmt: skip
# A year and a time that stood in two elements of a page: "March 20, 20243:02 PM".
_GLUED = re.compile(r"(?:19|20)\d\d\d\d?:\d\d(?!\d)")
# The letters of the groups of the pattern below; none where the word decides.
_FIXED_LETTERS = ("", " ", "n", "h", "", "", "", "~")
_JOINED = r"(?!\d)[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0df4\u1000-\u109f]"
# Letters with the vowels and accents that are characters of their own, and the mark of a Hebrew abbreviation.
_WORD = rf"[^\W\d_]+(?:(?:{_JOINED})+[^\W\d_]*)*\u05f3?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The tokens of a piece of a line: `shape[i]` is the letter of the token `starts[i]:ends[i]`."""

    raw: str
    shape: str
    starts: list[int]
    ends: list[int]

    def word(self, i: int) -> str:
        """The token's own characters."""
        return self.raw[self.starts[i] : self.ends[i]]

    def folded(self, i: int) -> str:
        """The token as the tables know it."""
        return fold_word(self.word(i)).rstrip(".")

    def token_at(self, char: int) -> int:
        """The first token that starts at or after a character."""
        return bisect_left(self.starts, char)


def read_line(raw: str, start: int, end: int) -> Line:
    """The tokens between two places of a line."""
    shape: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = start
    for match in _token_pattern().finditer(raw, start, end):
        begin, stop = match.span()
        if begin < done:
            continue  # inside a phrase
        letter = _FIXED_LETTERS[match.lastindex or 0]
        if letter == "n":
            letter = NUMBER_LETTERS.get(stop - begin, "x")
            if letter in "56" and _GLUED.match(raw, begin, end):
                shape.append("y")
                starts.append(begin)
                ends.append(begin + 4)
                begin, letter = begin + 4, "n"
        elif letter == "~":
            letter = _MARKS.get(raw[begin], "~")
        elif not letter:
            letter, stop = _read_word(raw, begin, stop, end)
        done = stop
        shape.append(letter)
        starts.append(begin)
        ends.append(stop)
    return Line(raw=raw, shape="".join(shape), starts=starts, ends=ends)


def _read_word(raw: str, begin: int, stop: int, end: int) -> tuple[str, int]:
    """The letter of a word, and its end: that of the phrase it opens, where the tables hold one."""
    letter, phrases = _look_up(raw[begin:stop])
    for phrase in phrases:
        last = begin + len(phrase)
        is_here = last <= end and raw[begin:last].lower().replace("’", "'") == phrase
        if is_here and not raw[last : last + 1].isalpha():
            return load_words().letters.get(fold_word(phrase), "q"), last
    return letter, stop


@lru_cache(maxsize=4096)
def _look_up(word: str) -> tuple[str, tuple[str, ...]]:
    """The letter of a word by itself, and the phrases that open with it."""
    if word in ("T", "W"):
        return word, ()
    words = load_words()
    folded = fold_word(word).rstrip(".")
    return words.letters.get(folded, "q"), tuple(words.phrases.get(folded, ()))


@cache
def _token_pattern() -> re.Pattern[str]:
    """Spaces, numbers, CJK words of the tables or single characters, dotted halves of days, words, marks."""
    cjk = "|".join(re.escape(p) for p in load_words().cjk)
    return re.compile(
        r"([\s\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]+)"
        r"|(\d+)"
        r"|([apAP]\.\s?[mM]\b\.?|[πμΠΜ]\.\s?[μΜ]\b\.?)"
        rf"|((?=[\u3040-\u30ff\u4e00-\u9fff])(?:{cjk}|.))"
        r"|([\u0e01-\u0e4f]+(?:\.[\u0e01-\u0e4f]+)*\.?)"
        rf"|({_WORD})"
        r"|(.)",
        re.DOTALL,
    )
