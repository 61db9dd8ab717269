"""The benchmark of pasted text, on a page of ours: what is visible, how it is laid out, how it is scored."""

import pytest

from eval.scrapes import (
    Guess,
    f1_of_words,
    group_rows,
    half_of,
    interval_of,
    read_by_long_lines,
    read_with_onrecord,
    score_guess,
)
from eval.scraping import Scrape, count_words, lay_out, make_scrape
from eval.visible import read_visible_lines

FIRST = (
    "The mayor of Beltown said on Monday that the old bridge would stay shut until the spring of next year."
)
SECOND = "Nobody had been told, she added, and nobody had asked what a new bridge would cost the town."
TITLE = "Bridge to Stay Shut Until Spring"
HTML = f"""<html><head><title>{TITLE} | Courier</title><script>var x = "no";</script></head><body>
<nav><a href="/">Home</a> <a href="/n">News</a></nav><div hidden>Subscribe</div>
<h1>Bridge to <b>Stay</b> Shut Until Spring</h1><div>By Jane Doe</div><div>March 3, 2024</div>
<figure><img alt="A bridge"><figcaption>The bridge in March</figcaption></figure>
<p>{FIRST.replace("Beltown", "<a href='/b'>Beltown</a>")}</p><p>{SECOND}</p>
<table><tr><td>Cost</td><td>4 million</td></tr></table><footer>All rights reserved</footer></body></html>"""


def page(**changes):
    gold = {
        "title": TITLE,
        "text": f"{FIRST}\n\n{SECOND}",
        "authors": ["Jane Doe"],
        "captions": ["The bridge in March"],
    }
    return {"id": "beltown/1", "url": "https://courier.example/1", "html": HTML, "gold": gold | changes}


def scrape_of(**changes):
    made = make_scrape(page(**changes), "publishers")
    assert isinstance(made, Scrape), made
    return made


def test_the_visible_text_has_links_inline_and_nothing_hidden():
    words = [line.words for line in read_visible_lines(HTML)]
    assert words == [
        "Home News", TITLE, "By Jane Doe", "March 3, 2024", "The bridge in March",
        FIRST, SECOND, "Cost\t4 million", "All rights reserved",
    ]  # fmt: skip


def test_a_line_break_parts_lines_of_one_block():
    lines = read_visible_lines("<p>One<br>two</p><p>three</p>")
    assert [(line.words, line.starts_block) for line in lines] == [
        ("One", True),
        ("two", False),
        ("three", True),
    ]


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("blank lines", "One\ntwo\n\nthree four"),
        ("single lines", "One\ntwo\nthree four"),
        ("as is", "One\ntwo\n\nthree four"),
        ("wrapped", "One\ntwo\n\nthree\nfour"),
    ],
)
def test_every_layout_parts_the_blocks_in_its_way(layout, text):
    lines = read_visible_lines("<p>One<br>two</p><p>three four</p>")
    assert lay_out(lines, layout, width=6) == text


def test_a_scrape_runs_from_a_little_above_the_title_to_a_little_below_the_last_paragraph():
    text = " ".join(scrape_of().text.split())
    assert TITLE in text
    assert text.index(TITLE) < text.index(FIRST) < text.index(SECOND)
    assert scrape_of().shows_authors


def test_a_page_without_its_title_in_sight_is_left_out():
    assert make_scrape(page(title="Another Bridge"), "publishers") == "the title is not in the visible text"


def test_a_page_without_most_of_its_body_in_sight_is_left_out():
    hidden = f"{FIRST}\n\n{'A paragraph that only those who pay may see. ' * 9}"
    assert make_scrape(page(text=hidden), "publishers") == "most of the body is not in the visible text"


def test_the_same_page_gives_the_same_scrape():
    assert scrape_of() == scrape_of()


def test_the_reader_is_right_about_the_page():
    scrape = scrape_of()
    row = score_guess(scrape, read_with_onrecord(scrape.text))
    assert (row["title"], row["authors"]) == (1.0, 1.0)
    assert row["body"] > 0.9


def test_authors_are_scored_as_a_set_and_title_without_its_quotation_marks():
    scrape = scrape_of(title=TITLE)
    row = score_guess(scrape, Guess(title=TITLE.upper(), authors=("JANE DOE",), body=FIRST))
    assert (row["title"], row["authors"]) == (1.0, 1.0)
    assert 0.5 < row["body"] < 0.8


def test_an_author_where_the_gold_has_none_is_invented():
    row = score_guess(scrape_of(authors=[]), Guess(title=None, authors=("Ann Poe",), body=""))
    assert (row["invented"], row["title"], row["body"]) == (1.0, 0.0, 0.0)
    assert "authors" not in row


def test_a_caption_in_the_body_is_counted():
    scrape = scrape_of()
    kept = score_guess(scrape, Guess(title=None, authors=(), body="The bridge in March"))
    dropped = score_guess(scrape, Guess(title=None, authors=(), body=FIRST))
    assert (kept["captions in body"], dropped["captions in body"]) == (1.0, 0.0)


def test_the_long_line_rule_takes_the_first_line_for_the_title_and_long_lines_for_the_body():
    guess = read_by_long_lines(f"{TITLE}\nBy Jane Doe and John Roe\n{FIRST}\nShort")
    assert guess == Guess(title=TITLE, authors=("Jane Doe", "John Roe"), body=FIRST)


def test_words_count_as_often_as_they_stand():
    assert f1_of_words("a a b", "a b b") == pytest.approx(2 / 3)
    assert f1_of_words("", "a") == 0.0


def test_characters_count_where_words_are_not_parted():
    assert count_words("橋は橋")["橋"] == 2


def test_intervals_hold_the_mean_and_the_halves_of_the_sites_part_the_rows():
    low, high = interval_of([0.0, 1.0] * 50, boot=200)
    assert 0.3 < low < 0.5 < high < 0.7
    groups = group_rows([(scrape_of(), {"body": 1.0})])
    assert groups[f"half {half_of('courier.example')} of the sites"] == [{"body": 1.0}]
