"""A page's marks: one walk over the tree in, the metas, scripts, headings, and marked elements out.

The one pass that every reader of a header field draws on; it keeps elements and reads their words only
where somebody asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from onrecord.ingest.page_data import clean_words

# Names of classes, ids, rels and item properties that pages give to the line of authors, and of the date.
AUTHOR_MARK = re.compile(
    r"author|by-?_?line|autor(?!i[sz])|auteur|writer|redact|redakt|verfasser|journalist|contributor"
    r"|vcard|signature|firma(?!t)|kirjoittaja|forfatter|skribent|posted-?_?by|written-?_?by|credit",
    re.IGNORECASE,
)
DATE_MARK = re.compile(
    r"date(?!pick|base)|datum|time(?!line|out|r)|publi(?:sh|cad|cat|e\b)|posted|fecha|meta\b|meta-?_?info"
    r"|by-?_?line|updated|modified|entry-meta|post-meta|info\b",
    re.IGNORECASE,
)
# Parts of a page that speak of other articles than its own, or of none.
OTHER_PART = re.compile(
    r"related|recommend|comment|sidebar|side-bar|footer|teaser|promo|most-?(?:read|popular)"
    r"|newsletter|widget|carousel|\bnav\b|\bmenu|trending|popup|modal|cookie|also-?(?:read|like)|more-?from"
    r"|read-?next|up-?next|latest|suggest|similar|next-post|prev-post|author-?_?(?:box|bio|card)",
    re.IGNORECASE,
)
OTHER_TAGS = frozenset(("aside", "footer", "nav", "form", "template", "noscript", "select", "dialog"))
UNSEEN_TAGS = frozenset(("script", "style", "noscript", "template", "svg", "button", "select", "iframe"))
UNMARKED_TAGS = frozenset(
    ("script", "link", "img", "input", "path", "svg", "iframe", "source", "html", "body", "style", "head")
)
MAX_ELEMENTS = 200_000
# More marks of one kind than this are a list of articles.
MAX_MARKS = 200
NAMING = ("class", "id", "rel", "itemprop", "data-testid", "data-component", "property", "data-qa")


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[Value]):
    """A value of the header, the words it was read from, and where they stood.

    `place` names the source ("json-ld headline", "meta og:title", "h1", "byline", "time datetime");
    `element` is the lxml element whose visible words say it, None where it came from the markup alone.
    """

    value: Value
    raw: str
    place: str
    element: Any = None


@dataclass(slots=True, kw_only=True)
class Marks:
    """What the walk found, each in the order of the page; `order` is the place of a kept element in it."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    canonical: str | None = None
    page_title: str = ""
    language: str | None = None
    headings: list[Any] = field(default_factory=list)
    times: list[Any] = field(default_factory=list)
    authors: list[Any] = field(default_factory=list)
    dates: list[Any] = field(default_factory=list)
    order: dict[Any, int] = field(default_factory=dict)

    def meta(self, *names: str) -> list[tuple[str, str]]:
        """The values of these metas with the name of each, in the order of the names."""
        return [(value, name) for name in names for value in self.metas.get(name, ())]


def collect_marks(tree: Any) -> Marks:
    """The marks of a parsed page (an lxml element)."""
    marks = Marks(language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    kinds: dict[str, tuple[bool, bool]] = {}
    for index, element in enumerate(tree.iter("*")):
        if index > MAX_ELEMENTS:
            break
        tag = element.tag
        if keep := _KEEPERS.get(tag):
            keep(marks, element)
            marks.order[element] = index
        attributes = element.attrib
        if tag in UNMARKED_TAGS or not attributes:
            continue
        name = " ".join([attributes[key] for key in NAMING if key in attributes])
        if (kind := kinds.get(name)) is None:
            kind = kinds[name] = (bool(AUTHOR_MARK.search(name)), bool(DATE_MARK.search(name)))
        for is_marked, kept in zip(kind, (marks.authors, marks.dates), strict=True):
            if is_marked and len(kept) < MAX_MARKS:
                kept.append(element)
                marks.order[element] = index
    return marks


def _keep_meta(marks: Marks, element: Any) -> None:
    name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
    if name and (content := element.get("content")) and len(content) < 5000 and (words := clean_words(content)):
        values = marks.metas.setdefault(name.strip().lower(), [])
        if len(values) < 30:
            values.append(words)


def _keep_script(marks: Marks, element: Any) -> None:
    if "ld+json" in (element.get("type") or "") and element.text:
        marks.scripts.append(element.text)


def _keep_link(marks: Marks, element: Any) -> None:
    if marks.canonical is None and (element.get("rel") or "").lower() == "canonical":
        marks.canonical = element.get("href")


def _keep_title(marks: Marks, element: Any) -> None:
    marks.page_title = marks.page_title or clean_words(element.text or "")


def _keep_heading(marks: Marks, element: Any) -> None:
    if len(marks.headings) < MAX_MARKS:
        marks.headings.append(element)


def _keep_time(marks: Marks, element: Any) -> None:
    if len(marks.times) < MAX_MARKS:
        marks.times.append(element)


_KEEPERS = {
    "meta": _keep_meta, "script": _keep_script, "link": _keep_link, "title": _keep_title,
    "h1": _keep_heading, "time": _keep_time,
}  # fmt: skip


def is_other_part(element: Any) -> bool:
    """Whether an element stands in a part of the page that is not about its own article."""
    part = element
    for _ in range(25):
        if part is None or part.tag in ("body", "main", "html"):
            return False
        if part.tag in OTHER_TAGS:
            return True
        name = f"{part.get('class') or ''} {part.get('id') or ''}"
        if OTHER_PART.search(name):
            return True
        part = part.getparent()
    return False


def read_words(element: Any, *, most: int = 400) -> str:
    """The words that an element shows, on one line, cut a little past so many characters."""
    pieces: list[str] = []
    size = 0
    for kind, words in _iter_words(element):
        if kind == "break":
            words = " "
        pieces.append(words)
        size += len(words)
        if size > most:
            break
    return " ".join("".join(pieces).split())


def _iter_words(element: Any) -> Iterator[tuple[str, str]]:
    from lxml import etree

    skipped = None
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if skipped is not None:
            if event == "end" and part is skipped:
                skipped = None
                if part is not element and part.tail:
                    yield "words", part.tail
            continue
        if event == "start":
            if part.tag in UNSEEN_TAGS and part is not element:
                skipped = part
                continue
            if part.tag in ("br", "p", "div", "li", "time", "h1", "h2", "h3", "ul"):
                yield "break", ""
            if part.text:
                yield "words", part.text
        else:
            if part.tag in ("p", "div", "li", "time", "h1", "h2", "h3", "ul"):
                yield "break", ""
            if part is not element and part.tail:
                yield "words", part.tail
