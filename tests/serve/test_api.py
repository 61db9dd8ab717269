"""The API: what it answers, in which of its two shapes, and to whom."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.record import CORRECTED_FIELDS, from_json
from onrecord.serve.api.asked import Asked
from onrecord.serve.api.judged import Corrections
from onrecord.serve.app import make_app
from onrecord.serve.asking import CHOICES, FIELDS
from onrecord.serve.settings import Settings, Token
from onrecord.store import open_store
from onrecord.verifier.verdict import Report
from tests.serve.serving import fill_collection

LOCAL = "http://localhost:8000"


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    with fill_collection(tmp_path_factory.mktemp("api") / "a.onrecord") as filled:
        yield filled


@pytest.fixture(scope="module")
def client(collection):
    with TestClient(make_app(collection, Settings(fetch=False)), base_url=LOCAL) as asking:
        yield asking


@pytest.fixture
def own_client(tmp_path):
    """Of a record that a test may change."""
    with (
        fill_collection(tmp_path / "a.onrecord") as filled,
        TestClient(make_app(filled, Settings(fetch=False)), base_url=LOCAL) as asking,
    ):
        yield asking


def data_of(answer, status=200):
    assert (answer.status_code, answer.json()["ok"]) == (status, True), answer.text
    assert set(answer.json()) == {"ok", "data", "next", "notes"}
    return answer.json()["data"]


def fault_of(answer, status):
    assert (answer.status_code, answer.json()["ok"]) == (status, False), answer.text
    assert set(answer.json()) == {"ok", "error"}
    assert set(answer.json()["error"]) == {"kind", "problem", "where", "cure"}
    return answer.json()["error"]


def first_statement(client):
    return data_of(client.get("/api/statements", params={"q": "ferry"}))["statements"][0]


def test_the_words_of_a_question_are_those_of_the_pages_and_the_command_line():
    assert tuple(Asked.model_fields) == FIELDS


def test_the_choices_of_a_word_are_told_by_the_description(client):
    document = client.get("/api/openapi.json").json()
    told = {
        one["name"]: one["schema"].get("enum")
        for one in document["paths"]["/statements"]["get"]["parameters"]
    }
    assert {name: told[name] for name in CHOICES} == {name: ["", *of] for name, of in CHOICES.items()}


def test_statements_are_found_with_their_evidence(client):
    found = data_of(
        client.get("/api/statements", params={"q": "bridge", "speaker": "Vance", "form": "direct"})
    )
    assert found["total"] == len(found["statements"]) >= 1
    assert found["statements"][0]["content"] == ["“The bridge stays shut until the frost,”"]
    assert found["statements"][0]["content_spans"][0].keys() == {"start_char", "end_char"}


def test_a_page_of_statements_leads_to_the_next_until_there_is_none(client):
    seen, after = [], ""
    while after is not None:
        answer = client.get("/api/statements", params={"limit": 4, "after": after})
        seen += [one["statement_id"] for one in data_of(answer)["statements"]]
        after = answer.json()["next"]
    assert len(seen) == len(set(seen)) == data_of(client.get("/api/counts"))["statements"]


def test_an_empty_word_asks_nothing_as_in_a_form(client):
    everything = data_of(client.get("/api/statements"))["total"]
    assert data_of(client.get("/api/statements?q=&form=&near=&after="))["total"] == everything


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("form=spoken", 400),
        ("near=here", 400),
        ("when=yesterday", 400),
        ("after=nonsense", 400),
        ("limit=0", 422),
        ("limit=201", 422),
        ("limit=many", 422),
        ("speker=Vance", 422),
        ("q=" + "a" * 2_001, 400),
    ],
)
def test_a_question_that_cannot_be_understood_is_said_to_be_so(client, asked, status):
    fault_of(client.get(f"/api/statements?{asked}"), status)


@pytest.mark.parametrize("path", ["facets", "moments", "whereabouts", "export"])
def test_what_counts_and_exports_takes_the_same_words_and_no_page(client, path):
    usual = {"format": "csv"} if path == "export" else {}
    assert client.get(f"/api/{path}", params={**usual, "q": "ferry"}).status_code == 200
    fault_of(client.get(f"/api/{path}", params={**usual, "form": "spoken"}), 400)
    fault_of(client.get(f"/api/{path}", params={**usual, "limit": 5}), 422)


def test_one_statement_is_shown_with_every_field_its_article_and_its_judgements(client):
    found = first_statement(client)
    shown = data_of(client.get(f"/api/statements/{found['statement_id']}"))
    assert shown["statement"]["content"][0]["text"] == found["content"][0]
    assert shown["article"]["article_id"] == found["article_id"]
    assert (shown["person_id"], shown["rejected"], shown["judgements"]) == (found["person_id"], False, [])


@pytest.mark.parametrize(
    "path",
    ["/api/statements/statement-0", "/api/articles/x", "/api/articles/%00", "/api/people/nobody",
     "/api/intakes/none", "/api/articles/x/capture", "/api/nothing", "/api/statements/a/b",
     "/api/people/a%0Ab"],
)  # fmt: skip
def test_what_is_not_there_is_a_404_in_the_shape_of_errors(client, path):
    fault_of(client.get(path), 404)


def test_an_address_asked_in_another_way_says_in_which_it_is(client):
    answer = client.put("/api/statements")
    fault_of(answer, 405)
    assert answer.headers["allow"] == "GET"


def test_a_head_has_what_a_get_would_say_without_the_body(client):
    got, head = client.get("/api/counts"), client.head("/api/counts")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(got.content))


def test_what_statements_have_in_common_is_counted(client):
    assert data_of(client.get("/api/facets"))["speakers"][0]["name"] == "Mira Vance"
    moments = data_of(client.get("/api/moments", params={"unit": "year"}))
    assert [bucket["start"] for bucket in moments["buckets"]] == ["2031", "2032"]
    assert data_of(client.get("/api/whereabouts"))["places"]


def test_an_article_is_shown_as_the_codec_writes_it(client, collection):
    found = first_statement(client)
    shown = data_of(client.get(f"/api/articles/{found['article_id']}"))
    assert (
        from_json(json.dumps(shown["record"])).article == collection.show(found["article_id"]).record.article
    )


def test_the_captured_bytes_come_as_a_file_that_no_browser_runs(client, collection):
    found = first_statement(client)
    answer = client.get(f"/api/articles/{found['article_id']}/capture")
    assert answer.content == collection.store.capture_body(found["capture_sha256"])
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_newest_articles_are_listed_page_by_page(client):
    first = client.get("/api/articles", params={"limit": 4})
    second = client.get("/api/articles", params={"limit": 4, "after": first.json()["next"]})
    listed = [line["article_id"] for line in data_of(first) + data_of(second)]
    assert (len(listed), len(set(listed)), second.json()["next"]) == (6, 6, None)


def test_people_are_found_by_name_and_by_id(client):
    (person,) = data_of(client.get("/api/people", params={"name": "corran"}))
    assert data_of(client.get(f"/api/people/{person['person_id']}")) == person


def test_failures_and_runs_are_listed(client):
    assert data_of(client.get("/api/failures"))[0]["subject"] == "empty.txt"
    assert data_of(client.get("/api/runs"))[0]["added"] == 6
    fault_of(client.get("/api/runs", params={"after": "-1"}), 400)


@pytest.mark.parametrize("name", ["csv", "jsonl", "geojson"])
def test_what_answers_is_exported(client, name):
    answer = client.get("/api/export", params={"format": name, "q": "ferry"})
    assert answer.status_code == 200
    assert "ferry" in answer.text or name == "geojson"
    assert "bridge" not in answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="statements-ferry.{name}"'


def test_a_judgement_counts_and_is_taken_back(own_client):
    found = first_statement(own_client)
    said = {
        "kind": "reject",
        "statement_id": found["statement_id"],
        "by": "Ada Quill",
        "note": "No such words.",
    }
    (made,) = data_of(own_client.post("/api/judgements", json=said), 201)
    assert data_of(own_client.get("/api/statements?q=ferry"))["statements"] == []
    assert data_of(own_client.get(f"/api/statements/{found['statement_id']}"))["rejected"] is True
    path = f"/api/judgements/{made['judgement_id']}/withdraw"
    assert data_of(own_client.post(path, json={"by": "Oskar Lind"}))["withdrawn_by"] == "Oskar Lind"
    assert first_statement(own_client) == found
    fault_of(own_client.post(path, json={"by": "Oskar Lind"}), 422)


def test_fields_are_corrected_with_the_words_of_the_command_line(own_client):
    found = first_statement(own_client)
    said = {"kind": "correct", "statement_id": found["statement_id"], "by": "Ada Quill"}
    wanted = {
        "content": ["free for everybody"],
        "mode": "thinks",
        "speaker": "unknown",
        "said_at": "2031-05-02",
    }
    assert len(data_of(own_client.post("/api/judgements", json={**said, **wanted}), 201)) == 4
    shown = data_of(own_client.get(f"/api/statements/{found['statement_id']}"))
    statement = shown["statement"]
    assert [part["text"] for part in statement["content"]] == ["free for everybody"]
    assert (statement["mode"], statement["speaker"], statement["said_at"]["edtf"]) == (
        "thinks",
        None,
        "2031-05-02",
    )
    assert (shown["status"]["kind"], len(shown["judgements"])) == ("corrected", 4)


def test_people_are_merged_and_split(own_client):
    ids = [
        data_of(own_client.get("/api/people", params={"name": n}))[0]["person_id"] for n in ("vance", "vale")
    ]
    data_of(own_client.post("/api/judgements", json={"kind": "merge", "people": ids, "by": "Ada Quill"}), 201)
    merged = data_of(own_client.get(f"/api/people/{ids[1]}"))
    assert set(merged["merged_ids"]) | {merged["person_id"]} >= set(ids)
    found = first_statement(own_client)
    entity = data_of(own_client.get(f"/api/statements/{found['statement_id']}"))["statement"]["speaker"]
    said = {"kind": "split", "article_id": found["article_id"], "entity_id": entity["entity_id"], "by": "Ada"}
    data_of(own_client.post("/api/judgements", json=said), 201)
    assert first_statement(own_client)["person_id"] not in ids


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 422),
        ({"kind": "accept"}, 422),
        ({"kind": "accept", "statement_id": "statement-0", "by": "Ada"}, 404),
        ({"kind": "accept", "statement_id": "s", "by": ""}, 422),
        ({"kind": "accept", "statement_id": "s", "by": "Ada", "more": 1}, 422),
        ({"kind": "accept", "statement_id": "s", "by": "Ada\nLind"}, 422),
        ({"kind": "accept", "statement_id": "s", "by": "Ada", "score": 2}, 422),
        ({"kind": "merge", "people": ["person-1", "person-1"], "by": "Ada"}, 422),
        ({"kind": "merge", "people": ["person-1", "person-2"], "by": "Ada"}, 404),
        ({"kind": "praise", "by": "Ada"}, 422),
        ([], 422),
        ("reject", 422),
    ],
    ids=str,
)
def test_what_is_no_judgement_is_refused(client, said, status):
    fault_of(client.post("/api/judgements", json=said), status)


def test_a_correction_that_corrects_nothing_or_does_not_fit_is_refused(client):
    said = {"kind": "correct", "statement_id": first_statement(client)["statement_id"], "by": "Ada"}
    for wanted in (
        {},
        {"content": ["no such words"]},
        {"mode": "sang"},
        {"said_at": "soon"},
        {"content": ["@9:2"]},
    ):
        fault_of(client.post("/api/judgements", json={**said, **wanted}), 422)


def test_every_field_that_can_be_corrected_can_be_corrected_here():
    assert set(Corrections.model_fields) >= set(CORRECTED_FIELDS)


def test_judgements_are_listed_the_newest_first_and_page_by_page(own_client):
    statement_id = first_statement(own_client)["statement_id"]
    made = [
        data_of(
            own_client.post(
                "/api/judgements",
                json={"kind": "accept", "statement_id": statement_id, "by": "Ada", "note": f"{n}"},
            ),
            201,
        )[0]["judgement_id"]
        for n in range(6)
    ]
    seen, after = [], ""
    while after is not None:
        answer = own_client.get("/api/judgements", params={"limit": 2, "after": after})
        seen += [one["judgement_id"] for one in data_of(answer)]
        after = answer.json()["next"]
    assert seen[:6] == made[::-1]
    assert len(seen) == 7
    assert len(data_of(own_client.get("/api/judgements", params={"of": statement_id}))) == 6
    fault_of(own_client.get("/api/judgements", params={"after": "judgement-0"}), 400)


def test_a_format_that_there_is_not_is_said_to_be_none(client):
    assert "csv" in fault_of(client.get("/api/export?format=doc"), 422)["cure"]
    fault_of(client.get("/api/export"), 422)


def test_more_than_a_page_takes_along_is_refused_in_the_shape_of_errors(client, monkeypatch):
    monkeypatch.setattr("onrecord.serve.search_export.MOST_EXPORTED", 3)
    assert "onrecord export" in fault_of(client.get("/api/export?format=csv"), 413)["cure"]


def test_a_draft_is_verified_and_not_kept(client, collection, monkeypatch):
    report = Report(draft="notes", text="Nothing quoted.", verdicts=(), notes=("A note.",))
    asked = []
    monkeypatch.setattr(collection, "verify", lambda *words, **ways: asked.append((words, ways)) or report)
    given = {"text": "Nothing quoted.", "name": "notes", "quotations": True}
    told = data_of(client.post("/api/verify", json=given))
    assert (told["draft"], told["fails"], told["notes"]) == ("notes", False, ["A note."])
    assert asked == [((b"Nothing quoted.",), {"name": "notes", "quotations": True})]
    fault_of(client.post("/api/verify", json={"text": "a" * 1_000_001}), 422)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"json": {}}, 422),
        ({"json": {"text": ""}}, 422),
        ({"json": {"text": "a", "html": "b"}}, 422),
        ({"json": {"url": "javascript:alert(1)"}}, 422),
        ({"json": {"url": "https://news.example/"}}, 422),
        ({"json": {"text": "a", "more": 1}}, 422),
        ({"json": [1]}, 422),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"[" * 200_000, "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"\xff\xfe", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b'"\\ud800"', "headers": {"content-type": "application/json"}}, 422),
        ({"content": b'{"text": "\\ud800"}', "headers": {"content-type": "application/json"}}, 422),
        ({"content": b"x", "headers": {"content-type": "text/plain"}}, 415),
        ({"content": b"x"}, 415),
        ({"data": {"files": "x"}}, 415),
        ({"files": {"other": ("a.txt", b"x")}}, 422),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=a"}}, 400),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_is_no_article_is_refused_and_nothing_is_begun(client, sent, status):
    fault_of(client.post("/api/articles", **sent), status)
    assert data_of(client.get("/api/intakes")) == []


def test_a_body_in_chunks_that_grows_too_large_is_refused_in_the_shape_of_errors(collection):
    def chunks():
        for _ in range(11):
            yield b" " * 100

    small = TestClient(make_app(collection, Settings(most_bytes=1_000)), base_url=LOCAL)
    for path in ("/api/judgements", "/api/articles"):
        fault_of(small.post(path, content=chunks(), headers={"content-type": "application/json"}), 413)


def test_with_tokens_the_description_asks_for_one_and_writing_needs_the_one_that_writes(collection):
    tokens = (Token(secret="read-read-read-read", right="read"), Token(secret="w" * 20, right="write"))
    closed = TestClient(make_app(collection, Settings(tokens=tokens)), base_url=LOCAL)
    reads, writes = ({"authorization": f"Bearer {token.secret}"} for token in tokens)
    assert closed.get("/api/openapi.json").status_code == 401
    assert {} not in closed.get("/api/openapi.json", headers=reads).json()["security"]
    answer = closed.get("/api/counts")
    fault_of(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"
    assert data_of(closed.get("/api/counts", headers=reads))["articles"] == 6
    fault_of(closed.post("/api/judgements", json={}, headers=reads), 403)
    fault_of(closed.post("/api/judgements", json={}, headers=writes), 422)


@pytest.mark.parametrize("path", ["/api/articles/nothing", "/articles/nothing", "/search/export?format=csv"])
def test_whoever_reads_with_a_token_is_not_told_where_the_record_lies(collection, monkeypatch, path):
    monkeypatch.setattr("onrecord.serve.search_export.MOST_EXPORTED", 1)
    tokens = (Token(secret="read-read-read-read", right="read"),)
    closed = TestClient(make_app(collection, Settings(tokens=tokens)), base_url=LOCAL)
    answer = closed.get(path, headers={"authorization": f"Bearer {tokens[0].secret}"})
    assert answer.status_code in {404, 413}
    assert str(Path(collection.store.where).parent) not in answer.text
    here = TestClient(make_app(collection), base_url=LOCAL)
    assert str(Path(collection.store.where).parent) in here.get(path).text


def test_a_record_that_is_only_read_is_not_written(tmp_path):
    fill_collection(tmp_path / "a.onrecord").close()
    with Collection(open_store(tmp_path / "a.onrecord", read_only=True)) as opened:
        reader = TestClient(make_app(opened, Settings(read_only=True)), base_url=LOCAL)
        assert data_of(reader.get("/api/counts"))["articles"] == 6
        fault_of(reader.post("/api/judgements", json={}), 403)


def test_a_fault_of_our_own_is_told_in_the_shape_of_errors_without_its_inside(collection, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(collection.store, "counts", fail)
    broken = TestClient(make_app(collection), base_url=LOCAL, raise_server_exceptions=False)
    answer = broken.get("/api/counts")
    assert "secret" not in fault_of(answer, 500)["problem"]
    assert "content-security-policy" in answer.headers


def test_a_page_shows_every_operation_of_the_api_to_people(client):
    page, document = client.get("/api/").text, client.get("/api/openapi.json").json()
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"{method.upper()} /api{path}" in page


def test_the_api_lists_its_page_where_the_slash_was_left_out(client):
    assert client.get("/api").text == client.get("/api/").text


def test_every_operation_has_a_summary_and_a_sentence(client):
    document = client.get("/api/openapi.json").json()
    operations = [one for methods in document["paths"].values() for one in methods.values()]
    assert all(one["summary"] and one["description"] and one["tags"] for one in operations)
    assert all({"4XX", "5XX"} <= set(one["responses"]) for one in operations)
    assert len({one["operationId"] for one in operations}) == len(operations)
