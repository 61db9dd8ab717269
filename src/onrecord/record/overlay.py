"""Judgements laid over a record: a record and what people said of it in, the record as judged out.

Nothing of the record itself is changed. A judgement that no longer fits is not guessed at: it comes back
in `unfit` with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.record.judgement import Judgement
from onrecord.record.record import Record
from onrecord.record.statement import Statement

StatusKind = Literal["accepted", "corrected"]


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
    """The record as these judgements make it; withdrawn ones count for nothing."""
    raise NotImplementedError
