"""Words without their endings, for telling whether two sentences speak of the same.

In: keys of tokens. Out: stems of those that carry matter.
"""

from collections.abc import Iterable
from functools import cache, lru_cache

from onrecord.language.tables import read_rows
from onrecord.verifier.flags import CONDITIONS, MODALS, count_negations
from onrecord.verifier.tokens import light_words

ENDINGS = ("ingly", "edly", "ments", "ment", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y")
SHORTEST_STEM = 3


@cache
def _lemmas() -> dict[str, str]:
    return {row[0]: row[1] for row in read_rows("irregular_forms.tsv")}


@lru_cache(maxsize=1 << 14)
def stem_of(key: str) -> str:
    """A word without its ending.

    >>> stem_of("repairs"), stem_of("repairing"), stem_of("chose"), stem_of("choosing")
    ('repair', 'repair', 'choos', 'choos')
    """
    word = key.removesuffix("'s")
    word = _lemmas().get(word, word)
    ending = next((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= SHORTEST_STEM), "")
    bare = word.removesuffix(ending)
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] else bare


def stems_of(keys: Iterable[str]) -> frozenset[str]:
    """The stems of the words that carry matter: none of grammar, no negations and modals."""
    return frozenset(stem_of(key) for key in keys if tells(key))


def tells(key: str) -> bool:
    """Whether the word carries matter: none of grammar, no negation, modal or condition."""
    return not (key in light_words() or key in MODALS or key in CONDITIONS or count_negations([key]))
