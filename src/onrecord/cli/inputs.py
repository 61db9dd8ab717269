"""What is to be read: the name of a file or folder, an address or "-" in, its captures out, with failures."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from onrecord.cli.fetching import Crawl
from onrecord.collection.inputs import is_address
from onrecord.errors import InputError
from onrecord.record import Capture, Failure

STDIN = "-"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def find_captures(
    name: str, *, column: str | None = None, crawl: Crawl | None = None
) -> Iterator[Capture | Failure]:
    """The captures of a file, a folder, standard input, or an address where `crawl` says how.

    Raises `InputError` for an address where it does not, or that is not of the web.
    """
    from onrecord.ingest import captures, captures_in

    if is_address(name):
        if crawl is not None:
            return crawl(name)
        raise InputError(
            "This is an address, and nothing is fetched unasked.",
            cure="Add --fetch to have it fetched; or save the page, and give the file with --url.",
        )
    if _SCHEME.match(name) and not Path(name).exists():
        raise InputError(
            "Only addresses that begin with http:// or https:// are fetched.",
            cure="Save what is there, and give the file.",
        )
    if name == STDIN:
        return captures_in(sys.stdin.buffer, STDIN, column=column)
    return captures(name, column=column)


def is_many(name: str) -> bool:
    """Whether several articles can come of an input; false of standard input, which cannot be looked at."""
    from onrecord.ingest import holds_many

    return name != STDIN and not is_address(name) and holds_many(Path(name))


def can_read_twice(name: str) -> bool:
    """Whether an input gives the same when it is read again: no pipe, and nothing from the network."""
    from onrecord.ingest import can_be_read_twice

    return name != STDIN and not is_address(name) and can_be_read_twice(Path(name))
