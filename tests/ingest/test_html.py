"""Pages: blocks and header out of HTML, and pages that hold no article."""

import json
import subprocess
import sys

import pytest

from onrecord.ingest import make_capture, read_article
from tests.ingest.test_text import REPORTED

SENTENCES = [
    "The mayor of Beltown said on Monday that the old bridge over the river would stay shut until spring.",
    "Nobody had been told, she added, and nobody on the council had thought of asking the engineers.",
    "The repairs will cost four million marks, according to the report that the council was shown.",
    "“We will not open it before it is safe,” the mayor told the Courier on the steps of the town hall.",
]
PARAGRAPHS = "".join(f"<p>{s}</p>" for s in SENTENCES)


def page(body=PARAGRAPHS, head="", lang=' lang="en-GB"'):
    head = f"<head><title>Bridge to Stay Shut</title>{head}</head>"
    return f"<!DOCTYPE html><html{lang}>{head}<body><article>{body}</article></body></html>"


def read(text, **options):
    return read_article(make_capture(text.encode(), media_type="text/html"), **options)


def json_ld(**fields):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def unknown(article, name):
    return next((u.reason for u in article.unknowns if u.field == name), None)


def words_of(article, kind):
    return [b.span.of(article.text) for b in article.blocks if b.kind == kind]


def test_the_text_is_the_title_and_the_blocks_parted_by_blank_lines():
    article = read(page())
    assert article.text == "\n\n".join(["Bridge to Stay Shut", *SENTENCES])
    assert [b.kind for b in article.blocks] == ["title"] + ["paragraph"] * 4


def test_the_blocks_are_spans_of_the_text():
    article = read(page())
    assert [b.span.of(article.text) for b in article.blocks] == ["Bridge to Stay Shut", *SENTENCES]
    assert article.title.span == article.blocks[0].span


def test_headings_lists_and_block_quotations_are_told_apart():
    body = (
        f"{PARAGRAPHS}<h2>A Costly Winter</h2><p>{SENTENCES[0]} Again.</p>"
        "<ul><li>The bridge stays shut until spring.</li><li>The ferry runs at night.</li></ul>"
        f"<blockquote><p>We never asked for a bridge of gold.</p></blockquote><p>{SENTENCES[1]} Still.</p>"
    )
    article = read(page(body))
    assert words_of(article, "heading") == ["A Costly Winter"]
    assert words_of(article, "list_item") == [
        "The bridge stays shut until spring.",
        "The ferry runs at night.",
    ]
    assert words_of(article, "quotation") == ["We never asked for a bridge of gold."]


def test_the_title_is_not_said_twice_where_the_body_opens_with_it():
    article = read(page(f"<h1>Bridge to Stay Shut</h1>{PARAGRAPHS}"))
    assert article.text.count("Bridge to Stay Shut") == 1


def test_line_ends_of_the_source_are_spaces_and_double_breaks_part_paragraphs():
    body = f"<p>{SENTENCES[0].replace(' ', chr(10))}<br><br>{SENTENCES[1]}</p>{PARAGRAPHS}"
    assert SENTENCES[0] + "\n\n" + SENTENCES[1] in read(page(body)).text


def test_furniture_and_credits_among_the_paragraphs_are_labelled():
    extra = "<p>Photo: Ann Poe / Alamy</p><p>Read more: Ferry to run at night</p>"
    article = read(page(f"{PARAGRAPHS}{extra}<p>{SENTENCES[0]} So.</p>"))
    assert words_of(article, "credit") == ["Photo: Ann Poe / Alamy"]
    assert words_of(article, "furniture") == ["Read more: Ferry to run at night"]


@pytest.mark.parametrize("line", REPORTED)
def test_a_line_of_a_page_that_quotes_or_reports_stays_a_paragraph(line):
    assert line in words_of(read(page(f"{PARAGRAPHS}<p>{line}</p><p>{SENTENCES[0]} So.</p>")), "paragraph")


