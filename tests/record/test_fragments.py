"""Links to words: the parts of a directive, their encoding, and the words round them that it takes."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import SourceMap, Span
from onrecord.record.fragments import fragment_link, text_directive
from tests.factories import make_article, span_of

ADDRESS = "https://courier.invalid/bridge"
LONG = (
    "The mayor of Beltown said on Monday that the bridge over the Orrin would stay shut until spring, "
    "because nobody on the council had thought of asking the engineers before the first frost came, "
    "and because nobody had the money, which is another matter altogether."
)


def directive_of(parts, words, *, after=0, **fields):
    article = make_article([("paragraph", part) for part in parts], url=ADDRESS, **fields)
    return text_directive(article, span_of(article.text, words, after=after))


def test_words_that_stand_once_are_given_whole():
    assert directive_of([LONG], "nobody on the council had thought") == (
        "nobody%20on%20the%20council%20had%20thought"
    )


def test_the_signs_of_a_directive_are_encoded():
    words = "a well-known, if small, firm (Smith & Sons) of 100% good people"
    encoded = directive_of([f"It was {words}, they said."], words)
    assert not set("-,& ") & set(encoded)
    assert "well%2Dknown%2C%20if%20small%2C%20firm%20%28Smith%20%26%20Sons%29%20of%20100%25" in encoded


def test_words_said_twice_get_those_before_and_after_them():
    text = "Mira Vance of the Lantern spoke: it will not open. The council agreed: it will not open, ever."
    first, second = text.index("it will"), text.rindex("it will")
    assert directive_of([text], "it will not open", after=first) != directive_of(
        [text], "it will not open", after=second
    )
    assert directive_of([text], "it will not open", after=second) == "agreed%3A-,it%20will%20not%20open,-%2C"


def test_short_words_get_context_even_where_they_stand_once():
    assert directive_of([LONG], "had the money") == "because%20nobody-,had%20the%20money,-%2C%20which"


def test_a_block_said_twice_is_told_by_the_block_beside_it():
    parts = ["Nobody came to the hall.", "She said no.", "Everybody went to the river.", "She said no."]
    second = "\n\n".join(parts).rindex("She")
    assert directive_of(parts, "She said no.", after=second).startswith("to%20the%20river.-,She")


def test_long_words_are_given_by_how_they_begin_and_end():
    assert directive_of([LONG], LONG) == (
        "The%20mayor%20of%20Beltown%20said%20on%20Monday,which%20is%20another%20matter%20altogether."
    )


def test_words_over_several_blocks_begin_in_the_first_and_end_in_the_last():
    parts = [
        "The mayor said: we will open it.",
        "Nobody believed her.",
        "We will all drown, said the ferryman.",
    ]
    article = make_article([("paragraph", part) for part in parts], url=ADDRESS)
    span = Span(start_char=article.text.index("we will"), end_char=article.text.index(", said"))
    assert text_directive(article, span) == "mayor%20said%3A-,we%20will%20open%20it.,We%20will%20all%20drown"


def test_the_end_of_a_range_is_not_what_stands_in_its_midst():
    text = (
        f"Once again {LONG} Then the whole long council said so. {LONG} And the whole long council said so."
    )
    end = directive_of([text], text).split(",")[-1]
    assert text.count(unquote(end)) == 1


def test_half_words_are_made_whole():
    assert "the%20council%20had%20thought%20of" in directive_of([LONG], "e council had thought o")


def test_words_with_markup_between_are_given_from_both_its_sides():
    text = "Four million marks, a third more, says the report of the engineers."
    chart = SourceMap(
        decoding="html",
        start_chars=(0, 34),
        end_chars=(33, len(text)),
        start_bytes=(0, 40),
        end_bytes=(33, 80),
        unmapped_chars=0,
    )
    assert directive_of([text], text, source_map=chart) == (
        "Four%20million%20marks%2C%20a%20third%20more%2C,says%20the%20report%20of%20the%20engineers."
    )


def test_scripts_without_spaces_are_parted_at_their_marks():
    text = "市長は月曜日に、" + "議会の誰も技術者に尋ねようとは思わなかった、" * 12 + "と述べた。"
    first, last = directive_of([text], text).split(",")
    assert unquote(first).endswith(("、", "。"))
    assert text.endswith(unquote(last))


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "file:///etc/passwd", "news/1.html", "http://"]
)
def test_an_address_that_is_none_of_the_web_gives_no_link(url):
    article = make_article([("paragraph", LONG)], url=url)
    assert fragment_link(article, span_of(LONG, "the bridge")) is None


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (ADDRESS, f"{ADDRESS}#:~:text="),
        (f"{ADDRESS}?a=1&b=%20#top", f"{ADDRESS}?a=1&b=%20#top:~:text="),
        (f"{ADDRESS}#:~:text=old", f"{ADDRESS}#:~:text="),
        (f'{ADDRESS}/ü "<b>', f"{ADDRESS}/%C3%BC%20%22%3Cb%3E#:~:text="),
    ],
)
def test_the_directive_follows_the_address_and_its_own_fragment(url, start):
    article = make_article([("paragraph", LONG)], url=url)
    assert fragment_link(article, span_of(LONG, "nobody on the council had thought")).startswith(start)


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=4), st.data())
def test_any_span_gives_a_directive_of_at_most_four_parts(parts, data):
    article = make_article([("paragraph", part) for part in parts], url=ADDRESS)
    start = data.draw(st.integers(0, len(article.text) - 1))
    span = Span(start_char=start, end_char=data.draw(st.integers(start + 1, len(article.text))))
    directive = text_directive(article, span)
    directive.encode("ascii")
    assert directive.count(",") <= 3
    assert not set(directive) & set('& #"<>')
