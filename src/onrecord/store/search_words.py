"""The words of a question: as somebody typed them in, terms out.

Every word must stand there; "these words" in this order; begin* how a word begins; -word what must not.
Nothing else means anything: what other programs take for commands are words.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Connection, select

from onrecord.errors import QueryError
from onrecord.store import index_tables
from onrecord.store.index_terms import Term
from onrecord.store.words import words_of

_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<plain>\S+)')
LAST_SIGN = "\U0010ffff"
# A list of rows is opened for each ending: three thousand take about a hundredth of a second.
MOST_ENDINGS = 3_000
MOST_TERMS = 64
# In a phrase each word is looked up in all that holds the words: "the" five hundred times takes a minute and
# a half at a million statements. Three hundred words of news are half of them different.
FEW_WORDS, MOST_REPEATED = 4, 3
SYNTAX = (
    'Give words, "words in this order", or begin* for how a word begins; '
    "-word says what must not stand there."
)


def read_terms(asked: str) -> tuple[Term, ...]:
    """The terms of a question, each once; empty where it is blank. Raises `QueryError`."""
    terms = tuple(dict.fromkeys(_iter_terms(asked)))
    if asked.strip() and not terms:
        raise QueryError(f"The words {asked!r:.80} hold no letter and no digit.", cure=SYNTAX)
    if len(terms) > MOST_TERMS:
        raise QueryError(
            f"{len(terms)} words are asked for at once; {MOST_TERMS} can be.",
            cure="Give the rarest of them, or put them in quotation marks to have them in this order.",
        )
    _expect_variety([word for term in terms for word in term.words])
    return terms


def _expect_variety(words: list[str]) -> None:
    """Raises `QueryError` where a few words are asked for again and again."""
    different = len(set(words))
    if len(words) > max(FEW_WORDS, MOST_REPEATED * different):
        raise QueryError(
            f"{len(words)} words are asked for, of which {different} differ: few are asked for very often.",
            cure="Give each word once, or fewer words in this order.",
        )


def _iter_terms(asked: str) -> Iterator[Term]:
    for match in _PIECE.finditer(asked):
        piece = match["plain"]
        if piece is None:
            words = tuple(words_of(match["phrase"]))
            is_prefix, excluded = False, bool(match["minus"])
        else:
            # A mark of quotation that is never closed is a mark like any other.
            excluded = piece.startswith("-")
            words = tuple(words_of(piece))
            is_prefix = piece.endswith("*") and not piece.endswith('"*')
        if words:
            yield Term(words=words, is_prefix=is_prefix, excluded=excluded)


def find_endings(connection: Connection, terms: Iterable[Term], counted: "Column[int]") -> tuple[Term, ...]:
    """The terms with the words that each prefix stands for; `counted` is where they must be held.

    Raises `QueryError` for a prefix of too many.
    """
    return tuple(_with_endings(connection, term, counted) if term.is_prefix else term for term in terms)


def _with_endings(connection: Connection, term: Term, counted: "Column[int]") -> Term:
    begins = term.words[-1]
    word = index_tables.words.c.word
    wanted = select(word).where(word >= begins, word < begins + LAST_SIGN, counted > 0)
    endings = tuple(connection.scalars(wanted.order_by(word).limit(MOST_ENDINGS + 1)))
    if len(endings) > MOST_ENDINGS:
        raise QueryError(
            f"More than {MOST_ENDINGS:,} different words begin with {begins!r}.",
            cure="Give more letters of it.",
        )
    return dataclasses.replace(term, endings=endings)


def holds(parts: Iterable[tuple[str, ...]], term: Term) -> bool:
    """Whether words hold those of a term, in this order, within one part."""
    if not term.is_prefix and len(term.words) == 1:
        return any(term.words[0] in part for part in parts)
    return any(next(places_of(part, term), None) is not None for part in parts)


def places_of(words: tuple[str, ...], term: Term) -> Iterator[int]:
    """Where in a part the words of a term begin to stand."""
    first, count = term.words[0], len(term.words)
    alone = count == 1
    for at, word in enumerate(words):
        if alone:
            if word == first or (term.is_prefix and word.startswith(first)):
                yield at
        elif word == first and _continues(words[at : at + count], term):
            yield at


def _continues(words: tuple[str, ...], term: Term) -> bool:
    if len(words) != len(term.words) or words[:-1] != term.words[:-1]:
        return False
    return words[-1] == term.words[-1] or (term.is_prefix and words[-1].startswith(term.words[-1]))
