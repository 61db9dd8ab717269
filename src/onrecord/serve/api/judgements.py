"""/api/judgements: what people said of the record, and saying it."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from onrecord.errors import JudgementError, QueryError, UnknownIdError
from onrecord.record import Judgement, judging
from onrecord.record.codec import to_plain
from onrecord.serve.api.judged import Judging, Withdrawal, make_judgements
from onrecord.serve.api.shapes import Page, Success, answer
from onrecord.serve.room import Room, room_of

router = APIRouter(tags=["judgements"])


class AskedJudgements(Page):
    """Which judgements."""

    of: str = Field("", max_length=200, description="Those of one article alone: its id, or a statement's.")


@router.get("/judgements", response_model=Success[list[Judgement]], summary="What people judged")
def list_judgements(request: Request, asked: Annotated[AskedJudgements, Query()]) -> Response:
    """All judgements, the newest first, withdrawn ones too."""
    shown = _load_newest(room_of(request), asked)
    cut = shown[: asked.limit]
    following = cut[-1].judgement_id if len(shown) > asked.limit else None
    return answer([to_plain(one) for one in cut], next=following)


@router.post(
    "/judgements", status_code=201, response_model=Success[list[Judgement]], summary="Judge, as somebody"
)
def add_judgements(request: Request, said: Judging) -> Response:
    """Keeps what somebody says of a statement or of people; it counts from now on, in every view."""
    made = make_judgements(room_of(request).store, said)
    room_of(request).collection.judge(made)
    return answer([to_plain(one) for one in made], status=HTTPStatus.CREATED)


@router.post(
    "/judgements/{judgement_id}/withdraw", response_model=Success[Judgement], summary="Take a judgement back"
)
def withdraw(request: Request, judgement_id: str, said: Withdrawal) -> Response:
    """The judgement counts no more; it stays listed, with who withdrew it and when."""
    room = room_of(request)
    voice = judging.Voice(by=said.by.strip(), made_at=datetime.now(UTC).isoformat(timespec="milliseconds"))
    known = _find(room, judgement_id)
    if known.withdrawn_at is not None:
        raise JudgementError(f"It was withdrawn before: by {known.withdrawn_by}, {known.withdrawn_at}.")
    room.collection.withdraw(judgement_id, by=voice.by, at=voice.made_at)
    return answer(to_plain(_find(room, judgement_id)))


def _find(room: Room, judgement_id: str) -> Judgement:
    for judgement in room.store.judgements():
        if judgement.judgement_id == judgement_id:
            return judgement
    raise UnknownIdError(
        f"No judgement has the id {judgement_id!r:.80}.", cure="GET /api/judgements has all."
    )


def _load_newest(room: Room, asked: AskedJudgements) -> list[Judgement]:
    """The judgements of a page and one more, the newest first; raises `QueryError`."""
    wanted = asked.limit + 1
    if asked.of:
        return _cut_after(list(reversed(room.store.judgements(of=asked.of))), asked.after)[:wanted]
    loaded, most = list(reversed(room.store.judgements(newest=wanted))), wanted
    while asked.after:
        try:
            following = _cut_after(loaded, asked.after)
        except QueryError:
            following = []
        if len(following) >= wanted or len(loaded) < most:
            break
        most *= 4
        loaded = list(reversed(room.store.judgements(newest=most)))
    return _cut_after(loaded, asked.after)[:wanted]


def _cut_after(newest_first: list[Judgement], after: str) -> list[Judgement]:
    if not after:
        return newest_first
    for number, judgement in enumerate(newest_first, 1):
        if judgement.judgement_id == after:
            return newest_first[number:]
    raise QueryError(f"No judgement {after!r:.80} is in this list.", cure="Give the `next` of an answer.")
