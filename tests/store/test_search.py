"""Search by filters: each alone and together, on both databases."""

import dataclasses

import pytest

from onrecord.errors import QueryError
from onrecord.record import Query
from tests.store.articles import BELTOWN, HARROW, TESSALY, Said, make_news
from tests.store.conftest import READING

FIRST = make_news(
    [
        Said(words="We will not open it before the frost", via=(("told", "the Harbour Post"),)),
        Said(
            words="the tolls would rise by a third",
            name="Ilse Corran",
            form="indirect",
            mode="wrote",
            said=("2031-04-28", "2031-04-28"),
            about=(("in June", "2031-06-01", "2031-06-30"),),
        ),
        Said(words="They never asked us", name="Ann Vance", said_in=BELTOWN),
    ],
    url="https://www.lantern.invalid/bridge?a=1",
    published="2031-05-03",
    more=("The river rose again.",),
)
SECOND = make_news(
    [
        Said(words="A ferry costs less than any bridge", name="Quay Audit", kind="organisation"),
        Said(words="Nobody counts the cables", name=None, mode=None, places=(HARROW,)),
        Said(words="Tessaly pays", name="Ilse Corran", places=(TESSALY,)),
    ],
    outlet="Harbour Post",
    url="https://harbour.invalid/2",
    published="2030-11-30",
)
UNDATED = make_news([Said(words="The river has no date", name="Ondrej Vale")], published=None, outlet=None)


@pytest.fixture
def filled(store):
    """A store with three articles."""
    for record in (FIRST, SECOND, UNDATED):
        store.add_records([(record.capture, record)], READING)
    return store


def found(store, **asked):
    return [hit.content[0].strip("“”").removeprefix("that ") for hit in store.search(Query(**asked)).hits]


FROST, TOLLS, ASKED = (
    "We will not open it before the frost", "the tolls would rise by a third", "They never asked us",
)  # fmt: skip
FERRY, CABLES, PAYS = "A ferry costs less than any bridge", "Nobody counts the cables", "Tessaly pays"
RIVER = "The river has no date"


def test_without_words_or_filters_everything_is_found_newest_first(filled):
    assert found(filled) == [ASKED, FROST, TOLLS, PAYS, CABLES, FERRY, RIVER]


def test_oldest_first_puts_what_bears_no_date_last_and_says_so(filled):
    answer = filled.search(Query(sort="oldest"))
    assert answer.hits[0].content == (f"“{FERRY}”",)
    assert answer.hits[-1].content == (f"“{RIVER}”",)
    assert any("bear no date" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"form": "indirect"}, [TOLLS]),
        ({"mode": "wrote"}, [TOLLS]),
        ({"via": "harbour post"}, [FROST]),
        ({"via": "post"}, [FROST]),
        ({"via_kind": "told"}, [FROST]),
        ({"via_kind": "agency"}, []),
        ({"status": "accepted"}, []),
        ({"speaker": "Ilse Corran"}, [TOLLS, PAYS]),
        ({"speaker": "ILSE CÓRRAN"}, [TOLLS, PAYS]),
        ({"speaker": "vance"}, [ASKED, FROST]),
        ({"speaker": "Mira Vance"}, [FROST]),
        ({"speaker": "quay"}, [FERRY]),
        ({"speaker": "ance"}, []),
        ({"outlet": "the lantern"}, [ASKED, FROST, TOLLS]),
        ({"outlet": "lantern.invalid"}, [ASKED, FROST, TOLLS]),
        ({"outlet": "https://www.harbour.invalid/x"}, [PAYS, CABLES, FERRY]),
        ({"outlet": "post"}, [PAYS, CABLES, FERRY]),
        ({"said": "2031-04"}, [TOLLS]),
        ({"said": "2031-05"}, []),
        ({"said": "../2031-04-28"}, [TOLLS]),
        ({"said": "2031-04-29/.."}, []),
        ({"about_time": "2031-06-15"}, [TOLLS]),
        ({"about_time": "2031-05/2031-06-01"}, [TOLLS]),
        ({"about_time": "2031-07"}, []),
        ({"published": "2031"}, [ASKED, FROST, TOLLS]),
        ({"published": "2030-11-30/2031-05-02"}, [PAYS, CABLES, FERRY]),
        ({"published": "../2040"}, [ASKED, FROST, TOLLS, PAYS, CABLES, FERRY]),
        ({"place": "Beltown"}, [ASKED]),
        ({"place": "geonames:2"}, [CABLES]),
        ({"place": "TS"}, [ASKED, PAYS, CABLES]),
        ({"place": "Tessaly"}, [ASKED, PAYS, CABLES]),
        ({"place": "TS-04"}, [ASKED]),
        ({"near": (51.5, -0.1, 10)}, [ASKED]),
        ({"near": (51.5, -0.1, 100)}, [ASKED, CABLES]),
        ({"near": (51.5, -0.1, 400)}, [ASKED, PAYS, CABLES]),
        ({"near": (0, 179, 50)}, []),
        ({"words": "river"}, [RIVER]),
        ({"words": "river", "scope": "article"}, [ASKED, RIVER]),
        ({"words": "bridge", "outlet": "harbour post", "form": "direct"}, [FERRY]),
        ({"words": "-the", "speaker": "corran"}, [PAYS]),
    ],
)
def test_a_filter_leaves_what_it_should(filled, asked, expected):
    assert found(filled, **asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        {"said": "yesterday"}, {"published": "2031-13"}, {"about_time": "2031-05/2030"}, {"said": "../.."},
        {"said": "2031-02-30"}, {"published": "2031-05-03T10:00"}, {"form": "shouted"}, {"mode": "sang"},
        {"status": "unsure"}, {"via_kind": "x"}, {"via": "!?"}, {"sort": "best"}, {"sort": "relevance"},
        {"scope": "all"}, {"limit": 0}, {"limit": -3}, {"near": (91, 0, 5)}, {"near": (0, 0, 0)},
        {"near": (0, 0, float("nan"))}, {"words": "-bridge"}, {"words": "!!!"}, {"after": "x"},
        {"after": "WyJhIl0"},
    ],
)  # fmt: skip
def test_a_filter_that_cannot_be_understood_is_an_error_with_the_cure(filled, asked):
    with pytest.raises(QueryError) as told:
        filled.search(Query(**asked))
    assert told.value.cure


