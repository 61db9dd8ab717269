"""What a request sends: as much as its address takes, as fast as a bad line, in the letters of browsers."""

import anyio
import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from onrecord.serve import incoming
from onrecord.serve.guards import Guards
from onrecord.serve.incoming import ADDING_PATHS, MOST_ELSEWHERE, count_most
from onrecord.serve.settings import Settings, Token

LOCAL = "http://localhost:8000"
CLOSED = Settings(tokens=(Token(secret="read-read-read-read", right="read"),))
MOST = Settings().most_bytes
FORM = b'--x\r\nContent-Disposition: form-data; name="by"\r\n\r\nAda\xff-99\r\n--x--\r\n'


async def count(scope, receive, send):
    """Reads all that is sent."""
    await Request(scope, receive).body()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def client(settings: Settings | None = None) -> TestClient:
    return TestClient(Guards(count, settings or Settings()), base_url=LOCAL)


@pytest.mark.parametrize("path", sorted(ADDING_PATHS))
def test_whole_files_may_be_added(path):
    assert client().post(path, content=b"x" * (MOST_ELSEWHERE + 1)).status_code == 200


@pytest.mark.parametrize("path", ["/api/judgements", "/statements/a/judge", "/you", "/nowhere", "/"])
def test_elsewhere_no_more_is_taken_than_a_form_needs(path):
    assert client().post(path, content=b"x" * MOST_ELSEWHERE).status_code == 200
    assert client().post(path, content=b"x" * (MOST_ELSEWHERE + 1)).status_code == 413


def test_whoever_holds_no_token_can_send_next_to_nothing():
    refused = client(CLOSED).post("/sign-in", content=b"x" * 20_001)
    assert (refused.status_code, "20,000 bytes" in refused.text) == (413, True)


def test_what_is_the_most_at_all_is_the_most_anywhere():
    assert {count_most(path, 10) for path in ("/add", "/verify", "/you")} == {10}
    assert count_most("/add", MOST) == MOST > count_most("/verify", MOST) > count_most("/api/verify", MOST)


def test_what_comes_too_slowly_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(incoming, "GRACE_SECONDS", 0.05)
    told = []

    async def drip():
        await anyio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message):
        told.append(message)

    scope = {"type": "http", "method": "POST", "path": "/add", "headers": [(b"host", b"localhost")]}

    async def ask():
        with anyio.fail_after(10):
            await Guards(count, Settings())(scope, drip, send)

    anyio.run(ask)
    assert told[0]["status"] == 408


def test_a_reader_whose_request_is_whole_may_wait_as_long_as_the_answer_takes(monkeypatch):
    monkeypatch.setattr(incoming, "GRACE_SECONDS", 0.05)
    messages = iter([{"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}])

    async def receive():
        message = next(messages)
        if message["type"] == "http.disconnect":
            await anyio.sleep(0.1)
        return message

    async def ask():
        limited = incoming.limit(receive, 10)
        return [(await limited())["type"], (await limited())["type"]]

    assert anyio.run(ask) == ["http.request", "http.disconnect"]


@pytest.mark.parametrize("letters", ["punycode", "undefined", "idna", "utf-7", "utf-16", '"a b"'])
def test_a_form_in_letters_that_no_browser_sends_is_not_read(letters):
    said = {"content-type": f"multipart/form-data; boundary=x; charset={letters}"}
    assert client().post("/you", content=FORM, headers=said).status_code == 415


@pytest.mark.parametrize("letters", ["", "; charset=utf-8", '; charset="UTF-8"'])
def test_a_form_in_the_letters_of_browsers_is_read(letters):
    said = {"content-type": f"multipart/form-data; boundary=x{letters}"}
    assert client().post("/you", content=FORM, headers=said).status_code == 200
