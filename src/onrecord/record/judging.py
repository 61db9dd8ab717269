"""Judgements made: a record as judged, a statement of it and what somebody says of it in, a judgement out.

Everything is held against the record first: spans lie in the text, entities and places are the article's.
What cannot be is a `JudgementError` that says what could. Nothing is kept here; a store does that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.errors import JudgementError, UnknownIdError
from onrecord.record.article import capture_id_of
from onrecord.record.corrected import ENTITY_KINDS, MODES
from onrecord.record.edtf import interval_of
from onrecord.record.judgement import (
    Correction,
    Judgement,
    JudgementKind,
    Target,
    judgement_id_of,
    target_of,
)
from onrecord.record.overlay import Judged, lay_over
from onrecord.record.place import GazetteerEntry
from onrecord.record.record import Record
from onrecord.record.span import Span
from onrecord.record.statement import Statement

SpanField = Literal["content", "cue", "source"]
ValueField = Literal["speaker_kind", "mode", "said_at"]
LONGEST_NAME = 200
LONGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who judges, when (ISO 8601 with offset), how sure (0 to 1) and with what remark."""

    by: str
    made_at: str
    score: float | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.by.strip() or len(self.by) > LONGEST_NAME or not self.by.isprintable():
            raise JudgementError(
                f"A judgement is somebody's, and {self.by[:LONGEST_NAME]!r} is no name.",
                cure=f"Give a name of at most {LONGEST_NAME} letters, on one line.",
            )
        if self.score is not None and not 0 <= self.score <= 1:
            raise JudgementError(f"A score is from 0 to 1, not {self.score}.")
        if self.note is not None and len(self.note) > LONGEST_NOTE:
            raise JudgementError(f"The note has {len(self.note):,} characters; it may have {LONGEST_NOTE:,}.")


def accept(judged: Judged, statement_id: str, voice: Voice) -> Judgement:
    """That a statement is right as it is now, with the speaker that it has; raises `JudgementError`.

    One that was rejected is taken back into the record so.
    """
    statement = find_statement(judged, statement_id, rejected=True)
    return _judge("accept", judged.record, statement, voice, _speaker_as_it_is(judged.record, statement))


def reject(judged: Judged, statement_id: str, voice: Voice) -> Judgement:
    """That a statement is none, or so wrong that it should not stand; raises `JudgementError`."""
    statement = find_statement(judged, statement_id)
    return _judge("reject", judged.record, statement, voice, _speaker_as_it_is(judged.record, statement))


def correct_spans(
    judged: Judged, statement_id: str, field: SpanField, spans: Sequence[Span], voice: Voice
) -> Judgement:
    """Which words are the content, the cue or the source; no spans for a cue or source that there is not."""
    statement = find_statement(judged, statement_id)
    if field == "content" and not spans:
        raise JudgementError("A statement without content is none.", cure="Reject it instead.")
    words = _words_at(judged.record, spans)
    correction = Correction(field=field, spans=tuple(spans), words=words)
    return _judge("correct", judged.record, statement, voice, correction)


def correct_speaker(
    judged: Judged,
    statement_id: str,
    voice: Voice,
    *,
    entity_id: str | None = None,
    spans: Sequence[Span] = (),
) -> Judgement:
    """Who said it: an entity of the article, or somebody whom it names at these spans, or, with neither,
    that nobody can know."""
    statement = find_statement(judged, statement_id)
    if entity_id is not None:
        named = next((e.name_span for e in judged.record.entities if e.entity_id == entity_id), None)
        if named is None:
            raise UnknownIdError(
                f"The article has no entity {entity_id!r:.80}.",
                cure=f"It has {_list_entities(judged.record)}.",
            )
        spans = (named,)
    words = _words_at(judged.record, spans)
    correction = Correction(field="speaker", spans=tuple(spans), words=words, value=entity_id)
    return _judge("correct", judged.record, statement, voice, correction)


def correct_value(
    judged: Judged, statement_id: str, field: ValueField, value: str | None, voice: Voice
) -> Judgement:
    """Of which kind the speaker is, in which mode it was said, or when (EDTF); None where nobody can know."""
    statement = find_statement(judged, statement_id)
    choices = {"speaker_kind": ENTITY_KINDS, "mode": MODES}.get(field, ())
    if value is not None and choices and value not in choices:
        raise JudgementError(f"{value!r:.80} is no {field}.", cure=f"Give one of {', '.join(choices)}.")
    if field == "speaker_kind" and statement.speaker is None:
        raise JudgementError(
            "The statement has no speaker whose kind it could be.", cure="Say who it is first."
        )
    if field == "said_at" and value is not None:
        try:
            interval_of(value)
        except ValueError as error:
            raise JudgementError(str(error)) from error
    return _judge("correct", judged.record, statement, voice, Correction(field=field, value=value))


