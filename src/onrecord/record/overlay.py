"""Judgements laid over a record: a record and what people said of it in, the record as judged out.

Nothing of the record itself is changed. A judgement that no longer fits is not guessed at: it comes back
in `unfit` with the reason.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from onrecord.record.article import capture_id_of
from onrecord.record.corrected import Sheet, correct_field, correct_kind, is_within
from onrecord.record.judgement import CORRECTED_FIELDS, Judgement
from onrecord.record.person import fold_name, person_id_in, split_person_id_of
from onrecord.record.record import Record
from onrecord.record.refit import Finder, Misfit, shift_between
from onrecord.record.span import Origin, Unknown
from onrecord.record.statement import Statement

StatusKind = Literal["accepted", "corrected"]
NOT_WITHIN = "The statement that held it was rejected, or corrected so that it stands in it no more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the standing judgements made of a statement, and the last who judged it."""

    statement_id: str
    kind: StatusKind
    by: str
    made_at: str
    judgement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A standing judgement that finds nothing in the record that it could be of, and why."""

    judgement: Judgement
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A record as people judged it.

    `record` has the corrections in it and the rejected statements no more; these are in `rejected`.
    A corrected statement keeps its id; its `origin` is "given" by whoever corrected it. `person_ids` are
    the persons that the entities are, each as (entity's id, person's id), merges and splits applied.
    """

    record: Record
    statuses: tuple[Status, ...] = ()
    rejected: tuple[Statement, ...] = ()
    person_ids: tuple[tuple[str, str], ...] = ()
    unfit: tuple[Unfit, ...] = ()


def lay_over(record: Record, judgements: Sequence[Judgement]) -> Judged:
    """The record as these judgements make it; withdrawn ones count for nothing.

    Later ones win, field by field; the last of accept and reject stands. Splits are applied here, merges by
    whoever holds the other articles. Judgements of other articles come back unfit.
    """
    standing = [j for j in judgements if j.withdrawn_at is None and j.kind != "merge"]
    if not standing:
        return Judged(record=record, person_ids=_list_persons(record, {}))
    return _Overlay(record, sort_judgements(standing)).lay()


