"""The first page and what is added from it, as a browser asks for them, and as one without script does."""

import re

import pytest
from starlette.testclient import TestClient

from onrecord.record import Failure
from onrecord.serve import home
from onrecord.serve.app import make_app
from onrecord.serve.reasons import OTHER, REASONS, explain_reason
from onrecord.serve.settings import MOST_FILES, Settings, Token
from onrecord.store.base import Reading
from tests.factories import make_record
from tests.serve.intaking import GateReader, finish, open_intakes, open_record, wait_for

READING = Reading(reader="test")
HOSTILE = "<script>alert(1)</script>\u202e\x00'\"><img src=x onerror=alert(1)>"


@pytest.fixture
def collection(tmp_path):
    with open_record(tmp_path) as opened:
        yield opened


@pytest.fixture
def room(collection):
    made, asked = serve(collection)
    yield asked
    made.intakes.close()


def serve(collection, reader=None, settings=None, **options):
    """The room, and a client that asks it; nothing is read by a model."""
    app = make_app(collection, settings)
    inner = app
    while not hasattr(inner, "state"):
        inner = inner.app
    made = inner.state.room
    made.intakes = open_intakes(collection, reader, **options)
    return made, TestClient(app, base_url="http://localhost:8000", follow_redirects=False)


def intakes_of(room):
    app = room.app
    while not hasattr(app, "state"):
        app = app.app
    return app.state.room.intakes


def post(room, data=None, files=()):
    """The intake that a form began, when it is over, and its page."""
    answer = room.post("/add", data=data or {}, files=[("files", one) for one in files])
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    intake = finish(intakes_of(room).find(address.rpartition("/")[2]))
    return intake, room.get(address).text


def test_an_empty_record_says_what_to_do_and_offers_the_samples(room):
    page = room.get("/").text
    assert "Nothing is on record yet" in page
    assert 'name="samples" value="1"' in page
    assert page.count("<li>") >= 3
    assert "New on record" not in page


def test_what_is_new_stands_first_with_how_much_was_said(room, collection):
    for number in range(3):
        collection.add(make_record(f"Number {number},"))
    page = room.get("/").text
    assert re.findall(r"3 statements", page)
    links = re.findall(r'href="/articles/(article-[0-9a-f]+)"', page)
    listed = [line.article_id for line in collection.store.newest_articles().listed]
    assert links == listed
    assert "The Tessaly Lantern" in page
    assert "3 May 2031" in page


def test_older_articles_are_a_page_away(room, collection, monkeypatch):
    monkeypatch.setattr(home, "NEWEST", 2)
    collection.add([make_record(f"Number {number},") for number in range(3)])
    first = room.get("/").text
    older = re.search(r'href="(/\?after=[^"]+)">Older', first)[1]
    second = room.get(older).text
    links = [re.findall(r'href="/articles/(article-[0-9a-f]+)"', page) for page in (first, second)]
    assert (len(links[0]), len(links[1])) == (2, 1)
    assert not set(links[0]) & set(links[1])
    assert ">Older<" not in second
    assert "The newest" in second


def test_examples_are_questions_that_have_an_answer(room, collection):
    collection.add(make_record())
    page = room.get("/").text
    assert "/search?outlet=The+Tessaly+Lantern" in page
    assert "/search?when=2031-05" in page
    assert "what was said in May 2031" in page


def test_what_is_unknown_of_a_new_article_says_so(room, collection):
    collection.add(make_record(outlet=None, published=None))
    page = room.get("/").text
    assert "outlet unknown" in page
    assert "date unknown" in page


def test_a_place_in_the_list_that_there_is_not_is_an_error_page(room):
    assert room.get("/", params={"after": HOSTILE}).status_code == 400


def test_files_texts_and_addresses_are_added_by_one_form(collection):
    def crawl(url):
        yield Failure(stage="capture", reason="StatusError", detail="It answered 404.", subject=url)

    made, room = serve(collection, crawl=crawl)
    data = {"text": "One.", "addresses": "news.invalid/a"}
    intake, page = post(room, data, [("bridge.txt", b"Two.")])
    made.intakes.close()
    assert (intake.report.added, intake.report.failed, intake.report.statements) == (2, 1, 2)
    assert "<strong>2 articles</strong> added, 2 statements" in page
    assert "It answered 404." in page
    assert 'href="/articles/article-' in page
    assert "http-equiv" not in page


