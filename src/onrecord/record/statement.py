"""A statement: one attribution of an article, with the evidence of every field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.record.entity import Mention
from onrecord.record.ids import content_id
from onrecord.record.span import Origin, Span, Unknown
from onrecord.record.time import TimePrecision

Form = Literal["direct", "mixed", "indirect"]
Mode = Literal["said", "wrote", "thinks", "wants", "feels", "knows"]
HopKind = Literal[
    "told", "wrote_on", "quoted_by", "according_to", "cited_document", "read_by", "translated_by",
    "anonymous", "agency",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step between the speaker and this outlet: on whose word, or through which channel.

    `entity_id` is the entity of this article that the step names, None where it names none.
    """

    kind: HopKind
    text: str
    span: Span
    origin: Origin
    entity_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The entity that a statement is attributed to, and the way there.

    `name` is that entity's. `path` are the mentions that lead from the source of this statement to
    the one that bears the name, in that order; one alone where the source names it itself.
    `origin` names the rule or model that made the step.
    """

    entity_id: str
    name: str
    path: tuple[Mention, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAt:
    """When a statement was made: an interval as in `TimeValue`, and the expression it rests on.

    `time_id` is None where it rests on the publication or dateline alone. `origin` names the rule.
    """

    start: str | None
    end: str | None
    precision: TimePrecision
    edtf: str | None
    time_id: str | None
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidIn:
    """Where a statement was made: a place of this article, and the rule that says so."""

    place_id: str
    text: str
    span: Span
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stands inside the content: ids of this article's entities, times and places, in order."""

    entity_ids: tuple[str, ...] = ()
    time_ids: tuple[str, ...] = ()
    place_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How sure the model is, 0 to 1, of the attribution as a whole and of each part's spans."""

    statement: float
    content: float
    cue: float
    source: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attribution: what was said (`content`), the words that attribute it (`cue`), by whom
    (`source`).

    `form` is direct (all in quotation marks), mixed, or indirect. `mode` tells speech and
    writing from thought and feeling, None where the cue does not tell. `source` are the words of
    the source as written, `speaker` the entity of this article that they mean. `chain` are the
    hops from the speaker to this outlet, in order. `within` is the statement whose content holds
    this one ("A said that B had promised C"). `said_at` and `said_in` are when and where it was
    made, `about` what its content speaks of. What is unknown is named in `unknowns` with the reason.
    """

    statement_id: str
    article_id: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    form: Form
    mode: Mode | None
    speaker: Speaker | None
    chain: tuple[Hop, ...]
    confidence: Confidence
    origin: Origin
    within: str | None = None
    said_at: SaidAt | None = None
    said_in: SaidIn | None = None
    about: About = About()
    unknowns: tuple[Unknown, ...] = ()


def statement_id_of(
    article_id: str, content: Iterable[Span], cue: Iterable[Span], source: Iterable[Span]
) -> str:
    """The id of the statement that these spans of this article make."""
    parts = (" ".join(f"{s.start_char}:{s.end_char}" for s in spans) for spans in (content, cue, source))
    return content_id("statement", article_id, *parts)
