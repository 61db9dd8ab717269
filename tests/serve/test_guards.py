"""What stands before every page: hosts, other sites, tokens, sizes, and the headers of every answer."""

import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from onrecord.serve.guards import HEADERS, Guards
from onrecord.serve.room import right_of
from onrecord.serve.settings import Settings, Token

READS, WRITES = "read-read-read-read", "write-write-write-write"
TOKENS = (Token(secret=READS, right="read"), Token(secret=WRITES, right="write"))
OPEN, CLOSED = Settings(), Settings(tokens=TOKENS)


async def tell(request: Request):
    """Says what whoever asks may do, and how much they sent."""
    return PlainTextResponse(f"{right_of(request)} {len(await request.body())}")


def client(settings: Settings = OPEN, *, base_url: str = "http://localhost:8000") -> TestClient:
    methods = ["GET", "POST", "DELETE", "PUT"]
    paths = ("/", "/statements/{name}", "/api/statements", "/sign-in", "/sign-up", "/static/a.css", "/verify")
    app = Starlette(routes=[Route(path, tell, methods=methods) for path in paths])
    return TestClient(Guards(app, settings), base_url=base_url, follow_redirects=False)


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "LOCALHOST:1", "127.0.0.1:8090", "[::1]", "[::1]:8090"]
)
def test_this_machine_is_answered_under_its_names_and_any_port(host):
    assert client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "", "evil.example", "evil.example:8000", "localhost.evil.example", "localhost.",
        "127.0.0.1.evil.example", "127.0.0.2", "localhost:8000:8000", "localhost:x", "::1",
        "evil.example@localhost", "[::1", "]:1", ":8000", "localhost:²",
    ],
)  # fmt: skip
def test_a_name_that_somebody_led_here_is_not_answered(host):
    answer = client().get("/", headers={"host": host.encode("utf-8")})
    assert (answer.status_code, answer.headers["content-security-policy"]) == (
        421,
        HEADERS["Content-Security-Policy"],
    )


def test_a_name_that_was_given_is_answered_and_the_rest_is_not():
    named = client(Settings(hosts=frozenset({"news.example"})))
    assert named.get("/", headers={"host": "news.example"}).status_code == 200
    assert named.get("/").status_code == 421


