"""Judgements made by hand for the tests: of any statement of a record, by an invented editor."""

import dataclasses
from itertools import count

from onrecord.record import (
    Correction,
    GazetteerEntry,
    Judgement,
    Target,
    capture_id_of,
    target_of,
)
from tests.factories import span_of

NUMBERS = count(1)
BELTOWN = GazetteerEntry(
    entry_id="geonames:9", name="Beltown", kind="settlement", country="XT", latitude=1.0, longitude=2.0
)


def judge(kind, record=None, statement=None, *, day=1, by="Ilka Stern", **fields):
    """A judgement on a statement of a record, made on a day of May 2031."""
    target = None
    if statement is not None:
        target = target_of(statement, record.article.text, capture_id_of(record.capture))
    number = next(NUMBERS)
    values = {
        "judgement_id": f"judgement-{number:04}",
        "kind": kind,
        "by": by,
        "made_at": f"2031-05-{day:02}T10:00:00+00:00",
        "target": target,
    }
    return Judgement(**(values | fields))


def correct(record, statement, field, *parts, after=0, day=1, **values):
    """A correction; `parts` are the right words, found in the text behind a character."""
    text = record.article.text
    spans = tuple(span_of(text, part, after=after) for part in parts)
    correction = Correction(field=field, spans=spans, words=parts, **values)
    return judge("correct", record, statement, day=day, correction=correction)


def split(record, entity, *, day=1):
    """That an entity is not who its name says."""
    target = Target(
        article_id=record.article.article_id,
        capture_id=capture_id_of(record.capture),
        content=(entity.name_span,),
        words=(entity.name_span.of(record.article.text),),
    )
    return dataclasses.replace(
        judge("split", day=day), target=target, people=("person-of-its-name", entity.entity_id)
    )


def withdraw(judgement):
    """The same judgement, taken back."""
    return dataclasses.replace(judgement, withdrawn_at="2031-06-01T08:00:00Z", withdrawn_by="Ilka Stern")
