"""Judgements as rows: kept as JSON, withdrawn by a row of their own, found by what they are of."""

import dataclasses
import json
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, insert, select

from onrecord.errors import CodecError
from onrecord.record import Judgement
from onrecord.record.codec import from_plain
from onrecord.store.packing import damaged, plain_json
from onrecord.store.tables import judgements, withdrawals

if TYPE_CHECKING:
    Rows = Select[*tuple[Any, ...]]  # SQLAlchemy 2.0 takes one type alone when it runs

ALL = (
    select(judgements.c.judgement_json, withdrawals.c.by, withdrawals.c.at)
    .outerjoin_from(judgements, withdrawals, judgements.c.judgement_id == withdrawals.c.judgement_id)
    .order_by(judgements.c.judgement_key)
)
STANDING = ALL.where(withdrawals.c.judgement_id.is_(None))
OF_CAPTURE = STANDING.where(judgements.c.capture_id == bindparam("wanted"))
OF_PEOPLE = STANDING.where(judgements.c.kind.in_(("merge", "split")))
ONE = ALL.where(judgements.c.judgement_id == bindparam("wanted"))
NEWEST_FIRST = ALL.order_by(None).order_by(judgements.c.judgement_key.desc())
FIND = select(judgements.c.judgement_id).where(judgements.c.judgement_id == bindparam("wanted"))


class Bench:
    """The standing judgements, for laying many records over in one transaction.

    Few captures were ever judged: which ones is asked once.
    """

    def __init__(self, connection: Connection, where: str) -> None:
        self._connection = connection
        self._where = where

    def of_capture(self, capture_id: str) -> tuple[Judgement, ...]:
        """Those of what was read from this capture, in the order they were made."""
        if capture_id not in self._judged:
            return ()
        return load(self._connection, OF_CAPTURE, self._where, wanted=capture_id)

    @cached_property
    def _judged(self) -> frozenset[str]:
        ids = self._connection.execute(select(judgements.c.capture_id).distinct()).scalars()
        return frozenset(capture_id for capture_id in ids if capture_id is not None)

    @cached_property
    def of_people(self) -> tuple[Judgement, ...]:
        """Those that merge or split people."""
        return load(self._connection, OF_PEOPLE, self._where)


def load(connection: Connection, find: "Rows", where: str, **values: str) -> tuple[Judgement, ...]:
    """The judgements that a question asks for, each marked where it was withdrawn."""
    found = connection.execute(find, values).all()
    return tuple(_unpack(row[0], row[1], row[2], where) for row in found)


def load_newest(
    connection: Connection, where: str, *, most: int | None, capture_id: str | None
) -> tuple[Judgement, ...]:
    """The last so many judgements, in the order they were made; those of a capture alone if one is given."""
    wanted = NEWEST_FIRST
    if capture_id is not None:
        wanted = wanted.where(judgements.c.capture_id == capture_id)
    return load(connection, wanted.limit(most), where)[::-1]


def _unpack(line: str, by: str | None, at: str | None, where: str) -> Judgement:
    try:
        judgement = from_plain(json.loads(line), Judgement)
    except (ValueError, CodecError) as error:
        raise damaged(f"A judgement in it cannot be read: {error}", where) from error
    return judgement if at is None else dataclasses.replace(judgement, withdrawn_by=by, withdrawn_at=at)


def add_judgement(connection: Connection, judgement: Judgement) -> bool:
    """Keeps a judgement, and its withdrawal where it comes withdrawn; whether anything is new."""
    standing = dataclasses.replace(judgement, withdrawn_at=None, withdrawn_by=None)
    known = connection.execute(FIND, {"wanted": judgement.judgement_id}).first() is not None
    target = judgement.target
    if not known:
        row = {
            "judgement_id": judgement.judgement_id,
            "kind": judgement.kind,
            "statement_id": target.statement_id if target else None,
            "capture_id": target.capture_id if target else None,
            "judgement_json": plain_json(standing),
        }
        connection.execute(insert(judgements), row)
    if judgement.withdrawn_at is None:
        return not known
    withdrawn = add_withdrawal(
        connection,
        judgement.judgement_id,
        by=judgement.withdrawn_by or judgement.by,
        at=judgement.withdrawn_at,
    )
    return withdrawn or not known


def add_withdrawal(connection: Connection, judgement_id: str, *, by: str, at: str) -> bool:
    """Marks a judgement as withdrawn; whether it was not before: the first withdrawal stays."""
    found = select(withdrawals.c.at).where(withdrawals.c.judgement_id == judgement_id)
    if connection.execute(found).first() is not None:
        return False
    connection.execute(insert(withdrawals), {"judgement_id": judgement_id, "by": by, "at": at})
    return True


def captures_of(made: Sequence[Judgement]) -> tuple[str, ...]:
    """The ids of the captures that judgements are of, in order, each once."""
    return tuple(dict.fromkeys(j.target.capture_id for j in made if j.target))


def concerns_people(made: Sequence[Judgement]) -> bool:
    """Whether one of them says who is whom."""
    return any(j.kind in {"merge", "split"} for j in made)
