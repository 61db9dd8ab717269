"""Which blocks of a page are its article's: rows of numbers in, two chances a block out.

The weights are trees trained by `python -m train.blocks`; ONNX Runtime sums them up.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from onrecord.errors import WeightsError

MODEL = "blocks.onnx"
VERSION_CHARS = 12
_place: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """How likely each block is to be body text of the article, and to be a caption, from 0 to 1."""

    body: tuple[float, ...]
    caption: tuple[float, ...]


def judge_blocks(rows: Sequence[Sequence[float]]) -> Chances:
    """The chances of blocks described by these rows; raises `WeightsError` without a whole model."""
    if not rows:
        return Chances(body=(), caption=())
    import numpy as np

    (scores,) = _open(_place)[0].run(None, {"rows": np.asarray(rows, dtype=np.float32)})
    return Chances(body=tuple(scores[:, 0].tolist()), caption=tuple(scores[:, 1].tolist()))


def model_version() -> str:
    """The version of the weights, for the origin of what they say: the beginning of their SHA-256."""
    return _open(_place)[1]


def use_weights(place: Path | None) -> None:
    """Takes other weights from now on, or with None those of the package again; for evaluation."""
    global _place  # noqa: PLW0603 - the one choice of a process
    _place = place


@cache
def _open(chosen: Path | None) -> tuple[Any, str]:
    """The weights, ready to run, and their version."""
    import onnxruntime

    place = chosen or resources.files("onrecord.ingest") / "model" / MODEL
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        weights = place.read_bytes()
        session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # those of ONNX Runtime for a damaged file have no base of their own
        is_missing = isinstance(error, FileNotFoundError)
        what = "are missing" if is_missing else f"cannot be read ({type(error).__name__})"
        raise WeightsError(
            f"The weights that tell an article from its page {what}: {place}.",
            cure="Install it again: pip install --force-reinstall onrecord",
        ) from error
    return session, hashlib.sha256(weights).hexdigest()[:VERSION_CHARS]
