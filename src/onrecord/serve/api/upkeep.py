"""/api/counts, /api/failures, /api/runs: how much there is, what could not be read, what was added."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.record import Failure
from onrecord.record.codec import to_plain
from onrecord.serve.api.shapes import Page, Success, answer, cut_page
from onrecord.serve.room import room_of
from onrecord.store.base import Counts, Run

router = APIRouter(tags=["upkeep"])


@router.get("/counts", response_model=Success[Counts], summary="How much there is")
def count_all(request: Request) -> Response:
    """How many articles, statements, people and judgements the record holds."""
    return answer(to_plain(room_of(request).store.counts()))


@router.get("/failures", response_model=Success[list[Failure]], summary="What could not be read")
def list_failures(request: Request, page: Annotated[Page, Query()]) -> Response:
    """What could not be read, and why."""
    shown, following = cut_page(room_of(request).store.failures(), page)
    return answer([to_plain(failure) for failure in shown], next=following)


@router.get("/runs", response_model=Success[list[Run]], summary="What was added when")
def list_runs(request: Request, page: Annotated[Page, Query()]) -> Response:
    """The runs in which articles were added, oldest first."""
    shown, following = cut_page(room_of(request).store.runs(), page)
    return answer([to_plain(run) for run in shown], next=following)
