"""What stood beside the bytes: when it counts in the header of an article, and when the text knows better."""

import pytest

from onrecord.ingest import make_capture, read_article
from onrecord.ingest.reading import Reading
from onrecord.ingest.stated import apply_stated
from onrecord.record import HeaderField, Origin, StatedField

MARKUP = Origin(kind="markup", name="h2", version="1")

BODY = "The mayor of Beltown said on Monday that the bridge was shut for the winter and would stay so."
PLAIN = f"{BODY}\n\nNobody was hurt, the harbour master said.\n"
WHOLE = f"Bridge to Stay Shut\n\nBy Jane Doe\n\nMarch 3, 2030 10:30 CET\n\n{PLAIN}"
PAGE = (
    "<html lang=en><head><title>Bridge to stay shut</title>"
    '<meta property="og:title" content="Bridge to stay shut">'
    '<meta property="article:published_time" content="2030-03-03T10:30:00+01:00"></head>'
    f"<body><article><h1>Bridge to stay shut</h1><p>{BODY}</p><p>{BODY}</p></article></body></html>"
)


def article_of(text, **fields):
    stated = tuple(
        StatedField(field=name, value=value, place=f"column {name}")
        for name, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    )
    return read_article(make_capture(text.encode(), stated=stated))


def unknown(article, field):
    return next((u.reason for u in article.unknowns if u.field == field), None)


def test_a_stated_title_fills_what_the_text_lacks():
    article = article_of(PLAIN, title="Bridge  shut")
    assert (article.title.value, article.title.raw, article.title.span) == (
        "Bridge shut",
        "Bridge  shut",
        None,
    )
    assert (article.title.origin.kind, article.title.origin.name) == ("given", "column title")
    assert unknown(article, "title") is None


def test_markup_and_scripts_in_stated_words_are_taken_out():
    article = article_of(
        PLAIN, title="Bridge &amp; <b>Ferry</b><script>alert(1)</script>", authors="<a>Jane Doe</a>"
    )
    assert article.title.value == "Bridge & Ferry"
    assert article.authors[0].value == "Jane Doe"


def test_a_title_that_stands_in_the_text_keeps_its_place():
    title = article_of(WHOLE, title="Bridge to stay shut!").title
    assert title.span is not None


def test_a_line_that_is_not_the_stated_title_is_no_title():
    article = article_of(WHOLE, title="Ferry sails again")
    assert article.title.value == "Ferry sails again"
    first = article.blocks[0]
    assert (first.kind, first.span.of(article.text)) == ("heading", "Bridge to Stay Shut")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe; John Roe", ["Jane Doe", "John Roe"]),
        (["Jane Doe", "John Roe", "Jane Doe"], ["Jane Doe", "John Roe"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("Doe, Jane; Roe, John", ["Doe, Jane", "Roe, John"]),
        ("Jane Doe, John Roe; Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"]),
        ("jane@courier.example", []),
        ("None", []),
        ("https://courier.example/jane", []),
    ],
)
def test_stated_authors_are_told_apart(words, names):
    assert [a.value for a in article_of(PLAIN, authors=words).authors] == names


def test_stated_authors_outrank_those_guessed_from_lines():
    assert [a.value for a in article_of(WHOLE, authors="Ann Poe").authors] == ["Ann Poe"]


def test_an_author_that_stands_in_the_text_keeps_the_place():
    assert article_of(WHOLE, authors="Jane Doe").authors[0].span is not None


def test_the_outlet_and_the_language_are_taken():
    article = article_of(PLAIN, outlet="Beltown Courier", language="en_GB")
    assert (article.outlet.value, article.language.value) == ("Beltown Courier", "en-GB")
    assert unknown(article, "outlet") is None
    assert unknown(article, "language") is None


def test_stated_moments_are_read_with_their_zones():
    article = article_of(
        PLAIN, published_at="Wed, 20 Mar 2030 15:02:00 CET", updated_at="2030-03-21T09:00:00+01:00"
    )
    assert article.published_at.value == "2030-03-20T15:02:00+01:00"
    assert article.updated_at.value == "2030-03-21T09:00:00+01:00"
    assert article.published_at.origin.name == "column published_at"
    assert unknown(article, "published_at") is None


def test_a_stated_date_outranks_one_guessed_from_lines():
    assert article_of(WHOLE, published_at="2030-03-04").published_at.value == "2030-03-04"


def test_a_stated_day_does_not_hide_the_minute_that_the_text_tells():
    assert article_of(WHOLE, published_at="2030-03-03").published_at.precision == "minute"


@pytest.mark.parametrize(
    ("words", "why"), [("03/04/2030", "which number is the day"), ("1900000000000", "date")]
)
def test_a_date_that_cannot_be_read_is_unknown_with_the_reason(words, why):
    article = article_of(PLAIN, published_at=words)
    assert article.published_at is None
    assert why in unknown(article, "published_at")
    assert words in unknown(article, "published_at")


def test_what_the_markup_of_a_page_says_stays():
    article = article_of(PAGE, title="Something else", published_at="2029-01-01")
    assert article.title.value == "Bridge to stay shut"
    assert article.published_at.value.startswith("2030-03-03T10:30")


def test_a_feed_goes_before_the_markup_of_its_entry():
    stated = StatedField(field="title", value="Bridge shut", place="rss title")
    heading = HeaderField(value="Costs", raw="Costs", span=None, origin=MARKUP)
    reading = apply_stated(Reading(text="Costs", blocks=(), title=heading), (stated,))
    assert reading.title.value == "Bridge shut"


def test_a_row_does_not_go_before_the_markup_of_its_page():
    stated = StatedField(field="title", value="Bridge shut", place="column title")
    title = HeaderField(value="Costs", raw="Costs", span=None, origin=MARKUP)
    assert apply_stated(Reading(text="Costs", blocks=(), title=title), (stated,)).title is title


def test_a_moment_that_the_caller_gives_outranks_the_stated_one():
    capture = make_capture(
        PLAIN.encode(), stated=(StatedField(field="published_at", value="2030-03-20", place="column date"),)
    )
    assert read_article(capture, published="2030-04-01").published_at.value == "2030-04-01"
