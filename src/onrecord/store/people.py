"""People as they are asked for: a name, part of one or an id in, whom it means out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from onrecord.record.person import fold_name, is_full_name
from onrecord.record.query import Person
from onrecord.store.index_facets import name_facets, person_facet
from onrecord.store.index_ids import pack_id, unpack_id
from onrecord.store.index_naming import AT_ONCE
from onrecord.store.index_tables import people, person_names, person_words
from onrecord.store.search_asked import Condition
from onrecord.store.search_near import find_near

NAMED = 6  # so many people a note names
# A surname alone may be that of thousands, one an article: their statements are found by the word, and only
# the first of them are looked at for what a note says.
LOOKED_AT = 1_000
_MOST_NAMES = 20
_WHOLE = func.coalesce(people.c.canonical_key, people.c.person_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Those whom a name means: their rows, and rows of others who were judged to be one with them."""

    rows: tuple[Row[Any], ...]
    merged: tuple[Row[Any], ...]


def speaker_condition(connection: Connection, asked: str) -> Condition:
    """The filter of a speaker by id, full name or part of a name."""
    found = _find_by_id(connection, asked.strip())
    if found:
        keys = tuple(person_facet(row.person_key) for row in found)
        return Condition(field="speaker", asked=asked, groups=(keys,))
    folded = fold_name(asked)
    words = folded.split()
    if not words:
        return Condition(field="speaker", asked=asked, groups=((),), notes=(_unknown(connection, asked),))
    whole = is_full_name("person", asked) and _bears_anybody(connection, folded)
    told = _look_up(connection, folded, whole=whole)
    if not told.rows:
        return Condition(field="speaker", asked=asked, groups=((),), notes=(_unknown(connection, asked),))
    others = tuple(person_facet(row.person_key) for row in told.merged)
    groups = tuple((facet, *others) for facet in name_facets(folded, whole=whole))
    return Condition(field="speaker", asked=asked, groups=groups, notes=_tell_meant(asked, folded, told))


def find_people(connection: Connection, name: str, *, limit: int = 20) -> tuple[Person, ...]:
    """The people whose names hold these words, or the one with this id; who said most first."""
    found = _find_by_id(connection, name.strip())
    if not found:
        words = list(dict.fromkeys(fold_name(name).split()))
        found = _find_by_words(connection, words, most=None) if words else ()
    wholes = list(dict.fromkeys(row.canonical_key or row.person_key for row in found))
    counted = _count_wholes(connection, wholes)
    best = sorted(wholes, key=lambda key: (-counted.get(key, 0), key))[: max(limit, 0)]
    return tuple(_make_person(connection, key) for key in best)


def _find_by_id(connection: Connection, wanted: str) -> Sequence[Row[Any]]:
    if not wanted.startswith("person-"):
        return ()
    one = select(_WHOLE).where(people.c.person_id == pack_id("person", wanted)).scalar_subquery()
    either = or_(people.c.person_key == one, people.c.canonical_key == one)
    return connection.execute(select(people).where(either).order_by(people.c.person_key)).all()


def _bears_anybody(connection: Connection, folded: str) -> bool:
    return (
        connection.scalar(select(people.c.person_key).where(people.c.folded == folded).limit(1)) is not None
    )


def _look_up(connection: Connection, folded: str, *, whole: bool) -> _Told:
    if whole:
        wanted = select(people).where(people.c.folded == folded)
    else:
        wanted = _named_so(list(dict.fromkeys(folded.split())))
    rows = connection.execute(wanted.order_by(people.c.person_key).limit(LOOKED_AT)).all()
    judged = wanted.where(people.c.canonical_key.is_not(None))
    wholes = {row.canonical_key for row in connection.execute(judged)}
    if not wholes:
        return _Told(rows=tuple(rows), merged=())
    merged = connection.execute(select(people).where(people.c.canonical_key.in_(wholes))).all()
    return _Told(rows=tuple(rows), merged=tuple(merged))


