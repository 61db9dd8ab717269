"""Which places some spans cover, and which of many lie within bounds."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.covered import Covered, those_within
from onrecord.extract.found import FoundTime
from onrecord.record import Span

spans = st.tuples(st.integers(0, 60), st.integers(1, 12)).map(
    lambda bounds: Span(start_char=bounds[0], end_char=bounds[0] + bounds[1])
)


@given(st.lists(spans, max_size=12), spans)
def test_a_span_touches_what_is_covered_where_it_shares_a_character_with_any(
    held: list[Span], asked: Span
) -> None:
    assert Covered(held).touches(asked) == any(span.overlaps(asked) for span in held)


@given(st.lists(spans, max_size=12), spans)
def test_spans_added_later_count_like_the_first(held: list[Span], asked: Span) -> None:
    grown = Covered()
    for span in held:
        grown.add(span)
    assert grown.touches(asked) == Covered(held).touches(asked)


@given(st.lists(spans, max_size=12), spans)
def test_those_within_bounds_are_those_that_share_a_character(held: list[Span], bounds: Span) -> None:
    apart: list[Span] = []
    for span in sorted(held):
        if not apart or span.start_char >= apart[-1].end_char:
            apart.append(span)
    placed = [FoundTime(span=span, kind="date", sureness=1.0) for span in apart]
    assert list(those_within(placed, bounds)) == [p for p in placed if p.span.overlaps(bounds)]
