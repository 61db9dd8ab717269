"""Who, when and where a record names, as both faces list it: a record in, rows, words and counts out."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from onrecord.export.intervals import show_interval
from onrecord.record import Entity, GazetteerEntry, PlaceValue, Record, SaidAt, TimeValue, Unknown

# Kinds that can say something; a place or a thing is listed among them only where it does.
ACTORS = frozenset({"person", "organisation", "group", "outlet"})
USES = {"government": "stands for its government", "modifier": "stands for what is of it"}
REFERENCES = {"PAST_REF": "the past", "PRESENT_REF": "the present", "FUTURE_REF": "the future"}
QUOTED = re.compile(r"“[^”]*”")
Part = TypeVar("Part")
KM_TO_A_HUNDREDTH_DEGREE = 10  # a place that reaches further is not told to about a kilometre


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entity with the number of its statements."""

    entity: Entity
    statements: int


def list_people(record: Record) -> tuple[list[Listed], list[Listed]]:
    """Who speaks or has a name, the most quoted first; and whatever else the article mentions."""
    counts = Counter(s.speaker.entity_id for s in record.statements if s.speaker)
    listed = [Listed(entity=e, statements=counts[e.entity_id]) for e in record.entities]
    listed.sort(key=lambda one: (-one.statements, -len(one.entity.mentions), one.entity.name_span))
    shown = [one for one in listed if _is_shown(one)]
    return shown, [one for one in listed if not _is_shown(one)]


def _is_shown(one: Listed) -> bool:
    entity = one.entity
    return bool(one.statements or entity.anonymous or (entity.named and entity.kind in ACTORS))


def tell_kind(entity: Entity) -> str:
    """What it is and how many: "person", "group of 3, anonymous", "several persons"."""
    kind: str = entity.kind
    if entity.count is not None:
        kind = f"{entity.count} persons" if kind == "person" else f"{kind} of {entity.count}"
    elif entity.plural and kind == "person":
        kind = "several persons"
    return f"{kind}, anonymous" if entity.anonymous else kind


def tell_descriptions(entity: Entity) -> str:
    """The descriptions that the article gives it, each once."""
    texts: dict[str, str] = {}
    for described in entity.descriptions:
        texts.setdefault(fold(described.text).casefold(), fold(described.text))
    return "; ".join(texts.values())


def group_times(times: Iterable[TimeValue]) -> list[tuple[TimeValue, ...]]:
    """The times of the same words and meaning together, in the order of the first of each."""
    groups: dict[object, list[TimeValue]] = {}
    for time in times:
        meaning = (time.start, time.end, time.edtf, time.timex_value, time.unknowns)
        groups.setdefault((fold(time.text).casefold(), meaning), []).append(time)
    return [tuple(group) for group in groups.values()]


def group_places(places: Iterable[PlaceValue]) -> list[tuple[PlaceValue, ...]]:
    """The places of the same words, entry and use together, in the order of the first of each."""
    groups: dict[object, list[PlaceValue]] = {}
    for place in places:
        entry = place.entry.entry_id if place.entry else None
        key = (fold(place.text).casefold(), place.use, entry, place.unknowns)
        groups.setdefault(key, []).append(place)
    return [tuple(group) for group in groups.values()]


def tell_time(time: TimeValue) -> str:
    """The interval in words, else what the value of TIMEX3 tells: "1–3 May 2031", "duration P3D"; or ""."""
    interval = show_interval(time.start, time.end)
    if interval or time.timex_value is None:
        return interval
    if time.timex_value in REFERENCES:
        return "" if time.unknowns else REFERENCES[time.timex_value]
    return f"{time.kind} {time.timex_value}" if time.kind in {"duration", "set"} else time.timex_value


def tell_moment(said_at: SaidAt) -> str:
    """When something was said in words: the interval, else its EDTF."""
    return show_interval(said_at.start, said_at.end) or said_at.edtf or said_at.precision


def tell_entry(entry: GazetteerEntry) -> str:
    """Name, kind and ISO code of an entry: "Beltown, settlement, TS-04"."""
    return ", ".join(filter(None, (entry.name, entry.kind, entry.subdivision or entry.country)))


def tell_place(place: PlaceValue) -> str:
    """The entry, and what the words stand for where not for the place itself; "" where neither is known."""
    return "; ".join(filter(None, (tell_entry(place.entry) if place.entry else "", USES.get(place.use))))


def tell_coordinates(entry: GazetteerEntry) -> str:
    """Degrees as exact as the place is small, and how far it may reach: "51.50° N, 0.13° W ± 6 km"; or ""."""
    if entry.latitude is None or entry.longitude is None:
        return ""
    digits = 1 if (entry.radius_km or 0) > KM_TO_A_HUNDREDTH_DEGREE else 2
    north = f"{abs(entry.latitude):.{digits}f}° {'S' if entry.latitude < 0 else 'N'}"
    east = f"{abs(entry.longitude):.{digits}f}° {'W' if entry.longitude < 0 else 'E'}"
    return f"{north}, {east}{'' if entry.radius_km is None else f' ± {entry.radius_km:,.0f} km'}"


def group_reasons(parts: Iterable[tuple[Part, Unknown]]) -> dict[Unknown, list[Part]]:
    """Each field and reason with whatever it leaves unknown, in order, each once.

    Reasons that differ only in the words of the article that they quote are one, which quotes none.
    """
    found: dict[tuple[str, str], dict[Part, str]] = {}
    for part, unknown in parts:
        general = QUOTED.sub("“…”", unknown.reason)
        found.setdefault((unknown.field, general), {}).setdefault(part, unknown.reason)
    grouped = {}
    for (field, general), told in found.items():
        reasons = set(told.values())
        reason = general if len(reasons) > 1 else reasons.pop()
        grouped[Unknown(field=field, reason=reason)] = list(told)
    return grouped


def fold(text: str) -> str:
    """The text on one line, runs of white space as one space."""
    return " ".join(text.split())
