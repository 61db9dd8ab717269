"""What the heads on the encoder find in a text, before any rule has looked at it.

Mentions with their coreference, names, expressions of time and of place: spans with the model's
label and how sure it is. `extract` makes entities, speakers, times and places of these.
"""

from dataclasses import dataclass, field
from typing import Literal

from onrecord.encode.states import WordStates
from onrecord.record import EntityKind, MentionForm, Span

NameKind = Literal["person", "organisation", "location", "facility", "nationality", "product", "misc"]
PlaceSense = Literal["literal", "associative"]
TimexKind = Literal["date", "time", "duration", "set"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMention:
    """A noun phrase or pronoun that refers to something: its whole extent and its head word.

    A conjunction ("A and B") is a mention of its own, headed by its first part's head or its
    conjunction; mentions nest.
    """

    span: Span
    head: Span
    kind: EntityKind
    form: MentionForm
    sureness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundName:
    """A proper name, flat: no name lies in another."""

    span: Span
    kind: NameKind
    sureness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTime:
    """An expression of time, flat."""

    span: Span
    kind: TimexKind
    sureness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A toponym, flat: literal where it means the place, associative where something of it."""

    span: Span
    sense: PlaceSense
    sureness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All of it, each in the order of the text.

    `clusters` hold the numbers of the mentions that mean the same thing, single mentions too;
    every mention is in exactly one. `states` are those of the words, for what is made of whole stretches.
    """

    mentions: tuple[FoundMention, ...] = ()
    clusters: tuple[tuple[int, ...], ...] = ()
    names: tuple[FoundName, ...] = ()
    times: tuple[FoundTime, ...] = ()
    places: tuple[FoundPlace, ...] = ()
    states: WordStates | None = field(default=None, compare=False)
