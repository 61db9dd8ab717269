"""Listings: the pages that feeds and sitemaps lead to, fetched from a server on this machine."""

import gzip
import json
from collections.abc import Iterator

import pytest

from onrecord.ingest.connection import FetchLimits
from onrecord.ingest.fetch import Fetcher
from onrecord.ingest.listing import crawl
from onrecord.record import Capture, Failure
from tests.ingest.web import Web, plain, redirect, serve

QUICK = FetchLimits(connect_seconds=2, read_seconds=2, total_seconds=4, pace_seconds=0)
WHOLE = "<p>" + "The bridge at Beltown was opened again on Friday. " * 40 + "</p>"
TEASER = "<p>The bridge is open again.</p>"


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        for name in "abcd":
            running.pages[f"/{name}"] = page(name)
        yield running


def page(name: str):
    return plain(f"<!doctype html><title>{name}</title><p>Page {name} of the Beltown Courier.</p>".encode())


def crawl_all(web: Web, path: str, most: int = 20) -> list[Capture | Failure]:
    with Fetcher(limits=QUICK, private=True) as fetcher:
        return list(crawl(web.url(path), fetcher, most=most))


def urls(web: Web, found: list[Capture | Failure]) -> list[str]:
    """The paths of captures, the reasons of failures."""
    return [
        (item.url or "").removeprefix(web.url("")) if isinstance(item, Capture) else item.reason
        for item in found
    ]


def feed(web: Web, *items: str, kind: str = "application/rss+xml") -> None:
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Beltown Courier</title>{''.join(items)}"
    web.pages["/feed"] = plain(f"{body}</channel></rss>".encode(), kind=kind)


def item(link: str, text: str = "") -> str:
    date = "<pubDate>Fri, 20 Mar 2026 15:02:00 +0100</pubDate>"
    described = f"<description><![CDATA[{text}]]></description>" if text else ""
    return f"<item><title>Bridge</title><link>{link}</link>{date}{described}</item>"


def sitemap(*entries: tuple[str, str], root: str = "urlset", tag: str = "url") -> bytes:
    rows = (f"<{tag}><loc>{loc}</loc><lastmod>{date}</lastmod></{tag}>" for loc, date in entries)
    return f"<{root} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{''.join(rows)}</{root}>".encode()


XML = "application/xml"


def test_an_address_of_a_page_leads_to_that_page(web: Web):
    assert urls(web, crawl_all(web, "/a")) == ["/a"]


def test_an_address_that_gives_nothing_is_a_failure(web: Web):
    (failure,) = crawl_all(web, "/missing")
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.subject) == ("StatusError", web.url("/missing"))


def test_what_is_no_page_and_holds_none_is_a_failure(web: Web):
    web.pages["/a.pdf"] = plain(b"%PDF-1.7\n\x00", kind="application/pdf")
    assert urls(web, crawl_all(web, "/a.pdf")) == ["BinaryInputError"]


# Feeds


def test_an_entry_with_its_whole_text_is_not_fetched(web: Web):
    feed(web, item(web.url("/a"), WHOLE))
    (capture,) = crawl_all(web, "/feed")
    assert isinstance(capture, Capture)
    assert capture.body == WHOLE.encode()
    assert (capture.url, bool(capture.retrieved_at), web.paths) == (web.url("/a"), True, ["/feed"])


@pytest.mark.parametrize("text", [TEASER, ""], ids=["a teaser", "nothing"])
def test_an_entry_with_less_than_its_text_is_fetched_from_its_page(web: Web, text: str):
    feed(web, item(web.url("/a"), text))
    (capture,) = crawl_all(web, "/feed")
    assert isinstance(capture, Capture)
    assert b"Page a of" in (capture.body or b"")
    assert capture.container is None


def test_a_fetched_page_keeps_what_the_feed_states_of_it(web: Web):
    feed(web, item(web.url("/a"), TEASER))
    (capture,) = crawl_all(web, "/feed")
    assert isinstance(capture, Capture)
    stated = {field.field: field.value for field in capture.stated}
    assert stated["published_at"] == "Fri, 20 Mar 2026 15:02:00 +0100"
    # A whole page says itself who wrote it: what lists it only fills what it does not say.
    assert all(field.place.startswith("listed in ") for field in capture.stated)


def test_a_link_is_read_from_where_the_feed_stands(web: Web):
    web.pages["/old"] = redirect("/feed")
    feed(web, item("/a", TEASER), item("/b"))
    assert urls(web, crawl_all(web, "/old")) == ["/a", "/b"]


@pytest.mark.parametrize("kind", ["text/xml", "text/html", "application/xml; charset=utf-8", ""])
def test_a_feed_is_told_from_its_bytes(web: Web, kind: str):
    feed(web, item(web.url("/a"), TEASER), kind=kind)
    assert urls(web, crawl_all(web, "/feed")) == ["/a"]


