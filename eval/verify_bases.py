"""The words that the suite of the verifier perturbs: quotations and reported speech as an article has them.

In: passages with their statements. Out: bases, and what the words of one have that turns a sense.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.language.quotations import pair_quotations
from onrecord.record import Hit, Passage

QUOTED = re.compile(r"[“\"]([^“”\"\n]{16,900})[”\"]")
WORD = re.compile(r"\S+")
CORE = re.compile(r"\w+(?:['’]\w+)*")
NEGATION = re.compile(
    r"\b(?:not|never|no|non|nor|none|nobody|nothing|nowhere|neither|cannot|without|hardly|barely|scarcely|"
    r"seldom|rarely|\w+n['’]t)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(?:if|unless|except|provided|providing)\b", re.IGNORECASE)
MODAL = re.compile(
    r"\b(?:will|would|may|might|can|could|shall|should|must|ought)\b|['’](?:ll|d)\b", re.IGNORECASE
)
NUMBER_WORDS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty",
    "thirty", "forty", "fifty",
)  # fmt: skip
NUMBER = re.compile(
    rf"\d|%|\b(?:zero|one|{'|'.join(NUMBER_WORDS)}|hundred|thousand|million|billion|trillion|percent|half|twice|"
    r"double|dozens?|first|second|third|quarter|[a-z]+(?:teen|tieth|teenth)|(?:six|seven|eigh|nine)ty)\b",
    re.IGNORECASE,
)
# Sentences of fewer words are changed by the change of one beyond telling what they were.
FEWEST_WORDS = 7
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Base:
    """Words of a statement as they stand in an article: a quotation without its marks, or reported speech."""

    passage: Passage
    hit: Hit
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words."""
        return self.passage.text[self.start : self.end]

    @property
    def places(self) -> list[tuple[int, int]]:
        """The bounds of its words, inside of `words`."""
        return [match.span() for match in WORD.finditer(self.words)]


def quoted_bases(passages: Sequence[Passage]) -> list[Base]:
    """Every quotation of at least a few words inside a statement, with the innermost that holds it."""
    found: dict[tuple[str, int], Base] = {}
    for passage in passages:
        for hit in sorted(passage.statements, key=_size):
            for span in hit.content_spans:
                if hit.form == "indirect":
                    continue
                for match in QUOTED.finditer(passage.text, span.start_char, span.end_char):
                    if not _opens(passage.text, match.start()):
                        continue
                    low, high = trim_bounds(passage.text, *match.span(1))
                    found.setdefault((passage.article_id, low), Base(passage, hit, low, high))
    return [base for base in found.values() if len(base.places) >= 4]


def reported_bases(passages: Sequence[Passage]) -> list[Base]:
    """Every indirect statement in one piece, outside of all quotation marks."""
    found = list[Base]()
    for passage in passages:
        quoted = [
            (q.start_char, q.end_char)
            for m in re.finditer(r"[^\n]+", passage.text)
            for q in pair_quotations(passage.text, *m.span())
        ]
        for hit in passage.statements:
            if hit.form != "indirect" or len(hit.content_spans) != 1:
                continue
            (span,) = hit.content_spans
            start, end = trim_bounds(passage.text, span.start_char, span.end_char)
            free = not any(s < end and start < e for s, e in quoted)
            if free and FEWEST_WORDS <= len(passage.text[start:end].split()) <= MOST_WORDS:
                found.append(Base(passage, hit, start, end))
    return found


def _opens(text: str, at: int) -> bool:
    """Whether a mark begins a quotation: a straight one may as well have ended the last."""
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–-"


def _size(hit: Hit) -> int:
    return sum(len(words) for words in hit.content)


def trim_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds without what stands around the words."""
    while start < end and not (text[start].isalnum() or text[start] in "$([“‘'\""):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%)]”’'\"?!"):
        end -= 1
    return start, end


def fold(words: str) -> str:
    """The words alone, without marks and case."""
    return " ".join(CORE.findall(words.replace("’", "'").casefold()))


def ngrams(words: str, size: int) -> Iterable[tuple[str, ...]]:
    """All runs of so many words."""
    found = fold(words).split()
    return (tuple(found[k : k + size]) for k in range(len(found) - size + 1))


def turns_sense(words: str) -> bool:
    """Whether the words have what turns a sense: a negation, number, name, modal or condition."""
    if any(pattern.search(words) for pattern in (NEGATION, CONDITION, MODAL, NUMBER)):
        return True
    return bool(re.search(r"\b(?!I\b)[A-Z]|[$€£]", words))
