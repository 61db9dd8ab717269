"""Every page, wide and narrow, light and dark: read by axe, without a sideways scroll, and small."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response

from onrecord.collection.workers import LocalReader
from onrecord.engine import Engine
from onrecord.serve.app import make_app
from onrecord.serve.drops import Drop
from onrecord.serve.intake import Intakes
from tests import bridge
from tests.reports import make_report
from tests.serve.addresses import DOWNLOADS, FRAGMENTS, examples_of, fill_path, room_in, routes_of
from tests.serve.browser import NARROW, WIDE, Chromium, expect_accessible, expect_no_sideways_scroll
from tests.serve.serving import ServedRoom, fill_collection, serve

MOST_BYTES = 150_000  # of a page with all that it is drawn with, over the wire
PATIENCE = 20.0
# Beside each page as it is first shown: asked something, with something opened, or without an answer.
MORE = (
    "/articles/{article_id}?statement={statement_id}",
    "/search?q=bridge",
    "/search?q=nothing+like+it",
    "/search?speaker=Vance&form=direct",
    "/people?q=Vance",
    "/timeline?speaker=Vance",
    "/there-is-no-such-page",
)


def list_shown() -> list[str]:
    """The addresses of all pages, with what stands for an id in braces; the app needs no record to tell."""
    collection = object()
    app = make_app(collection)  # type: ignore[arg-type]
    paths = [route.path for route in routes_of(app) if route.path not in DOWNLOADS | FRAGMENTS]
    return list(dict.fromkeys([*paths, *MORE]))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedRoom]:
    """A record of a few articles, with a drop and a report beside it."""
    collection = fill_collection(tmp_path_factory.mktemp("pages") / "shown.onrecord")
    with serve(collection) as room:
        _drop_something(room)
        room_in(room.app).verifications.keep(make_report())
        yield room
    collection.close()


def _drop_something(served: ServedRoom) -> None:
    room, engine = room_in(served.app), Engine()
    room.intakes = Intakes(served.collection, fetch=False, open_reader=lambda: LocalReader(engine))
    drop = Drop()
    drop.add_text(
        "“The quay is shut,” said Mira Vance on Monday.\n\nNobody knew why.", title="The quay is shut"
    )
    drop.add_text("%PDF-1.7 \x00\x01", title="No text")
    room.intakes.start(drop)
    until = time.monotonic() + PATIENCE
    while room.intakes.running() and time.monotonic() < until:
        time.sleep(0.02)


@pytest.fixture(scope="module")
def examples(served: ServedRoom) -> dict[str, str]:
    return examples_of(room_in(served.app), bridge.make_record())


@pytest.mark.parametrize("path", list_shown())
def test_a_page_is_open_to_everybody(
    chromium: Chromium, served: ServedRoom, examples: dict[str, str], path: str
):
    address = fill_path(path, examples)
    with chromium.open_page(served.url) as (page, faults):
        weight = _weigh(page)
        page.goto(address, wait_until="load")
        expect_accessible(page)
        expect_no_sideways_scroll(page, WIDE["width"])
        page.emulate_media(color_scheme="dark")
        expect_no_sideways_scroll(page, NARROW)
        expect_accessible(page)
        assert not faults.found, faults.found
        assert page.locator("h1").count() == 1
        assert page.title()
    assert sum(weight) < MOST_BYTES


def _weigh(page: Page) -> list[int]:
    """The bytes of each answer that a page gets from now on, as they come over the wire."""
    sizes = list[int]()

    def add(response: Response) -> None:
        sizes.append(int(response.headers.get("content-length", "0")))

    page.on("response", add)
    return sizes
