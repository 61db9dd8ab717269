"""`onrecord search` by moment, by what nobody judged, and the least sure first."""

import dataclasses
import io
import json

import pytest
from click.testing import CliRunner

from onrecord.cli.exits import Program
from onrecord.cli.hits import render_answer
from onrecord.cli.search import search
from onrecord.record import Answer, Confidence, Query
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.bridge import make_record


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs `onrecord search` on a record whose statements are the surer the later they stand."""
    record = make_record()
    sure = tuple(
        dataclasses.replace(one, confidence=Confidence(statement=at / 100, content=1.0, cue=1.0, source=1.0))
        for at, one in enumerate(record.statements)
    )
    record = dataclasses.replace(record, statements=sure)
    with open_store(tmp_path / "news.onrecord", create=True) as store:
        store.add_records([(record.capture, record)], Reading(reader="onrecord 1 / model a"))
    monkeypatch.setenv("ONRECORD_FILE", str(tmp_path / "news.onrecord"))

    def run(*arguments, code=0):
        program = Program(commands={"search": search})
        result = CliRunner().invoke(program, ["search", *arguments])
        assert result.exit_code == code, result.output
        return result

    return run


def read(result):
    return json.loads(result.stdout)


def test_a_reviewer_sees_what_nobody_judged_the_least_sure_first_page_by_page(run):
    queue = ("--status", "unjudged", "--sort", "confidence", "--limit", "2", "--json")
    first = read(run(*queue))
    second = read(run(*queue, "--after", first["next"]))
    sure = [hit["confidence"] for answer in (first, second) for hit in answer["hits"]]
    assert sure == [0.0, 0.01, 0.02, 0.03]


def test_when_takes_a_moment_as_fine_as_an_hour(run):
    when = read(run("--json"))["hits"][0]["when"]
    assert read(run("--when", when[:10], "--json"))["hits"]
    assert read(run("--when", f"{when[:10]}T23", "--json"))["hits"] == []


def test_a_moment_that_is_none_is_told_with_those_that_are(run):
    told = run("--when", "soon", code=1).output
    assert "'soon'" in told
    assert "2024-03-20T15" in told


def test_a_comma_stands_at_the_words_and_a_moment_is_as_fine_as_it_is_known(run, tmp_path):
    with open_store(tmp_path / "news.onrecord", read_only=True) as store:
        (hit,) = store.search(Query(limit=1)).hits
    hours = {"said_from": "2031-05-03T05:00:00", "said_to": "2031-05-03T11:59:59"}
    words = {"before": "They said: ", "content": ("it holds",), "after": ", and left."}
    morning = dataclasses.replace(hit, when="2031-05-03T05:00", when_is="said", **hours, **words)
    shown = render_answer(Answer(hits=(morning,), total=1, next=None), io.StringIO())
    assert "They said: it holds, and left." in shown
    assert "3 May 2031, 05:00–11:59  " in shown
