"""Whatever a stranger wrote, in whichever field of a record, pages show it as text, and nothing runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from onrecord.export.formats import FORMATS
from onrecord.record import Record
from onrecord.serve.app import make_app
from tests.serve.addresses import (
    DOWNLOADS,
    examples_of,
    fill_address,
    list_asked,
    list_pages,
    room_in,
    routes_of,
)
from tests.serve.browser import Chromium
from tests.serve.markup import Markup
from tests.serve.payloads import BREAKOUTS, COMPUTED, PAYLOADS, RUN
from tests.serve.poisoned import fill_poisoned, fill_room
from tests.serve.serving import serve

HOST = {"base_url": "http://localhost:8000"}
# As many as the first page shows of what is new: so that each payload stands on it.
AT_ONCE = 20
CHUNKS = [PAYLOADS[k : k + AT_ONCE] for k in range(0, len(PAYLOADS), AT_ONCE)]
ASKED = (("/search", "q"), ("/search", "speaker"), ("/people", "q"), ("/timeline", "place"))
# What addresses are asked with: every way out of where it may be put, and what must not be computed.
MIXED = f"{''.join(BREAKOUTS)}<x-ray onclick={RUN}>{{{{1337*1331}}}}\u202e\x00\x1b\ud800' --"


@dataclass(frozen=True)
class Poisoned:
    """A record of payloads, and how its pages are asked."""

    client: TestClient
    app: Any
    records: list[Record]
    payloads: tuple[str, ...]


@pytest.fixture(scope="module", params=range(len(CHUNKS)))
def poisoned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poisoned]:
    payloads = CHUNKS[request.param]
    collection, records = fill_poisoned(tmp_path_factory.mktemp("poisoned") / "x.onrecord", payloads)
    app = make_app(collection)
    with TestClient(app, raise_server_exceptions=False, **HOST) as client:
        fill_room(room_in(app), client, payloads)
        yield Poisoned(client, app, records, payloads)
    collection.close()


def faults_of(client: TestClient, address: str) -> list[str]:
    """What is wrong with the page at an address, whatever its status."""
    answer = client.get(address, follow_redirects=False)
    if answer.status_code >= 500:
        return [f"{address[:120]}: status {answer.status_code}"]
    if 300 <= answer.status_code < 400:
        lead = answer.headers["location"]
        return [] if re.match(r"/(?![/\\])", lead) else [f"{address}: leads to {lead}"]
    if not answer.headers["content-type"].startswith("text/html"):
        return [] if answer.headers["x-content-type-options"] == "nosniff" else [f"{address}: may be sniffed"]
    markup = Markup(answer.text)
    found = markup.faults + (["a template was run"] if COMPUTED in answer.text else [])
    return [f"{address[:120]}: {fault}" for fault in found]


def test_every_page_shows_the_payloads_as_text(poisoned: Poisoned):
    room, found, seen = room_in(poisoned.app), list[str](), set[str]()
    for record in poisoned.records:
        for address in list_pages(poisoned.app, examples_of(room, record)):
            if address not in seen:
                seen.add(address)
                found += faults_of(poisoned.client, address)
    for report in room.verifications.kept():
        found += faults_of(poisoned.client, f"/verify/{report.report_id}")
    assert not found, "\n".join(sorted(found)[:40])


def test_lists_show_every_payload_as_text(poisoned: Poisoned):
    lists = [r.path for r in routes_of(poisoned.app) if not r.param_convertors and r.path not in DOWNLOADS]
    found = [fault for path in lists for fault in faults_of(poisoned.client, f"{path}?limit=200")]
    assert not found, "\n".join(found[:40])


def test_payloads_that_are_asked_for_are_shown_as_text(poisoned: Poisoned):
    found = list[str]()
    for words in poisoned.payloads:
        for path, name in (
            ("/search", "q"),
            ("/search", "speaker"),
            ("/people", "q"),
            ("/timeline", "place"),
        ):
            answer = poisoned.client.get(path, params={name: words.encode("utf-8", "replace").decode()})
            found += [f"{path} {words[:40]!r}: {fault}" for fault in Markup(answer.text).faults]
    assert not found, "\n".join(found[:40])


def test_downloads_are_never_shown_by_a_browser(poisoned: Poisoned):
    examples = examples_of(room_in(poisoned.app), poisoned.records[0])
    files = {fill_address(r, examples) for r in routes_of(poisoned.app) if r.path in DOWNLOADS}
    files |= {f"/search/export?format={name}" for name in FORMATS}
    for address in sorted(files - {"/search/export"}):
        answer = poisoned.client.get(address)
        headers = answer.headers
        assert headers["x-content-type-options"] == "nosniff", address
        is_file = headers.get("content-disposition", "").startswith("attachment")
        is_ours = headers["content-type"].startswith("image/svg+xml")  # the map
        is_told = answer.status_code >= 400 and not Markup(answer.text).faults
        assert is_file or is_ours or is_told, address


def test_pages_asked_with_hostile_words_under_every_name_show_them_as_text(tmp_path: Any):
    collection, records = fill_poisoned(tmp_path / "x.onrecord", PAYLOADS[:3])
    app = make_app(collection)
    with TestClient(app, raise_server_exceptions=False, **HOST) as client:
        fill_room(room_in(app), client, PAYLOADS[:3])
        examples = examples_of(room_in(app), records[0])
        found = [fault for a in list_asked(app, examples, MIXED) for fault in faults_of(client, a)]
    collection.close()
    assert not found, "\n".join(found[:40])


def test_every_way_of_searching_a_page_is_found():
    page = '<p onclick="x" style="y">\u202e<x-ray></p><a href="javascript:x">a</a><script>x</script><!--x-->'
    assert len(Markup(page).faults) == 7


@pytest.mark.parametrize("payloads", CHUNKS, ids=range(len(CHUNKS)))
def test_nothing_runs_in_a_browser(chromium: Chromium, tmp_path: Any, payloads: tuple[str, ...]):
    collection, records = fill_poisoned(tmp_path / "x.onrecord", payloads)
    with serve(collection) as room, chromium.open_page(room.url) as (page, faults):
        app = make_app(collection)
        examples = [examples_of(room_in(app), record) for record in records]
        for address in _browsed(examples):
            page.goto(address, wait_until="load")
            _touch(page)
            faults.found += ["it ran"] if page.evaluate("window.__ran") else []
            assert not faults.found, f"{address}: {faults.found}"
            assert page.locator("x-ray").count() == 0
    collection.close()


def _browsed(examples: list[dict[str, str]]) -> list[str]:
    lists = ["/", "/search?limit=100", "/people", "/failures", "/review", "/judgements", "/timeline"]
    opened = [f"/articles/{one['article_id']}?statement={one['statement_id']}" for one in examples]
    return [*lists, *opened, *(f"/people/{one['person_id']}" for one in examples[:5])]


def _touch(page: Page) -> None:
    """Does what handlers wait for, to whatever is on the page."""
    page.evaluate("""() => { const kinds =
        ['mouseover', 'pointerenter', 'focus', 'load', 'error', 'toggle', 'animationstart'];
        for (const e of document.querySelectorAll('main *')) for (const kind of kinds)
            e.dispatchEvent(new Event(kind)); }""")
