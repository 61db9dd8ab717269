"""The samples of the demo: what is expected of each stands in it, and together they are hard."""

import json
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from onrecord.record import Form, HopKind

FOLDER = Path(__file__).resolve().parents[1] / "samples"
INDEX = json.loads((FOLDER / "index.json").read_text("utf-8"))
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
FILES = sorted(EXPECTED)
MARKS = '“"«„»'
MARKED = re.compile(f"[{MARKS}]")

# Every shape that the samples must hold between them.
SHAPES = frozenset(
    [
        "plain-text",
        "html",
        "title",
        "byline",
        "dateline",
        "credit",
        "heading",
        "furniture",
        "direct",
        "indirect",
        "mixed",
        "curly-marks",
        "straight-marks",
        "guillemets",
        "low-high-marks",
        "single-marks",
        "unclosed-mark",
        "several-paragraphs",
        "source-before",
        "source-after",
        "source-in-middle",
        "colon-cue",
        "no-source",
        "nested-attribution",
        "hop-told",
        "hop-according-to",
        "hop-wrote-on",
        "hop-quoted-by",
        "hop-cited-document",
        "hop-anonymous",
        "hop-familiar-person",
        "thought",
        "feeling",
        "wanting",
        "knowing",
        "long-title-source",
        "appositive-source",
        "pronoun-source",
        "role-source",
        "scare-quotes",
        "work-title",
        "relative-date",
        "place",
        "same-press-conference",
    ]
)
# What a sample must hold to bear these tags; the others are told by a reader.
IN_TEXT = {
    "curly-marks": "“[^”]+”",
    "straight-marks": '"[^"]+"',
    "guillemets": "«[^»]+»",
    "low-high-marks": "„[^“]+“",
    "single-marks": "‘[^“”]+,’ said",
    "scare-quotes": r"[\"‘'](?:cellar affair|missing|lifeline|miracle knee)[\"’']",
    "work-title": '[‘"]The [A-Z]',
    "furniture": "Trending Now|Most Read|MOST READ|Read more|More from",
    "byline": r"\bBy |by |(?m:^Maud Pennick)|Staff writers|Football Writer",
    "credit": "Photo|Credit|Picture|Image",
    "relative-date": "(?i)earlier in|last (?:week|year)|next week|since|until thursday|on thursday|in may",
}
IN_STATEMENT = {
    "colon-cue": lambda s: s["cue"] == ":",
    "no-source": lambda s: s["source"] is None and s["cue"] is not None,
    "several-paragraphs": lambda s: len(s["content"]) >= 3,
    "unclosed-mark": lambda s: any(c[0] == "“" and "”" not in c for c in s["content"]),
    "pronoun-source": lambda s: s["source"] in ("he", "He", "she", "She", "I", "it", "It"),
    "role-source": lambda s: bool(re.match(r"(?i)(?:the|one of|a) [a-z]", s["source"] or "")),
    "appositive-source": lambda s: "," in (s["source"] or ""),
    "hop-familiar-person": lambda s: s["source"] == "a person familiar with the matter",
}


class _VisibleText(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style", "head")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style", "head")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def visible_text(file):
    text = (FOLDER / file).read_text("utf-8")
    if not file.endswith(".html"):
        return text
    parser = _VisibleText()
    parser.feed(text)
    return "".join(parser.parts)


def statements_of(file):
    return EXPECTED[file]["statements"]


def strings_of(statement):
    single = (statement["cue"], statement["source"], statement["speaker"])
    return [*statement["content"], *filter(None, single), *(hop["text"] for hop in statement["hops"])]


def bears(file, shape):
    """Whether the sample shows what the tag says; True for a tag that only a reader can judge."""
    if shape in IN_TEXT:
        return re.search(IN_TEXT[shape], visible_text(file)) is not None
    if shape in IN_STATEMENT:
        return any(IN_STATEMENT[shape](s) for s in statements_of(file))
    if shape in get_args(Form):
        return any(s["form"] == shape for s in statements_of(file))
    kind = shape.removeprefix("hop-").replace("-", "_")
    if kind in get_args(HopKind):
        return any(hop["kind"] == kind for s in statements_of(file) for hop in s["hops"])
    return shape not in ("html", "plain-text") or (shape == "html") == file.endswith(".html")