@pytest.mark.parametrize(
    "asked", [{"meaning": "the bridge is late"}, {"sort": "meaning"}, {"meaning": "x", "scope": "article"}]
)
def test_search_by_meaning_without_a_sentence_that_was_read_says_what_to_do(filled, asked):
    with pytest.raises(QueryError, match=r"sentence|Articles have no vectors"):
        filled.search(Query(**asked))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"speaker": "Mira Vanec"}, "Mira Vance"),
        ({"outlet": "harbor post"}, "Harbour Post"),
        ({"place": "Beltwon"}, "Beltown"),
        ({"words": "frots"}, "frost"),
        ({"words": "frost", "form": "indirect"}, "form “indirect”"),
        ({"words": "frost ferry"}, "all together none"),
        ({"near": (51.6, -0.2, 5)}, "Tessaly"),
    ],
)
def test_an_empty_answer_says_why(filled, asked, told):
    answer = filled.search(Query(**asked))
    assert (answer.hits, answer.total, answer.next) == ((), 0, None)
    assert told in " ".join(answer.notes)


def test_an_empty_store_says_that_it_is_empty(store):
    assert "no statements yet" in store.search(Query(words="bridge")).notes[0]


def test_a_part_of_a_name_names_everybody_it_was_taken_for(filled):
    note = filled.search(Query(speaker="vance")).notes[0]
    assert "Mira Vance (1)" in note
    assert "Ann Vance (1)" in note


def test_a_country_named_near_a_point_is_left_out_and_named(filled):
    answer = filled.search(Query(near=(51.5, -0.1, 100)))
    assert any("Left out" in note and "Tessaly" in note for note in answer.notes)


def test_articles_with_the_words_and_no_statement_are_counted(filled):
    silent = make_news([], more=("A heron stood in the lock.",))
    filled.add_records([(silent.capture, silent)], READING)
    answer = filled.search(Query(words="heron", scope="article"))
    assert answer.hits == ()
    assert any("1 article holds the words, but no statement" in note for note in answer.notes)


def test_of_an_article_the_statements_nearest_to_the_words_answer(filled):
    assert found(filled, words="tolls frost", scope="article") == [TOLLS, FROST]
    assert found(filled, words="tolls third", scope="article") == [TOLLS]


