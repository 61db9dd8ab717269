"""The records that hold what answers a question, each with the statements alone that answer it."""

import dataclasses
from collections.abc import Iterator

from sqlalchemy import Connection

from onrecord.errors import QueryError
from onrecord.record import Judged, Query, Statement
from onrecord.store import index
from onrecord.store.indexing import iter_newest, judge_row
from onrecord.store.judging import Bench
from onrecord.store.overseeing import load_merges, unite

PAGE = 1000


def iter_answering(connection: Connection, query: Query, where: str) -> Iterator[Judged]:
    """Every record that holds an answer, in the order its capture was added; raises `QueryError`."""
    if query.meaning is not None:
        raise QueryError(
            "What is near in meaning is an order, which leaves nothing out: it cannot choose records.",
            cure="Give words or filters, or search by meaning and take the statements that are shown.",
        )
    wanted = _find_answers(connection, query)
    bench, merges = Bench(connection, where), load_merges(connection)
    for row in iter_newest(connection):
        if row.capture_id in wanted:
            judged = unite(judge_row(row, bench, where), merges)
            yield keep_statements(judged, wanted[row.capture_id])


def _find_answers(connection: Connection, query: Query) -> dict[str, set[str]]:
    """The ids of the statements that answer, by that of their capture."""
    found: dict[str, set[str]] = {}
    # In which order they are found is all one here, and by date is the fastest.
    page: Query | None = query.narrow(limit=PAGE, after=None, sort="date")
    while page is not None:
        answer = index.search(connection, page)
        for hit in answer.hits:
            found.setdefault(hit.capture_id, set()).add(hit.statement_id)
        page = page.narrow(after=answer.next) if answer.next else None
    return found


def keep_statements(judged: Judged, wanted: set[str]) -> Judged:
    """The same with these statements alone; one that stood in another that is gone stands by itself."""
    kept = tuple(_free(s, wanted) for s in judged.record.statements if s.statement_id in wanted)
    return dataclasses.replace(
        judged,
        record=dataclasses.replace(judged.record, statements=kept),
        statuses=tuple(status for status in judged.statuses if status.statement_id in wanted),
        rejected=(),
    )


def _free(statement: Statement, wanted: set[str]) -> Statement:
    return statement if statement.within in wanted else dataclasses.replace(statement, within=None)
