"""The map from the text to the bytes: every word of odd pages leads back to where it stands, or is counted.

Pages are built from pieces of which the source and the visible words are known, in several encodings; all
their blocks are put together, whatever the reader would take for the article.
"""

import hashlib
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import make_capture, read_article
from onrecord.ingest.locate import ByteRange, Locator, is_proven, locate_span, read_bytes
from onrecord.ingest.page_source import iter_gaps, place_characters, read_raw
from onrecord.ingest.page_text import Piece, put_together
from onrecord.ingest.page_tree import parse_page, segment_page, squeeze
from onrecord.ingest.source_map import SourceStretch, SourceText, find_bytes, make_source_map, map_text
from onrecord.record import Article, Capture, Origin, Span

RULE = Origin(kind="rule", name="test", version="1")
ENCODINGS = {
    "utf-8": b"",
    "utf-8 with mark": b"\xef\xbb\xbf",
    "cp1252": b"",
    "shift_jis": b"",
    "gb18030": b"",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "iso2022-jp": b"",
}
WORDS = ["bridge", "said", "“No,”", "café", "don’t", "橋は", "4", "&", "<", "Ł", "\N{SHIP}", "e\u0301"]
REFERENCES = [
    "&amp;", "&amp", "&#8217;", "&#x2019;", "&#X2019", "&nbsp;", "&eacute;", "&copy2", "&notit;", "&unknown;",
    "&#128;", "&#1;", "&#0;", "&#xD800;", "&#x110000;", "&NotEqualTilde;", "&", "&#", "&#x;",
    "&#12345678901;",
]  # fmt: skip
SPACES = [" ", "\n", "\r\n", "  \t ", "&nbsp;", "&#160; ", "\u2003"]
# Markup inside a paragraph that shows nothing.
INSIDE = [
    "<b>", "</b>", "<i class=x>", "</i>", "<a href='/a?b=1&c=2'>", "</a>", "<!-- a > b -->", "<!-->",
    '<span title="a > b">', "</span>", "<span title='it\"s > x'>", '<span id="x"y">', "<img alt='</p>'>",
    "<wbr>", "<!--->",
    "<script>var a = '</p><p>no';</script>", "<script><!-- <script> </script> --></script>", "<br>", "<br/>",
    "<style>p > b { }</style>", "<svg><title>no</title></svg>", "<?php echo 1 ?>", "<![CDATA[no]]>", "</>",
    "<b =x>", "<textarea></p></textarea>", "<noscript>no</noscript>", "<template>no</template>", "<b x= y/>",
]  # fmt: skip
OPENERS = [
    "<p>",
    "<div>",
    "<p title=a>",
    "<li>",
    "<blockquote>",
    "<td>",
    "<b><p>",
    "</i><p>",
    "<h2>",
    "<table><p>",
]
pieces = st.sampled_from(WORDS + SPACES + REFERENCES + INSIDE)
paragraphs = st.builds(
    "".join, st.tuples(st.sampled_from(OPENERS), st.lists(pieces, max_size=12).map("".join))
)
sources = st.lists(paragraphs, min_size=1, max_size=8).flatmap(
    lambda many: st.lists(st.sampled_from(many), min_size=1, max_size=12).map("\n".join)
)


def capture_of(body, encoding="utf-8"):
    digest = hashlib.sha256(body).hexdigest()
    return Capture(
        sha256=digest, media_type="text/html", encoding=encoding, size_bytes=len(body), body=body, url=None
    )


def map_page(capture, *, parsed=None):
    """All blocks of a page as one article, with the map of its text; `parsed` is what its tree is made of."""
    source = (capture.body or b"").decode(capture.encoding, "replace")
    tree = parse_page(parsed or source)
    blocks, stream = segment_page(tree) if tree is not None else ([], "")
    found = [Piece(kind="paragraph", words=b.words, origin=RULE, block=b) for b in blocks]
    text = put_together(found, stream, SourceText(source))
    chart = make_source_map(text.text, text.stretches, capture, decoding="html")
    return Article(article_id="a", text=text.text, blocks=text.blocks, source_map=chart)


def spans_of(text):
    """The words of a text and the text of each line."""
    starts = [i for i in range(len(text)) if not text[i].isspace() and (i == 0 or text[i - 1].isspace())]
    for start in starts:
        end = next((i for i in range(start, len(text)) if text[i].isspace()), len(text))
        yield Span(start_char=start, end_char=end)


def assert_mapped(article, capture):
    """Whatever is mapped is there, and whatever is not is counted."""
    missing = 0
    locator = Locator(article, capture)
    for span in [*spans_of(article.text), *(b.span for b in article.blocks)]:
        for part in locator.locate(span):
            assert part.held == part.words
            assert part.words in read_bytes(article, capture, part.place)
    for span in (Span(start_char=i, end_char=i + 1) for i in range(len(article.text))):
        missing += not locator.locate(span) and not span.of(article.text).isspace()
    assert missing == article.source_map.unmapped_chars


def encode_page(source, name):
    return ENCODINGS[name] + source.encode(name.split(" ")[0], "xmlcharrefreplace")


