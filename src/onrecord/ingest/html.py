"""A page: its HTML in, out the article's text put together from its blocks, and its header.

One parse; the text is the title and then the article's blocks in the order of the page, joined by blank
lines. A page without an article gives a reading that says why, never an exception.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from onrecord.ingest.coverage import cover_page
from onrecord.ingest.page_body import Judged, judge_page
from onrecord.ingest.page_features import fold_stated
from onrecord.ingest.page_fields import make_reading
from onrecord.ingest.page_header import PageHeader, read_page_header
from onrecord.ingest.page_marks import Found
from onrecord.ingest.page_text import Piece, put_together
from onrecord.ingest.page_tree import MAX_DEPTH, fold_words, is_cut_off, parse_page, segment_page
from onrecord.ingest.reading import READER_VERSION, Reading
from onrecord.ingest.signed import looks_dated
from onrecord.ingest.site_furniture import Repeated, leave_out_repeated, name_site
from onrecord.ingest.source_map import SourceText, make_source_map, read_source
from onrecord.record import BODY_KINDS, BlockKind, Capture, Origin, Unknown

# Reading takes about 0.05 ms an element: more than this would seem to hang, and no article has them.
MAX_ELEMENTS = 300_000
# A line of authors or a date has no more characters; a longer block only begins with one.
MAX_LINE_CHARS = 300
STOPS = (".", "!", "?", "。")
# Elements round and inside the one that states a name or moment, in which its line is looked for.
STEPS_ROUND, ELEMENTS_INSIDE = 3, 30

TOO_DEEP = Unknown(
    field="text",
    reason=f"Elements are nested more than {MAX_DEPTH:,} deep: what comes from there on was not read.",
)


def read_html(capture: Capture, *, repeated: Repeated | None = None) -> Reading:
    """The reading of a captured page. Never raises for what it holds; `unknowns` say what it lacks.

    `repeated` is what is known to be repeated on the pages of its site: it is left out.
    """
    source = read_source(capture)
    tree = parse_page(source)
    if tree is None:
        return _empty_reading("The page has no elements.")
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        return _empty_reading(f"The page has more than {MAX_ELEMENTS:,} elements, which no article has.")
    blocks, stream = segment_page(tree)
    header = read_page_header(tree, url=capture.url, retrieved_at=capture.retrieved_at)
    judged = judge_page(blocks, fold_stated(header.titles, header.descriptions, header.stated_body))
    if repeated and (repeats := repeated.sites.get(name_site(capture, header))):
        judged = leave_out_repeated(judged, repeats)
    pieces = _choose_pieces(judged, header)
    located = SourceText(source)
    text = put_together(pieces, stream, located)
    reading = make_reading(text, header)
    return replace(
        reading,
        unknowns=(*reading.unknowns, *((TOO_DEEP,) if is_cut_off(tree) else ())),
        source_map=make_source_map(text.text, text.stretches, capture, decoding="html"),
        coverage=cover_page(blocks, judged, {id(p.block) for p in pieces}, located, capture),
    )


def _choose_pieces(judged: Sequence[Judged], header: PageHeader) -> list[Piece]:
    """The pieces of the text: the title, then what the article's blocks are, in order."""
    title = _title_piece(judged, header.title) if header.title else None
    said = fold_words(title.words) if title else ""
    lines = _find_lines(judged, header)
    pieces = [title] if title else []
    for i, one in enumerate(judged):
        if title and one.block is title.block:
            continue
        if said and one.kind in {"paragraph", "heading"} and one.block.folded == said:
            continue  # the title once more
        kind, origin = lines.get(i, (one.kind, one.origin))
        if kind:
            pieces.append(Piece(kind=kind, words=one.block.words, origin=origin, block=one.block))
    return pieces


def _title_piece(judged: Sequence[Judged], title: Found[str]) -> Piece:
    """The title as the page shows it, else as its markup states it."""
    said = fold_words(title.value)
    shown = [one.block for one in judged if one.block.folded == said]
    shown.sort(key=lambda block: (block.element is not title.element, block.element.tag != "h1"))
    origin = Origin(kind="markup", name=title.place, version=READER_VERSION)
    words = shown[0].words if shown else title.value
    return Piece(kind="title", words=words, origin=origin, block=shown[0] if shown else None)


def _find_lines(judged: Sequence[Judged], header: PageHeader) -> dict[int, tuple[BlockKind, Origin]]:
    """The blocks that show the authors and the moments, as bylines and datelines."""
    at: dict[Any, list[int]] = {}
    for i, one in enumerate(judged):
        if len(one.block.words) <= MAX_LINE_CHARS and one.kind not in {"title", "heading"}:
            at.setdefault(one.block.element, []).append(i)
    origin = Origin(kind="rule", name="page-header/shown", version=READER_VERSION)
    lines: dict[int, tuple[BlockKind, Origin]] = {}
    moments = [found for found in (header.published, header.updated) if found]
    stated: list[tuple[BlockKind, str, Any]] = [("dateline", found.raw, found.element) for found in moments]
    stated += [("byline", found.value, found.element) for found in (*header.authors, *header.agencies)]
    for kind, words, element in stated:
        for held in (at[e] for e in _elements_round(element) if e in at):
            inside = [i for i in held if kind == "byline" or _may_be_dateline(judged[i])]
            # What shows a moment need not have the words that state it: "3 pm" beside its datetime.
            shown = [i for i in inside if fold_words(words) in judged[i].block.folded] or (
                inside if kind == "dateline" and len(inside) == 1 else []
            )
            if shown:
                lines[shown[0]] = kind, origin
                break
    return lines


def _may_be_dateline(judged: Judged) -> bool:
    """Whether a block can be a date line, and is no sentence of the text: "It was amended on 3 May."."""
    words = judged.block.words
    return judged.kind not in BODY_KINDS or (looks_dated(words) and not words.endswith(STOPS))


def _elements_round(element: Any) -> Iterator[Any]:
    """An element, the nearest inside it, and those around it."""
    if element is None:
        return
    yield from (inside for inside, _ in zip(element.iter(), range(ELEMENTS_INSIDE), strict=False))
    for _ in range(STEPS_ROUND):
        element = element.getparent()
        if element is None:
            return
        yield element


def _empty_reading(reason: str) -> Reading:
    names = ("title", "authors", "outlet", "published_at", "language", "body")
    return Reading(text="", blocks=(), unknowns=tuple(Unknown(field=n, reason=reason) for n in names))
