"""What stood beside the captured bytes: a reading and the stated fields in, the reading with them out.

What a row states of an article counts where the reading found nothing, or only guessed from the shape
of lines of plain text; what a page's own markup says stays. What a feed states goes before the markup
of its entry too, which is a piece of a page without its header.
"""

import dataclasses
import html
import re
from collections.abc import Iterable

from onrecord.ingest.dates import ParsedMoment, RefusedMoment, examine_moment
from onrecord.ingest.reading import READER_VERSION, Reading, moment_of
from onrecord.record import Block, HeaderField, Moment, Origin, StatedField, Unknown

_FEEDS = ("rss ", "atom ", "dc:", "json feed ")
_BETWEEN_NAMES = re.compile(r"\s*(?:\||,|/|&|\band\b)\s*", re.IGNORECASE)
_BY = re.compile(r"^\s*(?:written\s+)?by[\s:]+", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_NO_NAME = re.compile(r"^\W*$|@|https?://|^\W*(?:none|null|nan|unknown|n/a|admin)\W*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$")
# A headline above a text with a title of its own has few words; a first paragraph has more.
HEADLINE_WORDS = 15


def apply_stated(reading: Reading, stated: Iterable[StatedField]) -> Reading:
    """The reading with the stated fields where they count; a date that cannot be read is an unknown."""
    fields = tuple(stated)
    if not fields:
        return reading
    reading = _apply_title(reading, fields)
    reading = _apply_names(reading, fields)
    for field in ("published_at", "updated_at"):
        reading = _apply_moment(reading, field, fields)
    return reading


def _first(fields: tuple[StatedField, ...], name: str) -> StatedField | None:
    return next((f for f in fields if f.field == name and f.value.strip()), None)


def _origin(field: StatedField) -> Origin:
    return Origin(kind="given", name=field.place, version=READER_VERSION)


def _header(field: StatedField, value: str) -> HeaderField:
    return HeaderField(value=value, raw=field.value, span=None, origin=_origin(field))


def _is_kept(found: HeaderField | Moment | None, stated: StatedField) -> bool:
    """Whether what was found stands against what is stated: it was read from the markup of a whole page."""
    return found is not None and found.origin.kind != "rule" and not stated.place.startswith(_FEEDS)


def _fold(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _clean(words: str) -> str:
    """Stated words in one line, without the markup and the character references that feeds put in them."""
    bare = _TAG.sub("", _SCRIPT.sub("", words))
    return " ".join(html.unescape(bare).split())


def _known(reading: Reading, field: str) -> tuple[Unknown, ...]:
    """The unknowns without those of a field that is known now."""
    return tuple(u for u in reading.unknowns if u.field.split(".")[0] != field)


def _apply_title(reading: Reading, fields: tuple[StatedField, ...]) -> Reading:
    stated = _first(fields, "title")
    found = reading.title
    if stated is None or _is_kept(found, stated):
        return reading
    value = _clean(stated.value)
    if not value:
        return reading
    if found is not None and _fold(found.value) == _fold(value):
        return reading  # it stands in the text: that tells where
    blocks = tuple(_untitle(block, reading) for block in reading.blocks)
    return dataclasses.replace(
        reading, title=_header(stated, value), blocks=blocks, unknowns=_known(reading, "title")
    )


def _untitle(block: Block, reading: Reading) -> Block:
    """The block that was taken for the title, as the heading or paragraph that it is then."""
    if block.kind != "title":
        return block
    words = block.span.of(reading.text)
    is_headline = len(words.split()) <= HEADLINE_WORDS and not _SENTENCE_END.search(words)
    origin = dataclasses.replace(block.origin, rules=(*block.origin.rules, "title-stated-elsewhere"))
    return dataclasses.replace(block, kind="heading" if is_headline else "paragraph", origin=origin)


def _apply_names(reading: Reading, fields: tuple[StatedField, ...]) -> Reading:
    named = [(f, name) for f in fields if f.field == "authors" for name in split_names(_clean(f.value))]
    if named and not any(_is_kept(author, named[0][0]) for author in reading.authors):
        found = {_fold(a.value): a for a in reading.authors}
        unique: dict[str, HeaderField] = {}
        for f, name in named:
            unique.setdefault(_fold(name), found.get(_fold(name)) or _header(f, name))
        authors = tuple(unique.values())
        reading = dataclasses.replace(reading, authors=authors, unknowns=_known(reading, "authors"))
    if (outlet := _first(fields, "outlet")) and not _is_kept(reading.outlet, outlet):
        value = _clean(outlet.value)
        if reading.outlet is None or _fold(reading.outlet.value) != _fold(value):
            unknowns = _known(reading, "outlet")
            reading = dataclasses.replace(reading, outlet=_header(outlet, value), unknowns=unknowns)
    if (language := _first(fields, "language")) and reading.language is None:
        field = _header(language, language.value.strip().replace("_", "-"))
        reading = dataclasses.replace(reading, language=field, unknowns=_known(reading, "language"))
    return reading


def split_names(words: str) -> list[str]:
    """The names in a stated list of authors.

    >>> split_names("By Jane Doe, John Roe and Ann Poe"), split_names("Doe, Jane")
    (['Jane Doe', 'John Roe', 'Ann Poe'], ['Doe, Jane'])
    """
    if "://" in words:
        return []  # the address of a profile
    rest = _BY.sub("", " ".join(words.split()))
    parts = [part for piece in rest.split(";") for part in _split_list(piece.strip())]
    return [p for p in parts if p and not _NO_NAME.search(p)]


def _split_list(words: str) -> list[str]:
    parts = [p.strip() for p in _BETWEEN_NAMES.split(words)]
    is_turned = len(parts) == 2 and "," in words and all(len(p.split()) == 1 for p in parts)
    return [words] if is_turned else parts  # a family name in front, not two people


def _apply_moment(reading: Reading, field: str, fields: tuple[StatedField, ...]) -> Reading:
    stated = _first(fields, field)
    found: Moment | None = getattr(reading, field)
    if stated is None or _is_kept(found, stated):
        return reading
    parsed = examine_moment(stated.value)
    if not isinstance(parsed, ParsedMoment):
        return reading if found else _leave_unknown(reading, field, stated, parsed)
    if found is not None and found.value.startswith(parsed.value):
        return reading  # the same, told more exactly
    unknowns = _known(reading, field)
    if parsed.caveat:
        unknowns += (Unknown(field=f"{field}.zone", reason=parsed.caveat),)
    moment = moment_of(parsed, stated.value, None, _origin(stated))
    # Both moments are Reading's fields of the same type; the name is one of the two.
    return dataclasses.replace(reading, unknowns=unknowns, **{field: moment})  # type: ignore[arg-type]


def _leave_unknown(
    reading: Reading, field: str, stated: StatedField, refused: RefusedMoment | None
) -> Reading:
    why = refused.reason if refused else "It is no date in words or in ISO 8601."
    reason = f"{stated.place} states {stated.value[:80]!r}, which cannot be read: {why}"
    return dataclasses.replace(
        reading, unknowns=(*_known(reading, field), Unknown(field=field, reason=reason))
    )
