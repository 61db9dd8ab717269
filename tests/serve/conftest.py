"""Fixtures for the tests of the reading room: a record that is served, and a page in a real browser.

    def test_the_first_page_has_a_heading(page, room_url):
        page.goto(room_url)
        expect(page.locator("h1")).to_be_visible()
        expect_accessible(page)

A test fails at its end where its page asked another host, broke the policy, or wrote an error to the console.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.databases import backend, server, where
from tests.serve.browser import Chromium, find_chromium, open_chromium
from tests.serve.serving import ServedRoom, serve_new

__all__ = ["backend", "server", "where"]

NO_BROWSER = "There is no Chromium: install it, or name it in ONRECORD_CHROMIUM."


@pytest.fixture(scope="session")
def shared_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedRoom]:
    """A record of a few invented articles for all tests, which leave it as it is."""
    with serve_new(tmp_path_factory.mktemp("room") / "shared.onrecord") as room:
        yield room


@pytest.fixture(scope="session")
def room_url(shared_room: ServedRoom) -> str:
    """Where the shared record is served."""
    return shared_room.url


@pytest.fixture
def own_room(tmp_path: Path) -> Iterator[ServedRoom]:
    """The same record for one test alone, which may write to it."""
    with serve_new(tmp_path / "own.onrecord") as room:
        yield room


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The browser."""
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("ONRECORD_REQUIRE_BROWSER") == "1" else pytest.skip)(NO_BROWSER)
    with open_chromium(path) as browser:
        yield browser


@pytest.fixture
def page(chromium: Chromium, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page; relative addresses are of `own_room` where the test has it, else of the shared one."""
    own = "own_room" in request.fixturenames
    url = request.getfixturevalue("own_room").url if own else request.getfixturevalue("room_url")
    with chromium.open_page(url) as (opened, faults):
        yield opened
        found = list(faults.found)
    assert not found, "\n".join(found)
