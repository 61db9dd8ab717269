"""Times of an article: what is found, joined, counted and left unknown."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.found import FoundTime
from onrecord.extract.page import Page
from onrecord.extract.times import join_found, make_times
from onrecord.record import Moment, Origin, TimeValue, time_id_of
from tests.factories import span_of

GIVEN = Origin(kind="given", name="test", version="1")
PUBLISHED = Moment(
    value="2024-03-20T15:02+01:00", precision="minute", zone="CET", raw="", span=None, origin=GIVEN
)


def page_of(*paragraphs: str) -> Page:
    text = "\n\n".join(paragraphs)
    bounds, at = [], 0
    for paragraph in paragraphs:
        bounds.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Page(text, bounds)


def found_at(page: Page, words: str, *, after: int = 0) -> FoundTime:
    return FoundTime(span=span_of(page.text, words, after=after), kind="date", sureness=0.9)


def times_of(page: Page, *, published: Moment | None = PUBLISHED, **options: object) -> tuple[TimeValue, ...]:
    return make_times("a1", page, join_found(page, ()), published=published, **options)  # type: ignore[arg-type]


def test_each_expression_becomes_a_value_with_its_words_and_place() -> None:
    page = page_of("The board met on March 5. It will vote next week.")
    times = times_of(page)
    assert [(t.text, t.timex_value) for t in times] == [("March 5", "2024-03-05"), ("next week", "2024-W13")]
    assert all(t.span.of(page.text) == t.text and t.time_id == time_id_of("a1", t.span) for t in times)


def test_the_anchor_of_a_relative_expression_is_the_publication() -> None:
    (time,) = times_of(page_of("The board met yesterday."))
    assert time.anchor is not None
    assert (time.anchor.kind, time.anchor.value) == ("published_at", PUBLISHED.value)


def test_a_dateline_with_its_day_is_the_anchor_before_the_publication() -> None:
    dateline = Moment(value="2024-03-18", precision="day", zone=None, raw="", span=None, origin=GIVEN)
    (time,) = times_of(page_of("The board met yesterday."), dateline=dateline)
    assert time.timex_value == "2024-03-17"
    assert time.anchor is not None
    assert time.anchor.kind == "dateline"


def test_an_absolute_expression_has_no_anchor() -> None:
    (time,) = times_of(page_of("The board met on March 5, 2019."))
    assert time.anchor is None


def test_an_expression_counted_from_another_names_that_one() -> None:
    page = page_of("It opened on March 5, 2019. Two days later it closed.")
    opened, closed = times_of(page)
    assert closed.timex_value == "2019-03-07"
    assert closed.anchor is not None
    assert (closed.anchor.kind, closed.anchor.span) == ("expression", opened.span)


def test_a_comparison_is_no_ground_to_count_from() -> None:
    page = page_of(
        "In the third quarter of 2023 sales rose. A year earlier they fell. That quarter was cold."
    )
    assert [t.timex_value for t in times_of(page)] == ["2023-Q3", "2022-Q3", "2023-Q3"]


def test_without_any_anchor_relative_expressions_are_unknown_and_say_why() -> None:
    page = page_of("The board met on Tuesday.")
    (time,) = times_of(page, published=None)
    assert (time.timex_value, time.start, time.end, time.edtf) == (None, None, None, None)
    assert [u.field for u in time.unknowns] == ["timex_value"]
    assert "no moment of publication" in time.unknowns[0].reason


def test_a_publication_known_to_the_month_alone_is_no_anchor_for_a_day() -> None:
    month = Moment(value="2024-03", precision="month", zone=None, raw="", span=None, origin=GIVEN)
    (time,) = times_of(page_of("The board met on Tuesday."), published=month)
    assert time.timex_value is None


def test_recent_months_are_open_to_the_past_and_end_at_the_anchor() -> None:
    (time,) = times_of(page_of("Prices have risen in recent months."))
    assert (time.start, time.end, time.precision, time.edtf) == (None, "2024-03-20", "vague", "/2024-03-20")


def test_a_time_told_by_an_event_is_kept_with_the_reason() -> None:
    page = page_of("Prices rose shortly after the end of the strike.")
    (time,) = times_of(page)
    assert time.text == "shortly after the end of the strike"
    assert time.timex_value is None
    assert "event" in time.unknowns[0].reason


def test_at_the_time_refers_to_the_past_without_bounds() -> None:
    page = page_of("He was mayor at the time.")
    (time,) = make_times("a1", page, [found_at(page, "at the time")], published=PUBLISHED)
    assert (time.timex_value, time.start, time.end) == ("PAST_REF", None, None)
    assert [u.field for u in time.unknowns] == ["start"]


def test_the_rule_is_named_in_the_origin() -> None:
    (time,) = times_of(page_of("The board met last week."))
    assert (time.origin.kind, time.origin.name) == ("rule", "times/turn_unit")


def test_the_models_expression_that_no_rule_knows_is_kept_unknown() -> None:
    page = page_of("They meet once in a blue moon this side of May.")
    (time,) = make_times("a1", page, [found_at(page, "a blue moon")], published=PUBLISHED)
    assert time.timex_value is None
    assert time.unknowns


def test_joining_adds_what_only_a_sure_rule_found() -> None:
    page = page_of("On March 5 the board met, and now it meets on Fridays.")
    joined = join_found(page, [found_at(page, "now")])
    assert [f.span.of(page.text) for f in joined] == ["March 5", "now"]


def test_joining_gives_a_clipped_expression_the_edges_of_the_rule() -> None:
    page = page_of("The board met on March 5, 2019.")
    (one,) = join_found(page, [found_at(page, "March 5")])
    assert one.span.of(page.text) == "March 5, 2019"


def test_joining_drops_what_holds_no_word_of_time() -> None:
    page = page_of("The Courier reported on the harbour.")
    assert join_found(page, [found_at(page, "Courier")]) == ()


def test_joining_leaves_no_two_that_overlap() -> None:
    page = page_of("The board met early next week on Tuesday morning.")
    joined = join_found(page, [found_at(page, "next week on Tuesday"), found_at(page, "Tuesday morning")])
    assert all(not a.span.overlaps(b.span) for a, b in pairwise(joined))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 299), st.integers(1, 30)), max_size=5))
def test_no_text_and_no_spans_raise(text: str, places: list[tuple[int, int]]) -> None:
    page = Page(text, [(0, len(text))])
    found = [
        FoundTime(span=span_of(text, text[at : at + length], after=at), kind="date", sureness=0.5)
        for at, length in places
        if at + length <= len(text)
    ]
    times = make_times("a1", page, join_found(page, found), published=PUBLISHED)
    assert list(times) == sorted(times, key=lambda t: t.span)
    assert all(t.timex_value is not None or t.unknowns for t in times)


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_ends_of_the_calendar_raise_nothing(year: str) -> None:
    edge = Moment(value=f"{year}-01-01", precision="day", zone=None, raw="", span=None, origin=GIVEN)
    page = page_of("Two thousand years ago, last century, next decade, in 20,000 years and next week.")
    for time in times_of(page, published=edge):
        assert time.timex_value or time.unknowns


@pytest.mark.parametrize(
    ("words", "kind", "value", "start"),
    [
        ("recent months", "duration", "PXM", None),
        ("recent months", "date", "PAST_REF", None),
        ("the past decade", "duration", "P10Y", "2014-03-20"),
        ("the past decade", "date", "201", "2010-01-01"),
    ],
)
def test_what_the_model_takes_an_expression_for_decides_between_its_readings(
    words: str, kind: str, value: str, start: str | None
) -> None:
    page = page_of(f"Prices have risen over {words}.")
    found = FoundTime(span=span_of(page.text, words), kind=kind, sureness=0.9)  # type: ignore[arg-type]
    (time,) = make_times("a1", page, [found], published=PUBLISHED)
    assert (time.kind, time.timex_value, time.start) == (kind, value, start)
