"""Folders: a path in, the files below it out in sorted order, and a failure for each that cannot be read."""

import os
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import EmptyInputError, InputError
from onrecord.ingest.found import fail
from onrecord.record import Failure

# What lies beside saved pages and is never an article: passed over without a word.
ASSETS = frozenset(
    {
        ".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".avif",
        ".bmp", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".download",
    }
)  # fmt: skip


def walk_folder(folder: Path) -> Iterator[Path | Failure]:
    """The files of a folder and of those in it, by name; hidden ones and pictures, styles, scripts aside.

    A link to a folder is followed once: where it leads back, that is a failure.
    """
    found = None
    for found in _walk(folder, set()):
        yield found
    if found is None:
        problem = "The folder holds no file to read: hidden ones, pictures, styles and scripts do not count."
        yield fail(EmptyInputError(problem), str(folder))


def _walk(folder: Path, visited: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    try:
        status = folder.stat()
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield fail(InputError(f"The folder cannot be read: {error.strerror}."), str(folder))
        return
    if (status.st_dev, status.st_ino) in visited:
        yield fail(InputError("The folder was read already: a link leads back to it."), str(folder))
        return
    visited.add((status.st_dev, status.st_ino))
    for name in names:
        if not name.startswith("."):
            yield from _walk_entry(folder / name, visited)


def _walk_entry(path: Path, visited: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    if path.is_dir():
        yield from _walk(path, visited)
    elif path.suffix.lower() in ASSETS:
        return
    elif path.is_file():
        yield path
    else:
        what = (
            "a link that leads nowhere" if path.is_symlink() else "no file but a pipe, a socket or a device"
        )
        yield fail(InputError(f"This is {what}."), str(path))
