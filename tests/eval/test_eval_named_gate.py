"""The gate of who, when and where, on an invented document of each corpus."""

import gzip
import io
import tarfile
from dataclasses import replace
from functools import partial
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from eval import gate, named_commands, named_gate
from eval.__main__ import main
from eval.place_corpora import split_of
from eval.times import is_held_out, predict_by_rules
from onrecord.extract.found import Found, FoundMention
from onrecord.record import GazetteerEntry, Origin, PlaceValue, Span
from tests.factories import make_small_record, make_statement

pytest.importorskip("scipy", reason="scipy pairs clusters for CEAF-e")

HELD_OUT, REST = (next(n for n in map(str, range(99)) if is_held_out(n) is held) for held in (True, False))
PLACED = "Beltown and Harlow met."
MEANTIME = (
    "<Document doc_name='bridge'><token t_id='1' sentence='0'>Quill</token>"
    "<token t_id='2' sentence='0'>agreed</token><Markables>"
    "<ENTITY_MENTION m_id='1' syntactic_type='NAM' head=''><token_anchor t_id='1'/></ENTITY_MENTION>"
    "<EVENT_MENTION m_id='2'><token_anchor t_id='2'/></EVENT_MENTION>"
    "<ENTITY m_id='3' ent_type='PER' TAG_DESCRIPTOR='Quill' external_ref=''/>"
    "<EVENT m_id='4' class='SPEECH_COGNITIVE'/></Markables><Relations>"
    "<REFERS_TO><source m_id='1'/><target m_id='3'/></REFERS_TO>"
    "<REFERS_TO><source m_id='2'/><target m_id='4'/></REFERS_TO>"
    "<HAS_PARTICIPANT sem_role='Arg0'><source m_id='2'/><target m_id='1'/></HAS_PARTICIPANT>"
    "</Relations></Document>"
)
GUM = """\
# newdoc id = GUM_news_bridge
# meta::genre = news
# newpar
# sent_id = s
1\tQuill\tQuill\tPROPN\tNNP\t_\t2\tnsubj\t_\tDiscourse=attribution-positive:1->2:0:_|Entity=(1-person-new-s-cf1-1)
2\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
3\tshe\tshe\tPRON\tPRP\t_\t4\tnsubj\t_\tEntity=(1-person-giv-s-cf1-1)|Discourse=joint-list_m:2->1:0:_
4\tran\trun\tVERB\tVBD\t_\t2\tccomp\t_\t_

"""
TIMEML = (
    '<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2024-03-20">20</TIMEX3></DCT>'
    '<TEXT>They met on <TIMEX3 tid="t1" type="DATE" value="2024-03-05">March 5</TIMEX3>.</TEXT></TimeML>'
)
TOPONYM = "<toponym><start>0</start><end>7</end><gaztag><lat>10</lat><lon>0</lon></gaztag></toponym>"


def pack(path, files):
    path.parent.mkdir(exist_ok=True)
    with tarfile.open(path, "w:xz") as tar:
        for name, body in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(body.encode())
            tar.addfile(member, io.BytesIO(body.encode()))


@pytest.fixture
def folder(tmp_path):
    files = named_gate.FILES
    for name in ("gum", "places"):
        (tmp_path / name).mkdir()
    pack(tmp_path / files["meantime"], {"intra_cross-doc_annotation/bridge.xml": MEANTIME})
    pack(tmp_path / files["meantime"], {f"{named_gate.WITHIN}/bridge.xml": MEANTIME})
    pack(tmp_path / files["timex"], {f"{name}.tml": TIMEML for name in (HELD_OUT, REST)})
    annotated = {f"{HELD_OUT}.txt": PLACED, f"{HELD_OUT}.ann": "T1\tLiteral 0 7\tBeltown\n#1\tNote T1\t7\n"}
    pack(tmp_path / files["geowebnews"], annotated)
    (tmp_path / files["gum"]).write_bytes(gzip.compress(GUM.encode()))
    articles = "".join(
        f"<article docid='{name}'><text>{PLACED}</text><toponyms>{TOPONYM}</toponyms></article>"
        for name in (HELD_OUT, REST)
    )
    (tmp_path / files["lgl"]).write_bytes(gzip.compress(f"<articles>{articles}</articles>".encode()))
    return tmp_path


@pytest.fixture
def part(folder):
    return named_gate.read_part(folder, {7: (10.0, 0.0)})


def read_saying(document, *, source="Quill"):
    """A record that finds the saying of a document, and gives it this source and speaker."""
    cue = document.sayings[0].words[0].of(document.text)
    return make_small_record(document.text, [make_statement(document.text, [cue], cue=cue, source=source)])


def find_mentions(text, paragraphs):
    """The heads that find both mentions of the one person in the invented document of GUM."""
    spans = Span(start_char=0, end_char=5), Span(start_char=11, end_char=14)
    assert [span.of(text) for span in spans] == ["Quill", "she"]
    mentions = tuple(FoundMention(span=s, head=s, kind="person", form="name", sureness=1.0) for s in spans)
    return Found(mentions=mentions, clusters=((0, 1),))


