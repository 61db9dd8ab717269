"""Pages made to harm, or broken past use: read in bounded time and memory, or refused with the reason."""

import io
import json
import subprocess
import sys
import time
from itertools import count

import pytest

from onrecord.errors import TooLargeError
from onrecord.export.html import to_html
from onrecord.ingest import make_capture, read_article
from onrecord.ingest.capture import MAX_BYTES
from onrecord.ingest.sources import captures_in
from onrecord.record import Failure, Record, from_json, to_json

SENTENCE = (
    "The mayor of Beltown said on day {} that the old bridge over the river would stay shut until spring."
)


def say(count_of_paragraphs=4, tag="p"):
    """Paragraphs that differ."""
    return "".join(f"<{tag}>{SENTENCE.format(i)}</{tag}>" for i in range(count_of_paragraphs))


def page(body, head=""):
    head = f"<head><title>Bridge to Stay Shut</title>{head}</head>"
    body = f"<body><h1>Bridge to Stay Shut</h1><article>{body}</article></body>"
    return f"<!DOCTYPE html><html lang=en>{head}{body}"


def read(text, **options):
    body = text if isinstance(text, bytes) else text.encode()
    return read_article(make_capture(body, **({"media_type": "text/html"} | options)))


def unknown(article, name):
    return next((u.reason for u in article.unknowns if u.field == name), None)


def body_of(article):
    return [b.span.of(article.text) for b in article.body()]


def repeat(words):
    """A maker of n times these words, each with its number where they ask for one."""
    return lambda n: "".join(words.replace("{}", str(i)) for i in range(n))


# A shape of page for each thing that is counted or walked; made n times over.
SHAPES = {
    "paragraphs": repeat(f"<p>{SENTENCE}</p>"),
    "one paragraph": lambda n: f"<p>{repeat(SENTENCE + ' ')(n)}</p>",
    "one word": lambda n: f"<p>{'a' * 100 * n}</p>",
    "references": repeat("<p>&amp;&#65;&nbsp;&#x1F600;&notit; and so on</p>"),
    "words in tags": repeat("mar<b>ket</b> "),
    "links": repeat("<a href='/{}'>Otter {} in lift</a> "),
    "list of links": repeat("<li><a href='/{}'>Otter {} in lift</a></li>"),
    "cells": repeat("<table><tr><td>12.5</td><td>{}</td></tr></table>"),
    "captions": repeat("<figure><img><figcaption>The bridge on day {}. Photo: Ann Poe</figcaption></figure>"),
    "titles": repeat("<h1>Bridge to Stay Shut {}</h1>"),
    "headings": repeat("<h2>Bridge to Stay Shut</h2>"),
    "times": repeat("<time datetime='2024-03-20T15:02Z'>20 March 2024</time>"),
    "bylines": repeat("<div class=byline>By Jane Doe</div>"),
    "names": repeat("<div class='x{} related'>some words</div>"),
    "breaks": repeat("word<br>"),
    "empty": repeat("<i></i>"),
    "unclosed": repeat(f"<p><b><i>{SENTENCE}"),
    "mended": repeat("<table><b>lost words {}</b><tr><td>x</td></tr></table>"),
    "mis-nested": repeat("<b><p>words</b></p><a><div>x</a></div>"),
    "deep": lambda n: "<div>some words" * n,
    "deep links": repeat("<a>"),
    "ends": repeat("</p>"),
    "angles": repeat("<"),
    "half tags": repeat("<a b=\"x' "),
    "comments": repeat("<!-- "),
    "scripts": repeat("<script>if (a<b) </script>"),
    "escaped scripts": repeat("<script><!-- <script> "),
    "titles inside": repeat("<title>x"),
    "metas": repeat("<meta property='og:title' content='Bridge {} to stay shut'>"),
    "json-ld": repeat('<script type="application/ld+json">{"@type":"NewsArticle"}</script>'),
    "brackets": lambda n: f'<script type="application/ld+json">{"[" * n}</script>',
    "options": repeat("<select><option>x</select>"),
    "attributes": lambda n: f"<p {'a=b ' * n}>",
    "long class": lambda n: f"<div class='{'related ' * n}'>",
    "white space": lambda n: "<p>" + " \n" * 10 * n + "</p>",
}


