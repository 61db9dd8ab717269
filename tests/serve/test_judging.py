"""What somebody says of a statement by a form: it is kept once, under their name, and can be taken back."""

import dataclasses
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from onrecord.collection.face import Collection
from onrecord.record import Judgement, Record, Span, Statement, statement_id_of
from onrecord.serve.app import make_app
from onrecord.serve.settings import Settings, Token
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.bridge import TEXT, make_record
from tests.factories import make_small_record, make_statement

RECORD = make_record()
FROST, CROSSING, SAFE, BELIEVED, BILL, SECOND, TOLLS, RIVER, ASKED, PAY = RECORD.statements
ARTICLE = f"/articles/{RECORD.article.article_id}"
READING = Reading(reader="a test")


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """A record with the article about the bridge."""
    with Collection(open_store(tmp_path / "news.onrecord", create=True)) as opened:
        opened.store.add_records([(RECORD.capture, RECORD)], READING)
        yield opened


@pytest.fixture
def room(collection: Collection) -> Iterator[TestClient]:
    """A browser without a name."""
    with TestClient(make_app(collection), base_url="http://localhost:8000", follow_redirects=False) as client:
        yield client


def judge(room: TestClient, statement: Statement, act: str, **fields: str):
    """What is answered to a form that Ilka Stern sent, unless another name is given."""
    sent = {"by": "Ilka Stern", "act": act, **fields}
    return room.post(f"/statements/{statement.statement_id}/judge", data=sent)


def made_in(collection: Collection) -> tuple[Judgement, ...]:
    return collection.store.judgements()


def shown(collection: Collection, statement: Statement) -> Statement | None:
    """The statement as judged."""
    judged = collection.show(RECORD.article.article_id)
    return next((s for s in judged.record.statements if s.statement_id == statement.statement_id), None)


def words_of(spans: tuple[Span, ...]) -> list[str]:
    return [span.of(TEXT) for span in spans]


def test_accepting_is_kept_under_the_name_and_leads_to_the_statement(room, collection):
    answer = judge(room, FROST, "accept", note="heard it", score="0.9")
    (made,) = made_in(collection)
    assert (made.kind, made.by, made.note, made.score) == ("accept", "Ilka Stern", "heard it", 0.9)
    where = urlsplit(answer.headers["location"])
    assert (answer.status_code, where.path) == (303, ARTICLE)
    assert parse_qs(where.query) == {"statement": [FROST.statement_id], "done": [made.judgement_id]}


def test_the_name_is_kept_for_a_year_where_no_script_reads_it(room):
    cookie = judge(room, FROST, "accept", by="Zoë Quill").headers["set-cookie"]
    assert "onrecord_name=Zo%C3%AB%20Quill" in cookie
    for part in ("HttpOnly", "SameSite=lax", "Max-Age=31536000", "Path=/"):
        assert part in cookie
    judge(room, CROSSING, "accept", by="")
    assert room.get("/review").text.count("You: ") == 1


def test_a_rejected_statement_is_in_no_view_and_accepting_takes_it_back(room, collection):
    judge(room, FROST, "reject")
    assert shown(collection, FROST) is None
    judge(room, FROST, "accept")
    assert shown(collection, FROST) is not None


def test_without_a_name_one_is_asked_for_and_nothing_is_lost(room, collection):
    answer = judge(room, FROST, "accept", by="", note="heard <it>")
    assert answer.status_code == 422
    assert made_in(collection) == ()
    assert f'action="/statements/{FROST.statement_id}/judge"' in answer.text
    assert 'name="note" value="heard &lt;it&gt;"' in answer.text


def test_a_name_can_be_kept_before_anything_is_judged(room, collection):
    answer = judge(room, FROST, "name", next="/review?form=direct")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?form=direct")
    assert room.cookies["onrecord_name"] == "Ilka%20Stern"
    assert made_in(collection) == ()


@pytest.mark.parametrize("name", ["a\u202eb", "x" * 201, "two\nlines", "\x1b[31m"])
def test_a_name_that_is_none_is_kept_nowhere(room, collection, name):
    answer = judge(room, FROST, "accept", by=name)
    assert answer.status_code == 422
    assert "is no name" in answer.text
    assert made_in(collection) == ()
    assert "set-cookie" not in answer.headers


def test_bounds_of_selected_words_are_the_content(room, collection):
    start = TEXT.index("The bill")
    judge(
        room, BILL, "correct", content_at=f"{start}:{start + 8},{start + 21}:{start + 33}", content="ignored"
    )
    assert words_of(shown(collection, BILL).content) == ["The bill", "since winter"]


def test_words_as_the_article_has_them_are_the_cue_a_line_each(room, collection):
    judge(room, BILL, "correct", cue="according to\na report")
    assert words_of(shown(collection, BILL).cue) == ["according to", "a report"]


