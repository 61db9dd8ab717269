"""Every reader over inputs gone wrong: it gives articles and failures, never another exception.

About 20 seconds; ONRECORD_FUZZ=20000 tries so many inputs of each kind instead, other ones each time.
"""

import io
import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.ingest import make_capture, read_article
from onrecord.ingest.locate import is_proven, map_fault
from onrecord.ingest.sources import captures_in
from onrecord.record import BLOCK_KINDS, Capture, Failure, Span
from tests.fuzz.mutations import mutate, mutations
from tests.golden.record import golden_bytes, golden_names

LONG = int(os.environ.get("ONRECORD_FUZZ", "0"))
ROW = {"text": "The mayor of Beltown said no.", "title": "Bridge", "author": "Jane Doe", "date": "2031-05-03"}
ITEM = {"id": "1", "content_html": "<p>The mayor said no.", "date_published": "2031-03-20T15:02:00+01:00"}
URLS = "<url><loc>https://courier.example/1</loc></url>"
OTHERS = {
    "rows.jsonl": "\n".join([json.dumps(ROW)] * 3),
    "rows.csv": 'title,text,author\nBridge,The mayor said no.,Jane Doe\nFerry,"It runs, they say",\n',
    "article.json": json.dumps({"maintext": ROW["text"], "title": "Bridge", "authors": ["Jane Doe"]}),
    "feed.json": json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "X", "items": [ITEM]}),
    "sitemap.xml": f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{URLS}</urlset>',
}
GOLDEN = {name: golden_bytes(name) for name in golden_names()}
GOLDEN |= {name: words.encode() for name, words in OTHERS.items()}
CHARSETS = ("utf-8", "windows-1252", "shift_jis", "utf-16", "gb18030", "koi8-r", "none", "utf-7")
PAGES = {name: body for name, body in GOLDEN.items() if name.endswith((".html", ".txt"))}
changes = mutations(sorted(GOLDEN.values()))


def fuzz(examples):
    """The settings of a fuzz test: the same examples on every run, but many and new ones where asked for."""
    return settings(
        max_examples=LONG or examples,
        derandomize=not LONG,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def check_article(capture):
    """An article of the capture, read twice alike, with sound spans and a sound map."""
    article = read_article(capture)
    assert read_article(capture) == article
    previous = 0
    for block in article.blocks:
        assert block.kind in BLOCK_KINDS
        assert previous <= block.span.start_char < block.span.end_char <= len(article.text)
        words = block.span.of(article.text)
        assert words == words.strip() != ""
        previous = block.span.end_char
    for field in filter(None, (article.title, *article.authors, article.outlet, article.language)):
        assert field.value.strip()
        check_span(article.text, field.span)
    for moment in filter(None, (article.published_at, article.updated_at)):
        check_span(article.text, moment.span)
    check_map(article, capture)
    check_coverage(article, capture)


def check_span(text, span):
    assert span is None or 0 <= span.start_char < span.end_char <= len(text)


def check_map(article, capture):
    chart = article.source_map
    if chart is None:
        assert article.text == ""
        return
    assert map_fault(chart, len(article.text), capture) is None
    assert 0 <= chart.unmapped_chars <= len(article.text)
    if article.text.strip():
        proven = is_proven(article, capture, Span(start_char=0, end_char=len(article.text)))
        assert proven is (True if chart.unmapped_chars == 0 else None)


def check_coverage(article, capture):
    coverage = article.coverage
    if coverage is None:
        return
    left_out = sum(one.words for one in coverage.left_out)
    assert coverage.article_words + left_out == coverage.visible_words
    for dropped in coverage.dropped:
        assert 0 <= dropped.start_byte <= dropped.end_byte <= capture.size_bytes


@fuzz(300)
@given(name=st.sampled_from(sorted(PAGES)), done=changes)
def test_a_page_or_text_gone_wrong_is_an_article_or_an_input_error(name, done):
    media_type = "text/html" if name.endswith(".html") else "text/plain"
    try:
        capture = make_capture(mutate(PAGES[name], done), media_type=media_type)
    except InputError:
        return
    check_article(capture)


@fuzz(300)
@given(name=st.sampled_from(sorted(GOLDEN)), done=changes)
def test_a_source_gone_wrong_gives_captures_and_failures(name, done):
    body = mutate(GOLDEN[name], done)
    entries = list(captures_in(io.BytesIO(body), name))
    assert entries == list(captures_in(io.BytesIO(body), name))
    for entry in entries:
        if isinstance(entry, Failure):
            assert entry.reason
            assert entry.detail
            continue
        assert isinstance(entry, Capture)
        check_article(entry)


@fuzz(60)
@given(
    name=st.sampled_from(sorted(PAGES)),
    charset=st.sampled_from(CHARSETS),
)
def test_a_page_with_a_wrong_charset_in_its_header_is_read(name, charset):
    check_article(make_capture(PAGES[name], media_type=f"text/html; charset={charset}"))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_an_input_as_it_should_be_passes_the_same_checks(name):
    check_article(make_capture(PAGES[name], media_type="text/html" if name.endswith("l") else "text/plain"))
