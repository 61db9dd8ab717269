"""The header of a reading: what a page's header states and its text in, fields with their spans out."""

from collections.abc import Iterable, Iterator, Sequence

from onrecord.ingest.agencies import find_agencies, name_agency
from onrecord.ingest.dates import ParsedMoment
from onrecord.ingest.page_header import PageHeader
from onrecord.ingest.page_marks import Found
from onrecord.ingest.page_text import PageText
from onrecord.ingest.reading import READER_VERSION, Reading, moment_of
from onrecord.record import BODY_KINDS, BlockKind, HeaderField, Moment, Origin, Span, Unknown

NO_BODY = "No block of the page reads as part of an article."
LINE_KINDS: tuple[BlockKind, ...] = ("byline", "dateline", "credit")


def make_reading(text: PageText, header: PageHeader) -> Reading:
    """The reading of a page without its map and coverage."""
    title = header.title
    has_body = any(block.kind in BODY_KINDS for block in text.blocks)
    no_body = () if has_body else (Unknown(field="body", reason=NO_BODY),)
    return Reading(
        text=text.text,
        blocks=text.blocks,
        title=_field(title, _find(text, title.value, ("title",))) if title else None,
        authors=_named(text, header.authors),
        outlet=_field(header.outlet, None) if header.outlet else None,
        published_at=_moment(text, header.published),
        updated_at=_moment(text, header.updated),
        agencies=_credited(text, header),
        language=_field(header.language, None) if header.language else None,
        url=header.url.value if header.url else None,
        unknowns=(*header.unknowns, *_doubt_moments(header), *no_body),
    )


def _origin(place: str) -> Origin:
    return Origin(kind="markup", name=place, version=READER_VERSION)


def _field(found: Found[str], span: Span | None) -> HeaderField:
    return HeaderField(value=found.value, raw=found.raw, span=span, origin=_origin(found.place))


def _named(text: PageText, found: Iterable[Found[str]]) -> tuple[HeaderField, ...]:
    return tuple(_field(one, _find(text, one.value, LINE_KINDS)) for one in found)


def _credited(text: PageText, header: PageHeader) -> tuple[HeaderField, ...]:
    """The agencies that the text credits, then those that only the markup names."""
    shown = find_agencies(text.text, text.blocks)
    names = {agency.value for agency in shown}
    stated = _named(text, header.agencies)
    return shown + tuple(a for a in stated if (name_agency(a.value) or a.value) not in names)


def _moment(text: PageText, found: Found[ParsedMoment] | None) -> Moment | None:
    if found is None:
        return None
    return moment_of(found.value, found.raw, _find(text, found.raw, LINE_KINDS), _origin(found.place))


def _find(text: PageText, words: str, kinds: Sequence[BlockKind]) -> Span | None:
    """Where in the lines of these kinds the words stand, None where no such line shows them."""
    for block in text.blocks:
        if block.kind in kinds:
            start = text.text.find(words, block.span.start_char, block.span.end_char)
            if start >= 0 and words:
                return Span(start_char=start, end_char=start + len(words))
    return None


def _doubt_moments(header: PageHeader) -> Iterator[Unknown]:
    """What is doubtful about the moments that are told."""
    for name, found in (("published_at", header.published), ("updated_at", header.updated)):
        if found and found.value.caveat:
            yield Unknown(field=f"{name}.zone", reason=found.value.caveat)
        if found and found.value.doubt:
            yield Unknown(field=f"{name}.day", reason=found.value.doubt)
    if header.published and header.published.place.endswith("of an update"):
        reason = "The page dates an update alone; when it was first published it does not say."
        yield Unknown(field="published_at.first", reason=reason)
