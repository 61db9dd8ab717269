"""Fetching: pages of a server on this machine, the ways in which hosts misbehave, and good manners."""

import gzip
import re
import shutil
import socket
import ssl
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import urllib3

from onrecord.errors import (
    EmptyInputError,
    FetchError,
    InputError,
    RefusedAddressError,
    RobotsError,
    StatusError,
    UnreachableError,
)
from onrecord.ingest.connection import FetchLimits, user_agent
from onrecord.ingest.fetch import Fetched, Fetcher, fetch
from onrecord.record import Capture
from tests.ingest.test_addresses import PUBLIC, answer_names
from tests.ingest.web import Handler, Web, plain, redirect, serve

PAGE = "<!doctype html><title>Bridge reopens</title><p>“It holds,” said Mayor Ada Fenn. Café.</p>".encode()
QUICK = FetchLimits(connect_seconds=2, read_seconds=2, total_seconds=4, pace_seconds=0)


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        yield running


def get(web: Web, path: str, *, robots: bool = True, **changed: float) -> Capture:
    return fetch(web.url(path), limits=quick(**changed), private=True, robots=robots)


def quick(**changed: float) -> FetchLimits:
    given = {name: getattr(QUICK, name) for name in QUICK.__slots__}
    return FetchLimits(**{**given, **changed})


def get_bytes(web: Web, path: str) -> Fetched:
    with Fetcher(limits=QUICK, private=True) as fetcher:
        return fetcher.fetch_bytes(web.url(path))


def test_a_page_becomes_a_capture_of_its_bytes(web: Web):
    web.pages["/a"] = plain(PAGE)
    capture = get(web, "/a")
    assert (capture.body, capture.media_type, capture.encoding) == (PAGE, "text/html", "utf-8")
    assert capture.url == web.url("/a")


def test_the_moment_of_retrieval_is_now_in_utc_to_the_second(web: Web):
    web.pages["/a"] = plain(PAGE)
    retrieved_at = get(web, "/a").retrieved_at or ""
    moment = datetime.fromisoformat(retrieved_at)
    assert abs(datetime.now(moment.tzinfo) - moment) < timedelta(seconds=10)
    assert (moment.utcoffset(), moment.microsecond, len(retrieved_at)) == (timedelta(0), 0, 25)


def test_the_charset_of_the_header_is_believed(web: Web):
    web.pages["/a"] = plain("<p>Mayor Zoë says so".encode("cp1252"), kind='text/html;charset="iso-8859-2"')
    assert get(web, "/a").encoding == "iso8859-2"


def test_we_say_who_we_are_and_which_host_we_mean(web: Web):
    web.pages["/a"] = plain(PAGE)
    get(web, "/a")
    assert web.asked[-1] == ("/a", f"127.0.0.1:{web.server_port}", user_agent())
    assert user_agent().startswith("onrecord")


def test_a_fragment_is_not_sent(web: Web):
    web.pages["/a?b=1"] = plain(PAGE)
    assert get(web, "/a?b=1#c").url == web.url("/a?b=1")


@pytest.mark.parametrize("kind", ["application/rss+xml", "application/json", "application/warc", "text/xml"])
def test_bytes_of_any_type_are_given_with_their_type(web: Web, kind: str):
    web.pages["/a"] = plain(b"\x00bytes", kind=f"{kind}; charset=UTF-8")
    fetched = get_bytes(web, "/a")
    assert (fetched.body, fetched.media_type, fetched.charset) == (b"\x00bytes", kind, "UTF-8")


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/rss+xml", "text/css"])
def test_what_is_no_page_is_refused_by_its_type(web: Web, kind: str):
    web.pages["/a"] = plain(PAGE, kind=kind)
    with pytest.raises(FetchError, match=re.escape(f"gives '{kind}', which is not the page")):
        get(web, "/a")


def test_a_page_without_a_useful_type_is_told_from_its_bytes(web: Web):
    web.pages["/a"] = plain(PAGE, kind="application/octet-stream")
    assert get(web, "/a").media_type == "text/html"


def test_an_empty_page_is_empty_input(web: Web):
    web.pages["/a"] = plain(b" ")
    with pytest.raises(EmptyInputError):
        get(web, "/a")