def test_a_hit_carries_its_evidence(filled):
    hit = filled.search(Query(words="frost")).hits[0]
    text = FIRST.article.text
    statement = FIRST.statements[0]
    assert (hit.statement_id, hit.article_id) == (statement.statement_id, FIRST.article.article_id)
    assert hit.capture_sha256 == FIRST.capture.sha256
    assert hit.content == tuple(span.of(text) for span in hit.content_spans)
    assert (hit.cue, hit.source, hit.speaker) == (("said",), ("Mira Vance",), "Mira Vance")
    assert hit.before + text[hit.content_spans[0].start_char : hit.source_spans[0].end_char] in text
    assert text.startswith(hit.before)
    assert hit.after
    assert hit.after in text
    assert (hit.when, hit.when_is, hit.published) == ("2031-05-03", "published", "2031-05-03")
    assert (hit.outlet, hit.title, hit.via) == ("The Lantern", "News of the day", ("the Harbour Post",))
    assert hit.link is not None
    assert hit.link.startswith("https://www.lantern.invalid/bridge?a=1#:~:text=")


def test_a_hit_is_when_it_was_said_where_that_is_known(filled):
    hit = filled.search(Query(words="tolls")).hits[0]
    assert (hit.when, hit.when_is, hit.said_from, hit.said_to) == (
        "2031-04-28", "said", "2031-04-28", "2031-04-28",
    )  # fmt: skip


def test_what_was_said_on_the_day_it_was_published_is_as_late_as_that(store):
    for hour, words in ((8, "Said early"), (18, "Said late"), (12, "Said at noon")):
        record = make_news([Said(words=words, said=("2031-05-03", "2031-05-03"))], title=words)
        moment = dataclasses.replace(record.article.published_at, value=f"2031-05-03T{hour:02}:00Z")
        article = dataclasses.replace(record.article, published_at=moment)
        record = dataclasses.replace(record, article=article)
        store.add_records([(record.capture, record)], READING)
    assert found(store) == ["Said late", "Said at noon", "Said early"]


def test_a_timeline_is_oldest_first_and_takes_filters(filled):
    said = [hit.content[0].strip("“”") for hit in filled.timeline("Corran").hits]
    assert said == [PAYS, f"that {TOLLS}"]
    assert len(filled.timeline("Corran", Query(sort="oldest", form="direct")).hits) == 1
    assert filled.timeline("Corran", Query()).hits[0].content == (f"that {TOLLS}",)


def test_a_timeline_of_nobody_is_an_error(filled):
    with pytest.raises(QueryError):
        filled.timeline("  ")


def test_by_relevance_words_in_their_order_come_first(store):
    near = make_news(
        [Said(words="The old bridge over the wide river is shut, and nobody there minds it much")]
    )
    exact = make_news([Said(words="The wide bridge is old")], published="2001-01-01")
    for record in (near, exact):
        store.add_records([(record.capture, record)], READING)
    answer = store.search(Query(words="wide bridge", sort="relevance"))
    assert [hit.published for hit in answer.hits] == ["2001-01-01", "2031-05-03"]
    assert all(0 < hit.score <= 1 for hit in answer.hits)


def test_what_is_taken_out_is_found_no_more_and_leaves_no_trace(filled, backend):
    from onrecord.store import index

    with filled._database.writing() as connection:
        for capture_key in (1, 2, 3):
            index.drop_index(connection, capture_key)
        if backend == "sqlite":
            for table in ("statement_words", "article_words"):
                connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")
        left = connection.exec_driver_sql("SELECT count(*) FROM words WHERE statements + articles <> 0")
        assert left.scalar_one() == 0
        said = connection.exec_driver_sql("SELECT count(*) FROM people WHERE statements <> 0")
        assert said.scalar_one() == 0
    assert found(filled, words="river") == []
    assert found(filled) == []


def test_by_relevance_a_prefix_before_a_word_does_not_count_as_their_order(store):
    apart = make_news([Said(words="The bridge that nobody wanted here is very wide")])
    close = make_news([Said(words="The bridges wide and low")], published="2001-01-01")
    for record in (apart, close):
        store.add_records([(record.capture, record)], READING)
    answer = store.search(Query(words="bridg* wide", sort="relevance"))
    assert [hit.published for hit in answer.hits] == ["2001-01-01", "2031-05-03"]


def test_more_than_are_counted_have_no_total(store, monkeypatch):
    monkeypatch.setattr("onrecord.store.search.MOST_COUNTED", 2)
    record = make_news([Said(words=f"The bridge, {n}") for n in ("one", "two", "three", "four")])
    store.add_records([(record.capture, record)], READING)
    first = store.search(Query(words="bridge", limit=1))
    assert first.total is None
    assert store.search(Query(words="bridge", limit=1, after=first.next)).total is None
    assert store.search(Query(words="bridge -one -two", limit=1)).total == 2
    assert store.search(Query(words="bridge")).total == 4