def test_files_index_and_expectations_name_the_same_samples():
    on_disk = {p.name for p in FOLDER.iterdir() if p.suffix in (".txt", ".html")}
    assert {entry["file"] for entry in INDEX} == on_disk == set(EXPECTED)


def test_the_index_names_each_sample_once():
    assert len(INDEX) == len({entry["file"] for entry in INDEX}) >= 9


@pytest.mark.parametrize("entry", INDEX, ids=lambda entry: entry["file"])
def test_an_entry_of_the_index_has_the_title_of_its_sample(entry):
    assert set(entry) == {"file", "title", "shows", "url", "published"}
    assert entry["title"] in visible_text(entry["file"])


@pytest.mark.parametrize("entry", INDEX, ids=lambda entry: entry["file"])
def test_an_entry_of_the_index_points_to_a_reserved_domain(entry):
    assert re.match(r"https://[a-z-]+\.example/", entry["url"])


def test_a_moment_of_publication_in_the_index_has_its_offset():
    moments = [entry["published"] for entry in INDEX if entry["published"]]
    assert moments
    assert all(datetime.fromisoformat(moment).utcoffset() is not None for moment in moments)


@pytest.mark.parametrize("file", FILES)
def test_a_file_name_is_in_kebab_case(file):
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*\.(?:txt|html)", file)


@pytest.mark.parametrize("file", FILES)
def test_a_sample_is_a_short_article(file):
    assert 150 <= len(visible_text(file).split()) <= 450


@pytest.mark.parametrize("file", FILES)
def test_every_expected_string_stands_verbatim_in_its_sample(file):
    text = visible_text(file)
    assert [s for statement in statements_of(file) for s in strings_of(statement) if s not in text] == []


@pytest.mark.parametrize("file", FILES)
def test_the_parts_of_a_content_follow_each_other(file):
    text = visible_text(file)
    for statement in statements_of(file):
        places = [text.index(part) for part in statement["content"]]
        assert places == sorted(places), statement


@pytest.mark.parametrize("file", FILES)
def test_no_statement_is_expected_twice(file):
    keys = [(tuple(s["content"]), s["cue"], s["source"]) for s in statements_of(file)]
    assert len(keys) == len(set(keys)) >= 8


@pytest.mark.parametrize("file", FILES)
def test_forms_and_kinds_of_hops_are_those_of_the_record(file):
    assert {s["form"] for s in statements_of(file)} <= set(get_args(Form))
    assert {hop["kind"] for s in statements_of(file) for hop in s["hops"]} <= set(get_args(HopKind))


@pytest.mark.parametrize("file", FILES)
def test_the_form_agrees_with_the_marks_of_the_content(file):
    singles = "‘" if "single-marks" in EXPECTED[file]["shapes"] else ""
    for statement in statements_of(file):
        opens = [part[0] in MARKS + singles for part in statement["content"]]
        marked = any(set(MARKS + singles) & set(part) for part in statement["content"])
        form = "direct" if all(opens) else "mixed" if marked else "indirect"
        assert statement["form"] == form, statement


@pytest.mark.parametrize("file", FILES)
def test_what_is_no_statement_stands_in_the_sample_and_is_no_content(file):
    text = visible_text(file)
    contents = {part for s in statements_of(file) for part in s["content"]}
    refused = EXPECTED[file]["not_statements"]
    assert refused
    assert [r for r in refused if r not in text or r in contents] == []


def test_the_samples_hold_every_shape_between_them():
    assert {shape for sample in EXPECTED.values() for shape in sample["shapes"]} == SHAPES


@pytest.mark.parametrize("file", FILES)
def test_a_sample_bears_each_of_its_tags(file):
    assert [shape for shape in EXPECTED[file]["shapes"] if not bears(file, shape)] == []


def test_three_outlets_report_one_press_conference_in_drifting_words():
    files = [file for file in FILES if "same-press-conference" in EXPECTED[file]["shapes"]]
    quotations = {s["content"][0] for file in files for s in statements_of(file) if "bolt" in s["content"][0]}
    assert (len(files), len(quotations)) == (3, 3)
