"""WACZ archives: a ZIP file in, the captures of the WARC files in it out, read where they lie."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from onrecord.errors import DamagedInputError, EmptyInputError, TooLargeError
from onrecord.ingest.found import fail
from onrecord.ingest.streams import MAX_RATIO, is_bomb
from onrecord.ingest.warc import read_warc
from onrecord.record import Capture, Failure

_WARC_NAME = re.compile(r"archive/.+\.warc(?:\.gz)?", re.IGNORECASE)
# What `zipfile` raises for a file that is cut off or broken: its own error and those of what it unpacks with.
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError)
# And at opening: a password, a way of packing that it does not know, places outside of the file.
_UNOPENED = (*_BROKEN, RuntimeError, ValueError)


def is_wacz(stream: BinaryIO) -> bool:
    """Whether a ZIP file has WARC files where WACZ has them; true of one too broken to tell."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return any(_WARC_NAME.fullmatch(name) for name in archive.namelist())
    except _UNOPENED:
        return True


def read_wacz(stream: BinaryIO, name: str) -> Iterator[Capture | Failure]:
    """The captures of each WARC file in the archive; a failure for each that cannot be read."""
    try:
        archive = zipfile.ZipFile(stream)
    except _UNOPENED as error:
        yield fail(DamagedInputError(f"The ZIP archive is cut off or broken ({error})."), name)
        return
    with archive:
        members = sorted((m for m in archive.infolist() if _WARC_NAME.fullmatch(m.filename)), key=_name_of)
        for member in members:
            yield from _read_member(archive, member, f"{name}/{member.filename}")
        if not members:
            yield fail(EmptyInputError("The archive holds no WARC file under archive/."), name)


def _name_of(member: zipfile.ZipInfo) -> str:
    return member.filename


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[Capture | Failure]:
    if is_bomb(member.file_size, member.compress_size):
        yield fail(TooLargeError(f"The file grows more than {MAX_RATIO} times: a decompression bomb."), name)
        return
    try:
        stream = archive.open(member)
    except _UNOPENED as error:
        yield fail(DamagedInputError(f"The file cannot be opened in the archive ({error})."), name)
        return
    raw = cast(io.RawIOBase, stream)  # it reads as one does
    try:
        with stream:
            yield from read_warc(io.BufferedReader(raw), name, size_bytes=member.file_size)
    except _BROKEN as error:
        yield fail(DamagedInputError(f"The file is broken in the archive ({error})."), name)
