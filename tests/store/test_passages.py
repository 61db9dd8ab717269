"""Quotations as somebody wrote them down: the articles that hold them are found, altered or not."""

import pytest

from onrecord.record import judgement_id_of
from onrecord.record.judgement import Judgement
from onrecord.record.query import Query
from tests.store.articles import Said, make_news
from tests.store.conftest import READING

WINTER = "We will not open the bridge before the frost has gone from the cables"
MONEY = "Nobody on the council had thought of asking who would pay for the ferry"
PLAIN = "we have to do what we can"
RECORDS = (
    make_news([Said(words=WINTER), Said(words="No comment", name="Ilse Corran")], title="Winter"),
    make_news([Said(words=MONEY, name="Ilse Corran")], title="Money"),
    make_news([Said(words=PLAIN, name="Ondrej Vale")], title="Plain"),
    make_news([], more=("The keeper wrote that lamps burn dimmer every autumn by the sea.",), title="Lamps"),
    *(make_news([Said(words=f"We have what the bridge has, {n}")], title=f"Other {n}") for n in range(30)),
)


@pytest.fixture
def kept(store):
    """A store with what is quoted, and much that is like it."""
    store.add_records([(record.capture, record) for record in RECORDS], READING)
    return store


@pytest.mark.parametrize(
    ("quoted", "title"),
    [
        (WINTER, "Winter"),
        ("We will open the bridge before the frost has gone from the cables", "Winter"),
        ("before the frost has gone", "Winter"),
        ("before the snow has gone", "Winter"),
        ("frost has wholly gone from those cables", "Winter"),
        ("thought of asking who will pay", "Money"),
        ("Nobody at the council thought of asking", "Money"),
        ("we have to do all we can", "Plain"),
        ("LAMPS burn dimmer each autumn", "Lamps"),
    ],
)
def test_the_article_of_a_quotation_is_found_first(kept, quoted, title):
    assert kept.find_passages(quoted)[0].title == title


def test_both_articles_of_a_spliced_quotation_are_found(kept):
    spliced = "We will not open the bridge before the frost who would pay for the ferry"
    assert {passage.title for passage in kept.find_passages(spliced)[:3]} >= {"Winter", "Money"}


def test_a_passage_has_the_text_and_every_statement(kept):
    passage = kept.find_passages(WINTER, limit=1)[0]
    assert passage.text == RECORDS[0].article.text
    assert [hit.speaker for hit in passage.statements] == ["Mira Vance", "Ilse Corran"]


@pytest.mark.parametrize("quoted", ["", "…", "\x00", "zzz yyy xxx"])
def test_what_nobody_said_finds_nothing(kept, quoted):
    assert kept.find_passages(quoted) == ()


def test_no_more_passages_come_than_are_asked_for(kept):
    assert len(kept.find_passages("what the bridge has", limit=3)) == 3
    assert kept.find_passages("what the bridge has", limit=0) == ()


def merge(store, first, second, made_at="2031-06-01T10:00:00+00:00"):
    people = tuple(store.find_people(name)[0].person_id for name in (first, second))
    judgement = Judgement(
        judgement_id=judgement_id_of("merge", "R. Lind", made_at, *people),
        kind="merge",
        by="R. Lind",
        made_at=made_at,
        people=people,
    )
    store.add_judgements([judgement])
    return judgement, people


def test_people_who_are_merged_are_one_in_search_and_among_people(kept):
    _, people = merge(kept, "Ondrej Vale", "Ilse Corran")
    assert len(kept.search(Query(speaker="Ondrej Vale")).hits) == 3
    assert {hit.person_id for hit in kept.timeline(people[0]).hits} == {people[1]}
    found = kept.find_people("vale")[0]
    assert (found.person_id, found.merged_ids, found.statements) == (people[1], (people[0],), 3)
    assert set(found.names) == {"Ilse Corran", "Ondrej Vale"}


def test_a_withdrawn_merge_leaves_them_two_again(kept):
    judgement, people = merge(kept, "Ondrej Vale", "Ilse Corran")
    kept.withdraw(judgement.judgement_id, by="R. Lind", at="2031-06-02T10:00:00+00:00")
    assert len(kept.search(Query(speaker="Ondrej Vale")).hits) == 1
    assert kept.find_people("vale")[0].person_id == people[0]


def test_whoever_comes_after_the_merge_is_merged_too(kept):
    merge(kept, "Ondrej Vale", "Ilse Corran")
    later = make_news([Said(words="I came late", name="Ondrej Vale")], title="Later")
    kept.add_records([(later.capture, later)], READING)
    assert len(kept.search(Query(speaker="Ilse Corran")).hits) == 4


def test_people_come_by_how_much_they_said(kept):
    assert [person.name for person in kept.find_people("vance")] == ["Mira Vance"]
    assert kept.find_people("nobody") == ()
    assert kept.find_people("\x00") == ()
