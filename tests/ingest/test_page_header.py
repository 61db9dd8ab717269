"""The header of a page as a whole: outlet, language, address; and pages that go wrong."""

import json
import time

import pytest

from onrecord.ingest.page_header import read_page_header
from tests.ingest.page_samples import make_page, names, parse, read_header

NEWS = {"@type": "NewsArticle", "headline": "Council votes for tram", "author": {"name": "Mara Quill"}}
WORDS = json.dumps(NEWS)


@pytest.mark.parametrize(
    "script",
    [
        WORDS,
        f"<!-- {WORDS} -->",
        f"//<![CDATA[\n{WORDS}\n//]]>",
        f"{WORDS};",
        WORDS.replace("}}", ",},}"),
        WORDS.replace("Mara Quill", "Mara\nQuill"),
        f"[[{WORDS}]]",
        f"{WORDS}\n{WORDS}",
        json.dumps({"@graph": [{"@type": "WebPage"}, NEWS]}),
        json.dumps({"@type": "WebPage", "mainEntity": NEWS}),
        WORDS.replace('"', "&quot;"),
    ],
)
def test_json_ld_is_read_whatever_is_wrong_round_it(script):
    assert names(read_header(json_ld=script).authors) == ["Mara Quill"]


@pytest.mark.parametrize(
    "script",
    [
        "", "null", "3", "{", "[" * 50_000, '{"@type": "NewsArticle", "author": {"name": {"name": {}}}}',
        '{"@type": ["NewsArticle", 3], "headline": 7, "author": [[null], null, 5], "datePublished": {}}',
        '{"@type": "NewsArticle", "author": {"@id": {"a": 1}}, "mainEntityOfPage": [1]}',
    ],
)  # fmt: skip
def test_json_ld_that_says_nothing_is_passed_over(script):
    header = read_header("<h1>Council votes for tram</h1>", json_ld=script)
    assert header.title is not None
    assert header.authors == ()


def test_the_outlet_is_the_name_that_the_site_gives_itself():
    head = '<meta property="og:site_name" content="Beltown Courier">'
    assert read_header(head=head).outlet.value == "Beltown Courier"


def test_the_publisher_of_the_json_ld_is_the_outlet():
    article = {**NEWS, "publisher": {"@type": "Organization", "name": "Beltown Courier"}}
    assert read_header(json_ld=article).outlet.place == "json-ld publisher"


def test_the_end_of_the_page_title_is_the_outlet_where_the_address_bears_it_out():
    head = "<title>Council votes for tram | Beltown Courier</title>"
    assert (
        read_header(head=head, url="https://www.beltowncourier.example/1").outlet.value == "Beltown Courier"
    )
    assert read_header(head=head, url="https://elsewhere.example/1").outlet is None


def test_a_hostname_is_no_outlet():
    assert read_header("<p>Text.</p>", url="https://www.beltowncourier.example/1").outlet is None


def test_the_language_is_its_primary_tag():
    assert read_header(lang="en-GB").language.value == "en"


def test_a_language_that_is_no_tag_is_unknown():
    header = read_header(lang="{{ locale }}")
    assert header.language is None
    assert "language" in {unknown.field for unknown in header.unknowns}


def test_the_address_is_the_canonical_one_made_whole():
    header = read_header(head='<link rel="canonical" href="/2024/tram">', url="https://courier.example/x?a=1")
    assert header.url.value == "https://courier.example/2024/tram"


@pytest.mark.parametrize("address", ["https://courier.example/", "javascript:void(0)", "https://[bad", ""])
def test_an_address_that_names_no_page_is_none(address):
    assert read_header(head=f'<link rel="canonical" href="{address}">').url is None


def test_nesting_and_width_do_not_slow_the_reading():
    deep = "<div class='author date'>" * 20_000 + "<h1>Deep</h1>"
    wide = "<h1>Wide</h1>" + "<p class='author date'>By Mara Quill 3 May 2024</p>" * 20_000
    for body in (deep, wide):
        tree = parse(make_page(body))
        start = time.process_time()
        read_page_header(tree)
        assert time.process_time() - start < 5


def test_an_empty_page_has_no_header_and_says_why_for_each_field():
    header = read_page_header(parse("<html></html>"))
    assert {unknown.field for unknown in header.unknowns} == {
        "title", "authors", "outlet", "published_at", "language",
    }  # fmt: skip


def test_what_the_markup_states_leads_to_the_lines_that_show_it():
    article = {**NEWS, "datePublished": "2024-03-20T23:30:00+00:00"}
    body = "<h1>Council votes for tram</h1><p>By Mara Quill</p><p>21 March 2024</p><p>The council met.</p>"
    header = read_header(body, json_ld=article)
    assert [author.element.text for author in header.authors] == ["By Mara Quill"]
    assert header.published.element.text == "21 March 2024"
    assert header.published.value.value == "2024-03-20T23:30:00+00:00"
