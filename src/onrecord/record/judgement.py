"""Judgements: what named people say of a record; kept beside it, never in it, and withdrawn, never erased."""

from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.record.ids import content_id
from onrecord.record.place import GazetteerEntry
from onrecord.record.span import Span
from onrecord.record.statement import Statement

JudgementKind = Literal["accept", "reject", "correct", "merge", "split"]
JUDGEMENT_KINDS: tuple[str, ...] = get_args(JudgementKind)
CorrectedField = Literal["content", "cue", "source", "speaker", "speaker_kind", "mode", "said_at", "said_in"]
CORRECTED_FIELDS: tuple[str, ...] = get_args(CorrectedField)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The statement that somebody judged, with what finds it again after its article was read anew.

    `content` are its spans when it was judged and `words` their texts; `capture_id` the capture that its
    article was made from. Of an entity that somebody split off, `statement_id` is None and `content` is where
    the article names it.
    """

    article_id: str
    capture_id: str
    content: tuple[Span, ...]
    words: tuple[str, ...]
    statement_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One field of a statement, as it should be.

    `spans` and `words` (their texts) are the right spans for content, cue and source; for a speaker and a
    place, where the article names them: enough for one that it has not as an entity, and what finds the one
    it has again after it was read anew. `value` is the entity's id for a speaker, the kind of the speaker,
    the mode, an EDTF interval for `said_at`, a place's id for `said_in`; `entry` a gazetteer's entry for
    that place, or where the article has no such place. A field with none of these is corrected to unknown.
    """

    field: CorrectedField
    spans: tuple[Span, ...] = ()
    words: tuple[str, ...] = ()
    value: str | None = None
    entry: GazetteerEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict: who (`by`), when (`made_at`, ISO 8601 with offset), on what.

    accept, reject: `target` is right, or wrong as a whole; `correction` then is its speaker as it was, so
    that a reader who finds another speaker is neither accepted nor rejected by it. correct: `correction`
    says how one field of it should be. merge: the two `people` (ids of persons) are one. split: the second
    of `people` (the id of an entity, where `target` says) is not the first (the id of a person). `score` is
    how sure, 0 to 1, where somebody said.
    """

    judgement_id: str
    kind: JudgementKind
    by: str
    made_at: str
    target: Target | None = None
    correction: Correction | None = None
    people: tuple[str, ...] = ()
    score: float | None = None
    note: str | None = None
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None


def judgement_id_of(kind: str, by: str, made_at: str, *about: str) -> str:
    """The id of the judgement that somebody made at a moment about these."""
    return content_id("judgement", kind, by, made_at, *about)


def target_of(statement: Statement, text: str, capture_id: str) -> Target:
    """The target that a judgement on a statement names; `text` is that of its article."""
    return Target(
        statement_id=statement.statement_id,
        article_id=statement.article_id,
        capture_id=capture_id,
        content=statement.content,
        words=tuple(span.of(text) for span in statement.content),
    )
