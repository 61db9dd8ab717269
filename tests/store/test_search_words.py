"""The words of a question: what they mean, and that no string is anything but words."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.record import Query
from onrecord.store import open_store
from onrecord.store.search_words import read_terms
from onrecord.store.words import words_of
from tests.store.articles import Said, make_news
from tests.store.conftest import READING

SAYINGS = (
    "We will not open the bridge before the frost",
    "Not the bridge, the ferry: open it",
    "Zoë O’Hara paid 10-12 crowns AND a near miss",
    "橋は開かない",
    "select * from bridges; drop table statements",
    "A “bridge” (of sorts) or none NOT ever",
    "naïve bridging",
)
RECORDS = tuple(make_news([Said(words=words)], title=f"News {i}") for i, words in enumerate(SAYINGS))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A store that stays open for all questions."""
    with open_store(tmp_path_factory.mktemp("words") / "news.onrecord", create=True) as store:
        store.add_records([(record.capture, record) for record in RECORDS], READING)
        yield store


@pytest.fixture
def small(store):
    """The same on each database."""
    store.add_records([(record.capture, record) for record in RECORDS], READING)
    return store


def find_numbers(store, words, **asked):
    return sorted(int(hit.title.split()[1]) for hit in store.search(Query(words=words, **asked)).hits)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bridge", [0, 1, 5]),
        ("BRIDGE frost", [0]),
        ('"open the bridge"', [0]),
        ('"the bridge open"', []),
        ("bridg*", [0, 1, 4, 5, 6]),
        ("bridge -frost", [1, 5]),
        ('bridge -"open the"', [1, 5]),
        ("-fro* bridge", [1, 5]),
        ("bridge -zzz*", [0, 1, 5]),
        ("zoe ohara", []),
        ("zoe o'hara", [2]),
        ("10-12", [2]),
        ("12-10", []),
        ("橋", [3]),
        ("開か", [3]),
        ("か開", []),
        ("and", [2]),
        ("NOT ever", [5]),
        ("bridge OR none", [5]),
        ("NEAR(miss", [2]),
        ("statements;", [4]),
        ("'; drop table statements --", [4]),
        ("naive", [6]),
        ('bridge "', [0, 1, 5]),
        ('"frost', [0]),
        ("frost said", [0]),
        ("vance frost", [0]),
        ('"frost said"', []),
        ("bridge & ferry", [1]),
        ("content:bridge", []),
        ("bridge^2", []),
        ("zzz*", []),
    ],
)
def test_words_mean_what_is_said_of_them(small, words, expected):
    assert find_numbers(small, words) == expected


def test_blank_words_are_no_words(small):
    assert len(small.search(Query(words="  ")).hits) == len(SAYINGS)


@pytest.mark.parametrize(
    "words", ["-bridge", '-"the bridge" -x', "...", "*", '""', "\x00", "\ud800", "-", "--"]
)
def test_words_that_ask_for_nothing_are_an_error(small, words):
    with pytest.raises(QueryError) as told:
        small.search(Query(words=words))
    assert told.value.cure


def test_more_words_than_can_be_asked_for_are_an_error(small):
    with pytest.raises(QueryError, match="70 words"):
        small.search(Query(words=" ".join(f"w{i}" for i in range(70))))


def holds_naively(parts, term):
    """Whether some words in a row, one part's, are those of the term."""
    size = len(term.words)
    rows = [part[at : at + size] for part in parts for at in range(len(part) - size + 1)]
    if term.is_prefix:
        return any(row[:-1] == list(term.words[:-1]) and row[-1].startswith(term.words[-1]) for row in rows)
    return list(term.words) in rows


def search_naively(words, parts_of):
    terms = read_terms(words)
    return [
        number
        for number, record in enumerate(RECORDS)
        if all(holds_naively(parts_of(record), term) != term.excluded for term in terms)
    ]


def parts_of_statement(record):
    text, statement = record.article.text, record.statements[0]
    spans = (*statement.content, *statement.cue, *statement.source)
    return [words_of(span.of(text)) for span in spans]


def parts_of_article(record):
    return [words_of(block.span.of(record.article.text)) for block in record.article.blocks]


PIECES = [
    *sorted({word for saying in SAYINGS for word in words_of(saying)}),
    '"', "-", "*", " ", " ", " ", "AND", "OR", "NOT", "NEAR(", "(", ")", "^", ":", "{", "}", "+", "'", ";",
    "--", "¤", "¶", "¤fdirect", "%", "_", "\\", "\x00", "\ud800", "İ", "ß", "the bridge", '"the bridge"',
]  # fmt: skip
QUESTIONS = st.one_of(
    st.text(max_size=30),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=8).map("".join),
)  # fmt: skip
OFTEN = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@OFTEN
@given(words=QUESTIONS)
def test_any_string_finds_what_a_naive_search_finds(many, words):
    try:
        found = find_numbers(many, words)
    except QueryError:
        return
    assert found == search_naively(words, parts_of_statement)


