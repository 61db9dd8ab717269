"""brat standoff: what brat's own parser reads of it, discontinuous spans, line breaks, notes, settings."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.export.brat import split_spans, write_annotation_conf, write_annotations, write_visual_conf
from onrecord.export.formats import FORMATS
from onrecord.export.markings import ATTRIBUTES, LABELS, LINKS
from onrecord.export.writing import export_to, write_stream
from onrecord.record import Judged, Span
from tests.bridge import make_record
from tests.export.annotations_back import BratDocument, parse_brat, read_brat
from tests.export.entries import make_judged
from tests.factories import make_small_record, make_statement
from tests.hostile import hostile_record


@pytest.fixture
def document() -> BratDocument:
    record = make_record()
    return parse_brat(record.article.text, write_annotations(Judged(record=record)))


def read_one(record) -> BratDocument:
    """The document of one record, through the file."""
    stream = io.BytesIO()
    write_stream(FORMATS["brat"], [Judged(record=record)], stream)
    with zipfile.ZipFile(stream) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".txt"))
        text = archive.read(name).decode("utf-8")
        return parse_brat(text, archive.read(name.replace(".txt", ".ann")).decode("utf-8"))


def test_a_statement_is_a_content_a_cue_and_a_source_with_relations(document):
    (told,) = document.of("T", words="told")
    (content,) = (one["head"] for one in document.of("R", kind="CueContent", tail=told["id"]))
    (source,) = (one["head"] for one in document.of("R", kind="CueSource", tail=told["id"]))
    assert document.lines[content]["words"] == (
        "“We will not open it before the frost,” “Not with these cables.”"
    )
    assert document.lines[source]["words"] == "Mira Vance"


def test_a_content_in_three_pieces_is_one_span_of_three_fragments(document):
    (river,) = (one for one in document.of("T", label="Content") if "river" in one["words"])
    assert len(document.bounds(river)) == 3


def test_form_and_mode_are_attributes_of_the_content(document):
    (river,) = (one for one in document.of("T", label="Content") if "river" in one["words"])
    own = {one["name"]: one["value"] for one in document.of("A", of=river["id"])}
    assert own == {"Form": "direct", "Mode": "wrote"}


def test_a_place_of_the_gazetteer_is_normalised(document):
    (beltown,) = document.of("T", label="Place", words="Beltown")
    (reference,) = document.of("N", of=beltown["id"])
    assert (reference["base"], reference["entry"], reference["words"]) == ("geonames", "1", "Beltown")


def test_a_note_tells_the_statement_and_its_speaker(document):
    (river,) = (one for one in document.of("T", label="Content") if "river" in one["words"])
    (note,) = document.of("#", of=river["id"])
    assert note["words"].startswith("statement-")
    assert "speaker: Ilse Corran" in note["words"]


def test_a_judged_statement_says_by_whom(tmp_path):
    path = tmp_path / "out.brat.zip"
    export_to(path, None, [make_judged()])
    (document,) = read_brat(path).values()
    (status,) = document.of("A", name="Status")
    assert status["value"] == "accepted"
    (note,) = document.of("#", of=status["of"])
    assert "accepted by Ada Quill" in note["words"]


@pytest.mark.parametrize(
    "sign", ["\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]
)
def test_a_span_is_cut_where_brat_would_end_a_line_or_a_field(sign):
    text = f"one{sign}two"
    whole = Span(start_char=0, end_char=len(text))
    assert split_spans([whole], text) == [(0, 3), (len(text) - 3, len(text))]


def test_a_span_of_nothing_but_line_breaks_is_an_empty_one_where_it_begins():
    assert split_spans([Span(start_char=2, end_char=4)], "a \n\n b") == [(2, 2)]


def test_offsets_are_code_points_of_the_text():
    text = "🚢 🚢 “Away,” Mira Vance said."
    record = make_small_record(text, [make_statement(text, ["“Away,”"], cue="said", source="Mira Vance")])
    (content,) = read_one(record).of("T", label="Content")
    assert content["bounds"] == f"{text.index('“')} {text.index('”') + 1}"


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=30))
def test_any_text_is_read_back_by_the_rules_of_brat(words):
    document = read_one(hostile_record(words))
    assert len(document.text) == len(words)
    assert len(document.of("T", label="Content")) == 1


def test_an_id_that_brat_cannot_read_stays_in_the_note_alone():
    assert read_one(hostile_record("no id: a b")).of("N") == []


def test_an_id_of_a_stranger_does_not_lead_out_of_the_folder(tmp_path):
    record = make_small_record("Nothing.")
    for article_id in ("../../etc/passwd", "/abs", "a/../b", "C:\\x", "\ud800"):
        object.__setattr__(record.article, "article_id", article_id)
        export_to(tmp_path / "out.brat.zip", None, [Judged(record=record)])
        (name,) = read_brat(tmp_path / "out.brat.zip")
        assert name.removeprefix("onrecord/article-").isalnum()


def test_an_article_that_comes_twice_is_written_twice(tmp_path):
    path = tmp_path / "out.brat.zip"
    export_to(path, None, [Judged(record=make_record()), Judged(record=make_record())])
    assert len(read_brat(path)) == 2


def test_the_settings_name_every_label_relation_and_attribute():
    lines = write_annotation_conf().splitlines()
    assert [line for line in lines if line.startswith("[")] == [
        "[entities]", "[relations]", "[events]", "[attributes]",
    ]  # fmt: skip
    assert set(LABELS) <= set(lines)
    named = {line.split("\t")[0] for line in lines}
    assert {*LINKS, *ATTRIBUTES} <= named


def test_the_settings_allow_statements_to_overlap():
    assert "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>" in write_annotation_conf()


def test_every_label_has_a_colour():
    coloured = {line.split("\t")[0] for line in write_visual_conf().splitlines() if "bgColor:#" in line}
    assert coloured == set(LABELS)