def test_json_ld_gives_headline_authors_outlet_and_the_moment_with_its_zone():
    head = json_ld(
        headline="Bridge &amp; Ferry Shut",
        author=[{"@type": "Person", "name": "Jane Doe"}, {"name": "By John Roe"}],
        publisher={"name": "The Beltown Courier"},
        datePublished="2024-03-20T15:02:00+01:00",
    )
    article = read(page(head=head))
    assert article.title.value == "Bridge & Ferry Shut"
    assert [a.value for a in article.authors] == ["Jane Doe", "John Roe"]
    assert article.outlet.value == "The Beltown Courier"
    assert (article.published_at.value, article.published_at.zone) == ("2024-03-20T15:02:00+01:00", "+01:00")
    assert article.published_at.origin.name == "json-ld datePublished"


OTHER = {
    "@type": "NewsArticle",
    "headline": "Otter in Lift",
    "author": "Tom Orr",
    "datePublished": "2020-01-01",
}


@pytest.mark.parametrize(
    "key", ["itemListElement", "hasPart", "isPartOf", "mentions", "citation", "liveBlogUpdate"]
)
def test_json_ld_of_a_related_article_is_not_taken(key):
    node = {"@type": "ItemList", key: [{"item": OTHER}]}
    article = read(page(head=f'<script type="application/ld+json">{json.dumps(node)}</script>'))
    assert (article.title.value, article.authors) == ("Bridge to Stay Shut", ())


@pytest.mark.parametrize(
    ("own", "body"),
    [
        ({"headline": "Bridge to stay shut"}, f"<h1>Bridge to Stay Shut</h1>{PARAGRAPHS}"),
        ({"mainEntityOfPage": {"@id": "https://courier.example/bridge"}}, PARAGRAPHS),
    ],
)
def test_of_several_articles_in_json_ld_the_one_of_the_page_gives_every_field(own, body):
    head = json_ld(**OTHER) + json_ld(**own, author="Jane Doe")
    head += '<link rel="canonical" href="https://courier.example/bridge">'
    article = read(page(body, head=head))
    assert article.title.value.casefold() == "bridge to stay shut"
    assert [a.value for a in article.authors] == ["Jane Doe"]
    assert article.published_at is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="03/04/2024">',
        '<meta name="dcterms.created" content="03/04/2024">',
        json_ld(datePublished="03/04/2024"),
    ],
)
def test_a_moment_stated_and_refused_is_not_guessed(head):
    article = read(page(head=head))
    assert article.published_at is None
    assert "'03/04/2024'" in unknown(article, "published_at")


def test_a_time_element_that_cannot_be_read_is_not_guessed():
    article = read(page(f'<time datetime="03/04/2024">today</time>{PARAGRAPHS}'))
    assert article.published_at is None
    assert "'03/04/2024'" in unknown(article, "published_at")


def test_json_ld_is_found_in_a_graph():
    node = {
        "@graph": [
            {"@type": "WebPage"},
            {"@type": ["Thing", "NewsArticle"], "datePublished": "2024-03-20T15:02Z"},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert read(page(head=head)).published_at.value == "2024-03-20T15:02+00:00"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-03-20T15:02:00+01:00">',
        '<meta itemprop="datePublished" content="2024-03-20T15:02:00+01:00">',
        '<script type="application/ld+json">{broken</script>'
        + '<meta name="date" content="2024-03-20T15:02:00+01:00">',
        json_ld(datePublished="soon") + '<meta name="pubdate" content="2024-03-20T15:02:00+01:00">',
    ],
)
def test_a_meta_gives_the_moment_where_json_ld_does_not(head):
    assert read(page(head=head)).published_at.value == "2024-03-20T15:02:00+01:00"