@OFTEN
@given(words=QUESTIONS)
def test_any_string_finds_the_articles_that_a_naive_search_finds(many, words):
    try:
        found = find_numbers(many, words, scope="article")
    except QueryError:
        return
    assert found == search_naively(words, parts_of_article if read_terms(words) else parts_of_statement)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=QUESTIONS, scope=st.sampled_from(["statements", "article"]))
def test_any_string_finds_the_same_on_both_databases(small, many, words, scope):
    try:
        expected = find_numbers(many, words, scope=scope)
    except QueryError:
        with pytest.raises(QueryError):
            find_numbers(small, words, scope=scope)
        return
    assert find_numbers(small, words, scope=scope) == expected


FIELDS = ("speaker", "outlet", "via", "said", "about_time", "published", "place", "after")


@OFTEN
@given(field=st.sampled_from(FIELDS), asked=QUESTIONS)
def test_any_string_in_any_filter_is_an_answer_or_a_query_error(many, field, asked):
    told: list[str] = []
    try:
        answer = many.search(Query(**{field: asked}))
        told = [*(hit.statement_id for hit in answer.hits), *answer.notes]
    except QueryError as error:
        told = [error.cure or ""]
    assert any(told)


@OFTEN
@given(words=QUESTIONS)
def test_any_string_is_looked_for_as_a_quotation_and_as_a_name(many, words):
    assert len(many.find_passages(words)) <= len(RECORDS)
    assert len(many.find_people(words)) <= 1


@given(st.text())
def test_words_hold_nothing_that_a_database_could_take_for_a_command(text):
    for word in words_of(text):
        assert word
        assert all(sign.isalnum() for sign in word)


@given(st.lists(st.text(max_size=8), max_size=5))
def test_words_of_parts_are_the_words_of_the_whole(parts):
    whole = words_of(" ".join(parts))
    assert whole == [word for part in parts for word in words_of(part)]


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize(
    "asked",
    [
        {}, {"sort": "oldest"}, {"words": "bridge"}, {"words": "bridg* ", "sort": "relevance"},
        {"words": "news", "scope": "article"}, {"words": "news", "scope": "article", "sort": "oldest"},
        {"words": "bridge", "scope": "article", "sort": "relevance"}, {"speaker": "vance"},
    ],
)  # fmt: skip
def test_pages_hold_every_statement_once(small, asked, limit):
    undated = make_news(
        [Said(words="No date: the bridge"), Said(words="None")], published=None, title="News 7"
    )
    earlier = make_news(
        [Said(words="bridge bridge"), Said(words="A bridge")], published="1999", title="News 8"
    )
    small.add_records([(record.capture, record) for record in (undated, earlier)], READING)
    whole = [hit.statement_id for hit in small.search(Query(**asked)).hits]
    query, paged = Query(**asked, limit=limit), []
    while True:
        answer = small.search(query)
        assert len(answer.hits) <= limit
        paged += [hit.statement_id for hit in answer.hits]
        if answer.next is None:
            break
        query = query.narrow(after=answer.next)
    assert paged == whole
    assert len(set(whole)) == len(whole) > 1


def test_a_page_is_of_its_own_question_alone(small):
    answer = small.search(Query(words="bridge", limit=1))
    with pytest.raises(QueryError, match="goes on from"):
        small.search(Query(words="ferry", after=answer.next))


def test_newest_first_never_turns_back(small):
    times = [hit.when or "" for hit in small.search(Query()).hits]
    assert all(later >= earlier for later, earlier in pairwise(times))


@pytest.mark.parametrize(
    "asked",
    [
        '"' + "the " * 490 + '"',
        "-".join(["the"] * 490),
        '"the of the of the of the"',
        'bridge -"no no no no no no"',
    ],
    ids=lambda asked: asked[:20],
)
def test_a_few_words_again_and_again_are_not_looked_for(asked):
    with pytest.raises(QueryError, match="few are asked for very often"):
        read_terms(asked)


@pytest.mark.parametrize(
    "asked", ['"no, no, no, no"', "the " * 400, " ".join(f'"to {n} to"' for n in range(20))]
)
def test_words_that_people_do_repeat_are_looked_for(asked):
    assert read_terms(asked)
