"""Search by the moment that sorts, by what nobody judged, and the least sure first; on both databases."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest

from onrecord.errors import QueryError
from onrecord.record import Confidence, Failure, Query, Record, judging
from onrecord.store import search_confidence
from onrecord.store.base import Reading
from onrecord.store.kept import KeptStore
from tests.store.articles import Said, make_news
from tests.store.conftest import NEWER, READING

VOICE = judging.Voice(by="Ilka Stern", made_at="2031-05-09T10:00:00+00:00")


def make_unsure(said: dict[str, float], **fields: object) -> Record:
    """An article whose statements are so sure."""
    record = make_news([Said(words=words) for words in said], **fields)
    sure = [
        dataclasses.replace(one, confidence=Confidence(statement=value, content=1.0, cue=1.0, source=1.0))
        for one, value in zip(record.statements, said.values(), strict=True)
    ]
    return dataclasses.replace(record, statements=tuple(sure))


FROST, TOLLS, FERRY, CABLES, RIVER = (
    "open at the frost",
    "the tolls rise",
    "a ferry",
    "the cables",
    "the river",
)
LANTERN = make_unsure({FROST: 0.9, TOLLS: 0.25}, published="2031-05-03T14:20")
POST = make_unsure({FERRY: 0.5, CABLES: 0.25}, published="2031-05-04", outlet="Harbour Post")
UNDATED = make_unsure({RIVER: 0.6}, published=None)


@pytest.fixture
def filled(store: KeptStore) -> KeptStore:
    """A store with five statements."""
    for record in (LANTERN, POST, UNDATED):
        store.add_records([(record.capture, record)], READING)
    return store


def words_of(hits: object) -> list[str]:
    return [hit.content[0].strip("“”") for hit in hits]  # type: ignore[attr-defined]


def found(store: KeptStore, **asked: object) -> list[str]:
    return words_of(store.search(Query(**asked)).hits)


def pages(store: KeptStore, query: Query) -> Iterator[list[str]]:
    while True:
        answer = store.search(query)
        yield words_of(answer.hits)
        if answer.next is None:
            return
        query = query.narrow(after=answer.next)


def judge(store: KeptStore, words: str, kind: str = "accept") -> None:
    hit = store.search(Query(words=words)).hits[0]
    make = judging.accept if kind == "accept" else judging.reject
    store.add_judgements([make(store.judged(hit.statement_id), hit.statement_id, VOICE)])


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2031", [CABLES, FERRY, TOLLS, FROST]),
        ("2031-05-03", [TOLLS, FROST]),
        ("2031-05-03T14", [TOLLS, FROST]),
        ("2031-05-03T14:20", [TOLLS, FROST]),
        ("2031-05-03T14:21", []),
        ("2031-05-03T15", []),
        ("2031-05-03T15/2031-05-04T00", [CABLES, FERRY]),
        ("../2031-05-03", [TOLLS, FROST]),
        ("2031-05-03T14:21/..", [CABLES, FERRY]),
        ("2032", []),
    ],
)
def test_when_takes_what_is_of_these_moments(filled: KeptStore, when: str, expected: list[str]):
    assert found(filled, when=when) == expected
    assert found(filled, when=when, form="direct") == expected
    assert filled.search(Query(when=when)).total == len(expected)


def test_when_is_when_it_was_said_where_that_is_known(store: KeptStore):
    record = make_news([Said(words="It rained", said=("2030-11-02", "2030-11-02"))])
    store.add_records([(record.capture, record)], READING)
    assert found(store, when="2030-11") == ["It rained"]
    assert found(store, when="2031") == []


def test_when_narrows_a_search_of_whole_articles(filled: KeptStore):
    assert found(filled, words="news day", scope="article", when="2031-05-04") == [FERRY]
    assert found(filled, words="news day", scope="article", when="2029") == []


def test_when_narrows_what_must_not_hold_a_word(filled: KeptStore):
    assert found(filled, words="-tolls", when="2031-05-03") == [FROST]


def test_when_narrows_what_is_sorted_oldest_first_or_by_relevance(filled: KeptStore):
    assert found(filled, when="2031-05-03/..", sort="oldest") == [FROST, TOLLS, FERRY, CABLES]
    assert found(filled, words="the", when="2031-05-04", sort="relevance") == [CABLES]


@pytest.mark.parametrize(
    "when",
    ["soon", "2031-13", "2031-05T14", "2031-05-03T24", "../..", "2031-05-03T14:60", "2032/2031", "0000"],
)
def test_a_moment_that_is_none_is_an_error_that_shows_how(filled: KeptStore, when: str):
    with pytest.raises(QueryError, match="when") as caught:
        filled.search(Query(when=when))
    assert caught.value.cure


def test_what_nobody_judged_is_all_but_what_was_accepted_or_corrected(filled: KeptStore):
    judge(filled, FERRY)
    judge(filled, RIVER, "reject")
    assert found(filled, status="unjudged") == [CABLES, TOLLS, FROST]
    assert found(filled, status="unjudged", outlet="Harbour Post") == [CABLES]
    assert found(filled, status="unjudged", words="-tolls") == [CABLES, FROST]
    assert found(filled, status="unjudged", words="news day", scope="article") == [CABLES, FROST]
    assert filled.search(Query(status="unjudged")).total == 3


def test_a_withdrawn_judgement_makes_a_statement_one_that_nobody_judged(filled: KeptStore):
    judge(filled, FERRY)
    assert FERRY not in found(filled, status="unjudged")
    (made,) = filled.judgements()
    filled.withdraw(made.judgement_id, by="Ada", at="2031-06-01T00:00:00+00:00")
    assert FERRY in found(filled, status="unjudged")


LEAST_SURE_FIRST = [CABLES, TOLLS, FERRY, RIVER, FROST]


def test_the_least_sure_come_first_the_newest_of_equals_before(filled: KeptStore):
    assert found(filled, sort="confidence") == LEAST_SURE_FIRST


@pytest.mark.parametrize("asked", [{}, {"form": "direct"}, {"status": "unjudged"}, {"when": "1900/.."}])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_the_least_sure_go_on_where_the_one_before_ended(filled: KeptStore, asked: dict, limit: int):
    expected = [words for words in LEAST_SURE_FIRST if words != RIVER or "when" not in asked]
    listed = list(pages(filled, Query(sort="confidence", limit=limit, **asked)))
    assert [words for page in listed for words in page] == expected
    assert {len(page) for page in listed[:-1]} <= {limit}


def test_the_queue_of_what_nobody_judged_goes_on_while_it_is_judged(filled: KeptStore):
    queue = Query(status="unjudged", sort="confidence", limit=2)
    first = filled.search(queue)
    assert words_of(first.hits) == [CABLES, TOLLS]
    judge(filled, CABLES)
    judge(filled, TOLLS)
    assert words_of(filled.search(queue.narrow(after=first.next)).hits) == [FERRY, RIVER]
    assert words_of(filled.search(queue).hits) == [FERRY, RIVER]


def test_what_was_judged_is_sorted_among_the_others(filled: KeptStore):
    judge(filled, FERRY)
    assert list(pages(filled, Query(sort="confidence", limit=2)))[1] == [FERRY, RIVER]
    assert found(filled, sort="confidence", status="accepted") == [FERRY]


def test_of_too_many_the_newest_are_sorted_and_a_note_says_so(
    filled: KeptStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(search_confidence, "MOST_SORTED", 2)
    answer = filled.search(Query(sort="confidence", form="direct"))
    assert words_of(answer.hits) == [CABLES, FERRY]
    assert answer.total is None
    assert any("the newest 2 were sorted" in note for note in answer.notes)


def test_an_empty_queue_says_why(store: KeptStore):
    assert "no statements yet" in store.search(Query(status="unjudged", sort="confidence")).notes[0]


NO_TEXT = Failure(stage="read", reason="EmptyInputError", detail="There is no text.", subject="a.html")


def test_a_failure_whose_capture_was_read_since_is_none_any_more(store: KeptStore):
    store.add_records([(POST.capture, NO_TEXT)], READING)
    assert (store.failures(), store.counts().failures) == ((NO_TEXT,), 1)
    store.add_records([(POST.capture, POST)], READING)
    assert (store.failures(), store.counts().failures) == ((), 0)


def test_a_failure_that_a_newer_reader_got_over_is_none_any_more(store: KeptStore):
    store.add_records([(POST.capture, NO_TEXT)], READING)
    store.add_records([(POST.capture, POST)], NEWER)
    assert store.failures() == ()


def test_a_failure_stays_one_where_only_other_settings_or_another_capture_were_read(store: KeptStore):
    store.add_records([(POST.capture, NO_TEXT), (LANTERN.capture, NO_TEXT)], READING)
    store.add_records([(POST.capture, POST)], Reading(reader=READING.reader, settings="published=2031-05-04"))
    assert store.failures() == (NO_TEXT,)
    store.add_records([(POST.capture, POST)], READING)
    assert store.failures() == (NO_TEXT,)
    store.add_records([(LANTERN.capture, LANTERN)], READING)
    assert store.failures() == ()


def test_the_queue_is_the_same_once_the_index_was_made_anew(
    filled: KeptStore, reopen: Callable[..., KeptStore]
):
    judge(filled, FERRY)
    before = found(filled, status="unjudged", sort="confidence")
    filled.rebuild_index()
    assert found(reopen(), status="unjudged", sort="confidence") == before == [CABLES, TOLLS, RIVER, FROST]
