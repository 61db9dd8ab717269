"""The timeline and the map in a browser: by keyboard from years to hours and back, and seen by everybody."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onrecord.collection.face import Collection
from onrecord.store import open_store
from tests.serve.browser import Chromium, expect_accessible, expect_no_sideways_scroll
from tests.serve.serving import serve
from tests.serve.test_timeline import HOSTILE, make_records
from tests.store.articles import Said, make_news

ADDRESSES = (
    "/timeline",
    "/timeline?when=2031-05",
    "/timeline?when=2031-05-03",
    "/timeline?when=1999",
    "/timeline?speaker=Ilse&view=map",
    "/timeline?view=map&box=50,-2,53,2",
    "/timeline?view=map&box=-90,-180,90,180",
    "/timeline?q=nowhereword",
)


def make_years():
    """Statements far apart, so that years are shown."""
    return [
        make_news(
            [Said(words=f"It was a wet year {year}", said=(f"{year}-07-09",) * 2)], published=f"{year}-07-10"
        )
        for year in (2009, 2018, 2031)
    ]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    where: Path = tmp_path_factory.mktemp("timeline") / "r.onrecord"
    with Collection(open_store(where, create=True)) as collection:
        hostile = make_news([Said(words="Here", said_in=HOSTILE, name="Eve")], title="Hostile")
        collection.add([*make_records(), *make_years(), hostile])
        with serve(collection) as room:
            yield room.url


@pytest.fixture
def page(chromium: Chromium, url: str) -> Iterator[Page]:
    with chromium.open_page(url) as (opened, faults):
        yield opened
        found = list(faults.found)
    assert not found, "\n".join(found)


def name_of_focus(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') || ''")


def press_until(page: Page, key: str, name: str) -> None:
    for _ in range(40):
        if name_of_focus(page).startswith(name):
            return
        page.keyboard.press(key)
    raise AssertionError(f"no bar {name!r}; at last: {name_of_focus(page)!r}")


def test_the_keyboard_leads_from_years_to_hours_and_back(page):
    page.goto("/timeline")
    page.locator(".scroll").focus()
    page.keyboard.press("Tab")
    press_until(page, "ArrowRight", "2031: ")
    for step in ("May 2031: ", "3 May 2031: ", "3 May 2031, 08:00"):
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"when=[^#]*#chart"))
        expect(page.locator(".bars a:focus")).to_have_count(1)
        press_until(page, "ArrowRight", step)
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline?when=2031-05-03T08#chart")
    expect(page.locator("#listed")).to_have_text("1 statement, oldest first")
    for when in ("?when=2031-05-03", "?when=2031-05", "?when=2031", ""):
        page.keyboard.press("Escape")
        page.wait_for_url(f"**/timeline{when}#chart")
    expect(page.locator(".bars a:focus")).to_have_count(1)
    page.keyboard.press("End")
    assert name_of_focus(page).startswith("2031: ")
    page.keyboard.press("Home")
    assert name_of_focus(page).startswith("2009: ")


def test_one_tab_leads_into_the_bars_and_the_next_out_of_them(page):
    page.goto("/timeline")
    assert page.locator('.bars a[tabindex="0"]').count() == 1
    assert page.locator('.bars a[tabindex="-1"]').count() == page.locator(".bars a").count() - 1


def test_a_minus_goes_back_out_but_not_while_one_writes(page):
    page.goto("/timeline?when=2031-05")
    page.get_by_text("Narrow by words").click()
    page.locator("#f-q").press("-")
    assert page.url.endswith("?when=2031-05")
    page.locator(".scroll").press("-")
    page.wait_for_url("**/timeline?when=2031#chart")


def test_places_are_gone_through_from_west_to_east(page):
    page.goto("/timeline?view=map&box=-90,-180,90,180")
    page.locator(".scroll").focus()
    page.keyboard.press("Tab")
    assert "script" in name_of_focus(page)
    page.keyboard.press("End")
    assert "script" not in name_of_focus(page)
    page.keyboard.press("Home")
    assert "script" in name_of_focus(page)
    page.keyboard.press("+")
    page.wait_for_url(re.compile(r"box=.*#chart"))


def test_bars_and_places_can_be_followed_without_script(chromium, url):
    with chromium.open_page(url, java_script_enabled=False) as (page, faults):
        page.goto("/timeline")
        page.locator('.bars a[aria-label^="2031:"]').click()
        page.wait_for_url("**/timeline?when=2031#chart")
        page.get_by_role("link", name="On a map").click()
        page.locator(".map a").first.click()
        page.wait_for_url("**/search?**place=**")
        assert not faults.found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(page, scheme):
    page.emulate_media(color_scheme=scheme)
    for address in ADDRESSES:
        page.goto(address)
        expect_accessible(page)


def test_everything_fits_a_narrow_page(page):
    for address in ADDRESSES:
        page.goto(address)
        expect_no_sideways_scroll(page)


def test_bars_are_as_wide_as_a_finger_on_a_narrow_page(page):
    page.set_viewport_size({"width": 320, "height": 800})
    for address in ADDRESSES[:3]:
        page.goto(address)
        widths = page.eval_on_selector_all(
            ".bars .reach", "all => all.map(e => e.getBoundingClientRect().width)"
        )
        assert min(widths) >= 23.9
