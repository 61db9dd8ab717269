"""Why an answer is empty: the question and the index in, sentences for whoever asked out."""

from collections.abc import Iterator

from sqlalchemy import Connection

from onrecord.store.index_tables import words
from onrecord.store.index_terms import Term
from onrecord.store.search_asked import HIGHEST_KEY, Asked, find_keys
from onrecord.store.search_near import find_near

_EVERYTHING = (0, HIGHEST_KEY)
_SAID = {"statement_words": "statement", "article_words": "article"}


def explain_nothing(connection: Connection, asked: Asked) -> Iterator[str]:
    """What of the question finds nothing by itself, or what finds something once it is left away."""
    if not _has_any(connection, Asked(table=asked.table)):
        yield "The record holds no statements yet."
        return
    lacking = [term for term in asked.terms if not term.excluded and not _has_term(connection, asked, term)]
    for term in lacking:
        yield _tell_lacking(connection, asked, term)
    if lacking or any(condition.notes and not condition.is_possible for condition in asked.conditions):
        return
    blocking = [one for one in asked.conditions if _has_any(connection, asked.without(one))]
    if blocking:
        fields = ", ".join(f"{one.field} “{one.asked}”" for one in blocking)
        yield (
            f"There is something without {fields}."
            if len(blocking) == 1
            else (f"There is something without one of these: {fields}.")
        )
    elif any(term.excluded for term in asked.terms):
        yield f"No {_SAID[asked.table]} holds all that is asked and nothing that is excluded."
    else:
        yield f"Each word and filter alone finds some {_SAID[asked.table]}, all together none."


def _has_any(connection: Connection, asked: Asked) -> bool:
    if asked.terms and all(term.excluded for term in asked.terms) and not asked.conditions:
        return True
    return bool(find_keys(connection, asked, bounds=_EVERYTHING, newest_first=True, limit=1))


def _has_term(connection: Connection, asked: Asked, term: Term) -> bool:
    return _has_any(connection, Asked(table=asked.table, terms=(term,)))


def _tell_lacking(connection: Connection, asked: Asked, term: Term) -> str:
    said = f"No {_SAID[asked.table]} holds {term.show()}."
    if len(term.words) > 1 or term.is_prefix:
        return said
    near = [word for word in find_near(connection, words.c.word, term.words[0]) if word != term.words[0]]
    return f"{said} Words like it: {', '.join(near)}." if near else said
