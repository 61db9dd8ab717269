"""Who is one across articles by the name alone, and who is not."""

import dataclasses

import pytest

from onrecord.record import lay_over, person_id_of
from onrecord.record.person import is_full_name, person_id_in
from tests.factories import make_entity, make_mention, make_small_record, span_of


def person_of(name, capture_id="capture-1", *, kind="person", form="name"):
    text = f"{name} spoke."
    return person_id_in(
        capture_id, make_entity(text, [make_mention(text, span_of(text, name), form=form)], kind=kind)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilka Stern", "ILKA  STERN"),
        ("Zoë O’Hara", "Zoe O'Hara"),
        ("J. K. Marsten", "J K Marsten"),
        ("Ann Lee-Marsten", "Ann Lee Marsten"),
    ],
)
def test_spellings_of_one_full_name_are_one_person(one, other):
    assert person_of(one, "capture-1") == person_of(other, "capture-2") == person_id_of("person", one)


@pytest.mark.parametrize(
    "name", ["Marsten", "Mr Marsten", "President Marsten", "J. Marsten", "Dr. J. Marsten"]
)
def test_a_person_of_one_word_is_somebody_of_its_own_in_each_capture(name):
    assert not is_full_name("person", name)
    assert person_of(name, "capture-1") != person_of(name, "capture-2")
    assert person_of(name, "capture-1") == person_of(name, "capture-1")


@pytest.mark.parametrize("name", ["Ann Marsten", "J. K. Marsten", "Malcolm X", "Dr Ann Marsten"])
def test_a_full_name_is_the_same_person_everywhere(name):
    assert is_full_name("person", name)
    assert person_of(name, "capture-1") == person_of(name, "capture-2")


@pytest.mark.parametrize("kind", ["organisation", "place", "outlet", "group"])
def test_what_is_no_person_is_the_same_by_any_name(kind):
    assert person_of("Lumen", "capture-1", kind=kind) == person_of("LUMEN", "capture-2", kind=kind)


def test_a_person_and_an_organisation_of_one_name_are_two():
    assert person_of("Ann Marsten") != person_of("Ann Marsten", kind="organisation")


@pytest.mark.parametrize("kind", ["person", "group", "organisation"])
def test_whoever_is_only_described_is_the_same_in_no_other_capture(kind):
    described = [person_of("Three officials", f"capture-{n}", kind=kind, form="nominal") for n in (1, 2)]
    assert described[0] != described[1]


def test_two_who_are_described_alike_in_one_article_are_two():
    text = "A woman left. A woman came."
    spans = [span_of(text, "A woman"), span_of(text, "A woman", after=5)]
    pair = [make_entity(text, [make_mention(text, span, form="nominal")]) for span in spans]
    assert person_id_in("capture-1", pair[0]) != person_id_in("capture-1", pair[1])


@pytest.mark.parametrize("name", ["†", "\ud800", "...", "Mr"])
def test_a_name_without_letters_or_beyond_a_title_is_no_full_name(name):
    assert not is_full_name("person", name)
    assert person_of(name, "capture-1") != person_of(name, "capture-2")


def test_a_record_names_the_person_of_each_entity_in_order():
    text = "Ann Marsten met Lumen."
    names = [make_mention(text, span_of(text, name)) for name in ("Ann Marsten", "Lumen")]
    entities = tuple(make_entity(text, [name]) for name in names)
    record = dataclasses.replace(make_small_record(text), entities=entities)
    persons = lay_over(record, ()).person_ids
    assert [entity for entity, _ in persons] == [e.entity_id for e in entities]
    assert persons[0][1] == person_id_of("person", "Ann Marsten")
