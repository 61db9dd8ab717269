"""`onrecord check`: verdicts, exit codes, both faces, bytes given beside, and reading anew."""

import dataclasses
import json

import pytest

from onrecord.ingest import make_capture, read_article
from onrecord.ingest.site_furniture import BY_SITE
from onrecord.record import Failure, HeaderField, LeftOut, Note, Origin, Record, to_json
from tests.factories import make_statement

PAGE = (
    "<html><head><title>Bridge to Stay Shut</title></head><body><article>"
    "<p>The mayor of Beltown said on Monday that the old bridge would stay shut until spring.</p>"
    "<p>Nobody had been told, she added, and nobody had thought of asking the engineers.</p>"
    "</article></body></html>"
)


def make_record(body=PAGE):
    capture = make_capture(body.encode(), url="https://courier.invalid/bridge")
    return Record(capture=capture, article=read_article(capture), statements=())


def line_of(record, *, with_body=True):
    return to_json(record, with_body=with_body).encode() + b"\n"


RECORD = make_record()
GOOD = line_of(RECORD)


def tamper(record=RECORD, **fields):
    return line_of(dataclasses.replace(record, article=dataclasses.replace(record.article, **fields)))


def checked(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_sound_record_is_one_line_and_exit_code_0(run):
    result = run("check", "a.txt", a=GOOD)
    assert result.exit_code == 0
    assert result.stdout == "a.txt:1: sound: 4 spans proven · https://courier.invalid/bridge\n"
    assert result.stderr == ""


def test_what_failed_stands_below_its_record_with_words_and_bytes(run):
    text = RECORD.article.text.replace("stay shut until", "stay open until")
    result = run("check", "a.txt", a=tamper(text=text))
    assert result.exit_code == 1
    at = PAGE.index("The mayor")
    end = PAGE.index("</p>")
    assert "a.txt:1: FAILED: 3 spans proven, 1 failed" in result.stdout
    assert "would stay open until spring.”" in result.stdout
    assert (
        f"the bytes {at}–{end} hold “The mayor of Beltown said on Monday that the old bridge would stay shut"
        in (result.stdout)
    )
    assert "article_id: The text and the hash give article-" in result.stdout


def test_a_text_that_its_spans_deny_is_no_record(run):
    result = run("check", "a.txt", a=GOOD.replace(b'"text":"Bridge', b'"text":"Ridge', 1))
    assert result.exit_code == 1
    assert "the article's text there" in result.stdout


@pytest.mark.parametrize("line", [b"{}", b"no json", b"\xff\xfe", b"[1]", b'{"article": 1}'])
def test_a_line_that_is_no_record_is_said_and_the_next_is_checked(run, line):
    result = run("check", "a.txt", a=line + b"\n\n" + GOOD)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1].startswith("a.txt:3: sound")
    assert "1 of 2 records are sound" in result.stderr


def test_a_failure_has_nothing_to_prove_and_is_no_fault(run):
    failure = Failure(stage="read", reason="BinaryInputError", detail="A picture.", subject="b.png")
    result = run("check", "a.txt", a=GOOD + to_json(failure).encode())
    assert result.exit_code == 0
    assert "a.txt:2: nothing to prove: b.png could not be read (BinaryInputError)" in result.stdout
    assert "1 of 1 records are sound" in result.stderr
    assert "failure to read, with nothing to prove: 1" in result.stderr


def test_a_record_without_its_bytes_says_what_to_do(run):
    result = run("check", "a.txt", a=line_of(RECORD, with_body=False))
    assert result.exit_code == 1
    assert "--keep-body" in result.stdout


def test_bytes_can_be_given_beside_the_record(run):
    result = run("check", "a.txt", "--bytes", "b.txt", a=line_of(RECORD, with_body=False), b=PAGE.encode())
    assert result.exit_code == 0


def test_other_bytes_are_told_by_their_hash(run):
    result = run("check", "a.txt", "--bytes", "b.txt", a=GOOD, b=PAGE.replace("Monday", "Sunday").encode())
    assert result.exit_code == 1
    assert "hash: The bytes have the SHA-256" in result.stdout
    assert "Sunday" in result.stdout


def test_bytes_for_several_records_are_a_wrong_command_line(run):
    result = run("check", "a.txt", "--bytes", "b.txt", a=GOOD + GOOD, b=b"x")
    assert result.exit_code == 2
    assert "there are 2" in result.stderr


@pytest.mark.parametrize("arguments", [["check"], ["check", "gone.txt"], ["check", "."]])
def test_a_wrong_command_line_ends_with_2(run, arguments):
    assert run(*arguments).exit_code == 2


