"""A record: one article and everything read from it; or the failure to read one."""

from dataclasses import dataclass, field

from onrecord.record.article import Article, Capture
from onrecord.record.entity import Entity
from onrecord.record.meaning import Meanings
from onrecord.record.place import PlaceValue
from onrecord.record.span import Note
from onrecord.record.statement import Statement
from onrecord.record.time import TimeValue

SCHEMA_VERSION = 3
NOT_IN_JSON = {"json": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Who said what in one article, in the order of the text; who, when and where it names.

    `notes` say what a reader must know: another language, or why there are no statements. `meanings` are
    vectors to search by, there where the record was read just now: they are no part of its JSON.
    """

    capture: Capture
    article: Article
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeValue, ...] = ()
    places: tuple[PlaceValue, ...] = ()
    notes: tuple[Note, ...] = ()
    schema_version: int = SCHEMA_VERSION
    meanings: Meanings | None = field(default=None, compare=False, metadata=NOT_IN_JSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that could not be read: at which stage, why, and what it happened to.

    `reason` is the name of the error; `detail` its message; `subject` a path, URL or position.
    """

    stage: str
    reason: str
    detail: str
    subject: str
    schema_version: int = SCHEMA_VERSION
