"""Articles: which reader is taken, what the caller gives, and what is said to be unknown."""

import json
from pathlib import Path

import pytest

from onrecord.errors import DateInputError
from onrecord.ingest import make_capture, read_article
from onrecord.record import article_id_of

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed"
TEXT = "Bridge to Stay Shut\n\nBy Jane Doe\n\nMarch 3, 2024\n\nThe mayor said that the bridge was shut.\n"


def article_of(text, *, published=None, **options):
    return read_article(make_capture(text.encode(), **options), published=published)


def unknown(article, name):
    return next((u.reason for u in article.unknowns if u.field == name), None)


def test_the_text_of_a_plain_article_is_the_decoded_text_whole():
    assert article_of("\ufeff \n" + TEXT.replace("\n", "\r\n")).text == " \n" + TEXT


def test_the_id_is_that_of_the_capture_and_the_text():
    capture = make_capture(TEXT.encode())
    article = read_article(capture)
    assert article.article_id == article_id_of(capture, article.text)


def test_the_url_of_the_capture_is_the_articles():
    assert article_of(TEXT, url="https://courier.example/1").url == "https://courier.example/1"


@pytest.mark.parametrize("published", ["2024-03-20T15:02+01:00", "March 20, 2024 3:02 PM CET"])
def test_a_given_moment_of_publication_outranks_the_texts(published):
    moment = article_of(TEXT, published=published).published_at
    assert (moment.value, moment.raw, moment.span) == ("2024-03-20T15:02+01:00", published, None)
    assert moment.origin.kind == "given"


def test_a_given_moment_is_no_longer_unknown():
    text = "The mayor of Beltown said that the bridge was shut."
    assert unknown(article_of(text), "published_at")
    assert unknown(article_of(text, published="2024-03-20"), "published_at") is None


def test_a_given_zone_that_tells_no_offset_is_said():
    assert "several zones" in unknown(
        article_of(TEXT, published="20 March 2024 10:00 IST"), "published_at.zone"
    )


@pytest.mark.parametrize(
    ("published", "why"),
    [
        ("03/04/2024", "which number is the day"),
        ("soon", "'soon' cannot be read"),
        ("", "cannot be read"),
        ("March 3", "No year"),
    ],
)
def test_a_given_moment_that_cannot_be_read_is_an_error_with_the_accepted_shapes(published, why):
    with pytest.raises(DateInputError, match=why) as raised:
        article_of(TEXT, published=published)
    assert "2024-03-20T15:02+01:00" in str(raised.value)


def test_lost_characters_are_said():
    article = read_article(make_capture("He paid 5 €".encode()[:-1]))
    assert unknown(article, "text").startswith("1 characters were lost")


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not beside the checkout")
def test_the_seed_article_is_read_as_expected():
    expected = json.loads((SEED / "expected.json").read_text())["article"]
    article = read_article(make_capture((SEED / "article.txt").read_bytes()))
    by_kind = {
        kind: [b.span.of(article.text) for b in article.blocks if b.kind == kind]
        for kind in ("heading", "furniture", "credit", "caption")
    }
    assert article.title.value == expected["title"]
    assert [a.value for a in article.authors] == expected["authors"]
    assert article.published_at.value.replace(":02+", ":02:00+") == expected["published_at"]
    assert (article.published_at.precision, article.published_at.zone) == ("minute", "CET")
    assert by_kind["heading"] == expected["headings"]
    assert by_kind["furniture"] == expected["furniture"]
    assert by_kind["credit"] == ["Photo: " + expected["credits"][0]] * 2
    assert by_kind["caption"] == [expected["title"] + "."]
    assert article.text == (SEED / "article.txt").read_text()
    assert len(article.body()) == 11
