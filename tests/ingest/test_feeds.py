"""RSS, Atom and JSON Feed: an entry's content and what the feed states of it; tricks are refused."""

import hashlib
import io
import json

import pytest

from onrecord.ingest import read_article
from onrecord.ingest.sources import captures_in
from onrecord.record import Capture

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Beltown Courier</title><language>en-gb</language>
{items}
</channel></rss>"""
ITEM = (
    "<item><title>Bridge &amp; Ferry</title><link>https://courier.example/1</link>"
    "<pubDate>Wed, 20 Mar 2030 15:02:00 CET</pubDate><dc:creator>Jane Doe</dc:creator>"
    "<description>The bridge is shut.</description>"
    "<content:encoded><![CDATA[<p>The mayor said <b>no</b>.</p><script>1</script>]]></content:encoded></item>"
)
BARE = "<item><title>Ferry</title><link>https://courier.example/2</link></item>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Beltown Courier</title>
<entry><title>Bridge</title><link href="https://courier.example/3"/><author><name>Jane Doe</name></author>
<author><name>John Roe</name></author><published>2030-03-20T15:02:00+01:00</published>
<updated>2030-03-21T09:00:00+01:00</updated>{content}</entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Beltown Courier",
    "language": "en",
    "items": [
        {
            "id": "1",
            "url": "https://courier.example/1",
            "title": "Bridge",
            "content_html": "<p>The mayor said no.",
            "date_published": "2030-03-20T15:02:00+01:00",
            "authors": [{"name": "Jane Doe"}],
        },
        {"id": "2", "url": "https://courier.example/2"},
    ],
}


def read(feed, name="feed.xml"):
    return list(captures_in(io.BytesIO(feed if isinstance(feed, bytes) else feed.encode()), name))


def stated(capture):
    return {s.field: (s.value, s.place) for s in capture.stated}


def test_the_full_content_of_an_entry_is_its_page_as_it_stood():
    (capture,) = read(RSS.format(items=ITEM))
    assert capture.body == b"<p>The mayor said <b>no</b>.</p><script>1</script>"
    assert (capture.media_type, capture.url) == ("text/html", "https://courier.example/1")


def test_what_a_feed_states_keeps_the_raw_words_and_their_place():
    (capture,) = read(RSS.format(items=ITEM))
    assert stated(capture) == {
        "title": ("Bridge & Ferry", "rss title"),
        "authors": ("Jane Doe", "rss author"),
        "published_at": ("Wed, 20 Mar 2030 15:02:00 CET", "rss pubDate"),
        "outlet": ("Beltown Courier", "rss feed title"),
        "language": ("en-gb", "rss language"),
    }


def test_the_zone_of_a_feeds_date_is_not_lost():
    (capture,) = read(RSS.format(items=ITEM))
    assert read_article(capture).published_at.value == "2030-03-20T15:02:00+01:00"


def test_the_container_is_the_entry_with_the_hash_of_its_bytes():
    (capture, _) = read(RSS.format(items=ITEM + BARE))
    assert capture.container.place == "entry https://courier.example/1"
    assert capture.container.sha256 == hashlib.sha256(ITEM.encode()).hexdigest()


def test_the_description_stands_in_for_missing_content():
    item = "<item><link>https://courier.example/1</link><description>The bridge is shut.</description></item>"
    assert read(RSS.format(items=item))[0].body == b"The bridge is shut."


def test_an_entry_without_content_is_a_failure_that_names_the_link():
    capture, failure = read(RSS.format(items=ITEM + BARE))
    assert isinstance(capture, Capture)
    assert "https://courier.example/2" in failure.detail
    assert failure.subject == "feed.xml: entry https://courier.example/2"


ATOM_CONTENTS = {
    "html": (
        '<content type="html">&lt;p&gt;The mayor said no.</content>',
        b"<p>The mayor said no.",
        "text/html",
    ),
    "xhtml": (
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>No</p></div></content>',
        b"<p>No</p>",
        "text/html",
    ),
    "text": ('<content type="text">The mayor said no.</content>', b"The mayor said no.", "text/plain"),
    "summary": ('<summary type="html">&lt;p&gt;No</summary>', b"<p>No", "text/html"),
}


@pytest.mark.parametrize("kind", ATOM_CONTENTS)
def test_the_content_of_an_atom_entry_is_of_the_type_it_says(kind):
    content, body, media_type = ATOM_CONTENTS[kind]
    (capture,) = read(ATOM.format(content=content))
    assert (capture.body, capture.media_type) == (body, media_type)


def test_an_atom_entry_states_both_its_moments_and_every_author():
    (capture,) = read(ATOM.format(content=ATOM_CONTENTS["text"][0]))
    assert stated(capture)["published_at"] == ("2030-03-20T15:02:00+01:00", "atom published")
    assert stated(capture)["updated_at"] == ("2030-03-21T09:00:00+01:00", "atom updated")
    assert [s.value for s in capture.stated if s.field == "authors"] == ["Jane Doe", "John Roe"]


def test_the_only_date_of_rss_1_is_that_of_publication():
    item = "<item><description>x y</description><dc:date>2030-03-20</dc:date></item>"
    assert stated(read(RSS.format(items=item))[0])["published_at"] == ("2030-03-20", "dc:date")


def test_a_json_feed_is_read():
    capture, failure = read(json.dumps(JSON_FEED))
    assert capture.body == b"<p>The mayor said no."
    assert stated(capture)["published_at"] == ("2030-03-20T15:02:00+01:00", "json feed date_published")
    assert stated(capture)["outlet"][0] == "Beltown Courier"
    assert "https://courier.example/2" in failure.detail


def test_the_hash_of_a_json_feeds_item_is_that_of_its_bytes():
    text = json.dumps(JSON_FEED, indent=1)
    item = text[text.index('"items": [') + len('"items": [') : text.index("  },\n") + 3].strip()
    assert json.loads(item) == JSON_FEED["items"][0]
    assert read(text)[0].container.sha256 == hashlib.sha256(item.encode()).hexdigest()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
TRICKS = {
    "a file": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1/">]>',
    "a billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY x "&l8;">]>',
    "a parameter entity": '<!DOCTYPE rss [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
    "an end in a value": '<!DOCTYPE rss [<!ENTITY y "]>"><!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "behind a comment": '<!-- <rss> --><!DOCTYPE rss [<!ENTITY x "boo">]>',
    "in small letters": '<!doctype rss [<!entity x "boo">]>',
}


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_declares_entities_is_refused(trick, encoding):
    item = "<item><link>https://courier.example/1</link><description>&x;</description></item>"
    feed = TRICKS[trick] + RSS.format(items=item).split("?>", 1)[1]
    (failure,) = read(feed.encode(encoding))
    assert failure.reason == "InputError"
    assert "entities" in failure.detail


def test_an_article_about_entities_is_no_trick():
    item = "<item><description><![CDATA[<p>Write &lt;!ENTITY x&gt; or <!ENTITY x>]]></description></item>"
    assert isinstance(read(RSS.format(items=item))[0], Capture)


def test_of_a_broken_feed_the_entries_are_read_and_the_damage_is_said():
    *entries, failure = read(RSS.format(items=ITEM + ITEM)[:-120])
    assert isinstance(entries[0], Capture)
    assert failure.reason == "DamagedInputError"
    assert "broken" in failure.detail


def test_entries_deep_in_each_other_are_refused():
    (failure,) = read(RSS.format(items="<item>" * 50_000))
    assert "deep in each other" in failure.detail


def test_a_broken_feed_too_large_to_make_sense_of_is_refused():
    (failure,) = read("<rss><channel>" + "<item><title>&nope;<b></title></item>" * 5_000)
    assert failure.reason == "TooLargeError"


@pytest.mark.parametrize("feed", [RSS.format(items=""), json.dumps({**JSON_FEED, "items": []})])
def test_a_feed_without_entries_says_so(feed):
    (failure,) = read(feed)
    assert failure.reason == "EmptyInputError"


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("desk@courier.example (Jane Doe)", ["Jane Doe"]),
        ("Jane Doe &lt;desk@courier.example&gt;", ["Jane Doe"]),
        ("desk@courier.example", []),
        ("Jane Doe", ["Jane Doe"]),
    ],
)
def test_the_author_of_an_item_is_the_name_beside_the_address(stated, names):
    author = f"<description>The bridge is shut.</description><author>{stated}</author>"
    (capture,) = read(RSS.format(items=f"<item><title>Bridge</title>{author}</item>"))
    assert [s.value for s in capture.stated if s.field == "authors"] == names
