"""A record made ready to be asked of its statements: a record as judged in, names for all of its ids out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from onrecord.record import (
    Article,
    Capture,
    Entity,
    GazetteerEntry,
    Judged,
    PlaceValue,
    Record,
    Span,
    Statement,
    Status,
    TimeValue,
    person_id_of,
)

BETWEEN_SPANS = " … "
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Scene:
    """A record as judged, with its parts by their ids; `people` are the persons of its entities."""

    record: Record
    entities: dict[str, Entity]
    times: dict[str, TimeValue]
    places: dict[str, PlaceValue]
    statuses: dict[str, Status]
    people: dict[str, str]

    @property
    def article(self) -> Article:
        """The article that the record is of."""
        return self.record.article

    @property
    def capture(self) -> Capture:
        """The capture that the article was made from."""
        return self.record.capture

    def words(self, spans: tuple[Span, ...]) -> str:
        """The exact words at these spans, several joined by " … "."""
        return BETWEEN_SPANS.join(span.of(self.record.article.text) for span in spans)

    def speaker_of(self, statement: Statement) -> Entity | None:
        """The entity that said it, None where nobody is known."""
        return self.entities.get(statement.speaker.entity_id) if statement.speaker else None

    def person_of(self, statement: Statement) -> str | None:
        """The id of the person who said it, None where the speaker is unknown or no person's name."""
        return self.people.get(statement.speaker.entity_id) if statement.speaker else None

    def said_in(self, statement: Statement) -> PlaceValue | None:
        """The place where it was said."""
        return self.places.get(statement.said_in.place_id) if statement.said_in else None

    def about_places(self, statement: Statement) -> Iterator[PlaceValue]:
        """The places it speaks of."""
        return (self.places[wanted] for wanted in statement.about.place_ids)

    def about_times(self, statement: Statement) -> Iterator[TimeValue]:
        """The times it speaks of."""
        return (self.times[wanted] for wanted in statement.about.time_ids)


def set_scene(judged: Judged) -> Scene:
    """The scene of a record; where nobody told the persons of its entities, their names tell."""
    record = judged.record
    people = dict(judged.person_ids) or {
        one.entity_id: person_id_of(one.kind, one.name) for one in record.entities if one.named
    }
    return Scene(
        record=record,
        entities={one.entity_id: one for one in record.entities},
        times={one.time_id: one for one in record.times},
        places={one.place_id: one for one in record.places},
        statuses={one.statement_id: one for one in judged.statuses},
        people=people,
    )


def place_name(place: PlaceValue) -> str:
    """What the gazetteer calls a place, else the words of the article."""
    return place.entry.name if place.entry else place.text


def time_words(time: TimeValue) -> str:
    """A time in EDTF, else as TIMEX3 values it, else in the words of the article."""
    return time.edtf or time.timex_value or time.text


def point_of(entry: GazetteerEntry | None) -> tuple[float, float] | None:
    """Latitude and longitude of an entry, None where it has none that the earth has."""
    if entry is None or entry.latitude is None or entry.longitude is None:
        return None
    on_earth = abs(entry.latitude) <= 90 and abs(entry.longitude) <= 180
    return (entry.latitude, entry.longitude) if on_earth else None


def day_of(moment: str | None) -> date | None:
    """The day of an ISO 8601 moment, as its clock shows it; None where it names no day of the calendar.

    >>> day_of("2031-05-03T23:30+02:00"), day_of("2031-05"), day_of("2031-02-30")
    (datetime.date(2031, 5, 3), None, None)
    """
    match = _DAY.match(moment or "")
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def instant_of(moment: str | None) -> datetime | None:
    """The instant of an ISO 8601 moment with a clock and an offset, in UTC; None of any other.

    >>> instant_of("2031-05-03T23:30+02:00").isoformat(), instant_of("2031-05-03T23:30")
    ('2031-05-03T21:30:00+00:00', None)
    """
    try:
        found = datetime.fromisoformat(moment or "")
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
