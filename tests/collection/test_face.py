"""A record that is kept, from Python: added to, asked, verified against, judged and exported."""

import json
from pathlib import Path

import pytest

import onrecord
from onrecord import Query
from onrecord.collection.face import Collection
from onrecord.errors import (
    ExportError,
    InputError,
    QueryError,
    ReadOnlyStoreError,
    StoreError,
    UnknownIdError,
)
from onrecord.ingest import make_capture
from onrecord.record import Judgement, from_json, judgement_id_of, target_of

BRIDGE = """Bridge to open in May

BELTOWN, March 3 - The bridge will open in May, the mayor said.

“Every bolt was checked twice,” said Mara Vance, the mayor of Beltown.

Tomas Lind, an engineer, denied that the work had been rushed.
"""
FERRY = """No ferry until Friday

HARROW, April 9 - “The ferry will not sail before Friday,” said Ilse Drummond, the harbour master.
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A record of two articles, with what could not be read."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    with onrecord.open(folder / "news.onrecord") as collection:
        ferry = make_capture(FERRY.encode(), url="https://courier.example/ferry")
        report = collection.add([folder / "bridge.txt", ferry, folder / "gone.txt"])
    assert (report.added, report.failed) == (2, 1)
    return folder / "news.onrecord"


@pytest.fixture
def collection(path):
    with onrecord.open(path, read_only=True) as opened:
        yield opened


def test_what_is_known_is_not_added_again(path):
    with onrecord.open(path) as collection:
        report = collection.add(path.parent / "bridge.txt")
        assert (report.added, report.known) == (0, 1)


def test_a_record_is_looked_over_by_the_same_words_as_it_is_searched(collection):
    found = collection.search("bolt")
    assert collection.facets("bolt").counted == found.total == 1
    assert collection.facets("bolt").speakers[0].name == found.hits[0].speaker
    assert collection.moments("bolt", unit="year").counted == 1
    assert collection.whereabouts(Query(words="bolt")).counted == 1
    with pytest.raises(QueryError, match="'colour'"):
        collection.facets("bolt", colour="red")


def test_the_steps_of_adding_can_be_followed(tmp_path):
    told = []
    with onrecord.open(tmp_path / "news.onrecord") as collection:
        collection.add(make_capture(BRIDGE.encode()), progress=told.append)
    assert [(step.report.added, len(step.entry.statements) > 0) for step in told] == [(1, True)]


def test_a_record_that_was_read_is_added_with_its_bytes(tmp_path):
    record = onrecord.read(BRIDGE)
    with onrecord.open(tmp_path / "news.onrecord") as collection:
        assert collection.add(record).added == 1
        (kept,) = collection.records(with_body=True)
        assert (kept.statements, kept.capture.body) == (record.statements, BRIDGE.encode())
        assert next(collection.records()).capture.body is None


def test_a_table_is_added_by_the_column_that_is_named(tmp_path):
    (tmp_path / "rows.csv").write_text('n,said so\n1,"The bridge is open, Mara Vance said."\n')
    with onrecord.open(tmp_path / "news.onrecord") as collection:
        assert collection.add(tmp_path / "rows.csv", column="said so", published="3 May 2031").added == 1
        (record,) = collection.records()
        assert record.article.published_at.value == "2031-05-03"


def test_an_address_is_not_fetched(tmp_path):
    with onrecord.open(tmp_path / "news.onrecord") as collection:
        assert collection.add("https://courier.example/1").failed == 1
        assert "nothing is fetched here" in collection.failures()[0].detail


def test_what_is_no_source_is_refused(tmp_path):
    with onrecord.open(tmp_path / "news.onrecord") as collection, pytest.raises(TypeError, match="no int"):
        collection.add([7])


def test_one_that_is_missing_is_made_unless_that_is_not_wanted(tmp_path):
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(StoreError, match="There is no such file"):
            onrecord.open(tmp_path / "none.onrecord", **options)
    onrecord.open(tmp_path / "none.onrecord").close()
    assert (tmp_path / "none.onrecord").exists()


def test_one_that_is_open_to_read_alone_is_not_added_to(collection):
    with pytest.raises(ReadOnlyStoreError):
        collection.add(make_capture(b"The bridge is open."))


def test_words_and_filters_are_searched(collection):
    (hit,) = collection.search("bolt", form="direct").hits
    assert (hit.content, hit.speaker) == (("“Every bolt was checked twice,”",), "Mara Vance")
    assert collection.search(Query(words="bolt"), form="indirect").hits == ()
    assert len(collection.search().hits) == collection.counts().statements


def test_a_filter_that_there_is_not_is_named_with_those_there_are(collection):
    with pytest.raises(QueryError, match=r"There is no filter 'speeker'.*speaker"):
        collection.search("bolt", speeker="Vance")
    with pytest.raises(QueryError, match="'speeker'"):
        collection.search(Query(words="bolt"), speeker="Vance")


def test_what_a_person_said_comes_oldest_first(collection):
    assert [hit.speaker for hit in collection.timeline("Drummond").hits] == ["Ilse Drummond"]


def test_people_are_found_by_part_of_a_name(collection):
    assert [person.name for person in collection.people("vance")] == ["Mara Vance"]


def test_an_article_is_shown_by_its_id_and_by_that_of_a_statement(collection):
    (hit,) = collection.search("bolt", form="direct").hits
    shown = collection.show(hit.statement_id)
    assert shown == collection.show(hit.article_id)
    assert shown.record.article.text == BRIDGE
    with pytest.raises(UnknownIdError):
        collection.show("statement-none")


def test_records_are_those_with_statements_that_answer(collection):
    assert len(list(collection.records())) == 2
    (record,) = collection.records("ferry")
    assert "ferry" in record.article.text


def test_a_draft_is_held_against_the_record(collection):
    report = collection.verify("Mara Vance said: “Every bolt was checked twice.”\n\nShe smiled.\n")
    assert [verdict.kind in {"exact", "marks"} for verdict in report.verdicts] == [True]
    altered = collection.verify("“Every bolt was not checked twice,” said Mara Vance.\n\nShe smiled.\n")
    assert [verdict.kind for verdict in altered.verdicts] == ["altered"]
    assert altered.fails


def test_a_draft_that_is_not_there_is_an_input_error(collection):
    with pytest.raises(InputError):
        collection.verify(Path("no-such-draft.md"))


def test_an_export_is_whole(collection, tmp_path):
    exported = collection.export(tmp_path / "out.jsonl", with_body=True)
    lines = [from_json(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert exported.records == 2
    assert [getattr(line, "reason", None) for line in lines] == [None, None, "InputError"]
    assert lines[0].capture.body == BRIDGE.encode()
    collection.export(tmp_path / "ferry.csv", words="ferry")
    assert "Drummond" in (tmp_path / "ferry.csv").read_text("utf-8-sig")


def test_an_export_of_no_format_lists_them(collection, tmp_path):
    with pytest.raises(ExportError, match="jsonl"):
        collection.export(tmp_path / "out.nothing")


def test_statements_are_rows_of_data_frames(collection):
    polars = pytest.importorskip("polars", reason="The part for tables is not installed.")
    frame = collection.to_polars()
    assert isinstance(frame, polars.DataFrame)
    assert frame.height == collection.counts().statements
    pytest.importorskip("pandas", reason="The part for pandas is not installed.")
    assert len(collection.to_pandas("ferry")) == len(collection.search("ferry").hits)


def test_a_judgement_counts_in_every_view_until_it_is_withdrawn(path):
    with onrecord.open(path) as collection:
        (hit,) = collection.search("bolt", form="direct").hits
        record = collection.show(hit.article_id).record
        statement = next(s for s in record.statements if s.statement_id == hit.statement_id)
        made_at = "2031-05-04T10:00:00+00:00"
        judgement = Judgement(
            judgement_id=judgement_id_of("reject", "Ada", made_at, hit.statement_id),
            kind="reject",
            by="Ada",
            made_at=made_at,
            target=target_of(statement, record.article.text, hit.capture_id),
        )
        collection.judge(judgement)
        assert collection.search("bolt", form="direct").hits == ()
        collection.withdraw(judgement.judgement_id, by="Ada", at=made_at)
        assert len(collection.search("bolt", form="direct").hits) == 1


def test_the_engine_that_is_given_reads(path):
    from onrecord.engine import Engine
    from onrecord.store import open_store

    engine = Engine()
    with Collection(open_store(path, read_only=True), engine=engine) as collection:
        assert collection.engine is engine


def test_two_processes_add_what_one_adds(path, tmp_path):
    with onrecord.open(tmp_path / "two.onrecord") as two, onrecord.open(path, read_only=True) as one:
        captures = [record.capture for record in one.records(with_body=True)]
        assert two.add(captures, jobs=2).added == 2
        told = [[json.dumps(r.article.text) for r in kept.records()] for kept in (one, two)]
        assert told[0] == told[1]
        assert [r.statements for r in one.records()] == [r.statements for r in two.records()]
