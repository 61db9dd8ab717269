"""The index of words in SQLite: FTS5 without contents of its own, and the questions it understands.

Each row is one column of words that are folded already, parts of a text divided by a sign that is no word,
and the facets behind them. The tokenizer "ascii" takes every sign beyond ASCII for part of a word: words
come out as they went in. Nothing is kept but the lists of rows: to take a row out, its words are given again.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, Select, literal_column, select, text
from sqlalchemy.dialects.sqlite import insert

from onrecord.store.index_terms import Matching, Term, Tokens

__all__ = ["add_tokens", "count_words", "create", "drop_tokens", "insert", "render", "select_keys"]

BREAK = "¶"
_COUNT = (
    "INSERT INTO words(word, statements, articles) VALUES (?, ?, ?) ON CONFLICT(word) DO UPDATE SET "
    "statements = statements + excluded.statements, articles = articles + excluded.articles"
)
TABLES = ("statement_words", "article_words")


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
        values = [(key, _join(tokens)) for key, tokens in rows]
        connection.exec_driver_sql(f"INSERT INTO {table}(rowid, tokens) VALUES (?, ?)", values)


def drop_tokens(connection: Connection, table: str, rows: Sequence[tuple[int, Tokens]]) -> None:
    """Takes rows out; `rows` are as they were put in."""
    if rows:
        values = [(key, _join(tokens)) for key, tokens in rows]
        command = f"INSERT INTO {table}({table}, rowid, tokens) VALUES ('delete', ?, ?)"
        connection.exec_driver_sql(command, values)


def count_words(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Adds to how many statements and articles hold each word."""
    if rows:
        # Some hundreds an article: SQLAlchemy's own way takes as long again as SQLite's.
        values = [(row["word"], row["statements"], row["articles"]) for row in rows]
        connection.exec_driver_sql(_COUNT, values)


def select_keys(table: str, matching: Matching) -> "tuple[Any, Select[Any]]":
    """The column of the keys, and the question for those of all rows that match."""
    key = literal_column(f"{table}.rowid", Integer())
    holds = text(f"{table} MATCH :asked").bindparams(asked=render(matching))
    return key, select(key.label("key")).select_from(text(table)).where(holds)


def _join(tokens: Tokens) -> str:
    return f" {BREAK} ".join((*(" ".join(part) for part in tokens.parts), " ".join(tokens.facets)))


def render(matching: Matching) -> str:
    """The question as FTS5 reads it; every word stands in quotation marks, and none holds one."""
    wanted = [_render_term(term) for term in matching.terms if not term.excluded]
    wanted += [_any(f'"{facet}"' for facet in facets) for facets in matching.facets]
    unwanted = [_render_term(term) for term in matching.terms if term.excluded]
    unwanted += [f'"{facet}"' for facet in matching.unwanted]
    asked = " AND ".join(wanted)
    return f"({asked}) NOT {_any(unwanted)}" if unwanted else asked


def _render_term(term: Term) -> str:
    return _any(f'"{" ".join(phrase)}"' for phrase in term.phrases())


def _any(choices: Iterable[str]) -> str:
    return f"({' OR '.join(choices)})"
