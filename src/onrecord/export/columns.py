"""The columns of a table of statements: one list that CSV, XLSX, Parquet, data frames and the docs share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from onrecord.export.scene import Scene, day_of, instant_of, place_name, point_of, time_words
from onrecord.record import GazetteerEntry, Statement
from onrecord.record.fragments import fragment_link

Kind = Literal["text", "texts", "number", "count", "day", "moment"]
Value = str | tuple[str, ...] | float | int | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the kind of its values, what they are, and where a statement has them.

    "texts" are several texts, joined by "; " where a cell can hold but one; a "day" is one of the calendar,
    a "moment" an instant in UTC.
    """

    name: str
    kind: Kind
    describe: str
    read: Callable[[Statement, Scene], Value]


def describe_columns() -> list[tuple[str, str, str]]:
    """Name, kind and meaning of each column, in order: what the reference is made from."""
    return [(column.name, column.kind, column.describe) for column in COLUMNS]


def read_row(statement: Statement, scene: Scene) -> list[Value]:
    """The values of a statement, one a column."""
    return [column.read(statement, scene) for column in COLUMNS]


def _published(_: Statement, scene: Scene) -> str | None:
    return scene.article.published_at.value if scene.article.published_at else None


def _outlet(_: Statement, scene: Scene) -> str | None:
    return scene.article.outlet.value if scene.article.outlet else None


def _title(_: Statement, scene: Scene) -> str | None:
    return scene.article.title.value if scene.article.title else None


def _language(_: Statement, scene: Scene) -> str | None:
    return scene.article.language.value if scene.article.language else None


def _speaker_kind(statement: Statement, scene: Scene) -> str | None:
    entity = scene.speaker_of(statement)
    return entity.kind if entity else None


def _descriptions(statement: Statement, scene: Scene) -> tuple[str, ...]:
    entity = scene.speaker_of(statement)
    return tuple(dict.fromkeys(one.text for one in entity.descriptions)) if entity else ()


def _said(statement: Statement) -> tuple[str | None, str | None]:
    return (statement.said_at.start, statement.said_at.end) if statement.said_at else (None, None)


def _said_place(statement: Statement, scene: Scene) -> str | None:
    place = scene.said_in(statement)
    if place is not None:
        return place_name(place)
    return statement.said_in.text if statement.said_in else None


def _said_entry(statement: Statement, scene: Scene) -> GazetteerEntry | None:
    place = scene.said_in(statement)
    return place.entry if place else None


def _point(statement: Statement, scene: Scene) -> tuple[float, float] | tuple[None, None]:
    return point_of(_said_entry(statement, scene)) or (None, None)


def _about_names(statement: Statement, scene: Scene) -> tuple[str, ...]:
    return tuple(scene.entities[wanted].name for wanted in statement.about.entity_ids)


def _about_entries(statement: Statement, scene: Scene) -> tuple[str, ...]:
    return tuple(one.entry.entry_id for one in scene.about_places(statement) if one.entry)


def _link(statement: Statement, scene: Scene) -> str | None:
    return fragment_link(scene.article, statement.content[0]) if statement.content else None


def _status(statement: Statement, scene: Scene, field: str) -> str | None:
    status = scene.statuses.get(statement.statement_id)
    return getattr(status, field) if status else None


def _spans(statement: Statement, _: Scene) -> tuple[str, ...]:
    return tuple(f"{span.start_char}:{span.end_char}" for span in statement.content)


def _entry(field: str) -> Callable[[Statement, Scene], Value]:
    def read(statement: Statement, scene: Scene) -> Value:
        entry = _said_entry(statement, scene)
        return getattr(entry, field) if entry else None

    return read


