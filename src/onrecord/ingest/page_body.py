"""The article among the blocks of a page: blocks and the page's header in, out what each block is.

A model says which blocks are body text and which are captions; rules with names do the rest. What is
left out is told too, with the part of the page it stood in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ingest.byline import read_byline
from onrecord.ingest.furniture import furniture_rule
from onrecord.ingest.page_features import (
    KNOWN_CHARS,
    Place,
    StatedWords,
    describe_blocks,
    drop_link_runs,
    name_part,
)
from onrecord.ingest.page_model import judge_blocks, model_version
from onrecord.ingest.page_tree import PageBlock
from onrecord.ingest.pictures import picture_rule
from onrecord.ingest.reading import READER_VERSION
from onrecord.ingest.signed import looks_dated
from onrecord.ingest.speech import quotes_or_reports
from onrecord.record import BlockKind, Origin

BODY_FROM = 0.5
# Lower than for body text: what is no caption after all still stays out of what is read as a report.
CAPTION_FROM = 0.1
# From this chance on a paragraph that was left out is worth a look.
DOUBTED_FROM = 0.15
DOUBTED_CHARS = 80
STOPS = frozenset(".!:;,…。！：)")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Folded characters from which two blocks with the same words are a repetition, not two short headings.
REPEAT_CHARS = 20
# A line of its own in bold type with no more characters, and no full stop, is a heading.
HEADING_CHARS, BOLD_SHARE = 100, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A block of the page with what it is: a kind of the article's blocks, or None with the part it is in."""

    block: PageBlock
    kind: BlockKind | None
    origin: Origin
    part: str = ""
    doubted: bool = False


def judge_page(blocks: Sequence[PageBlock], stated: StatedWords) -> list[Judged]:
    """What each block of the page is, in order; bare lists of links are left out of it."""
    looked_at = drop_link_runs(blocks)
    rows, places = describe_blocks(looked_at, stated)
    chances = judge_blocks(rows)
    origin = Origin(kind="model", name="page-blocks", version=model_version())
    found = zip(looked_at, places, chances.body, chances.caption, strict=True)
    judged = [_judge(block, place, chance, origin) for block, place, *chance in found]
    return _mark_dek(_mark_bold_headings(_drop_repeats(judged)), stated)


def _judge(block: PageBlock, place: Place, chance: list[float], origin: Origin) -> Judged:
    body, caption = chance
    if body >= BODY_FROM and body >= caption:
        return _label_line(Judged(block=block, kind=_kind_by_tag(block), origin=origin))
    if caption >= CAPTION_FROM:
        picture = picture_rule(block.words)
        kind: BlockKind = picture[0] if picture else "caption"
        return Judged(block=block, kind=kind, origin=origin)
    is_text = len(block.words) >= DOUBTED_CHARS and block.link_chars < 0.3 * block.count_letters()
    doubted = is_text and body >= DOUBTED_FROM
    return Judged(block=block, kind=None, origin=origin, part=name_part(place), doubted=doubted)


def _kind_by_tag(block: PageBlock) -> BlockKind:
    element = block.element
    if element.tag in HEADINGS:
        return "heading"
    for _ in range(4):
        if element is None:
            break
        if element.tag == "blockquote":
            return "quotation"
        if element.tag in {"li", "dd"}:
            return "list_item"
        element = element.getparent()
    return "paragraph"


def _mark_bold_headings(judged: list[Judged]) -> list[Judged]:
    """Labels lines in bold type as headings where the article has no others."""
    if any(one.kind == "heading" for one in judged):
        return judged
    origin = Origin(kind="rule", name="page-blocks/bold-line", version=READER_VERSION)
    return [
        Judged(block=one.block, kind="heading", origin=origin)
        if one.kind == "paragraph" and _is_bold_line(one.block)
        else one
        for one in judged
    ]


def _is_bold_line(block: PageBlock) -> bool:
    is_bold = block.bold_chars >= BOLD_SHARE * block.count_letters()
    return is_bold and len(block.words) <= HEADING_CHARS and block.words[-1] not in STOPS


def _label_line(judged: Judged) -> Judged:
    """The block as furniture, credit, caption or byline where the rules for lines of text know it as such."""
    found = _line_rule(judged.block.words) if judged.kind in {"paragraph", "list_item"} else None
    if found is None:
        return judged
    origin = Origin(kind="rule", name=f"text-lines/{found[1]}", version=READER_VERSION)
    return Judged(block=judged.block, kind=found[0], origin=origin)


def _line_rule(words: str) -> tuple[BlockKind, str] | None:
    if rule := furniture_rule(words):
        return "furniture", f"furniture-{rule}"
    if picture := picture_rule(words):
        return picture
    if (byline := read_byline(words)) and byline.names:
        return "byline", byline.rule
    if words[-1] not in ".!?。" and looks_dated(words) and not quotes_or_reports(words):
        return "dateline", "date-alone"
    return None


def _drop_repeats(judged: list[Judged]) -> list[Judged]:
    """Leaves out a block that was said before: pages hold their text twice, for two widths of screen."""
    origin = Origin(kind="rule", name="page-blocks/repeated", version=READER_VERSION)
    seen: set[str] = set()
    kept = []
    for one in judged:
        words = one.block.folded
        counts = one.kind is not None and len(words) >= REPEAT_CHARS
        repeated = counts and words in seen
        kept.append(Judged(block=one.block, kind=None, origin=origin, part="repeated") if repeated else one)
        if counts:
            seen.add(words)
    return kept


def _mark_dek(judged: list[Judged], stated: StatedWords) -> list[Judged]:
    """Labels as dek what opens the body with the words by which the page describes itself."""
    body = [i for i, j in enumerate(judged) if j.kind in {"paragraph", "heading", "list_item"}]
    for i in body[:3]:
        if judged[i].block.folded[:KNOWN_CHARS] in stated.descriptions and i != body[-1]:
            origin = Origin(kind="rule", name="page-blocks/dek-is-description", version=READER_VERSION)
            judged[i] = Judged(block=judged[i].block, kind="dek", origin=origin)
            break
    return judged
