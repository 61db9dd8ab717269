"""The page sets as they lie in their folder, the tables, and the gate of pages, on invented pages."""

import gzip
import json

import pytest
from click.testing import CliRunner

from eval import gate, page_gate
from eval.__main__ import main
from eval.page_corpus import hash_pages, read_author_string, read_pages, take_part
from eval.page_figures import PageReading

PUBLISHER = {
    "id": "bt/Courier.html.gz",
    "url": "https://beltown-courier.example/dam",
    "html": "<html><body><h1>Dam holds</h1></body></html>",
    "gold": {
        "text": "The dam held.",
        "title": "Dam holds",
        "authors": [],
        "date": "2024-03-20",
        "datetime": "2024-03-20 15:02:00",
        "heads": ["Water"],
        "caption_only": [],
    },
}
WCXB = {
    "id": "0001",
    "url": "https://beltown-courier.example/2",
    "html": "<html><body><h1>Dam holds</h1></body></html>",
    "gold": {
        "title": "Dam holds",
        "author": None,
        "publish_date": "2024-03",
        "with": ["The dam"],
        "without": [],
    },
}


@pytest.fixture
def folder(tmp_path):
    for name, line in (("publishers", PUBLISHER), ("wcxb-dev-articles", WCXB)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            for i in range(40):
                file.write(json.dumps({**line, "id": f"{i:02}{line['id']}"}) + "\n")
    return tmp_path


@pytest.fixture
def floors(tmp_path, monkeypatch):
    path = tmp_path / "floors.toml"
    monkeypatch.setattr(page_gate, "FLOORS", path)
    return path


def right(page):
    return PageReading(text="The dam held.", title="Dam holds", headings=("Water",), published="2024-03-20")


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def test_a_moment_without_a_zone_is_no_gold_moment(folder):
    page = read_pages(folder, "publishers")[0]
    assert (page.day, page.moment, page.authors) == ("2024-03-20", None, frozenset())


def test_a_gold_month_is_no_gold_day_and_no_text_is_none(folder):
    page = read_pages(folder, "wcxb")[0]
    assert (page.day, page.text, page.headings) == (None, None, None)


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Mara Quill", {"mara quill"}),
        ("Quill, Mara T.", {"quill, mara t."}),
        ("Mara Quill, MS, Ph.D., Dietitian", {"mara quill"}),
        ("Mara Quill, MD, Ole Brandt & Ines Roth", {"mara quill", "ole brandt", "ines roth"}),
        ("Mara and Ole", {"mara", "ole"}),
        ("Mara Quill, Shipping Expert", {"mara quill"}),
    ],
)
def test_a_gold_string_of_authors_is_read_as_the_people_it_names(stated, names):
    assert frozenset(names) in read_author_string(stated)


def test_one_of_two_authors_is_not_the_set():
    for stated in ("Mara and Ole", "Mara Quill, Ole Brandt", "Mara Quill & Ole Brandt, MD"):
        assert not {frozenset({"mara"}), frozenset({"mara quill"})} & read_author_string(stated)


def test_no_gold_author_is_no_set():
    assert read_author_string(" ") == frozenset()


def test_the_part_of_the_gate_hangs_on_ids_alone(folder):
    pages = read_pages(folder, "publishers")
    part = take_part(pages, 3)
    assert 0 < len(part) < len(pages)
    assert take_part(pages[::-1], 3) == part[::-1]
    assert hash_pages(part) != hash_pages(pages)


def test_a_table_a_set_shows_onrecord_beside_the_markup(folder, monkeypatch):
    monkeypatch.setattr("eval.page_peers._version_of", lambda name, tell: None)
    written = folder / "out.json"
    output = run("pages", "--data", folder, "--limit", 2, "--boot", 5, "--peers", "--json", written).output
    assert "publishers: 2 pages" in output
    assert "wcxb: 2 pages" in output
    assert "| JSON-LD and meta |" in output
    figures = json.loads(written.read_text())["wcxb"]["onrecord"]["figures"]
    assert figures["authors_invented"]["value"] == 0


@pytest.mark.parametrize("command", ["pages", "pagegate"])
def test_missing_pages_are_said_with_exit_code_two(tmp_path, command):
    result = run(command, "--data", tmp_path)
    assert result.exit_code == 2
    assert "publishers.jsonl.gz" in result.stderr
    assert "Give the folder" in result.stderr


def test_scores_above_their_floors_pass_and_a_drop_is_named(folder):
    part = page_gate.read_part(folder)
    scores = page_gate.score_part(part, right)
    assert scores["publishers_text"] == scores["publishers_headings"] == 100
    assert scores["wcxb_authors_not_invented"] == scores["wcxb_with"] == 100
    floors = page_gate.floors_for(part, scores)
    assert page_gate.judge_pages(part, floors, right).drops == ()
    drops = page_gate.judge_pages(part, floors, lambda page: PageReading(authors=("Staff",))).drops
    assert any("publishers_day is 0.00" in drop for drop in drops)
    assert any("wcxb_authors_not_invented is 0.00" in drop for drop in drops)


def test_other_pages_are_not_scored(folder):
    part = page_gate.read_part(folder)
    verdict = page_gate.judge_pages(part, gate.Floors(0, "0", {}), right)
    assert verdict.scores == {}
    assert "--accept-lower" in verdict.drops[0]


def test_a_new_figure_gets_a_floor_and_no_floor_falls():
    raised = gate.raise_floors(gate.Floors(1, "0", {"a": 90.0}), {"a": 80.0, "b": 50.7})
    assert raised.floors == {"a": 90.0, "b": 50.2}


def test_the_command_writes_floors_that_it_then_holds(folder, floors):
    assert run("pagegate", "--data", folder, "--accept-lower").exit_code == 0
    assert "python -m eval pagegate" in floors.read_text()
    assert run("pagegate", "--data", folder).exit_code == 0
    higher = gate.read_floors(floors)
    gate.write_floors(gate.Floors(higher.articles, higher.sha256, dict.fromkeys(higher.floors, 99.9)), floors)
    failed = run("pagegate", "--data", folder)
    assert failed.exit_code == 1
    assert "below its floor of 99.9" in failed.stderr
