"""The page of the API and the page that asks for a token, in a real browser."""

import contextlib

import pytest
from playwright.sync_api import expect

from onrecord.serve.settings import Settings, Token
from tests.serve.browser import expect_accessible, expect_no_sideways_scroll
from tests.serve.serving import fill_collection, serve

WRITES = "write-write-write-write"


@pytest.fixture(scope="module")
def closed_url(tmp_path_factory):
    """Where a record is served to those who hold a token."""
    settings = Settings(tokens=(Token(secret=WRITES, right="write"),))
    filled = fill_collection(tmp_path_factory.mktemp("closed") / "a.onrecord")
    with contextlib.closing(filled), serve(filled, settings) as room:
        yield room.url


@pytest.fixture
def closed_page(chromium, closed_url):
    """An empty page, before anybody signed in."""
    with chromium.open_page(closed_url) as (opened, faults):
        yield opened
        found = list(faults.found)
    assert not found, "\n".join(found)


def test_the_page_of_the_api_is_read_by_everybody_at_any_width(page):
    page.goto("/api/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The record for programs")
    page.get_by_text("19 words").first.click()
    expect_accessible(page)
    expect_no_sideways_scroll(page)


def test_a_token_opens_the_room_by_keyboard_and_leads_to_the_page_that_was_wanted(closed_page, closed_url):
    closed_page.goto(f"{closed_url}/people?name=vance")
    expect_accessible(closed_page)
    expect_no_sideways_scroll(closed_page)
    closed_page.get_by_label("Token").fill(WRITES)
    closed_page.keyboard.press("Enter")
    closed_page.wait_for_url(f"{closed_url}/people?name=vance")
    assert [(one["httpOnly"], one["sameSite"]) for one in closed_page.context.cookies()] == [(True, "Strict")]


def test_signing_out_closes_the_room(closed_page, closed_url):
    closed_page.goto(f"{closed_url}/sign-in")
    closed_page.get_by_label("Token").fill(WRITES)
    closed_page.get_by_role("button", name="Sign in").click()
    closed_page.get_by_role("button", name="Sign out").click()
    expect(closed_page.get_by_role("status")).to_have_text("You are signed out in this browser.")
    closed_page.goto(closed_url)
    expect(closed_page.get_by_role("heading", level=1)).to_have_text("Sign in to the reading room")


def test_a_wrong_token_is_told_beside_the_field(closed_page, closed_url):
    closed_page.goto(f"{closed_url}/sign-in")
    closed_page.get_by_label("Token").fill("not this one")
    with closed_page.expect_response(lambda answer: answer.status == 403):
        closed_page.get_by_role("button", name="Sign in").click()
    expect(closed_page.get_by_role("alert")).to_contain_text("This is no token of this room")
    expect_accessible(closed_page)