def correct_place(
    judged: Judged,
    statement_id: str,
    voice: Voice,
    *,
    place_id: str | None = None,
    spans: Sequence[Span] = (),
    entry: GazetteerEntry | None = None,
) -> Judgement:
    """Where it was said: a place of the article, or the words that name one, or an entry of the gazetteer;
    with none of them, that nobody can know."""
    statement = find_statement(judged, statement_id)
    if place_id is not None:
        named = next((p.span for p in judged.record.places if p.place_id == place_id), None)
        if named is None:
            raise UnknownIdError(f"The article has no place {place_id!r:.80}.")
        spans = (named,)
    words = _words_at(judged.record, spans[:1])
    correction = Correction(field="said_in", spans=tuple(spans[:1]), words=words, value=place_id, entry=entry)
    return _judge("correct", judged.record, statement, voice, correction)


def merge(one_id: str, other_id: str, voice: Voice) -> Judgement:
    """That two persons are one; raises `JudgementError`."""
    if one_id == other_id:
        raise JudgementError(f"{one_id} is one person already.")
    return _make("merge", voice, (one_id, other_id), people=(one_id, other_id))


def split(judged: Judged, entity_id: str, voice: Voice) -> Judgement:
    """That an entity of this article is not the person whom its name says; raises `JudgementError`."""
    record = judged.record
    entity = next((e for e in record.entities if e.entity_id == entity_id), None)
    if entity is None:
        raise UnknownIdError(
            f"The article has no entity {entity_id!r:.80}.", cure=f"It has {_list_entities(record)}."
        )
    people = (dict(judged.person_ids)[entity_id], entity_id)
    target = Target(
        article_id=record.article.article_id,
        capture_id=capture_id_of(record.capture),
        content=(entity.name_span,),
        words=(entity.name_span.of(record.article.text),),
    )
    return _make("split", voice, people, target=target, people=people)


def expect_fit(judged: Judged, judgements: Sequence[Judgement]) -> None:
    """Raises `JudgementError` where one of these new judgements cannot be laid over the record."""
    for unfit in lay_over(judged.record, judgements).unfit:
        raise JudgementError(f"That cannot be: {unfit.reason}")


def find_statement(judged: Judged, statement_id: str, *, rejected: bool = False) -> Statement:
    """The statement with this id; one that was rejected only where that is asked for."""
    for statement in judged.record.statements:
        if statement.statement_id == statement_id:
            return statement
    for statement in judged.rejected:
        if statement.statement_id == statement_id:
            if rejected:
                return statement
            raise JudgementError(
                f"The statement {statement_id} was rejected.",
                cure="Accept it, or withdraw the rejection, before anything else is said of it.",
            )
    raise UnknownIdError(f"The article has no statement {statement_id!r:.80}.")


def _speaker_as_it_is(record: Record, statement: Statement) -> Correction:
    """The speaker of a statement, as a judgement keeps it."""
    speaker = statement.speaker
    entity = next((e for e in record.entities if speaker and e.entity_id == speaker.entity_id), None)
    if entity is None:
        return Correction(field="speaker")
    words = (entity.name_span.of(record.article.text),)
    return Correction(field="speaker", spans=(entity.name_span,), words=words, value=entity.entity_id)


def _judge(
    kind: JudgementKind, record: Record, statement: Statement, voice: Voice, correction: Correction
) -> Judgement:
    """A judgement on a statement."""
    target = target_of(statement, record.article.text, capture_id_of(record.capture))
    bounds = (f"{span.start_char}:{span.end_char}" for span in correction.spans)
    entry = correction.entry.entry_id if correction.entry else ""
    about = (statement.statement_id, correction.field, " ".join(bounds), correction.value or "", entry)
    return _make(kind, voice, about, target=target, correction=correction)


def _make(
    kind: JudgementKind,
    voice: Voice,
    about: Iterable[str],
    *,
    target: Target | None = None,
    correction: Correction | None = None,
    people: tuple[str, ...] = (),
) -> Judgement:
    return Judgement(
        judgement_id=judgement_id_of(kind, voice.by, voice.made_at, *about),
        kind=kind,
        by=voice.by,
        made_at=voice.made_at,
        target=target,
        correction=correction,
        people=people,
        score=voice.score,
        note=voice.note,
    )


def _words_at(record: Record, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words at some spans, which must be there, in order and apart."""
    text = record.article.text
    for before, span in zip((None, *spans), spans, strict=False):
        where = f"{span.start_char}–{span.end_char}"
        if span.end_char > len(text):
            raise JudgementError(f"The article has {len(text):,} characters; {where} lies beyond them.")
        if not span.of(text).strip():
            raise JudgementError(f"There are no words at {where}.")
        if before is not None and before.end_char > span.start_char:
            raise JudgementError(
                f"The words at {where} begin before those before them end.",
                cure="Give them in the order of the text, none twice.",
            )
    return tuple(span.of(text) for span in spans)


def _list_entities(record: Record) -> str:
    names = [f"{entity.name} ({entity.entity_id})" for entity in record.entities[:20]]
    return "; ".join(names) + ("; …" if len(record.entities) > 20 else "") if names else "none"
