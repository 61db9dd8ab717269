"""The gate fails on a drop, and lowers a floor only where it is told to."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from eval import gate
from eval.__main__ import main
from eval.corpus import GoldArticle, hash_articles

TEXT = "Mara Quill said the bridge is safe."
GOLD = ({"source": [[0, 10]], "cue": [[11, 15]], "content": [[16, 34]]},)
ARTICLE = GoldArticle(article_id="a", text=TEXT, attributions=GOLD)
FLOORS = gate.Floors(1, hash_articles([ARTICLE]), {"e2e": 90.0, "tok_content": 80.0})


def right(text):
    return GOLD


def wrong(text):
    return [{"source": [[20, 26]], "cue": [], "content": [[16, 34]]}]


def test_scores_above_their_floors_pass():
    assert gate.judge([ARTICLE], right, FLOORS).drops == ()


def test_a_figure_below_its_floor_is_named():
    assert gate.judge([ARTICLE], wrong, FLOORS).drops == ("e2e is 0.00, below its floor of 90.0.",)


def test_another_corpus_is_not_scored():
    verdict = gate.judge([replace(ARTICLE, text=TEXT + " ")], right, FLOORS)
    assert verdict.scores == {}
    assert "--accept-lower" in verdict.drops[0]


def test_raising_never_lowers_a_floor():
    floors = gate.raised(FLOORS, {"e2e": 50.0, "tok_content": 99.0})
    assert floors.floors == {"e2e": 90.0, "tok_content": 98.5}


def test_a_reset_writes_lower_floors_and_the_hash_met():
    floors = gate.reset(FLOORS, {"e2e": 50.0, "tok_content": 0.2}, "other")
    assert (floors.sha256, floors.floors) == ("other", {"e2e": 49.5, "tok_content": 0.0})


def test_floors_are_read_as_they_were_written(tmp_path):
    gate.write_floors(FLOORS, tmp_path / "floors.toml")
    assert gate.read_floors(tmp_path / "floors.toml") == FLOORS


def test_the_pinned_file_is_written_as_the_program_writes_it(tmp_path):
    gate.write_floors(gate.read_floors(), tmp_path / "floors.toml")
    assert (tmp_path / "floors.toml").read_text() == gate.FLOORS.read_text()


def test_the_hash_does_not_depend_on_the_order_of_articles():
    other = replace(ARTICLE, article_id="b")
    assert hash_articles([ARTICLE, other]) == hash_articles([other, ARTICLE])


@pytest.mark.parametrize("change", [{"text": "Other."}, {"article_id": "z"}, {"attributions": ()}])
def test_the_hash_changes_with_what_is_scored(change):
    assert hash_articles([replace(ARTICLE, **change)]) != hash_articles([ARTICLE])


def test_without_the_data_the_gate_is_skipped_with_a_sentence(tmp_path):
    result = CliRunner().invoke(main, ["gate", "--data", str(tmp_path)])
    assert result.exit_code == 0
    assert result.output.startswith("skipped:")
