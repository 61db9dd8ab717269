"""The API: the record for programs, described by OpenAPI. In: the room. Out: the app below /api."""

from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import OnrecordError
from onrecord.serve.api import (
    articles,
    export,
    intakes,
    judgements,
    overview,
    page,
    people,
    statements,
    upkeep,
    verify,
)
from onrecord.serve.api.described import describe_api
from onrecord.serve.api.shapes import FAULTS
from onrecord.serve.faults import FAULT, FAULT_CURE, RefusedError, hide_place
from onrecord.serve.render import answer_error
from onrecord.serve.room import Room

MOST_FAULTS = 5  # that are told of one request
REFUSALS = {
    HTTPStatus.NOT_FOUND: ("There is no such address.", "/api/ lists what there is."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("This address is not asked in this way.", "/api/ says how."),
    HTTPStatus.BAD_REQUEST: ("The request cannot be read.", "Send what /api/ says, as JSON in UTF-8."),
}


def make_api(room: Room) -> FastAPI:
    """The app below /api."""
    api = FastAPI(
        title="onrecord",
        version="1",
        docs_url=None,
        redoc_url=None,
        responses=FAULTS,
        generate_unique_id_function=lambda route: route.name,
    )
    api.state.room = room
    api.state.verifying = room.verifications.turn
    for part in (statements, overview, export, articles, people, judgements, intakes, verify, upkeep):
        api.include_router(part.router)
    api.add_route("/", page.show_page_of_api, include_in_schema=False)
    api.add_middleware(AnswerHead)
    api.add_exception_handler(OnrecordError, _answer_error)
    api.add_exception_handler(RequestValidationError, _answer_misfit)
    api.add_exception_handler(HTTPException, _answer_refusal)
    api.add_exception_handler(Exception, _answer_fault)

    @cache
    def describe() -> dict[str, Any]:
        return describe_api(api, room.settings)

    api.openapi = describe  # type: ignore[method-assign]
    return api


class AnswerHead:
    """Answers HEAD as it would GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, send_head)


def _answer_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, OnrecordError)
    room: Room = request.app.state.room
    if room.settings.tokens:
        hide_place(error, room.store.where)
    return answer_error(error)


def _answer_misfit(_: Request, error: Exception) -> Response:
    """What does not fit the description, in a sentence each."""
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    told = "; ".join(f"{_name_place(fault['loc'])}: {fault['msg']}" for fault in faults[:MOST_FAULTS])
    where = _name_place(faults[0]["loc"]) if faults else None
    problem = f"The request does not fit: {told}."
    return answer_error(MisfitError(HTTPStatus.UNPROCESSABLE_ENTITY, problem, where=where))


def _answer_refusal(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    cause = error.__cause__
    if isinstance(cause, OnrecordError):  # FastAPI makes a 400 of whatever ends the reading of a body
        return answer_error(cause)
    problem, cure = REFUSALS.get(HTTPStatus(error.status_code), (error.detail, None))
    refused = RefusedError(HTTPStatus(error.status_code), problem, cure=cure)
    return answer_error(refused, headers=error.headers)


def _answer_fault(_: Request, __: Exception) -> Response:
    return answer_error(RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, FAULT, cure=FAULT_CURE))


def _name_place(place: tuple[int | str, ...]) -> str:
    """ "query.limit", at most so long: a part of it may be a stranger's."""
    return ".".join(f"{part}"[:80] for part in place[:8])


class MisfitError(RefusedError):
    """A request that does not fit what the API describes; `where` is the part that does not."""

    def __init__(self, status: HTTPStatus, problem: str, *, where: str | None) -> None:
        super().__init__(status, problem)
        self.where = where
