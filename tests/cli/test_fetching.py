"""`onrecord read --fetch`: addresses are read when it is asked for, and never else."""

import json
import socket
from collections.abc import Iterator

import pytest

from onrecord.ingest.connection import FetchLimits
from onrecord.ingest.fetch import Fetcher
from tests.ingest.web import Web, plain, serve

PAGE = b"plain The bridge will hold, said Mayor Ada Fenn."
FAST = ["--fetch", "--private"]


@pytest.fixture
def web(monkeypatch) -> Iterator[Web]:
    monkeypatch.setitem(Fetcher.__init__.__kwdefaults__, "limits", FetchLimits(pace_seconds=0))
    with serve() as running:
        running.pages["/a"] = running.pages["/b"] = plain(PAGE, kind="text/plain")
        yield running


def serve_feed(web: Web, *paths: str) -> str:
    items = "".join(f"<item><link>{web.url(path)}</link></item>" for path in paths)
    body = f"<rss version='2.0'><channel>{items}</channel></rss>"
    web.pages["/feed"] = plain(body.encode(), kind="text/xml")
    return web.url("/feed")


def test_without_fetch_no_socket_is_opened(run, web, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(socket, "getaddrinfo", None)
    result = run("read", web.url("/a"), "HTTP://BELTOWN.example/")
    assert result.exit_code == 1
    assert result.stderr.count("Add --fetch to have it fetched") == 2
    assert web.asked == []


@pytest.mark.parametrize("address", ["ftp://beltown.example/a", "file:///etc/hosts"])
def test_an_address_that_is_not_of_the_web_is_told_from_a_file_that_is_not_there(run, address):
    result = run("read", *FAST, address)
    assert result.exit_code == 1
    assert f"{address}: Only addresses that begin with http:// or https://" in result.stderr


def test_a_fetched_page_is_read_with_its_address(run, engine, web):
    result = run("read", web.url("/a"), *FAST)
    assert result.exit_code == 0
    assert engine.calls == [{"source": PAGE, "url": web.url("/a"), "published": None}]


def test_files_and_addresses_are_read_in_order(run, engine, web):
    run("read", "a.txt", web.url("/a"), *FAST, a=b"a file")
    assert [call["source"] for call in engine.calls] == [b"a file", PAGE]


def test_private_addresses_are_refused_unless_asked_for(run, web):
    result = run("read", web.url("/a"), "--fetch")
    assert result.exit_code == 1
    assert "only public addresses are fetched. Ask for private addresses (--private)" in result.stderr
    assert web.asked == []


def test_robots_txt_is_obeyed_unless_asked_not_to(run, web):
    web.pages["/robots.txt"] = plain(b"User-agent: *\nDisallow: /", kind="text/plain")
    assert "(--ignore-robots)" in run("read", web.url("/a"), *FAST).stderr
    assert run("read", web.url("/a"), *FAST, "--ignore-robots").exit_code == 0


def test_a_page_that_fails_is_a_failure_of_that_page_alone(run, web):
    feed = serve_feed(web, "/a", "/gone", "/b")
    result = run("read", feed, "--json", *FAST)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [line.get("subject") for line in lines] == [None, web.url("/gone"), None]
    assert "2 of 3 articles read" in result.stderr


def test_no_more_pages_are_read_than_asked_for(run, engine, web):
    run("read", serve_feed(web, "/a", "/b"), "--most", "1", *FAST)
    assert len(engine.calls) == 1


def test_pages_of_a_feed_are_named_after_their_addresses(run, web, tmp_path):
    run("read", serve_feed(web, "/a", "/b"), *FAST, "--html", "--most", "5", "-o", "out")
    host = f"127.0.0.1-{web.server_port}"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"{host}-a.html", f"{host}-b.html"]


@pytest.mark.parametrize("option", [["--most", "3"], ["--private"], ["--ignore-robots"]])
def test_an_option_of_fetching_without_fetch_is_a_wrong_command_line(run, engine, option):
    result = run("read", "a.txt", *option, a=b"text")
    assert result.exit_code == 2
    assert "give --fetch with it" in " ".join(result.stderr.split())
    assert engine.calls == []
