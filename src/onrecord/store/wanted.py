"""Ids as people give them, whole or shortened, found in a store: an id in, what it is of out.

An id is looked for by how it begins, so that the first digits do where they are of one thing alone. One that
is of nothing is an `UnknownIdError` that names those it may have been meant for.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Connection, Select, bindparam, select

from onrecord.errors import UnknownIdError
from onrecord.record.ids import ID_BYTES
from onrecord.store.index_ids import pack_id, unpack_id
from onrecord.store.index_tables import people, shown_articles, statements
from onrecord.store.tables import articles, captures, judgements

DIGITS = 2 * ID_BYTES
SHORTEST = 4  # digits of a shortened id
SHOWN = 5
PARTS = re.compile(r"(?:([a-z]+)-)?([0-9a-f]{1,32})", re.ASCII)
CURE = "Take the id from `onrecord search` or `onrecord show`; its first digits do where no other has them."

OF_ARTICLE = (
    select(articles.c.article_id, articles.c.capture_key)
    .where(articles.c.article_id >= bindparam("low"), articles.c.article_id <= bindparam("high"))
    .limit(SHOWN)
)
OF_CAPTURE = (
    select(captures.c.capture_id, captures.c.capture_key)
    .where(captures.c.capture_id >= bindparam("low"), captures.c.capture_id <= bindparam("high"))
    .limit(SHOWN)
)
OF_STATEMENT = (
    select(statements.c.statement_id, shown_articles.c.capture_key)
    .join_from(statements, shown_articles, shown_articles.c.shown_key == statements.c.shown_key)
    .where(statements.c.statement_id >= bindparam("low"), statements.c.statement_id <= bindparam("high"))
    .limit(SHOWN)
)
# A rejected statement is in no index; the judgement knows it.
OF_JUDGED = (
    select(judgements.c.statement_id, captures.c.capture_key)
    .join_from(judgements, captures, captures.c.capture_id == judgements.c.capture_id)
    .where(judgements.c.statement_id >= bindparam("low"), judgements.c.statement_id <= bindparam("high"))
    .limit(SHOWN)
)
OF_JUDGEMENT = (
    select(judgements.c.judgement_id, judgements.c.judgement_key)
    .where(judgements.c.judgement_id >= bindparam("low"), judgements.c.judgement_id <= bindparam("high"))
    .limit(SHOWN)
)
Found = dict[str, int]  # an id as it is, and the key of what it is of


def find_capture_key(connection: Connection, wanted: str, where: str) -> int:
    """The key of the capture whose record, article or statement this is the id of."""
    ways: dict[str, Way] = {
        "article": _find_articles,
        "statement": _find_statements,
        "capture": _find_captures,
    }
    return _find_one(connection, wanted, where, ways)[1]


def find_capture_id(connection: Connection, wanted: str, where: str) -> str:
    """The id of the capture whose article or statement this is the id of."""
    key = find_capture_key(connection, wanted, where)
    return str(
        connection.execute(select(captures.c.capture_id).where(captures.c.capture_key == key)).scalar_one()
    )


def find_judgement_id(connection: Connection, wanted: str, where: str) -> str:
    """The whole id of a judgement."""
    return _find_one(connection, wanted, where, {"judgement": _find_judgements})[0]


Way = Callable[[Connection, str, str], Found]  # what has an id between these two, ends included


def _find_one(connection: Connection, wanted: str, where: str, ways: Mapping[str, Way]) -> tuple[str, int]:
    wanted = wanted.strip()
    found = _merge(way(connection, wanted, wanted) for way in ways.values())
    match = PARTS.fullmatch(wanted)
    used = {name: way for name, way in ways.items() if match and match[1] in {None, name}}
    digits = match[2] if match else ""
    if not found and len(digits) >= SHORTEST:
        found = _find_beginning(connection, digits, used)
    if not found:
        raise _unknown(wanted, where, ways, _find_near(connection, digits, used))
    if len(set(found.values())) > 1:
        raise UnknownIdError(
            f"More than one id begins with {wanted!r}: {_list(found)}.", where=where, cure="Give more digits."
        )
    return next(iter(found.items()))


def _merge(parts: Iterable[Found]) -> Found:
    return {name: key for part in parts for name, key in part.items()}


def _find_beginning(connection: Connection, digits: str, ways: Mapping[str, Way]) -> Found:
    """All whose ids begin with these digits; "~" sorts behind every digit."""
    return _merge(way(connection, f"{kind}-{digits}", f"{kind}-{digits}~") for kind, way in ways.items())


def _find_near(connection: Connection, digits: str, ways: Mapping[str, Way]) -> Found:
    """What shares the most digits from the start on, two or more."""
    for length in range(min(len(digits), DIGITS) - 1, 1, -1):
        found = _find_beginning(connection, digits[:length], ways)
        if found:
            return found
    return {}


def _unknown(wanted: str, where: str, kinds: Iterable[str], near: Iterable[str]) -> UnknownIdError:
    named = " or ".join(kinds)
    alike = f" Near it are {_list(near)}." if near else ""
    return UnknownIdError(f"No {named} has the id {wanted!r:.120}.{alike}", where=where, cure=CURE)


def _list(found: Iterable[str]) -> str:
    return ", ".join(list(found)[:SHOWN])


def _find_by_text(connection: Connection, find: "Select[str, int]", low: str, high: str) -> Found:
    return {row[0]: row[1] for row in connection.execute(find, {"low": low, "high": high})}


def _find_articles(connection: Connection, low: str, high: str) -> Found:
    return _find_by_text(connection, OF_ARTICLE, low, high)


def _find_captures(connection: Connection, low: str, high: str) -> Found:
    return _find_by_text(connection, OF_CAPTURE, low, high)


def _find_judgements(connection: Connection, low: str, high: str) -> Found:
    return _find_by_text(connection, OF_JUDGEMENT, low, high)


def _find_statements(connection: Connection, low: str, high: str) -> Found:
    if low == high:
        bounds = [pack_id("statement", low)] * 2
    else:
        digits = low.removeprefix("statement-")
        bounds = [bytes.fromhex(digits.ljust(DIGITS, end)) for end in "0f"]
    rows = connection.execute(OF_STATEMENT, dict(zip(("low", "high"), bounds, strict=True)))
    found = {unpack_id("statement", row[0]): int(row[1]) for row in rows}
    return found | _find_by_text(connection, OF_JUDGED, low, high)


def expect_person(connection: Connection, person_id: str, where: str) -> None:
    """Raises `UnknownIdError` where nobody of the store bears this id."""
    held = select(people.c.person_key).where(people.c.person_id == pack_id("person", person_id))
    if connection.execute(held).first() is not None:
        return
    raise UnknownIdError(
        f"Nobody in the record has the id {person_id!r:.120}.",
        where=where,
        cure="Take the ids of people from `onrecord search` or `onrecord timeline`.",
    )
