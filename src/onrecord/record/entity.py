"""Entities: who and what an article names, with every mention of each and how it is described here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.record.ids import content_id
from onrecord.record.span import Origin, Span, Unknown

EntityKind = Literal["person", "organisation", "group", "place", "outlet", "document", "other"]
MentionForm = Literal["name", "nominal", "pronoun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Somebody or something as the article names it at one place.

    `form` is "name" where it holds a proper name, "nominal" where it describes ("the mayor"),
    "pronoun" where it only points ("she").
    """

    text: str
    span: Span
    form: MentionForm
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A role or description that the article itself gives an entity: "Russian President"."""

    text: str
    span: Span
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, organisation, group or thing as this article presents it.

    `name` is its fullest proper name here, or where it has none its fullest description; `named`
    tells which. `name_span` is where that stands. `mentions` are all of them in the order of the
    text. `plural` tells several from one, None where the words do not tell; `count` is how many,
    where the words say ("three officials"). `anonymous` is where the article withholds the name
    ("who asked not to be named"). Whether two articles speak of the same one is another question.
    """

    entity_id: str
    article_id: str
    kind: EntityKind
    name: str
    name_span: Span
    named: bool
    mentions: tuple[Mention, ...]
    descriptions: tuple[Description, ...] = ()
    plural: bool | None = None
    count: int | None = None
    anonymous: Span | None = None
    origin: Origin
    unknowns: tuple[Unknown, ...] = ()


def entity_id_of(article_id: str, mentions: Iterable[Span]) -> str:
    """The id of the entity that these mentions of this article make."""
    return content_id("entity", article_id, *(f"{s.start_char}:{s.end_char}" for s in mentions))
