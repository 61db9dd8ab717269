"""Judgements laid over a record: a record and what people said of it in, the record as judged out.

Nothing of the record itself is changed. A judgement that no longer fits is not guessed at: it comes back
in `unfit` with the reason.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, get_args

from onrecord.record.article import capture_id_of
from onrecord.record.corrected import Sheet, correct_field, correct_kind, is_within
from onrecord.record.judgement import CORRECTED_FIELDS, CorrectedField, Judgement, Target
from onrecord.record.person import fold_name, person_id_in, split_person_id_of
from onrecord.record.record import Record
from onrecord.record.refit import Finder, Misfit, letters_of, shift_between
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


def judgements_of(
    judged: Judged, statement_id: str, judgements: Sequence[Judgement]
) -> tuple[Judgement, ...]:
    """Those among these that are of a statement, withdrawn ones too, in the order given.

    Of a statement that was read anew since, they may have been made under another id.
    """
    status = next((one for one in judged.statuses if one.statement_id == statement_id), None)
    counted = frozenset(status.judgement_ids) if status else frozenset[str]()
    return tuple(
        one
        for one in judgements
        if one.judgement_id in counted or (one.target and one.target.statement_id == statement_id)
    )


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
        self.moved: dict[str, Statement] = {}  # id of a statement that was judged: where it is now
        self.unfit: dict[str, str] = {}  # judgement's id: why
        self.split: dict[str, str] = {}  # entity's id: person's

    def lay(self) -> Judged:
        for judgement in self.judgements:
            self._take(judgement)
        self._take_moved()
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
            if judgement.kind == "correct" and judgement.correction is None:
                raise Misfit("It does not say how it should be.")
            self._give(judgement, self._find_statement(judgement, judgement.target))
        except Misfit as misfit:
            self.unfit[judgement.judgement_id] = str(misfit)

    def _find_statement(self, judgement: Judgement, target: Target) -> Statement:
        """The statement that was judged, or the one that says what its content was corrected to."""
        try:
            return self.finder.find_statement(target)
        except Misfit:
            right = judgement.correction
            if judgement.kind != "correct" or right is None or right.field != "content" or not right.spans:
                raise
            corrected = dataclasses.replace(target, content=right.spans, words=right.words, statement_id=None)
            try:
                return self.finder.find_statement(corrected)
            except Misfit:
                pass
            raise

    def _give(self, judgement: Judgement, statement: Statement) -> None:
        case = self.cases.setdefault(statement.statement_id, _Case(statement))
        case.of_it.append(judgement)
        self.of[judgement.judgement_id] = statement.statement_id
        if judgement.target and judgement.target.statement_id:
            self.moved[judgement.target.statement_id] = statement

    def _take_moved(self) -> None:
        """Puts judgements that fit nothing themselves to where others of the same statement went."""
        for judgement in self.judgements:
            target = judgement.target
            if judgement.judgement_id not in self.unfit or target is None or judgement.kind == "split":
                continue
            statement = self.moved.get(target.statement_id or "")
            if statement is None or (judgement.kind == "correct" and judgement.correction is None):
                continue
            del self.unfit[judgement.judgement_id]
            self._give(judgement, statement)
            order = {id(j): n for n, j in enumerate(self.judgements)}
            self.cases[statement.statement_id].of_it.sort(key=lambda j: order[id(j)])

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
            if not self._is_of_speaker(judgement, case):
                was = _name_in(judgement) or "unknown"
                now = case.statement.speaker.name if case.statement.speaker else "unknown"
                self.unfit[judgement.judgement_id] = f"Its speaker was “{was:.80}”, and is “{now:.80}” now."
            elif judgement.kind == "accept" and not self._is_of_content(judgement, case):
                self.unfit[judgement.judgement_id] = "It accepted another content, which stands no more."
            else:
                last = judgement
        return last is not None and last.kind == "reject"

    def _is_of_content(self, judgement: Judgement, case: _Case) -> bool:
        """Whether the content that somebody accepted is the statement's, as read or as corrected."""
        text = self.record.article.text
        right = [j.correction.words for j in case.of_it if j.correction and _is_of(j, "content")]
        held = [tuple(span.of(text) for span in case.statement.content), *right]
        assert judgement.target is not None  # taken only with one
        return letters_of(judgement.target.words) in {letters_of(words) for words in held}

    def _is_of_speaker(self, judgement: Judgement, case: _Case) -> bool:
        """Whether the speaker is who it was when somebody accepted or rejected the statement."""
        pinned = judgement.correction
        if pinned is None or pinned.field != "speaker":
            return True
        speakers = [j.correction for j in case.of_it if j.correction and _is_of(j, "speaker")]
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
        for name in get_args(CorrectedField):
            if name == "speaker_kind":  # that of an entity: it may be said at any of its statements
                continue
            for judgement in reversed([j for j in case.of_it if _is_of(j, name)]):
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
            if correction is None or not _is_of(judgement, "speaker_kind"):
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


def _is_of(judgement: Judgement, name: CorrectedField) -> bool:
    """Whether a judgement corrects this field."""
    return (
        judgement.kind == "correct"
        and judgement.correction is not None
        and judgement.correction.field == name
    )


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
