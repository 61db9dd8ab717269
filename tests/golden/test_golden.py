"""Golden pages: each input is read as its file in `expected/` says, word for word."""

import json

import pytest

from tests.golden.record import EXPECTED, golden_names, read_golden, to_text

HOW = "Where that is right: python -m tests.golden.record, and look at the difference."


@pytest.mark.parametrize("name", golden_names())
def test_an_input_is_read_as_expected(name, tmp_path):
    expected = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(to_text(read_golden(name, tmp_path))) == expected, HOW


def test_no_expected_file_is_left_over():
    assert {path.name for path in EXPECTED.iterdir()} == {f"{name}.json" for name in golden_names()}, HOW
