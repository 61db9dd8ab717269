"""What onrecord's reader, the plain markup and the cache give, on invented pages; and the proof of place."""

import json

import pytest

from eval import page_peers
from eval.page_corpus import GoldPage
from eval.page_figures import PageReading
from eval.page_markup import read_markup_alone
from eval.page_peers import cached
from eval.page_readings import count_located, find_true_stretches, read_with_onrecord
from onrecord.errors import InputError
from onrecord.ingest import make_capture
from onrecord.record import Article, SourceMap

STATED = {
    "@graph": [
        {"@type": "Organization", "name": "Beltown Courier"},
        {
            "@type": ["NewsArticle"],
            "headline": "Dam holds",
            "author": [{"@type": "Person", "name": "Mara Quill"}, "Ole Brandt"],
            "datePublished": "2024-03-20T15:02:00+01:00",
        },
    ]
}
PARAGRAPH = "The dam above Beltown held through the night, the mayor said on Wednesday morning. " * 3


def page(head="", body=""):
    html = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return GoldPage(
        page_id="p1", url="https://beltown-courier.example/dam", html=html, text=None, title="",
        authors=frozenset(), day=None,
    )  # fmt: skip


def mapped(text, body, stretches):
    starts, ends, first, last = zip(*stretches, strict=True)
    return SourceMap(
        decoding="html", start_chars=starts, end_chars=ends, start_bytes=first, end_bytes=last,
        unmapped_chars=0,
    )  # fmt: skip


def test_the_text_that_is_scored_has_neither_title_nor_byline():
    body = f"<article><h1>Dam holds</h1><p>By Mara Quill</p><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article>"
    reading = read_with_onrecord(page('<meta property="og:title" content="Dam holds">', body))
    assert "The dam above Beltown held" in reading.text
    assert "Dam holds" not in reading.text
    assert "Mara Quill" not in reading.text
    assert reading.seconds > 0


def test_a_page_that_cannot_be_read_is_a_failure_and_no_stop():
    empty = GoldPage(page_id="p", url="", html=" ", text=None, title="", authors=frozenset(), day=None)
    assert "empty" in read_with_onrecord(empty).failure


def test_markup_alone_reads_the_article_of_a_graph():
    script = f'<script type="application/ld+json">{json.dumps(STATED)}</script>'
    reading = read_markup_alone(page(script))
    assert reading.title == "Dam holds"
    assert reading.authors == ("Mara Quill", "Ole Brandt")
    assert reading.published == "2024-03-20T15:02:00+01:00"


def test_markup_alone_falls_back_to_meta_tags():
    head = (
        '<script type="application/ld+json">{broken</script><meta name="author" content="Mara Quill and Ole '
        'Brandt"><meta property="article:published_time" content="20 March"><meta name="date" '
        'content="2024-03-20"><meta name="twitter:title" content="Dam holds">'
    )
    reading = read_markup_alone(page(head))
    assert (reading.title, reading.published) == ("Dam holds", "2024-03-20")
    assert reading.authors == ("Mara Quill", "Ole Brandt")


def test_an_address_is_no_author():
    head = '<meta property="article:author" content="https://social.example/courier">'
    assert read_markup_alone(page(head)).authors == ()


def test_a_stretch_holds_where_its_bytes_give_its_words():
    body = "<p>Ash &amp; Öl\n  dam</p>".encode()
    text = "Ash & Öl dam"
    assert find_true_stretches(text, mapped(text, body, [(0, 12, 3, 22)]), body, "utf-8") == [(0, 12)]
    assert find_true_stretches(text, mapped(text, body, [(0, 12, 3, 18)]), body, "utf-8") == []


def test_a_word_is_located_where_every_character_of_it_is():
    body = b"<p>Ash d<b>am</b> held</p>"
    text = "Ash dam held"
    source = mapped(text, body, [(0, 5, 3, 8), (7, 12, 17, 22)])
    capture = make_capture(body, media_type="text/html")
    article = Article(article_id="a", text=text, blocks=(), source_map=source)
    assert count_located(article, capture) == (2, 3)


def test_without_a_map_no_word_is_located():
    article = Article(article_id="a", text="Ash dam", blocks=())
    assert count_located(article, make_capture(b"Ash dam", media_type="text/plain")) == (0, 2)


def test_the_cache_asks_a_peer_once_for_each_page(tmp_path):
    asked = []

    def read(gold):
        asked.append(gold)
        return PageReading(text=gold.html, authors=("Mara Quill",), headings=None)

    for name in ("peer-1", "peer-1", "peer-2"):
        again = cached(read, tmp_path, name)
        assert again(page(body="dam")) == again(page(body="dam"))
        assert "river" in again(page(body="river")).text
    assert len(asked) == 4


def test_a_cache_inside_the_project_is_refused():
    with pytest.raises(InputError, match="outside"):
        cached(read_markup_alone, page_peers.ROOT / "eval" / "kept", "peer")


def test_a_peer_that_is_not_installed_is_said_and_left_out(monkeypatch):
    def version(name):
        raise page_peers.PackageNotFoundError(name)

    monkeypatch.setattr(page_peers, "version", version)
    told = []
    assert list(page_peers.find_peers(None, told.append)) == ["JSON-LD and meta"]
    assert "pip install newspaper4k" in told[1]
