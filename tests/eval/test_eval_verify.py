"""The suite of the verifier makes what it says and counts what it leaves out; the promises are kept."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.corpus import read_articles
from eval.verify import SAMPLES, main, run_suite, show_suite
from eval.verify_cases import CaseMaker
from eval.verify_source import MemorySource, form_of, passages_of_corpus, passages_of_samples
from eval.verify_store import keep_passages

POLNEAR = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "polnear"
PASSAGES = passages_of_samples(SAMPLES)
# Floors of right kinds: what the suite of thousands reaches, less what some hundred cases may vary.
LEAST_OF_SAMPLES = 0.99
LEAST_OF_CORPUS = 0.98


@pytest.fixture(scope="module")
def suite():
    return run_suite(PASSAGES, each=14)


def test_the_verifier_keeps_its_promises_on_the_samples(suite):
    assert len(suite.outcomes) > 200
    assert suite.exact_missed == []
    assert suite.altered_passed == []
    assert suite.unflagged == []
    assert suite.right >= LEAST_OF_SAMPLES


def test_the_verifier_keeps_its_promises_on_real_articles():
    if not (POLNEAR / "dev.jsonl.gz").is_file():
        pytest.skip("PolNeAR's dev split does not lie beside the project")
    suite = run_suite(passages_of_corpus(read_articles(POLNEAR)[:24]), each=6)
    assert len(suite.outcomes) > 80
    assert suite.altered_passed == []
    assert suite.unflagged == []
    assert suite.right >= LEAST_OF_CORPUS


def test_every_kind_of_perturbation_is_made(suite):
    made = {outcome.case.change for outcome in suite.outcomes}
    assert len(made) == 18
    kinds = {outcome.case.want for outcome in suite.outcomes}
    assert kinds == {
        *("exact", "marks", "trimmed", "spliced", "paraphrased"),
        *("indirect", "altered", "misattributed", "not_found"),
    }


def test_the_same_seed_makes_the_same_cases_and_another_seed_others():
    one, same, other = (CaseMaker(PASSAGES, seed=seed, each=3).make_cases() for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_what_is_left_out_is_counted_by_its_reason(suite):
    assert suite.left_out["drop_not: no negation"] > 0


def test_altered_cases_are_never_words_that_the_record_has():
    maker = CaseMaker(PASSAGES, each=10)
    altered = [case for case in maker.make_cases() if case.want == "altered" and case.form == "direct"]
    assert [case for case in altered if maker.count_held(case.parts[0])] == []


def test_the_table_has_a_row_for_each_perturbation_and_the_promises(suite):
    shown = show_suite(suite)
    assert "| drop “not”" in shown
    assert f"of {len(suite.outcomes)}" in shown
    assert "altered quotations called exact or marks: 0" in shown


def test_a_real_store_finds_what_the_suite_asks_for():
    passages = PASSAGES[:3]
    with keep_passages(passages) as store:
        suite = run_suite(passages, store, each=1)
    assert suite.exact_missed == []
    assert suite.altered_passed == []


def test_a_source_in_memory_puts_the_article_with_rare_words_first():
    found = MemorySource(PASSAGES).find_passages("my takings fell by half overnight", limit=2)
    assert found[0].article_id == "bridge-harrow-ledger.txt"
    assert len(found) == 2


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (["“No,”", "“never.”"], "direct"),
        (["that it was “no” bridge"], "mixed"),
        (["that it fell"], "indirect"),
    ],
)
def test_the_form_of_gold_is_read_off_its_marks(words, form):
    assert form_of(words) == form


def test_a_folder_without_the_corpus_is_an_error_that_says_so(tmp_path):
    result = CliRunner().invoke(main, ["--data", str(tmp_path)])
    assert result.exit_code != 0
    assert "There is no such file" in str(result.exception)


def test_the_command_prints_the_tables_of_the_samples():
    result = CliRunner().invoke(main, ["--samples", "--each", "2"])
    assert "right kinds" in result.output
