"""The index of words in SQLite: FTS5 without contents of its own, and the questions it understands.

Each row is one column of words that are folded already, parts of a text divided by a sign that is no word,
and the facets behind them. The tokenizer "ascii" takes every sign beyond ASCII for part of a word: words
come out as they went in. Nothing is kept but the lists of rows: to take a row out, its words are given again.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.dialects.sqlite import insert

from onrecord.store.index_tables import words
from onrecord.store.index_terms import Matching, Term, Tokens

BREAK = "¶"
TABLES = ("statement_words", "article_words")
# How many lists FTS5 takes in one question before its parser gives up is not written down; this many it does.
MOST_CHOICES = 4_000


def create(connection: Connection) -> None:
    """Makes the tables of words where they are not."""
    for table in TABLES:
        connection.execute(
            text(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} "
                "USING fts5(tokens, content='', columnsize=0, tokenize='ascii')"
            )
        )


def add_tokens(connection: Connection, table: str, rows: Sequence[tuple[int, Tokens]]) -> None:
    """Puts the words of rows in; fastest where the keys rise."""
    if rows:
        values = [{"key": key, "tokens": _join(tokens)} for key, tokens in rows]
        connection.execute(text(f"INSERT INTO {table}(rowid, tokens) VALUES (:key, :tokens)"), values)


def drop_tokens(connection: Connection, table: str, rows: Sequence[tuple[int, Tokens]]) -> None:
    """Takes rows out; `rows` are as they were put in."""
    if rows:
        values = [{"key": key, "tokens": _join(tokens)} for key, tokens in rows]
        command = f"INSERT INTO {table}({table}, rowid, tokens) VALUES ('delete', :key, :tokens)"
        connection.execute(text(command), values)


def count_words(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Adds to how many statements and articles hold each word."""
    if rows:
        put = insert(words)
        more = {name: words.c[name] + put.excluded[name] for name in ("statements", "articles")}
        connection.execute(put.on_conflict_do_update(index_elements=["word"], set_=more), list(rows))


def find_keys(
    connection: Connection,
    table: str,
    matching: Matching,
    *,
    bounds: tuple[int, int],
    newest_first: bool,
    limit: int,
) -> list[int]:
    """The keys of rows that match, at least the first bound and below the second, in order."""
    order = "DESC" if newest_first else "ASC"
    command = text(
        f"SELECT rowid FROM {table} WHERE {table} MATCH :asked AND rowid >= :low AND rowid < :high "
        f"ORDER BY rowid {order} LIMIT :most"
    )
    values = {"asked": render(matching), "low": bounds[0], "high": bounds[1], "most": limit}
    return list(connection.scalars(command, values))


def _join(tokens: Tokens) -> str:
    return f" {BREAK} ".join((*(" ".join(part) for part in tokens.parts), " ".join(tokens.facets)))


def render(matching: Matching) -> str:
    """The question as FTS5 reads it; every word stands in quotation marks, and none holds one."""
    wanted = [_render_term(term) for term in matching.terms if not term.excluded]
    wanted += [_any(f'"{facet}"' for facet in facets) for facets in matching.facets]
    unwanted = [_render_term(term) for term in matching.terms if term.excluded]
    asked = " AND ".join(wanted)
    return f"({asked}) NOT {_any(unwanted)}" if unwanted else asked


def _render_term(term: Term) -> str:
    return _any(f'"{" ".join(phrase)}"' for phrase in term.phrases())


def _any(choices: Iterable[str]) -> str:
    return f"({' OR '.join(choices)})"
