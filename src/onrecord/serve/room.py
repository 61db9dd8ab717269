"""What every page and every answer of the API works with: the record, the settings, what is being added."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.requests import Request

from onrecord.collection.face import Collection
from onrecord.errors import JudgementError
from onrecord.record.judging import Voice
from onrecord.serve.settings import Right, Settings
from onrecord.serve.verified import Verifications

if TYPE_CHECKING:
    from onrecord.serve.intake import Intakes
    from onrecord.store.base import Store

NAME_COOKIE = "onrecord_name"
RIGHT = "onrecord.right"  # in the scope of a request, set by guards.py


@dataclass(slots=True, kw_only=True)
class Room:
    """One record, opened once for all readers."""

    collection: Collection
    settings: Settings
    intakes: "Intakes"
    verifications: Verifications = field(init=False)

    def __post_init__(self) -> None:
        self.verifications = Verifications(collection=self.collection)

    @property
    def store(self) -> "Store":
        """What is asked directly."""
        return self.collection.store


def room_of(request: Request) -> Room:
    """The room that a request is made in."""
    room: Room = request.app.state.room
    return room


def right_of(request: Request) -> Right:
    """What whoever asks may do."""
    right: Right = request.scope.get(RIGHT, "read")
    return right


def name_of(request: Request) -> str:
    """The name under which whoever asks judges; "" where they gave none."""
    return unquote(request.cookies.get(NAME_COOKIE, "")).strip()


def voice_of(name: str, *, note: str | None = None, score: float | None = None) -> Voice:
    """Who judges now; raises `JudgementError` where nobody is named."""
    if not name.strip():
        raise JudgementError(
            "A judgement is somebody's, and no name was given.", cure="Say who you are first."
        )
    made_at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return Voice(by=name.strip(), made_at=made_at, note=note or None, score=score)
