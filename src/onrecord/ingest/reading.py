"""What a reader (text or HTML) makes of one capture, before it becomes an article."""

from dataclasses import dataclass

from onrecord.ingest.dates import ParsedMoment
from onrecord.record import Block, Coverage, HeaderField, Moment, Origin, SourceMap, Span, Unknown

# Raised where the same bytes are read otherwise than before; 2 reads pages by blocks of its own.
READER_VERSION = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The text, its blocks in order, and the header; `unknowns` say why a field has no value."""

    text: str
    blocks: tuple[Block, ...]
    title: HeaderField | None = None
    authors: tuple[HeaderField, ...] = ()
    outlet: HeaderField | None = None
    published_at: Moment | None = None
    updated_at: Moment | None = None
    agencies: tuple[HeaderField, ...] = ()
    language: HeaderField | None = None
    url: str | None = None
    source_map: SourceMap | None = None
    coverage: Coverage | None = None
    unknowns: tuple[Unknown, ...] = ()


def moment_of(parsed: ParsedMoment, raw: str, span: Span | None, origin: Origin) -> Moment:
    """The record of a parsed moment."""
    return Moment(
        value=parsed.value, precision=parsed.precision, zone=parsed.zone, raw=raw, span=span, origin=origin
    )
