"""The articles that may hold a claim's words, each read once for a whole draft.

In: a source of passages and a claim's words. Out: held articles, likeliest first.
"""

from collections.abc import Sequence

from onrecord.record.query import Passage
from onrecord.verifier.held import HeldArticle
from onrecord.verifier.source import PassageSource
from onrecord.verifier.speakers import name_of_claim
from onrecord.verifier.tokens import weight_of
from onrecord.verifier.wanted import Wanted

PASSAGES = 20
# A longer quotation is looked for in pieces, the first few of them.
WORDS_A_QUESTION = 60
MOST_QUESTIONS = 4
# A short quotation is in many articles: whose it is helps to find the right one.
SHORT_QUESTION = 6
# An article without this share of the words that tell is not read.
LEAST_SHARE = 0.25
# The same of a wider search, for words so common that many articles have them.
PASSAGES_OF_MORE = 80
LEAST_SHARE_OF_MORE = 0.6


class Shelf:
    """Held articles by id; the source is asked, an article read, only once for the same."""

    def __init__(self, source: PassageSource) -> None:
        self._source = source
        self._articles: dict[str, HeldArticle] = {}
        self._folded: dict[str, str] = {}
        self._answers: dict[tuple[str, int], tuple[Passage, ...]] = {}

    def find(self, wanted: Wanted, first: int = 0, last: int | None = None) -> list[HeldArticle]:
        """The articles that may hold the words `first:last` of the claim, or some of them."""
        words = range(first, len(wanted) if last is None else last)
        passages = dict[str, Passage]()
        for question in self._questions(wanted, words):
            passages |= {p.article_id: p for p in self._ask(question) if p.article_id not in passages}
        telling = _telling(wanted, words)
        return [self._read(p) for p in passages.values() if self._share(p, telling) >= LEAST_SHARE]

    def find_more(self, wanted: Wanted) -> list[HeldArticle]:
        """The articles that have most of the words that tell, of a wider search."""
        words = range(len(wanted))
        telling = _telling(wanted, words)
        passages = self._ask(wanted.question(words), PASSAGES_OF_MORE)
        return [self._read(p) for p in passages if self._share(p, telling) >= LEAST_SHARE_OF_MORE]

    def _questions(self, wanted: Wanted, words: Sequence[int]) -> list[str]:
        name = name_of_claim(wanted.claim)
        questions = []
        if name and len(words) <= SHORT_QUESTION:
            questions.append(f"{wanted.question(words)} {_family_name(name)}")
        for at in range(0, min(len(words), WORDS_A_QUESTION * MOST_QUESTIONS), WORDS_A_QUESTION):
            questions.append(wanted.question(words[at : at + WORDS_A_QUESTION]))
        return questions

    def _ask(self, question: str, limit: int = PASSAGES) -> tuple[Passage, ...]:
        if (question, limit) not in self._answers:
            self._answers[question, limit] = tuple(self._source.find_passages(question, limit=limit))
        return self._answers[question, limit]

    def _share(self, passage: Passage, telling: set[str]) -> float:
        """The share of these words that the article has, as far as can be told before it is read."""
        if passage.article_id not in self._folded:
            self._folded[passage.article_id] = passage.text.casefold().replace("’", "'")
        text = self._folded[passage.article_id]
        return sum(word in text for word in telling) / len(telling) if telling else 0.0

    def _read(self, passage: Passage) -> HeldArticle:
        if passage.article_id not in self._articles:
            self._articles[passage.article_id] = HeldArticle(passage)
        return self._articles[passage.article_id]


def _family_name(name: str) -> str:
    words = [word for word in name.replace("’", "'").split() if word[:1].isalpha()]
    return "".join(c for c in words[-1].removesuffix("'s") if c.isalnum() or c in "-'") if words else ""


def _telling(wanted: Wanted, words: Sequence[int]) -> set[str]:
    """The words that carry matter, as an article would write them."""
    told = {wanted.question([k]).casefold() for k in words if weight_of(wanted.keys[k]) == 1}
    return told or {wanted.question([k]).casefold() for k in words}
