"""Verifying from Python: a path, bytes or a text against a record; notes of every step are in the report."""

from pathlib import Path
from types import SimpleNamespace

import pytest

import onrecord
from onrecord.collection.verifying import open_draft, verify_draft
from onrecord.errors import InputError

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SAID = "“I would rather apologise for a traffic jam than for a funeral,” Dana Orrin said.\n"


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    path = tmp_path_factory.mktemp("record") / "bridge.onrecord"
    with onrecord.open(path) as opened:
        opened.add(SAMPLES / "bridge-harrow-ledger.txt")
        yield opened


@pytest.mark.parametrize("draft", [SAID, SAID.strip().encode()])
def test_a_text_of_lines_and_bytes_are_drafts_themselves(collection, draft):
    assert [verdict.kind for verdict in collection.verify(draft).verdicts] == ["exact"]


def test_a_path_names_a_draft(collection, tmp_path):
    path = tmp_path / "a.md"
    path.write_text(SAID, encoding="utf-8")
    assert collection.verify(path).draft == collection.verify(str(path)).draft == str(path)


def test_a_text_of_one_line_is_a_path_that_is_not_there(collection):
    with pytest.raises(InputError, match="cannot be opened"):
        collection.verify(SAID.strip())


def test_claims_in_the_drafts_own_words_can_be_left_out_with_a_note(collection):
    draft = SAID + "\nOrrin said that inspectors had found eleven cracks in the eastern pier.\n"
    assert [v.claim.form for v in collection.verify(draft).verdicts] == ["direct", "indirect"]
    report = collection.verify(draft, quotations=True)
    assert [v.claim.form for v in report.verdicts] == ["direct"]
    assert "Claims in the draft's own words were left out, as asked: 1." in report.notes


def test_notes_of_the_draft_and_of_its_claims_are_in_the_report(collection):
    notes = collection.verify(f"<p>{SAID}</p><p>A “<b>lifeline</b>”. <s>Old.</s></p>".encode()).notes
    assert any(note.startswith("Struck words") for note in notes)
    assert any("“lifeline”" in note for note in notes)


def test_a_draft_without_quotations_holds_and_says_so(collection):
    report = collection.verify("The river rose.\nNobody saw it.")
    assert not report.fails
    assert "The draft holds no quotation." in report.notes


def test_verdicts_are_the_same_twice(collection):
    assert collection.verify(SAID) == collection.verify(SAID)


def test_a_record_without_articles_is_told(tmp_path, collection):
    with onrecord.open(tmp_path / "empty.onrecord") as empty:
        report = verify_draft(open_draft(SAID), collection.engine, empty.store)
    assert any("holds no article" in note for note in report.notes)
    assert report.fails


def test_every_quotation_of_a_long_draft_has_a_verdict(collection):
    lines = [f"“We counted {n} gulls on the eastern pier today,” somebody wrote." for n in range(40)]
    engine = SimpleNamespace(parts_of=lambda text: SimpleNamespace(statements=(), entities=()))
    report = verify_draft(open_draft("\n\n".join(lines)), engine, collection.store)
    assert len(report.verdicts) == 40
    assert {verdict.kind for verdict in report.verdicts} == {"not_found"}


@pytest.mark.parametrize(
    "words",
    [
        'x" OR 1=1; DROP TABLE articles; --',
        "NEAR(a b) AND NOT c* ^d {e} col:f",
        "' '' % _ \\ [a-z] $1 :name ?",
        "\x01\x1b[31m\u202e\u2066 gnp",
        "\ud800 \ufffe a",
        "a" * 20_000,
        "never " * 4_000,
        "𝕒𝕓𝕔 🙂 ﷽ e\u0301\u0301\u0301",
    ],
)
def test_whatever_is_quoted_is_looked_for_and_not_obeyed(collection, words):
    report = collection.verify(f"Nobody heard it.\n\n“{words} and more words than two,” it said.\n")
    assert [verdict.kind for verdict in report.verdicts if verdict.claim.form == "direct"] == ["not_found"]
    assert collection.counts().articles == 1


def test_an_article_that_is_in_the_record_holds_as_its_own_draft(collection):
    report = collection.verify(SAMPLES / "bridge-harrow-ledger.txt", quotations=True)
    assert len(report.verdicts) >= 5
    assert {verdict.kind for verdict in report.verdicts} == {"exact"}
