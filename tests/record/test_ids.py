"""Ids depend on content alone, and on all of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Span, content_id, statement_id_of


def test_the_same_fields_give_the_same_id_on_every_run():
    assert content_id("statement", "a", "b") == "statement-" + "4702bff6bab49d3aeecade69571506de"


@given(st.lists(st.text(max_size=4), max_size=3), st.lists(st.text(max_size=4), max_size=3))
def test_other_fields_give_another_id(first, second):
    assert (content_id("x", *first) == content_id("x", *second)) == (first == second)


def test_a_statement_id_tells_source_from_cue():
    one, two = (Span(start_char=0, end_char=3),), (Span(start_char=4, end_char=8),)
    assert statement_id_of("a", (), one, two) != statement_id_of("a", (), two, one)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_a_span_that_is_none_cannot_be_made(start, end):
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start_char=start, end_char=end)


def test_spans_that_only_touch_do_not_overlap():
    assert not Span(start_char=0, end_char=3).overlaps(Span(start_char=3, end_char=5))
    assert Span(start_char=0, end_char=4).overlaps(Span(start_char=3, end_char=5))
