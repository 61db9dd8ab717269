"""A page: its HTML in, out the article's text put together from blocks, and the header from the markup.

trafilatura says what of the page is the article; the text is its blocks, title first, joined by blank
lines. A page without an article gives a reading that says why, never an exception.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from onrecord.errors import MissingPartError
from onrecord.ingest.byline import read_byline
from onrecord.ingest.dates import parse_moment
from onrecord.ingest.furniture import furniture_rule, picture_rule
from onrecord.ingest.metadata import Markup, Stated, drop_other_works, read_markup
from onrecord.ingest.reading import READER_VERSION, Reading, moment_of
from onrecord.record import BODY_KINDS, Block, BlockKind, HeaderField, Moment, Origin, Span, Unknown

SEPARATOR = "\n\n"
# trafilatura takes a quarter of a millisecond a paragraph (measured at 60,000): more would seem to hang.
MAX_ELEMENTS = 100_000
KINDS: dict[str, BlockKind] = {"p": "paragraph", "head": "heading", "item": "list_item", "quote": "quotation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The words of one block to be, before its place in the text is known."""

    kind: BlockKind
    words: str
    origin: Origin


def read_html(text: str, *, url: str | None = None) -> Reading:
    """The reading of a page. Never raises for what the page holds; `unknowns` say what it lacks."""
    tree = _parse(text)
    if tree is None:
        return _empty_reading("The page has no elements.")
    markup = read_markup(tree)
    drop_other_works(tree)
    document, problem = _extract(tree, url)
    title = _read_title(markup, document)
    pieces = _title_piece(title) + list(_drop_title(_label_pieces(_read_pieces(document)), title))
    whole, blocks = _put_together(pieces)
    published_at, reason = _read_moment(markup, document)
    reading = Reading(
        text=whole,
        blocks=blocks,
        title=replace(title, span=blocks[0].span) if title else None,
        authors=_read_authors(markup, document),
        outlet=_first_field(markup.outlets) or _guessed(document, "sitename"),
        published_at=published_at,
        language=_read_language(markup),
        url=getattr(document, "url", None),
    )
    return replace(reading, unknowns=_explain_missing(reading, reason, problem))


