"""/api/people: who is in the record, and as whom."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from onrecord.errors import UnknownIdError
from onrecord.record import Person
from onrecord.record.codec import to_plain
from onrecord.serve.api.shapes import USUAL, Success, answer
from onrecord.serve.asking import LONGEST, MOST_SHOWN
from onrecord.serve.room import room_of

router = APIRouter(tags=["people"])


class AskedPeople(BaseModel):
    """Who is looked for."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="Words of a name, or an id.", examples=["Vance"], max_length=LONGEST)
    limit: int = Field(USUAL, ge=1, le=MOST_SHOWN, description="So many at most.")


@router.get("/people", response_model=Success[list[Person]], summary="Look for people")
def list_people(request: Request, asked: Annotated[AskedPeople, Query()]) -> Response:
    """The people whose names hold these words, who said most first."""
    found = room_of(request).store.find_people(asked.name, limit=asked.limit)
    return answer([to_plain(person) for person in found])


@router.get("/people/{person_id}", response_model=Success[Person], summary="One person")
def show_person(request: Request, person_id: str) -> Response:
    """Somebody across articles; what they said: /api/statements?speaker=ID."""
    for person in room_of(request).store.find_people(person_id, limit=2):
        if person_id == person.person_id or person_id in person.merged_ids:
            return answer(to_plain(person))
    raise UnknownIdError(
        f"Nobody in the record has the id {person_id!r:.80}.", cure="/api/people?name= looks for names."
    )
