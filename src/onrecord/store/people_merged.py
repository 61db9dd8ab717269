"""People who were judged to be one: judgements in, whose row stands for whose out.

Nobody is renumbered: each row points to the one that stands for all, and a withdrawn merge is undone by
pointing anew. Who stands for all is who was there first.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from onrecord.record.judgement import Judgement
from onrecord.store.index_ids import pack_id
from onrecord.store.index_tables import merged_people, people


def merge_people(connection: Connection, judgements: Sequence[Judgement]) -> None:
    """Makes one of whom the standing merges among these say so, and of nobody else."""
    connection.execute(delete(merged_people))
    connection.execute(update(people).where(people.c.canonical_key.is_not(None)).values(canonical_key=None))
    groups = group_merged(judgements)
    rows = [{"person_id": one, "canonical_id": group[0]} for group in groups for one in group]
    if rows:
        connection.execute(insert(merged_people), rows)
    for group in groups:
        point_to_canonical(connection, group[0])


def group_merged(judgements: Sequence[Judgement]) -> list[list[bytes]]:
    """The packed ids of people who are one, by union-find; each in the order they were judged."""
    parent: dict[bytes, bytes] = {}

    def find(one: bytes) -> bytes:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for judgement in judgements:
        if judgement.kind == "merge" and judgement.withdrawn_at is None and judgement.people:
            first, *others = (pack_id("person", one) for one in judgement.people)
            for other in others:
                parent[find(other)] = find(first)
    groups: dict[bytes, list[bytes]] = {}
    for one in list(parent):
        groups.setdefault(find(one), []).append(one)
    return [group for group in groups.values() if len(group) > 1]


def point_to_canonical(connection: Connection, canonical: bytes) -> None:
    """Points all who are known of a group to the first of them."""
    group = select(merged_people.c.person_id).where(merged_people.c.canonical_id == canonical)
    held = select(people.c.person_key).where(people.c.person_id.in_(group)).order_by(people.c.person_key)
    keys = connection.scalars(held).all()
    if len(keys) > 1:
        connection.execute(update(people).where(people.c.person_key.in_(keys)).values(canonical_key=keys[0]))