def _find_by_words(connection: Connection, parts: Sequence[str], most: int | None) -> Sequence[Row[Any]]:
    return connection.execute(_named_so(parts).order_by(people.c.person_key).limit(most)).all()


def _named_so(parts: Sequence[str]) -> Select[Any]:
    """Whoever's name holds these words."""
    # The longest is most likely the rarest: the others are looked for among those who bear it.
    first, *others = sorted(parts, key=len, reverse=True)
    wanted = select(people).join(person_words, person_words.c.person_key == people.c.person_key)
    wanted = wanted.where(person_words.c.word == first)
    for word in others:
        also = person_words.alias()
        wanted = wanted.join(also, and_(also.c.person_key == people.c.person_key, also.c.word == word))
    return wanted


def _tell_meant(asked: str, folded: str, told: _Told) -> tuple[str, ...]:
    """The note that names the people a part of a name was taken for."""
    said: dict[str, int] = {}
    names: dict[str, str] = {}
    for row in (*told.rows, *told.merged):
        names.setdefault(row.folded, row.name)
    for row in dict.fromkeys((*told.rows, *told.merged)):
        said[row.folded] = said.get(row.folded, 0) + row.statements
    if set(names) <= {folded}:
        return ()
    best = sorted(said, key=lambda name: (-said[name], name))
    listed = [f"{names[name]} ({said[name]:,})" for name in best[:NAMED]]
    more = len(best) - len(listed)
    some = len(told.rows) >= LOOKED_AT
    ending = f" and {more:,} more{' at least' if some else ''}" if more else ""
    return (
        f"“{asked}” was taken for every speaker so named: {', '.join(listed)}{ending} "
        "(in brackets: their statements). Give a full name or a person's id for one alone.",
    )


def _unknown(connection: Connection, asked: str) -> str:
    near = _near_names(connection, asked)
    alike = f" Speakers with names like it: {', '.join(near)}." if near else ""
    return f"Nobody who speaks here is named “{asked}”.{alike}"


def _near_names(connection: Connection, asked: str) -> list[str]:
    names: list[str] = []
    for word in sorted(fold_name(asked).split(), key=len, reverse=True):
        for like in find_near(connection, person_words.c.word, word):
            rows = _find_by_words(connection, [like], most=NAMED)
            names += [row.name for row in sorted(rows, key=lambda row: -row.statements)]
    return list(dict.fromkeys(names))[:NAMED]


def _count_wholes(connection: Connection, wholes: Sequence[int]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for at in range(0, len(wholes), AT_ONCE):
        some = wholes[at : at + AT_ONCE]
        members = or_(people.c.person_key.in_(some), people.c.canonical_key.in_(some))
        for key, count in connection.execute(
            select(_WHOLE, func.sum(people.c.statements)).where(members).group_by(_WHOLE)
        ):
            counted[key] = counted.get(key, 0) + int(count)
    return counted


def _make_person(connection: Connection, whole: int) -> Person:
    member = or_(people.c.person_key == whole, people.c.canonical_key == whole)
    rows = connection.execute(select(people).where(member).order_by(people.c.person_key)).all()
    first = next(row for row in rows if row.person_key == whole)
    spelled = select(person_names.c.name).where(
        person_names.c.person_key.in_([row.person_key for row in rows])
    )
    names = connection.scalars(
        spelled.order_by(person_names.c.person_key, person_names.c.name).limit(_MOST_NAMES)
    )
    return Person(
        person_id=unpack_id("person", first.person_id),
        name=first.name,
        kind=first.kind,
        names=tuple(dict.fromkeys((first.name, *names))),
        merged_ids=_unpack(row.person_id for row in rows if row.person_key != whole),
        statements=sum(row.statements for row in rows),
    )


def _unpack(packed: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(unpack_id("person", one) for one in packed)
