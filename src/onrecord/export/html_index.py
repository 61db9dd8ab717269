"""Where the page keeps whom, when and where a record names: the lists, and the id of each row and place."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.export.named import Listed, group_places, group_times, list_people, tell_place, tell_time
from onrecord.record import GazetteerEntry, PlaceValue, Record, Span, TimeValue, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A time or a place in the text: its kind, the id of its row, and what it means in a few words."""

    span: Span
    kind: str
    row: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The lists of a page.

    By the id of an entity, time or place: `rows` has the id of its row, `names` its words, and `entries`
    what the gazetteer says of it. `held` are the statements inside each statement.
    """

    people: list[Listed]
    others: list[Listed]
    times: list[tuple[TimeValue, ...]]
    places: list[tuple[PlaceValue, ...]]
    rows: dict[str, str]
    names: dict[str, str]
    entries: dict[str, GazetteerEntry]
    held: dict[str, list[str]]


def make_index(record: Record) -> Index:
    """The lists of a record, with their rows numbered: p1, t1, l1."""
    people, others = list_people(record)
    times, places = group_times(record.times), group_places(record.places)
    rows = {one.entity.entity_id: f"p{n}" for n, one in enumerate([*people, *others], 1)}
    rows |= {time.time_id: f"t{n}" for n, group in enumerate(times, 1) for time in group}
    rows |= {place.place_id: f"l{n}" for n, group in enumerate(places, 1) for place in group}
    names = {one.entity_id: one.name for one in record.entities}
    names |= {one.time_id: one.text for one in record.times}
    names |= {one.place_id: one.text for one in record.places}
    entries = {one.place_id: one.entry for one in record.places if one.entry}
    held: dict[str, list[str]] = {}
    for statement in record.statements:
        held.setdefault(statement.within or "", []).append(statement.statement_id)
    return Index(
        people=people,
        others=others,
        times=times,
        places=places,
        rows=rows,
        names=names,
        entries=entries,
        held=held,
    )


def linked_spans(record: Record) -> Iterator[Span]:
    """Every span that something on the page leads to."""
    for entity in record.entities:
        yield entity.name_span
        yield from (mention.span for mention in entity.mentions)
        yield from (description.span for description in entity.descriptions)
        yield from (entity.anonymous,) if entity.anonymous else ()
    for statement in record.statements:
        yield from (mention.span for mention in (statement.speaker.path if statement.speaker else ()))
        yield from (hop.span for hop in statement.chain)
        yield from (statement.said_in.span,) if statement.said_in else ()
    for time in record.times:
        yield time.span
        yield from (time.anchor.span,) if time.anchor and time.anchor.span else ()
    yield from (place.span for place in record.places)


def list_spots(record: Record, index: Index) -> Iterator[Spot]:
    """Every time and place of the text."""
    for time in record.times:
        meaning = tell_time(time) or _tell_unknown(time.unknowns)
        yield Spot(span=time.span, kind="time", row=index.rows[time.time_id], meaning=meaning)
    for place in record.places:
        meaning = tell_place(place) or _tell_unknown(place.unknowns)
        yield Spot(span=place.span, kind="place", row=index.rows[place.place_id], meaning=meaning)


def _tell_unknown(unknowns: tuple[Unknown, ...]) -> str:
    return ", because ".join(["unknown", *(u.reason for u in unknowns[:1])])
