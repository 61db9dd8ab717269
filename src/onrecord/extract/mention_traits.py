"""What the words of a mention show by themselves: its form, its pronoun, how definite it is.

In: words and the bounds and head of each mention. Out: parallel arrays, one row a mention, that
the coreference head reads and that say which two mentions look alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.words import LINE_BREAK, LOWER, OUTSIDE, Ints, Words

Bools = NDArray[np.bool_]

PRONOUNS: dict[str, tuple[str, ...]] = {
    "first": ("i", "me", "my", "mine", "myself"),
    "first_plural": ("we", "us", "our", "ours", "ourselves"),
    "second": ("you", "your", "yours", "yourself", "yourselves"),
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "hers", "herself"),
    "it": ("it", "its", "itself"),
    "they": ("they", "them", "their", "theirs", "themselves", "themself"),
    "relative": ("who", "whom", "whose", "which"),
    "demonstrative": ("this", "that", "these", "those"),
    "indefinite": ("one", "someone", "everyone", "anyone", "nobody", "something", "everything"),
}
PRONOUN_CLASS = {word: k for k, words in enumerate(PRONOUNS.values(), 1) for word in words}
NO_PRONOUN = 0
PRONOUN_CLASSES = len(PRONOUNS) + 1
NAME, NOMINAL, PRONOUN = range(3)
FORMS = 3
DETERMINERS = {
    "the": 1, "a": 2, "an": 2, "some": 2, "any": 2, "another": 2, "no": 2, "every": 2, "each": 2,
    "this": 3, "that": 3, "these": 3, "those": 3,
    "my": 4, "our": 4, "your": 4, "his": 4, "her": 4, "its": 4, "their": 4,
}  # fmt: skip
DETERMINER_CLASSES = 5
SENTENCE_MARKS = frozenset(".!?")
CLOSING_MARKS = frozenset("\"”’')]»")


@dataclass(frozen=True, slots=True)
class Traits:
    """One row a mention, in order of first word, the longer before the shorter.

    `first`/`last` are half-open word bounds, `head` the head word. `head_text`, `text` and
    `last_text` are numbers that are equal where the (lower-case) words are; `name_words` the
    numbers of a mention's capitalised words. `quotation` is the number of the quotation that the
    head stands in, -1 for none; `sentence` counts sentences.
    """

    first: Ints
    last: Ints
    head: Ints
    form: Ints
    pronoun: Ints
    determiner: Ints
    plural: Bools
    head_text: Ints
    text: Ints
    last_text: Ints
    name_words: tuple[frozenset[int], ...]
    initials: tuple[str, ...]
    quotation: Ints
    sentence: Ints

    def __len__(self) -> int:
        return len(self.head)


def read_traits(words: Words, first: Ints, last: Ints, head: Ints) -> Traits:
    """The traits of mentions given by their bounds and heads."""
    lower = _Numbers()
    shown = [words.text[s:e] for s, e in zip(words.start_char, words.end_char, strict=True)]
    small = [w.lower() for w in shown]
    openings = sentence_openings(words)
    pronoun = [PRONOUN_CLASS.get(small[h], 0) if b - a == 1 else 0 for a, b, h in _rows(first, last, head)]
    names = _names(words, shown, openings)[head] & (np.array(pronoun, np.int64) == NO_PRONOUN)
    form = np.where(np.array(pronoun, bool), PRONOUN, np.where(names, NAME, NOMINAL))
    bare = [_without_determiner(small, a, b) for a, b in zip(first, last, strict=True)]
    return Traits(
        first=first,
        last=last,
        head=head,
        form=form.astype(np.int64),
        pronoun=np.array(pronoun, np.int64),
        determiner=np.array([DETERMINERS.get(small[a], 0) for a in first], np.int64),
        plural=np.array([_is_plural(small[h], n) for h, n in zip(head, names, strict=True)], bool),
        head_text=np.array([lower.of(small[h]) for h in head], np.int64),
        text=np.array([lower.of(b) for b in bare], np.int64),
        last_text=np.array([lower.of(b.rsplit(" ", 1)[-1]) for b in bare], np.int64),
        name_words=tuple(
            frozenset(lower.of(small[k]) for k in range(a, b) if _is_capital(words, k) and len(small[k]) > 1)
            for a, b in zip(first, last, strict=True)
        ),
        initials=tuple(_initials(words, shown, a, b) for a, b in zip(first, last, strict=True)),
        quotation=_quotations(words)[head],
        sentence=np.cumsum(openings.astype(np.int64))[head],
    )


class _Numbers:
    """A number for each distinct text."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, text: str) -> int:
        return self._known.setdefault(text, len(self._known))


