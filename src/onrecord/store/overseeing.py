"""Records as judged, and judgements as they come and go: what they are of is looked up, laid over, relaid.

In: a connection in a transaction. Out: `Judged`, in which merged people bear one id.
"""

import dataclasses
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from onrecord.errors import UnknownIdError
from onrecord.record import Judged, Judgement, Record, Unfit
from onrecord.store import index, judging
from onrecord.store.index_ids import unpack_id
from onrecord.store.index_tables import merged_people
from onrecord.store.indexing import OF_ID, OF_KEY, iter_newest, judge_row, relay, unpack_row
from onrecord.store.judging import Bench
from onrecord.store.looking import load_extractions
from onrecord.store.wanted import expect_person


def judge_capture(connection: Connection, capture_key: int, where: str) -> Judged:
    """What is shown of a capture, as judged."""
    row = connection.execute(OF_KEY, {"wanted": capture_key}).first()
    if row is None:
        raise UnknownIdError("Nothing was read from this capture yet.", where=where, cure="Add it again.")
    return unite(judge_row(row, Bench(connection, where), where), load_merges(connection))


def iter_all(connection: Connection, where: str) -> Iterator[Judged]:
    """What is shown of each capture, as judged, in the order the captures were added."""
    bench, merges = Bench(connection, where), load_merges(connection)
    for row in iter_newest(connection):
        yield unite(judge_row(row, bench, where), merges)


def load_merges(connection: Connection) -> dict[str, str]:
    """The id of the person that stands for each person who was merged with others."""
    rows = connection.execute(select(merged_people.c.person_id, merged_people.c.canonical_id))
    return {unpack_id("person", row[0]): unpack_id("person", row[1]) for row in rows}


def unite(judged: Judged, merges: dict[str, str]) -> Judged:
    """The same with the merged people under one id."""
    if not merges:
        return judged
    ids = tuple((entity, merges.get(person, person)) for entity, person in judged.person_ids)
    return dataclasses.replace(judged, person_ids=ids)


def expect_known(connection: Connection, made: Sequence[Judgement], where: str) -> None:
    """Raises `UnknownIdError` where a judgement is of something that the store does not hold."""
    for judgement in made:
        if judgement.target is not None:
            _expect_target(connection, judgement, where)
        if judgement.kind == "merge":
            for person_id in judgement.people:
                expect_person(connection, person_id, where)


def _expect_target(connection: Connection, judgement: Judgement, where: str) -> None:
    assert judgement.target is not None
    target = judgement.target
    row = connection.execute(OF_ID, {"wanted": target.capture_id}).first()
    if row is None:
        raise UnknownIdError(
            f"No capture has the id {target.capture_id!r:.120}, which {judgement.by!r:.80} judged.",
            where=where,
            cure="Add the article first, as it was when it was judged.",
        )
    if judgement.kind == "split" or target.statement_id in _statement_ids(unpack_row(row, where)):
        return
    older = load_extractions(connection, row.capture_key, where)
    if not any(target.statement_id in _statement_ids(record) for record in older):
        raise UnknownIdError(
            f"No statement of the article has the id {target.statement_id!r:.120}.",
            where=where,
            cure="Take the id from `onrecord search` or `onrecord show`.",
        )


def _statement_ids(record: Record) -> set[str]:
    return {statement.statement_id for statement in record.statements}


def apply(connection: Connection, changed: Sequence[Judgement], where: str) -> None:
    """Lays the index anew for all that judgements, made or withdrawn, are of."""
    relay(connection, judging.captures_of(changed), where)
    if judging.concerns_people(changed):
        index.merge_people(connection, judging.load(connection, judging.OF_PEOPLE, where))


def find_unfit(connection: Connection, where: str) -> tuple[Unfit, ...]:
    """The standing judgements that find nothing that they could be of, in the order they were made."""
    standing = judging.load(connection, judging.STANDING, where)
    bench, found = Bench(connection, where), {}
    for capture_id in judging.captures_of(standing):
        for row in connection.execute(OF_ID, {"wanted": capture_id}):
            found.update({one.judgement.judgement_id: one for one in judge_row(row, bench, where).unfit})
    for judgement in standing:
        missing = [] if judgement.kind != "merge" else _find_missing(connection, judgement, where)
        if missing:
            reason = f"Nobody in the record is {' or '.join(missing)} any more."
            found[judgement.judgement_id] = Unfit(judgement=judgement, reason=reason)
    return tuple(found[j.judgement_id] for j in standing if j.judgement_id in found)


def _find_missing(connection: Connection, judgement: Judgement, where: str) -> list[str]:
    missing = []
    for person_id in judgement.people:
        try:
            expect_person(connection, person_id, where)
        except UnknownIdError:
            missing.append(person_id)
    return missing