@pytest.mark.parametrize(
    ("status", "words"), [(404, "may have moved"), (403, "turns programs away"), (500, "later")]
)
def test_a_status_other_than_200_is_an_error_that_keeps_it(web: Web, status: int, words: str):
    web.pages["/a"] = plain(PAGE, status=status)
    with pytest.raises(StatusError, match=words) as caught:
        get(web, "/a")
    assert caught.value.status == status


def test_a_host_that_asks_to_wait_is_quoted(web: Web):
    web.pages["/a"] = plain(b"", status=429, Retry_After="120")
    with pytest.raises(StatusError, match=r"status 429 and asks to wait \(120\)"):
        get(web, "/a")


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_last_address_is_kept(web: Web, status: int):
    web.pages["/a"] = redirect("/b?c=d", status)
    web.pages["/b?c=d"] = plain(PAGE)
    assert get(web, "/a").url == web.url("/b?c=d")


def test_redirects_in_a_ring_are_left(web: Web):
    web.pages["/a"], web.pages["/b"] = redirect("/b"), redirect("/a")
    with pytest.raises(FetchError, match="round in a ring"):
        get(web, "/a")
    assert web.paths == ["/a", "/b"]


def test_there_are_only_so_many_redirects(web: Web):
    for n in range(9):
        web.pages[f"/{n}"] = redirect(f"/{n + 1}")
    with pytest.raises(FetchError, match="more than 3 redirects"):
        get(web, "/0", redirects=3)
    assert web.paths == ["/0", "/1", "/2", "/3"]


@pytest.mark.parametrize(
    "location", ["http://10.0.0.1/", "http://[::1]/", "http://localhost/", "file:///etc/passwd"]
)
def test_a_redirect_of_a_public_page_to_a_private_address_is_refused(
    web: Web, public: list[tuple[str, int]], location: str
):
    web.pages["/a"] = redirect(location)
    with pytest.raises(RefusedAddressError):
        fetch(f"http://beltown.example:{web.server_port}/a", limits=QUICK)
    assert web.paths == ["/a"]
    assert {number for number, _ in public} == {PUBLIC}


# The address that is connected to


@pytest.fixture
def public(web: Web, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Names beltown.example at a public number, leads connections to it to the server, and notes them."""
    answer_names(monkeypatch, beltown_example=[PUBLIC])
    return divert(web, monkeypatch)


def divert(web: Web, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What is connected to from now on, all of which leads to the server."""
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address)
        ours = socket.socket()
        ours.connect(("127.0.0.1", web.server_port))
        return ours

    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
    return connected


