"""The two shapes of every answer of the API: what was asked for, or what was wrong."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from starlette.responses import Response

from onrecord.errors import QueryError
from onrecord.export.base import dump_json
from onrecord.serve.asking import MOST_SHOWN

T = TypeVar("T")
E = TypeVar("E")
USUAL = 50  # shown where nothing is said


class Success(BaseModel, Generic[T]):
    """What was asked for. `next` asks for what follows (`?after=`); `notes` say what a reader must know."""

    ok: Literal[True] = True
    data: T
    next: str | None = None
    notes: list[str] = []


class Problem(BaseModel):
    """What was wrong: `kind` for programs, the rest for people: the problem, where, and what to do."""

    kind: str
    problem: str
    where: str | None = None
    cure: str | None = None


class Fault(BaseModel):
    """An answer that is none."""

    ok: Literal[False] = False
    error: Problem


# A record and its statements are in JSON what `record/codec.py` makes of them, which has a schema of its own:
# described.py puts that in place of this mark.
KEPT = "x-kept"
PlainRecord = Annotated[dict[str, Any], WithJsonSchema({KEPT: "Record"})]
PlainStatement = Annotated[dict[str, Any], WithJsonSchema({KEPT: "RecordStatement"})]


class Page(BaseModel):
    """How much of a list is asked for."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(USUAL, ge=1, le=MOST_SHOWN, description="So many at most.")
    after: str = Field("", max_length=200, description="The `next` of the answer before.")


EXAMPLE_FAULT = {
    "ok": False,
    "error": {
        "kind": "QueryError",
        "problem": "There is no form 'spoken'.",
        "where": None,
        "cure": "Give one of direct, indirect, mixed.",
    },
}
FAULTS: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "model": Fault,
        "description": "What was asked cannot be answered, and why.",
        "content": {"application/json": {"example": EXAMPLE_FAULT}},
    },
    "5XX": {"model": Fault, "description": "It could be answered, and something here went wrong."},
}


def answer(
    value: Any,
    *,
    next: str | None = None,
    notes: Sequence[str] = (),
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The shape of success around plain values."""
    body = dump_json({"ok": True, "data": value, "next": next, "notes": list(notes)})
    return Response(body, status_code=status, headers=headers, media_type="application/json")


def cut_page(items: Sequence[E], page: Page) -> tuple[Sequence[E], str | None]:
    """The items of a page, and what asks for those after them; `after` counts. Raises `QueryError`."""
    given = page.after or "0"
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise QueryError(f"{given!r:.80} is no place in this list.", cure="Give the `next` of an answer.")
    start = int(given)
    end = start + page.limit
    return items[start:end], str(end) if end < len(items) else None