def place_beltown(text, *, lat=10.0):
    entry = GazetteerEntry(entry_id="x", name="X", kind="settlement", latitude=lat, longitude=0.0)
    origin = Origin(kind="rule", name="test", version="1")
    span = Span(start_char=0, end_char=7)
    return [
        PlaceValue(
            place_id="p", article_id="a", text=text[:7], span=span, use="place", entry=entry, origin=origin
        )
    ]


RIGHT = named_gate.Readers(
    speakers=read_saying, coreference=find_mentions, times=predict_by_rules, places=place_beltown
)
WRONG = {
    "meantime_speakers": {"speakers": partial(read_saying, source=None)},
    "gum_speakers": {"speakers": partial(read_saying, source=None)},
    "gum_coreference": {"coreference": lambda text, paragraphs: Found()},
    "gum_coreference_of_people": {"coreference": lambda text, paragraphs: Found()},
    "times_spans": {"times": lambda text, dct: ()},
    "times_values": {"times": lambda text, dct: predict_by_rules(text, "2019-01-01")},
    "lgl_found": {"places": lambda text: ()},
    "lgl_near": {"places": partial(place_beltown, lat=40.0)},
    "geowebnews_found": {"places": lambda text: ()},
    "geowebnews_near": {"places": partial(place_beltown, lat=40.0)},
}


def test_each_corpus_gives_documents_and_of_times_and_places_the_held_out_alone(part):
    assert [len(part.meantime), len(part.gum), len(part.timex)] == [1, 1, 1]
    assert [d.name for held in part.places.values() for d in held] == [HELD_OUT, HELD_OUT]
    assert split_of(HELD_OUT) == "held-out"


def test_readers_that_are_right_have_full_points_in_every_figure(part):
    scores = named_gate.score_part(part, RIGHT)
    assert scores == dict.fromkeys(WRONG, 100.0)
    assert named_gate.judge_named(part, RIGHT, named_gate.floors_for(part, scores)).drops == ()


@pytest.mark.parametrize("name", WRONG)
def test_a_reader_that_errs_is_below_the_floor_of_its_figure(part, name):
    floors = named_gate.floors_for(part, named_gate.score_part(part, RIGHT))
    drops = named_gate.judge_named(part, replace(RIGHT, **WRONG[name]), floors).drops
    assert [drop for drop in drops if drop.startswith(f"{name} is 0.00, below its floor of 99.5.")]


def test_the_hash_changes_with_a_text_a_name_and_a_file(part):
    (document,) = part.gum
    changed = [
        replace(part, gum=[replace(document, text="Other.")]),
        replace(part, gum=[replace(document, name="other")]),
        replace(part, files_sha256="0"),
    ]
    assert len({named_gate.hash_part(one) for one in (part, *changed)}) == 4


def test_other_documents_are_not_scored(part):
    verdict = named_gate.judge_named(part, RIGHT, gate.Floors(1, "0", {}))
    assert verdict.scores == {}
    assert "--accept-lower" in verdict.drops[0]


@pytest.fixture
def run(folder, monkeypatch):
    """Runs the command on the invented corpora, with readers that are right and floors of its own."""
    points = SimpleNamespace(read_points=lambda: {7: (10.0, 0.0)})
    monkeypatch.setattr(named_commands, "Engine", lambda **_: SimpleNamespace(gazetteer=points))
    monkeypatch.setattr(named_gate, "readers_of", lambda engine: RIGHT)
    monkeypatch.setattr(named_gate, "FLOORS", folder / "floors.toml")
    return lambda *options: CliRunner().invoke(main, ["namedgate", "--data", str(folder), *options])


def test_the_command_writes_floors_that_it_then_holds(run, folder):
    assert run("--accept-lower").exit_code == 0
    assert "python -m eval namedgate" in (folder / "floors.toml").read_text()
    assert run().exit_code == 0
    held = gate.read_floors(folder / "floors.toml")
    gate.write_floors(replace(held, floors=dict.fromkeys(held.floors, 101.0)), folder / "floors.toml")
    failed = run()
    assert failed.exit_code == 1
    assert "lgl_near is 100.00, below its floor of 101.0" in failed.stderr


def test_updating_raises_floors_and_lowers_none(run, folder):
    run("--accept-lower")
    held = gate.read_floors(folder / "floors.toml")
    gate.write_floors(
        replace(held, floors={**held.floors, "times_spans": 10.0, "lgl_near": 99.9}), folder / "floors.toml"
    )
    assert run("--update").exit_code == 0
    after = gate.read_floors(folder / "floors.toml").floors
    assert (after["times_spans"], after["lgl_near"]) == (99.5, 99.9)


def test_a_missing_file_is_said_with_exit_code_two(tmp_path):
    result = CliRunner().invoke(main, ["namedgate", "--data", str(tmp_path)])
    assert result.exit_code == 2
    assert "airbus-apple.tar.xz" in result.stderr
    assert "Give the folder" in result.stderr


def test_the_pinned_file_is_written_as_the_program_writes_it(tmp_path):
    floors = gate.read_floors(named_gate.FLOORS)
    gate.write_floors(floors, tmp_path / "floors.toml", header=named_gate.HEADER)
    assert (tmp_path / "floors.toml").read_text() == named_gate.FLOORS.read_text()


def test_every_figure_has_a_floor():
    assert set(gate.read_floors(named_gate.FLOORS).floors) == set(WRONG)
