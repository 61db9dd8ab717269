"""What stands at the path of a record, and how it can be opened: a path in, SQLite's mode or an error out."""

import difflib
import os
from collections.abc import Callable
from pathlib import Path

from onrecord.errors import ReadOnlyStoreError, StoreError
from onrecord.store import faults

MAGIC = b"SQLite format 3\x00"
SUFFIX = ".onrecord"
SHOWN = 5
Say = Callable[[str], None]


def look_at(path: Path, *, create: bool) -> None:
    """Raises where the path is no SQLite file, and nothing that may become one."""
    where = str(path)
    if path.is_dir():
        raise faults.foreign("This is a folder, not a record.", where, cure="Name a file in it.")
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except FileNotFoundError:
        if not create or not path.parent.is_dir():
            raise _missing(path) from None
        return
    except (OSError, ValueError) as error:
        raise StoreError(
            f"The file cannot be read ({error}).", where=where, cure="See that the path is right."
        ) from error
    if start and start != MAGIC:
        raise faults.foreign("This file is no record of onrecord's.", where)
    if not start and not create:
        raise empty(where)


def empty(where: str) -> StoreError:
    """The error for a file or database with nothing in it, where a record was to be asked."""
    return faults.foreign(
        "There is nothing in it yet, so it is no record.",
        where,
        cure="Add articles with `onrecord add --to`.",
    )


def _missing(path: Path) -> StoreError:
    folder = path.parent
    if not folder.is_dir():
        return StoreError("There is no such folder.", where=str(folder), cure="Make it, or name another.")
    near = _near_files(path)
    named = f" Near it are {', '.join(near)}." if near else ""
    return StoreError(
        f"There is no such file.{named}",
        where=str(path),
        cure="Name a file that is there, or make this one with `onrecord add PATHS… --to FILE`.",
    )


def _near_files(path: Path) -> list[str]:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except OSError:
        return []
    alike = difflib.get_close_matches(path.name, names, n=SHOWN)
    records = [name for name in names if name.endswith(SUFFIX) and name not in alike]
    return [repr(name) for name in (*alike, *records)][:SHOWN]


def choose_mode(path: Path, *, read_only: bool, say: Say | None) -> str:
    """The query of SQLite's address for the path: how it is opened.

    A reader who may write opens it so too (and is kept from writing otherwise): only then does the last
    one to leave tidy the log away that stands beside the file, and the record is one file again.
    """
    may_write = _may_write(path)
    if not read_only:
        if not may_write:
            raise faults.read_only(str(path))
        return "mode=rw" if path.exists() else "mode=rwc"
    if may_write:
        return "mode=rw"
    log, shared = Path(f"{path}-wal"), Path(f"{path}-shm")
    if shared.exists() or os.access(path.parent, os.W_OK):
        return "mode=ro"
    if log.exists() and log.stat().st_size:
        raise ReadOnlyStoreError(
            "Its last additions stand in a file beside it, and here they cannot be read: nothing may be "
            "written in this folder.",
            where=str(path),
            cure=f"Copy it, and {log.name} with it, to where you may write, and ask it there.",
        )
    if say is not None:
        say(f"{path}: nothing can be written here, so it is read as a file that does not change.")
    return "immutable=1"


def _may_write(path: Path) -> bool:
    """Whether the file (where there is one) and its folder, for the log beside it, can be written to."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def watch(path: Path) -> Callable[[], None]:
    """What raises once another file, or none, stands at the path: SQLite itself would write on unseen."""
    seen: list[tuple[int, int]] = []

    def expect_there() -> None:
        try:
            found = os.stat(path)
        except OSError as error:
            if not seen:
                return
            raise faults.lost_file(str(path)) from error
        here = (found.st_dev, found.st_ino)
        if seen and seen[0] != here:
            raise faults.lost_file(str(path))
        seen[:] = [here]

    return expect_there
