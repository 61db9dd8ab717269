"""Facets: what filters look for, as tokens beside the words, so that a filter is one more list to intersect.

A facet is a letter and a value. Kept with each row are the facets themselves; times are kept as intervals
("t<kind><days>-<days>") and become the nodes of index_times.py where they enter the index of words, a name
("w<words>") becomes itself and each of its words.
"""

from collections.abc import Iterable
from functools import lru_cache

from onrecord.record.person import fold_name
from onrecord.record.statement import Statement
from onrecord.store.index_terms import FACET_SIGN
from onrecord.store.index_times import Days, kept_times
from onrecord.store.words import LONGEST_WORD, words_of

# Which times an interval is: when it was said, what it speaks of, when it was published.
SAID, ABOUT, PUBLISHED = "s", "a", "p"
_JOINT = "·"  # no part of a word, and no divider to SQLite's tokenizer
MOST_NAME_WORDS = 12
NO_STATEMENT = "e0"  # of an article without any


def person_facet(person_key: int) -> str:
    """Of the person who speaks."""
    return f"p{person_key}"


def name_facets(folded: str, *, whole: bool) -> tuple[str, ...]:
    """Of a speaker's name as a whole, or of each word of it."""
    words = [word[:LONGEST_WORD] for word in folded.split()[:MOST_NAME_WORDS]]
    return ("q" + _JOINT.join(words),) if whole else tuple(f"n{word}" for word in words)


def outlet_facet(outlet_key: int) -> str:
    """Of the outlet that published it."""
    return f"o{outlet_key}"


def place_facet(place_key: int) -> str:
    """Of a place where it was said, or that it speaks of."""
    return f"l{place_key}"


def country_facet(country: str) -> str:
    """Of all places of a country."""
    return f"c{_fold_code(country)}"


def subdivision_facet(subdivision: str) -> str:
    """Of all places of a province, state or region."""
    return f"r{_fold_code(subdivision)}"


def form_facet(form: str) -> str:
    """Of a form."""
    return f"f{form}"


def mode_facet(mode: str) -> str:
    """Of a mode."""
    return f"m{mode}"


def hop_facet(kind: str) -> str:
    """Of a kind of hop."""
    return f"k{kind.replace('_', '')}"


def via_facet(word: str) -> str:
    """Of a word of a hop."""
    return f"v{word}"


def status_facet(status: str) -> str:
    """Of what judgements made of it."""
    return f"s{status}"


def time_facet(kind: str, days: Days) -> str:
    """Of an interval, as it is kept."""
    return f"t{kind}{days[0]}-{days[1]}"


def statement_facets(statement: Statement, status: str | None) -> list[str]:
    """Those that the statement alone tells."""
    facets = [form_facet(statement.form)]
    if statement.mode:
        facets.append(mode_facet(statement.mode))
    if status:
        facets.append(status_facet(status))
    if statement.speaker and (name := fold_name(statement.speaker.name)):
        facets.append("w" + _JOINT.join(name.split()))
    for hop in statement.chain:
        facets.append(hop_facet(hop.kind))
        facets += map(via_facet, words_of(hop.text))
    return facets


def tokens_of_facets(facets: Iterable[str]) -> tuple[str, ...]:
    """Facets as they enter the index of words, each once."""
    return tuple(dict.fromkeys(FACET_SIGN + token for facet in facets for token in _expand(facet)))


@lru_cache(maxsize=4096)
def _expand(facet: str) -> tuple[str, ...]:
    if facet.startswith("w"):
        name = facet[1:].replace(_JOINT, " ")
        return (*name_facets(name, whole=True), *name_facets(name, whole=False))
    if not facet.startswith("t"):
        return (facet,)
    first, _, last = facet[2:].partition("-")
    return kept_times(facet[:2], (first, last))


def _fold_code(code: str) -> str:
    """An ISO code of ASCII letters and digits alone: SQLite's tokenizer divides words at all else."""
    return "".join(sign for sign in code.lower() if sign.isascii() and sign.isalnum())
