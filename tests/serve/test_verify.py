"""A draft is verified on a page: as a person pastes or drops it, whatever it is."""

import io
import json
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.export.verdict_words import KIND_WORDS
from onrecord.serve.app import make_app
from onrecord.serve.verified import MOST_KEPT, PAGE_VERDICTS, cut_pages
from onrecord.serve.verify import BOTH_NOTE, MOST_PASTED_BYTES
from onrecord.store import open_store
from onrecord.verifier.verdict import KINDS, Report
from tests.reports import make_claim, make_report, make_verdict
from tests.serve.browser import expect_accessible, expect_no_sideways_scroll
from tests.serve.serving import fill_collection

DRAFT = (
    "“The bridge stays open until the frost,” Mira Vance said.\n\n“The ferry is free for everybody,” said "
    "Ondrej Vale. “Nobody ever swam here at night,” Vale said. Vale said that he likes the sea.\n"
)
HOST = {"base_url": "http://localhost:8000"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    collection = fill_collection(tmp_path_factory.mktemp("verify") / "held.onrecord")
    with TestClient(make_app(collection), **HOST) as client:
        yield client
    collection.close()


def post(client: TestClient, draft: str = "", **more: Any) -> Any:
    files = {"file": more.pop("file")} if "file" in more else {"file": ("", b"")}
    return client.post("/verify", data={"draft": draft, **more}, files=files)


def cards_of(page: str) -> list[str]:
    return re.findall(r'<li id="v\d+" class="card.*?</li>\s*(?=<li id="v|</ul>)', page, re.S)


def test_the_form_tells_every_verdict(client: TestClient):
    page = client.get("/verify").text
    assert all(word in page for word in KIND_WORDS.values())


def test_a_pasted_draft_leads_to_its_verdicts(client: TestClient):
    answer = client.post("/verify", data={"draft": DRAFT}, follow_redirects=False)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    altered, exact, missing = cards_of(page)[:3]
    assert "<ins>" in altered
    assert "<del>" in altered
    assert "> exact" in exact
    assert "not found" in missing


def test_evidence_leads_to_its_statement_in_the_record(client: TestClient):
    page = post(client, DRAFT).text
    found = re.search(r'href="(/articles/[^"?]+)\?statement=([^"]+)"', page)
    assert found is not None
    assert client.get(found[0][6:-1]).status_code == 200


def test_the_rule_that_decided_is_told(client: TestClient):
    assert "Rule exact/" in post(client, DRAFT).text


def test_what_fails_stands_first_with_a_link(client: TestClient):
    page = post(client, DRAFT).text
    glance = page[page.index('class="at-a-glance"') : page.index('class="rows"')]
    assert 'href="#v1"' in glance
    assert "not found" in glance


def test_the_draft_is_shown_with_its_quotations_marked(client: TestClient):
    page = post(client, DRAFT).text
    marks = re.findall(r'<mark class="seg v-[^>]*>(.*?)</mark>', page)
    assert "The ferry is free for everybody," in marks


def test_quotations_alone_leave_the_drafts_own_words_out(client: TestClient):
    assert len(cards_of(post(client, DRAFT, quotations="1").text)) < len(cards_of(post(client, DRAFT).text))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("draft.txt", DRAFT.encode()),
        ("draft.md", b"# Draft\n\n" + DRAFT.encode()),
        ("draft.html", b"<!doctype html><p>" + DRAFT.encode() + b"</p>"),
    ],
)
def test_a_file_is_read_as_what_it_is(client: TestClient, name: str, body: bytes):
    page = post(client, file=(name, body)).text
    assert f'<h1><bdi dir="auto">{name}</bdi></h1>' in page
    assert "The ferry is free for everybody," in page
    assert "> exact" in page


def test_a_word_document_is_read(client: TestClient):
    page = post(client, file=("draft.docx", make_docx("“The ferry is free for everybody,” said Vale."))).text
    assert "> exact" in page


def test_a_file_goes_before_a_pasted_text_and_the_page_says_so(client: TestClient):
    page = post(client, "“Something else,” said Vale.", file=("draft.txt", DRAFT.encode())).text
    assert BOTH_NOTE in page
    assert "Something else" not in page


