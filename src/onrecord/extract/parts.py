"""The parts of a record that an article's body makes, from one reading of it.

In: the text and its paragraphs, the encoder, the gazetteer, and what the article's header says.
Out: statements, entities, times and places that point at each other. Each step is one function of
a module of its own; this is their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.encode.encoder import Encoder
from onrecord.extract.about import add_about
from onrecord.extract.entities import make_entities
from onrecord.extract.hops import add_agencies, link_hops
from onrecord.extract.meanings import embed_statements
from onrecord.extract.nesting import nest_statements
from onrecord.extract.places import Gazetteer, make_places
from onrecord.extract.said_at import add_said_at
from onrecord.extract.said_in import add_said_in
from onrecord.extract.speakers import resolve_speakers
from onrecord.extract.statements import find_statements
from onrecord.extract.times import join_found, make_times
from onrecord.record import Entity, HeaderField, Meanings, Moment, PlaceValue, Span, Statement, TimeValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the article's header says that its body is read by: when it was published, and where.

    `home` is the host of its outlet; `headings` are where headings begin, in code points.
    """

    article_id: str
    published: Moment | None = None
    dateline: Span | None = None
    home: str | None = None
    headings: tuple[int, ...] = ()
    agencies: tuple[HeaderField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Statements in the order of their cues, and the entities, times and places of the article.

    `meanings` are the vectors of the statements, None where no text was read.
    """

    statements: tuple[Statement, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeValue, ...] = ()
    places: tuple[PlaceValue, ...] = ()
    meanings: Meanings | None = None


class Tools(Protocol):
    """What the reading is done with; either is loaded when it is first asked for."""

    @property
    def encoder(self) -> Encoder:
        """The encoder with its heads."""

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer."""


def read_parts(text: str, paragraphs: Sequence[tuple[int, int]], tools: Tools, setting: Setting) -> Parts:
    """The parts of these paragraphs of the text; none of no paragraph."""
    if not paragraphs:
        return Parts()
    name, published = setting.article_id, setting.published
    statements, found, page = find_statements(name, text, paragraphs, tools.encoder)
    statements = nest_statements(statements, page)
    times = make_times(name, page, join_found(page, found.times), published=published)
    places = make_places(name, page, found, tools.gazetteer, home=setting.home, dateline=setting.dateline)
    entities = make_entities(
        name, page, found, statements=statements, model_version=tools.encoder.weights.version
    )
    statements, entities = resolve_speakers(statements, entities, page, found)
    statements = link_hops(statements, entities)
    statements = add_said_at(statements, times, page, published=published, breaks=setting.headings)
    statements = add_said_in(statements, places, page)
    statements = add_about(statements, entities, times, places)
    return Parts(
        statements=add_agencies(statements, setting.agencies),
        entities=entities,
        times=times,
        places=places,
        meanings=embed_statements(statements, found, tools.encoder),
    )
