"""Sitemaps: the addresses they list with the raw words beside them, and no article."""

import gzip
import io

import pytest

from onrecord.errors import DamagedInputError, InputError
from onrecord.ingest.sitemaps import SitemapEntry, iter_sitemap, read_sitemap
from onrecord.ingest.sources import captures_in

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://courier.example/1?a=1&amp;b=2 </loc><lastmod>2030-03-20</lastmod>
<image:image><image:loc>https://courier.example/1.jpg</image:loc><image:title>A</image:title></image:image>
<news:news><news:publication><news:name>Beltown Courier</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2030-03-20T15:02+01:00</news:publication_date>
<news:title>Bridge stays shut</news:title></news:news></url>
<url><loc>https://courier.example/2</loc></url>
<url><lastmod>2030-03-20</lastmod></url>
</urlset>"""
INDEX = (
    b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
    b"<loc>https://courier.example/news.xml</loc><lastmod>2030-03-20</lastmod></sitemap></sitemapindex>"
)
FIRST = SitemapEntry(
    kind="page",
    url="https://courier.example/1?a=1&b=2",
    lastmod="2030-03-20",
    title="Bridge stays shut",
    published="2030-03-20T15:02+01:00",
    outlet="Beltown Courier",
    language="en",
)


@pytest.mark.parametrize("body", [NEWS, gzip.compress(NEWS)], ids=["plain", "gzip"])
def test_a_news_sitemap_lists_pages_with_what_stands_beside_them(body):
    second = SitemapEntry(kind="page", url="https://courier.example/2")
    assert read_sitemap(body) == (FIRST, second)


def test_an_index_lists_sitemaps():
    entry = SitemapEntry(kind="sitemap", url="https://courier.example/news.xml", lastmod="2030-03-20")
    assert read_sitemap(INDEX) == (entry,)


def test_a_sitemap_without_its_namespace_is_read():
    assert len(read_sitemap(b"<urlset><url><loc>https://courier.example/1</loc></url></urlset>")) == 1


def test_of_a_sitemap_that_is_cut_off_the_entries_before_are_read():
    assert read_sitemap(NEWS[: NEWS.index(b"</urlset>") - 30])[0] == FIRST


@pytest.mark.parametrize("body", [b"<urlset", b"<urlset>\x00\x00"])
def test_a_sitemap_of_which_nothing_can_be_read_is_an_error(body):
    with pytest.raises(DamagedInputError):
        read_sitemap(body)


def test_a_sitemap_that_declares_entities_is_refused():
    with pytest.raises(InputError, match="entities"):
        read_sitemap(b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + INDEX)


def test_a_sitemap_is_read_while_it_comes():
    class Endless(io.RawIOBase):
        head = b"<urlset>"

        def read(self, size=-1):
            head, self.head = self.head, b""
            return head + b"<url><loc>https://courier.example/1</loc></url>" * 100

    entries = iter_sitemap(Endless())
    assert [next(entries).url for _ in range(30_000)][-1] == "https://courier.example/1"


def test_as_a_source_a_sitemap_is_one_failure_that_says_what_to_do():
    (failure,) = captures_in(io.BytesIO(NEWS), "sitemap.xml")
    assert "2 addresses" in failure.detail
    assert "--fetch" in failure.detail