def seconds_for(text):
    """The least processor time of two readings."""
    capture = make_capture(text.encode(), media_type="text/html")
    took = []
    for _ in range(2):
        started = time.process_time()
        read_article(capture)
        took.append(time.process_time() - started)
    return min(took)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_four_times_as_much_of_a_shape_takes_four_times_as_long(shape):
    small, large = (seconds_for(page(SHAPES[shape](n) + say())) for n in (400, 1_600))
    assert large < 0.05 or large < 9 * small
    assert large < 3


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "ul><li", "table><tr><td", "section"])
def test_what_is_nested_a_hundred_thousand_deep_is_said_to_be_unread(tag):
    started = time.process_time()
    article = read(page(say() + f"<{tag}>" * 100_000 + say(8)))
    assert time.process_time() - started < 5
    assert body_of(article) == [SENTENCE.format(i) for i in range(4)]
    assert "nested more than 2,048 deep" in unknown(article, "text")


def test_a_page_of_a_hundred_megabytes_is_refused_before_it_is_read():
    with pytest.raises(TooLargeError, match=f"{MAX_BYTES:,}"):
        make_capture(page(say()).encode() + b" " * 100_000_000)


def test_a_stream_without_end_is_read_up_to_the_limit():
    class Endless(io.RawIOBase):
        given = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            self.given += len(buffer)
            buffer[:] = (b"<p>The bridge." * (len(buffer) // 14 + 1))[: len(buffer)]
            return len(buffer)

    stream = Endless()
    (failure,) = captures_in(stream, "endless.html")
    assert (type(failure), failure.reason) == (Failure, "TooLargeError")
    assert stream.given < 2 * MAX_BYTES


def test_a_page_of_more_elements_than_an_article_has_is_refused_with_their_number():
    started = time.process_time()
    article = read(page(say() + "<i>a</i>" * 300_000))
    assert time.process_time() - started < 5
    assert "more than 300,000 elements" in unknown(article, "body")


BIG = {
    "a paragraph of 5 MB": lambda: f"<p>{SENTENCE.format(0) * 50_000}</p>",
    "200,000 links": lambda: repeat("<a href='/{}'>Otter {}</a> ")(200_000),
    "a table of 50,000 cells": lambda: (
        f"<table>{repeat('<tr><td>{}</td><td>12.5</td></tr>')(25_000)}</table>"
    ),
}
MEASURED = """
import re, sys, time
from pathlib import Path
from onrecord.ingest import make_capture, read_article
capture = make_capture(sys.stdin.buffer.read(), media_type="text/html")
started = time.process_time()
article = read_article(capture)
# Not ru_maxrss: that of a new process begins at the size of the one that started it.
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]
print(time.process_time() - started, peak, len(article.body()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is told by Linux alone")
@pytest.mark.parametrize("shape", BIG)
def test_a_big_page_takes_seconds_and_less_than_half_a_gigabyte(shape):
    text = page(say() + BIG[shape]())
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=text.encode(), capture_output=True, check=True
    )
    seconds, kilobytes, paragraphs = map(float, done.stdout.split())
    assert seconds < 20
    assert kilobytes < 500_000
    assert paragraphs >= 4


@pytest.mark.parametrize(
    "tag", ["div", "p", "table", "script", "title", "!--", "svg", "a href='", "plaintext", "x"]
)
def test_a_page_of_one_unclosed_tag_has_no_body_and_says_so(tag):
    article = read(f"<{tag}>")
    assert article.body() == ()
    assert unknown(article, "body").endswith(".")


LAUGHS = "".join('<!ENTITY l{} "{}">'.format(i, f"&l{i - 1};" * 10 if i else "ha" * 10) for i in range(10))
XHTML = (
    f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [{LAUGHS}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Bridge</title></head><body>{{body}}</body></html>'
)


def test_entities_that_an_xhtml_page_declares_are_not_resolved():
    started = time.process_time()
    article = read(XHTML.format(body=f"{say()}<p>It was said: &l9; and &f; of the bridge.</p>"))
    assert time.process_time() - started < 2
    assert "hahaha" not in article.text
    assert "root:" not in article.text
    assert body_of(article)[:4] == [SENTENCE.format(i) for i in range(4)]


def test_an_xhtml_page_with_entities_goes_through_a_source_of_captures_too():
    (capture,) = captures_in(io.BytesIO(XHTML.format(body=say()).encode()), "page.xhtml")
    assert len(read_article(capture).text) < 2_000


MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def write_html(article, capture):
    return to_html(Record(capture=capture, article=article, statements=()))


def test_markup_in_a_stated_title_or_name_is_no_markup_in_what_is_written():
    stated = {
        "@type": "NewsArticle",
        "headline": f"Bridge {MARKUP} Shut",
        "author": [{"name": f"Jane {MARKUP} Doe"}, {"name": "&lt;b&gt;John Roe&lt;/b&gt;"}],
        "publisher": {"name": f"Courier {MARKUP}"},
    }
    words = json.dumps(stated).replace("</", "<\\/")
    head = f'<script type="application/ld+json">{words}</script>'
    capture = make_capture(page(say(), head).encode(), media_type="text/html")
    written = write_html(read_article(capture), capture)
    assert "<script>alert" not in written
    assert "<img" not in written


def test_markup_that_a_page_shows_as_text_stays_text():
    shown = MARKUP.replace("<", "&lt;")
    text = page(f"<p>{SENTENCE.format(9)} “{shown}”</p>{say()}").replace("Bridge to Stay", f"Bridge {shown}")
    capture = make_capture(text.encode(), media_type="text/html")
    article = read_article(capture)
    assert MARKUP in article.title.value
    assert any(MARKUP in words for words in body_of(article))
    written = write_html(article, capture)
    assert "<script>alert" not in written
    assert "<img" not in written


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u200b", "\u2066", "\x01", "\x0b", "\x1b[31m", "\x7f", "\u2028", "\x85"]
)
def test_control_and_direction_characters_keep_spans_and_codec_whole(mark):
    text = page(f"<p>{mark}{SENTENCE.format(9).replace(' ', f' {mark}', 3)}</p>{say()}")
    capture = make_capture(text.encode(), media_type="text/html")
    record = Record(capture=capture, article=read_article(capture), statements=())
    assert len(record.article.body()) == 5
    assert from_json(to_json(record, with_body=True)) == record


def test_null_bytes_in_a_page_are_refused_as_no_text():
    (failure,) = captures_in(io.BytesIO(page(f"<p>a\0b</p>{say()}").encode()), "page.html")
    assert failure.reason == "BinaryInputError"
    assert "zero byte" in failure.detail


@pytest.mark.parametrize(
    "declared", ["utf-16", "ascii", "shift_jis", "koi8-r", "no-such", "utf-7", "undefined"]
)
def test_a_wrong_charset_does_not_spoil_a_page_in_utf_8(declared):
    words = (
        "“Größe,” said Zoë Müller of the Beltown café, “is not everything that a bridge over a river needs.”"
    )
    text = page(f"<p>{words}</p>{say()}", f"<meta charset='{declared}'>")
    assert words in body_of(read(text, media_type=f"text/html; charset={declared}"))


def test_a_page_in_one_byte_a_character_that_says_it_is_utf_8_is_read_as_it_is():
    words = "Zoë Müller of the Beltown café said that a bridge over a river needs more than its size."
    text = page(f"<p>{words}</p>{say()}", "<meta charset='utf-8'>")
    assert words in body_of(read(text.encode("cp1252")))


@pytest.mark.parametrize(
    "text",
    [
        page(f"<p>{'<span>' * 1_500}{SENTENCE.format(9)}{'</span>' * 1_500}{say()}"),
        page(f"{'<blockquote>' * 400}{say()}"),
        page(f"{say()}{'<' * 200_000}"),
        "<html " + "a=b " * 100_000 + f">{say()}",
        f'<?xml version="1.0" encoding="iso-8859-1"?><html><body>{say()}',
        page(f"&#xD800;&#0;&#x110000;\x01\x02{say()}"),
    ],
    ids=["spans", "quotes", "angles", "attributes", "xml", "references"],
)
def test_a_malformed_page_keeps_what_can_be_read_of_it(text):
    started = time.process_time()
    words = body_of(read(text))
    assert time.process_time() - started < 5
    assert [SENTENCE.format(i) in words for i in range(4)] == [True] * 4


def test_one_bad_page_stops_no_other_in_an_archive():
    from tests.ingest.archives import pack, record, respond

    numbers = count(1)
    bodies = [b"<div>" * 100_000, b"\x00" * 100, b"<i>a</i>" * 300_001, page(say()).encode()]
    packed = pack(*(record(respond(body), number=next(numbers)) for body in bodies))
    entries = list(captures_in(io.BytesIO(packed), "a.warc.gz"))
    assert [isinstance(entry, Failure) for entry in entries] == [False, True, False, False]
    assert len(read_article(entries[-1]).body()) == 4
