"""The page of an article: its text unharmed, each statement's evidence beside it, the capture as a file."""

import dataclasses
import gzip
import re
from collections.abc import Iterator
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.export.visible import HIDDEN
from onrecord.record import Judged, Record, SourceMap
from onrecord.record.judging import Voice, accept, correct_speaker, reject
from onrecord.serve.app import make_app
from onrecord.serve.article_text import RoomWriter, choose
from onrecord.serve.settings import Settings, Token
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests import bridge
from tests.factories import make_article, make_record, make_small_record, make_statement
from tests.hostile import HOSTILE, hostile_record

ADA = Voice(by="Ada Quill", made_at="2031-06-01T09:00:00.000+00:00", note="Heard it myself.")
ANY = st.characters(exclude_categories=("Cs",))


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(open_store(tmp_path_factory.mktemp("room") / "a.onrecord", create=True)) as kept:
        kept.add([bridge.make_record(), mapped_record(), make_small_record("It rains.")])
        yield kept


@pytest.fixture
def own(tmp_path: Any) -> Iterator[Collection]:
    """A record for one test alone."""
    with Collection(open_store(tmp_path / "own.onrecord", create=True)) as kept:
        yield kept


def mapped_record() -> Record:
    """A record whose text is, byte for byte, its capture."""
    record = make_record()
    size = len(record.article.text)
    chart = SourceMap(
        decoding="text",
        start_chars=(0,),
        end_chars=(size,),
        start_bytes=(0,),
        end_bytes=(len(record.article.text.encode()),),
        unmapped_chars=0,
    )
    return dataclasses.replace(record, article=dataclasses.replace(record.article, source_map=chart))


def client_of(collection: Collection, settings: Settings | None = None) -> TestClient:
    return TestClient(
        make_app(collection, settings), base_url="http://localhost:8000", follow_redirects=False
    )


def address_of(record: Record, number: int | None = None) -> str:
    asked = f"?statement={record.statements[number - 1].statement_id}" if number else ""
    return f"/articles/{record.article.article_id}{asked}"


def show(collection: Collection, address: str) -> Any:
    answer = client_of(collection).get(address)
    assert answer.status_code == 200, answer.text
    return parser.fromstring(answer.content.decode())


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def panel_of(page: Any) -> Any:
    return page.get_element_by_id("statement")


def row_of(page: Any, term: str) -> str:
    (row,) = panel_of(page).xpath(f".//div[dt='{term}']/dd")
    return words_of(row)


def parts_of(page: Any) -> list[tuple[int, str]]:
    """Where every stretch of the text says that it begins, and its words without labels."""
    for label in page.xpath("//*[@class='ref']"):
        label.drop_tree()
    return [(int(part.get("data-at")), part.text_content()) for part in page.xpath("//*[@data-at]")]


def expect_offsets(text: str, parts: list[tuple[int, str]]) -> None:
    """Every character stands where it says; a hidden one as itself or as one sign."""
    for start, words in parts:
        stored = text[start : start + len(words)]
        assert len(stored) == len(words)
        differ = [a for a, b in zip(stored, words, strict=True) if a != b]
        assert [a for a in differ if not HIDDEN.match(a)] == []


def write(record: Record) -> Any:
    judged = Judged(record=record)
    inside = RoomWriter(judged, choose(judged, "")).write()
    return parser.fromstring(f"<article>{inside}</article>")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(ANY, min_size=1, max_size=30), min_size=1, max_size=4), st.data())
def test_every_stretch_of_text_says_where_it_begins(texts: list[str], data: st.DataObject) -> None:
    article = make_article([("paragraph", text) for text in texts])
    bounds = st.lists(st.integers(0, len(article.text)), min_size=2, max_size=8, unique=True).map(sorted)
    pieces = [article.text[a:b] for a, b in pairwise(data.draw(bounds))]
    statements = tuple(make_statement(article.text, [one], cue=one, source=None) for one in pieces)
    record = dataclasses.replace(make_small_record("x"), article=article, statements=statements)
    page = write(record)
    parts = parts_of(page)
    expect_offsets(article.text, parts)
    assert sum(len(words) for _, words in parts) == sum(
        b.span.end_char - b.span.start_char for b in article.blocks
    )


