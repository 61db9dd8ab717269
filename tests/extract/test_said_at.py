"""When a statement was made: which rule tells, what carries on, and what is left unknown."""

from dataclasses import replace

import pytest

from onrecord.extract.page import Page
from onrecord.extract.said_at import add_said_at
from onrecord.extract.times import join_found, make_times
from onrecord.record import Moment, Origin, SaidAt, Statement
from tests.extract.test_times import page_of
from tests.factories import make_statement

GIVEN = Origin(kind="given", name="test", version="1")
PUBLISHED = Moment(value="2024-03-20", precision="day", zone=None, raw="", span=None, origin=GIVEN)


def date_statements(
    page: Page,
    statements: list[Statement],
    *,
    published: Moment | None = PUBLISHED,
    breaks: tuple[int, ...] = (),
) -> list[Statement]:
    times = make_times("a1", page, join_found(page, ()), published=published)
    return list(add_said_at(statements, times, page, published=published, breaks=breaks))


def date_one(text: str, content: str, cue: str, source: str | None = None, **options: object) -> Statement:
    page = page_of(text)
    (made,) = date_statements(page, [make_statement(text, [content], cue=cue, source=source)], **options)  # type: ignore[arg-type]
    return made


def same_speaker(statements: list[Statement]) -> list[Statement]:
    """The statements, all by the speaker of the first."""
    return [replace(s, speaker=statements[0].speaker) for s in statements]


def bounds(said_at: SaidAt | None) -> tuple[str | None, str | None] | None:
    return (said_at.start, said_at.end) if said_at else None


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Orr said on Monday that the bridge was safe.", "that the bridge was safe", "said", "Orr"),
        ("On Monday, Orr said the bridge was safe.", "the bridge was safe", "said", "Orr"),
        ("Orr on Monday said the bridge was safe.", "the bridge was safe", "said", "Orr"),
        ("“It is safe,” Orr told the Courier on Monday.", "“It is safe,”", "told", "Orr"),
        ("Speaking at a rally on Monday, Orr said it was safe.", "it was safe", "said", "Orr"),
        ("Orr said late Monday that it was safe.", "that it was safe", "said", "Orr"),
        ("The bridge is safe, Orr said in a speech on Monday.", "The bridge is safe,", "said", "Orr"),
    ],
)
def test_an_adverbial_of_the_cues_own_sentence_says_when(
    text: str, content: str, cue: str, source: str
) -> None:
    made = date_one(text, content, cue, source)
    assert made.said_at is not None
    assert (made.said_at.start, made.said_at.origin.name) == ("2024-03-18", "said_at/own_sentence")
    assert made.said_at.time_id


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Orr said the bridge closed on Monday.", "the bridge closed on Monday", "said", "Orr"),
        ("Orr, who resigned on Monday, said it was safe.", "it was safe", "said", "Orr"),
        ("Orr said after Monday's vote that it was safe.", "that it was safe", "said", "Orr"),
        ("Ahead of the vote of Monday Orr said it was safe.", "it was safe", "said", "Orr"),
        ("The 2016 winner Orr said it was safe.", "it was safe", "said", "Orr"),
        ("Orr, elected in 2019, said it was safe.", "it was safe", "said", "Orr"),
        ("Orr said every Friday that it was safe.", "that it was safe", "said", "Orr"),
        ("Before a vote planned for May 5, Orr said it was safe.", "it was safe", "said", "Orr"),
    ],
)
def test_a_time_of_something_else_does_not_say_when(text: str, content: str, cue: str, source: str) -> None:
    made = date_one(text, content, cue, source)
    assert made.said_at is None
    assert [u.field for u in made.unknowns] == ["said_at"]


def test_the_scene_goes_on_with_the_same_speaker_until_a_section_begins() -> None:
    page = page_of(
        "During a meeting with farmers on March 5th in Beltown, Orr declared that taxes would fall."
        " He promised help.",
        "“We will do it,” the mayor said.",
        "Later Orr praised the farmers.",
    )
    text = page.text
    statements = same_speaker(
        [
            make_statement(text, ["that taxes would fall"], cue="declared", source="Orr"),
            make_statement(text, ["help"], cue="promised", source="He"),
            make_statement(text, ["“We will do it,”"], cue="said", source="the mayor", form="direct"),
            make_statement(text, ["the farmers"], cue="praised", source="Orr", after=text.index("Later")),
        ]
    )
    made = date_statements(page, statements, breaks=(text.index("Later"),))
    assert [bounds(s.said_at) for s in made] == [("2024-03-05", "2024-03-05")] * 3 + [None]
    assert [s.said_at.origin.name for s in made if s.said_at] == [
        "said_at/own_sentence", "said_at/same_scene", "said_at/same_scene",
    ]  # fmt: skip