def test_a_json_feed_is_read_like_the_others(web: Web):
    items = [{"url": web.url("/a"), "content_html": TEASER}, {"url": web.url("/b")}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": items})
    web.pages["/feed"] = plain(body.encode(), kind="application/feed+json")
    assert urls(web, crawl_all(web, "/feed")) == ["/a", "/b"]


def test_a_page_that_fails_does_not_stop_the_rest(web: Web):
    links = ["/a", "/missing", "http://user:name@beltown.example/", "/b"]
    feed(web, *(item(link, TEASER) for link in links))
    assert urls(web, crawl_all(web, "/feed")) == ["/a", "StatusError", "RefusedAddressError", "/b"]


def test_no_more_pages_are_fetched_than_asked_for(web: Web):
    feed(web, *(item(f"/{name}", TEASER) for name in "abcd"))
    assert len(crawl_all(web, "/feed", most=2)) == 2
    assert web.paths == ["/feed", "/a", "/b"]


# Sitemaps


def test_a_sitemap_leads_to_its_pages_the_latest_first(web: Web):
    rows = [
        (web.url("/a"), "2024-01-02"),
        (web.url("/b"), ""),
        (web.url("/c"), "2026-03-20T15:02Z"),
        (web.url("/d"), ""),
    ]
    web.pages["/map.xml"] = plain(sitemap(*rows), kind=XML)
    assert urls(web, crawl_all(web, "/map.xml")) == ["/c", "/a", "/b", "/d"]


def test_a_packed_sitemap_is_unpacked(web: Web):
    web.pages["/map.xml.gz"] = plain(gzip.compress(sitemap((web.url("/a"), ""))), kind="application/x-gzip")
    assert urls(web, crawl_all(web, "/map.xml.gz")) == ["/a"]


def test_an_index_leads_to_the_pages_of_its_sitemaps(web: Web):
    inner = [
        (web.url("/old.xml"), "2024-01-02"),
        (web.url("/gone.xml"), "2025-01-01"),
        (web.url("/new.xml"), "2026-03-20"),
    ]
    web.pages["/map.xml"] = plain(sitemap(*inner, root="sitemapindex", tag="sitemap"), kind=XML)
    web.pages["/old.xml"] = plain(sitemap((web.url("/a"), "")), kind=XML)
    web.pages["/new.xml"] = plain(sitemap((web.url("/b"), "")), kind=XML)
    assert urls(web, crawl_all(web, "/map.xml")) == ["/b", "StatusError", "/a"]


def test_only_as_many_sitemaps_are_read_as_the_pages_need(web: Web):
    inner = [(web.url("/1.xml"), "2026-03-20"), (web.url("/2.xml"), "2025-03-20")]
    web.pages["/map.xml"] = plain(sitemap(*inner, root="sitemapindex", tag="sitemap"), kind=XML)
    web.pages["/1.xml"] = plain(sitemap((web.url("/a"), ""), (web.url("/b"), "")), kind=XML)
    assert urls(web, crawl_all(web, "/map.xml", most=2)) == ["/a", "/b"]
    assert "/2.xml" not in web.paths


def test_an_index_of_indexes_ends(web: Web):
    web.pages["/map.xml"] = plain(
        sitemap((web.url("/map.xml"), ""), root="sitemapindex", tag="sitemap"), kind=XML
    )
    assert urls(web, crawl_all(web, "/map.xml")) == ["EmptyInputError"]
    assert web.paths == ["/map.xml", "/map.xml"]


def test_a_page_listed_twice_is_fetched_once(web: Web):
    web.pages["/map.xml"] = plain(sitemap((web.url("/a"), ""), (web.url("/a"), "")), kind=XML)
    assert urls(web, crawl_all(web, "/map.xml")) == ["/a"]


def test_a_page_keeps_what_a_news_sitemap_states_of_it(web: Web):
    spaces = (
        "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
    )
    news = (
        "<n:publication><n:name>Beltown Courier</n:name><n:language>en</n:language></n:publication>"
        "<n:publication_date>2026-03-20</n:publication_date><n:title>Bridge</n:title>"
    )
    listed = f"<url><loc>{web.url('/a')}</loc><n:news>{news}</n:news></url>"
    web.pages["/map.xml"] = plain(f"<urlset {spaces}>{listed}</urlset>".encode(), kind=XML)
    (capture,) = crawl_all(web, "/map.xml")
    assert isinstance(capture, Capture)
    stated = {field.field: field.value for field in capture.stated}
    assert (stated["title"], stated["outlet"]) == ("Bridge", "Beltown Courier")
    assert (stated["published_at"], stated["language"]) == ("2026-03-20", "en")


@pytest.mark.parametrize("inside", [b"<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset/>", b"<urlset"])
def test_a_sitemap_that_is_broken_or_made_to_harm_is_a_failure(web: Web, inside: bytes):
    web.pages["/map.xml"] = plain(b"<?xml version='1.0'?>" + inside, kind=XML)
    (failure,) = crawl_all(web, "/map.xml")
    assert isinstance(failure, Failure)