def test_no_word_of_the_text_stands_outside_a_stretch_that_says_where_it_begins() -> None:
    page = write(bridge.make_record())
    for extra in page.xpath("//*[@data-at] | //summary"):
        extra.drop_tree()
    assert words_of(page) == ""


def test_the_page_shows_the_article_and_lists_its_statements(collection: Collection) -> None:
    page = show(collection, address_of(bridge.make_record()))
    assert words_of(page.find(".//h1")) == "Harbour council puts off the Tessaly bridge"
    rows = [words_of(row) for row in page.xpath("//ol[@class='rows']/li")]
    assert len(rows) == len(bridge.make_record().statements)
    assert rows[0].startswith("A1 Mira Vance direct · sure 91% “We will not open it before the frost,”")


def test_the_evidence_of_a_statement_is_a_page_of_its_own_without_a_script(collection: Collection) -> None:
    record = bridge.make_record()
    page = show(collection, address_of(record, 1))
    (label,) = page.xpath("//a[@id='q2']")
    asked = label.get("href").partition("#")[0]
    again = show(collection, address_of(record) + asked)
    assert panel_of(again).get("data-statement") == record.statements[1].statement_id


@pytest.mark.parametrize("number", range(1, len(bridge.make_record().statements) + 1))
def test_the_panel_has_every_field_with_its_evidence(collection: Collection, number: int) -> None:
    record = bridge.make_record()
    statement, text = record.statements[number - 1], record.article.text
    told = words_of(panel_of(show(collection, address_of(record, number))))
    spans = (*statement.content, *statement.cue, *statement.source)
    assert [s.of(text) for s in spans if " ".join(s.of(text).split()) not in told] == []
    assert [s for s in spans if f"{s.start_char}–{s.end_char}" not in told] == []
    facts = (statement.form, statement.statement_id, "91%", "88%", "97%", "trim_space")
    assert [fact for fact in facts if fact not in told] == []
    assert [u.reason for u in statement.unknowns if u.reason not in told] == []
    assert [hop.text for hop in statement.chain if hop.text not in told] == []


@pytest.mark.parametrize("number", [None, *range(1, len(bridge.make_record().statements) + 1)])
def test_every_link_within_the_page_has_its_target(collection: Collection, number: int | None) -> None:
    page = show(collection, address_of(bridge.make_record(), number))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = {link[1:] for link in page.xpath("//a[starts-with(@href, '#')]/@href")}
    assert inner <= set(ids)
    asked = {link.partition("#")[2] for link in page.xpath("//a[starts-with(@href, '?')]/@href")}
    assert asked <= set(ids)


def test_a_fragment_is_the_panel_alone(collection: Collection) -> None:
    record = bridge.make_record()
    address = f"/articles/{record.article.article_id}/statements/{record.statements[2].statement_id[:20]}"
    answer = client_of(collection).get(address)
    assert answer.text.lstrip().startswith("<section")
    fragment = parser.fromstring(answer.text)
    assert fragment.get("data-statement") == record.statements[2].statement_id
    whole = show(collection, address_of(record, 3))
    assert words_of(fragment) == words_of(panel_of(whole))


def test_a_statement_that_is_not_there_is_said_to_be_gone(collection: Collection) -> None:
    address = address_of(bridge.make_record())
    page = show(collection, f"{address}?statement=statement-00000000")
    assert "does not stand here" in words_of(page)
    assert client_of(collection).get(f"{address}/statements/statement-00000000").status_code == 404


def test_a_shortened_address_leads_to_the_whole_one(collection: Collection) -> None:
    address = address_of(bridge.make_record())
    answer = client_of(collection).get(f"{address[:-12]}?statement=abcd")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}?statement=abcd")


def test_a_statement_leads_to_its_article(collection: Collection) -> None:
    record = bridge.make_record()
    answer = client_of(collection).get(f"/statements/{record.statements[1].statement_id}")
    assert (answer.status_code, answer.headers["location"]) == (303, address_of(record, 2))


def test_an_article_that_is_not_there_is_not_found(collection: Collection) -> None:
    assert client_of(collection).get("/articles/article-00000000").status_code == 404


