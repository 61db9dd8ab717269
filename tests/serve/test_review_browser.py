"""Reviewing as people do it: by keys, by selecting words, and without a script."""

import pytest
from playwright.sync_api import Page, expect

from onrecord.record import Statement
from tests.serve.browser import Chromium, expect_accessible, expect_no_sideways_scroll
from tests.serve.serving import ServedRoom

# Selects words of the article as a reader does: from the first to the last of them.
SELECT = """words => {
  const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + words.length);
    getSelection().removeAllRanges(); getSelection().addRange(range);
    return true;
  }
  return false;
}"""


@pytest.fixture
def desk(page: Page, own_room: ServedRoom) -> Page:
    """The queue, open before Ilka Stern."""
    page.goto("/you?next=/review")
    page.get_by_label("Your name").fill("Ilka Stern")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Is this right?")).to_be_visible()
    expect(page.locator("html.keys")).to_have_count(1)  # the script runs
    return page


def judged_kinds(room: ServedRoom) -> list[str]:
    """What was judged beside what was when the room opened."""
    return [made.kind for made in room.collection.store.judgements() if made.withdrawn_at is None][1:]


def words_shown(page: Page) -> str:
    return page.locator("#text mark.on").first.inner_text()


def find_statement(room: ServedRoom, words: str) -> Statement:
    """The first statement that says these words."""
    (hit, *_) = room.collection.search(f'"{words}"').hits
    judged = room.collection.show(hit.statement_id)
    return next(s for s in judged.record.statements if s.statement_id == hit.statement_id)


def test_the_queue_is_gone_through_by_keys_alone(desk: Page, own_room: ServedRoom) -> None:
    first = words_shown(desk)
    desk.keyboard.press("a")
    expect(desk.get_by_role("status").first).to_contain_text("Ilka Stern accepted")
    second = words_shown(desk)
    desk.keyboard.press("x")
    expect(desk.get_by_role("status").first).to_contain_text("Ilka Stern rejected")
    assert judged_kinds(own_room) == ["accept", "reject"]
    desk.keyboard.press("u")
    expect(desk.get_by_role("status").first).to_contain_text("Taken back:")
    assert judged_kinds(own_room) == ["accept"]
    assert words_shown(desk) == second != first
    desk.keyboard.press("s")
    desk.wait_for_url("**/review?after=*")
    assert words_shown(desk) != second
    desk.keyboard.press("o")
    desk.wait_for_url("**/articles/*")


def test_letters_that_are_typed_judge_nothing(desk: Page, own_room: ServedRoom) -> None:
    desk.keyboard.press("c")
    desk.get_by_label("Note").fill("")
    desk.get_by_label("Note").press_sequentially("a x u s o")
    expect(desk.get_by_label("Note")).to_have_value("a x u s o")
    desk.get_by_label("Speaker", exact=True).press("x")
    desk.locator("h1").click()
    desk.keyboard.press("Control+a")
    assert judged_kinds(own_room) == []


def test_keys_can_be_switched_off_for_good(desk: Page, own_room: ServedRoom) -> None:
    desk.get_by_label("Judge by single keys").uncheck()
    desk.locator("h1").click()
    desk.keyboard.press("a")
    desk.reload()
    expect(desk.get_by_label("Judge by single keys")).not_to_be_checked()
    desk.keyboard.press("a")
    desk.wait_for_timeout(100)
    assert judged_kinds(own_room) == []
    expect(desk.locator(".verdict .key").first).to_be_hidden()


def test_selected_words_become_the_content_where_they_stand(desk: Page, own_room: ServedRoom) -> None:
    statement = find_statement(own_room, "The tolls would rise by a third")
    desk.goto(f"/statements/{statement.statement_id}/judge")
    assert desk.evaluate(SELECT, "would rise")
    desk.get_by_role("button", name="Content", exact=True).click()
    expect(desk.get_by_label("Content")).to_have_value("would rise")
    assert desk.evaluate(SELECT, "it was")
    desk.get_by_label("beside what is there").check()
    desk.get_by_role("button", name="Content", exact=True).click()
    expect(desk.get_by_label("Content")).to_have_value("would rise\nit was")
    expect_accessible(desk)
    desk.get_by_role("button", name="Save the correction").click()
    expect(desk.get_by_role("status").first).to_contain_text("Ilka Stern corrected the content")
    judged = own_room.collection.show(statement.statement_id)
    (now,) = [s for s in judged.record.statements if s.statement_id == statement.statement_id]
    assert [span.of(judged.record.article.text) for span in now.content] == ["would rise", "it was"]


