"""MEANTIME's XML becomes articles: text as news has it, entities, who says what, and times."""

import io
import tarfile
from itertools import count

import pytest

from eval.meantime import ACROSS, WITHIN, read_document, read_meantime, write_text
from onrecord.errors import InputError

SENTENCES = [
    "Vale Works builds a `` Beltown '' bridge",
    "March 01 , 2031",
    "Head Mara Quill of Vale Works , an engineer , said it would cost # 5 .",
    "`` It stands .",
    "It is safe , '' she added on Monday .",
    "Officials deny that O' Hara claimed so .",
    "A last one .",
]


def make_xml():
    """The article as the corpus has it; the numbers of tokens run on from 1."""
    number, tokens = count(1), []
    for i, sentence in enumerate(SENTENCES):
        tokens += [(next(number), i, word) for word in sentence.split()]
    place = {word: n for n, _, word in reversed(tokens)}
    marks, relations = [], []

    def mark(tag, name, first, last, **fields):
        own = "".join(f'<token_anchor t_id="{n}"/>' for n in range(first, last + 1))
        shown = "".join(f' {k}="{v}"' for k, v in fields.items())
        marks.append(f'<{tag} m_id="{name}"{shown}>{own}</{tag}>')

    def relate(tag, source, target, role=""):
        sem = f' sem_role="{role}"' if role else ""
        relations.append(f'<{tag}{sem}><source m_id="{source}"/><target m_id="{target}"/></{tag}>')

    mark("ENTITY_MENTION", "1", place["Head"], place["Head"] + 2, syntactic_type="NAM", head="")
    mark("ENTITY_MENTION", "2", place["she"], place["she"], syntactic_type="", head="")
    mark("ENTITY_MENTION", "3", place["Head"], place["engineer"], syntactic_type="", head="")
    mark(
        "ENTITY_MENTION", "4", place["engineer"] - 1, place["engineer"], syntactic_type="NOM", head="engineer"
    )
    mark("ENTITY_MENTION", "5", place["Officials"], place["Officials"], syntactic_type="", head="")
    mark("ENTITY_MENTION", "6", place["O'"], place["Hara"], syntactic_type="NAM", head="")
    for name, word in (("10", "said"), ("11", "added"), ("12", "deny"), ("13", "builds"), ("14", "claimed")):
        mark("EVENT_MENTION", name, place[word], place[word])
    mark("TIMEX3", "20", place["March"], place["2031"], type="DATE", value="2031-03-01",
         functionInDocument="CREATION_TIME")  # fmt: skip
    mark("TIMEX3", "21", place["Monday"], place["Monday"], type="DATE", value="2031-02-24")
    mark("ENTITY", "30", 1, 0, ent_type="PER", TAG_DESCRIPTOR="Mara Quill", external_ref="http://x.invalid/q")
    mark("ENTITY", "31", 1, 0, ent_type="PER", TAG_DESCRIPTOR="officials", external_ref="")
    mark("ENTITY", "32", 1, 0, ent_type="ORG", TAG_DESCRIPTOR="Hara", external_ref="")
    for name, kind in (("40", "SPEECH_COGNITIVE"), ("41", "OTHER")):
        mark("EVENT", name, 1, 0, **{"class": kind})
    for mention, instance in zip("123456", ("30", "30", "30", "30", "31", "32"), strict=True):
        relate("REFERS_TO", mention, instance)
    for event, instance in (("10", "40"), ("11", "40"), ("12", "40"), ("13", "41"), ("14", "40")):
        relate("REFERS_TO", event, instance)
    for event, who in (("10", "3"), ("11", "2"), ("12", "5"), ("13", "1")):
        relate("HAS_PARTICIPANT", event, who, "Arg0")
    relate("HAS_PARTICIPANT", "14", "6", "Arg1")
    shown = "".join(f'<token t_id="{n}" sentence="{i}" number="0">{word}</token>' for n, i, word in tokens)
    return (
        f'<?xml version="1.0"?><Document doc_name="bridge">{shown}<Markables>{"".join(marks)}</Markables>'
        f"<Relations>{''.join(relations)}</Relations></Document>"
    ).encode()


