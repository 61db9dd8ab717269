"""A statement: one attribution of an article, with the evidence of every field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.record.ids import content_id
from onrecord.record.span import Origin, Span, Unknown

Form = Literal["direct", "mixed", "indirect"]
Mode = Literal["said", "wrote", "thinks", "wants", "feels", "knows"]
HopKind = Literal["told", "wrote_on", "quoted_by", "according_to", "cited_document", "anonymous", "agency"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Somebody or something as the article names it at one place."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step between the speaker and this outlet: on whose word, or through which channel."""

    kind: HopKind
    text: str
    span: Span
    origin: Origin


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
    writing from thought and feeling, None where the cue does not tell. `speaker` is the source
    as written; what is unknown is named in `unknowns`. `chain` are the hops from the speaker to
    this outlet, in order.
    """

    statement_id: str
    article_id: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    form: Form
    mode: Mode | None
    speaker: Mention | None
    chain: tuple[Hop, ...]
    confidence: Confidence
    origin: Origin
    unknowns: tuple[Unknown, ...] = ()


def statement_id_of(
    article_id: str, content: Iterable[Span], cue: Iterable[Span], source: Iterable[Span]
) -> str:
    """The id of the statement that these spans of this article make."""
    parts = (" ".join(f"{s.start_char}:{s.end_char}" for s in spans) for spans in (content, cue, source))
    return content_id("statement", article_id, *parts)