def test_a_name_that_changes_its_number_after_the_check_leads_to_the_checked_one(
    web: Web, monkeypatch: pytest.MonkeyPatch
):
    web.pages["/a"] = plain(PAGE)
    answers, connected = [["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]], divert(web, monkeypatch)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (answers.pop(0)[0], 80))])
    capture = fetch("http://beltown.example/a", limits=QUICK, robots=False)
    assert connected == [(PUBLIC, 80)]
    assert len(answers) == 2
    assert capture.url == "http://beltown.example/a"


def test_the_host_is_named_although_its_number_is_connected_to(web: Web, public: list[tuple[str, int]]):
    web.pages["/a"] = plain(PAGE)
    fetch("http://beltown.example/a", limits=QUICK)
    assert [host for _, host, _ in web.asked] == ["beltown.example"] * 2
    assert set(public) == {(PUBLIC, 80)}


def test_a_private_address_is_refused_before_anything_is_asked(web: Web):
    with pytest.raises(RefusedAddressError, match="this machine itself"):
        fetch(web.url("/a"), limits=QUICK)
    assert web.asked == []


def test_the_next_number_is_tried_where_one_takes_no_connection(web: Web, monkeypatch: pytest.MonkeyPatch):
    web.pages["/a"] = plain(PAGE)
    answer_names(monkeypatch, beltown_example=["::1", "127.0.0.1"])
    real = socket.socket.connect
    tried = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        tried.append(address[0])
        if ":" in address[0]:
            raise ConnectionRefusedError(111, "Connection refused")
        ours = socket.socket()
        real(ours, address)
        return ours

    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
    fetch(f"http://beltown.example:{web.server_port}/a", limits=QUICK, private=True, robots=False)
    assert tried == ["::1", "127.0.0.1"]


def test_proxies_of_the_environment_are_not_used(web: Web, monkeypatch: pytest.MonkeyPatch):
    web.pages["/a"] = plain(PAGE)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert get(web, "/a").body == PAGE


# Hosts that misbehave


def send_raw(*parts: bytes, pause: float = 0.0, rest: float = 0.0) -> Callable[[Handler], None]:
    """A page that writes these bytes as they are, with a pause after each part, and then rests."""

    def write(handler: Handler) -> None:
        for part in parts:
            handler.wfile.write(part)
            time.sleep(pause)
        time.sleep(rest)
        handler.close_connection = True

    return write


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
DRIPS = [b"a"] * 40


@pytest.mark.parametrize(
    "page",
    [
        send_raw(rest=0.8),
        send_raw(HEAD, *DRIPS, pause=0.03),
        send_raw(HEAD + b"\r\n", *DRIPS, pause=0.03),
        send_raw(HEAD + b"Content-Length: 99\r\n\r\n", *DRIPS, pause=0.03),
        send_raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\na\r\n"] * 40, pause=0.03),
        send_raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"0"] * 40, pause=0.03),
        send_raw(HEAD + b"\r\n<p>Half a page", rest=0.8),
    ],
    ids=["silent", "header drips", "body drips", "sized drips", "chunks drip", "chunk size drips", "stops"],
)
def test_no_way_of_being_slow_holds_us_past_the_deadline(web: Web, page: Callable[[Handler], None]):
    web.pages["/a"] = page
    began = time.monotonic()
    with pytest.raises(UnreachableError):
        get(web, "/a", robots=False, total_seconds=0.2, read_seconds=5)
    assert time.monotonic() - began < 0.7


def test_a_header_that_drips_has_no_longer_than_one_silence(web: Web):
    web.pages["/a"] = send_raw(HEAD, *DRIPS, pause=0.03)
    began = time.monotonic()
    with pytest.raises(UnreachableError, match="fell silent"):
        get(web, "/a", robots=False, read_seconds=0.2)
    assert time.monotonic() - began < 0.7


def test_redirects_share_one_deadline(web: Web):
    def slow(handler: Handler) -> None:
        time.sleep(0.08)
        redirect(f"{handler.path}x")(handler)

    web.pages.update({f"/a{'x' * n}": slow for n in range(5)})
    with pytest.raises(UnreachableError):
        get(web, "/a", robots=False, total_seconds=0.2)
    assert len(web.paths) <= 3


def test_a_body_without_end_is_left_at_the_limit(web: Web):
    def endless(handler: Handler) -> None:
        handler.wfile.write(HEAD + b"\r\n")
        while True:
            handler.wfile.write(b"<p>more</p>" * 1000)

    web.pages["/a"] = endless
    with pytest.raises(FetchError, match="sends more than 500,000 bytes"):
        get(web, "/a", sent_bytes=500_000)


def test_a_body_that_says_it_is_too_large_is_not_read(web: Web):
    web.pages["/a"] = send_raw(HEAD + b"Content-Length: 900000000\r\n\r\n")
    with pytest.raises(FetchError, match="sends more than 20,000,000 bytes"):
        get(web, "/a")