def sort_judgements(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements in the order they were made; those of one moment in the order given."""
    return sorted(judgements, key=lambda judgement: _moment_of(judgement.made_at))


def _moment_of(made_at: str) -> float:
    """Seconds since 1970; what is no moment came before all others."""
    try:
        moment = datetime.fromisoformat(made_at)
    except ValueError:
        return float("-inf")
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()


@dataclass(slots=True)
class _Case:
    """A statement and the judgements that are of it, in the order they were made."""

    statement: Statement
    of_it: list[Judgement] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)  # those that were corrected
    by: Judgement | None = None  # who corrected last


class _Overlay:
    """One record while judgements are laid over it."""

    def __init__(self, record: Record, judgements: list[Judgement]) -> None:
        self.record = record
        self.judgements = judgements
        self.finder = Finder(record)
        self.sheet = Sheet(record, self.finder)
        self.cases: dict[str, _Case] = {}
        self.of: dict[str, str] = {}  # judgement's id: statement's
        self.unfit: dict[str, str] = {}  # judgement's id: why
        self.split: dict[str, str] = {}  # entity's id: person's

    def lay(self) -> Judged:
        for judgement in self.judgements:
            self._take(judgement)
        rejected = {name for name, case in self.cases.items() if self._is_rejected(case)}
        corrected = {name: self._correct(case) for name, case in self.cases.items() if name not in rejected}
        self._correct_kinds(corrected)
        own = [s for s in self.record.statements if s.statement_id not in rejected]
        statements = tuple(self._finish(one, corrected, rejected) for one in own)
        record = dataclasses.replace(
            self.record,
            statements=statements,
            entities=tuple(self.sheet.entities.values()),
            places=tuple(self.sheet.places.values()),
        )
        return Judged(
            record=record,
            statuses=tuple(filter(None, (self._status_of(s) for s in statements))),
            rejected=tuple(s for s in self.record.statements if s.statement_id in rejected),
            person_ids=_list_persons(record, self.split),
            unfit=tuple(
                Unfit(judgement=j, reason=self.unfit[j.judgement_id])
                for j in self.judgements
                if j.judgement_id in self.unfit
            ),
        )

    def _take(self, judgement: Judgement) -> None:
        """Puts a judgement to what it is of."""
        try:
            if judgement.target is None:
                raise Misfit("It does not say what it is of.")
            if judgement.kind == "split":
                self._take_split(judgement)
                return
            statement = self.finder.find_statement(judgement.target)
            if judgement.kind == "correct" and judgement.correction is None:
                raise Misfit("It does not say how it should be.")
            case = self.cases.setdefault(statement.statement_id, _Case(statement))
            case.of_it.append(judgement)
            self.of[judgement.judgement_id] = statement.statement_id
        except Misfit as misfit:
            self.unfit[judgement.judgement_id] = str(misfit)

    def _take_split(self, judgement: Judgement) -> None:
        assert judgement.target is not None  # looked at before
        if len(judgement.people) != 2:
            raise Misfit("It does not say who is split from whom.")
        entity = self.finder.find_entity(judgement.target, judgement.people[1])
        self.split[entity.entity_id] = split_person_id_of(judgement.people[1])

    def _is_rejected(self, case: _Case) -> bool:
        """Whether the last who accepted or rejected the statement, as it is now, rejected it."""
        last: Judgement | None = None
        for judgement in case.of_it:
            if judgement.kind == "correct":
                continue
            if self._is_of_speaker(judgement, case):
                last = judgement
            else:
                was = _name_in(judgement) or "unknown"
                now = case.statement.speaker.name if case.statement.speaker else "unknown"
                self.unfit[judgement.judgement_id] = (
                    f"The article was read anew: its speaker was “{was:.80}”, and is “{now:.80}” now."
                )
        return last is not None and last.kind == "reject"

    def _is_of_speaker(self, judgement: Judgement, case: _Case) -> bool:
        """Whether the speaker is who it was when somebody accepted or rejected the statement."""
        pinned = judgement.correction
        if pinned is None or pinned.field != "speaker":
            return True
        others = [j.correction for j in case.of_it if j.correction and j.kind == "correct"]
        speakers = [one for one in others if one.field == "speaker"]
        name = fold_name(_name_in(judgement))
        if any(fold_name(" ".join(one.words[:1])) == name for one in speakers):
            return True
        speaker = case.statement.speaker
        if speaker is None or not pinned.spans:
            return speaker is None and not pinned.spans and pinned.value is None
        return pinned.value == speaker.entity_id or name == fold_name(speaker.name)

    def _correct(self, case: _Case) -> Statement:
        """The statement with the last correction of each field that can be made."""
        statement = case.statement
        for name in CORRECTED_FIELDS:
            wanted = [j for j in case.of_it if j.correction and j.correction.field == name]
            for judgement in reversed([j for j in wanted if j.kind == "correct" and name != "speaker_kind"]):
                try:
                    statement = self._correct_one(statement, judgement)
                except Misfit as misfit:
                    self.unfit[judgement.judgement_id] = str(misfit)
                    continue
                self._note(case, judgement)
                break
        return statement

    def _correct_one(self, statement: Statement, judgement: Judgement) -> Statement:
        assert judgement.correction is not None  # taken only with one
        assert judgement.target is not None
        shift = shift_between(judgement.target, self.finder.statements[statement.statement_id])
        origin = _origin_of(judgement, (judgement.correction.field,))
        return correct_field(statement, judgement.correction, self.sheet, origin=origin, shift=shift)

    def _correct_kinds(self, corrected: dict[str, Statement]) -> None:
        """Gives speakers the kinds that people said they are: the last of all statements of each stands."""
        for judgement in self.judgements:
            correction = judgement.correction
            if judgement.kind != "correct" or correction is None or correction.field != "speaker_kind":
                continue
            name = self.of.get(judgement.judgement_id, "")
            if name not in corrected:
                continue
            speaker = corrected[name].speaker
            try:
                if speaker is None:
                    raise Misfit("The statement has no speaker now whose kind it could be.")
                entity = self.sheet.entities[speaker.entity_id]
                origin = _origin_of(judgement, (correction.field,))
                self.sheet.entities[entity.entity_id] = correct_kind(entity, correction, origin)
                self._note(self.cases[name], judgement)
            except Misfit as misfit:
                self.unfit[judgement.judgement_id] = str(misfit)

    def _note(self, case: _Case, judgement: Judgement) -> None:
        """Remembers that a correction was made, and by whom the last was."""
        assert judgement.correction is not None
        if judgement.correction.field not in case.fields:
            case.fields.append(judgement.correction.field)
        if case.by is None or case.of_it.index(judgement) > case.of_it.index(case.by):
            case.by = judgement

    def _finish(self, one: Statement, corrected: dict[str, Statement], rejected: set[str]) -> Statement:
        """The statement with whoever corrected it as its origin, and within what still holds it."""
        statement = corrected.get(one.statement_id, one)
        case = self.cases.get(one.statement_id)
        if case and case.by:
            ordered = tuple(name for name in CORRECTED_FIELDS if name in case.fields)
            statement = dataclasses.replace(statement, origin=_origin_of(case.by, ordered))
        if one.within is None or self._still_holds(one, statement, corrected, rejected):
            return statement
        unknowns = tuple(u for u in statement.unknowns if u.field != "within")
        unknowns = (*unknowns, Unknown(field="within", reason=NOT_WITHIN))
        return dataclasses.replace(statement, within=None, unknowns=unknowns)

    def _still_holds(
        self, one: Statement, statement: Statement, corrected: dict[str, Statement], rejected: set[str]
    ) -> bool:
        """Whether the statement that held this one does so still."""
        assert one.within is not None
        if one.within in rejected:
            return False
        before = self.finder.statements.get(one.within)
        outer = corrected.get(one.within, before)
        if (
            before is None
            or outer is None
            or (outer.content, statement.content) == (before.content, one.content)
        ):
            return True
        return all(is_within(span, outer.content) for span in statement.content)

    def _status_of(self, statement: Statement) -> Status | None:
        """What people made of a statement, None where nobody judged it."""
        case = self.cases.get(statement.statement_id)
        counted = [j for j in case.of_it if j.judgement_id not in self.unfit] if case else []
        if not case or not counted:
            return None
        last = counted[-1]
        return Status(
            statement_id=statement.statement_id,
            kind="corrected" if case.by else "accepted",
            by=last.by,
            made_at=last.made_at,
            judgement_ids=tuple(j.judgement_id for j in counted),
        )


def _origin_of(judgement: Judgement, fields: tuple[str, ...]) -> Origin:
    """Whoever judged, as where a value came from."""
    rules = tuple(f"corrected/{name}" for name in fields)
    return Origin(kind="given", name=judgement.by, version=judgement.judgement_id, rules=rules)


def _name_in(judgement: Judgement) -> str:
    """The name of the speaker that a judgement holds, empty where it was unknown."""
    words = judgement.correction.words if judgement.correction else ()
    return " ".join(" ".join(words[:1]).split())


def _list_persons(record: Record, split: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The persons that the entities are, by their names or as somebody split them."""
    if not record.entities:
        return ()
    capture_id = capture_id_of(record.capture)
    return tuple(
        (e.entity_id, split.get(e.entity_id) or person_id_in(capture_id, e)) for e in record.entities
    )
