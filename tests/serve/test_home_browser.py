"""Adding in a real browser: files dropped on the page, articles that appear as they are read."""

import pytest
from playwright.sync_api import expect

from onrecord.record import Failure
from onrecord.serve.intake import Intakes
from onrecord.store.base import Reading
from tests.factories import make_record
from tests.serve.browser import expect_accessible, expect_no_sideways_scroll
from tests.serve.intaking import FakeEngine, GateReader, open_record
from tests.serve.serving import serve

LONG = "a-name-that-goes-on-without-a-single-space-" * 6
# What a browser does when files are let go over a page.
DROP = """([names, address]) => {
  const held = new DataTransfer();
  for (const name of names) held.items.add(new File(["Words of " + name], name, { type: "text/plain" }));
  if (address) held.setData("text/uri-list", address);
  const how = { bubbles: true, cancelable: true, dataTransfer: held };
  for (const type of ["dragenter", "dragover", "drop"])
    document.querySelector("h1").dispatchEvent(new DragEvent(type, how));
}"""


@pytest.fixture
def gate():
    return GateReader()


@pytest.fixture
def gated_room(tmp_path, gate, monkeypatch):
    """A room whose articles are read when the test lets them."""
    monkeypatch.setattr(
        "onrecord.serve.app.Intakes",
        lambda collection, **options: Intakes(collection, open_reader=lambda: gate, **options),
    )
    with open_record(tmp_path) as collection, serve(collection) as room:
        yield room


@pytest.fixture
def tab(chromium, gated_room):
    with chromium.open_page(gated_room.url) as (page, faults):
        yield page
    assert faults.found == []


def test_articles_appear_as_they_are_read(tab, gate):
    tab.goto("/")
    expect_accessible(tab)
    tab.set_input_files("#files", [{"name": "two.txt", "mimeType": "text/plain", "buffer": b"Two."}])
    tab.get_by_text("Paste a text").click()
    tab.fill("#text", "One.")
    tab.get_by_role("button", name="Add to the record").click()
    expect(tab.locator("h1")).to_have_text("Adding")
    expect(tab.locator(".reading")).to_have_text("two.txt")
    expect_accessible(tab)
    gate.gate.release()
    expect(tab.locator(".outcomes > li")).to_have_count(1)
    expect(tab.locator(".outcomes > li").first).to_contain_text("1 statement")
    gate.gate.release()
    expect(tab.locator("h1")).to_have_text("Added")
    expect(tab.locator(".outcomes > li")).to_have_count(2)
    expect(tab.get_by_role("button", name="Stop")).to_have_count(0)
    expect_accessible(tab)
    expect_no_sideways_scroll(tab)


def test_whoever_was_on_the_stop_button_reads_on_when_all_is_read(tab, gate):
    tab.goto("/")
    tab.evaluate(DROP, [["a.txt"], None])
    tab.get_by_role("button", name="Stop").focus()
    gate.gate.release()
    expect(tab.locator("h1")).to_have_text("Added")
    expect(tab.locator("h1")).to_be_focused()
    expect(tab).to_have_title("Added · onrecord")


def test_files_are_dropped_anywhere_on_the_page(tab, gate):
    tab.goto("/")
    gate.gate.release(2)
    tab.evaluate(DROP, [["a.txt", "b.txt"], None])
    expect(tab.locator("h1")).to_have_text("Added")
    expect(tab.locator(".outcomes > li")).to_have_count(2)
    expect(tab.locator(".outcomes")).to_contain_text("b.txt")


def test_an_address_is_dropped_into_the_form_and_sent_by_hand(tab):
    tab.goto("/")
    tab.evaluate(DROP, [[], "https://news.invalid/bridge"])
    expect(tab.locator("#addresses")).to_be_focused()
    expect(tab.locator("#addresses")).to_have_value("https://news.invalid/bridge")
    expect(tab.locator("h1")).to_have_text("Nothing is on record yet")


def test_a_form_with_nothing_in_it_is_not_sent(tab):
    tab.goto("/")
    tab.get_by_role("button", name="Add to the record").click()
    expect(tab.locator("#told")).to_have_text("Choose a file, paste a text, or give an address.")


def test_a_drop_is_stopped_by_keyboard(tab, gate):
    tab.goto("/")
    tab.evaluate(DROP, [["a.txt", "b.txt"], None])
    tab.get_by_role("button", name="Stop").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_have_text("Stopped")


def test_the_first_page_tells_what_is_being_added_until_it_is(tab, gate):
    tab.goto("/")
    tab.evaluate(DROP, [["a.txt"], None])
    expect(tab.locator("h1")).to_have_text("Adding")
    tab.goto("/")
    expect(tab.locator("#now")).to_contain_text("reading a.txt")
    expect_accessible(tab)
    gate.gate.release()
    expect(tab.locator("#now")).to_contain_text("All is read")
    tab.get_by_role("link", name="Show what is new").click()
    expect(tab.locator(".lines > li")).to_have_count(1)


def test_all_of_it_works_without_script(chromium, gated_room, gate):
    with chromium.open_page(gated_room.url, java_script_enabled=False) as (tab, _):
        tab.goto("/")
        expect(tab.locator(".scripted")).to_be_hidden()
        tab.set_input_files("#files", [{"name": "two.txt", "mimeType": "text/plain", "buffer": b"Two."}])
        tab.get_by_role("button", name="Add to the record").click()
        expect(tab.locator("h1")).to_have_text("Adding")
        gate.gate.release()
        expect(tab.locator("h1")).to_have_text("Added", timeout=10_000)


@pytest.fixture(scope="module")
def ugly_room(tmp_path_factory):
    """A record whose outlets, titles and failures are as long and odd as they come."""
    with open_record(tmp_path_factory.mktemp("ugly")) as collection:
        assert isinstance(collection.engine, FakeEngine)
        collection.add(
            [make_record(f"Number {n},", outlet=LONG, url=f"https://a.invalid/{n}") for n in range(21)]
        )
        collection.add(make_record(outlet=None, published=None))
        failures = [
            Failure(stage="read", reason=reason, detail=f"<b>{LONG}</b>\u202e", subject=f"{LONG}.docx")
            for reason in ("BinaryInputError", "Unheard")
        ]
        collection.store.add_failures(failures, Reading(reader="test"))
        with serve(collection) as room:
            yield room


@pytest.mark.parametrize("path", ["/", "/failures", "/adding"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_for_everybody(chromium, ugly_room, path, scheme):
    with chromium.open_page(ugly_room.url, color_scheme=scheme) as (tab, faults):
        tab.goto(path)
        expect_accessible(tab)
        expect_no_sideways_scroll(tab)
        expect_accessible(tab)
    assert faults.found == []