COLUMNS: tuple[Column, ...] = (
    Column("published", "text", "When the article was published: ISO 8601 cut to what is known.", _published),
    Column(
        "published_day", "day", "The day of that, in the article's own zone.",
        lambda s, c: day_of(_published(s, c)),
    ),
    Column(
        "published_at", "moment", "The instant of that in UTC, where clock and zone are known.",
        lambda s, c: instant_of(_published(s, c)),
    ),
    Column("outlet", "text", "Who published the article.", _outlet),
    Column("title", "text", "The article's title.", _title),
    Column(
        "speaker", "text", "Whose statement it is, by the fullest name that the article gives.",
        lambda s, c: s.speaker.name if s.speaker else None,
    ),
    Column("speaker_kind", "text", "What the speaker is: person, organisation, group …", _speaker_kind),
    Column("descriptions", "texts", "The roles that the article gives the speaker.", _descriptions),
    Column("person_id", "text", "Who the speaker is across articles.", lambda s, c: c.person_of(s)),
    Column("source", "text", "The words that name the source, as written.", lambda s, c: c.words(s.source)),
    Column(
        "text", "text", "What was said: the exact words of the article; several spans are joined by “ … ”.",
        lambda s, c: c.words(s.content),
    ),
    Column("cue", "text", "The words that attribute it (“told”).", lambda s, c: c.words(s.cue)),
    Column("form", "text", "direct (all in quotation marks), mixed or indirect.", lambda s, c: s.form),
    Column("mode", "text", "said, wrote, thinks, wants, feels or knows.", lambda s, c: s.mode),
    Column(
        "via", "texts", "The hops from the speaker to the outlet, in order, as written.",
        lambda s, c: tuple(hop.text for hop in s.chain),
    ),
    Column(
        "via_kinds", "texts", "What each of these hops is: told, wrote_on, agency …",
        lambda s, c: tuple(hop.kind for hop in s.chain),
    ),
    Column(
        "said", "text", "When it was said, in EDTF (ISO 8601-2).",
        lambda s, c: s.said_at.edtf if s.said_at else None,
    ),
    Column("said_from", "text", "The beginning of that: a day or a minute.", lambda s, c: _said(s)[0]),
    Column("said_to", "text", "The end of that, included.", lambda s, c: _said(s)[1]),
    Column("said_from_day", "day", "The day of the beginning.", lambda s, c: day_of(_said(s)[0])),
    Column("said_to_day", "day", "The day of the end.", lambda s, c: day_of(_said(s)[1])),
    Column(
        "said_precision", "text", "How exactly that is known: minute, day, week, month …",
        lambda s, c: s.said_at.precision if s.said_at else None,
    ),
    Column("said_in", "text", "Where it was said: the gazetteer's name, else the article's.", _said_place),
    Column("said_in_id", "text", "The gazetteer's id of that place.", _entry("entry_id")),
    Column("said_in_country", "text", "Its country, ISO 3166-1.", _entry("country")),
    Column("said_in_latitude", "number", "Degrees of its middle, WGS 84.", lambda s, c: _point(s, c)[0]),
    Column("said_in_longitude", "number", "Degrees of its middle, WGS 84.", lambda s, c: _point(s, c)[1]),
    Column("said_in_radius_km", "number", "How far it reaches from there.", _entry("radius_km")),
    Column("about_names", "texts", "Whom and what the statement speaks of.", _about_names),
    Column(
        "about_places", "texts", "The places it speaks of.",
        lambda s, c: tuple(place_name(one) for one in c.about_places(s)),
    ),
    Column("about_place_ids", "texts", "The gazetteer's ids of those it has.", _about_entries),
    Column(
        "about_times", "texts", "The times it speaks of: EDTF, else TIMEX3, else as written.",
        lambda s, c: tuple(time_words(one) for one in c.about_times(s)),
    ),
    Column(
        "authors", "texts", "The article's authors.",
        lambda s, c: tuple(one.value for one in c.article.authors),
    ),
    Column(
        "agencies", "texts", "The news agencies whose copy it is, or is made with.",
        lambda s, c: tuple(one.value for one in c.article.agencies),
    ),
    Column("language", "text", "The article's language (BCP 47).", _language),
    Column("url", "text", "The address of the article.", lambda s, c: c.article.url),
    Column("link", "text", "The address that shows the words in their page.", _link),
    Column("confidence", "number", "How sure the model is, 0 to 1.", lambda s, c: s.confidence.statement),
    Column(
        "status", "text", "accepted or corrected, where somebody judged it.",
        lambda s, c: _status(s, c, "kind"),
    ),
    Column("judged_by", "text", "Who judged it last.", lambda s, c: _status(s, c, "by")),
    Column("judged_at", "text", "When: ISO 8601.", lambda s, c: _status(s, c, "made_at")),
    Column(
        "unknown", "texts", "The fields that could not be told, each with the reason.",
        lambda s, c: tuple(f"{one.field}: {one.reason}" for one in s.unknowns),
    ),
    Column("spans", "texts", "Where the words stand in the text: start:end in code points.", _spans),
    Column("statement_id", "text", "The statement's id.", lambda s, c: s.statement_id),
    Column("within", "text", "The id of the statement whose content holds this one.", lambda s, c: s.within),
    Column("article_id", "text", "The article's id.", lambda s, c: c.article.article_id),
    Column("capture_sha256", "text", "The hash of the captured bytes.", lambda s, c: c.capture.sha256),
    Column(
        "retrieved_at", "text", "When they were captured: ISO 8601.", lambda s, c: c.capture.retrieved_at
    ),
)  # fmt: skip
