"""The signature of an engine: the same for the same parts, another as soon as one of them changes."""

import hashlib
import json
import shutil
import subprocess
import sys

import pytest

from onrecord.encode.weights import packaged_folder
from onrecord.engine import Engine
from onrecord.errors import GazetteerError
from tests.gazetteer.rows import make_file


def test_two_engines_of_the_same_parts_have_one_signature():
    assert Engine().signature == Engine(threads=2).signature


def test_the_signature_names_every_part_on_one_line():
    parts = [part.split("=")[0] for part in Engine().signature.split(" ")]
    assert parts == ["onrecord", "readers", "model", "gazetteer"]


def test_weights_that_differ_under_one_version_have_another_signature(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(packaged_folder(), folder)
    assert Engine(weights=folder).signature == Engine().signature
    manifest = json.loads((folder / "manifest.json").read_text())
    name = next(iter(manifest["files"]))
    (folder / name).write_bytes(b"other")
    manifest["files"][name]["sha256"] = hashlib.sha256(b"other").hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert Engine(weights=folder).signature != Engine().signature


def test_another_gazetteer_gives_another_signature(tmp_path, monkeypatch):
    usual = Engine().signature
    monkeypatch.setenv("ONRECORD_GAZETTEER", str(make_file(tmp_path)))
    assert Engine().signature != usual
    assert "gazetteer=named:" in Engine().signature


def test_a_gazetteer_that_is_none_has_no_signature(tmp_path, monkeypatch):
    (tmp_path / "places.sqlite").write_bytes(b"no database")
    monkeypatch.setenv("ONRECORD_GAZETTEER", str(tmp_path / "places.sqlite"))
    with pytest.raises(GazetteerError, match="places"):
        _ = Engine().signature


def test_asking_for_the_signature_loads_no_model():
    code = (
        "import sys; from onrecord.engine import Engine; Engine().signature; "
        "print([m for m in ('onnxruntime', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
