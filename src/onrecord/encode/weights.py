"""The weights in the package: their files, and the manifest that says what they are.

A weights folder holds `manifest.json`, `encoder.onnx` (the one pass over the text), the heads on it
(`attribution.onnx`, `tags.onnx`, `edges.onnx`, `coreference.onnx`, and the matrix `meaning.npy`) and
`vocabulary.txt`.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.encode.labels import LABELS, MENTION_KINDS, TAG_LAYERS, tag_labels
from onrecord.errors import WeightsError

MANIFEST = "manifest.json"
CURE = "Install onrecord again, or name a folder that `python -m train.export` wrote."


@dataclass(frozen=True, slots=True)
class Weights:
    """One weights folder, checked to be whole; `manifest` is the JSON object of its manifest."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def version(self) -> str:
        """The version of the trained model, as records name it."""
        return str(self.manifest["version"])

    @property
    def digest(self) -> str:
        """A short hash of all its files: two models of one version that differ have different ones."""
        hashes = sorted((name, entry["sha256"]) for name, entry in self.manifest["files"].items())
        return hashlib.sha256(json.dumps(hashes).encode()).hexdigest()[:12]

    def path(self, name: str) -> Path:
        """The path of one of its files."""
        return self.folder / name


def packaged_folder() -> Path:
    """The folder of the weights that come with the package."""
    return Path(str(files("onrecord.encode"))) / "model"


def open_weights(folder: Path | None = None) -> Weights:
    """The weights in this folder, or those of the package; raises `WeightsError`.

    Every file is checked against the hash in the manifest: weights that were swapped or cut short
    would read wrongly without a word. It takes 0.04 s.
    """
    folder = packaged_folder() if folder is None else folder
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        expected = {name: str(entry["sha256"]) for name, entry in manifest["files"].items()}
        found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in expected}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise WeightsError(f"The weights cannot be read: {error}.", where=str(folder), cure=CURE) from error
    for name, digest in expected.items():
        if found[name] != digest:
            raise WeightsError(
                f"The file {name} is not the one in the manifest.", where=str(folder), cure=CURE
            )
    layers = {name: list(tag_labels(name)) for name in TAG_LAYERS} | {"mention": list(MENTION_KINDS)}
    if manifest.get("labels") != list(LABELS) or manifest.get("layers") != layers:
        raise WeightsError(
            "The weights have other labels than this version reads.", where=str(folder), cure=CURE
        )
    return Weights(folder, manifest)
