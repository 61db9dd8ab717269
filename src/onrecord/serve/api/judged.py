"""Judgements as a request gives them: JSON in, judgements that fit the record out."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from onrecord.collection.correcting import list_corrections
from onrecord.errors import JudgementError
from onrecord.record import Judgement, judging
from onrecord.record.corrected import ENTITY_KINDS, MODES
from onrecord.record.judging import LONGEST_NAME, LONGEST_NOTE, Voice
from onrecord.serve.api.statements import find_statement
from onrecord.serve.room import voice_of
from onrecord.store.base import Store

LONGEST_ID, LONGEST_WORDS, MOST_PIECES = 200, 100_000, 100
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]


class Said(BaseModel):
    """Whatever somebody says: under what name, with what remark, how sure."""

    model_config = ConfigDict(extra="forbid")

    by: Name = Field(description="Who says it.", examples=["Ada Quill"])
    note: str | None = Field(None, max_length=LONGEST_NOTE, description="A remark that is kept with it.")
    score: float | None = Field(None, ge=0, le=1, description="How sure they are.")

    def voice(self) -> Voice:
        """Who judges now; raises `JudgementError`."""
        return voice_of(self.by, note=self.note, score=self.score)


class Withdrawal(BaseModel):
    """Who takes a judgement back."""

    model_config = ConfigDict(extra="forbid")

    by: Name = Field(description="Who takes it back.", examples=["Ada Quill"])


class Verdict(Said):
    """That a statement is right as it is shown, or that it is none."""

    kind: Literal["accept", "reject"]
    statement_id: Id


class Corrections(Said):
    """That fields of a statement should be otherwise: one judgement a field, as `onrecord judge correct`.

    Words are as the article has them, the nearest to the statement where they stand more than once;
    "@120:164" are bounds in its text. "unknown" says that nobody can know.
    """

    kind: Literal["correct"]
    statement_id: Id
    content: list[Words] = Field([], max_length=MOST_PIECES, description="What was said, piece by piece.")
    cue: list[Words] = Field([], max_length=MOST_PIECES, description="The words that attribute it.")
    source: list[Words] = Field([], max_length=MOST_PIECES, description="The words that name who said it.")
    speaker: Words | None = Field(None, description="Who said it: a name, or the id of an entity.")
    speaker_kind: Words | None = Field(None, description=f"What it is: {', '.join(ENTITY_KINDS)}.")
    mode: Words | None = Field(None, description=f"How: {', '.join(MODES)}.")
    said_at: Words | None = Field(None, description="When: a date or interval in EDTF.")
    said_in: Words | None = Field(None, description="Where: a place of the article or the gazetteer.")


class Merge(Said):
    """That two people are one."""

    kind: Literal["merge"]
    people: list[Id] = Field(min_length=2, max_length=2, description="The ids of the two.")


class Split(Said):
    """That whom an article names is not who bears the same name elsewhere."""

    kind: Literal["split"]
    article_id: Id
    entity_id: Id


Judging = Annotated[Verdict | Corrections | Merge | Split, Field(discriminator="kind")]


def make_judgements(store: Store, said: Verdict | Corrections | Merge | Split) -> list[Judgement]:
    """The judgements that are meant; raises `JudgementError` and `UnknownIdError`."""
    voice = said.voice()
    if isinstance(said, Merge):
        return [judging.merge(said.people[0], said.people[1], voice)]
    if isinstance(said, Split):
        return [judging.split(store.judged(said.article_id), said.entity_id, voice)]
    judged = store.judged(said.statement_id)
    statement = find_statement(judged, said.statement_id)
    if isinstance(said, Verdict):
        judge = judging.accept if said.kind == "accept" else judging.reject
        return [judge(judged, statement.statement_id, voice)]
    given = said.model_dump(include={"content", "cue", "source", "speaker", "mode", "said_at", "said_in"})
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    made = list(list_corrections(judged, statement, {**given, "kind": said.speaker_kind}, voice))
    if not made:
        raise JudgementError("Nothing is corrected.", cure="Give content, speaker or another field.")
    judging.expect_fit(judged, made)
    return made
