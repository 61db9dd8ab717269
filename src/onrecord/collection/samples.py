"""The samples that come with the package: invented articles about invented people, each as an input."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from onrecord.collection.inputs import Input
from onrecord.errors import MissingPartError
from onrecord.record import Capture, Failure

INDEX = "index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One bundled article: its file, and what it shows."""

    file: str
    title: str
    shows: str
    url: str | None = None
    published: str | None = None


def find_samples() -> Traversable:
    """The folder of samples: in the package, or in the checkout that it is run from."""
    for folder in (files("onrecord").joinpath("samples"), Path(__file__).parents[3] / "samples"):
        if folder.joinpath(INDEX).is_file():
            return folder
    raise MissingPartError(
        f"The samples are not in this installation: there is no samples/{INDEX}.",
        cure="Install it again: pip install --force-reinstall onrecord",
    )


def load_samples(folder: Traversable) -> list[Sample]:
    """The samples in the order of their index."""
    known = Sample.__dataclass_fields__
    entries = json.loads(folder.joinpath(INDEX).read_text("utf-8"))
    return [Sample(**{k: v for k, v in entry.items() if k in known}) for entry in entries]


def make_input(folder: Traversable, sample: Sample) -> Input:
    """What adds a sample, or reads it."""
    find = partial(_find_captures, folder.joinpath(sample.file))
    return Input(name=sample.file, find=find, url=sample.url, published=sample.published)


def _find_captures(file: Traversable) -> Iterator[Capture | Failure]:
    from onrecord.ingest import captures_in

    return captures_in(io.BytesIO(file.read_bytes()), file.name)
