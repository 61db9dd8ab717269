"""The index of words in PostgreSQL: tsvector under GIN, and the questions it understands.

The vectors are written out here from words that are folded already, with no configuration of the server's.
Articles have no positions: PostgreSQL keeps 256 of a word and none past 16,383, which a long article goes
beyond. A phrase is looked for in their text by whoever asks.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, literal_column, select, text
from sqlalchemy.dialects.postgresql import insert

from onrecord.store.index_tables import words
from onrecord.store.index_terms import Matching, Term, Tokens

__all__ = ["add_tokens", "count_words", "create", "drop_tokens", "insert", "render", "select_keys"]

TABLES = ("statement_words", "article_words")
LAST_POSITION = 16_383
# A vector takes a megabyte; a text of a million different words keeps the first of them.
MOST_VECTOR_BYTES = 900_000


def create(connection: Connection) -> None:
    """Makes the tables of words where they are not."""
    for table in TABLES:
        connection.execute(
            text(f"CREATE TABLE IF NOT EXISTS {table} (key BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)")
        )
        connection.execute(text(f"CREATE INDEX IF NOT EXISTS {table}_by_word ON {table} USING gin (tokens)"))


def add_tokens(connection: Connection, table: str, rows: Sequence[tuple[int, Tokens]]) -> None:
    """Puts the words of rows in."""
    if rows:
        placed = table == "statement_words"
        values = [{"key": key, "tokens": _write_vector(tokens, placed)} for key, tokens in rows]
        command = f"INSERT INTO {table}(key, tokens) VALUES (:key, CAST(:tokens AS tsvector))"
        connection.execute(text(command), values)


def drop_tokens(connection: Connection, table: str, rows: Sequence[tuple[int, Tokens]]) -> None:
    """Takes rows out."""
    if rows:
        command = text(f"DELETE FROM {table} WHERE key = ANY(:keys)")
        connection.execute(command, {"keys": [key for key, _ in rows]})


def count_words(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Adds to how many statements and articles hold each word."""
    if rows:
        put = insert(words)
        more = {name: words.c[name] + put.excluded[name] for name in ("statements", "articles")}
        connection.execute(put.on_conflict_do_update(index_elements=["word"], set_=more), list(rows))


def select_keys(table: str, matching: Matching) -> "tuple[Any, Select[Any]]":
    """The column of the keys, and the question for those of all rows that match."""
    key = literal_column(f"{table}.key", BigInteger())
    asked = render(matching, placed=table == "statement_words")
    holds = text(f"{table}.tokens @@ CAST(:asked AS tsquery)").bindparams(asked=asked)
    return key, select(key.label("key")).select_from(text(table)).where(holds)


def _write_vector(tokens: Tokens, placed: bool) -> str:
    places: dict[str, list[str]] = {facet: [] for facet in tokens.facets}
    at = size = 0
    for part in tokens.parts:
        for word in part:
            at += 1
            if word not in places:
                size += len(word.encode()) + 8
                if size > MOST_VECTOR_BYTES:
                    continue
            places.setdefault(word, []).append(str(min(at, LAST_POSITION)))
        at += 1
    if placed:
        return " ".join(f"'{word}':{','.join(at)}" if at else f"'{word}'" for word, at in places.items())
    return " ".join(f"'{word}'" for word in places)


def render(matching: Matching, *, placed: bool) -> str:
    """The question as PostgreSQL reads it; every word stands in quotation marks, and none holds one."""
    link = " <-> " if placed else " & "
    # Where positions are not kept, a phrase is not ruled out by its words: that is left to the asker.
    terms = [term for term in matching.terms if placed or not term.excluded or len(term.words) == 1]
    wanted = [_render_term(term, link) for term in terms if not term.excluded]
    wanted += [_any(f"'{facet}'" for facet in facets) for facets in matching.facets]
    unwanted = [f"!{_render_term(term, link)}" for term in terms if term.excluded]
    unwanted += [f"!'{facet}'" for facet in matching.unwanted]
    return " & ".join(wanted + unwanted)


def _render_term(term: Term, link: str) -> str:
    phrases = ([f"'{word}'" for word in phrase] for phrase in term.phrases())
    return _any(f"({link.join(phrase)})" for phrase in phrases)


def _any(choices: Iterable[str]) -> str:
    return f"({' | '.join(choices)})"
