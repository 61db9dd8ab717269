"""Weights that are missing, cut short, swapped or of another version are refused."""

import json
import shutil

import pytest

from onrecord.encode.weights import MANIFEST, open_weights, packaged_folder
from onrecord.errors import WeightsError


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(packaged_folder(), tmp_path / "model")


def test_the_weights_of_the_package_are_whole():
    assert open_weights().version.startswith("joint-")


def test_a_changed_byte_is_noticed(folder):
    path = folder / "attribution.onnx"
    body = bytearray(path.read_bytes())
    body[1000] ^= 1
    path.write_bytes(body)
    with pytest.raises(WeightsError, match="attribution"):
        open_weights(folder)


def test_a_missing_file_is_named(folder):
    (folder / "vocabulary.txt").unlink()
    with pytest.raises(WeightsError, match="vocabulary"):
        open_weights(folder)


@pytest.mark.parametrize("change", [{"files": None}, {"labels": ["O"]}, {"layers": {}}])
def test_a_manifest_of_another_kind_is_refused(folder, change):
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | change))
    with pytest.raises(WeightsError):
        open_weights(folder)
