"""Ids are found whole or shortened; one of nothing is an error that names near ones."""

import pytest

from onrecord.errors import UnknownIdError
from onrecord.store.kept import KeptStore
from tests.factories import make_record
from tests.store.conftest import READING

RECORDS = [make_record(f"Day {day} was quiet,") for day in range(40)]


@pytest.fixture
def filled(store: KeptStore) -> KeptStore:
    store.add_records([(r.capture, r) for r in RECORDS], READING)
    return store


def test_a_record_is_found_by_the_id_of_its_article_or_of_a_statement(filled: KeptStore):
    wanted = RECORDS[7]
    for given in (wanted.article.article_id, wanted.statements[0].statement_id):
        assert filled.judged(given).record.article == wanted.article


def test_the_first_digits_of_an_id_do_where_they_are_of_one_alone(filled: KeptStore):
    for wanted in RECORDS[:5]:
        assert filled.judged(wanted.article.article_id[:20]).record.article == wanted.article
        assert filled.judged(wanted.statements[0].statement_id[:22]).record.article == wanted.article
        assert filled.judged(wanted.article.article_id.split("-")[1][:11]).record.article == wanted.article


def test_digits_that_begin_two_ids_are_an_error_that_lists_them(store: KeptStore):
    records = [make_record(f"Word {number},") for number in range(2)]
    store.add_records([(r.capture, r) for r in records], READING)
    with store._database.writing() as connection:
        for number, record in enumerate(records):
            connection.exec_driver_sql(
                f"UPDATE articles SET article_id = 'article-00000{number}' WHERE article_id = "
                f"'{record.article.article_id}'"
            )
    with pytest.raises(UnknownIdError, match=r"More than one.*article-000000, article-000001"):
        store.judged("article-0000")


def test_an_unknown_id_is_an_error_with_the_near_ones(filled: KeptStore):
    known = RECORDS[3].article.article_id
    mistyped = known[:-1] + ("0" if known[-1] != "0" else "1")
    with pytest.raises(UnknownIdError, match=f"Near it are .*{known}"):
        filled.judged(mistyped)


@pytest.mark.parametrize(
    "given",
    ["", " ", "article-", "statement-zzzz", "article-%", "'; DROP TABLE articles; --", "person-0000000000",
     "article-\x00", "\ud800", "*", "a" * 100_000, "0" * 33],
)  # fmt: skip
def test_what_is_no_id_is_an_error_and_nothing_else(filled: KeptStore, given: str):
    with pytest.raises(UnknownIdError, match="has the id"):
        filled.judged(given)
    assert filled.counts().articles == len(RECORDS)


def test_the_id_of_a_capture_finds_its_record_too(filled: KeptStore):
    from onrecord.record import capture_id_of

    wanted = RECORDS[2]
    assert filled.judged(capture_id_of(wanted.capture)).record.article == wanted.article