def test_bounds_may_be_typed(room, collection):
    start = TEXT.index("The bill")
    judge(room, BILL, "correct", content=f"{start}:{start + 8}")
    assert words_of(shown(collection, BILL).content) == ["The bill"]


def test_an_empty_cue_is_none_and_an_empty_content_is_refused(room, collection):
    judge(room, BILL, "correct", cue="")
    assert shown(collection, BILL).cue == ()
    answer = judge(room, BILL, "correct", content=" ")
    assert answer.status_code == 422
    assert "A statement without content is none." in answer.text


def test_fields_that_are_as_they_were_are_not_corrected(room, collection):
    vance = FROST.speaker.entity_id
    same = {
        "content": "“We will not open it before the frost,”\n“Not with these cables.”",
        "cue": "told",
        "source": "Mira Vance",
        "speaker": vance,
        "speaker_kind": "person",
        "mode": "said",
        "said_at": "2031-05-03",
        "said_in": "unknown",
    }
    answer = judge(room, FROST, "correct", **same)
    assert answer.status_code == 422
    assert "Nothing was changed." in answer.text
    judge(room, FROST, "correct", **{**same, "mode": "wrote"})
    assert [made.correction.field for made in made_in(collection)] == ["mode"]


def test_the_form_that_is_shown_changes_nothing_when_it_is_sent_back(room, collection):
    for statement in RECORD.statements:
        page = room.get(f"/statements/{statement.statement_id}/judge").text
        answer = judge(room, statement, "correct", **fields_in(page))
        assert "Nothing was changed." in answer.text, statement
    assert made_in(collection) == ()


def test_the_speaker_is_one_of_the_people_of_the_article(room, collection):
    corran = RIVER.speaker
    judge(room, FROST, "correct", speaker=corran.entity_id)
    assert shown(collection, FROST).speaker.name == "Ilse Corran"


def test_who_speaks_in_the_article_is_offered_first(room):
    page = room.get(f"/statements/{FROST.statement_id}/judge").text
    choices = page.partition('id="field-speaker"')[2].partition("</select>")[0]
    offered = re.findall(r'<option value="(entity-[^"]+)"', choices)
    speaking = {s.speaker.entity_id for s in RECORD.statements if s.speaker}
    assert speaking < set(offered)
    assert set(offered[: len(speaking)]) == speaking


def test_the_speaker_is_somebody_whom_words_of_the_article_name(room, collection):
    judge(room, FROST, "correct", speaker=FROST.speaker.entity_id, speaker_words="Ondrej Vale")
    assert shown(collection, FROST).speaker.name == "Ondrej Vale"


def test_selected_words_name_the_speaker(room, collection):
    start = TEXT.index("Ondrej Vale")
    judge(room, FROST, "correct", speaker_words="Ondrej Vale", speaker_at=f"{start}:{start + 11}")
    assert shown(collection, FROST).speaker.name == "Ondrej Vale"


def test_nobody_can_know_who_said_it(room, collection):
    judge(room, FROST, "correct", speaker="unknown")
    assert shown(collection, FROST).speaker is None