@pytest.mark.parametrize("draft", ["", "  \r\n\t "])
def test_an_empty_draft_is_told_on_the_form(client: TestClient, draft: str):
    answer = post(client, draft)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "<textarea" in answer.text


def test_a_draft_without_quotations_says_what_to_do(client: TestClient):
    page = post(client, "Nothing was told to us about the sea.").text
    assert "The draft holds no quotation." in page
    assert "quotation marks" in page


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.zip", b"PK\x03\x04nothing"), ("a.pdf", b"%PDF-1.7\n\x00\x01"), ("a.docx", b"PK\x03\x04")],
)
def test_a_file_that_is_no_draft_is_told_with_its_name(client: TestClient, name: str, body: bytes):
    answer = post(client, file=(name, body))
    assert answer.status_code == 422
    assert name in answer.text


def test_two_megabytes_are_too_much_and_the_page_stays_small(client: TestClient):
    answer = post(client, "“We were never asked,” said Corran. " * 57_000)
    assert answer.status_code == 413
    assert "Split it." in answer.text
    assert len(answer.text) < 20_000


def test_a_form_that_is_larger_still_is_told_on_the_form(client: TestClient):
    answer = post(client, "a" * (MOST_PASTED_BYTES + 1))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_text_that_cannot_be_read_is_kept_in_the_form(client: TestClient):
    answer = client.post("/verify", data={"draft": "\u200b \u00a0"})
    assert answer.status_code in {200, 422}
    assert "<h1>" in answer.text


def test_verdicts_are_saved_as_json(client: TestClient):
    address = client.post("/verify", data={"draft": DRAFT}, follow_redirects=False).headers["location"]
    answer = client.get(f"{address}/export?format=json")
    assert answer.headers["content-disposition"] == 'attachment; filename="verdicts.json"'
    assert json.loads(answer.text)["format"] == "onrecord.verdicts"


def test_verdicts_are_saved_as_a_page_of_their_own(client: TestClient):
    address = client.post("/verify", data={"draft": DRAFT}, follow_redirects=False).headers["location"]
    answer = client.get(f"{address}/export?format=html")
    assert answer.headers["content-disposition"] == 'attachment; filename="verdicts.html"'
    assert answer.text.startswith("<!doctype html>")
    assert "/articles/" not in answer.text


def test_another_format_is_told(client: TestClient):
    address = client.post("/verify", data={"draft": DRAFT}, follow_redirects=False).headers["location"]
    assert client.get(f"{address}/export?format=exe").status_code == 400


def test_a_report_that_is_forgotten_says_so(client: TestClient):
    answer = client.get("/verify/never-made")
    assert answer.status_code == 404
    assert "Verify the draft again" in answer.text


def test_the_oldest_reports_are_forgotten(client: TestClient):
    draft = {"draft": "Nothing was said."}
    made = [
        client.post("/verify", data=draft, follow_redirects=False).headers["location"]
        for _ in range(MOST_KEPT + 1)
    ]
    assert client.get(made[0]).status_code == 404
    assert client.get(made[1]).status_code == 200


def test_a_long_draft_is_shown_a_page_at_a_time(client: TestClient):
    lines = [f"“We were never asked {n} times,” said Ilse Corran." for n in range(PAGE_VERDICTS + 5)]
    address = client.post("/verify", data={"draft": "\n\n".join(lines)}, follow_redirects=False).headers[
        "location"
    ]
    first, second = client.get(address).text, client.get(f"{address}?page=2").text
    assert len(cards_of(first)) == PAGE_VERDICTS
    assert len(cards_of(second)) == 5
    assert f'href="?page=2#v{PAGE_VERDICTS + 1}"' in first
    assert client.get(f"{address}?page=3").status_code == 400


def test_pages_leave_no_paragraph_out():
    report = make_report()
    shown = [paragraph for page in cut_pages(report) for paragraph in page]
    assert sorted(n for p in shown for n in p.numbers) == list(range(1, len(KINDS) + 1))


def test_there_is_a_page_where_there_is_no_text():
    assert cut_pages(Report(draft="a", text="", verdicts=())) == ((),)