def test_speakers_lead_to_their_people(collection: Collection) -> None:
    record = bridge.make_record()
    persons = dict(collection.show(record.article.article_id).person_ids)
    speaker = record.statements[0].speaker
    assert speaker is not None
    page = show(collection, address_of(record, 1))
    (link,) = panel_of(page).xpath(".//h2/a[not(@class)]")
    assert link.get("href") == f"/people/{persons[speaker.entity_id]}"


def test_the_panel_tells_which_bytes_hold_the_words(collection: Collection) -> None:
    record = mapped_record()
    page = show(collection, address_of(record, 1))
    told = row_of(page, "bytes")
    found = re.fullmatch(r"([\d,]+)–([\d,]+) they hold these words", told)
    assert found is not None
    start, end = (int(bound.replace(",", "")) for bound in found.groups())
    assert record.capture.body is not None
    held = record.capture.body[start:end].decode()
    assert held == record.statements[0].content[0].of(record.article.text)


def test_bytes_that_no_map_leads_to_are_unknown_with_the_reason(collection: Collection) -> None:
    page = show(collection, address_of(bridge.make_record(), 1))
    assert row_of(page, "bytes") == "unknown: this reading kept no map from the text to the bytes"


def test_the_capture_is_sent_as_a_file_that_no_browser_runs(collection: Collection) -> None:
    record = mapped_record()
    answer = client_of(collection).get(f"{address_of(record)}/capture")
    assert answer.content == record.capture.body
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="capture-{record.capture.sha256[:16]}.bin"'
    )


def test_the_proof_names_the_capture_and_why_something_of_it_is_unknown(collection: Collection) -> None:
    record = mapped_record()
    page = show(collection, address_of(record))
    told = words_of(page.get_element_by_id("proof"))
    for part in (
        record.capture.sha256,
        f"{record.capture.size_bytes:,}",
        "unknown: nobody noted when",
        "every character of the text leads to its bytes",
    ):
        assert part in told


def test_what_is_unknown_stands_with_its_reason_and_leads_to_what_it_is_of(collection: Collection) -> None:
    page = show(collection, address_of(bridge.make_record()))
    fold = page.get_element_by_id("unknown")
    lines = [words_of(line) for line in fold.xpath(".//li")]
    assert any(line.startswith("where it was said the article does not say where A1,") for line in lines)
    assert any("the article does not say when the flood was" in line for line in lines)


def test_a_page_without_statements_says_so_and_what_to_do(collection: Collection) -> None:
    page = show(collection, address_of(make_small_record("It rains.")))
    assert "No statement was found in this article." in words_of(page.get_element_by_id("overview"))


def test_a_rejected_statement_is_listed_apart_with_who_rejected_it_and_a_way_back(own: Collection) -> None:
    record = bridge.make_record()
    own.add([record])
    judgement = reject(own.show(record.article.article_id), record.statements[0].statement_id, ADA)
    own.judge(judgement)
    page = show(own, address_of(record))
    assert len(page.xpath("//ol[@class='rows']/li")) == len(record.statements) - 1
    fold = page.get_element_by_id("rejected")
    assert "by Ada Quill, 1 June 2031" in words_of(fold)
    assert "Heard it myself." in words_of(fold)
    assert fold.xpath(".//form/@action") == [f"/judgements/{judgement.judgement_id}/withdraw"]
    (link,) = fold.xpath(".//a/@href")
    rejected = show(own, address_of(record) + link.partition("#")[0])
    assert "This was rejected" in words_of(panel_of(rejected))
    assert page.xpath("//ol[@class='rows']//a[contains(@href, '#q1')]")


def test_statements_tell_what_became_of_them(own: Collection) -> None:
    record = bridge.make_record()
    own.add([record])
    judged = own.show(record.article.article_id)
    ids = [s.statement_id for s in record.statements]
    own.judge([
        accept(judged, ids[0], ADA),
        correct_speaker(judged, ids[6], ADA, entity_id=record.entities[0].entity_id),
    ])  # fmt: skip
    rows = [words_of(row) for row in show(own, address_of(record)).xpath("//ol[@class='rows']/li")]
    assert "direct · accepted · sure 91%" in rows[0]
    assert "corrected" in rows[6]
    told = words_of(panel_of(show(own, address_of(record, 1))))
    assert "accepted by Ada Quill, 1 June 2031" in told