@pytest.mark.parametrize(
    "said",
    [
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:3000"},
        {"origin": "http://localhost"},
        {"origin": "https://localhost:8000"},
        {"origin": "http://localhost:8000.evil.example"},
        {"origin": "http://[localhost:8000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "anything"},
        {"sec-fetch-site": "cross-site", "origin": "http://localhost:8000"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_a_page_of_another_site_sends_changes_nothing(method, said):
    assert client().request(method, "/", headers=said).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"origin": "http://localhost:8000"},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
    ],
    ids=str,
)
def test_our_own_forms_and_programs_are_answered(said):
    assert client().post("/", headers=said).text == "write 0"


def test_over_tls_a_page_without_it_is_another_site():
    secure = client(Settings(secure=True), base_url="https://localhost")
    assert secure.post("/", headers={"origin": "http://localhost"}).status_code == 403
    assert secure.post("/", headers={"origin": "https://localhost"}).status_code == 200


def test_signing_in_is_safe_against_other_sites_too():
    assert client(CLOSED).post("/sign-in", headers={"origin": "http://evil.example"}).status_code == 403


def test_another_site_may_lead_a_reader_here_and_draw_nothing_from_here():
    led = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    drawn = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client().get("/", headers=led).status_code == 200
    assert client().get("/", headers=drawn).status_code == 403


def test_without_tokens_whoever_is_on_this_machine_may_write():
    assert client().get("/").text == "write 0"


@pytest.mark.parametrize(("secret", "right"), [(READS, "read"), (WRITES, "write")])
def test_a_token_opens_what_it_is_for(secret, right):
    assert client(CLOSED).get("/", headers=bearer(secret)).text == f"{right} 0"
    assert client(CLOSED).get("/", headers={"cookie": f"a=b; onrecord_token={secret}"}).text == f"{right} 0"


@pytest.mark.parametrize(
    "said",
    [
        {},
        bearer(""),
        bearer("wrong"),
        bearer(READS[:-1]),
        bearer(READS + "x"),
        {"authorization": READS},
        {"authorization": f"Basic {READS}"},
        {"authorization": "Bearer"},
        {"authorization": "Bearer \xff\xfe"},
        {"cookie": "onrecord_token="},
        {"cookie": f"onrecord_tokens={READS}"},
        {"cookie": "=;;; ,\xff; onrecord_token"},
        {"cookie": 'onrecord_token="\\777\\'},
        {"cookie": "a" * 9_000},
        {"cookie": "[]=1; {}=2; ()=3; onrecord_token=\x7f"},
    ],
    ids=lambda said: ascii(said)[:40],
)
def test_without_a_token_of_ours_nothing_is_shown_and_nothing_breaks(said):
    said = {name: value.encode("latin-1") for name, value in said.items()}
    assert client(CLOSED).get("/api/statements", headers=said).status_code == 401


def test_a_cookie_that_is_no_cookie_does_not_hide_the_token_beside_it():
    said = {"cookie": f"{{bad}}; a[]=1; =x; onrecord_token={READS}"}
    assert client(CLOSED).get("/", headers=said).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_token_to_read_changes_nothing(method):
    assert client(CLOSED).request(method, "/api/statements", headers=bearer(READS)).status_code == 403
    assert client(CLOSED).request(method, "/api/statements", headers=bearer(WRITES)).text == "write 0"


def test_a_token_to_read_verifies_a_draft():
    assert client(CLOSED).post("/verify", headers=bearer(READS)).status_code == 200


def test_a_record_served_to_be_read_is_changed_by_nobody():
    for settings in (Settings(read_only=True), Settings(read_only=True, tokens=TOKENS)):
        reader = client(settings)
        assert reader.get("/", headers=bearer(WRITES)).text == "read 0"
        assert reader.post("/", headers=bearer(WRITES)).status_code == 403


def test_a_page_without_a_token_leads_to_the_page_that_asks_for_one_and_back():
    answer = client(CLOSED).get("/statements/a%26b?q=x&when=2031")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fstatements%2Fa%26b%3Fq%3Dx%26when%3D2031"


def test_only_the_page_that_asks_for_a_token_and_its_style_are_open():
    opened = client(CLOSED)
    assert [opened.get(p).status_code for p in ("/sign-in", "/static/a.css", "/sign-up", "/")] == [
        200, 200, 303, 303,
    ]  # fmt: skip


def test_over_tls_the_cookie_has_the_name_that_only_tls_may_set():
    secure = client(Settings(tokens=TOKENS, secure=True), base_url="https://localhost")
    assert secure.get("/", headers={"cookie": f"onrecord_token={READS}"}).status_code == 303
    assert secure.get("/", headers={"cookie": f"__Host-onrecord_token={READS}"}).status_code == 200


def test_whoever_guesses_tokens_is_kept_waiting_and_others_are_not():
    guesser = client(CLOSED)
    answers = [guesser.get("/api/statements", headers=bearer(f"guess{n}")).status_code for n in range(12)]
    assert answers == [401] * 10 + [429] * 2
    late = guesser.get("/api/statements", headers=bearer(READS))
    assert (late.status_code, late.headers["retry-after"]) == (429, "60")
    other = TestClient(guesser.app, base_url="http://localhost:8000", client=("192.0.2.7", 1))
    assert other.get("/", headers=bearer(READS)).status_code == 200


def test_a_page_that_was_left_open_with_an_old_token_locks_nobody_out():
    reader = client(CLOSED)
    for _ in range(50):
        assert reader.get("/api/statements", headers=bearer("an-old-token-of-ours")).status_code == 401
    assert reader.get("/", headers=bearer(READS)).status_code == 200


@pytest.mark.parametrize(
    ("path", "said"),
    [("/?q=" + "a" * 33_000, {}), ("/", {"cookie": "a" * 33_000}), ("/", {"a" * 33_000: "b"})],
)
def test_a_request_with_too_long_a_head_is_refused(path, said):
    assert client().get(path, headers=said).status_code == 431


def test_a_request_that_says_it_is_too_large_is_refused_before_it_is_read():
    small = client(Settings(most_bytes=100))
    answer = small.post("/api/statements", content=b"x" * 101)
    assert (answer.status_code, answer.json()["ok"]) == (413, False)
    assert small.post("/", content=b"x" * 100).text == "write 100"


def test_a_request_in_chunks_is_cut_off_at_the_limit_without_a_length():
    def chunks():
        for _ in range(11):
            yield b"x" * 10

    async def read(scope, receive, send):
        await Request(scope, receive).body()

    small = TestClient(Guards(read, Settings(most_bytes=100)), base_url="http://localhost:8000")
    answer = small.post("/api/statements", content=chunks())
    assert "content-length" not in answer.request.headers
    assert (answer.status_code, answer.headers["x-frame-options"]) == (413, "DENY")


@pytest.mark.parametrize("path", ["/", "/static/a.css", "/nowhere", "/api/statements"])
def test_every_answer_says_what_a_browser_may_do_with_it(path):
    answer = client().get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers


def test_over_tls_browsers_are_told_to_stay_there():
    secure = client(Settings(secure=True), base_url="https://localhost")
    assert secure.get("/").headers["strict-transport-security"] == "max-age=31536000"


def test_the_policy_lets_no_script_or_style_stand_in_a_page_and_no_other_host_be_asked():
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none'")


def test_a_web_socket_is_closed():
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": "/", "headers": [(b"host", b"localhost")]}
    anyio.run(Guards(Starlette(), OPEN), scope, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_token_shows_in_nothing_that_is_printed():
    assert READS not in repr(CLOSED)


@pytest.mark.parametrize(
    "secret", ["", "short", "with spaces in the middle", "semi;colons;in;the;middle", "ü" * 20]
)
def test_a_token_that_no_header_could_carry_or_that_is_guessed_is_none(secret):
    with pytest.raises(ValueError, match="A token has 16"):
        Token(secret=secret, right="read")
