"""/api/facets, /api/moments, /api/whereabouts: what the statements that answer a question have in common."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from onrecord.record.codec import to_plain
from onrecord.record.overview import Facets, Moments, TimeUnit, Whereabouts
from onrecord.serve.api.asked import Asked
from onrecord.serve.api.shapes import Success, answer
from onrecord.serve.room import room_of

router = APIRouter(tags=["statements"])


class AskedMoments(Asked):
    """A question, and how finely its answer is counted."""

    unit: TimeUnit = Field("month", description="What is counted together.")


@router.get("/facets", response_model=Success[Facets], summary="Speakers, outlets, forms and places")
def count_facets(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """What the statements that answer a question have in common, most first."""
    return answer(to_plain(room_of(request).store.facets(asked.to_query())))


@router.get("/moments", response_model=Success[Moments], summary="Statements over time")
def count_moments(request: Request, asked: Annotated[AskedMoments, Query()]) -> Response:
    """How many of the statements that answer a question are of each year, month, day or hour."""
    return answer(to_plain(room_of(request).store.moments(asked.to_query(), asked.unit)))


@router.get("/whereabouts", response_model=Success[Whereabouts], summary="Statements by place")
def count_whereabouts(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The places that the statements that answer a question were made at or speak of."""
    return answer(to_plain(room_of(request).store.whereabouts(asked.to_query())))