def test_a_time_element_gives_the_moment():
    body = f'<time itemprop="datePublished" datetime="2024-03-20T15:02+01:00">today</time>{PARAGRAPHS}'
    assert read(page(body)).published_at.value == "2024-03-20T15:02+01:00"


def test_a_given_moment_outranks_the_markup():
    article = read(page(head=json_ld(datePublished="2024-03-20")), published="2024-03-21")
    assert article.published_at.value == "2024-03-21"


def test_the_language_is_that_of_the_html_element():
    language = read(page()).language
    assert (language.value, language.raw) == ("en", "en-GB")


def test_what_the_markup_does_not_state_is_unknown_with_a_reason():
    article = read(page(lang=""))
    assert article.language is None
    assert {u.field for u in article.unknowns} == {"authors", "outlet", "published_at", "language"}


def test_markup_fields_say_where_they_stand_in_the_markup():
    article = read(
        page(head='<meta name="author" content="Jane Doe"><meta property="og:site_name" content="Courier">')
    )
    assert article.authors[0].origin.name == "meta author"
    assert (article.outlet.origin.kind, article.outlet.span) == ("markup", None)


@pytest.mark.parametrize(
    "text",
    [
        "<html></html>",
        "<html><head><title></title></head><body></body></html>",
        "<!-- only this -->",
        "<html><script>var a = 1;</script></html>",
        "<html>" + "<div>" * 20_000,
    ],
)
def test_a_page_without_a_body_says_why(text):
    article = read(text)
    assert article.body() == ()
    assert unknown(article, "body").endswith(".")


@pytest.mark.parametrize("tag", ["div", "span", "blockquote"])
def test_a_page_nested_a_thousand_deep_keeps_its_text(tag):
    article = read(f"<html><body>{f'<{tag}>' * 1_000}{PARAGRAPHS}")
    assert [b.span.of(article.text) for b in article.blocks] == SENTENCES


def test_a_page_nested_deeper_than_the_parser_goes_says_what_is_not_read():
    article = read(
        page(PARAGRAPHS + "<div>" * 5_000 + "<p>Otters were seen on the far bank of the river.</p>")
    )
    assert [b.span.of(article.text) for b in article.body()] == SENTENCES
    assert "nested more than 2,048 deep" in unknown(article, "text")


def test_the_names_and_the_day_between_line_breaks_of_one_cell_are_byline_and_dateline():
    lines = "<font size=2>By Jane Doe<br><br>March 14, 2024</font><br><br>" + "<br><br>".join(SENTENCES)
    article = read(f"<html><body><table><tr><td><h1>Bridge to Stay Shut</h1>{lines}</table>")
    assert [b.kind for b in article.blocks] == ["title", "byline", "dateline"] + ["paragraph"] * 4
    assert article.authors[0].span.of(article.text) == "Jane Doe"


def test_reading_a_page_loads_no_other_reader_of_pages():
    code = (
        "import sys; from onrecord.ingest import make_capture, read_article\n"
        "read_article(make_capture(b'<html><body><p>The mayor of Beltown said no.'))\n"
        "print([m for m in ('trafilatura', 'justext', 'newspaper', 'dateparser') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_page_of_too_many_elements_is_not_tried(monkeypatch):
    monkeypatch.setattr("onrecord.ingest.html.MAX_ELEMENTS", 3)
    assert "more than 3 elements" in unknown(read(page()), "body")


@pytest.mark.parametrize("count", [100, 600])
def test_a_long_article_is_read_to_its_end(count):
    paragraphs = [f"{SENTENCES[0]} That was word number {i} on it." for i in range(count)]
    article = read(page("".join(f"<p>{words}</p>" for words in paragraphs)))
    assert words_of(article, "paragraph") == paragraphs


def test_a_sentence_that_tells_of_an_amendment_stays_in_the_text():
    said = "This article was amended on 21 March 2024. An earlier version said that the bridge was new."
    assert said in words_of(read(page(f"{PARAGRAPHS}<p>{said}</p>")), "paragraph")
