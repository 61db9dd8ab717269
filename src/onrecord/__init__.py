"""Turns news into a record of who said what, when, where, and on whose word.

    import onrecord

    record = onrecord.read(open("article.html", "rb").read())
    for statement in record.statements:
        print(statement.speaker, statement.form)

`read` gives the `Record` of one article, `read_many` one a source as they come, `read_all` one for
each article of a file or folder. `open` gives a `Collection`: a record that is kept in a file or database,
to add to, search, verify drafts against and export. Importing this package loads next to nothing: the
types of records, readers, weights and databases are loaded when they are first needed.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError

__version__ = "0.1.0"
__all__ = [
    "Collection",
    "Engine",
    "Failure",
    "OnrecordError",
    "Query",
    "Record",
    "Statement",
    "from_json",
    "open",
    "read",
    "read_all",
    "read_many",
    "to_json",
]

if TYPE_CHECKING:
    from onrecord.collection.face import Collection
    from onrecord.collection.face import open_collection as open
    from onrecord.engine import Engine
    from onrecord.record import Failure, Query, Record, Statement, from_json, to_json
else:
    # Where each name stands. The types of records take 0.1 s to load, readers and databases more.
    _HOMES = {
        "Engine": ("onrecord.engine", "Engine"),
        "Collection": ("onrecord.collection.face", "Collection"),
        "open": ("onrecord.collection.face", "open_collection"),
        **{
            name: ("onrecord.record", name)
            for name in ("Failure", "Query", "Record", "Statement", "from_json", "to_json")
        },
    }

    def __getattr__(name: str) -> object:
        """A name of this package, loaded now that it is needed."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, there = _HOMES[name]
        return getattr(import_module(module), there)


@cache
def _engine() -> "Engine":
    from onrecord.engine import Engine

    return Engine()


def read(text_or_html: str | bytes, url: str | None = None, published: str | None = None) -> "Record":
    """The record of one article; see `onrecord.engine.Engine.read`."""
    return _engine().read(text_or_html, url=url, published=published)


def read_many(sources: Iterable[tuple[str, str | bytes]]) -> "Iterator[Record | Failure]":
    """A record or a failure for each (name, source), in order; one failure stops nothing."""
    return _engine().read_many(sources)


def read_all(
    source: str | Path, *, column: str | None = None, learn_furniture: bool = False
) -> "Iterator[Record | Failure]":
    """A record or a failure for each article of a file or folder, in order, as they are met.

    A file may be a page, a text, a WARC or WACZ archive, a feed, JSON, JSONL, CSV or TSV, plain or gzip;
    `column` names the column with the text where a table calls it by no usual name. With
    `learn_furniture` everything is read twice, first to learn what the pages of each site repeat, which
    is then left out; see `onrecord.engine.Engine.read_all`.
    """
    return _engine().read_all(source, column=column, learn_furniture=learn_furniture)