def test_what_was_told_of_a_pasted_text_is_kept(room, collection):
    collection.engine.signature = "another"
    intake, _ = post(room, {"text": "One.", "url": "https://news.invalid/a", "published": "2031-05-03"})
    assert intake.report.added == 1


def test_the_samples_are_added_by_a_button(room):
    intake, _ = post(room, {"samples": "1"})
    assert intake.total > 5


def test_a_form_with_nothing_in_it_says_what_could_be_given(room):
    for data, files in (({}, []), ({"text": "  \n", "title": "A"}, [("files", ("", b""))])):
        answer = room.post("/add", data=data, files=files)
        assert answer.status_code == 422
        assert "Choose a file, paste a text, or give an address." in answer.text


def test_a_hostile_name_stays_text_and_no_path(room, collection):
    intake, page = post(room, files=[(f"../../{HOSTILE}.docx", b"PK\x03\x04")])
    assert intake.report.failed == 1
    for shown in (page, room.get("/failures").text, room.get("/adding").text):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "\u202e" not in re.search(r"<title>(.*?)</title>", shown)[1]
        assert "onrecord-" not in shown.replace("onrecord-intake", "")


def test_binary_empty_and_odd_files_are_failures_with_their_reason(room, collection):
    files = [
        ("a.docx", b"PK\x03\x04"),
        ("b.pdf", b"%PDF-1.7"),
        ("c.txt", b""),
        ("d.bin", bytes(range(256))),
        ("e.txt", b"One."),
    ]
    intake, page = post(room, files=files)
    assert (intake.report.failed, intake.report.added) == (4, 1)
    assert "a PDF document" in page
    shown = room.get("/failures").text
    assert "4 things given to be added are in no article here" in shown
    assert "Not a text or a page" in shown
    assert all(name in shown for name, _ in files[:4])
    assert "4 things could not be read" in room.get("/").text


def test_more_than_may_be_sent_is_refused(collection):
    _, room = serve(collection, settings=Settings(most_bytes=10_000))
    answer = room.post("/add", files=[("files", ("a.txt", b"a" * 20_000))])
    assert answer.status_code == 413


def test_more_files_than_may_be_sent_are_refused(room):
    files = [("files", (f"{n}.txt", b"One.")) for n in range(MOST_FILES + 1)]
    answer = room.post("/add", files=files)
    assert answer.status_code == 400
    assert "1000" in answer.text