def _parse(text: str) -> Any:
    """The tree of the page, or None where there is nothing in it."""
    from lxml import etree
    from lxml import html as lxml_html

    # Bytes, because lxml refuses a string that declares an encoding; ours is known. Without huge_tree
    # libxml2 drops what is nested over 255 deep, with it what is over 2,048.
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _extract(tree: Any, url: str | None) -> tuple[Any, str]:
    """trafilatura's document, or None; and what to say where it has no body."""
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        return None, f"The page has more than {MAX_ELEMENTS:,} elements, which no article has."
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingPartError(
            f"The reader of web pages cannot be loaded: {error}",
            cure="Run `pip install trafilatura lxml_html_clean`.",
        ) from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports below what we say ourselves
    try:
        document = bare_extraction(
            tree,
            url=url,
            output_format="xml",
            include_comments=False,
            include_formatting=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    # Broken pages make it fail in many ways; each is a page that could not be read, and said to be.
    except Exception as error:
        return None, f"trafilatura could not read the page: {type(error).__name__}: {error!s:.200}"
    return document, "trafilatura found no text of an article in the page."


def _read_pieces(document: Any) -> Iterator[Piece]:
    body = getattr(document, "body", None)
    if body is None:
        return
    yield from _walk(body, "paragraph")


def _walk(element: Any, kind: BlockKind) -> Iterator[Piece]:
    """The pieces of an element: those of the blocks in it, and loose text between them."""
    loose = [_single_spaced(element.text)]
    for child in element.iterchildren("*"):
        if child.tag in KINDS or child.tag in {"list", "table", "row", "cell", "div", "code", "fw", "figure"}:
            yield from _pieces_of("".join(loose), kind, element)
            loose = []
            yield from _walk(child, KINDS.get(child.tag, kind) if kind != "quotation" else kind)
        elif child.tag == "lb":
            loose.append("\n")
        elif child.tag != "graphic":
            loose.append(_single_spaced("".join(child.itertext())))
        loose.append(_single_spaced(child.tail))
    yield from _pieces_of("".join(loose), kind, element)


def _single_spaced(words: str | None) -> str:
    """The words as a page shows them: line ends of the source are spaces."""
    return re.sub(r"\s+", " ", words or "")


def _pieces_of(words: str, kind: BlockKind, element: Any) -> Iterator[Piece]:
    """One piece for each stretch between two line breaks in a row, white space made single."""
    lines = [" ".join(line.split()) for line in words.split("\n")]
    origin = Origin(kind="markup", name=f"trafilatura/{element.tag}", version=_trafilatura_version())
    stretch: list[str] = []
    for line in [*lines, ""]:
        if line:
            stretch.append(line)
        elif stretch:
            yield Piece(kind=kind, words=" ".join(stretch), origin=origin)
            stretch = []


def _trafilatura_version() -> str:
    import trafilatura

    return str(trafilatura.__version__)


def _label_pieces(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, with what the rules for lines know as furniture, credit, caption or byline labelled so."""
    for piece in pieces:
        rule = _line_rule(piece.words) if piece.kind in {"paragraph", "list_item"} else None
        if rule is None:
            yield piece
        else:
            origin = Origin(kind="rule", name=f"text-lines/{rule[1]}", version=READER_VERSION)
            yield Piece(kind=rule[0], words=piece.words, origin=origin)


def _line_rule(words: str) -> tuple[BlockKind, str] | None:
    if rule := furniture_rule(words):
        return "furniture", f"furniture-{rule}"
    if picture := picture_rule(words):
        return ("credit" if picture[0] == "credit" else "caption"), picture[1]
    if (byline := read_byline(words)) and byline.names:
        return "byline", byline.rule
    return None


def _title_piece(title: HeaderField | None) -> list[Piece]:
    return [Piece(kind="title", words=title.value, origin=title.origin)] if title else []


def _drop_title(pieces: Iterable[Piece], title: HeaderField | None) -> Iterator[Piece]:
    """The pieces without the title where the body opens with it."""
    for i, piece in enumerate(pieces):
        if not (i < 3 and title and piece.words.casefold() == title.value.casefold()):
            yield piece


def _put_together(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    position = 0
    for piece in pieces:
        span = Span(start_char=position, end_char=position + len(piece.words))
        blocks.append(Block(kind=piece.kind, span=span, origin=piece.origin))
        position = span.end_char + len(SEPARATOR)
    return SEPARATOR.join(piece.words for piece in pieces), tuple(blocks)


def _field(stated: Stated, value: str | None = None) -> HeaderField:
    origin = Origin(kind="markup", name=stated.place, version=READER_VERSION)
    return HeaderField(value=value or stated.value, raw=stated.value, span=None, origin=origin)


def _first_field(stated: tuple[Stated, ...]) -> HeaderField | None:
    return _field(stated[0]) if stated else None


def _guessed(document: Any, name: str) -> HeaderField | None:
    """A field that trafilatura found."""
    value = getattr(document, name, None)
    return _field(Stated(value=" ".join(value.split()), place=f"trafilatura {name}")) if value else None


def _read_title(markup: Markup, document: Any) -> HeaderField | None:
    stated = [s for s in markup.titles if s.place.startswith("json-ld")]
    return _first_field(tuple(stated)) or _guessed(document, "title") or _first_field(markup.titles)


def _read_authors(markup: Markup, document: Any) -> tuple[HeaderField, ...]:
    stated = markup.authors
    if not stated and (guess := getattr(document, "author", None)):
        names = [name.strip() for name in guess.split(";")]
        stated = tuple(Stated(value=name, place="trafilatura author") for name in names if name)
    fields = [_field(s, _without_by(s.value)) for s in stated]
    return tuple({author.value: author for author in reversed(fields)}.values())[::-1]


def _without_by(name: str) -> str:
    return name[3:].strip() if name[:3].lower() == "by " else name


def _read_moment(markup: Markup, document: Any) -> tuple[Moment | None, str | None]:
    """The first moment stated that can be read, or why none can; where none is stated, trafilatura's day.

    Its day counts for nothing beside a moment stated and refused: it would be a guess at that very one.
    """
    stated = markup.moments or markup.refused
    if not stated and (guess := getattr(document, "date", None)):
        stated = (Stated(value=guess, place="trafilatura date"),)
    for candidate in stated:
        if parsed := parse_moment(candidate.value):
            origin = Origin(kind="markup", name=candidate.place, version=READER_VERSION)
            return moment_of(parsed, candidate.value, None, origin), None
    if stated:
        return None, f"The markup states {stated[0].value!r}, which cannot be read as a moment."
    return None, "The markup does not state it."


def _read_language(markup: Markup) -> HeaderField | None:
    """The language of the html element as its primary tag: "en" of "en-GB"."""
    for stated in markup.languages:
        tag = stated.value.replace("_", "-").split("-")[0].lower()
        if tag.isalpha() and 2 <= len(tag) <= 3:
            return _field(stated, tag)
    return None


def _explain_missing(reading: Reading, no_moment: str | None, no_body: str) -> tuple[Unknown, ...]:
    missing = (
        (reading.title, "title", "Neither the markup nor trafilatura gives one."),
        (reading.authors, "authors", "Neither the markup nor trafilatura names any."),
        (reading.outlet, "outlet", "The markup does not name the site."),
        (reading.published_at, "published_at", no_moment or ""),
        (reading.language, "language", "The html element has no lang attribute."),
        (any(b.kind in BODY_KINDS for b in reading.blocks), "body", no_body),
    )
    return tuple(Unknown(field=name, reason=reason) for value, name, reason in missing if not value)


def _empty_reading(reason: str) -> Reading:
    names = ("title", "authors", "outlet", "published_at", "language", "body")
    return Reading(text="", blocks=(), unknowns=tuple(Unknown(field=n, reason=reason) for n in names))
