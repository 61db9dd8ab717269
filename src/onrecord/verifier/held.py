"""A held article as the verifier reads it: its words, which of them stand in quotation marks, and whose.

In: a passage. Out: tokens with the quotation, sentence and statements that each stands in.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from onrecord.language.quotations import pair_quotations
from onrecord.language.sentences import split_sentences
from onrecord.record.query import Hit, Passage
from onrecord.verifier.stems import stem_of, tells
from onrecord.verifier.tokens import cut_tokens, light_words

PARAGRAPH = re.compile(r"[^\n]+")
# A statement is whose words they are when it holds this share of them.
COVERED = 0.6
# So many of the reporter's words may part two quotations that are one saying, its speaker known or not.
LONGEST_BREAK = 25
LONGEST_BREAK_UNKNOWN = 10


class HeldArticle:
    """A passage with its words; `quotation[k]` numbers the quotation of word k, -1 outside of all."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.text = passage.text
        self.tokens = cut_tokens(passage.text)
        self.keys = self.tokens.keys

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Where each key stands."""
        found: dict[str, list[int]] = {}
        for k, key in enumerate(self.keys):
            found.setdefault(key, []).append(k)
        return found

    @cached_property
    def stems(self) -> dict[str, list[int]]:
        """Where each stem stands."""
        found: dict[str, list[int]] = {}
        for key, places in self.positions.items():
            if tells(key):
                found.setdefault(stem_of(key), []).extend(places)
        return found

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """The characters of each paragraph."""
        return [match.span() for match in PARAGRAPH.finditer(self.text)]

    @cached_property
    def quotation(self) -> list[int]:
        """The number of the quotation that each word stands in: by its marks, else by a direct statement."""
        numbers = [-1] * len(self)
        count = 0
        for start, end in self.paragraphs:
            for quoted in pair_quotations(self.text, start, end):
                self._number(numbers, *self.tokens.within(quoted.start_char, quoted.end_char), count)
                count += 1
        for hit in self.passage.statements:
            if hit.form == "direct":
                for low, high in self.words_of(hit):
                    self._number(numbers, low, high, count)
                    count += 1
        return numbers

    @staticmethod
    def _number(numbers: list[int], low: int, high: int, number: int) -> None:
        for k in range(low, high):
            if numbers[k] < 0:
                numbers[k] = number

    @cached_property
    def _sentence_starts(self) -> list[int]:
        bounds = (split_sentences(self.text, start, end) for start, end in self.paragraphs)
        return [start for sentences in bounds for start, _ in sentences]

    def sentence(self, k: int) -> int:
        """The number of the sentence that word k stands in."""
        return bisect_right(self._sentence_starts, self.tokens.starts[k])

    def paragraph(self, k: int) -> int:
        """The number of the paragraph that word k stands in."""
        return bisect_right(self.paragraphs, (self.tokens.starts[k], len(self.text) + 1))

    def words_of(self, hit: Hit) -> tuple[tuple[int, int], ...]:
        """The words of the statement's content, as half-open ranges."""
        found = (self.tokens.within(s.start_char, s.end_char) for s in hit.content_spans)
        return tuple(bounds for bounds in found if bounds[0] < bounds[1])

    @cached_property
    def ranges(self) -> list[tuple[int, Hit, tuple[tuple[int, int], ...]]]:
        """Every statement with its words, the shortest first."""
        found = [(hit, self.words_of(hit)) for hit in self.passage.statements]
        sized = [(sum(high - low for low, high in words), hit, words) for hit, words in found]
        return sorted(sized, key=lambda row: (row[0], row[1].statement_id))

    def statement_of(self, words: Sequence[int]) -> Hit | None:
        """The innermost statement that holds all these words, else the one that holds most of them."""
        if not words:
            return None
        low, high, best = min(words), max(words), None
        for _, hit, ranges in self.ranges:
            if not ranges or ranges[0][0] > high or ranges[-1][1] <= low:
                continue
            share = sum(_inside(k, ranges) for k in words) / len(words)
            if share == 1:
                return hit
            best = best or (hit if share >= COVERED else None)
        return best

    @cached_property
    def sayings(self) -> list[tuple[Hit, list[list[int]]]]:
        """Every statement with its words by sentence, and by every two sentences that adjoin."""
        return [(hit, _widen(self._by_sentence(hit))) for hit in self.passage.statements]

    def _by_sentence(self, hit: Hit) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for low, high in self.words_of(hit):
            for k in range(low, high):
                found.setdefault(self.sentence(k), []).append(k)
        return list(found.values())

    def same_saying(self, one: int, other: int) -> bool:
        """Whether two words are of one quotation, sentence or statement, or of two quotations of one speaker
        that only the reporter's words part."""
        low, high = sorted((one, other))
        numbers = self.quotation[low], self.quotation[high]
        if numbers[0] == numbers[1] and (numbers[0] >= 0 or self.sentence(low) == self.sentence(high)):
            return True
        return self._in_one_statement(low, high) or self.runs_on(low, high)

    def _in_one_statement(self, low: int, high: int) -> bool:
        """Whether one statement holds both, and what it has between them in no marks is none of its words."""
        for _, hit, ranges in self.ranges:
            if hit.form != "indirect" and _inside(low, ranges) and _inside(high, ranges):
                between = range(low, high)
                if not any(self.quotation[k] < 0 and _inside(k, ranges) for k in between):
                    return True
        return False

    def runs_on(self, low: int, high: int) -> bool:
        """Whether the quotation of one word is the next after that of the other, in its paragraph."""
        inside = self.quotation[low : high + 1]
        if min(inside[0], inside[-1]) < 0 or len({q for q in inside if q >= 0}) != 2:
            return False
        if self.paragraph(low) != self.paragraph(high):
            return False
        speakers = [self.statement_of([k]) for k in (low, high)]
        people = [hit.person_id if hit else None for hit in speakers]
        known = people[0] is not None and people[0] == people[1]
        if not known and None not in people:
            return False
        return inside.count(-1) <= (LONGEST_BREAK if known else LONGEST_BREAK_UNKNOWN)

    def holds_quoted(self, low: int, high: int) -> bool:
        """Whether any of the words `low:high` stands in quotation marks."""
        return any(number >= 0 for number in self.quotation[low:high])

    @cached_property
    def names(self) -> frozenset[str]:
        """What is written as a name somewhere in the text, or is a word of a speaker's name."""
        speakers = (hit.speaker for hit in self.passage.statements if hit.speaker)
        told = {key for name in speakers for key in name_keys(name)}
        return names_in(self.text) | told


