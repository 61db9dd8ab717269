"""Where statements were made: told by their sentence, or going on from the one before."""

from onrecord.extract.page import Page
from onrecord.extract.said_in import add_said_in
from onrecord.record import (
    Confidence,
    Origin,
    PlaceUse,
    PlaceValue,
    Span,
    Statement,
    place_id_of,
    statement_id_of,
)

RULE = Origin(kind="rule", name="test", version="1")


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start_char=start, end_char=start + len(words))


def make_statement(text: str, content: str, cue: str, source: str) -> Statement:
    parts = [(span_of(text, words),) for words in (content, cue, source)]
    return Statement(
        statement_id=statement_id_of("a", *parts), article_id="a", content=parts[0], cue=parts[1],
        source=parts[2], form="indirect", mode="said", speaker=None, chain=(), origin=RULE,
        confidence=Confidence(statement=1, content=1, cue=1, source=1),
    )  # fmt: skip


def make_place(text: str, words: str, use: PlaceUse = "place") -> PlaceValue:
    span = span_of(text, words)
    return PlaceValue(
        place_id=place_id_of("a", span), article_id="a", text=words, span=span, use=use, origin=RULE
    )


def told(text: str, places: list[PlaceValue], *statements: Statement) -> list[str | None]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    found = add_said_in(statements, places, Page(text, lines))
    return [s.said_in.text if s.said_in else None for s in found]


def told_once(
    text: str, place: str, content: str, cue: str, source: str, use: PlaceUse = "place"
) -> str | None:
    return told(text, [make_place(text, place, use)], make_statement(text, content, cue, source))[0]


def test_a_scene_that_opens_the_sentence_tells():
    text = "During a meeting with the guards in the Old Palace, Vance declared that the bridge was safe."
    assert told_once(text, "Old Palace", "that the bridge was safe", "declared", "Vance") == "the Old Palace"


def test_a_place_right_behind_the_cue_tells():
    text = "The bridge is safe, Vance said on Monday in Beltown."
    assert told_once(text, "Beltown", "The bridge is safe", "said", "Vance") == "Beltown"


def test_an_occasion_that_is_named_by_its_place_tells():
    text = "Vance told a crowd at a Beltown rally that the bridge was safe."
    place = make_place(text, "Beltown", "modifier")
    statement = make_statement(text, "that the bridge was safe", "told", "Vance")
    assert told(text, [place], statement) == ["Beltown"]


def test_a_place_inside_the_content_is_what_was_spoken_of():
    text = "Vance said that a rally in Beltown was safe."
    assert told_once(text, "Beltown", "that a rally in Beltown was safe", "said", "Vance") is None


def test_a_place_inside_the_source_is_where_that_is_from():
    text = "Residents in Beltown said the bridge was safe."
    assert told_once(text, "Beltown", "the bridge was safe", "said", "Residents in Beltown") is None


def test_a_government_is_not_where_something_was_said():
    text = "In talks with Beltown, Vance said the bridge was safe."
    assert told_once(text, "Beltown", "the bridge was safe", "said", "Vance", "government") is None


def test_the_next_sentence_goes_on_in_the_same_place_and_no_further():
    text = "Speaking at a rally in Beltown, Vance said it was safe. He promised a ferry. He praised the town."
    statements = [
        make_statement(text, "it was safe", "said", "Vance"),
        make_statement(text, "a ferry", "promised", "He"),
    ]
    last = text.rindex("He")
    third = Statement(
        statement_id="third", article_id="a", content=(span_of(text, "the town"),),
        cue=(span_of(text, "praised"),), source=(Span(start_char=last, end_char=last + 2),),
        form="indirect", mode="said", speaker=None, chain=(), origin=RULE,
        confidence=Confidence(statement=1, content=1, cue=1, source=1),
    )  # fmt: skip
    assert told(text, [make_place(text, "Beltown")], *statements, third) == ["Beltown", "Beltown", None]


def test_a_new_paragraph_is_a_new_scene():
    text = "Speaking at a rally in Beltown, Vance said the bridge was safe.\nHe promised a ferry."
    statements = [
        make_statement(text, "the bridge was safe", "said", "Vance"),
        make_statement(text, "a ferry", "promised", "He"),
    ]
    assert told(text, [make_place(text, "Beltown")], *statements) == ["Beltown", None]


def test_another_speaker_is_not_taken_to_be_there():
    text = "Speaking at a rally in Beltown, Vance said the bridge was safe. Orr promised a ferry."
    statements = [
        make_statement(text, "the bridge was safe", "said", "Vance"),
        make_statement(text, "a ferry", "promised", "Orr"),
    ]
    assert told(text, [make_place(text, "Beltown")], *statements) == ["Beltown", None]


def test_what_the_article_does_not_tell_is_unknown_with_the_reason():
    text = "Vance said the bridge was safe."
    statement = make_statement(text, "the bridge was safe", "said", "Vance")
    (found,) = add_said_in([statement], [], Page(text, [(0, len(text))]))
    assert found.said_in is None
    assert [(u.field, u.reason) for u in found.unknowns] == [
        ("said_in", "The article does not tell where this was said.")
    ]
