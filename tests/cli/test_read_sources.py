"""`onrecord read` of what holds many articles: folders, archives, feeds and tables, with a fake engine."""

import json

import pytest

from onrecord.record import Failure, Record, from_json
from tests.ingest.archives import pack, record

ROWS = b'{"text": "plain first", "url": "https://courier.example/1"}\nnot json\n{"words": "plain second"}\n'


def records_of(output):
    return [from_json(line) for line in output.splitlines()]


def test_every_row_is_an_article_and_a_bad_one_a_failure_named_by_its_row(run):
    result = run("read", "rows.txt", "--json", rows=ROWS)
    found = records_of(result.stdout)
    assert [type(entry) for entry in found] == [Record, Failure, Failure]
    assert found[1].subject == "rows.txt: row 2"
    assert "onrecord: rows.txt: row 2: This is no JSON" in result.stderr
    assert result.exit_code == 1


def test_the_counts_at_the_end_are_of_articles(run):
    said = run("read", "rows.txt", rows=ROWS).stderr
    assert said.endswith("onrecord: 1 of 3 articles read, 2 could not be read; statements: 1.\n")


def test_column_names_the_key_of_the_text(run, engine):
    run("read", "rows.txt", "--column", "words", rows=b'{"text": "x", "words": "plain second"}\n')
    assert [call["source"] for call in engine.calls] == [b"plain second"]


def test_a_folder_is_read_in_order(run, engine, tmp_path):
    for name in ("b.txt", "a.txt"):
        (tmp_path / "news").mkdir(exist_ok=True)
        (tmp_path / "news" / name).write_bytes(f"plain {name}".encode())
    result = run("read", "news")
    assert [call["source"] for call in engine.calls] == [b"plain a.txt", b"plain b.txt"]
    assert "news/a.txt" in result.stdout


def test_an_archive_is_read_and_each_page_named_by_its_record(run, tmp_path):
    (tmp_path / "crawl.warc.gz").write_bytes(pack(record(number=1), record(number=2)))
    result = run("read", "crawl.warc.gz")
    assert "record <urn:uuid:2> at byte" in result.stdout
    assert result.exit_code == 0


def test_rows_may_come_from_standard_input(run, engine):
    run("read", "-", stdin=b'{"text": "plain one"}\n{"text": "plain two"}\n')
    assert [call["source"] for call in engine.calls] == [b"plain one", b"plain two"]


def test_the_address_of_a_row_is_its_own(run, engine):
    run("read", "rows.txt", rows=ROWS)
    assert engine.calls[0]["url"] == "https://courier.example/1"


def test_one_address_for_many_articles_is_a_wrong_command_line(run, engine):
    result = run("read", "rows.txt", "--url", "https://courier.example/", rows=ROWS)
    assert (result.exit_code, engine.calls) == (2, [])


def test_pages_of_many_articles_are_named_by_their_places(run, tmp_path):
    rows = b"".join(json.dumps({"text": f"plain {n}"}).encode() + b"\n" for n in range(2))
    result = run("read", "rows.txt", "--html", "-o", "pages", rows=rows)
    assert result.exit_code == 0
    assert sorted(p.name for p in (tmp_path / "pages").iterdir()) == ["rows-row-1.html", "rows-row-2.html"]


def test_pages_of_many_articles_need_a_folder(run, engine):
    assert run("read", "rows.txt", "--html", rows=ROWS).exit_code == 2
    assert engine.calls == []


def test_a_second_page_from_standard_input_needs_a_folder(run):
    result = run("read", "-", "--html", stdin=b'{"text": "plain one"}\n{"text": "plain two"}\n')
    assert result.exit_code == 2
    assert "give a folder" in result.stderr


def test_a_page_of_a_folder_never_overwrites_the_file_that_it_was_made_of(run, tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.html").write_bytes(b"<html><p>plain a")
    assert run("read", "news", "--html", "-o", "news").exit_code == 2
    assert (tmp_path / "news" / "a.html").read_bytes() == b"<html><p>plain a"


def write_site(folder):
    """Three pages of different stories with a box at the end of each."""
    folder.mkdir()
    for n, thing in enumerate(("ferry", "orchard", "choir")):
        page = (
            f"<html><head><title>The {thing} closes</title></head><body><article><h1>The {thing} closes</h1>"
            f"<p>Nobody knows who is to pay for the {thing}, which has cost more in each of these years.</p>"
            "<p>The Beltown Courier belongs to those who read it: shares are sold in Mill Street.</p>"
            "</article></body></html>"
        )
        (folder / f"{n}.html").write_text(page, "utf-8")


def test_learn_furniture_goes_through_all_inputs_first(run, engine, tmp_path):
    write_site(tmp_path / "news")
    result = run("read", "news", "--learn-furniture")
    assert "onrecord: Furniture learned; sites: 1, blocks that their stories repeat: 1." in result.stderr
    assert [list(call["repeated"].sites) for call in engine.calls] == [["news"]] * 3


def test_learn_furniture_says_where_there_was_nothing_to_learn(run):
    result = run("read", "rows.txt", "--learn-furniture", rows=ROWS)
    assert "onrecord: No furniture learned: no 3 stories of one site repeat a block." in result.stderr
    assert "1 of 3 articles read, 2 could not be read" in result.stderr


@pytest.mark.parametrize("name", ["-", "https://courier.example/1"])
def test_what_cannot_be_read_twice_teaches_no_furniture(run, engine, name):
    result = run("read", name, "--fetch", "--learn-furniture", stdin=b"plain one")
    assert (result.exit_code, engine.calls) == (2, [])
    assert f"reads everything twice, and {name} cannot be: save it as a file first." in result.stderr
