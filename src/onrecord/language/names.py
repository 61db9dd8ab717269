"""Proper names: their words without titles, and whether two may name the same person or body.

In: a name as written and what stands before it. Out: its words, comparable; what titles tell.
Following the habits of news: the full name first, then the last name, "Ms Vance", or initials.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from onrecord.language.nouns import kinds_of_noun
from onrecord.language.tables import read_rows

POSSESSIVE = re.compile(r"(?:['’]s?|['’])$")
SPLIT = re.compile(r"[\s\u00a0]+")
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "esq"})
SMALL_WORDS = frozenset(
    {"of", "the", "and", "for", "de", "la", "le", "du", "in", "on", "at", "to", "a", "an", "&"}
)
EDGE = ".,;:()[]\"“”‘’'"


@dataclass(frozen=True, slots=True)
class ProperName:
    """A name's words in lower case without accents, titles, initials, possessive; gender if a title tells.

    `initials` is what an acronym of it would be ("HSB"), in capitals.
    """

    words: tuple[str, ...]
    gender: str | None = None
    initials: str = ""
    capitals: bool = False  # all written in capitals, as acronyms are


@cache
def titles() -> dict[str, str | None]:
    """Titles by their words, with the gender that they tell."""
    return {title: None if gender == "-" else gender for title, gender in read_rows("titles.tsv")}


def plain_word(word: str) -> str:
    """A word for comparison: lower case, without accents.

    >>> plain_word("Šimíček")
    'simicek'
    """
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def _title_before() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, titles()), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({words})\s+$")


def title_before(text: str, start_char: int) -> tuple[int, str | None] | None:
    """Where the title begins that stands before a place of the text, and its gender; None without one."""
    low = max(start_char - 12, 0)
    match = _title_before().search(text[low:start_char])
    return (low + match.start(), titles()[match.group(1)]) if match else None


def read_person_name(name: str, gender: str | None = None) -> ProperName:
    """The words of a person's name; titles in it are read and left out.

    >>> read_person_name("Ms. Mira K. Vance’s")
    ProperName(words=('mira', 'vance'), gender='f', initials='', capitals=False)
    """
    words = SPLIT.split(POSSESSIVE.sub("", name.strip()))
    while len(words) > 1 and words[0] in titles():
        gender = gender or titles()[words[0]]
        words = words[1:]
    bare = [w.strip(EDGE) for w in words]
    full = [w for k, w in enumerate(bare) if len(w) > 1 or (w and k == 0)]
    kept = [w for w in full if plain_word(w) not in GENERATIONS] or full
    return ProperName(tuple(plain_word(POSSESSIVE.sub("", w)) for w in kept), gender)


def read_body_name(name: str) -> ProperName:
    """The words of the name of an organisation or place; articles and company endings are left out.

    >>> read_body_name("the Quay Audit Group"), read_body_name("U.S.").words
    (ProperName(words=('quay', 'audit'), gender=None, initials='QAG', capitals=False), ('us',))
    """
    raw = [w.strip(EDGE + "’") for w in SPLIT.split(POSSESSIVE.sub("", name.strip())) if w.strip(EDGE)]
    if len(raw) > 1 and raw[0].lower() in ("the", "a", "an"):
        raw = raw[1:]
    joined = [w.replace(".", "") if "." in w else w for w in raw]
    kept = list(joined)
    while len(kept) > 1 and "company" in kinds_of_noun(kept[-1]):
        kept = kept[:-1]
    initials = "".join(w[0] for w in joined if w and w.lower() not in SMALL_WORDS and w[0].isalnum())
    capitals = len(joined) == 1 and joined[0].isupper() and len(joined[0]) > 1
    return ProperName(tuple(plain_word(w) for w in kept), None, initials.upper(), capitals)


def same_person(one: ProperName, other: ProperName) -> bool:
    """Whether two names may be one person's.

    >>> names = [read_person_name(n) for n in ("Mira Vance", "Ms Vance", "Ivo Vance", "M. Vance", "Mr Vance")]
    >>> [same_person(names[0], n) for n in names]
    [True, True, False, True, True]
    """
    if one.gender and other.gender and one.gender != other.gender:
        return False
    short, long = sorted((one.words, other.words), key=len)
    if not short or short == long:
        return bool(short)
    if len(short) == 1 or len(long) > len(short):
        rest = iter(long)
        if all(word in rest for word in short):
            return True
    return len(short) > 1 and short[-1] == long[-1] and _same_first_name(short[0], long[0])


def _same_first_name(one: str, other: str) -> bool:
    """Whether one is the other's initial or short form: M., Tim and Timothy."""
    short, long = sorted((one, other), key=len)
    return len(short) <= 4 and long.startswith(short)


def same_body(one: ProperName, other: ProperName) -> bool:
    """Whether two names may be one organisation's or place's: the same words, or one the other's initials.

    >>> names = [read_body_name(n) for n in ("Harbour Safety Board", "HSB", "Board")]
    >>> [same_body(names[0], n) for n in names]
    [True, True, False]
    """
    if one.words == other.words:
        return True
    long, short = (one, other) if len(one.words) > len(other.words) else (other, one)
    return short.capitals and len(long.words) > 1 and short.words[0].upper() == long.initials