def test_the_scene_is_not_another_speakers() -> None:
    page = page_of("On March 5, Orr said it was safe.", "“It is not,” Ms. Vane said.")
    statements = [
        make_statement(page.text, ["it was safe"], cue="said", source="Orr"),
        make_statement(page.text, ["“It is not,”"], cue="said", source="Ms. Vane", after=30, form="direct"),
    ]
    assert [bounds(s.said_at) for s in date_statements(page, statements)] == [
        ("2024-03-05", "2024-03-05"),
        None,
    ]


def test_the_scene_ends_where_another_day_is_told() -> None:
    page = page_of("On March 5, Orr said it was safe.", "The bridge closed on March 9. Orr said it was old.")
    statements = same_speaker(
        [
            make_statement(page.text, ["it was safe"], cue="said", source="Orr"),
            make_statement(page.text, ["it was old"], cue="said", source="Orr", after=40),
        ]
    )
    assert date_statements(page, statements)[1].said_at is None


def test_a_coarse_time_holds_for_the_quotation_that_follows_at_once_and_no_further() -> None:
    page = page_of(
        "Earlier in March, Orr suggested that the bridge might close.",
        "“It may close,” he said. Orr explained that it was old.",
    )
    statements = same_speaker(
        [
            make_statement(page.text, ["that the bridge might close"], cue="suggested", source="Orr"),
            make_statement(page.text, ["“It may close,”"], cue="said", source="he", after=50, form="direct"),
            make_statement(page.text, ["that it was old"], cue="explained", source="Orr", after=70),
        ]
    )
    made = date_statements(page, statements)
    assert [bounds(s.said_at) for s in made] == [("2024-03-01", "2024-03-20")] * 2 + [None]
    assert made[1].said_at is not None
    assert made[1].said_at.origin.name == "said_at/quoted_next"


def test_two_cues_of_one_sentence_share_its_time() -> None:
    text = "Orr said on Monday it was safe, adding that it was old."
    statements = same_speaker(
        [
            make_statement(text, ["it was safe"], cue="said", source="Orr"),
            make_statement(text, ["that it was old"], cue="adding", source="Orr"),
        ]
    )
    made = date_statements(page_of(text), statements)
    assert [s.said_at.origin.name for s in made if s.said_at] == [
        "said_at/own_sentence", "said_at/same_sentence",
    ]  # fmt: skip


def test_an_occasion_told_in_the_sentence_before_dates_what_he_said() -> None:
    text = "Orr met the council on Monday. He said it was safe."
    page = page_of(text)
    (made,) = date_statements(page, [make_statement(text, ["it was safe"], cue="said", source="He")])
    assert made.said_at is not None
    assert (made.said_at.start, made.said_at.origin.name) == ("2024-03-18", "said_at/sentence_before")


def test_a_cue_that_says_now_is_dated_by_the_publication() -> None:
    made = date_one("Orr is calling for a new bridge.", "for a new bridge", "is calling", "Orr")
    assert made.said_at is not None
    assert bounds(made.said_at) == ("2024-03-20", "2024-03-20")
    assert (made.said_at.time_id, made.said_at.origin.name) == (None, "said_at/present_cue")


def test_a_plain_cue_is_not_dated_by_the_publication() -> None:
    made = date_one("Orr said it was safe.", "it was safe", "said", "Orr")
    assert made.said_at is None
    assert "Neither its own sentence" in made.unknowns[0].reason


def test_a_time_that_cannot_be_computed_gives_the_reason_and_no_scene() -> None:
    made = date_one("Orr said on Monday it was safe.", "it was safe", "said", "Orr", published=None)
    assert made.said_at is None
    assert made.unknowns


def test_an_earlier_reason_is_replaced_and_others_are_kept() -> None:
    once = date_one("Orr said it was safe.", "it was safe", "said", "Orr")
    page = page_of("Orr said it was safe.")
    (twice,) = date_statements(page, [once])
    assert twice.unknowns == once.unknowns


def test_statements_come_back_in_the_order_they_were_given() -> None:
    page = page_of("On March 5, Orr said it was safe.", "Orr said it was old.")
    statements = same_speaker(
        [
            make_statement(page.text, ["it was old"], cue="said", source="Orr", after=35),
            make_statement(page.text, ["it was safe"], cue="said", source="Orr"),
        ]
    )
    statements[0] = replace(statements[0], speaker=statements[1].speaker)
    made = date_statements(page, statements)
    assert [s.statement_id for s in made] == [s.statement_id for s in statements]
    assert made[0].said_at is not None