def test_when_where_and_how_are_corrected_together(room, collection):
    beltown = next(p for p in RECORD.places if p.text == "Beltown")
    judge(room, BILL, "correct", said_at="2031-05-02", said_in=beltown.place_id, mode="wrote")
    statement = shown(collection, BILL)
    assert (statement.said_at.edtf, statement.said_in.text, statement.mode) == (
        "2031-05-02",
        "Beltown",
        "wrote",
    )
    assert len({made.made_at for made in made_in(collection)}) == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"content": "Words that nobody said"}, "does not say “Words that nobody said”"),
        ({"speaker_words": "Ann Nobody"}, "The speaker must be in the article"),
        ({"said_at": "some day"}, "is no date or interval"),
        ({"content_at": "9999999:99999999"}, "are no bounds"),
        ({"content_at": "20:30,25:40"}, "begin before those before them end"),
        ({"mode": "sings"}, "is no mode"),
        ({"score": "7"}, "A score is from 0 to 1"),
        ({"score": "nan"}, "A score is from 0 to 1"),
        ({"score": "much"}, "is no score"),
        ({"note": "n" * 10_001}, "The note has 10,001 characters"),
        ({"content": "x" * 100_001}, "it may have 100,000"),
        ({"content": "\n".join(["and"] * 300)}, "it may have 200"),
    ],
)
def test_what_cannot_be_is_told_beside_what_was_typed(room, collection, fields, told):
    answer = judge(room, BILL, "correct", **fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert "Nothing was kept." in answer.text
    ((name, value),) = fields.items()
    assert name in {"mode", "score"} or fields_in(answer.text)[name] == value
    assert made_in(collection) == ()


def test_the_same_form_sent_twice_is_kept_once(room, collection):
    for act, fields in (("accept", {}), ("correct", {"cue": "report", "mode": "wrote"}), ("reject", {})):
        seen = fields_in(room.get(f"/statements/{BILL.statement_id}/judge").text)["seen"]
        one = judge(room, BILL, act, seen=seen, **fields)
        count = len(made_in(collection))
        other = judge(room, BILL, act, seen=seen, **fields)
        assert (other.status_code, other.headers["location"]) == (303, one.headers["location"])
        assert len(made_in(collection)) == count


def test_a_second_person_overrules_the_first_and_both_stand_there(room, collection):
    judge(room, BILL, "accept")
    judge(room, BILL, "reject", by="Ada Quill")
    assert shown(collection, BILL) is None
    page = room.get(f"/statements/{BILL.statement_id}/judge").text
    assert page.index("Ada Quill</bdi></b> rejected") < page.index("Ilka Stern</bdi></b> accepted")
    assert page.count("<strong>Overruled</strong>") == 1
    assert page.index("Ilka Stern</bdi></b> accepted") < page.index("<strong>Overruled</strong>")


def test_whoever_agrees_overrules_nobody_and_what_is_withdrawn_overrules_nothing(room, collection):
    judge(room, BILL, "accept")
    judge(room, BILL, "accept", by="Ada Quill")
    judge(room, BILL, "correct", mode="wrote")
    judge(room, BILL, "reject", by="Ada Quill")
    post_to = f"/judgements/{made_in(collection)[-1].judgement_id}/withdraw"
    room.post(post_to, data={"by": "Ada Quill"})
    assert "Overruled" not in room.get(f"/statements/{BILL.statement_id}/judge").text


def test_who_judges_what_somebody_judged_meanwhile_is_asked_again(room, collection):
    page = room.get(f"/statements/{BILL.statement_id}/judge").text
    judge(room, BILL, "reject", by="Ada Quill")
    answer = judge(room, BILL, "accept", seen=fields_in(page)["seen"])
    assert answer.status_code == 409
    assert "Ada Quill rejected this statement while you looked at it." in answer.text
    again = judge(room, BILL, "accept", seen=fields_in(answer.text)["seen"])
    assert again.status_code == 303
    assert [made.kind for made in made_in(collection)] == ["reject", "accept"]


def test_what_was_just_judged_is_taken_back_at_once(room, collection):
    answer = judge(room, BILL, "correct", mode="wrote", cue="report", next="/review?form=indirect")
    done = parse_qs(urlsplit(answer.headers["location"]).query)["done"][0]
    first, other = done.split(",")
    back = room.post(f"/judgements/{first}/withdraw", data={"also": other, "next": "/review?form=indirect"})
    assert back.headers["location"].startswith("/review?form=indirect&done=")
    assert all(made.withdrawn_by == "Ilka Stern" for made in made_in(collection))
    assert shown(collection, BILL) == BILL


def test_taking_back_twice_changes_nothing(room, collection):
    judge(room, BILL, "accept")
    (made,) = made_in(collection)
    for name in ("Ada Quill", "Ilka Stern"):
        answer = room.post(f"/judgements/{made.judgement_id}/withdraw", data={"by": name})
        assert answer.status_code == 303
    assert made_in(collection)[0].withdrawn_by == "Ada Quill"


def test_taking_back_asks_for_a_name_too(room, collection):
    judge(room, BILL, "accept")
    room.cookies.clear()
    answer = room.post(f"/judgements/{made_in(collection)[0].judgement_id}/withdraw", data={})
    assert (answer.status_code, "Say who you are first" in answer.text) == (422, True)


def test_a_judgement_that_there_is_not_cannot_be_taken_back(room):
    answer = room.post("/judgements/judgement-00/withdraw", data={"by": "Ada Quill"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.invalid/",
        "//elsewhere.invalid/",
        "/\\elsewhere.invalid",
        "javascript:alert(1)",
        "/\t/x",
        "/a\r\nSet-Cookie: x=1",
    ],
)
def test_nobody_is_led_to_another_site(room, elsewhere):
    answer = judge(room, BILL, "accept", next=elsewhere)
    assert answer.headers["location"].startswith(ARTICLE)
    assert room.post("/you", data={"by": "Ada", "next": elsewhere}).headers["location"] == "/you"


def test_a_statement_that_was_read_otherwise_since_is_led_to_what_stands_there_now(room, collection):
    form = fields_in(room.get(f"/statements/{BILL.statement_id}/judge").text)
    wider = Span(start_char=BILL.content[0].start_char, end_char=BILL.content[0].end_char + 1)
    new_id = statement_id_of(RECORD.article.article_id, (wider,), BILL.cue, BILL.source)
    anew = dataclasses.replace(BILL, statement_id=new_id, content=(wider,))
    read_again(collection, dataclasses.replace(RECORD, statements=(FROST, anew)))
    answer = judge(room, BILL, "accept", **form)
    assert answer.status_code == 404
    assert "This statement is not there now" in answer.text
    assert f"?statement={new_id}" in answer.text
    assert made_in(collection) == ()


def test_a_statement_that_never_was_is_told_so(room):
    answer = room.post("/statements/statement-0000/judge", data={"by": "Ada Quill", "act": "accept"})
    assert (answer.status_code, "This statement is not there now" in answer.text) == (404, True)


def test_a_judgement_from_before_the_article_was_read_anew_is_shown_with_the_statement(room, collection):
    judge(room, BILL, "accept", note="I was there.")
    wider = Span(start_char=BILL.content[0].start_char, end_char=BILL.content[0].end_char + 1)
    new_id = statement_id_of(RECORD.article.article_id, (wider,), BILL.cue, BILL.source)
    anew = dataclasses.replace(BILL, statement_id=new_id, content=(wider,))
    read_again(collection, dataclasses.replace(RECORD, statements=(FROST, anew)))
    assert "I was there." in room.get(f"/statements/{new_id}/judge").text


def test_who_only_reads_sees_no_form_and_changes_nothing(collection):
    settings = Settings(tokens=(Token(secret="r" * 32, right="read"),))
    reader = TestClient(
        make_app(collection, settings), base_url="http://localhost:8000", follow_redirects=False
    )
    reader.headers["Authorization"] = f"Bearer {'r' * 32}"
    for path in (f"/statements/{BILL.statement_id}/judge", "/review", "/judgements", "/you"):
        page = reader.get(path)
        assert page.status_code == 200
        main = page.text.partition("<main")[2].partition("</main>")[0]
        assert 'method="post"' not in main, path
    assert reader.post(f"/statements/{BILL.statement_id}/judge", data={"act": "accept"}).status_code == 403
    assert made_in(collection) == ()


@pytest.mark.parametrize("ugly", ["<script>alert(1)</script>", "\u202eevil", "a\x00b", "“’\"'>", "\ud83d"])
def test_a_hostile_note_stays_text(room, collection, ugly):
    sent = ugly.encode("utf-8", "surrogatepass")
    answer = room.post(
        f"/statements/{BILL.statement_id}/judge",
        data={"by": "Ada <b>Quill</b>", "act": "accept", "note": sent},  # type: ignore[dict-item]
    )
    assert answer.status_code == 303
    for path in (f"/statements/{BILL.statement_id}/judge", "/judgements", answer.headers["location"], "/you"):
        page = room.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<b>Quill" not in page.text


def test_a_content_as_long_as_an_article_is_shown_by_its_ends_and_not_taken_for_changed(tmp_path):
    words = "“" + "We say it again. \u202e" * 3_000 + "”"
    text = f"{words} said Zed."
    record = make_small_record(text, [make_statement(text, [words], cue="said", source="Zed")])
    statement = record.statements[0]
    with Collection(open_store(tmp_path / "long.onrecord", create=True)) as collection:
        collection.store.add_records([(record.capture, record)], READING)
        room = TestClient(make_app(collection), base_url="http://localhost:8000")
        page = room.get(f"/statements/{statement.statement_id}/judge").text
        assert len(fields_in(page)["content"]) < 2_100
        assert "Nothing was changed." in judge(room, statement, "correct", **fields_in(page)).text


def test_many_who_send_the_same_at_once_are_heard_once(room, collection):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: judge(room, FROST, "accept").status_code, range(8)))
    assert answers == [303] * 8
    assert len(made_in(collection)) == 1


def test_two_who_judge_at_once_are_both_kept(room, collection):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: judge(room, FROST, "correct", by=name, mode=name), ("wrote", "knows")))
    assert sorted(made.by for made in made_in(collection)) == ["knows", "wrote"]
    assert shown(collection, FROST).mode == made_in(collection)[-1].correction.value


def read_again(collection: Collection, record: Record) -> None:
    """Keeps another reading of the same capture."""
    collection.store.add_records([(record.capture, record)], Reading(reader="a newer test"))


def fields_in(page: str) -> dict[str, str]:
    """What a browser would send of the form that corrects, or of that which takes a rejected one back."""
    from lxml import html

    tree = html.fromstring(page)
    (form,) = tree.find_class("fields") or tree.find_class("verdict")
    return {name: value.removeprefix("\n") for name, value in form.form_values() if name not in {"act", "by"}}
