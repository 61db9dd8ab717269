"""Nouns that describe: whether of a person, a group, a document; their number, gender and synonyms.

In: words of a description. Out: what they tell. The words are data, in language/en/.
"""

import re
from functools import cache

from onrecord.language.tables import group_rows, read_rows

# Irregular plurals of nouns that describe people; the rest end in -s.
PLURALS = {"men": "man", "women": "woman", "people": "person", "children": "child", "wives": "wife"}
# Singular nouns that end in -s, and what looks like a plural by its ending.
SINGULAR_ENDINGS = ("ss", "us", "is")
# What makes a noun that is not listed one of people: employer, conservationist, musician, trainee.
PERSON_ENDING = re.compile(
    r"(?:[a-z]{2}(?:ologist|ist|ician|man|woman|eer|ee)|[a-z]{3}[bcdfgklmnpstv](?:er|or))$"
)


@cache
def _by_kind() -> dict[str, frozenset[str]]:
    return group_rows(read_rows("noun_kinds.tsv"), key=1, value=0)


@cache
def kinds_of_noun(noun: str) -> frozenset[str]:
    """The kinds that the data give a noun, in the singular or plural; company endings as written.

    >>> sorted(kinds_of_noun("spokeswomen")), sorted(kinds_of_noun("Ltd"))
    (['person'], ['company'])
    """
    table = _by_kind()
    if noun in table:
        return table[noun]
    low = noun.lower()
    found = table.get(low) or table.get(singular_of(low), frozenset())
    return found or (frozenset({"person"}) if PERSON_ENDING.search(singular_of(low)) else found)


def is_office(word: str) -> bool:
    """Whether the data list the word as one of people, in the singular: Major, but not Walker or Sanders."""
    return "person" in _by_kind().get(word.lower(), ())


@cache
def singular_of(noun: str) -> str:
    """A noun of people or bodies in the singular; itself where it is that already.

    >>> [singular_of(n) for n in ("officials", "parties", "women", "boss", "spokeswomen")]
    ['official', 'party', 'woman', 'boss', 'spokeswoman']
    """
    for plural, singular in PLURALS.items():
        if noun.endswith(plural) and (noun == plural or plural.endswith("men")):
            return noun.removesuffix(plural) + singular
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(SINGULAR_ENDINGS) and len(noun) > 3:
        return noun[:-1]
    return noun


def is_plural_noun(noun: str) -> bool:
    """Whether the noun means several.

    >>> [is_plural_noun(n) for n in ("officials", "police", "boss", "mayor")]
    [True, True, False, False]
    """
    low = noun.lower()
    return singular_of(low) != low or low in ("police", "clergy", "personnel", "folk", "staff", "media")


@cache
def _genders() -> dict[str, str]:
    return {row[0]: row[1] for row in read_rows("gendered_nouns.tsv")}


def gender_of_noun(noun: str) -> str | None:
    """ "m" or "f" where the noun tells it.

    >>> gender_of_noun("spokeswoman"), gender_of_noun("father"), gender_of_noun("mayor")
    ('f', 'm', None)
    """
    low = noun.lower()
    known = _genders().get(low)
    if known or not low.endswith("man") or low in ("human", "german", "roman", "woman"):
        return "f" if low == "woman" else known
    return "f" if low.endswith("woman") else "m"


@cache
def _offices() -> dict[str, frozenset[str]]:
    return group_rows(read_rows("office_words.tsv"))


@cache
def offices_meant_by(name: str) -> frozenset[str]:
    """The offices or businesses that a name of one may mean, itself among them.

    >>> sorted(offices_meant_by("head of state"))
    ['head of state', 'president']
    """
    return _offices().get(name, frozenset()) | {name}


@cache
def _phrases() -> tuple[str, ...]:
    """The nouns and offices of several words ("head of state"), the longest first."""
    return tuple(sorted({n for n in (*_by_kind(), *_offices()) if " " in n}, key=lambda n: (-len(n), n)))


@cache
def phrases_from(noun: str) -> tuple[str, ...]:
    """The nouns of several words that begin with one: from "head", "head of state"."""
    return tuple(phrase for phrase in _phrases() if phrase.split(" ", 1)[0] == noun)


@cache
def phrases_to(noun: str) -> tuple[str, ...]:
    """The nouns of several words that end with one: to "minister", "prime minister"."""
    return tuple(phrase for phrase in _phrases() if phrase.rsplit(" ", 1)[1] == noun)


@cache
def number_words() -> dict[str, int]:
    """Words that count, and how many."""
    return {word: int(value) for word, value in read_rows("number_words.tsv")}


@cache
def outlet_words() -> frozenset[str]:
    """Words that end the names of papers, stations and agencies ("Courier", "Radio")."""
    return group_rows(read_rows("hop_words.tsv"))["outlet_word"]


@cache
def agencies() -> frozenset[str]:
    """News agencies and outlets that no word of their names tells."""
    return group_rows(read_rows("hop_words.tsv"))["agency"]
