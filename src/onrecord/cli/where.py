"""Which record a command is of: --in or --to, or ONRECORD_FILE; a path or postgresql:// URL in, a store out.

The one place of the command line that opens a record.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.exits import say

if TYPE_CHECKING:
    from onrecord.store.base import Store

VARIABLE = "ONRECORD_FILE"
F = TypeVar("F", bound=Callable[..., Any])

_PASSWORD = re.compile(r"(?i)(://[^/@\s]*?:)[^\s]*(?=@)|((?:^|[?&])(?:ssl)?password=)[^&\s]*")
_FILE = f"A file, or a postgresql:// URL; otherwise what the variable {VARIABLE} names."


def in_option(command: F) -> F:
    """Adds `--in FILE`, the record that a command asks, as the parameter `where`; None without one."""
    told = f"The record to ask. {_FILE}"
    return click.option("--in", "where", envvar=VARIABLE, metavar="FILE", help=told)(command)


def to_option(command: F) -> F:
    """Adds `--to FILE`, the record that a command adds to, as the parameter `where`; None without one."""
    told = f"The record to add to; made where there is none. {_FILE}"
    return click.option("--to", "where", envvar=VARIABLE, metavar="FILE", help=told)(command)


@contextmanager
def open_for(where: str | None, *, write: bool = False, create: bool = False) -> "Iterator[Store]":
    """The record that was named, open to ask, with `write` also to write; closed at the end.

    With `create` it is made where there is none. Raises `StoreError`, and `click.UsageError` where
    none was named.
    """
    from onrecord.store import open_store

    with closing(open_store(need_where(where), create=create, read_only=not write, say=say)) as store:
        yield store


def need_where(where: str | None) -> str:
    """The record that was named; a wrong command line where none was."""
    if where:
        return where
    context = click.get_current_context(silent=True)
    options = [p.opts[0] for p in context.command.params if p.name == "where"] if context else []
    option = options[0] if options else "--in"
    raise click.UsageError(
        f"No record is named: give {option} FILE, or set the variable {VARIABLE}. FILE is the file of a "
        "record, such as news.onrecord, or a postgresql:// URL."
    )


def hide_password(where: str) -> str:
    """The name of a record as it may be shown: a URL without its password.

    >>> hide_password("postgresql://ada:s3cret@db.example/news")
    'postgresql://ada:…@db.example/news'
    """
    return _PASSWORD.sub(lambda found: f"{found[1] or found[2]}…", where)
