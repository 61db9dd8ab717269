"""The page of an article in a browser: the panel by mouse and keyboard, and offsets of what is selected."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onrecord.collection.face import Collection
from onrecord.record import Record
from onrecord.store import open_store
from tests import bridge
from tests.factories import make_article, make_small_record, make_statement
from tests.serve.browser import Chromium, expect_accessible, expect_no_sideways_scroll
from tests.serve.serving import serve

BRIDGE = bridge.make_record()
ADDRESS = f"/articles/{BRIDGE.article.article_id}"
PARTS = (
    ("title", "Signs 🌉 of the harbour"),
    ("paragraph", "“😀 We \u202ewill\u202c not,” said Mira 𝒱ance 🚢. Nobody\x1b else\u2067 spoke\u2069 🎈."),
    ("list_item", "One 🧭 thing"),
    ("furniture", "Trending 🔥 now"),
)
# Every point between two characters of the text of the article, and where the page says that it is.
LIST_POINTS = """() => {
  const text = window.onrecordText, found = [];
  const walker = document.createTreeWalker(text.root, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    if (node.parentElement.closest('.ref') || !node.parentElement.closest('[data-at]')) continue;
    let at = 0;
    for (const character of node.data) {
      found.push([character, text.offsetOf(node, at)]);
      at += character.length;
    }
  }
  return found;
}"""
# Each pair of parts selected from within the first to within the second.
LIST_SPANS = """() => {
  const text = window.onrecordText, parts = [...text.root.querySelectorAll('[data-at]')], found = [];
  for (const first of parts) for (const last of parts) {
    const range = document.createRange();
    range.setStartBefore(first); range.setEndAfter(last);
    if (!range.collapsed) found.push(text.spanOf(range));
  }
  return found;
}"""


def make_signs() -> Record:
    """A record with characters outside the basic plane, and hidden ones, in and around a statement."""
    article = make_article(PARTS)
    statement = make_statement(
        article.text,
        ["“😀 We \u202ewill\u202c not,”"],
        cue="said",
        source="Mira 𝒱ance",
        form="direct",
    )
    return dataclasses.replace(make_small_record(article.text, [statement]), article=article)


@pytest.fixture
def signs(chromium: Chromium, tmp_path: Path) -> Iterator[tuple[Page, Record]]:
    """A page with the article of signs."""
    record = make_signs()
    with Collection(open_store(tmp_path / "signs.onrecord", create=True)) as collection:
        collection.add([record])
        with serve(collection) as room, chromium.open_page(room.url) as (page, faults):
            page.goto(f"/articles/{record.article.article_id}")
            yield page, record
            assert not faults.found


def expect_statement(page: Page, number: int) -> None:
    """The panel has this statement, the address too, and its name has the focus."""
    expect(page.locator("#statement")).to_have_attribute("data-number", str(number))
    expect(page).to_have_url(re.compile(r"\?statement="))
    expect(page.locator("#statement-name")).to_be_focused()


def expect_list(page: Page) -> None:
    expect(page.locator("#statement")).to_have_count(0)
    expect(page.locator("#overview")).to_be_visible()
    assert "statement=" not in page.url


def test_a_click_on_a_mark_opens_its_statement_and_lights_all_of_it(page: Page) -> None:
    page.goto(ADDRESS)
    page.get_by_text("“Not with these cables.”").first.click()
    expect_statement(page, 1)
    expect(page.locator("#overview")).to_be_hidden()
    lit = page.locator("#text mark.on").all_inner_texts()
    assert any("We will not open it" in words for words in lit)


def test_back_puts_the_list_there_again(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator("#q2").click()
    expect_statement(page, 2)
    page.go_back()
    expect_list(page)
    page.go_forward()
    expect(page.locator("#statement")).to_have_attribute("data-number", "2")


def test_all_is_done_by_keyboard(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator("#q1").focus()
    page.keyboard.press("Enter")
    expect_statement(page, 1)
    page.keyboard.press("j")
    expect_statement(page, 2)
    page.keyboard.press("ArrowRight")
    expect_statement(page, 3)
    page.keyboard.press("k")
    expect_statement(page, 2)
    page.keyboard.press("Escape")
    expect_list(page)
    expect(page.locator("#q2")).to_be_focused()


def test_letters_act_on_a_page_that_was_just_opened_until_they_are_switched_off(page: Page) -> None:
    page.goto(ADDRESS)
    page.keyboard.press("j")
    expect_statement(page, 1)
    page.goto(ADDRESS)
    page.locator("#overview").get_by_label("Single keys").uncheck()
    page.locator("#overview").get_by_label("Single keys").blur()
    page.keyboard.press("j")
    expect_list(page)


def test_letters_do_nothing_where_somebody_writes(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator(".quick input").fill("j")
    page.keyboard.press("j")
    expect_list(page)


def test_a_line_of_the_list_opens_its_statement_where_it_stands(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator(".rows a").nth(7).click()
    expect_statement(page, 8)
    expect(page.locator("#q8")).to_be_in_viewport()
    page.get_by_role("link", name="All statements").click()
    expect_list(page)


def test_a_time_of_the_text_leads_to_its_row_though_a_statement_is_open(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator("#q1").click()
    expect_statement(page, 1)
    page.locator("#text a.time").last.click()
    expect(page.locator("#times li:target")).to_be_visible()


def test_without_a_script_a_label_leads_to_the_same_panel(chromium: Chromium, room_url: str) -> None:
    with chromium.open_page(room_url, java_script_enabled=False) as (page, _):
        page.goto(ADDRESS)
        page.locator("#q3").click()
        expect(page.locator("#statement")).to_have_attribute("data-number", "3")
        expect(page.locator("#text .on").first).to_be_visible()
        page.get_by_role("link", name="Next statement").click()
        expect(page.locator("#statement")).to_have_attribute("data-number", "4")
        page.get_by_role("link", name="All statements").click()
        expect(page.locator("#statement")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_with_and_without_a_statement(
    chromium: Chromium, room_url: str, scheme: str
) -> None:
    with chromium.open_page(room_url, color_scheme=scheme) as (page, _):
        page.goto(ADDRESS)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        expect_accessible(page)
        page.locator("#q2").click()
        expect_statement(page, 2)
        expect_accessible(page)


def test_nothing_reaches_out_of_a_narrow_window(page: Page) -> None:
    page.goto(ADDRESS)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    expect_no_sideways_scroll(page)
    page.locator("#q2").click()
    expect_statement(page, 2)
    expect_no_sideways_scroll(page)
    expect(page.locator("#statement-name")).to_be_in_viewport()


def test_every_point_of_the_text_is_told_in_code_points(signs: tuple[Page, Record]) -> None:
    page, record = signs
    found = page.evaluate(LIST_POINTS)
    text = record.article.text
    shown = [(text[at] if text[at] != "\x1b" else "␛", at) for _, at in found]
    assert [tuple(point) for point in found] == shown
    assert [at for _, at in found] == [
        at for block in record.article.blocks for at in range(block.span.start_char, block.span.end_char)
    ]


def test_a_selection_is_the_span_of_its_words(signs: tuple[Page, Record]) -> None:
    page, record = signs
    text = record.article.text
    spans = [span for span in page.evaluate(LIST_SPANS) if span]  # white space alone is none
    assert len(spans) > 20
    for span in spans:
        words = text[span["start"] : span["end"]]
        assert words == words.strip()
        assert "".join(words.split()).replace("\x1b", "␛") == "".join(span["words"].split())


def test_words_of_two_paragraphs_are_words_apart(page: Page) -> None:
    page.goto(ADDRESS)
    words = page.evaluate("""() => {
      const blocks = document.querySelectorAll("#text .paragraph"), range = document.createRange();
      range.setStart(blocks[0], 0); range.setEnd(blocks[1], blocks[1].childNodes.length);
      return window.onrecordText.spanOf(range);
    }""")
    text = BRIDGE.article.text
    assert words["words"].split() == text[words["start"] : words["end"]].split()


def test_a_paragraph_that_is_clicked_three_times_ends_where_it_ends(signs: tuple[Page, Record]) -> None:
    page, record = signs
    page.locator("#text .paragraph").click(click_count=3, position={"x": 300, "y": 12})
    span = page.evaluate("() => window.onrecordText.spanOf(window.getSelection().getRangeAt(0))")
    block = record.article.blocks[1].span
    assert (span["start"], span["end"]) == (block.start_char, block.end_char)


def test_what_is_outside_the_text_is_no_span(signs: tuple[Page, Record]) -> None:
    page, _ = signs
    found = page.evaluate("""() => {
      const range = document.createRange();
      range.selectNodeContents(document.getElementById('side'));
      return [window.onrecordText.spanOf(range), window.onrecordText.offsetOf(document.body, 0)];
    }""")
    assert found == [None, None]
