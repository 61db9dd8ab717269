"""The commands on an invented corpus: what they print and what they write."""

import gzip
import json

import pytest
from click.testing import CliRunner

from eval import __main__ as command
from eval.report import show_table
from onrecord.errors import InputError

TEXT = "“The bridge is safe,” said Mara Quill."
GOLD = {"source": [[27, 37]], "cue": [[22, 26]], "content": [[0, 21]]}
TOKENS = ["``", "The", "bridge", "is", "safe", ",", "''", "said", "Mara", "Quill", "."]
LABELS = ["B-content", *["I-content"] * 6, "B-cue", "B-source", "I-source", "O"]


@pytest.fixture
def corpus(tmp_path):
    articles = [{"id": name, "text": TEXT, "attributions": [GOLD]} for name in ("b", "a")]
    instances = [{"id": "a_x", "tokens": TOKENS, "labels": LABELS}]
    for name, lines in (("dev", articles), ("dev-sentences", instances)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    return tmp_path


def run(*arguments):
    result = CliRunner().invoke(command.main, [str(a) for a in arguments], catch_exceptions=False)
    return result.output


@pytest.mark.parametrize("part", ["articles", "sentences"])
def test_the_baseline_is_right_on_what_it_was_made_for(corpus, part):
    written = corpus / "out.json"
    run(part, "--data", corpus, "--baseline", "--boot", 10, "--json", written)
    figures = json.loads(written.read_text())
    assert figures["exact_source"]["f1"] == figures["exact_content"]["f1"] == 1
    assert figures["exact_cue"]["low"] == 1


def test_predictions_are_written_in_the_order_of_ids(corpus):
    run("articles", "--data", corpus, "--baseline", "--predictions", corpus / "out.jsonl")
    lines = [json.loads(line) for line in (corpus / "out.jsonl").read_text().splitlines()]
    assert lines == [{"doc": name, "attributions": [GOLD]} for name in ("a", "b")]


def test_a_limit_scores_the_first_alone(corpus):
    assert run("articles", "--data", corpus, "--baseline", "--limit", 1).startswith("1 articles of dev")


def test_one_table_holds_both_systems_and_both_parts(corpus, monkeypatch):
    monkeypatch.setattr(
        command, "predictor", lambda *, weights, baseline: lambda text: [GOLD] if baseline else []
    )
    output = run("all", "--data", corpus, "--boot", 10)
    rows = [line.split("|") for line in output.splitlines() if line.startswith("| end to end  ")]
    assert [cell.strip() for cell in rows[0][2:4]] == ["0.0 [0.0, 0.0]", "100.0 [100.0, 100.0]"]
    assert "source jaccard" in output


def test_the_ceiling_of_labels_that_follow_the_gold_is_100(corpus):
    row = next(line for line in run("ceiling", "--data", corpus).splitlines() if "exact_content" in line)
    assert row.count("100.0") == 3


def test_a_corpus_that_is_not_there_is_an_error_that_names_the_file(tmp_path):
    with pytest.raises(InputError, match=r"dev\.jsonl\.gz: There is no such file"):
        run("ceiling", "--data", tmp_path)


def test_a_figure_that_was_not_counted_has_no_row():
    assert "end to end" not in show_table({}, {"e2e": "end to end"})
