"""Signing in: a token opens the room in a browser, and leads nowhere else."""

import pytest
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.serve.app import make_app
from onrecord.serve.settings import Settings, Token
from onrecord.serve.sign_in import own_path
from onrecord.store import open_store

READS, WRITES = "read-read-read-read", "write-write-write-write"
TOKENS = (Token(secret=READS, right="read"), Token(secret=WRITES, right="write"))


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    with Collection(open_store(tmp_path_factory.mktemp("room") / "a.onrecord", create=True)) as opened:
        yield opened


@pytest.fixture
def client(collection):
    app = make_app(collection, Settings(tokens=TOKENS))
    return TestClient(app, base_url="http://localhost:8000", follow_redirects=False)


def test_the_form_asks_for_a_token_and_holds_the_page_that_was_wanted(client):
    page = client.get("/sign-in", params={"next": "/search?q=<b>"}).text
    assert '<input type="hidden" name="next" value="/search?q=&lt;b&gt;">' in page
    assert '<label for="token">' in page


def test_the_right_token_leads_on_with_a_cookie_that_opens_the_room(client):
    answer = client.post("/sign-in", data={"token": f" {WRITES} ", "next": "/search?q=x"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=x")
    assert "HttpOnly; SameSite=Strict" in answer.headers["set-cookie"]
    assert client.get("/api/counts").status_code == 200


@pytest.mark.parametrize("data", [{}, {"token": ""}, {"token": "no"}, {"token": READS[:-1]}, {"next": "/"}])
def test_a_wrong_token_is_said_to_be_wrong_and_not_repeated(client, data):
    answer = client.post("/sign-in", data=data)
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    assert "This is no token of this room" in answer.text
    assert READS[:-1] not in answer.text


def test_a_file_in_place_of_a_token_is_refused(client):
    answer = client.post("/sign-in", files={"token": ("a.txt", b"x")})
    assert answer.status_code == 400


def test_signing_out_makes_the_browser_forget(client):
    client.post("/sign-in", data={"token": READS})
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?out=1")
    assert client.get("/api/counts").status_code == 401
    assert "You are signed out" in client.get("/sign-in?out=1").text


def test_signing_out_is_not_done_by_a_link(client):
    assert client.get("/sign-out").status_code == 405


def test_guesses_by_the_form_are_counted_too(client):
    statuses = [client.post("/sign-in", data={"token": f"guess {n}"}).status_code for n in range(11)]
    assert statuses == [403] * 10 + [429]


def test_where_no_token_is_needed_the_way_leads_on(collection):
    open_to_all = TestClient(make_app(collection), base_url="http://localhost:8000", follow_redirects=False)
    assert open_to_all.get("/sign-in?next=/search").headers["location"] == "/search"
    assert open_to_all.post("/sign-in", data={"token": "x"}).headers["location"] == "/"


@pytest.mark.parametrize(
    "wanted",
    [
        "", "search", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "https://evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "/a\x00", "//[",
        "/" + "a" * 2_001, "/sign-in?next=/", "/sign-out", " /search", "///evil.example",
    ],
)  # fmt: skip
def test_the_way_on_never_leads_to_another_host(wanted):
    assert own_path(wanted) == "/"


@pytest.mark.parametrize("wanted", ["/", "/search?q=a%20b&when=2031", "/articles/x#later", "/people/?name=Ä"])
def test_the_way_on_leads_to_any_page_of_this_room(wanted):
    assert own_path(wanted) == wanted
