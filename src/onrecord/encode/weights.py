"""The weights in the package: their files, and the manifest that says what they are.

A weights folder holds `manifest.json`, `encoder.onnx` (the one pass over the text),
`attribution.onnx` (the head on it) and `vocabulary.txt`.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

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

    def path(self, name: str) -> Path:
        """The path of one of its files."""
        return self.folder / name


def packaged_folder() -> Path:
    """The folder of the weights that come with the package."""
    return Path(str(files("onrecord.encode"))) / "model"


def open_weights(folder: Path | None = None) -> Weights:
    """The weights in this folder, or those of the package; raises `WeightsError`."""
    folder = packaged_folder() if folder is None else folder
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsError(f"The weights cannot be read: {error}.", where=str(folder), cure=CURE) from error
    for name, expected in manifest["files"].items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != expected["size_bytes"]:
            raise WeightsError(f"The file {name} is missing or cut short.", where=str(folder), cure=CURE)
    return Weights(folder, manifest)


def check_weights(weights: Weights) -> None:
    """Raises `WeightsError` where a file is not the one that its manifest names, by SHA-256."""
    for name, expected in weights.manifest["files"].items():
        if hashlib.sha256(weights.path(name).read_bytes()).hexdigest() != expected["sha256"]:
            raise WeightsError(
                f"The file {name} is not the one in the manifest.", where=str(weights.folder), cure=CURE
            )