def test_unmapped_spans_are_counted_and_listed_when_asked(run):
    lines = {flag: run("check", "a.txt", *flag, a=tamper(source_map=None)) for flag in ((), ("-v",))}
    assert {result.exit_code for result in lines.values()} == {0}
    assert "sound: 0 spans proven, 4 not mapped" in lines[()].stdout
    assert "not mapped article.title.span" not in lines[()].stdout
    assert (
        "  not mapped article.title.span: “Bridge to Stay Shut” The record has no map" in lines["-v",].stdout
    )


def test_json_is_one_object_a_record(run):
    good, bad = checked(run("check", "--json", "a.txt", a=GOOD + tamper(article_id="article-0")))
    assert (good["source"], good["line"], good["sound"], good["proof"]["proven"]) == ("a.txt", 1, True, 4)
    assert (bad["line"], bad["sound"], bad["proof"]["faults"][0]["what"]) == (2, False, "article_id")


def test_a_dash_reads_standard_input_and_counts_are_said(run):
    result = run("check", "-", stdin=GOOD + GOOD)
    assert result.exit_code == 0
    assert result.stdout.startswith("-:1: sound")
    assert result.stderr == ("onrecord: 2 of 2 records are sound; spans: 8 proven, 0 not mapped, 0 failed.\n")


def test_a_file_without_a_record_says_so(run):
    result = run("check", "a.txt", a=b"\n")
    assert ("no record" in result.stderr, result.exit_code) == (True, 1)


def test_nothing_of_a_record_acts_on_the_terminal(run):
    title = dataclasses.replace(RECORD.article.title, value="\x1b[31m")
    text = RECORD.article.text.replace("Monday", "\x1b[31mm")
    result = run("check", "a.txt", a=tamper(text=text, title=title, url="\x1b]0;x\x07"))
    assert "\x1b" not in result.stdout
    assert "␛[31mm" in result.stdout


@pytest.fixture
def rereading(engine, monkeypatch):
    """An engine that reads pages without weights."""
    calls = []

    def read_capture(self, capture, *, published=None):
        calls.append(published)
        article = read_article(capture, published=published)
        return Record(capture=capture, article=article, statements=())

    monkeypatch.setattr(engine, "read_capture", read_capture)
    return calls


def test_reading_anew_says_that_all_comes_out_the_same(run, rereading):
    result = run("check", "--reread", "a.txt", a=GOOD)
    assert result.exit_code == 0
    assert "read anew the same" in result.stdout


def test_reading_anew_finds_what_no_span_shows(run, rereading):
    forged = HeaderField(
        value="Ann Poe", raw="Ann Poe", span=None, origin=Origin(kind="markup", name="x", version="1")
    )
    result = run("check", "--reread", "a.txt", a=tamper(authors=(forged,)))
    assert result.exit_code == 1
    assert "  read anew, these come out otherwise: authors" in result.stdout
    assert run("check", "a.txt", a=tamper(authors=(forged,))).exit_code == 0


def test_bytes_in_an_encoding_that_cannot_be_are_not_read_anew(run, rereading):
    capture = dataclasses.replace(RECORD.capture, encoding="utf-16")
    result = run("check", "--reread", "a.txt", a=line_of(dataclasses.replace(RECORD, capture=capture)))
    assert result.exit_code == 1
    assert "encoding: The bytes read as utf-8; the record says utf-16." in result.stdout
    assert rereading == []


def test_reading_anew_takes_the_moment_that_was_given(run, rereading):
    article = read_article(RECORD.capture, published="3 May 2031")
    result = run("check", "--reread", "a.txt", a=line_of(dataclasses.replace(RECORD, article=article)))
    assert (result.exit_code, rereading) == (0, ["3 May 2031"])


def test_what_lacks_what_its_site_repeats_is_not_read_anew(run, rereading):
    coverage = RECORD.article.coverage
    left = (*coverage.left_out, LeftOut(kind=BY_SITE, blocks=1, words=9))
    line = tamper(coverage=dataclasses.replace(coverage, left_out=left))
    result = run("check", "--reread", "a.txt", a=line)
    assert (result.exit_code, rereading) == (0, [])
    assert "sound: 4 spans proven, not read anew, because what its site repeats was learned" in result.stdout


def test_reading_anew_leaves_out_thoughts_where_the_record_does(run, engine, monkeypatch):
    text = RECORD.article.text
    thought = make_statement(text, ["the old bridge"], cue=None, source=None, mode="thinks")
    whole = dataclasses.replace(RECORD, statements=(thought,))
    monkeypatch.setattr(engine, "read_capture", lambda self, capture, *, published=None: whole)
    note = Note(stage="cli", reason="spoken_only", detail="Left out.")
    lines = line_of(RECORD) + line_of(dataclasses.replace(RECORD, notes=(note,)))
    result = run("check", "--reread", "--json", "a.txt", a=lines)
    assert [one["differences"] for one in checked(result)] == [["statements"], []]
