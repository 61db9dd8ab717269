"""A page's tree as a row of blocks: where blocks begin and end, what they count, and where they lie."""

import pytest

from onrecord.ingest.page_tree import is_cut_off, parse_page, segment_page, squeeze


def blocks_of(body):
    return segment_page(parse_page(f"<html><head><title>Bridge</title></head><body>{body}</body></html>"))[0]


def words_of(body):
    return [block.words for block in blocks_of(body)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>One</p><p>two</p>", ["One", "two"]),
        ("<div>One <div>two</div> three</div>", ["One", "two", "three"]),
        ("<ul><li>One<li>two</ul>", ["One", "two"]),
        ("<table><tr><td>One<td>two</table>", ["One", "two"]),
        ("bare <p>One</p> tail", ["bare", "One", "tail"]),
        ("<h1>One</h1><figure><figcaption>two</figcaption></figure>", ["One", "two"]),
    ],
)
def test_a_block_ends_where_a_block_element_starts_or_ends(body, words):
    assert words_of(body) == words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>One<br>two</p>", ["One two"]),
        ("<p>One<br><br>two</p>", ["One", "two"]),
        ("<p>One<br>\n <br/>two</p>", ["One", "two"]),
        ("<p><br><br>One</p>", ["One"]),
    ],
)
def test_two_line_breaks_in_a_row_end_a_block_and_one_does_not(body, words):
    assert words_of(body) == words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>mar<b>ket</b> pla<wbr>ce</p>", "market place"),
        ("<p>caf&eacute; &amp;\n\n  b&#97;r&nbsp;one</p>", "café & bar one"),
        ("<p>One<!-- not this -->two</p>", "Onetwo"),
        ("<p>One <script>var a</script><style>p{}</style><svg><text>x</text></svg>two</p>", "One two"),
    ],
)
def test_words_are_joined_as_a_reader_sees_them(body, words):
    assert words_of(body) == [words]


@pytest.mark.parametrize(
    "tag", ["script", "style", "noscript", "template", "iframe", "textarea", "select", "svg"]
)
def test_what_a_page_does_not_show_is_in_no_block(tag):
    assert words_of(f"<p>One</p><{tag}>unseen words</{tag}><p>two</p>") == ["One", "two"]


def test_the_runs_of_a_block_are_its_characters_in_the_stream():
    body = "<p>One <b>two</b></p><noscript>unseen</noscript><div>three <p>four</p> five</div>"
    blocks, stream = segment_page(parse_page(f"<html><body>{body}</body></html>"))
    assert [b.words for b in blocks] == ["One two", "three", "four", "five"]
    for block in blocks:
        assert "".join(stream[start:end] for start, end in block.runs) == squeeze(block.words)


def test_the_runs_of_a_block_leave_out_what_is_unseen_in_it():
    (block,) = blocks_of("<p>One <noscript>unseen</noscript>two</p>")
    assert (block.words, len(block.runs)) == ("One two", 2)


def test_characters_in_links_and_in_bold_type_are_counted():
    (block,) = blocks_of("<p><b>One</b> <a href='/'>two <strong>six</strong></a> rest</p>")
    assert (block.link_chars, block.bold_chars) == (6, 6)


def test_a_block_knows_the_element_it_stands_in_and_its_folded_words():
    (block,) = blocks_of("<div><p class='x'>Größe, <i>1 A</i></p></div>")
    assert (block.element.tag, block.element.get("class"), block.folded) == ("p", "x", "grösse1a")


@pytest.mark.parametrize("text", ["", " ", "<!-- only this -->"])
def test_a_page_without_elements_has_no_tree(text):
    assert parse_page(text) is None


def test_a_page_nested_deeper_than_the_parser_goes_is_cut_off_there():
    shallow, deep = (f"<html><body>{'<div>' * n}<p>One</p>" for n in (1_000, 5_000))
    assert [is_cut_off(parse_page(page)) for page in (shallow, deep)] == [False, True]
    assert [len(segment_page(parse_page(page))[0]) for page in (shallow, deep)] == [1, 0]