def test_words_selected_in_a_whole_article_name_the_speaker(desk: Page, own_room: ServedRoom) -> None:
    statement = find_statement(own_room, "The tolls would rise by a third")
    desk.goto(f"/articles/{statement.article_id}?statement={statement.statement_id}")
    assert desk.evaluate(SELECT, "Ondrej Vale")
    desk.get_by_role("button", name="Speaker", exact=True).click()
    desk.get_by_role("button", name="Save the correction").click()
    expect(desk.get_by_role("status").first).to_contain_text("corrected the speaker → Ondrej Vale")
    (hit,) = own_room.collection.search("tolls").hits
    assert hit.speaker == "Ondrej Vale"


def test_a_name_is_asked_for_once_on_a_page(page: Page, own_room: ServedRoom) -> None:
    statement = find_statement(own_room, "The tolls would rise by a third")
    page.goto(f"/articles/{statement.article_id}?statement={statement.statement_id}")
    expect(page.get_by_label("Your name")).to_have_count(1)
    page.locator(".correct summary").click()
    page.get_by_label("Mode").select_option("wrote")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_label("Your name")).to_be_focused()
    page.get_by_label("Your name").fill("Ilka Stern")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_role("status").first).to_contain_text("Ilka Stern corrected the mode")


def test_a_piece_of_the_content_is_taken_out_by_its_line(desk: Page, own_room: ServedRoom) -> None:
    statement = find_statement(own_room, "The river does not read our plans")
    desk.goto(f"/statements/{statement.statement_id}/judge")
    desk.keyboard.press("c")
    content = desk.get_by_label("Content")
    lines = content.input_value().split("\n")
    content.fill("\n".join(lines[:2]))
    desk.get_by_role("button", name="Save the correction").click()
    expect(desk.get_by_role("status").first).to_contain_text("corrected the content")
    judged = own_room.collection.show(statement.statement_id)
    (now,) = [s for s in judged.record.statements if s.statement_id == statement.statement_id]
    assert now.content == statement.content[:2]


def test_escape_lets_go_of_what_is_selected(desk: Page) -> None:
    desk.goto("/review")
    assert desk.evaluate(SELECT, words_shown(desk).strip("“”")[-8:])
    picker = desk.get_by_role("group", name="Selected words")
    expect(picker).to_be_visible()
    desk.keyboard.press("Escape")
    expect(picker).to_be_hidden()


def test_all_of_it_works_without_a_script(chromium: Chromium, own_room: ServedRoom) -> None:
    with chromium.open_page(own_room.url, java_script_enabled=False) as (page, _):
        page.goto("/review")
        page.get_by_role("button", name="Accept").locator("..").locator("..").get_by_label("Your name").fill(
            "Ada"
        )
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_role("status").first).to_contain_text("Ada accepted")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("status").first).to_contain_text("Taken back:")
        page.get_by_text("Correct it").click()
        page.get_by_label("Mode").select_option("wrote")
        page.get_by_role("button", name="Save the correction").click()
        expect(page.get_by_role("status").first).to_contain_text("corrected the mode → wrote")
    assert judged_kinds(own_room) == ["correct"]


@pytest.mark.parametrize("path", ["/review", "/judgements", "/you"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_narrow_window(
    chromium: Chromium, room_url: str, path: str, scheme: str
) -> None:
    with chromium.open_page(room_url, color_scheme=scheme) as (page, faults):
        page.goto(path)
        expect_accessible(page)
        expect_no_sideways_scroll(page)
        assert faults.found == []


def test_the_open_form_is_accessible_and_fits_a_narrow_window(desk: Page) -> None:
    desk.keyboard.press("c")
    expect_accessible(desk)
    expect_no_sideways_scroll(desk)