def pack(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(
            pytest.importorskip("brotli", reason="Brotli is not installed").compress(body, quality=1)
        )
    for name in encoding.split(", "):
        body = gzip.compress(body) if name == "gzip" else zlib.compress(body)
    return body


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_packed_page_is_unpacked(web: Web, encoding: str):
    web.pages["/a"] = plain(pack(PAGE, encoding), Content_Encoding=encoding)
    assert get(web, "/a").body == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_bomb_is_left_at_the_limit_of_what_it_unpacks_to(web: Web, encoding: str):
    web.pages["/a"] = plain(pack(bytes(20_000_000), encoding), Content_Encoding=encoding)
    with pytest.raises(FetchError, match="unpacks to more than 1,000,000 bytes"):
        get(web, "/a", body_bytes=1_000_000)


def test_a_body_that_is_not_packed_as_it_says_is_an_error(web: Web):
    web.pages["/a"] = plain(PAGE, Content_Encoding="gzip")
    with pytest.raises(FetchError, match="not packed as its header says"):
        get(web, "/a")


@pytest.mark.parametrize(
    "page",
    [
        send_raw(),
        send_raw(b"HTTP/1.1 what\r\n\r\n"),
        send_raw(b"SSH-2.0-OpenSSH_9.9\r\n"),
        send_raw(HEAD + b"Content-Length: 99\r\n\r\n<p>Half"),
        send_raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nHalf"),
        send_raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nHalf"),
        send_raw(HEAD, b"X: " + b"a" * 70_000 + b"\r\n\r\n"),
    ],
    ids=["nothing", "no status", "no HTTP", "cut", "bad chunk", "cut chunk", "long header"],
)
def test_an_answer_that_breaks_http_is_unreachable(web: Web, page: Callable[[Handler], None]):
    web.pages["/a"] = page
    with pytest.raises(UnreachableError, match="broke off, or speaks no HTTP"):
        get(web, "/a", robots=False)


def test_a_closed_port_is_unreachable():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(UnreachableError, match="takes no connection: Connection refused"):
            fetch(url, limits=QUICK, private=True)


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for beltown.example that it signs itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: no certificate can be made")
    path = tmp_path_factory.mktemp("tls") / "beltown.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=Beltown"
    extension = ["-addext", "subjectAltName=DNS:beltown.example"]
    subprocess.run(
        [*command.split(), *extension, "-keyout", path, "-out", f"{path}.crt"],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.fixture
def named(web: Web, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Makes the server speak TLS under beltown.example and alford.example; the names it is called by."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _, name, __: names.append(name)  # type: ignore[assignment]
    web.socket = context.wrap_socket(web.socket, server_side=True)
    real = socket.getaddrinfo

    def getaddrinfo(host: str, *rest: object, **options: object) -> object:
        return real("127.0.0.1" if host.endswith(".example") else host, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return names


def get_safely(web: Web, host: str, **changed: float) -> Capture:
    url = f"https://{host}:{web.server_port}/a"
    return fetch(url, limits=quick(**changed), private=True, robots=False)


def test_a_safe_page_is_asked_for_by_its_name_and_certified_for_it(
    web: Web, named: list[str | None], certificate: Path, monkeypatch: pytest.MonkeyPatch
):
    web.pages["/a"] = plain(PAGE)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert get_safely(web, "beltown.example").body == PAGE
    assert named == ["beltown.example"]


@pytest.mark.parametrize("host", ["alford.example", "127.0.0.1"])
def test_a_certificate_of_another_name_is_refused(
    web: Web, named: list[str | None], certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(UnreachableError, match=r"not safe: .*not valid for"):
        get_safely(web, host)
    assert web.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(web: Web, named: list[str | None]):
    with pytest.raises(UnreachableError, match=r"not safe: .*self[- ]signed"):
        get_safely(web, "beltown.example")


def test_a_safe_page_that_drips_has_a_deadline_too(
    web: Web, named: list[str | None], certificate: Path, monkeypatch: pytest.MonkeyPatch
):
    web.pages["/a"] = send_raw(HEAD + b"\r\n", *DRIPS, pause=0.03)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    began = time.monotonic()
    with pytest.raises(UnreachableError, match="not whole when its time was over"):
        get_safely(web, "beltown.example", total_seconds=0.3)
    assert time.monotonic() - began < 0.9


# Manners


def rules(text: str) -> Callable[[Handler], None]:
    return plain(text.encode(), kind="text/plain")


def test_a_page_that_robots_txt_disallows_is_not_asked_for(web: Web):
    web.pages.update(
        {"/robots.txt": rules("User-agent: *\nDisallow: /a"), "/a": plain(PAGE), "/b": plain(PAGE)}
    )
    with pytest.raises(RobotsError, match=r"asks programs not to read"):
        get(web, "/a")
    assert web.paths == []
    assert get(web, "/b").body == PAGE


def test_a_rule_for_us_goes_before_one_for_all(web: Web):
    text = "User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nAllow: /a\nDisallow: /b"
    web.pages.update({"/robots.txt": rules(text), "/a": plain(PAGE), "/b": plain(PAGE)})
    assert get(web, "/a").body == PAGE
    with pytest.raises(RobotsError):
        get(web, "/b")


def test_robots_txt_is_not_asked_for_where_it_is_to_be_ignored(web: Web):
    web.pages.update({"/robots.txt": rules("User-agent: *\nDisallow: /"), "/a": plain(PAGE)})
    assert get(web, "/a", robots=False).body == PAGE
    assert [path for path, _, _ in web.asked] == ["/a"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_missing_robots_txt_allows_everything(web: Web, status: int):
    web.pages.update({"/robots.txt": plain(b"Disallow: /", status=status), "/a": plain(PAGE)})
    assert get(web, "/a").body == PAGE


@pytest.mark.parametrize("status", [500, 503])
def test_a_robots_txt_that_fails_allows_nothing(web: Web, status: int):
    web.pages.update({"/robots.txt": plain(b"", status=status), "/a": plain(PAGE)})
    with pytest.raises(RobotsError, match=f"status {status}"):
        get(web, "/a")
    assert web.paths == []


def test_a_robots_txt_that_does_not_come_allows_nothing(web: Web):
    web.pages.update({"/robots.txt": send_raw(rest=0.5), "/a": plain(PAGE)})
    with pytest.raises(UnreachableError):
        get(web, "/a", read_seconds=0.1)
    assert web.paths == []


def test_a_redirect_of_robots_txt_is_followed(web: Web):
    web.pages.update(
        {"/robots.txt": redirect("/r"), "/r": rules("User-agent: *\nDisallow: /"), "/a": plain(PAGE)}
    )
    with pytest.raises(RobotsError):
        get(web, "/a")


def test_a_redirect_to_a_disallowed_page_is_not_followed(web: Web):
    web.pages.update(
        {"/robots.txt": rules("User-agent: *\nDisallow: /b"), "/a": redirect("/b"), "/b": plain(PAGE)}
    )
    with pytest.raises(RobotsError):
        get(web, "/a")
    assert web.paths == ["/a"]


def test_one_fetcher_reads_robots_txt_once_and_keeps_its_connection(web: Web):
    web.pages.update({"/robots.txt": rules("User-agent: *\nAllow: /"), "/a": plain(PAGE), "/b": plain(PAGE)})
    with Fetcher(limits=QUICK, private=True) as fetcher:
        fetcher.fetch(web.url("/a"))
        fetcher.fetch(web.url("/b"))
        pools = fetcher._pools.pools
        assert [pools[key].num_connections for key in pools.keys()] == [1]  # noqa: SIM118
    assert [path for path, _, _ in web.asked] == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize(
    ("robots", "pause"),
    [
        ("", 10),
        ("User-agent: *\nCrawl-delay: 2", 10),
        ("User-agent: *\nCrawl-delay: 20", 20),
        ("User-agent: *\nRequest-rate: 1/25s", 25),
        ("User-agent: *\nCrawl-delay: 9999", 30),
    ],
    ids=["ours", "ours is longer", "theirs", "their rate", "no longer than we would"],
)
def test_there_is_a_pause_between_two_pages_of_a_host(
    web: Web, monkeypatch: pytest.MonkeyPatch, robots: str, pause: int
):
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    web.pages.update({"/robots.txt": rules(robots), "/a": redirect("/b"), "/b": plain(PAGE)})
    with Fetcher(limits=quick(pace_seconds=10, longest_pace_seconds=30), private=True) as fetcher:
        fetcher.fetch(web.url("/a"))
        fetcher.fetch(web.url("/a"))
    assert [round(seconds) for seconds in slept] == [0, pause]


def test_there_is_a_pause_also_where_robots_txt_is_to_be_ignored(web: Web, monkeypatch: pytest.MonkeyPatch):
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    web.pages["/a"] = plain(PAGE)
    with Fetcher(limits=quick(pace_seconds=10), private=True, robots=False) as fetcher:
        fetcher.fetch(web.url("/a"))
        fetcher.fetch(web.url("/a"))
    assert [round(seconds) for seconds in slept] == [0, 10]


def test_every_error_of_fetching_is_one_of_input(web: Web):
    with pytest.raises(InputError):
        get(web, "/missing")
