"""The articles of a record as they were added, the last first, a line of each."""

from sqlalchemy import Connection, select

from onrecord.errors import QueryError
from onrecord.record.overview import ArticleLine, ArticleLines
from onrecord.store.index_articles import read_head
from onrecord.store.index_tables import shown_articles

MOST_LISTED = 1_000


def list_newest(connection: Connection, *, limit: int, after: str | None) -> ArticleLines:
    """So many articles, behind those that were listed; raises `QueryError`."""
    if not 1 <= limit <= MOST_LISTED:
        raise QueryError(
            f"{limit} articles cannot be listed at once.", cure=f"Give a limit of 1 to {MOST_LISTED:,}."
        )
    order = shown_articles.c.capture_key
    wanted = select(order, shown_articles.c.statements, shown_articles.c.head).order_by(order.desc())
    if after is not None:
        wanted = wanted.where(order < _read_place(after))
    rows = connection.execute(wanted.limit(limit + 1)).all()
    return ArticleLines(
        listed=tuple(_make_line(row.head, row.statements) for row in rows[:limit]),
        next=str(rows[limit - 1].capture_key) if len(rows) > limit else None,
    )


def _read_place(after: str) -> int:
    if not (after.isascii() and after.isdecimal() and len(after) <= 18):
        raise QueryError(
            f"No list of articles goes on from {after!r:.80}.",
            cure="Give `after` as the list before gave it.",
        )
    return int(after)


def _make_line(written: str, statements: int) -> ArticleLine:
    head = read_head(written)
    return ArticleLine(
        article_id=head.article_id,
        title=head.title,
        outlet=head.outlet,
        published=head.published,
        url=head.url,
        statements=statements,
    )
