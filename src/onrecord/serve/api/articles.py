"""/api/articles: what was added last, an article as judged, the bytes it was read from, and adding more."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from starlette.responses import Response

from onrecord.record import ArticleLine, Judged
from onrecord.record.codec import to_plain
from onrecord.record.overlay import Status, Unfit
from onrecord.serve.api.given import GIVEN_BODY, read_given
from onrecord.serve.api.intakes import IntakeShown, plain_intake
from onrecord.serve.api.shapes import Page, PlainRecord, PlainStatement, Success, answer
from onrecord.serve.room import room_of

router = APIRouter(tags=["articles"])
ENDINGS = {"text/html": "html", "application/xhtml+xml": "xhtml", "text/plain": "txt"}


class ArticleShown(BaseModel):
    """An article as people judged it: its record, and what the judgements made of it."""

    record: PlainRecord
    statuses: list[Status]
    rejected: list[PlainStatement]
    person_ids: dict[str, str]
    unfit: list[Unfit]


@router.get("/articles", response_model=Success[list[ArticleLine]], summary="What was added last")
def list_articles(request: Request, page: Annotated[Page, Query()]) -> Response:
    """The articles as they were added, the last first."""
    lines = room_of(request).store.newest_articles(limit=page.limit, after=page.after or None)
    return answer([to_plain(line) for line in lines.listed], next=lines.next)


@router.post(
    "/articles",
    status_code=202,
    response_model=Success[IntakeShown],
    summary="Add articles",
    openapi_extra=GIVEN_BODY,
)
async def add_articles(request: Request) -> Response:
    """Begins to add an article or files; GET /api/intakes/{intake_id} tells how far it is."""
    intakes = room_of(request).intakes
    drop = await read_given(request, intakes.crawl)
    intake = await run_in_threadpool(intakes.start, drop)
    headers = {"location": f"/api/intakes/{intake.intake_id}"}
    return answer(plain_intake(intake), status=HTTPStatus.ACCEPTED, headers=headers)


@router.get("/articles/{article_id}", response_model=Success[ArticleShown], summary="One article")
def show_article(request: Request, article_id: str) -> Response:
    """The record of an article, as `onrecord read --json` prints it, with what people judged laid over."""
    return answer(_plain_judged(room_of(request).store.judged(article_id)))


@router.get(
    "/articles/{article_id}/capture",
    response_class=Response,
    responses={
        200: {
            "description": "The bytes, to be kept as a file.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
    summary="The captured bytes",
)
def show_capture(request: Request, article_id: str) -> Response:
    """The bytes that an article was read from, as they came. A browser keeps them and runs nothing."""
    store = room_of(request).store
    capture = store.judged(article_id).record.capture
    name = f"capture-{capture.sha256[:12]}.{ENDINGS.get(capture.media_type, 'bin')}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(
        store.capture_body(capture.sha256), media_type="application/octet-stream", headers=headers
    )


def _plain_judged(judged: Judged) -> dict[str, Any]:
    text = judged.record.article.text
    return {
        "record": to_plain(judged.record, text),
        "statuses": [to_plain(status) for status in judged.statuses],
        "rejected": [to_plain(statement, text) for statement in judged.rejected],
        "person_ids": dict(judged.person_ids),
        "unfit": [to_plain(unfit) for unfit in judged.unfit],
    }
