"""A record seen from afar: what answers have in common, when and where they were said; on both databases."""

import dataclasses
from collections.abc import Callable

import pytest

from onrecord.errors import QueryError
from onrecord.record import Query, judging
from onrecord.record.overview import Facets, Tally
from onrecord.store import overview_facets, overview_moments, overview_places
from onrecord.store.kept import KeptStore
from tests.store.articles import BELTOWN, HARROW, TESSALY, Said, make_news
from tests.store.conftest import NEWER, READING

LANTERN = make_news(
    [
        Said(words="We open it before the frost", said_in=BELTOWN, places=(BELTOWN, HARROW)),
        Said(words="the tolls would rise", name="Ilse Corran", form="indirect", said=("2031-04-28", None)),
        Said(words="They never asked us", name="Mira Vance", places=(TESSALY,)),
    ],
    published="2031-05-03T14:20",
)
POST = make_news(
    [
        Said(words="A ferry costs less", name="Ilse Corran", said=("2030-11", "2030-11")),
        Said(words="Nobody counts the cables", name=None, mode=None, said=("2030", "2030")),
    ],
    outlet="Harbour Post",
    published="2031-05-03",
)
UNDATED = make_news([Said(words="The river has no date", name="Mira Vance")], published=None, outlet=None)
RECORDS = (LANTERN, POST, UNDATED)
VOICE = judging.Voice(by="Ilka Stern", made_at="2031-05-09T10:00:00+00:00")


@pytest.fixture
def filled(store: KeptStore) -> KeptStore:
    """A store with six statements of three articles."""
    for record in RECORDS:
        store.add_records([(record.capture, record)], READING)
    return store


def told(tallies: tuple[Tally, ...]) -> dict[str, int]:
    return {tally.name: tally.statements for tally in tallies}


def buckets(store: KeptStore, unit: str, **asked: object) -> dict[str, int]:
    moments = store.moments(Query(**asked), unit)
    return {bucket.start: bucket.statements for bucket in moments.buckets}


def accept(store: KeptStore, words: str) -> None:
    hit = store.search(Query(words=words)).hits[0]
    judged = store.judged(hit.statement_id)
    store.add_judgements([judging.accept(judged, hit.statement_id, VOICE)])


def merge_speakers(store: KeptStore) -> None:
    people = [store.find_people(name)[0].person_id for name in ("Mira Vance", "Ilse Corran")]
    store.add_judgements([judging.merge(*people, VOICE)])


def test_facets_count_who_what_where_and_how(filled: KeptStore):
    facets = filled.facets(Query())
    assert (facets.counted, facets.complete) == (6, True)
    assert told(facets.speakers) == {"Mira Vance": 3, "Ilse Corran": 2}
    assert told(facets.outlets) == {"The Lantern": 3, "Harbour Post": 2}
    assert told(facets.forms) == {"direct": 5, "indirect": 1}
    assert told(facets.modes) == {"said": 5}
    assert told(facets.statuses) == {"unjudged": 6}
    assert told(facets.places) == {"Beltown": 1, "Harrow Quay": 1, "Tessaly": 1}


def test_the_value_of_each_facet_finds_as_many_as_it_counts(filled: KeptStore):
    accept(filled, "ferry")
    facets = filled.facets(Query())
    kinds = {
        "speakers": "speaker",
        "outlets": "outlet",
        "forms": "form",
        "modes": "mode",
        "statuses": "status",
    }
    for kind, field in kinds.items():
        tallies = getattr(facets, kind)
        assert tallies
        for tally in tallies:
            assert filled.search(Query(**{field: tally.value})).total == tally.statements


def test_facets_are_of_what_answers_alone(filled: KeptStore):
    assert told(filled.facets(Query(words="ferry")).speakers) == {"Ilse Corran": 1}
    assert filled.facets(Query(words="zeppelin")) == Facets(counted=0, complete=True)


