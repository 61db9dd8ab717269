"""The whole path of a reporter, in a browser and with the real engine: from a file to the export."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onrecord.collection.face import Collection
from onrecord.store import open_store
from tests.serve.browser import Chromium
from tests.serve.serving import serve

ARTICLE = """Harbour council puts off the Tessaly bridge

By Ondrej Vale

PORT TESSALY, 3 May 2031

“We will not open the bridge before the frost,” Mira Vance told reporters on Monday.

Ilse Corran, the engineer, said that the cables had to be replaced.

“Nobody asked the crews about it,” said Odo Lind, a deckhand on the ferry.
"""
SAID = "We will not open the bridge before the frost"
LONG = 60_000  # a process that reads has to start


@pytest.fixture
def page(chromium: Chromium, tmp_path: Path) -> Iterator[Page]:
    """A page of an empty record, which the real engine reads into."""
    collection = Collection(open_store(tmp_path / "path.onrecord", create=True))
    with serve(collection) as room, chromium.open_page(room.url) as (opened, faults):
        opened.goto("/")
        yield opened
        found = list(faults.found)
    collection.close()
    assert not found, "\n".join(found)


def test_a_corrected_speaker_is_still_corrected_when_the_article_is_read_again_and_exported(
    page: Page, tmp_path: Path
):
    add_file(page, tmp_path)
    open_statement(page)
    correct_speaker(page, "Odo Lind")
    expect(page.locator("#statement")).to_contain_text("Odo Lind")
    read_again(page)
    open_statement(page)
    expect(page.locator("#statement")).to_contain_text("Odo Lind")
    exported = export(page, tmp_path)
    row = next(line for line in exported.splitlines() if SAID in line)
    assert "Odo Lind" in row


def add_file(page: Page, folder: Path) -> None:
    """Drops the article, and follows it until it is read, to its page."""
    path = folder / "bridge.txt"
    path.write_text(ARTICLE, "utf-8")
    page.set_input_files("#files", str(path))
    page.get_by_role("button", name="Add to the record").click()
    page.get_by_role("link", name=re.compile("Harbour council")).first.click(timeout=LONG)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harbour council")


def open_statement(page: Page) -> None:
    """Opens what was said of the bridge, by a click on its words."""
    page.locator("#text mark", has_text=SAID).first.click()
    expect(page.locator("#statement")).to_contain_text(SAID)


def correct_speaker(page: Page, name: str) -> None:
    """Corrects the speaker of the statement that is open to somebody whom the article names."""
    panel = page.locator("#statement")
    panel.get_by_text("Correct it").click()
    people = panel.get_by_label("Speaker", exact=True)
    people.select_option(value=people.locator("option", has_text=name).first.get_attribute("value"))
    panel.get_by_label("Your name").fill("Ada Quill")
    panel.get_by_role("button", name="Save the correction").click()
    expect(page.locator("#done")).to_contain_text("Ada Quill")


def read_again(page: Page) -> None:
    """Reads the capture of the article again, and comes back to the article."""
    page.get_by_role("link", name="All statements").click()
    page.get_by_role("button", name="Read again").click()
    page.get_by_role("link", name=re.compile("Harbour council")).first.click(timeout=LONG)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harbour council")


def export(page: Page, folder: Path) -> str:
    """The statements of a search, saved as CSV."""
    page.goto("/search?q=bridge")
    page.get_by_text("As a file").click()
    with page.expect_download() as saved:
        page.locator("a[href*='format=csv']").first.click()
    path = folder / "exported.csv"
    saved.value.save_as(path)
    return path.read_text("utf-8")
