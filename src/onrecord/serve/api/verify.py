"""/api/verify: a draft in, a verdict on each of its quotations and claims out."""

from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from onrecord.export.verdicts import plain_report
from onrecord.serve.api.shapes import Success, answer
from onrecord.serve.room import Room, room_of
from onrecord.serve.verified import expect_turn

router = APIRouter(tags=["verify"])
LONGEST_DRAFT = 1_000_000  # characters


class DraftGiven(BaseModel):
    """A draft as plain text."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(
        max_length=LONGEST_DRAFT,
        examples=["Mira Vance said: “The bridge stays shut until the thaw.”"],
    )
    name: str = Field("draft", max_length=200, description="What the draft is called in the report.")
    quotations: bool = Field(False, description="Leave out what the draft says in its own words.")


class Verdicts(BaseModel):
    """The report, in the same shape as `onrecord verify --json` prints it."""

    format: str
    version: int
    draft: str
    fails: bool
    summary: str
    counts: dict[str, int]
    notes: list[str]
    text: str
    verdicts: list[dict[str, Any]]


@router.post("/verify", response_model=Success[Verdicts], summary="Hold a draft against the record")
async def verify(request: Request, given: DraftGiven) -> Response:
    """A verdict on each quotation and claim of a draft. Nothing of it is kept."""
    # One draft at a time: it may take seconds, and whoever waits keeps no page from its thread.
    limiter: CapacityLimiter = request.app.state.verifying
    expect_turn(limiter)
    return await to_thread.run_sync(_verify, room_of(request), given, limiter=limiter)


def _verify(room: Room, given: DraftGiven) -> Response:
    body = given.text.encode("utf-8")
    report = room.collection.verify(body, name=given.name, quotations=given.quotations)
    return answer(plain_report(report))
