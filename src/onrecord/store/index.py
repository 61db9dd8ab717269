"""The index of a store: records as judged go in and out of it, questions are answered from it.

Made from what is kept, in the same transaction, and made again at need. How it is laid out, and why, is told
in the modules: index_moments (keys that sort), index_facets (filters as words), index_tables.
"""

import unicodedata

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from onrecord.record import Judged
from onrecord.store.index_articles import read_head, unpack_article, words_of_article
from onrecord.store.index_dialects import dialect_of
from onrecord.store.index_evidence import read_evidence
from onrecord.store.index_overviews import add_overviews, drop_overviews, make_overviews
from onrecord.store.index_rows import Rows, build_rows, tokens_of_article, tokens_of_statement
from onrecord.store.index_tables import people, shown_articles, statements
from onrecord.store.passages import find_passages
from onrecord.store.people import find_people
from onrecord.store.people_merged import merge_people
from onrecord.store.search import count_shown, search, search_like, timeline

__all__ = [
    "INDEX_VERSION",
    "count_statements",
    "create_index",
    "drop_index",
    "find_passages",
    "find_people",
    "make_overviews",
    "merge_people",
    "put_index",
    "search",
    "search_like",
    "timeline",
]

# Another layout, or another folding of words, is another index: what was put in by one cannot be taken out by
# another. Python's own tables of Unicode, which the folding rests on, change with its versions. The millions
# are the layout: 1 had no overviews, and is given them (`make_overviews`).
INDEX_VERSION = 2_000_000 + int(unicodedata.unidata_version.replace(".", ""))


def create_index(connection: Connection) -> None:
    """Makes what SQLAlchemy's metadata cannot: the tables of words."""
    dialect_of(connection).create(connection)


def put_index(
    connection: Connection, *, capture_key: int, article_key: int, extraction_key: int, judged: Judged
) -> None:
    """Puts the article that a capture shows into the index; none of that capture is in it."""
    keys = {"capture_key": capture_key, "article_key": article_key, "extraction_key": extraction_key}
    rows = build_rows(connection, judged, keys)
    connection.execute(insert(shown_articles), rows.article)
    if rows.statements:
        connection.execute(insert(statements), list(rows.statements))
    add_overviews(connection, rows.overviews)
    dialect = dialect_of(connection)
    dialect.add_tokens(connection, "article_words", _article_words(rows))
    dialect.add_tokens(connection, "statement_words", _statement_words(rows))
    _count(connection, rows, 1)


def drop_index(connection: Connection, capture_key: int) -> None:
    """Takes the article that a capture shows out of the index, if one is in it."""
    found = connection.execute(
        select(shown_articles).where(shown_articles.c.capture_key == capture_key)
    ).one_or_none()
    if found is None:
        return
    made = statements.c.shown_key == found.shown_key
    rows = _rebuild_rows(connection, found._asdict())
    dialect = dialect_of(connection)
    dialect.drop_tokens(connection, "article_words", _article_words(rows))
    dialect.drop_tokens(connection, "statement_words", _statement_words(rows))
    drop_overviews(connection, [row["statement_key"] for row in rows.statements])
    connection.execute(delete(statements).where(made))
    connection.execute(delete(shown_articles).where(shown_articles.c.shown_key == found.shown_key))
    _count(connection, rows, -1)


def count_statements(connection: Connection) -> int:
    """How many statements are shown."""
    return count_shown(connection)


def _rebuild_rows(connection: Connection, article: dict[str, object]) -> Rows:
    """The rows of an article as they were put in, from what stands there of it."""
    head = read_head(str(article["head"]))
    held = unpack_article(article["packed"], head)  # type: ignore[arg-type]
    wanted = select(statements).where(statements.c.shown_key == article["shown_key"])
    rows = [row._asdict() for row in connection.execute(wanted.order_by(statements.c.statement_key))]
    own = [row["facets"].split() for row in rows]
    return Rows(
        article=article,
        statements=tuple(rows),
        article_tokens=tokens_of_article(
            words_of_article(held, head.title), str(article["facets"]).split(), own
        ),
        statement_tokens=tuple(
            tokens_of_statement(held.text, read_evidence(row["evidence"]), facets)
            for row, facets in zip(rows, own, strict=True)
        ),
    )


def _article_words(rows: Rows) -> list[tuple[int, object]]:
    return [(rows.article["shown_key"], rows.article_tokens)]


def _statement_words(rows: Rows) -> list[tuple[int, object]]:
    keys = (row["statement_key"] for row in rows.statements)
    # FTS5 writes out what it holds whenever a key is not above the one before.
    return sorted(zip(keys, rows.statement_tokens, strict=True), key=lambda pair: pair[0])


def _count(connection: Connection, rows: Rows, sign: int) -> None:
    counted = [
        row | {"statements": sign * row["statements"], "articles": sign * row["articles"]}
        for row in rows.word_counts()
    ]
    dialect_of(connection).count_words(connection, counted)
    said = [{"one": key, "more": sign * count} for key, count in sorted(rows.person_counts().items())]
    if said:
        more = people.c.statements + bindparam("more")
        connection.execute(
            update(people).where(people.c.person_key == bindparam("one")).values(statements=more), said
        )