@settings(max_examples=150)
@given(sources, st.sampled_from(sorted(ENCODINGS)))
def test_every_word_of_a_page_leads_back_to_its_bytes(source, name):
    capture = capture_of(encode_page(source, name), name.split(" ")[0])
    article = map_page(capture)
    assert_mapped(article, capture)
    if not name.startswith("iso2022"):
        assert article.source_map.unmapped_chars == 0


@settings(max_examples=100)
@given(sources, st.sampled_from(sorted(ENCODINGS)), st.data())
def test_bytes_that_are_no_characters_lose_no_other_word(source, name, data):
    body = bytearray(encode_page(source, name))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        body[at:at] = data.draw(st.binary(min_size=1, max_size=3))
    capture = capture_of(bytes(body), name.split(" ")[0])
    assert_mapped(map_page(capture), capture)


@settings(max_examples=150)
@given(st.text(alphabet="ab<>/!-=\"'& ;#x1\0\r\npscrit", max_size=60))
def test_the_source_is_parted_as_the_parser_parts_it(text):
    source = f"<p>{text}"
    tree = segment_page(parse_page(source))[1]
    assert SourceText(source).stream.startswith(tree)


@given(st.text(alphabet="ab&#x1;8é \0", max_size=40))
def test_each_character_of_the_stream_has_its_place_in_the_raw_text(raw):
    places = list(place_characters(raw, "html"))
    assert len(places) == len(read_raw(raw, "html"))
    assert places == sorted(places)


def place_of(body, words, *, nth=0, encoding="utf-8"):
    at = -1
    for _ in range(nth + 1):
        at = body.index(words.encode(encoding), at + 1)
    return at, at + len(words.encode(encoding))


def ranges_of(article, capture, span):
    return [(place.start_byte, place.end_byte) for place in locate_span(article, capture, span)]


def test_paragraphs_of_the_same_words_each_lead_to_their_own_place():
    body = b"<p>Nobody knew.</p><p>A dam broke.</p><p>Nobody knew.</p>"
    capture = capture_of(body)
    article = map_page(capture)
    found = [ranges_of(article, capture, block.span) for block in article.blocks]
    assert found == [
        [place_of(body, "Nobody knew.")],
        [place_of(body, "A dam broke.")],
        [place_of(body, "Nobody knew.", nth=1)],
    ]


def test_words_that_the_parser_moved_are_told_from_the_same_words_elsewhere():
    """Text inside a table, outside its cells: browsers move it, and our tree may."""
    body = b"<table>" + b"<tr><td>Share</td></tr>" * 3 + b"</table><p>Share</p><p>The dam broke. Share</p>"
    capture = capture_of(body)
    article = map_page(capture)
    last = article.blocks[-1].span
    share = Span(start_char=last.end_char - 5, end_char=last.end_char)
    assert ranges_of(article, capture, share) == [place_of(body, "Share", nth=4)]


def test_where_the_streams_differ_words_are_told_by_those_round_them():
    source = SourceText(
        "<p>Share</p><p>more</p><p>The dam broke on Monday night.</p><p>Share</p><p>the end</p>"
    )
    found = source.find("Share", 3, before="ThedambrokeonMondaynight.", after="theend")
    assert found == source.stream.rindex("Share")


def test_a_tree_that_lost_a_part_of_the_page_still_leads_to_the_right_places():
    kept = "<p>Nobody knew.</p><p>The dam at Beltown broke on Monday.</p><p>Nobody knew.</p><p>So it is.</p>"
    body = f"<p>Nobody knew.</p><p>A part that the parser lost.</p>{kept}".encode()
    capture = capture_of(body)
    article = map_page(capture, parsed=kept)
    assert_mapped(article, capture)
    assert ranges_of(article, capture, article.blocks[0].span) == [place_of(body, "Nobody knew.", nth=1)]
    assert ranges_of(article, capture, article.blocks[2].span) == [place_of(body, "Nobody knew.", nth=2)]


def test_words_that_are_not_in_the_bytes_are_counted_and_not_mapped():
    capture = capture_of(b"<p>Nobody knew.</p><p>The dam broke.</p>")
    article = map_page(capture, parsed="<p>Nobody guessed.</p><p>The dam broke.</p>")
    assert article.source_map.unmapped_chars == len("Nobodyguessed.")
    assert [is_proven(article, capture, b.span) for b in article.blocks] == [None, True]


def test_a_stretch_whose_bytes_hold_other_words_does_not_get_into_the_map():
    capture = capture_of(b"<p>The dam broke.</p>")
    stretches = [
        SourceStretch(start_char=0, end_char=3, start_source=3, end_source=6),
        SourceStretch(start_char=4, end_char=7, start_source=8, end_source=11),
    ]
    chart = make_source_map("The dam", stretches, capture, decoding="html")
    assert (chart.start_chars, chart.unmapped_chars) == ((0,), 3)


def test_a_byte_order_mark_is_no_character_of_the_stream():
    assert SourceText("\ufeff<p>a</p>").stream == "a"


