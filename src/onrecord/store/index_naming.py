"""People, outlets and places as the index numbers them: what records name in, the keys of their rows out."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Column, Connection, Select, Table, bindparam, insert, select

from onrecord.record import Article, GazetteerEntry, PlaceValue, fold_name
from onrecord.store.index_dialects import dialect_of
from onrecord.store.index_ids import pack_id
from onrecord.store.index_tables import (
    merged_people,
    outlets,
    people,
    person_names,
    person_words,
    place_names,
    places,
)

Rows = dict[Any, dict[str, Any]]  # a row by the value that it is found by
AT_ONCE = 500  # SQLite before 3.32 takes 999 values


def number_rows(
    connection: Connection, table: Table, by: str, rows: Rows
) -> tuple[dict[Any, int], list[dict[str, Any]]]:
    """The key of each row, found or put in, and those rows that are new, in the order given."""
    if not rows:
        return {}, []
    known = _find_rows(connection, table, by, list(rows))
    new = [row for value, row in rows.items() if value not in known]
    if new:
        connection.execute(insert(table), new)
        known |= _find_rows(connection, table, by, [row[by] for row in new])
    return known, new


def _find_rows(connection: Connection, table: Table, by: str, values: Sequence[Any]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for at in range(0, len(values), AT_ONCE):
        rows = connection.execute(_find_by(table, by), {"wanted": values[at : at + AT_ONCE]})
        found.update((value, number) for value, number in rows)
    return found


@cache
def _find_by(table: Table, by: str) -> Select[Any]:
    # Made once: to make it at each article takes as long as to run it.
    key: Column[int] = next(iter(table.primary_key))
    return select(table.c[by], key).where(table.c[by].in_(bindparam("wanted", expanding=True)))


def add_missing(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Puts in those rows of a table of nothing but its key that are not there."""
    wanted = list({tuple(row.values()): row for row in rows}.values())
    if wanted:
        connection.execute(dialect_of(connection).insert(table).on_conflict_do_nothing(), wanted)


def number_people(connection: Connection, named: Sequence[tuple[str, str, str]]) -> dict[str, int]:
    """The key of each person's id; `named` are (id, kind, name) of those who speak."""
    rows: Rows = {}
    for person_id, kind, name in named:
        packed = pack_id("person", person_id)
        row: dict[str, Any] = {"person_id": packed, "kind": kind, "name": name, "folded": fold_name(name)}
        rows.setdefault(packed, row | {"canonical_key": None, "statements": 0})
    keys, new = number_rows(connection, people, "person_id", rows)
    parts = ((word, keys[row["person_id"]]) for row in new for word in dict.fromkeys(row["folded"].split()))
    add_missing(connection, person_words, ({"word": word, "person_key": key} for word, key in parts))
    spelled = ({"person_key": keys[pack_id("person", one)], "name": name} for one, _, name in named)
    add_missing(connection, person_names, spelled)
    _merge_new(connection, [row["person_id"] for row in new])
    return {person_id: keys[pack_id("person", person_id)] for person_id, _, _ in named}


def _merge_new(connection: Connection, new: Sequence[bytes]) -> None:
    """Gives people who come only now to whom they were judged to be."""
    if new and connection.scalar(select(merged_people.c.person_id).limit(1)) is not None:
        from onrecord.store.people_merged import point_to_canonical

        wanted = select(merged_people.c.canonical_id).where(merged_people.c.person_id.in_(new)).distinct()
        for canonical in connection.scalars(wanted).all():
            point_to_canonical(connection, canonical)


def number_outlet(connection: Connection, article: Article) -> int | None:
    """The key of the outlet of an article, by its name and host; None where neither is known."""
    name = article.outlet.value if article.outlet else ""
    host = host_of(article.url or "")
    if not name and not host:
        return None
    folded = fold_name(name)
    outlet = f"{folded}@{host}"
    row = {"outlet": outlet, "name": name or host, "folded": folded, "host": host}
    return number_rows(connection, outlets, "outlet", {outlet: row})[0][outlet]


def host_of(url: str) -> str:
    """The host of an address without "www.", or "".

    >>> host_of("https://www.Lantern.invalid:80/a"), host_of("http://[")
    ('lantern.invalid', '')
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def number_places(connection: Connection, found: Sequence[PlaceValue]) -> dict[str, int]:
    """The key of each place by the id of its mention; those with no name at all have none."""
    rows: Rows = {}
    named: dict[str, str] = {}
    for place in found:
        name = _name_place(place)
        if name:
            named[place.place_id] = name
            rows.setdefault(name, _row_of_place(name, place.text, place.entry))
    keys, _ = number_rows(connection, places, "place", rows)
    add_missing(connection, place_names, _spellings(found, named, keys))
    return {mention: keys[name] for mention, name in named.items()}


def _name_place(place: PlaceValue) -> str | None:
    if place.entry:
        return place.entry.entry_id
    folded = fold_name(place.text)
    return f"name:{folded}" if folded else None


def _row_of_place(name: str, words: str, entry: GazetteerEntry | None) -> dict[str, Any]:
    fields = ("kind", "country", "subdivision", "latitude", "longitude", "radius_km")
    told = {field: getattr(entry, field) if entry else None for field in fields}
    return {"place": name, "name": entry.name if entry else words} | told


def _spellings(
    found: Iterable[PlaceValue], named: dict[str, str], keys: dict[str, int]
) -> Iterable[dict[str, Any]]:
    for place in found:
        key = keys.get(named.get(place.place_id, ""))
        # A country is not found by the name of its people, nor a town by what stands for its government.
        spellings = {place.text if place.use == "place" else "", place.entry.name if place.entry else ""}
        for folded in sorted(set(map(fold_name, spellings)) - {""}):
            if key is not None:
                yield {"folded": folded, "place_key": key}
