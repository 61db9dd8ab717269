"""What is looked at to tell an article from its page: names and rows fit, and no outlet is known."""

import pytest

from onrecord.ingest.page_features import (
    describe_blocks,
    drop_link_runs,
    feature_names,
    fold_stated,
    name_part,
)
from onrecord.ingest.page_tree import parse_page, segment_page

SENTENCE = "The mayor of Beltown said on Monday that the old bridge would stay shut until the spring."
BODY = (
    f"<h1>Bridge to Stay Shut</h1><p>{SENTENCE}</p><p>Nobody had been told, {{name}} wrote.</p><li>Ferry</li>"
)
NOTHING = fold_stated((), (), "")


def describe(body, stated=NOTHING):
    """The rows of a page's blocks, as dictionaries, and the parts that they are in."""
    rows, places = describe_blocks(blocks_of(body), stated)
    names = feature_names()
    return [dict(zip(names, row, strict=True)) for row in rows], [name_part(place) for place in places]


def blocks_of(body):
    return segment_page(parse_page(f"<html><body>{body}</body></html>"))[0]


def test_each_row_has_a_number_for_each_name():
    rows, places = describe_blocks(blocks_of(BODY), NOTHING)
    assert {len(row) for row in rows} == {len(feature_names())}
    assert len(rows) == len(places) == 4


def test_no_name_stands_twice():
    assert len(set(feature_names())) == len(feature_names())


def test_a_page_without_blocks_has_no_rows():
    assert describe_blocks([], NOTHING) == ([], [])


def test_the_rows_are_the_same_whatever_the_outlet_is_called():
    one, other = (
        f"<div class='story'>{BODY.format(name=name)}</div><a href='https://{name.lower()}.example/'>More</a>"
        for name in ("Courier", "Lantern")
    )
    assert describe(one) == describe(other)


def test_a_row_says_what_its_words_are_like():
    row = describe(f"<p>“<b>Nobody</b> was <a>told</a>, in 1990,” it ended?</p><p>{SENTENCE}</p>")[0][0]
    assert (row["quotes"], row["asks"], row["commas"], row["starts upper"]) == (1, 1, 2, 0)
    assert row["ends a sentence"] == 1
    assert 0 < row["link share"] < row["bold share"] < 1


@pytest.mark.parametrize(
    ("markup", "part"),
    [
        ("<div class='comment-list'><p>{}</p></div>", "comments"),
        ("<aside><p>{}</p></aside>", "sidebar"),
        ("<nav><p>{}</p></nav>", "navigation"),
        ("<footer><div><p>{}</p></div></footer>", "footer"),
        ("<div style='display: none'><p>{}</p></div>", "hidden"),
        ("<div hidden><p>{}</p></div>", "hidden"),
        ("<div id='newsletter'><p>{}</p></div>", "signup"),
        ("<div class='story'><p>{}</p></div>", ""),
    ],
)
def test_the_part_of_a_page_is_told_by_the_names_around(markup, part):
    assert describe(markup.format(SENTENCE))[1] == [part]


def test_a_description_and_a_title_that_the_page_states_are_marked():
    stated = fold_stated(["Bridge to stay shut"], [SENTENCE], f"{SENTENCE} Nobody had been told.")
    title, dek, *_ = describe(BODY, stated)[0]
    assert (title["is title"], dek["is description"], dek["in stated body"]) == (1, 1, 2)
    assert (dek["is title"], title["is description"]) == (0, 0)


def test_words_said_again_are_counted():
    rows = describe(f"<p>{SENTENCE}</p><p>{SENTENCE.upper()}</p><p>Once.</p>")[0]
    assert [row["said how often"] for row in rows] == [2, 2, 1]


def test_bare_links_between_bare_links_are_left_out_and_links_in_text_are_kept():
    links = "".join(f"<li><a href='/{i}'>Otters{i}</a></li>" for i in range(5))
    blocks = blocks_of(
        f"<p>{SENTENCE}</p>{links}<p>{SENTENCE} <a>Here</a></p><p><a>Alone</a></p><p>{SENTENCE}</p>"
    )
    kept = [block.words for block in drop_link_runs(blocks)]
    assert kept == [SENTENCE, "Otters0", "Otters4", f"{SENTENCE} Here", "Alone", SENTENCE]