def test_a_paragraph_with_many_verdicts_is_not_cut():
    text = "“It was I,” said Vale. " * (PAGE_VERDICTS + 10)
    claims = [make_claim("It was I,", text=text) for _ in range(PAGE_VERDICTS + 10)]
    report = Report(draft="a", text=text, verdicts=tuple(make_verdict(c, "not_found") for c in claims))
    assert len(cut_pages(report)) == 1


def test_an_empty_record_says_that_nothing_can_be_found_in_it(tmp_path: Path):
    collection = Collection(open_store(tmp_path / "empty.onrecord", create=True))
    with TestClient(make_app(collection), **HOST) as client:
        assert "holds no article yet" in client.get("/verify").text
    collection.close()


def test_other_pages_are_shown_while_drafts_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    collection = fill_collection(tmp_path / "slow.onrecord")
    going, begun = threading.Event(), threading.Event()

    def wait(*_: object, **__: object) -> Report:
        begun.set()
        assert going.wait(20)
        return make_report()

    monkeypatch.setattr(collection, "verify", wait)
    with TestClient(make_app(collection), **HOST) as client:
        # More than there are threads for pages.
        drafts = [threading.Thread(target=post, args=(client, DRAFT)) for _ in range(20)]
        for one in drafts:
            one.start()
        assert begun.wait(10)
        started = time.monotonic()
        assert client.get("/verify").status_code == 200
        assert time.monotonic() - started < 5
        going.set()
        for one in drafts:
            one.join(20)
    collection.close()


def test_a_draft_is_verified_in_the_browser_by_keyboard(page: Page):
    page.goto("/verify")
    page.get_by_label("Paste the draft").fill(DRAFT)
    page.get_by_role("button", name="Verify", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="A pasted draft")).to_be_visible()
    page.get_by_role("list", name="What fails").get_by_role("link").first.press("Enter")
    expect(page.locator(".card:target")).to_be_in_viewport()
    expect_accessible(page)
    expect_no_sideways_scroll(page)


def test_a_file_that_is_dropped_is_ready_to_be_verified(page: Page):
    page.goto("/verify")
    held = page.evaluate_handle(
        """text => { const held = new DataTransfer();
        held.items.add(new File([text], 'dropped.md', {type: 'text/markdown'})); return held; }""",
        DRAFT,
    )
    page.dispatch_event("#verify", "drop", {"dataTransfer": held})
    expect(page.get_by_role("status")).to_contain_text("dropped.md is ready")
    page.get_by_role("button", name="Verify", exact=True).click()
    expect(page.get_by_role("heading", name="dropped.md")).to_be_visible()


def test_going_back_from_the_record_shows_the_verdicts_again(page: Page):
    page.goto("/verify")
    page.get_by_label("Paste the draft").fill(DRAFT)
    page.get_by_role("button", name="Verify", exact=True).click()
    page.get_by_role("link", name="in the record").first.click()
    page.wait_for_url(re.compile("/articles/"))
    page.go_back()
    expect(page.get_by_role("heading", name="A pasted draft")).to_be_visible()


def make_docx(words: str) -> bytes:
    """A Word document of one paragraph."""
    kinds = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p>'
        "</w:body></w:document>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return held.getvalue()


def test_where_many_drafts_wait_another_is_told_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    go_on, begun = threading.Event(), threading.Semaphore(0)

    def wait(*_: Any, **__: Any) -> Report:
        begun.release()
        go_on.wait(20)
        return make_report()

    monkeypatch.setattr(Collection, "verify", wait)
    monkeypatch.setattr("onrecord.serve.verified.MOST_WAITING", 1)
    with (
        fill_collection(tmp_path / "v.onrecord") as collection,
        TestClient(make_app(collection), **HOST) as room,
    ):
        verify = room.app.app.app.state.room.verifications  # behind its guards
        sending = [threading.Thread(target=post, args=(room, DRAFT)) for _ in range(2)]
        for one in sending:
            one.start()
        assert begun.acquire(timeout=10)
        until = time.monotonic() + 10
        while not verify.turn.statistics().tasks_waiting and time.monotonic() < until:
            time.sleep(0.01)
        refused = post(room, DRAFT)
        go_on.set()
        for one in sending:
            one.join(20)
    assert (refused.status_code, "1 drafts wait" in refused.text) == (503, True)
