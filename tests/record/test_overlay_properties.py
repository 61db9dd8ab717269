"""Whatever people judge, in any order: ids hold, spans lie in the text, and taking all back gives it back."""

import dataclasses
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.record import (
    CORRECTED_FIELDS,
    JUDGEMENT_KINDS,
    Correction,
    Judgement,
    Span,
    Target,
    capture_id_of,
    iter_spans,
    lay_over,
)
from onrecord.record.references import broken_references
from tests.record.judging import BELTOWN, withdraw
from tests.record.random_records import Drawer, any_records

VALUES = (
    "said",
    "thinks",
    "person",
    "group",
    "2031-05",
    "../2031",
    "20XX",
    "2031-02-30",
    "",
    "\x00",
    "\ud800",
)


def draw_judgements(record, seed):
    """Judgements that anybody could have made of this record, and some that nobody should."""
    chance = Random(seed)
    return [draw_judgement(record, chance, number) for number in range(chance.randint(1, 12))]


def draw_judgement(record, chance, number):
    kind = chance.choice(JUDGEMENT_KINDS)
    return Judgement(
        judgement_id=f"judgement-{number}",
        kind=kind,
        by=chance.choice(["Ilka Stern", "", "\x1b[31m"]),
        made_at=chance.choice(["2031-05-01T10:00:00Z", "2031-05-02T10:00:00+09:00", "2031-05-01", "soon"]),
        target=chance.choice([None, *[draw_target(record, chance) for _ in range(9)]]),
        correction=draw_correction(record, chance) if chance.random() < 0.9 else None,
        people=tuple(chance.sample(["person-x", *(e.entity_id for e in record.entities)], 1) * 2),
    )


def draw_target(record, chance):
    own = chance.choice(record.statements) if record.statements else None
    content = own.content if own and chance.random() < 0.8 else draw_spans(record, chance)
    return Target(
        statement_id=own.statement_id if own and chance.random() < 0.7 else None,
        article_id=chance.choice([record.article.article_id, own.article_id if own else "article-x"]),
        capture_id=chance.choice([capture_id_of(record.capture), "capture-x"]),
        content=content,
        words=tuple(span.of(record.article.text) for span in content),
    )


def draw_spans(record, chance):
    length = len(record.article.text)
    spans = [sorted(chance.sample(range(length + 3), 2)) for _ in range(chance.randint(0, 2))]
    return tuple(Span(start_char=low, end_char=high) for low, high in spans)


def draw_correction(record, chance):
    spans = draw_spans(record, chance)
    words = tuple(span.of(record.article.text) for span in spans)
    ids = [e.entity_id for e in record.entities] + [p.place_id for p in record.places]
    return Correction(
        field=chance.choice(CORRECTED_FIELDS),
        spans=spans,
        words=words if chance.random() < 0.9 else ("no such words",),
        value=chance.choice([None, *VALUES, *ids]),
        entry=chance.choice([None, None, BELTOWN]),
    )


@settings(max_examples=300, deadline=None)
@given(any_records(), st.integers(0, 2**32))
def test_no_judgements_break_a_reference_or_a_span(record, seed):
    judged = lay_over(record, draw_judgements(record, seed))
    assert list(broken_references(judged.record)) == list(broken_references(record)) == []
    length = len(record.article.text)
    assert all(span.end_char <= length for span in iter_spans(judged.record.statements))
    texts = [(m.span.of(record.article.text), m.text) for e in judged.record.entities for m in e.mentions]
    assert all(held == said for held, said in texts)


@settings(max_examples=200, deadline=None)
@given(any_records(), st.integers(0, 2**32))
def test_every_standing_judgement_of_a_statement_counts_or_is_unfit_or_was_overruled(record, seed):
    judgements = [j for j in draw_judgements(record, seed) if j.kind in {"accept", "correct"}]
    judged = lay_over(record, judgements)
    counted = [name for status in judged.statuses for name in status.judgement_ids]
    assert sorted([*counted, *(one.judgement.judgement_id for one in judged.unfit)]) == sorted(
        j.judgement_id for j in judgements
    )


@settings(max_examples=100, deadline=None)
@given(any_records(), st.integers(0, 2**32))
def test_withdrawing_all_judgements_gives_the_record_back(record, seed):
    judgements = draw_judgements(record, seed)
    assert lay_over(record, [withdraw(j) for j in judgements]) == lay_over(record, ())


@settings(max_examples=100, deadline=None)
@given(any_records(), st.integers(0, 2**32), st.randoms())
def test_the_order_in_which_judgements_of_different_moments_are_given_changes_nothing(record, seed, shuffle):
    drawn = draw_judgements(record, seed)
    timed = [dataclasses.replace(j, made_at=f"2031-05-{n + 1:02}T00:00Z") for n, j in enumerate(drawn)]
    shuffled = timed[:]
    shuffle.shuffle(shuffled)
    assert lay_over(record, shuffled) == lay_over(record, timed)


def test_the_drawn_judgements_reach_every_outcome():
    seen = set()
    for seed in range(150):
        record = Drawer(Random(seed)).record()
        judged = lay_over(record, draw_judgements(record, seed))
        seen |= {status.kind for status in judged.statuses}
        seen |= {"rejected"} if judged.rejected else set()
        seen |= {"unfit"} if judged.unfit else set()
        seen |= {"entity"} if len(judged.record.entities) > len(record.entities) else set()
        seen |= {"place"} if len(judged.record.places) > len(record.places) else set()
    assert seen == {"accepted", "corrected", "rejected", "unfit", "entity", "place"}
