"""The visible text of a page as copy-and-paste gives it: its HTML in, its lines in order out.

Block elements stand on lines of their own, table cells are parted by tabs, links stay inside their
sentence; scripts, styles, form fields and what the page itself hides are not there. Style sheets are
not read: what only they hide or lay out side by side stands as the markup has it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

# Elements that a browser sets on lines of their own; `_SPACED` those with a margin above and below.
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "menu", "nav",
        "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
        "ul"
    )
)  # fmt: skip
_SPACED = frozenset(
    (
        "blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"
    )
)  # fmt: skip
_UNSEEN = frozenset(
    (
        "script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "canvas",
        "iframe", "object", "embed", "audio", "video", "select", "option", "textarea", "input",
        "datalist", "math", "map", "area", "source", "track", "param"
    )
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleLine:
    """One line of a page. `is_apart` where the browser leaves a blank line before it, `starts_block`
    where it is not merely the next line of the same block, `tag` the innermost block element."""

    words: str
    is_apart: bool
    starts_block: bool
    tag: str


@dataclass(slots=True)
class _Page:
    """The lines so far, and the line that is being written."""

    lines: list[VisibleLine] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    is_apart: bool = False
    starts_block: bool = True

    def end_line(self, tag: str, *, block: bool, apart: bool = False) -> None:
        words = "\t".join(" ".join(cell.split()) for cell in "".join(self.parts).split("\t")).strip()
        self.parts.clear()
        if words:
            line = VisibleLine(words=words, is_apart=self.is_apart, starts_block=self.starts_block, tag=tag)
            self.lines.append(line)
            self.is_apart = self.starts_block = False
        self.is_apart |= apart
        self.starts_block |= block


def read_visible_lines(page: str) -> list[VisibleLine]:
    """The lines of a page as its reader would copy them."""
    root = html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    written = _Page()
    tags = ["body"]
    for event, element in _walk(root):
        if event == "text":
            written.parts.append(re.sub(r"\s", " ", element))
            continue
        tag = element.tag
        if tag == "br":
            if event == "start":
                written.end_line(tags[-1], block=False)
        elif tag in {"td", "th"}:
            if event == "start" and element.getprevious() is not None:
                written.parts.append("\t")
        elif tag in _BLOCKS:
            written.end_line(tags[-1], block=True, apart=tag in _SPACED)
            if event == "start":
                tags.append(tag)
            else:
                tags.pop()
    written.end_line("body", block=True)
    return written.lines


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Starts, ends and texts of what is seen, in the order of the page."""
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            if _is_unseen(element):
                walker.skip_subtree()
                continue
            yield "start", element
            if element.text:
                yield "text", element.text
            continue
        if event == "end" and not _is_unseen(element):
            yield "end", element
        if element.tail and element is not root:
            yield "text", element.tail


def _is_unseen(element: Any) -> bool:
    if element.tag in _UNSEEN or "hidden" in element.attrib:
        return True
    return bool(_HIDDEN_STYLE.search(element.get("style", "")))