def _rows(*arrays: Ints) -> list[tuple[int, ...]]:
    return list(zip(*(a.tolist() for a in arrays), strict=True))


def sentence_openings(words: Words) -> Bools:
    """Whether each word opens a sentence: a paragraph's first, or one behind a full stop and a capital."""
    opens: Bools = words.line_break == LINE_BREAK
    ends = False
    for k in range(len(words)):
        char = words.text[words.start_char[k]]
        if ends and (char.isupper() or char.isdigit() or char in "\"“‘'"):
            opens[k] = True
        if char in SENTENCE_MARKS and words.end_char[k] - words.start_char[k] == 1:
            ends = k > 0 and not _abbreviates(words, k)
        elif char not in CLOSING_MARKS or opens[k]:
            ends = False
    return opens


def _abbreviates(words: Words, stop: int) -> bool:
    """Whether the full stop belongs to an initial or a short title: "J.", "Mr.", "Sen."."""
    before = words.text[words.start_char[stop - 1] : words.end_char[stop - 1]]
    touching = words.end_char[stop - 1] == words.start_char[stop]
    return touching and (len(before) == 1 or (before.istitle() and len(before) <= 3))


def _is_capital(words: Words, k: int) -> bool:
    return words.text[words.start_char[k]].isupper()


def _names(words: Words, shown: Sequence[str], openings: Bools) -> Bools:
    """Which words are written as names: capitalised where that is no matter of course."""
    capital = np.array([_is_capital(words, k) for k in range(len(words))], bool)
    common = _common_words(words)
    followed = np.concatenate([capital[1:], [False]])
    unusual = np.array([word not in common for word in shown], bool)
    return np.asarray(capital & (~openings | followed | unusual), bool)


def _common_words(words: Words) -> frozenset[str]:
    """Capitalised forms of the words that the text also writes in lower case."""
    lower = np.flatnonzero(words.shape == LOWER).tolist()
    return frozenset(words.text[words.start_char[k] : words.end_char[k]].capitalize() for k in lower)


def _is_plural(head: str, name: bool) -> bool:
    if name:
        return False
    return head in {"we", "they", "people", "men", "women", "children", "police"} or (
        head.endswith("s") and not head.endswith(("ss", "us", "is")) and len(head) > 3
    )


def _without_determiner(small: Sequence[str], first: int, last: int) -> str:
    start = first + 1 if small[first] in DETERMINERS and last - first > 1 else first
    end = last - 2 if last - start > 2 and small[last - 1] == "s" and small[last - 2] in "'’" else last
    return " ".join(small[start:end])


def _initials(words: Words, shown: Sequence[str], first: int, last: int) -> str:
    """The word itself where it is all capitals, else the first letters of its capitalised words."""
    if last - first == 1 and shown[first].isupper() and len(shown[first]) > 1:
        return shown[first]
    found = "".join(shown[k][0] for k in range(first, last) if _is_capital(words, k))
    return found if len(found) > 1 else ""


def _quotations(words: Words) -> Ints:
    """The number of the quotation that each word stands in, -1 for none."""
    inside = words.quote != OUTSIDE
    begins = inside & ~np.concatenate([[False], inside[:-1]])
    return np.where(inside, np.cumsum(begins) - 1, -1)