def test_a_judgement_that_fits_no_more_is_shown_with_the_reason(own: Collection) -> None:
    record = make_record()
    own.add([record])
    own.judge(reject(own.show(record.article.article_id), record.statements[0].statement_id, ADA))
    other = dataclasses.replace(record, statements=())
    own.store.add_records([(record.capture, other)], Reading(reader="another reader"))
    fold = show(own, address_of(record)).get_element_by_id("unfit")
    (unfit,) = own.show(record.article.article_id).unfit
    assert "Ada Quill rejected" in words_of(fold)
    assert unfit.reason in words_of(fold)


def test_every_reading_of_a_capture_is_listed_with_what_only_it_has(own: Collection) -> None:
    record = bridge.make_record()
    own.add([record])
    fewer = dataclasses.replace(record, statements=record.statements[1:])
    own.store.add_records([(record.capture, fewer)], Reading(reader="another reader"))
    page = show(own, f"{address_of(record)}/readings")
    headings = [words_of(heading) for heading in page.xpath("//main//h2")]
    assert headings == ["Reading 2 shown", "Reading 1"]
    assert "“We will not open it before the frost,”" in words_of(page.find(".//main"))


def test_who_may_only_read_is_shown_no_form(collection: Collection) -> None:
    allowed = Settings(tokens=(Token(secret="only-to-read-" * 3, right="read"),))
    client = client_of(collection, allowed)
    headers = {"Authorization": f"Bearer {'only-to-read-' * 3}"}
    for number in (None, 1):
        answer = client.get(address_of(bridge.make_record(), number), headers=headers)
        page = parser.fromstring(answer.content.decode())
        assert page.xpath("//main//form") == []


def test_an_article_is_read_again_by_a_button(own: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    record = make_record()
    own.add([record])
    asked: list[str] = []

    def reread(_: object, article_id: str) -> SimpleNamespace:
        asked.append(article_id)
        return SimpleNamespace(intake_id="abc")

    monkeypatch.setattr("onrecord.serve.intake.Intakes.reread", reread)
    answer = client_of(own).post(f"{address_of(record)}/reread")
    assert (answer.status_code, answer.headers["location"]) == (303, "/adding/abc")
    assert asked == [record.article.article_id]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(own: Collection, words: str) -> None:
    record = hostile_record(words)
    own.add([record])
    for number in (None, 1):
        page = show(own, address_of(record, number))
        scripts = [script.get("src") or "inline" for script in page.xpath("//script")]
        assert [src for src in scripts if not src.startswith("/static/")] == []
        assert page.xpath("//img | //style") == []
        names = {name for element in page.iter() for name in element.attrib}
        assert [name for name in names if name.startswith("on") or name == "style"] == []
        links = page.xpath("//a/@href")
        assert [link for link in links if not re.match(r"[/#?]|https?://", link)] == []
        expect_offsets(words, parts_of(page))


def test_a_long_article_with_many_statements_is_a_small_page(own: Collection) -> None:
    names = ("Mira Vance", "Ondrej Vale", "Ilse Corran")
    said = [
        f"“The {n} bolts of pier {n * 37 % 991} were never asked for,” said {names[n % 3]} on the quay. "
        f"Row {n * n % 977} of the ledger of {n * 31 % 613} tolls was left as it stood before frost {n}. "
        f"Nobody else of the {n * 7 % 89} who keep watch at gate {n * 11 % 53} would speak of it on any day."
        for n in range(525)
    ]
    article = make_article([("paragraph", words) for words in said])
    at, statements = 0, []
    for words in said:
        at = article.text.index(words, at)
        content = words[: words.index(" said")]
        name = next(name for name in names if name in words)
        statements.append(make_statement(article.text, [content], cue="said", source=name, after=at))
    record = make_small_record(article.text, statements)
    own.add([dataclasses.replace(record, article=article)])
    answer = client_of(own).get(address_of(record), headers={"accept-encoding": "identity"})
    assert len(article.text) > 120_000
    assert answer.text.count('class="chip">') >= 500
    assert len(gzip.compress(answer.content, 5)) < 150_000
