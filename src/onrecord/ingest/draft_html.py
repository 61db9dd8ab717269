"""A page or a Markdown text as a draft: the markup in, out all the text that it shows, a block a line.

Markdown is made into HTML first, so one reader serves both, and Word documents too. Struck words are left
out, as an editor means them to be; the quotation marks that a browser puts round <q> are put in.
"""

import re
from typing import Any

from onrecord.errors import DamagedInputError, EmptyInputError, TooLargeError
from onrecord.ingest.draft_text import DraftText
from onrecord.ingest.html import MAX_ELEMENTS
from onrecord.ingest.page_tree import MAX_DEPTH, PageBlock, is_cut_off, parse_page, segment_page
from onrecord.record import Span

SEPARATOR = "\n\n"
STRUCK_TAGS = ("del", "s", "strike")
DOUBLE_MARKS, SINGLE_MARKS = ("“", "”"), ("‘", "’")
# Jekyll, Hugo, Pandoc: fields between two lines of dashes (or plus signs) before anything else.
FRONT_MATTER = re.compile(r"\A(-{3}|\+{3})[^\S\n]*\n(?:(?!\1)[^\n]*\n){0,200}?\1[^\S\n]*(?:\n|\Z)")
FOOTNOTE_REFERENCE = re.compile(r"\[\^[^\]\s]{1,80}\](?!:)")
FOOTNOTE_LABEL = re.compile(r"^\[\^[^\]\s]{1,80}\]:", re.MULTILINE)
TOO_DEEP = "Its elements are nested so deep that not all of it was read"
# More than any draft nests lists and quotations; what is deeper would be dropped without a word.
DEEPEST_MARKDOWN = 60

BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
# Looking for the end of a link takes time with the square of these: 50,000 took eleven seconds. With more
# in one paragraph no link is read, and its address stays in the text.
MOST_BRACKETS = 2_000

FRONT_MATTER_NOTE = "The fields before the text (front matter) were not read as part of the draft."
STRUCK_NOTE = "Struck words were left out: {count}."


def read_draft_markdown(text: str) -> DraftText:
    """The text of a Markdown draft (CommonMark with tables and strikethrough), its markup gone."""
    from markdown_it import MarkdownIt

    body = FRONT_MATTER.sub("", text, count=1)
    notes = (FRONT_MATTER_NOTE,) if body != text else ()
    body = FOOTNOTE_LABEL.sub("", FOOTNOTE_REFERENCE.sub("", body))
    reader = MarkdownIt("commonmark", {"maxNesting": 4 * DEEPEST_MARKDOWN}).enable(["table", "strikethrough"])
    if any(part.count("[") > MOST_BRACKETS for part in BLANK_LINE.split(body)):
        reader.disable(["link", "image", "reference"])
    try:
        tokens = reader.parse(body)
    except RecursionError as error:
        raise DamagedInputError(f"{TOO_DEEP}.", cure="Flatten its lists and quotations.") from error
    if any(token.level > DEEPEST_MARKDOWN for token in tokens):
        raise DamagedInputError(f"{TOO_DEEP}.", cure="Flatten its lists and quotations.")
    page = reader.renderer.render(tokens, reader.options, {})
    if not page.strip():
        raise EmptyInputError("The draft holds no text.", cure="Give a draft with text in it.")
    return read_draft_html(f"<body>{page}</body>", notes=notes)


def read_draft_html(page: str, *, notes: tuple[str, ...] = ()) -> DraftText:
    """All that a page shows, whatever part of it; `notes` come before its own."""
    # libxml2 ends a text at a NUL, which browsers skip over.
    tree = parse_page(page.replace("\0", "\N{REPLACEMENT CHARACTER}"))
    if tree is None:
        return DraftText(text="", notes=notes)
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise TooLargeError(
            f"The draft has more than {MAX_ELEMENTS:,} elements, which no draft has.", cure="Split it."
        )
    if is_cut_off(tree):
        raise DamagedInputError(f"{TOO_DEEP} (more than {MAX_DEPTH:,}).", cure="Save it as plain text.")
    struck = _drop_struck(tree)
    _write_marks(tree)
    blocks, _ = segment_page(tree)
    return DraftText(
        text=SEPARATOR.join(block.words for block in blocks),
        block_quotes=_find_block_quotes(blocks),
        notes=(*notes, STRUCK_NOTE.format(count=struck)) if struck else notes,
    )


def _drop_struck(tree: Any) -> int:
    """Takes struck elements out; says how many words went with them."""
    words = 0
    for element in list(tree.iter(*STRUCK_TAGS)):
        if next(element.iterancestors(*STRUCK_TAGS), None) is None:
            words += len("".join(element.itertext()).split())
            drop_element(element)
    return words


def drop_element(element: Any) -> None:
    """Takes an element out of its tree; what stands behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _write_marks(tree: Any) -> None:
    """Puts the marks round <q> that a browser shows, single ones round the inner."""
    for element in tree.iter("q"):
        depth = sum(1 for _ in element.iterancestors("q"))
        opening, closing = SINGLE_MARKS if depth % 2 else DOUBLE_MARKS
        element.text = opening + (element.text or "")
        last = element[-1] if len(element) else None
        if last is None:
            element.text += closing
        else:
            last.tail = (last.tail or "") + closing


def _find_block_quotes(blocks: list[PageBlock]) -> tuple[tuple[Span, ...], ...]:
    """The blocks inside each outermost <blockquote>, as spans of the text."""
    found: dict[Any, list[Span]] = {}
    position = 0
    for block in blocks:
        span = Span(start_char=position, end_char=position + len(block.words))
        position = span.end_char + len(SEPARATOR)
        around = [e for e in (block.element, *block.element.iterancestors()) if e.tag == "blockquote"]
        if around:
            found.setdefault(around[-1], []).append(span)
    return tuple(map(tuple, found.values()))
