"""/api/intakes: what is being added, and how far it is."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from onrecord.collection.adding import AddReport
from onrecord.errors import QueryError
from onrecord.record.codec import to_plain
from onrecord.serve.api.shapes import Page, Success, answer
from onrecord.serve.intake import Intake
from onrecord.serve.progress import Outcome
from onrecord.serve.room import room_of

router = APIRouter(tags=["adding"])


class IntakeShown(BaseModel):
    """What was given at once, on its way: counts until now, and what is being read."""

    intake_id: str
    name: str
    expected: int
    state: Literal["waiting", "running", "done", "failed", "stopped"]
    started_at: str
    report: AddReport
    reading: str | None
    problem: str | None
    cure: str | None
    article_id: str | None


class IntakeTold(IntakeShown):
    """The same, with what came of each article, in order."""

    outcomes: list[Outcome]


@router.get("/intakes", response_model=Success[list[IntakeShown]], summary="What is being added")
def list_intakes(request: Request) -> Response:
    """What was given lately, the last first."""
    return answer([plain_intake(one) for one in room_of(request).intakes.recent()])


@router.get("/intakes/{intake_id}", response_model=Success[IntakeTold], summary="How far it is")
def show_intake(request: Request, intake_id: str, page: Annotated[Page, Query()]) -> Response:
    """One of them. While it runs, `next` asks for what came after the outcomes that are told here."""
    intake = room_of(request).intakes.find(intake_id)
    is_over = intake.is_over
    known = intake.outcomes(_read_after(page.after))
    outcomes = known[: page.limit]
    last = str(outcomes[-1].number) if outcomes else page.after or "0"
    following = last if len(known) > len(outcomes) or not is_over else None
    told = {**plain_intake(intake), "outcomes": [to_plain(one) for one in outcomes]}
    return answer(told, next=following)


@router.post("/intakes/{intake_id}/stop", response_model=Success[IntakeShown], summary="Stop adding")
def stop_intake(request: Request, intake_id: str) -> Response:
    """It ends as soon as it can; what was read is kept."""
    return answer(plain_intake(room_of(request).intakes.stop(intake_id)))


def plain_intake(intake: Intake) -> dict[str, Any]:
    """An intake as plain values."""
    return {name: to_plain(getattr(intake, name)) for name in IntakeShown.model_fields}


def _read_after(after: str) -> int:
    if not after:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        raise QueryError(f"{after!r:.80} is no place in this list.", cure="Give the `next` of an answer.")
    return int(after)
