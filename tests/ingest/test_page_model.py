"""The weights that tell an article from its page: of the right width; an error where they are not whole."""

import hashlib
from importlib import resources

import pytest

from onrecord.errors import WeightsError
from onrecord.ingest.page_features import feature_names
from onrecord.ingest.page_model import Chances, judge_blocks, model_version, use_weights


@pytest.fixture
def other_weights():
    yield use_weights
    use_weights(None)


def test_the_shipped_weights_take_as_many_numbers_as_there_are_names():
    rows = [[0.0] * len(feature_names())] * 3
    chances = judge_blocks(rows)
    assert (len(chances.body), len(chances.caption)) == (3, 3)
    assert all(0 <= chance <= 1 for chance in (*chances.body, *chances.caption))


def test_rows_of_another_width_are_refused_by_the_shipped_weights():
    with pytest.raises(Exception, match=r"(?i)invalid|dimension"):
        judge_blocks([[0.0] * (len(feature_names()) + 1)])


def test_no_blocks_have_no_chances():
    assert judge_blocks([]) == Chances(body=(), caption=())


def test_a_block_is_judged_the_same_beside_others():
    one, other = [0.0] * len(feature_names()), [1.0] * len(feature_names())
    assert judge_blocks([one, other]).body[0] == judge_blocks([one]).body[0]


def test_the_version_of_the_weights_tells_them_from_others():
    shipped = resources.files("onrecord.ingest") / "model" / "blocks.onnx"
    assert model_version() == hashlib.sha256(shipped.read_bytes()).hexdigest()[:12]


def test_missing_weights_are_an_error_that_names_the_place_and_the_cure(other_weights, tmp_path):
    other_weights(tmp_path / "none.onnx")
    with pytest.raises(WeightsError, match=r"none\.onnx.*pip install"):
        judge_blocks([[0.0] * len(feature_names())])


def test_damaged_weights_are_an_error_that_names_the_place_and_the_cure(other_weights, tmp_path):
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(b"cut off")
    other_weights(damaged)
    with pytest.raises(WeightsError, match=r"cannot be read.*damaged\.onnx.*pip install"):
        judge_blocks([[0.0] * len(feature_names())])
