"""A text as words that can be compared, each with the way back to its characters.

In: a text. Out: keys (case, marks, spacing, ligatures, hyphens and the spelling of small numbers gone) with
the bounds of each.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.language.tables import read_rows
from onrecord.verifier.wordlists import read_words, word_set

# What stands inside words and is not seen, or belongs to the letter before: soft hyphens, joiners, accents.
INSIDE = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f"
APOSTROPHES = "'’ʼ‘`´＇"
WORD = re.compile(
    rf"\[\w\][\w{INSIDE}]+"  # a letter changed in brackets: [T]he
    r"|\bper\s+cent\b"
    r"|\d+(?:st|nd|rd|th)\b"
    r"|\d+(?:[.,]\d+)*"
    r"|[%$€£¥]"
    rf"|[^\W\d_][\w{INSIDE}]*(?:[{APOSTROPHES}][\w{INSIDE}]+)*",
    re.IGNORECASE,
)
UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
SCALES = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
SHORT_SCALE = re.compile(r"\d(?:bn|mn|tn|m|k)\b", re.IGNORECASE)
MULTIPLES = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
SMALL = read_words("small")
TENS = read_words("tens")
ORDINALS = read_words("ordinal")


def _write_ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


SPELLED = (
    {word: str(number) for number, word in enumerate(SMALL) if word != "one"}  # mostly a pronoun
    | {word: str(20 + 10 * k) for k, word in enumerate(TENS)}
    | {word: _write_ordinal(number) for number, word in enumerate(ORDINALS, 1)}
    | {"%": "percent"}
    | CURRENCIES
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in its order: word k is `text[starts[k]:ends[k]]` and compares as `keys[k]`.

    A sign of currency stands behind its number ("$5 million" is 5, million, dollars).
    """

    text: str
    keys: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def surface(self, k: int) -> str:
        """Word k as written."""
        return self.text[self.starts[k] : self.ends[k]]

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """The characters from the first to the last of the words `first:last`."""
        return min(self.starts[first:last]), max(self.ends[first:last])

    def within(self, start_char: int, end_char: int) -> tuple[int, int]:
        """The words that begin between two characters, half-open."""
        return bisect_left(self.starts, start_char), bisect_left(self.starts, end_char)


def cut_tokens(text: str) -> Tokens:
    """The words of the text.

    >>> cut_tokens("“Twelve mem\u00adbers don’t pay $5m,” [T]he ﬁrst said.").keys
    ['12', 'members', "don't", 'pay', '5', 'million', 'dollars', 'the', '1st', 'said']
    """
    found = [match.span() for match in WORD.finditer(text)]
    tokens = Tokens(text, [key_of(text[s:e]) for s, e in found], [s for s, _ in found], [e for _, e in found])
    if SHORT_SCALE.search(text):
        _read_scales(tokens)
    if any(sign in text for sign in CURRENCIES):
        _move_currencies(tokens)
    return tokens


def _read_scales(tokens: Tokens) -> None:
    for k in range(1, len(tokens)):
        scale = SCALES.get(tokens.keys[k])
        if scale and tokens.starts[k] == tokens.ends[k - 1] and tokens.keys[k - 1][0].isdigit():
            tokens.keys[k] = scale


def _move_currencies(tokens: Tokens) -> None:
    """Puts each sign of currency behind the number that follows it."""
    for k in [k for k, start in enumerate(tokens.starts) if tokens.text[start] in CURRENCIES]:
        stop = k + 1
        while stop < len(tokens) and _goes_on(tokens.keys, k, stop):
            stop += 1
        if stop > k + 1:
            tokens.keys.insert(stop - 1, tokens.keys.pop(k))
            tokens.starts.insert(stop - 1, tokens.starts.pop(k))
            tokens.ends.insert(stop - 1, tokens.ends.pop(k))


def _goes_on(keys: Sequence[str], sign: int, k: int) -> bool:
    return keys[k][0].isdigit() if k == sign + 1 else keys[k] in MULTIPLES


@lru_cache(maxsize=1 << 16)
def key_of(word: str) -> str:
    """What a word compares as.

    >>> key_of("WON’T"), key_of("1,000"), key_of("ﬁve"), key_of("[W]e")
    ("won't", '1000', '5', 'we')
    """
    if not word.isascii():
        word = UNSEEN.sub("", unicodedata.normalize("NFKC", word))
        word = re.sub(f"[{APOSTROPHES}]", "'", word)
    key = word.casefold().replace("`", "'").replace("[", "").replace("]", "")
    if key[:1].isdigit():
        key = key.replace(",", "")
    elif key.startswith("per") and key.endswith("cent"):
        key = "percent"
    return SPELLED.get(key, key)


@cache
def light_words() -> frozenset[str]:
    """Words that carry grammar, not matter: alike in most sentences, so little proof that two are one."""
    listed = {row[0] for name in ("function_words.tsv", "pronouns.tsv") for row in read_rows(name)}
    return frozenset(listed | word_set("light"))


def weight_of(key: str) -> float:
    """How much it tells that a word is met again: 1, less for words of grammar."""
    return 0.4 if key in light_words() else 1.0
