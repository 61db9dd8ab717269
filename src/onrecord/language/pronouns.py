"""Pronouns: which person, number and gender each tells. The words are data, in language/en/."""

import re
from dataclasses import dataclass
from functools import cache

from onrecord.language.tables import read_rows


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun tells: person 1, 2 or 3; `plural` and `gender` (m, f, n) None where it does not."""

    person: int
    plural: bool | None
    gender: str | None


@cache
def pronouns() -> dict[str, Pronoun]:
    """The pronouns of the language by their words, in lower case."""
    several = {"p": True, "s": False}
    return {
        word: Pronoun(int(person), several.get(number), None if gender == "-" else gender)
        for word, person, number, gender in read_rows("pronouns.tsv")
    }


@cache
def first_person_pattern() -> re.Pattern[str]:
    """Every pronoun of the first person; the group "plural" holds those that mean several.

    "US" in capitals is a country and "mine" a pit as often: neither is taken.

    >>> [m.group() for m in first_person_pattern().finditer("I told them, “Our US mine is ours.”")]
    ['I', 'Our', 'ours']
    """
    words = {
        p: [w for w, it in pronouns().items() if it.person == 1 and it.plural is p] for p in (True, False)
    }
    plural, singular = "|".join(words[True]), "|".join(w for w in words[False] if w != "mine")
    return re.compile(
        rf"(?<![\w'’-])(?!(?-i:US|i)\b)(?:(?P<plural>{plural})|(?:{singular}))(?![\w-]|\.\w)", re.IGNORECASE
    )
