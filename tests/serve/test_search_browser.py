"""Searching and people in a real browser: by keyboard alone, narrow, for a screen reader, without script."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serve.browser import Chromium, expect_accessible, expect_no_sideways_scroll
from tests.serve.press import BUSY, fill_press
from tests.serve.serving import ServedRoom, serve

PAGES = (
    "/search",
    "/search?q=ferry&outlet=Quay+Courier&form=direct",
    "/search?q=zeppelin",
    "/search?near=1&q=ferry",
    "/people",
    "/people?name=Vance",
    "/people/nobody",
)


@pytest.fixture(scope="module")
def press_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedRoom]:
    with fill_press(Path(tmp_path_factory.mktemp("press")) / "p.onrecord") as kept, serve(kept) as room:
        yield room


@pytest.fixture
def press_page(chromium: Chromium, press_room: ServedRoom) -> Iterator[Page]:
    with chromium.open_page(press_room.url) as (opened, faults):
        yield opened
        found = list(faults.found)
    assert not found, "\n".join(found)


def open_person(page: Page, room: ServedRoom, name: str) -> None:
    page.goto(f"/people/{room.collection.people(name)[0].person_id}")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_and_fits_a_narrow_window(press_page: Page, address: str):
    press_page.goto(address)
    expect_accessible(press_page)
    expect_no_sideways_scroll(press_page)
    expect_accessible(press_page)


@pytest.mark.parametrize("name", [BUSY, "Mira Vance", "Ilse Corran"])
def test_the_page_of_a_person_is_accessible_and_fits_a_narrow_window(
    press_page: Page, press_room: ServedRoom, name: str
):
    open_person(press_page, press_room, name)
    expect_accessible(press_page)
    expect_no_sideways_scroll(press_page)


def test_pages_are_accessible_in_the_dark_with_all_unfolded(press_page: Page):
    press_page.emulate_media(color_scheme="dark")
    press_page.goto("/search?q=free")
    for fold in press_page.locator("details > summary").all():
        fold.click()
    expect_accessible(press_page)
    expect_no_sideways_scroll(press_page)


def test_a_search_is_made_and_narrowed_by_keyboard_alone(press_page: Page):
    press_page.goto("/search")
    press_page.keyboard.press("Tab")
    for _ in range(30):
        if press_page.evaluate("document.activeElement.id") == "f-q":
            break
        press_page.keyboard.press("Tab")
    press_page.keyboard.type("ferry")
    press_page.keyboard.press("Enter")
    expect(press_page).to_have_url(re.compile(r"/search\?q=ferry$"))
    facet = press_page.locator(".facet a", has_text="Quay Courier")
    for _ in range(200):
        if facet.evaluate("e => e === document.activeElement"):
            break
        press_page.keyboard.press("Tab")
    press_page.keyboard.press("Enter")
    expect(press_page).to_have_url(re.compile(r"/search\?q=ferry&outlet=Quay\+Courier$"))
    expect(press_page.locator(".hit")).to_have_count(8)


def test_a_filter_that_is_set_is_taken_away_again(press_page: Page):
    press_page.goto("/search?q=ferry&outlet=Quay+Courier")
    press_page.get_by_role("link", name="Outlet: Quay Courier").click()
    expect(press_page).to_have_url(re.compile(r"/search\?q=ferry$"))


def test_the_address_of_a_search_is_copied(chromium: Chromium, press_room: ServedRoom):
    allowed = {"permissions": ["clipboard-read", "clipboard-write"]}
    with chromium.open_page(press_room.url, **allowed) as (page, faults):
        page.goto("/search?q=ferry")
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_text("Copied.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == f"{press_room.url}/search?q=ferry"
    assert not faults.found


def test_without_script_all_is_there_but_the_button_that_copies(chromium: Chromium, press_room: ServedRoom):
    with chromium.open_page(press_room.url, java_script_enabled=False) as (page, faults):
        page.goto("/search")
        page.get_by_label("Words").fill("ferry")
        page.get_by_label("Form", exact=True).select_option("direct")
        page.get_by_role("button", name="Search", exact=True).click()
        assert page.url == f"{press_room.url}/search?q=ferry&form=direct"
        assert page.get_by_role("button", name="Copy").count() == 0
        assert page.get_by_role("link", name="Address of this search").count() == 1
    assert not faults.found


def test_results_are_taken_along_as_a_file(press_page: Page):
    press_page.goto("/search?q=ferry")
    press_page.get_by_text("As a file, in 13 formats").click()
    with press_page.expect_download() as started:
        press_page.get_by_role("link", name="csv (.csv)").click()
    assert started.value.suggested_filename == "statements-ferry.csv"
    table = Path(started.value.path()).read_text("utf-8-sig")
    assert table.count("is free for everybody") >= 26


def test_a_bar_leads_to_the_timeline_of_its_month(press_page: Page, press_room: ServedRoom):
    open_person(press_page, press_room, BUSY)
    first = press_page.locator(".spoken a").first
    assert re.search(r"/timeline\?speaker=person-\w+&when=2028-\d\d$", first.get_attribute("href") or "")
