"""The first statements that answer a question, as keys in its order: what is counted of an answer."""

from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.record.query import Query
from onrecord.store.search import check_query, understand
from onrecord.store.search_articles import find_nearest
from onrecord.store.search_asked import find_in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The keys of the first statements that answer, and whether these are all."""

    keys: list[int]
    complete: bool


def find_answering(connection: Connection, query: Query, most: int) -> Answering:
    """At most so many, the newest first unless the oldest were asked for; raises `QueryError`.

    By relevance, meaning and confidence only what is shown is put in order: of these the newest are taken.
    """
    check_query(query)
    asked = understand(connection, query)
    newest = query.sort != "oldest"
    if asked.of_articles:
        keys, complete = find_nearest(connection, asked, newest_first=newest, most=most)
        return Answering(keys=keys, complete=complete)
    found = find_in_order(connection, asked, newest_first=newest, after=None, limit=most + 1)
    return Answering(keys=found[:most], complete=len(found) <= most)
