"""Articles: a capture in, the article read from it out, by the reader for its media type."""

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.errors import DateInputError
from onrecord.ingest.capture import HTML_TYPES, decode_capture
from onrecord.ingest.dates import ACCEPTED_SHAPES, ParsedMoment, RefusedMoment, examine_moment
from onrecord.ingest.reading import READER_VERSION, Reading, moment_of
from onrecord.ingest.source_map import map_text
from onrecord.ingest.stated import apply_stated
from onrecord.ingest.text import read_text
from onrecord.record import Article, Capture, Moment, Origin, Unknown, article_id_of

if TYPE_CHECKING:
    from onrecord.ingest.site_furniture import Repeated


def read_article(
    capture: Capture, *, published: str | None = None, repeated: "Repeated | None" = None
) -> Article:
    """The article that a capture holds; what cannot be told of it is named in `unknowns`.

    What stood beside the bytes (`capture.stated`) fills what the bytes do not say themselves.

    `published` is the moment of publication where the caller knows it, in ISO 8601 or in words;
    `DateInputError` is raised where it cannot be read without guessing. `repeated`, as `learn_repeated`
    gives it, is what the pages of sites repeat: of a page it is left out.
    """
    given = _read_given(published, capture.url) if published is not None else None
    is_page = capture.media_type in HTML_TYPES
    reading = _read_page(capture, repeated) if is_page else _read_plain(capture)
    reading = apply_stated(reading, capture.stated)
    return Article(
        article_id=article_id_of(capture, reading.text),
        text=reading.text,
        blocks=reading.blocks,
        title=reading.title,
        authors=reading.authors,
        outlet=reading.outlet,
        published_at=given[0] if given else reading.published_at,
        updated_at=reading.updated_at,
        agencies=reading.agencies,
        language=reading.language,
        url=capture.url or reading.url,
        source_map=reading.source_map,
        coverage=reading.coverage,
        unknowns=_complete_unknowns(reading, given, capture.encoding),
    )


def _read_page(capture: Capture, repeated: "Repeated | None") -> Reading:
    from onrecord.ingest.html import read_html  # lxml, which plain text does without

    return read_html(capture, repeated=repeated)


def _read_plain(capture: Capture) -> Reading:
    text = decode_capture(capture)
    return replace(read_text(text), source_map=map_text(text, capture))


def _read_given(published: str, where: str | None) -> tuple[Moment, str | None]:
    """The moment the caller gives, and why its zone counts for nothing where it does."""
    parsed = examine_moment(published)
    if isinstance(parsed, ParsedMoment):
        origin = Origin(kind="given", name="published", version=READER_VERSION)
        return moment_of(parsed, published, None, origin), parsed.caveat
    reason = f" {parsed.reason}" if isinstance(parsed, RefusedMoment) else ""
    raise DateInputError(
        f"The moment of publication {published!r} cannot be read.{reason}",
        where=where,
        cure=f"Give {ACCEPTED_SHAPES}.",
    )


def _complete_unknowns(
    reading: Reading, given: tuple[Moment, str | None] | None, encoding: str
) -> tuple[Unknown, ...]:
    unknowns = reading.unknowns
    if given:
        unknowns = tuple(u for u in unknowns if not u.field.startswith("published_at"))
        if given[1]:
            unknowns += (Unknown(field="published_at.zone", reason=given[1]),)
    if lost := reading.text.count("\ufffd"):
        reason = (
            f"{lost} characters were lost before it was read, or are not {encoding}: they stand as U+FFFD."
        )
        unknowns += (Unknown(field="text", reason=reason),)
    return unknowns
