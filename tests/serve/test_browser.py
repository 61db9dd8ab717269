"""The tools of the browser tests find what they are there to find."""

import asyncio
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.serve.browser import Chromium, expect_accessible, expect_no_sideways_scroll
from tests.serve.serving import ServedRoom


def test_a_page_of_the_room_is_shown(page: Page, room_url: str) -> None:
    page.goto(room_url)
    expect(page.locator("h1")).to_be_visible()


def test_the_page_of_an_error_is_no_fault_of_its_page(page: Page) -> None:
    answer = page.goto("/there-is-no-such-page")
    assert answer is not None
    assert answer.status == 404


def test_other_tests_may_run_loops_of_their_own(chromium: Chromium) -> None:
    async def answer() -> int:
        return 42

    assert asyncio.run(answer()) == 42


def test_a_room_of_ones_own_can_be_written_to(own_room: ServedRoom) -> None:
    before = own_room.collection.counts().failures
    assert before == 1


@pytest.fixture
def bad_page(chromium: Chromium, room_url: str) -> Iterator[tuple[Page, list[str]]]:
    with chromium.open_page(room_url) as (page, faults):
        page.goto(room_url)
        yield page, faults.found


def test_an_inline_script_breaks_the_policy_and_is_told(bad_page: tuple[Page, list[str]]) -> None:
    page, found = bad_page
    page.evaluate("""() => { const s = document.createElement('script');
        s.textContent = 'window.__ran = 1'; document.body.append(s); }""")
    page.wait_for_timeout(50)
    assert page.evaluate("window.__ran") is None
    assert any("policy" in one for one in found)


def test_a_picture_of_another_host_is_told(bad_page: tuple[Page, list[str]]) -> None:
    page, found = bad_page
    page.evaluate("() => { new Image().src = 'http://elsewhere.invalid/x.png'; }")
    page.wait_for_timeout(50)
    assert any("elsewhere.invalid" in one for one in found)


def test_a_dialog_is_told(bad_page: tuple[Page, list[str]]) -> None:
    page, found = bad_page
    page.evaluate("() => alert(1)")
    assert found == ["a dialog: 1"]


def test_an_error_of_a_script_is_told(bad_page: tuple[Page, list[str]]) -> None:
    page, found = bad_page
    page.evaluate("() => { setTimeout(() => { throw new Error('oh'); }, 0); }")
    page.wait_for_timeout(50)
    assert any("oh" in one for one in found)


def test_a_field_without_a_label_is_told(bad_page: tuple[Page, list[str]]) -> None:
    page, _ = bad_page
    page.evaluate("() => { document.querySelector('main').append(document.createElement('input')); }")
    with pytest.raises(AssertionError, match="label"):
        expect_accessible(page)


def test_what_is_too_wide_is_named(bad_page: tuple[Page, list[str]]) -> None:
    page, _ = bad_page
    page.evaluate("""() => { const wide = document.createElement('div'); wide.className = 'far';
        wide.style.width = '500px'; wide.textContent = 'far out';
        document.querySelector('main').append(wide); }""")
    with pytest.raises(AssertionError, match=r"div.far far out"):
        expect_no_sideways_scroll(page)
