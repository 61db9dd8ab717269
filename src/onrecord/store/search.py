"""Search: a question in, the statements that answer it out, each with its evidence.

What is one question to a reader is one question to the index of words: filters are facets among the words,
and the order of keys is that of time, so that it stops after as many as were asked for.
"""

from typing import get_args

from sqlalchemy import Connection, func, select

from onrecord.errors import QueryError
from onrecord.record import Meanings
from onrecord.record.query import Answer, Query, Sort
from onrecord.store.index_moments import FIRST_DATED
from onrecord.store.index_tables import statement_days, words
from onrecord.store.search_articles import search_articles
from onrecord.store.search_asked import EVERYTHING, Asked, find_in_order
from onrecord.store.search_confidence import search_by_confidence
from onrecord.store.search_cursor import read_cursor, write_cursor
from onrecord.store.search_filters import article_condition, read_filters
from onrecord.store.search_hits import HitMaker
from onrecord.store.search_meaning import Vectors, search_by_meaning
from onrecord.store.search_moments import read_moments
from onrecord.store.search_notes import explain_nothing
from onrecord.store.search_relevance import rank_statements
from onrecord.store.search_words import SYNTAX, find_endings, read_terms

# Counting goes on for some thousandths of a second; beyond it an answer says that there are more. The first
# page and the count are one question: to open the lists of a prefix takes longer than to walk them.
MOST_COUNTED = 1_000
MOST_COSTLY_COUNTED = 100
MOST_ASKED = 10_000
SCOPES = ("statements", "article")
UNDATED = "The last ones bear no date: neither when they were said nor when they were published is known."


def search(connection: Connection, query: Query) -> Answer:
    """The statements that answer the question, but for its `meaning`; raises `QueryError`."""
    check_query(query)
    asked = understand(connection, query)
    notes = tuple(note for condition in asked.conditions for note in condition.notes)
    if query.scope == "article" and asked.terms:
        return search_articles(connection, query, asked, notes)
    if query.sort == "relevance":
        return _search_by_relevance(connection, query, asked, notes)
    if query.sort == "confidence":
        return search_by_confidence(connection, query, asked, notes)
    return _search_by_date(connection, query, asked, notes)


def search_like(connection: Connection, query: Query, sentence: Meanings, vectors: Vectors) -> Answer:
    """The statements nearest to a sentence among those that answer the question; raises `QueryError`."""
    check_query(query)
    return search_by_meaning(connection, query, understand(connection, query), sentence, vectors)


def timeline(connection: Connection, person: str, query: Query | None = None) -> Answer:
    """What a person said, oldest first unless the question sorts otherwise."""
    if not person.strip():
        raise QueryError(
            "The name of whose timeline is asked for is empty.", cure="Give a name or a person's id."
        )
    asked = query if query is not None else Query(sort="oldest")
    return search(connection, asked.narrow(speaker=person))


def understand(connection: Connection, query: Query) -> Asked:
    """What the index is asked for; raises `QueryError`."""
    of_articles = query.scope == "article"
    counted = words.c.articles if of_articles else words.c.statements
    terms = find_endings(connection, read_terms(query.words or ""), counted)
    conditions = read_filters(connection, query)
    when = query.when if query.when and query.when.strip() else None
    if when and of_articles and terms:
        conditions = (*conditions, article_condition(when))
    asked = Asked(
        table="article_words" if of_articles and terms else "statement_words",
        terms=terms,
        conditions=conditions,
        within=read_moments(when) if when else EVERYTHING,
    )
    if terms and all(term.excluded for term in terms) and not conditions and not when:
        raise QueryError(
            f"The words {query.words!r:.80} only say what must not stand there.",
            cure="Give a word that must, or a filter.",
        )
    return asked


def check_query(query: Query) -> None:
    """Raises `QueryError` for what cannot be asked."""
    if query.sort not in get_args(Sort):
        raise QueryError(
            f"There is no sort {query.sort!r:.80}.", cure=f"Give one of {', '.join(get_args(Sort))}."
        )
    if query.scope not in SCOPES:
        raise QueryError(f"There is no scope {query.scope!r:.80}.", cure=f"Give one of {', '.join(SCOPES)}.")
    if not 1 <= query.limit <= MOST_ASKED:
        raise QueryError(
            f"{query.limit} statements cannot be asked for at once.",
            cure=f"Give a limit of 1 to {MOST_ASKED:,}; `next` of the answer asks for those after them.",
        )
    if query.meaning is not None and query.scope == "article":
        raise QueryError("Articles have no vectors.", cure="Search the statements by meaning.")
    if query.sort == "meaning" and query.meaning is None:
        raise QueryError("Without a sentence nothing is like it.", cure="Give `meaning`, or sort by date.")
    if query.sort == "relevance" and not (query.words and query.words.strip()):
        raise QueryError("Without words nothing is relevant to them.", cure=f"Sort by date, or: {SYNTAX}")


def _search_by_date(connection: Connection, query: Query, asked: Asked, notes: tuple[str, ...]) -> Answer:
    newest, place = query.sort == "date", read_cursor(query, (int,))
    after = place[0] if place else None
    most = query.limit if after is not None else max(query.limit, _most_counted(asked))
    keys = find_in_order(connection, asked, newest_first=newest, after=after, limit=most + 1)
    shown = keys[: query.limit]
    if shown and min(shown) < FIRST_DATED <= max(shown):
        notes = (*notes, UNDATED)
    return Answer(
        hits=HitMaker(connection).hits_of(shown),
        total=len(keys) if after is None and len(keys) <= most else _count(connection, asked, after),
        next=write_cursor(query, [shown[-1]]) if len(keys) > query.limit else None,
        notes=notes if shown or after is not None else (*notes, *explain_nothing(connection, asked)),
    )


def _most_counted(asked: Asked) -> int:
    if asked.is_bare:
        return 0
    return MOST_COSTLY_COUNTED if asked.is_costly else MOST_COUNTED


def _count(connection: Connection, asked: Asked, after: int | None) -> int | None:
    """How many there are; on the first page it is known already that they are too many to count."""
    if asked.is_bare:
        return count_shown(connection)
    if after is None:
        return None
    most = _most_counted(asked)
    counted = find_in_order(connection, asked, newest_first=True, after=None, limit=most + 1)
    return len(counted) if len(counted) <= most else None


def count_shown(connection: Connection) -> int:
    """How many statements there are."""
    return int(connection.scalar(select(func.coalesce(func.sum(statement_days.c.statements), 0))) or 0)


def _search_by_relevance(
    connection: Connection, query: Query, asked: Asked, notes: tuple[str, ...]
) -> Answer:
    place = read_cursor(query, (float, int))
    if all(term.excluded for term in asked.terms):
        raise QueryError("Nothing is relevant to words that must not stand there.", cure="Sort by date.")
    ranked, told = rank_statements(connection, asked)
    rest = [pair for pair in ranked if place is None or pair < (place[0], place[1])]
    shown = rest[: query.limit]
    scores = {key: score for score, key in shown}
    return Answer(
        hits=HitMaker(connection).hits_of(list(scores), scores),
        total=None if told else len(ranked),
        next=write_cursor(query, list(shown[-1])) if len(rest) > query.limit else None,
        notes=(*notes, *told) if ranked else (*notes, *explain_nothing(connection, asked)),
    )