@pytest.fixture(scope="module")
def document():
    return read_document("bridge", make_xml())


def test_the_text_has_a_headline_a_date_line_and_paragraphs(document):
    assert document.text.split("\n\n") == [
        "Vale Works builds a “Beltown” bridge",
        "March 01, 2031",
        "Head Mara Quill of Vale Works, an engineer, said it would cost £5. “It stands. "
        "It is safe,” she added on Monday.",
        "Officials deny that O'Hara claimed so. A last one.",
    ]
    assert document.title == "Vale Works builds a “Beltown” bridge"


def test_each_token_has_its_place(document):
    words = [word for sentence in SENTENCES for word in sentence.split()]
    shown = {"``": "“", "''": "”", "#": "£"}
    assert [t.of(document.text) for t in document.tokens] == [shown.get(w, w) for w in words]
    assert document.sentences[4].of(document.text) == "It is safe,” she added on Monday."


def test_the_date_of_the_article_is_that_of_its_creation(document):
    assert document.published == "2031-03-01"
    assert [(t.span.of(document.text), t.value, t.is_creation) for t in document.times] == [
        ("March 01, 2031", "2031-03-01", True),
        ("Monday", "2031-02-24", False),
    ]


def test_entities_have_their_mentions_in_order(document):
    quill = document.entity("30")
    assert (quill.name, quill.kind, quill.reference) == ("Mara Quill", "person", "http://x.invalid/q")
    assert [(m.span.of(document.text), m.head.of(document.text), m.form) for m in quill.mentions] == [
        ("Head Mara Quill", "Quill", "name"),
        ("Head Mara Quill of Vale Works, an engineer", "Quill", "name"),
        ("an engineer", "engineer", "nominal"),
        ("she", "she", "pronoun"),
    ]
    assert document.entity("31").reference is None


def test_sayings_are_speech_events_whose_first_argument_refers_to_an_entity(document):
    """ "builds" is no speech, and of "claimed" the corpus tells no first argument."""
    shown = [(" ".join(w.of(document.text) for w in s.words), s.form, s.entity_id) for s in document.sayings]
    assert shown == [("said", "name", "30"), ("added", "pronoun", "30"), ("deny", "nominal", "31")]


def test_a_source_in_another_sentence_is_none_of_the_event():
    xml = make_xml().replace(
        b'<HAS_PARTICIPANT sem_role="Arg0"><source m_id="12"/><target m_id="5"/>',
        b'<HAS_PARTICIPANT sem_role="Arg0"><source m_id="12"/><target m_id="3"/>',
    )
    assert read_document("bridge", xml).sayings[2].form == "none"


def test_a_quotation_that_is_never_closed_ends_a_paragraph_in_the_end():
    tokens = [(i, word) for i in range(10) for word in (["``", "A"] if i == 2 else ["B", "."])]
    assert len(write_text(tokens)[0].split("\n\n")) == 4


def write_archive(path, files):
    with tarfile.open(path, "w:xz") as archive:
        for name, body in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))


def test_a_layer_of_the_archive_is_read_in_the_order_of_names(tmp_path):
    xml = make_xml()
    files = {f"{WITHIN}/corpus_x/{n}.xml": xml for n in "ba"} | {
        f"{ACROSS}/corpus_x/c.xml": xml,
        "README": b"",
    }
    write_archive(tmp_path / "m.tar.xz", files)
    assert [d.name for d in read_meantime(tmp_path / "m.tar.xz")] == ["a", "b"]
    assert [d.name for d in read_meantime(tmp_path / "m.tar.xz", ACROSS)] == ["c"]


def test_what_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match="There is no such file"):
        read_meantime(tmp_path / "m.tar.xz")
    (tmp_path / "m.tar.xz").write_bytes(b"no archive")
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_meantime(tmp_path / "m.tar.xz")
    with pytest.raises(InputError, match="bridge: This is no XML"):
        read_document("bridge", b"<Document>")
