"""Plain text as scraped: the text in, kept whole; out its blocks and what its header says.

Every line with anything on it is in exactly one block. Labels are given in three rounds: what a line
says by itself, the header, the body.
"""

from functools import cache

from onrecord.ingest.agencies import find_agencies
from onrecord.ingest.body import label_body, label_pictures
from onrecord.ingest.dates import ParsedMoment, RefusedMoment
from onrecord.ingest.furniture import furniture_rule
from onrecord.ingest.header import Header, Label, read_header
from onrecord.ingest.lines import Unit, is_list_item, split_units
from onrecord.ingest.pictures import picture_rule
from onrecord.ingest.reading import READER_VERSION, Reading, moment_of
from onrecord.record import BODY_KINDS, Block, HeaderField, Moment, Origin, Span, Unknown

# A longer unit is a paragraph whatever it says.
MAX_LABELLED_CHARS = 500
# A caption with its credit, hard-wrapped, is no more lines than these.
MAX_PICTURE_LINES = 5


def read_text(text: str) -> Reading:
    """The reading of a plain text. Never raises; what cannot be told is named in `unknowns`."""
    units = split_units(text)
    labels = [label_alone(unit) for unit in units]
    label_pictures(units, labels)
    header = read_header(units, labels)
    label_body(units, header)
    blocks = tuple(_block_of(unit, label) for unit, label in zip(units, labels, strict=True))
    published_at, unknowns = _read_moment(units, header)
    title = _read_title(units, header)
    authors = _read_authors(units, header)
    outlet = next((_field_of(units[i], *b.outlet, b.rule) for i, b in header.bylines if b.outlet), None)
    return Reading(
        text=text,
        blocks=blocks,
        title=title,
        authors=authors,
        outlet=outlet,
        agencies=find_agencies(text, blocks),
        published_at=published_at,
        unknowns=unknowns + _explain_missing(title, authors, outlet, blocks),
    )


def label_alone(unit: Unit) -> Label | None:
    """What a unit is by its own words, wherever it stands; None where only its place can tell."""
    words = unit.words if unit.line_count == 1 else " ".join(unit.words[: 2 * MAX_LABELLED_CHARS].split())
    if words[0] == ">" and len(words) > 1:
        return "quotation", "quotation-marked"
    if len(words) <= MAX_LABELLED_CHARS or not any(c.isalnum() for c in words[:MAX_LABELLED_CHARS]):
        if rule := furniture_rule(words):
            return "furniture", f"furniture-{rule}"
        if unit.line_count <= MAX_PICTURE_LINES and (picture := picture_rule(words)):
            return picture
    return ("list_item", "list-item") if is_list_item(words) else None


@cache
def origin_of(rule: str) -> Origin:
    """The origin of what a rule of this reader says."""
    return Origin(kind="rule", name=f"text-lines/{rule}", version=READER_VERSION)


def _block_of(unit: Unit, label: Label | None) -> Block:
    kind, rule = label or ("paragraph", "paragraph")
    return Block(
        kind=kind, span=Span(start_char=unit.start_char, end_char=unit.end_char), origin=origin_of(rule)
    )


def _field_of(unit: Unit, start: int, end: int, rule: str) -> HeaderField:
    raw = unit.words[start:end]
    span = Span(start_char=unit.start_char + start, end_char=unit.start_char + end)
    return HeaderField(value=" ".join(raw.split()), raw=raw, span=span, origin=origin_of(rule))


def _read_title(units: list[Unit], header: Header) -> HeaderField | None:
    if header.title is None:
        return None
    unit = units[header.title]
    return _field_of(unit, 0, len(unit.words), "title")


def _read_authors(units: list[Unit], header: Header) -> tuple[HeaderField, ...]:
    """The names in the bylines over the text; where there are none, in those below it."""
    over = [(i, byline) for i, byline in header.bylines if i < header.body_start and byline.names]
    fields = [
        _field_of(units[i], start, end, byline.rule)
        for i, byline in over or header.bylines
        for start, end in byline.names
    ]
    return tuple({author.value: author for author in reversed(fields)}.values())[::-1]


def _read_moment(units: list[Unit], header: Header) -> tuple[Moment | None, tuple[Unknown, ...]]:
    for i, parsed in header.moments:
        if isinstance(parsed, ParsedMoment):
            start = units[i].start_char
            span = Span(start_char=start + parsed.start_char, end_char=start + parsed.end_char)
            raw = units[i].words[parsed.start_char : parsed.end_char]
            caveat = (Unknown(field="published_at.zone", reason=parsed.caveat),) if parsed.caveat else ()
            return moment_of(parsed, raw, span, origin_of("moment")), caveat
    for i, refused in header.moments:
        if isinstance(refused, RefusedMoment):
            reason = f"The line {units[i].words!r} does not tell it: {refused.reason}"
            return None, (Unknown(field="published_at", reason=reason),)
    return None, (Unknown(field="published_at", reason="No line says when it was published."),)


def _explain_missing(
    title: HeaderField | None,
    authors: tuple[HeaderField, ...],
    outlet: HeaderField | None,
    blocks: tuple[Block, ...],
) -> tuple[Unknown, ...]:
    named = any(block.kind == "byline" for block in blocks)
    missing = (
        (title is None, "title", "No line over the text reads as a title."),
        (not authors, "authors", "The byline names nobody." if named else "No line reads as a byline."),
        (outlet is None, "outlet", "No line of the header names the outlet."),
        (True, "language", "Plain text does not state its language."),
        (not any(b.kind in BODY_KINDS for b in blocks), "body", "No line reads as part of a report."),
    )
    return tuple(Unknown(field=name, reason=reason) for holds, name, reason in missing if holds)