def test_a_full_disk_is_told(room, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("onrecord.serve.drops.Drop.add_file", refuse)
    answer = room.post("/add", files=[("files", ("a.txt", b"One."))])
    assert answer.status_code == 507
    assert "No space left on device" in answer.text


def test_addresses_are_not_asked_for_where_nothing_is_fetched(collection):
    _, room = serve(collection, settings=Settings(fetch=False), fetch=False)
    assert 'name="addresses"' not in room.get("/").text
    answer = room.post("/add", data={"addresses": "https://news.invalid/"})
    assert answer.status_code == 422
    assert "Nothing is fetched" in answer.text


def test_a_page_fills_while_its_articles_are_read(collection):
    gate = GateReader()
    made, room = serve(collection, gate)
    answer = room.post("/add", data={"text": "One."}, files=[("files", ("two.txt", b"Two."))])
    address = answer.headers["location"]
    intake = made.intakes.find(address.rpartition("/")[2])
    assert gate.reached.acquire(timeout=5)
    wait_for(lambda: intake.reading)
    page = room.get(address).text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "data-running" in page
    assert ">Stop<" in page
    assert "two.txt" in room.get("/").text
    assert "two.txt" in room.get("/adding/now").text
    gate.gate.release()
    wait_for(lambda: intake.total == 1)
    fragment = room.get(f"{address}/now").text
    assert fragment.count("<li ") == 1
    assert "<html" not in fragment
    assert "<li " not in room.get(f"{address}/now?after=1").text
    gate.gate.release()
    finish(intake)
    fragment = room.get(f"{address}/now?after=1").text
    assert re.findall(r'data-number="(\d+)"', fragment) == ["2"]
    assert "data-running" not in fragment
    assert "All is read" in room.get("/adding/now").text
    made.intakes.close()


def test_a_drop_is_stopped_by_its_button(collection):
    gate = GateReader()
    made, room = serve(collection, gate)
    address = room.post("/add", data={"text": "One."}).headers["location"]
    assert gate.reached.acquire(timeout=5)
    answer = room.post(f"{address}/stop")
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    finish(made.intakes.find(address.rpartition("/")[2]))
    page = room.get(address).text
    assert "<h1>Stopped</h1>" in page
    assert ">Stop<" not in page
    made.intakes.close()


def test_a_drop_that_failed_says_why_and_what_to_do(room, collection, monkeypatch):
    from onrecord.errors import FullStoreError

    def refuse(*_):
        raise FullStoreError("There is no space left.", cure="Make room on the disk.")

    monkeypatch.setattr(type(collection.store), "add_records", refuse)
    intake, page = post(room, {"text": "One."})
    assert intake.state == "failed"
    assert "There is no space left." in page
    assert "Make room on the disk." in page


@pytest.mark.parametrize("path", ["/adding/nothing", "/adding/nothing/now"])
def test_a_drop_that_there_is_not_is_not_found(room, path):
    answer = room.get(path)
    assert answer.status_code == 404
    assert room.post("/adding/nothing/stop").status_code == 404


@pytest.mark.parametrize("after", ["x", "-1", "٣", "1" * 50])
def test_how_much_is_shown_already_is_a_number(room, after):
    intake, _ = post(room, {"text": "One."})
    answer = room.get(f"/adding/{intake.intake_id}/now", params={"after": after})
    assert answer.status_code == (200 if after.startswith("11") else 400)


def test_the_form_s_address_leads_to_the_form(room):
    assert room.get("/add").headers["location"] == "/#add"


def test_drops_are_listed_the_newest_first(room):
    assert "Nothing since the server was started" in room.get("/adding").text
    first, second = post(room, {"text": "One."})[0], post(room, {"text": "Two."})[0]
    page = room.get("/adding").text
    assert page.index(second.intake_id) < page.index(first.intake_id)
    assert "/adding" in room.get("/").text


def test_who_may_only_read_sees_no_form_and_changes_nothing(collection):
    tokens = (Token(secret="a" * 32, right="read"), Token(secret="b" * 32, right="write"))
    _, room = serve(collection, settings=Settings(tokens=tokens))
    room.headers["authorization"] = f"Bearer {'a' * 32}"
    page = room.get("/").text
    assert "You may read here: there is nothing to read" in page
    assert 'action="/add"' not in page
    assert room.post("/add", data={"text": "One."}).status_code == 403
    room.headers["authorization"] = f"Bearer {'b' * 32}"
    assert 'action="/add"' in room.get("/").text


def test_another_site_adds_nothing(room, collection):
    answer = room.post("/add", data={"text": "One."}, headers={"origin": "https://evil.invalid"})
    assert answer.status_code == 403
    assert collection.counts().captures == 0


def test_without_failures_their_page_says_that_all_was_read(room):
    assert "Everything that was added could be read." in room.get("/failures").text


def test_failures_have_pages_the_newest_first(room, collection, monkeypatch):
    monkeypatch.setattr(home, "MOST_FAILURES", 2)
    for number in range(5):
        failure = Failure(stage="read", reason="Odd", detail="It is odd.", subject=f"file {number}")
        collection.store.add_failures([failure], READING)
    shown = [re.findall(r"file \d", room.get("/failures", params={"page": n}).text) for n in (1, 2, 3, 4)]
    assert shown == [["file 4", "file 3"], ["file 2", "file 1"], ["file 0"], []]
    assert "Page 2 of 3" in room.get("/failures?page=2").text
    assert room.get("/failures?page=x").status_code == 400
    assert room.get("/failures?page=0").status_code == 400
    assert room.get(f"/failures?page=000000001{'0' * 4_400}").status_code == 400


def test_every_error_that_an_input_can_be_has_a_meaning():
    from onrecord import errors

    raised = [getattr(errors, name) for name in errors.__all__ if name != "FetchError"]
    named = {one.__name__ for one in raised if isinstance(one, type) and issubclass(one, errors.InputError)}
    assert named <= set(REASONS)
    assert explain_reason("ZeroDivisionError") == OTHER
