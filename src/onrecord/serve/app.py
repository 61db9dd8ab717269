"""The web app: a record and settings in, an ASGI app out. The one place where pages and API are composed."""

import contextlib
from collections.abc import AsyncIterator
from http import HTTPStatus

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from onrecord.collection.face import Collection
from onrecord.errors import OnrecordError
from onrecord.serve.faults import FAULT, FAULT_CURE, RefusedError, hide_place, status_of
from onrecord.serve.guards import Guards
from onrecord.serve.intake import Intakes
from onrecord.serve.overviews import CountsAnew
from onrecord.serve.pages import list_routes
from onrecord.serve.render import answer_error, is_of_api, refuse, show_page
from onrecord.serve.room import Room
from onrecord.serve.settings import Settings
from onrecord.serve.timing import Timing

# More at once than there are cores only wait for each other; a reader who waits is served before long.
THREADS = 16


def make_app(collection: Collection, settings: Settings | None = None) -> ASGIApp:
    """The reading room of a record that is open; whoever opened it closes it, after the app."""
    chosen = settings or Settings()
    room = Room(collection=collection, settings=chosen, intakes=Intakes(collection, fetch=chosen.fetch))

    @contextlib.asynccontextmanager
    async def live(_: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield
        room.intakes.close()

    app = Starlette(
        routes=list_routes(room),
        lifespan=live,
        middleware=[
            Middleware(CountsAnew),
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5),
        ],
        exception_handlers={
            OnrecordError: _show_error,
            HTTPException: _show_refusal,
            Exception: _show_fault,
        },
    )
    app.state.room = room
    return Timing(Guards(app, chosen))


def _show_error(request: Request, error: Exception) -> Response:
    """The page of an error of ours."""
    assert isinstance(error, OnrecordError)
    room: Room = request.app.state.room
    if room.settings.tokens:
        hide_place(error, room.store.where)
    return show_page(request, "error.html", status=status_of(error), error=error)


def _show_refusal(request: Request, error: Exception) -> Response:
    """The page of an address that there is not, or that is not asked so."""
    assert isinstance(error, HTTPException)
    told = {
        HTTPStatus.NOT_FOUND: "There is no such page.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This page is not asked in this way.",
    }.get(HTTPStatus(error.status_code), error.detail)
    cure = "Go to the first page, or search the record."
    shown = RefusedError(HTTPStatus(error.status_code), told, cure=cure)
    if is_of_api(request.scope):  # what the API below is not led to: an address with a line break
        return answer_error(shown)
    headers = dict(error.headers) if error.headers else None
    return show_page(request, "error.html", status=error.status_code, headers=headers, error=shown)


def _show_fault(request: Request, _: Exception) -> Response:
    """What is told of a fault of the program's own; what it was stands in the log, not on the page."""
    fault = RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, FAULT, cure=FAULT_CURE)
    return refuse(fault, request.scope)
