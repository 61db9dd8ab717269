"""Records drawn at random for property tests: any text and values, with spans in it and ids that hold.

A seed makes each: drawing every value of a record by itself takes Hypothesis a second a record.
"""

import dataclasses
import types
from random import Random
from typing import Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from onrecord.record import SCHEMA_VERSION, Entity, PlaceValue, Record, Span, Statement, TimeValue

# What JSON, UTF-8 and white space make special, with some that are plain.
CHARACTERS = 'aZ"\\/<\n\r\t \x00\x1b\x7f\x85\xa0é家🚢\u202e\u2028\ud800\uffff'
MOST = 2
OWNERS = {Entity: "entity_id", TimeValue: "time_id", PlaceValue: "place_id", Statement: "statement_id"}


def any_records():
    """Records that any program could have made: nothing in them makes sense, and all of it holds."""
    return st.integers(0, 2**32).map(lambda seed: Drawer(Random(seed)).record())


class Drawer:
    """Draws one record: its text first, then values with spans in that text."""

    def __init__(self, chance):
        self.chance = chance
        self.text = self.words(1, 30)
        counts = {own: chance.randint(0, MOST + 1) for own in OWNERS.values()}
        self.pools = {own: [f"{own}-{i}" for i in range(count)] for own, count in counts.items()}
        self.names = {}

    def record(self):
        entities, times, places, statements = (
            tuple(dataclasses.replace(self.draw(kind), **{own: name}) for name in self.pools[own])
            for kind, own in OWNERS.items()
        )
        self.names = {entity.entity_id: entity.name for entity in entities}
        drawn = self.draw(Record)
        return dataclasses.replace(
            drawn,
            article=dataclasses.replace(drawn.article, text=self.text),
            entities=entities,
            times=times,
            places=places,
            statements=tuple(map(self.mend, statements)),
            schema_version=SCHEMA_VERSION,
        )

    def mend(self, statement):
        """The statement with its speaker's name, and not within itself."""
        within = None if statement.within == statement.statement_id else statement.within
        speaker = statement.speaker
        if speaker is not None:
            speaker = dataclasses.replace(speaker, name=self.names[speaker.entity_id])
        return dataclasses.replace(statement, within=within, speaker=speaker)

    def words(self, least=0, most=6):
        return "".join(self.chance.choices(CHARACTERS, k=self.chance.randint(least, most)))

    def draw(self, kind):
        choices = get_args(kind)
        if get_origin(kind) in (Union, types.UnionType):
            return self.draw(self.chance.choice(choices))
        if get_origin(kind) is Literal:
            return self.chance.choice(choices)
        if get_origin(kind) is tuple:
            return tuple(self.draw(choices[0]) for _ in range(self.chance.randint(0, MOST)))
        if kind is Span:
            low, high = sorted(self.chance.sample(range(len(self.text) + 1), 2))
            return Span(start_char=low, end_char=high)
        if dataclasses.is_dataclass(kind):
            return self.draw_fields(kind)
        return {
            str: self.words,
            int: lambda: self.chance.randint(-(2**40), 2**40),
            float: lambda: self.chance.choice([0.0, -0.0, 1e-300, 1e300, 7.0, self.chance.random()]),
            bool: lambda: self.chance.random() < 0.5,
            bytes: lambda: self.chance.randbytes(5),
            type(None): lambda: None,
        }[kind]()

    def draw_fields(self, kind):
        drawn = {name: self.draw_field(name, hint) for name, hint in get_type_hints(kind).items()}
        if drawn.get("span") and "text" in drawn:
            drawn["text"] = drawn["span"].of(self.text)
        if drawn.get("name_span"):
            drawn["name"] = " ".join(drawn["name_span"].of(self.text).split())
        return kind(**drawn)

    def draw_field(self, name, hint):
        """Any value; where the field names another part of the record, one that is there."""
        if (
            name in {"speaker", "said_in"}
            and not self.pools["entity_id" if name == "speaker" else "place_id"]
        ):
            return None
        pool = self.pools.get("statement_id" if name == "within" else name.replace("_ids", "_id"))
        if pool is None:
            return self.draw(hint)
        if name.endswith("_ids"):
            return tuple(self.chance.choices(pool, k=self.chance.randint(0, MOST))) if pool else ()
        return self.chance.choice([*pool, *([None] if type(None) in get_args(hint) else [])] or [None])
