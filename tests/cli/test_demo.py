"""`onrecord demo`: bundled samples, listed and read, with a fake engine and invented samples."""

import json

import pytest

from onrecord.collection.samples import find_samples, load_samples
from onrecord.record import from_json

INDEX = [
    {"file": "bridge.txt", "title": "The bridge", "shows": "nested statements", "published": "3 May 2031"},
    {"file": "ferry.html", "title": "The ferry", "shows": "hops", "url": "https://quay.invalid/", "more": 1},
]


@pytest.fixture
def samples(tmp_path, monkeypatch):
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "index.json").write_text(json.dumps(INDEX), "utf-8")
    (folder / "bridge.txt").write_bytes(b"plain bridge")
    (folder / "ferry.html").write_bytes(b"plain ferry")
    monkeypatch.setattr("onrecord.cli.demo.find_samples", lambda: folder)
    return folder


def test_the_first_sample_is_read_where_none_is_named(run, samples, engine):
    result = run("demo")
    assert result.exit_code == 0
    assert "bridge" in result.stdout
    assert engine.calls == [{"source": b"plain bridge", "url": None, "published": "3 May 2031"}]


@pytest.mark.parametrize("name", ["ferry", "ferry.html"])
def test_a_sample_is_named_with_or_without_its_ending(run, samples, engine, name):
    run("demo", name)
    assert engine.calls[0] == {"source": b"plain ferry", "url": "https://quay.invalid/", "published": None}


def test_list_tells_what_each_sample_shows(run, samples, engine):
    lines = run("demo", "--list").stdout.split()
    assert {"bridge.txt", "nested", "ferry.html", "hops"} <= set(lines)
    assert engine.calls == []


def test_an_unknown_sample_names_the_nearest_and_all(run, samples):
    result = run("demo", "fery")
    assert result.exit_code == 2
    message = " ".join(result.stderr.split())
    assert "Did you mean ferry?" in message
    assert "bridge.txt, ferry.html" in message


def test_json_prints_nothing_but_the_record(run, samples):
    assert from_json(run("demo", "--json").stdout).article.text == "plain bridge"


def test_html_goes_to_a_file(run, samples, tmp_path):
    run("demo", "--html", "-o", "page.html")
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_broken_sample_ends_with_1(run, samples):
    (samples / "bridge.txt").write_bytes(b"BINARY")
    assert run("demo").exit_code == 1


def test_missing_samples_end_with_3(run, monkeypatch):
    monkeypatch.setattr("onrecord.collection.samples.INDEX", "no-such-index.json")
    result = run("demo")
    assert result.exit_code == 3
    assert "Install it again" in result.stderr


def test_every_bundled_sample_is_there_and_says_what_it_shows():
    folder = find_samples()
    bundled = load_samples(folder)
    assert len({s.file for s in bundled}) == len(bundled) > 0
    for sample in bundled:
        assert folder.joinpath(sample.file).read_bytes().strip()
        assert sample.title
        assert sample.shows
