"""A real browser for the tests of the reading room: what it finds wrong with a page, and what is asked of
every page.

`ONRECORD_CHROMIUM` names another Chromium than the one on the path. Where there is none, tests that ask for
a page are skipped; with `ONRECORD_REQUIRE_BROWSER=1` they fail.
"""

import asyncio
import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Response, sync_playwright

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE = {"width": 1280, "height": 900}
NARROW = 320  # CSS pixels, as WCAG 2.2 asks (1.4.10)
PATIENCE_MS = 10_000
# WCAG 2.0 to 2.2, levels A and AA, and what its authors recommend beside it.
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Set before any script of a page: what broke the policy is noted where no page can take it away.
WATCH = """addEventListener('securitypolicyviolation',
  e => console.error('against the policy: ' + e.violatedDirective + ' ' + e.blockedURI))"""
FIND_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  const hidden = e => { for (let p = e.parentElement; p; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
  const found = [...document.querySelectorAll('body *')].filter(
    e => e.getBoundingClientRect().right > edge + 0.5 && !hidden(e));
  const name = e => e.tagName.toLowerCase() + (e.className && e.className.baseVal === undefined ?
    '.' + [...e.classList].join('.') : '') + ' ' + e.textContent.trim().slice(0, 40);
  return {over: document.scrollingElement.scrollWidth - edge, wide: found.slice(0, 5).map(name)};
}"""


@dataclass
class Faults:
    """What went wrong in a page while a test had it: filled as it happens, read at the end."""

    own: str = ""  # host and port that may be asked
    found: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        """Notes from now on what goes wrong in a page."""
        page.add_init_script(WATCH)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.found.append(f"a script failed: {error}"))
        page.on("request", self._see_request)
        page.on("response", self._see_response)
        page.on("dialog", self._see_dialog)

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that tells of an error has its status, which Chromium writes to the console.
        own_status = "status of 4" in message.text and message.location.get("url") in self.documents
        if message.type == "error" and not own_status:
            self.found.append(f"console: {message.text} ({message.location.get('url')})")

    def _see_dialog(self, dialog: Dialog) -> None:
        self.found.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _see_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.own:
            self.found.append(f"another host was asked: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.documents.add(response.url)


def find_chromium() -> str | None:
    """The path of a Chromium, if there is one."""
    named = os.environ.get("ONRECORD_CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chromium:
    """One browser for all tests. Its loop is the running one only while a page is open: it would keep every
    other test from `asyncio.run`."""

    browser: Browser
    loop: asyncio.AbstractEventLoop

    @contextlib.contextmanager
    def open_page(self, url: str, **options: Any) -> Iterator[tuple[Page, Faults]]:
        """A page with cookies and a cache of its own, and what goes wrong in it."""
        with _running(self.loop):
            # Still pages: what is half faded in has no contrast yet.
            usual = {"viewport": WIDE, "base_url": url, "reduced_motion": "reduce"}
            context = self.browser.new_context(**{**usual, **options})
            context.set_default_timeout(PATIENCE_MS)
            page, faults = context.new_page(), Faults(own=urlsplit(url).netloc)
            faults.watch(page)
            try:
                yield page, faults
            finally:
                context.close()


@contextlib.contextmanager
def open_chromium(path: str) -> Iterator[Chromium]:
    """A Chromium without a window and with a profile of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        loop = asyncio.get_running_loop()
        with _running(None):
            yield Chromium(browser=browser, loop=loop)
        browser.close()


@contextlib.contextmanager
def _running(loop: asyncio.AbstractEventLoop | None) -> Iterator[None]:
    before = asyncio._get_running_loop()
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(before)


def expect_accessible(page: Page, **options: Any) -> None:
    """Fails with all that axe finds against WCAG 2.2 AA in the page as it is now.

    Its script comes through the debugging protocol, which no policy of the page holds back.
    """
    chosen = {"runOnly": {"type": "tag", "values": list(AXE_TAGS)}, "resultTypes": ["violations"]}
    found = Axe().run(page, options={**chosen, **options}).response["violations"]
    told = [_tell_violation(one) for one in found]
    assert not told, f"{page.url}:\n" + "\n".join(told)


def _tell_violation(found: dict[str, Any]) -> str:
    places = (f"{node['html'][:200]} {_tell_why(node)}" for node in found["nodes"][:5])
    return "\n  ".join([f"{found['id']} ({found['impact']}): {found['help']}", *places])


def _tell_why(node: dict[str, Any]) -> str:
    return next((str(check["message"]) for check in node["any"] + node["all"] + node["none"]), "")


def expect_no_sideways_scroll(page: Page, width: int = NARROW) -> None:
    """Fails where the page is wider than a window of this width, and names what reaches out of it."""
    page.set_viewport_size({"width": width, "height": WIDE["height"]})
    found = page.evaluate(FIND_WIDE)
    assert found["over"] <= 0, f"{page.url} is {found['over']} px wider than {width} px: {found['wide']}"
