"""A record of many invented articles for the tests of searching: a busy speaker, one with roles, a place, an
article in which nobody speaks, and the one that has every shape.
"""

import dataclasses
from pathlib import Path

from onrecord.collection.face import Collection
from onrecord.record import About, Description, PlaceValue, Record, place_id_of
from onrecord.record.judging import Voice, accept
from onrecord.store import open_store
from tests import bridge
from tests.factories import HEAD, RULE, make_record, make_small_record, span_of

VOICE = Voice(by="Ada Quill", made_at="2031-06-01T09:00:00.000+00:00")
BUSY = "Ondrej Vale"
SAID_BY_BUSY = 26
OUTLETS = ("The Tessaly Lantern", "Brightwater Post", "Quay Courier")


def make_records() -> list[Record]:
    """The articles, in the order they are added."""
    busy = [
        make_record(
            f"The ferry of pier {number} is free for everybody,",
            speaker=BUSY,
            outlet=OUTLETS[number % 3],
            published=f"{2028 + number // 9}-{1 + number % 12:02}-0{1 + number % 9}",
            url=f"https://news.invalid/ferry/{number}",
        )
        for number in range(SAID_BY_BUSY)
    ]
    undated = make_record("We were never asked,", speaker="Ilse Corran", outlet=None, published=None)
    roles = [
        describe(make_record(words, speaker="Mira Vance", published=day), "on the quay")
        for words, day in (("No bolt is safe,", "2031-05-04"), ("Every bolt is new,", "2032-02-01"))
    ]
    return [bridge.make_record(), *busy, undated, *roles, make_small_record("It rains.")]


def describe(record: Record, words: str) -> Record:
    """The record with a role for its speaker, and a place that the statement speaks of."""
    text = record.article.text
    span = span_of(text, words)
    entity = dataclasses.replace(
        record.entities[0], descriptions=(Description(text=words, span=span, origin=HEAD),)
    )
    place = PlaceValue(
        place_id=place_id_of(record.article.article_id, span),
        article_id=record.article.article_id,
        text=words,
        span=span,
        use="place",
        entry=bridge.make_places()["beltown"].entry,
        origin=RULE,
    )
    statement = dataclasses.replace(record.statements[0], about=About(place_ids=(place.place_id,)))
    return dataclasses.replace(record, entities=(entity,), places=(place,), statements=(statement,))


def fill_press(where: Path) -> Collection:
    """A new record with these articles, one statement accepted; whoever asks for it closes it."""
    collection = Collection(open_store(where, create=True))
    records = make_records()
    collection.add(records)
    judged = collection.show(records[1].article.article_id)
    collection.judge(accept(judged, judged.record.statements[0].statement_id, VOICE))
    return collection
