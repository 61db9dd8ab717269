"""What is to be read: the name of a file or "-" goes in, its bytes come out, or an `InputError`."""

import sys
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError, TooLargeError

STDIN = "-"
# The reader refuses far less than this; here only an endless input (a device, a pipe) must be stopped.
MOST_BYTES = 256 * 1024 * 1024


def read_input(name: str) -> bytes:
    """The bytes of a file, or of standard input."""
    if name == STDIN:
        return _take(sys.stdin.buffer)
    if name.startswith(("http://", "https://")):
        raise InputError(
            "This is an address, and `onrecord read` fetches nothing.",
            cure="Save the page and give the file, with --url for the address.",
        )
    try:
        with Path(name).open("rb") as stream:
            return _take(stream)
    except IsADirectoryError as error:
        raise InputError("This is a folder, not a file.", cure="Give the files in it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"The file cannot be opened: {reason}.", cure="Check its name and its rights."
        ) from error


def _take(stream: BinaryIO) -> bytes:
    body = stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise TooLargeError(
            f"There are more than {MOST_BYTES:,} bytes, which no single article has.",
            cure="Split it into one article a file.",
        )
    return body
