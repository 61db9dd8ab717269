"""The answer to a question as a file: `/search/export?format=csv&` and the words of the question.

A file holds exactly the statements of the answer, each article with those alone; only where nothing is
asked, whole articles, those without statements too. It is written aside by threads of its own, so that no
page waits for it, and only up to so many statements: the command line has no such bound.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from onrecord.collection.face import Collection
from onrecord.errors import ExportError
from onrecord.export.base import ExportContext, Format, is_installed, name_program
from onrecord.export.formats import FORMATS, find_format
from onrecord.export.writing import write_stream
from onrecord.record import Answer, Judged, Query
from onrecord.serve.asking import read_query, write_query
from onrecord.serve.faults import RefusedError
from onrecord.serve.room import room_of
from onrecord.store.narrowing import keep_statements

# A statement takes up to some 3 ms (its article is read whole, as judged): half a minute at most.
MOST_EXPORTED = 10_000
AT_ONCE = 1_000
WRITERS = 2  # exports at one time; more wait, and pages do not
_writers: RunVar[anyio.CapacityLimiter] = RunVar("onrecord_export_writers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A format as it is offered with an answer; `lacks` is the command that installs what it needs."""

    name: str
    suffix: str
    told: str
    address: str
    lacks: str | None = None


def list_choices(query: Query) -> list[Choice]:
    """Every format, with the address that gives this answer in it."""
    asked = write_query(query, after=None)
    if query.meaning:  # nearness has no end: as many as are shown
        asked += f"&limit={query.limit}"
    return [
        Choice(
            name=chosen.name,
            suffix=chosen.suffixes[0],
            told=chosen.describe,
            address=f"/search/export?format={chosen.name}{'&' if asked else ''}{asked}",
            lacks=None if is_installed(chosen) else f"pip install 'onrecord[{chosen.extra}]'",
        )
        for chosen in FORMATS.values()
    ]


async def send_export(request: Request) -> Response:
    """The file, to be kept; raises `QueryError`, `ExportError`, `MissingPartError`, `RefusedError`."""
    query, chosen = _read_asked(request)
    collection = room_of(request).collection
    path = await anyio.to_thread.run_sync(_write_aside, collection, query, chosen, limiter=_limiter())
    return _Passing(path, media_type=chosen.media_type, filename=name_file(query, chosen))


class _Passing(FileResponse):
    """A file that is gone once it was sent, or could not be: where a reader left, or asked for bytes that it
    has not, too."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            Path(self.path).unlink(missing_ok=True)


def _read_asked(request: Request) -> tuple[Query, Format]:
    params = request.query_params
    wanted = params.get("format", "").strip().casefold()
    if wanted not in FORMATS:
        raise ExportError(
            f"There is no format {wanted!r:.80}.", cure=f"Give format as one of: {', '.join(FORMATS)}."
        )
    return read_query({name: params[name] for name in params if name != "after"}), find_format(wanted)


def _limiter() -> anyio.CapacityLimiter:
    """The threads that write, of the loop that runs."""
    try:
        return _writers.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(WRITERS)
        _writers.set(limiter)
        return limiter


def _write_aside(collection: Collection, query: Query, chosen: Format) -> Path:
    """A new file that holds the answer, whole; where something goes wrong, none."""
    entries = list_entries(collection, query)
    context = make_context(collection, query)
    handle, name = tempfile.mkstemp(prefix="onrecord-", suffix=chosen.suffixes[0])
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            write_stream(chosen, entries, stream, context)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise ExportError(f"The export cannot be written: {error.strerror or error}.") from error
        raise
    return path


def make_context(collection: Collection, query: Query) -> ExportContext:
    """What a format knows besides the records: of a whole record, what could not be read."""
    failures = collection.failures() if is_bare(query) else ()
    return ExportContext(generator=name_program(), failures=failures)


def list_entries(collection: Collection, query: Query) -> Iterator[Judged]:
    """The articles of an answer in its order, as judged, with the statements of it alone; one at a time.

    Raises `RefusedError` before the first where there are too many, `QueryError`.
    """
    if is_bare(query):
        counts = collection.counts()
        if max(counts.statements, counts.articles) > MOST_EXPORTED:
            raise _too_many(collection)
        return collection.store.iter_judged()
    wanted = _find_wanted(collection, query)
    return (keep_statements(collection.show(article), ids) for article, ids in wanted.items())


def is_bare(query: Query) -> bool:
    """Whether nothing is asked but an order."""
    return not write_query(query, sort="date", after=None)


def _find_wanted(collection: Collection, query: Query) -> dict[str, set[str]]:
    """The ids of the statements that answer, by that of their article."""
    wanted: dict[str, set[str]] = {}
    found = 0
    for answer in _iter_answers(collection, query):
        found += len(answer.hits)
        if found > MOST_EXPORTED:
            raise _too_many(collection)
        for hit in answer.hits:
            wanted.setdefault(hit.article_id, set()).add(hit.statement_id)
    return wanted


def _iter_answers(collection: Collection, query: Query) -> Iterator[Answer]:
    if query.meaning:
        yield collection.search(query)
        return
    page: Query | None = query.narrow(limit=AT_ONCE, after=None)
    while page is not None:
        answer = collection.search(page)
        yield answer
        page = page.narrow(after=answer.next) if answer.next else None


def _too_many(collection: Collection) -> RefusedError:
    return RefusedError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"More than {MOST_EXPORTED:,} statements answer, too many to take along from a page.",
        cure="Narrow the search, for instance by a year; or have all of it written on the machine of the "
        f"record: onrecord export --in {collection.store.where} -o statements.csv, with the same filters.",
    )


def name_file(query: Query, chosen: Format) -> str:
    """The name that a browser keeps the file under: what it is and, in letters that any system takes, what
    was asked.

    >>> name_file(Query(words="Bridge, bolts!"), FORMATS["csv"])
    'statements-bridge-bolts.csv'
    """
    asked = " ".join(filter(None, (query.words, query.when, query.outlet, query.meaning)))
    letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in asked.casefold())
    parts = ["statements", *letters.split()]
    return f"{'-'.join(parts)[:60].rstrip('-')}{chosen.suffixes[0]}"


ROUTES: list[BaseRoute] = [Route("/search/export", send_export)]
