"""/api/statements: the statements that answer a question, and one of them with all that is known of it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from onrecord.errors import UnknownIdError
from onrecord.record import Hit, Judged, Judgement, Statement
from onrecord.record.codec import to_plain
from onrecord.record.overlay import Status
from onrecord.serve.api.asked import AskedPage
from onrecord.serve.api.shapes import PlainStatement, Success, answer
from onrecord.serve.room import room_of

router = APIRouter(tags=["statements"])


class Found(BaseModel):
    """The statements of a page, and how many there are: null where counting would take too long."""

    statements: list[Hit]
    total: int | None


class Header(BaseModel):
    """What an article says of itself."""

    article_id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    capture_sha256: str


class StatementShown(BaseModel):
    """A statement as judged. A rejected one is told to be so; it stands in no view or export."""

    statement: PlainStatement
    article: Header
    person_id: str | None
    status: Status | None
    rejected: bool
    judgements: list[Judgement]


@router.get("/statements", response_model=Success[Found], summary="Search for statements")
def list_statements(request: Request, asked: Annotated[AskedPage, Query()]) -> Response:
    """The statements that answer a question, each with its evidence."""
    found = room_of(request).collection.search(asked.to_query())
    value = {"statements": [to_plain(hit) for hit in found.hits], "total": found.total}
    return answer(value, next=found.next, notes=found.notes)


@router.get("/statements/{statement_id}", response_model=Success[StatementShown], summary="One statement")
def show_statement(request: Request, statement_id: str) -> Response:
    """Every field of a statement with its evidence; the first digits of its id do."""
    store = room_of(request).store
    judged = store.judged(statement_id)
    statement = find_statement(judged, statement_id)
    known_id = statement.statement_id
    entity_id = statement.speaker.entity_id if statement.speaker else None
    own = [j for j in store.judgements(of=known_id) if j.target and j.target.statement_id == known_id]
    status = next((s for s in judged.statuses if s.statement_id == known_id), None)
    return answer(
        {
            "statement": to_plain(statement, judged.record.article.text),
            "article": plain_header(judged),
            "person_id": dict(judged.person_ids).get(entity_id or ""),
            "status": to_plain(status) if status else None,
            "rejected": any(one.statement_id == known_id for one in judged.rejected),
            "judgements": [to_plain(one) for one in own],
        }
    )


def find_statement(judged: Judged, wanted: str) -> Statement:
    """The statement with this id or that begins so, a rejected one too; raises `UnknownIdError`."""
    digits = wanted.strip().removeprefix("statement-")
    for statement in (*judged.record.statements, *judged.rejected):
        if digits and statement.statement_id.removeprefix("statement-").startswith(digits):
            return statement
    raise UnknownIdError(
        f"{wanted!r:.80} is the id of no statement that its article has now.",
        cure="It was read anew since: the article has its statements.",
    )


def plain_header(judged: Judged) -> dict[str, str | None]:
    """What the article of a record says of itself, as plain values."""
    article = judged.record.article
    return {
        "article_id": article.article_id,
        "title": article.title.value if article.title else None,
        "outlet": article.outlet.value if article.outlet else None,
        "published": article.published_at.value if article.published_at else None,
        "url": article.url,
        "capture_sha256": judged.record.capture.sha256,
    }