def test_a_broken_character_begins_where_its_first_byte_stands():
    assert find_bytes(capture_of(b"a\xe2\x82b\xff" + b"c" * 100), [0, 1, 2, 3, 4, 104]) == [
        0,
        1,
        3,
        4,
        5,
        105,
    ]


def test_words_that_stand_twice_with_nothing_to_tell_them_are_not_guessed():
    assert SourceText("<p>Share</p><p>more</p><p>Share</p>").find("Share", 3) == -1


def test_a_span_leads_to_its_own_bytes_inside_a_paragraph():
    body = b"<p>The caf&eacute; on the <b>qu</b>ay&nbsp;shut, she said.</p>"
    capture = capture_of(body)
    article = map_page(capture)
    start = article.text.index("café")
    assert ranges_of(article, capture, Span(start_char=start, end_char=start + 4)) == [
        place_of(body, "caf&eacute;")
    ]
    quay = article.text.index("quay")
    assert ranges_of(article, capture, Span(start_char=quay, end_char=quay + 4)) == [
        place_of(body, "qu", nth=0),
        place_of(body, "ay&"[:2], nth=0),
    ]


def test_a_half_of_a_reference_leads_to_all_of_it():
    body = b"<p>a &NotEqualTilde; b</p>"
    capture = capture_of(body)
    article = map_page(capture)
    (found,) = Locator(article, capture).locate(Span(start_char=3, end_char=4))
    assert found.place == ByteRange(start_byte=5, end_byte=20)
    assert (found.words, found.held) == ("\u0338", "\u0338")


def test_a_span_partly_mapped_is_neither_proven_nor_denied():
    body = b"<p>The dam broke.</p>"
    article = Article(
        article_id="a",
        text="The dam broke. Again.",
        blocks=(),
        source_map=map_page(capture_of(body)).source_map,
    )
    assert is_proven(article, capture_of(body), Span(start_char=0, end_char=14)) is True
    assert is_proven(article, capture_of(body), Span(start_char=0, end_char=21)) is None
    assert is_proven(article, capture_of(body), Span(start_char=15, end_char=21)) is None


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Bridge to stay shut</title>", "Bridge to stay shut"),
        ("<title>Smith &amp; Sons&#8217; bridge</title>", "Smith & Sons’ bridge"),
        (
            '<meta property="og:title" content="The &quot;old&quot;&#32;bridge &#x2014; shut">',
            'The "old" bridge — shut',
        ),
    ],
)
def test_a_title_that_the_markup_alone_states_is_mapped_where_it_is_written(head, title):
    text = "<p>The mayor of Beltown said on Monday that the bridge would stay shut until the spring.</p>"
    capture = make_capture(f"<html><head>{head}</head><body><article>{text}</article>".encode())
    article = read_article(capture)
    assert article.title.value == title
    assert is_proven(article, capture, article.title.span) is True


@given(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=80),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_plain_text_is_mapped_line_by_line(text, end, has_mark):
    body = (b"\xef\xbb\xbf" if has_mark else b"") + text.replace("\n", end).encode()
    capture = capture_of(body)
    decoded = body.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    article = Article(article_id="a", text=decoded, blocks=(), source_map=map_text(decoded, capture))
    assert article.source_map.unmapped_chars == 0
    assert_mapped(article, capture)


@given(
    st.text(st.characters(codec="shift_jis", exclude_characters="¥‾"), max_size=200),
    st.sampled_from(["utf-8", "utf-16-le", "shift_jis", "gb18030", "iso2022-jp"]),
)
def test_the_byte_of_each_character_is_found(text, encoding):
    body = text.encode(encoding, "replace")
    source = body.decode(encoding, "replace")
    found = find_bytes(capture_of(body, encoding), range(len(source) + 1))
    assert found == sorted(found)
    if not encoding.startswith("iso2022"):
        assert [body[a:b].decode(encoding) for a, b in pairwise(found)] == list(source)


def test_a_map_of_a_long_page_is_made_in_milliseconds():
    filler = (
        "<div class='x'><a href=\"/news?id=1&x=2\">More</a> <script>var a = '<p>';</script></div>\n" * 2_000
    )
    body = f"<html><body>{filler}<p>The caf&eacute; shut, she said.</p>{filler}".encode()
    capture = capture_of(body)
    started = time.process_time()
    article = map_page(capture)
    assert time.process_time() - started < 3
    assert article.source_map.unmapped_chars == 0


@pytest.mark.parametrize(
    "source",
    [
        "<" * 100_000,
        "<a " + "x='" * 50_000,
        "<!--" * 50_000,
        "<script><!--" + "<script>" * 20_000,
        "<p>" + "&#1;" * 50_000,
        "<title>" * 20_000,
        "<b " + "= " * 50_000,
        "</" * 50_000,
        "&" * 100_000,
    ],
)
def test_hostile_markup_is_parted_in_linear_time(source):
    started = time.process_time()
    assert sum(end - start for start, end in iter_gaps(source)) <= len(source)
    SourceText(source)
    assert time.process_time() - started < 2


def test_white_space_counts_for_nothing():
    assert squeeze(" a\u00a0b\r\n\u2003c ") == "abc"
