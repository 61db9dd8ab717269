"""When a phrase that was read is a gold mention, and when it names an entity."""

import pytest

from eval.sayings import (
    GoldEntity,
    GoldMention,
    find_head,
    is_named,
    is_same_mention,
    tell_form,
    trim_marks,
)
from onrecord.record import Span

TEXT = "Vale Works head, Mara Quill, spoke. The head of Vale Works said Quill and her mayor agreed."


def span(part, text=TEXT):
    start = text.index(part)
    return Span(start_char=start, end_char=start + len(part))


def gold(part, head, form):
    own = span(part)
    start = TEXT.index(head, own.start_char)
    return GoldMention(span=own, head=Span(start_char=start, end_char=start + len(head)), form=form)


WHOLE = gold("Vale Works head, Mara Quill", "head", "name")
NAME = gold("Mara Quill", "Quill", "name")
ROLE = gold("The head of Vale Works", "head", "nominal")
QUILL = GoldEntity(entity_id="1", name="Mara Quill", kind="person", mentions=(WHOLE, NAME, ROLE))


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("the mayor of Beltown", "mayor"),
        ("Beltown's mayor", "mayor"),
        ("Beltown's", "Beltown"),
        ("Mara Quill, the mayor", "Quill"),
        ("Mara Quill (37)", "Quill"),
        ("those who stayed", "those"),
        ("who", "who"),
        ("Quay & Sons Inc.", "Inc"),
        ("Mara Quill and Ondrej Vale", "and"),
        ("the heads of Quay and Vale", "heads"),
        ("…", "…"),
    ],
)
def test_the_head_is_the_last_word_before_what_follows_heads(words, head):
    assert find_head(words, Span(start_char=0, end_char=len(words))).of(words) == head


@pytest.mark.parametrize(
    ("words", "form"),
    [("she", "pronoun"), ("Quill", "name"), ("mayor Mara Quill", "name"), ("the mayor", "nominal")],
)
def test_the_form_is_told_by_letters(words, form):
    assert tell_form(words) == form


def test_marks_at_the_ends_are_no_part_of_a_phrase():
    text = " “the Quay Inc.,” "
    assert trim_marks(text, Span(start_char=0, end_char=len(text))).of(text) == "the Quay Inc."
    assert trim_marks(" … ", Span(start_char=0, end_char=3)) == Span(start_char=0, end_char=3)


@pytest.mark.parametrize("read", ["Mara Quill", "Mara Quill,", "Quill,", "head, Mara Quill"])
def test_a_phrase_is_the_mention_whose_head_it_shares(read):
    mention = WHOLE if read.startswith("head") else NAME
    assert is_same_mention(TEXT, span(read), mention)


def test_a_phrase_that_holds_a_name_beside_its_head_is_not_that_name():
    name = gold("Vale Works said", "Works", "name")
    assert not is_same_mention(TEXT, span("The head of Vale Works"), name)


def test_of_naming_mentions_the_shortest_counts():
    assert QUILL.naming() == (NAME,)


def test_a_role_does_not_name_who_has_a_name():
    assert not is_named(TEXT, span("The head of Vale Works"), QUILL)
    assert not is_named(TEXT, span("Vale Works head"), QUILL)


@pytest.mark.parametrize("read", ["Mara Quill", "Vale Works head, Mara Quill,"])
def test_a_name_names_alone_and_within_a_larger_mention(read):
    assert is_named(TEXT, span(read), QUILL)


def test_a_clause_that_holds_a_name_does_not_name():
    assert not is_named(TEXT, span("Vale Works head, Mara Quill, spoke"), QUILL)


def test_who_has_no_name_is_named_by_any_mention():
    nameless = GoldEntity(entity_id="1", name="the head", kind="person", mentions=(ROLE,))
    assert is_named(TEXT, span("The head"), nameless)
    assert not is_named(TEXT, span("her mayor"), nameless)