def _inside(k: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(low <= k < high for low, high in ranges)


def _widen(sentences: list[list[int]]) -> list[list[int]]:
    return sentences + [one + other for one, other in pairwise(sentences)]


def name_keys(name: str) -> list[str]:
    """The words of a name that begin with a capital."""
    tokens = cut_tokens(name)
    capital = (key for k, key in enumerate(tokens.keys) if tokens.surface(k)[:1].isupper())
    return [bare_name(key) for key in capital if key not in light_words()]


def names_in(text: str) -> frozenset[str]:
    """The keys that are written with a capital inside a sentence, and nowhere without.

    >>> sorted(names_in("Nobody saw Pell. The mayor, Pell said, was at Tolvay. Was nobody there?"))
    ['pell', 'tolvay']
    """
    tokens = cut_tokens(text)
    small, capital = set[str](), set[str]()
    for k, key in enumerate(tokens.keys):
        first = text[tokens.starts[k]]
        if first.islower():
            small.add(key)
        elif first.isupper() and not opens_sentence(text, tokens.starts[k]):
            capital.add(bare_name(key))
    return frozenset(key for key in capital if key not in small and key not in ("i", "i'm", "i'd", "i'll"))


def bare_name(key: str) -> str:
    """A name without its possessive."""
    return key.removesuffix("'s")


def opens_sentence(text: str, at: int) -> bool:
    """Whether a capital here is owed to its place: after a full stop, a mark or nothing."""
    before = text[max(0, at - 6) : at].rstrip(" \t\u00a0")
    return not before or before[-1] in ".!?…:\n\r\"'“”‘„«»(["
