"""The answer to a question is taken along as a file: in every format, exactly these statements."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.errors import MissingPartError
from onrecord.export.formats import FORMATS
from onrecord.export.writing import write_stream
from onrecord.record import Query
from onrecord.serve import search_export
from onrecord.serve.app import make_app
from onrecord.serve.asking import read_query
from onrecord.serve.search_export import list_choices, list_entries, name_file
from tests.serve.press import BUSY, fill_press

HOST = {"base_url": "http://localhost:8000"}
QUESTIONS = (
    {"q": "ferry", "outlet": "Quay Courier"},
    {"speaker": "Vance", "form": "direct"},
    {"status": "unjudged", "when": "2030", "sort": "oldest"},
    {"q": "Trending", "scope": "article"},
    {"q": "free", "sort": "relevance"},
    {"q": "zeppelin"},
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with fill_press(tmp_path_factory.mktemp("export") / "e.onrecord") as kept:
        yield kept


@pytest.fixture(scope="module")
def client(collection: Collection) -> Iterator[TestClient]:
    with TestClient(make_app(collection), **HOST) as client:
        yield client


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files are written aside: a test sees what is left of them."""
    folder = tmp_path / "aside"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def ids_of(collection: Collection, asked: dict[str, str]) -> set[str]:
    return {hit.statement_id for hit in collection.search(read_query(asked).narrow(limit=1_000)).hits}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_what_it_makes_of_these_statements(
    client: TestClient, collection: Collection, own_folder: Path, name: str
):
    asked = {"speaker": "Vance"}
    answer = client.get("/search/export", params={"format": name, **asked})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == FORMATS[name].media_type.partition(";")[0]
    ending = FORMATS[name].suffixes[0]
    assert answer.headers["content-disposition"] == f'attachment; filename="statements{ending}"'
    entries = list(list_entries(collection, read_query(asked)))
    assert {s.statement_id for e in entries for s in e.record.statements} == ids_of(collection, asked)
    if FORMATS[name].is_text:
        expected = io.BytesIO()
        write_stream(FORMATS[name], entries, expected, search_export.make_context(collection, Query(**asked)))
        assert answer.content == expected.getvalue()
    else:
        assert answer.content[:2] == (b"PA" if name == "parquet" else b"PK")
    assert not list(own_folder.iterdir())


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_table_has_a_row_for_each_statement_and_no_other(
    client: TestClient, collection: Collection, asked: dict[str, str]
):
    table = client.get("/search/export", params={"format": "csv", **asked}).content.decode("utf-8-sig")
    rows = [row["statement_id"] for row in csv.DictReader(io.StringIO(table))]
    assert set(rows) == ids_of(collection, asked)
    assert len(rows) == len(set(rows))


def test_where_nothing_is_asked_whole_articles_are_written(client: TestClient, collection: Collection):
    lines = client.get("/search/export?format=jsonl").text.splitlines()
    texts = [json.loads(line)["article"]["text"] for line in lines]
    assert len(texts) == collection.counts().articles
    assert "It rains." in texts


def test_a_search_offers_each_format_for_its_own_question(client: TestClient):
    page = client.get("/search", params={"q": "ferry", "outlet": "Quay Courier"}).text
    for name in FORMATS:
        assert f'href="/search/export?format={name}&amp;q=ferry&amp;outlet=Quay+Courier"' in page


def test_by_meaning_as_many_are_taken_along_as_are_shown():
    addresses = [
        choice.address for choice in list_choices(Query(meaning="it is free", sort="meaning", limit=50))
    ]
    assert all(address.endswith("meaning=it+is+free&limit=50") for address in addresses)


def test_a_page_of_results_is_taken_along_from_the_first(client: TestClient, collection: Collection):
    after = collection.search(speaker=BUSY).next
    assert after
    table = client.get("/search/export", params={"format": "csv", "speaker": BUSY, "after": after}).text
    assert len(table.splitlines()) == 1 + len(ids_of(collection, {"speaker": BUSY}))


@pytest.mark.parametrize("asked", [{}, {"speaker": BUSY}])
def test_more_than_can_be_taken_along_is_told_and_nothing_is_written(
    client: TestClient, own_folder: Path, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]
):
    monkeypatch.setattr(search_export, "MOST_EXPORTED", 5)
    monkeypatch.setattr(search_export, "AT_ONCE", 3)
    answer = client.get("/search/export", params={"format": "csv", **asked})
    assert answer.status_code == 413
    assert "onrecord export --in" in answer.text
    assert not list(own_folder.iterdir())


@pytest.mark.parametrize("asked", ["bytes=abc", "bytes=999999999-", "bytes=0-3", "bytes=0-1,5-6"])
def test_nothing_is_left_of_a_file_of_which_a_part_is_asked(client: TestClient, own_folder: Path, asked: str):
    client.get("/search/export?format=csv", headers={"range": asked})
    assert list(own_folder.iterdir()) == []


def test_a_part_that_is_not_installed_is_told_with_the_command(
    client: TestClient, own_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def lack(*_: object, **__: object) -> int:
        raise MissingPartError("pyarrow is not installed.", cure="pip install 'onrecord[tables]'")

    monkeypatch.setattr(search_export, "write_stream", lack)
    answer = client.get("/search/export?format=parquet&q=ferry")
    assert answer.status_code == 501
    assert "pip install &#x27;onrecord[tables]&#x27;" in answer.text
    assert not list(own_folder.iterdir())


def test_a_format_that_is_not_installed_is_no_link(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    assert "format=parquet&amp;q=ferry" in client.get("/search?q=ferry").text
    monkeypatch.setattr(search_export, "is_installed", lambda chosen: chosen.module != "pyarrow")
    page = client.get("/search?q=ferry").text
    assert "format=parquet" not in page
    assert "pip install &#39;onrecord[tables]&#39;" in page
    assert "format=xlsx&amp;q=ferry" in page


def test_a_full_disk_is_told_and_nothing_is_left(
    client: TestClient, own_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(search_export, "write_stream", fail)
    answer = client.get("/search/export?format=csv&q=ferry")
    assert answer.status_code == 422
    assert "No space left on device" in answer.text
    assert not list(own_folder.iterdir())


@pytest.mark.parametrize("asked", ["", "format=", "format=docx", "format=%3Cscript%3E"])
def test_a_format_that_there_is_not_is_told_with_those_there_are(client: TestClient, asked: str):
    answer = client.get(f"/search/export?{asked}")
    assert answer.status_code == 422
    assert "follow" in answer.text
    assert "<script>" not in answer.text


def test_a_bad_question_is_told(client: TestClient):
    assert client.get("/search/export?format=csv&when=yesterday").status_code == 400


@pytest.mark.parametrize(
    "words", ['a"; filename="evil.exe', "x\r\nSet-Cookie: a=1", "../../etc", "…日本", "con" * 99]
)
def test_the_name_of_a_file_is_made_of_letters_alone(client: TestClient, words: str):
    name = name_file(Query(words=words), FORMATS["csv"])
    assert len(name) < 80
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    answer = client.get(f"/search/export?format=csv&q={quote(words)}")
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