def test_facets_of_a_common_word_are_of_the_first_ones_and_say_so(
    filled: KeptStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(overview_facets, "MOST_COUNTED", 2)
    newest = filled.facets(Query())
    assert (newest.counted, newest.complete) == (2, False)
    assert told(newest.outlets) == {"The Lantern": 2}
    assert told(filled.facets(Query(sort="oldest")).outlets) == {"Harbour Post": 2}


def test_the_oldest_facets_are_those_of_no_date_last(filled: KeptStore, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(overview_facets, "MOST_COUNTED", 5)
    assert sum(told(filled.facets(Query(sort="oldest")).outlets).values()) == 5


def test_people_who_were_judged_one_are_counted_as_one(filled: KeptStore):
    merge_speakers(filled)
    (both,) = filled.facets(Query()).speakers
    assert both.statements == 5
    assert filled.search(Query(speaker=both.value)).total == 5


def test_facets_of_whole_articles_are_of_the_statements_near_the_words(filled: KeptStore):
    assert told(filled.facets(Query(words="cables", scope="article")).outlets) == {"Harbour Post": 1}


def test_moments_are_counted_by_each_unit(filled: KeptStore):
    assert buckets(filled, "year") == {"2030": 2, "2031": 3}
    assert buckets(filled, "month") == {"2030-01": 1, "2030-11": 1, "2031-04": 1, "2031-05": 2}
    assert buckets(filled, "day")["2031-05-03"] == 2
    assert buckets(filled, "hour")["2031-05-03T14"] == 2


@pytest.mark.parametrize("asked", [{}, {"form": "direct"}, {"words": "the"}])
@pytest.mark.parametrize(("unit", "coarse"), [("year", 0), ("month", 1), ("day", 2)])
def test_moments_tell_what_is_undated_or_coarser_than_the_unit(filled: KeptStore, asked, unit, coarse):
    moments = filled.moments(Query(**asked), unit)
    held = filled.search(Query(**asked, limit=99)).hits
    assert moments.complete
    assert moments.counted == len(held)
    assert moments.undated == sum(hit.when is None for hit in held)
    width = {"year": 4, "month": 7, "day": 10}[unit]
    assert moments.coarse == sum(len(hit.when or "9" * 99) < width for hit in held)
    if not asked:
        assert moments.coarse == coarse


def test_a_day_is_coarse_where_hours_are_asked_for(filled: KeptStore):
    assert filled.moments(Query(words="tolls"), "hour").coarse == 1
    assert filled.moments(Query(words="frost"), "hour").coarse == 0


def test_moments_of_a_record_are_those_of_its_statements_after_it_was_judged_and_read_anew(filled: KeptStore):
    hit = filled.search(Query(words="frost")).hits[0]
    filled.add_judgements([judging.reject(filled.judged(hit.statement_id), hit.statement_id, VOICE)])
    accept(filled, "tolls")
    fewer = dataclasses.replace(POST, statements=POST.statements[:1])
    filled.add_records([(POST.capture, fewer)], NEWER)
    assert buckets(filled, "month") == {"2030-11": 1, "2031-04": 1, "2031-05": 1}
    assert filled.counts().statements == filled.moments(Query(), "day").counted == 4


def test_moments_of_many_answers_are_of_the_first_and_say_so(
    filled: KeptStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(overview_moments, "MOST_COUNTED", 2)
    moments = filled.moments(Query(form="direct"), "month")
    assert (moments.counted, moments.complete, moments.undated, moments.coarse) == (2, False, None, None)
    assert [bucket.start for bucket in moments.buckets] == ["2031-05"]
    assert filled.moments(Query(), "month").complete


def test_moments_of_whole_articles_are_of_the_statements_near_the_words(filled: KeptStore):
    assert buckets(filled, "month", words="ferry", scope="article") == {"2030-11": 1}


def test_a_unit_that_there_is_not_is_an_error(filled: KeptStore):
    with pytest.raises(QueryError, match="'week'"):
        filled.moments(Query(), "week")  # type: ignore[arg-type]


def test_places_tell_what_was_said_there_from_what_speaks_of_them(filled: KeptStore):
    found = filled.whereabouts(Query())
    assert (found.counted, found.complete, found.placeless) == (6, True, 4)
    assert {p.name: (p.said_in, p.about) for p in found.places} == {
        "Beltown": (1, 1), "Harrow Quay": (0, 1), "Tessaly": (0, 1),
    }  # fmt: skip
    beltown = found.places[0]
    assert (beltown.place, beltown.latitude, beltown.longitude) == ("geonames:1", 51.5, -0.125)
    assert (beltown.kind, beltown.country, beltown.radius_km) == ("settlement", "TS", 6.0)


def test_a_place_without_coordinates_is_none_for_a_map(store: KeptStore):
    nowhere = dataclasses.replace(HARROW, entry_id="none", name="Old Mill")
    record = make_news([Said(words="It stood here", places=(nowhere,))])
    store.add_records([(record.capture, record)], READING)
    found = store.whereabouts(Query())
    assert (found.places, found.placeless) == ((), 1)
    assert told(store.facets(Query()).places) == {"Old Mill": 1}


def test_places_of_many_answers_are_of_the_first_and_say_so(
    filled: KeptStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(overview_places, "MOST_COUNTED", 1)
    found = filled.whereabouts(Query())
    assert (found.counted, found.complete) == (1, False)


def test_an_overview_of_nothing_is_empty_and_complete(store: KeptStore):
    assert store.facets(Query()) == Facets(counted=0, complete=True)
    assert store.moments(Query(), "year").buckets == ()
    assert store.whereabouts(Query()).placeless == 0
    assert store.newest_articles().listed == ()


def test_an_index_without_overviews_is_given_them_when_it_is_opened_for_writing(
    filled: KeptStore, reopen: Callable[..., KeptStore]
):
    accept(filled, "ferry")
    queue = Query(status="unjudged", sort="confidence")

    def told_by(store: KeptStore) -> list[object]:
        asked = [store.facets(Query()), store.moments(Query(), "day"), store.search(queue), store.counts()]
        return [*asked, [place.name for place in store.whereabouts(Query()).places]]

    before = told_by(filled)
    with filled._database.writing() as connection:
        for table in ("overviews", "statement_days"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        lower = "UPDATE about SET value = '1' || substr(value, 2) WHERE name = 'index'"
        connection.exec_driver_sql(lower)
    filled.close()
    assert told_by(reopen()) == before
    assert told_by(reopen(read_only=True)) == before


def test_the_newest_articles_are_listed_as_they_were_added_page_by_page(filled: KeptStore):
    first = filled.newest_articles(limit=2)
    assert [line.outlet for line in first.listed] == [None, "Harbour Post"]
    assert (first.listed[1].statements, first.listed[1].published) == (2, "2031-05-03")
    assert first.listed[1].article_id == POST.article.article_id
    rest = filled.newest_articles(limit=2, after=first.next)
    assert [line.outlet for line in rest.listed] == ["The Lantern"]
    assert rest.next is None


@pytest.mark.parametrize("asked", [{"after": "soon"}, {"after": "-1"}, {"limit": 0}, {"limit": 10**6}])
def test_a_list_of_articles_that_cannot_be_is_an_error(filled: KeptStore, asked):
    with pytest.raises(QueryError):
        filled.newest_articles(**asked)


def test_judgements_are_given_of_one_article_or_the_newest(filled: KeptStore):
    for words in ("frost", "ferry", "tolls"):
        accept(filled, words)
    every = filled.judgements()
    assert filled.judgements(newest=2) == every[1:]
    assert filled.judgements(of=LANTERN.article.article_id) == (every[0], every[2])
    statement_id = filled.search(Query(words="ferry")).hits[0].statement_id
    assert filled.judgements(of=statement_id) == (every[1],)
    assert filled.judgements(of=LANTERN.article.article_id, newest=1) == (every[2],)


def test_a_withdrawn_judgement_is_among_those_of_its_article(filled: KeptStore):
    accept(filled, "frost")
    (made,) = filled.judgements()
    filled.withdraw(made.judgement_id, by="Ada", at="2031-06-01T00:00:00+00:00")
    (withdrawn,) = filled.judgements(of=LANTERN.article.article_id)
    assert withdrawn.withdrawn_by == "Ada"
