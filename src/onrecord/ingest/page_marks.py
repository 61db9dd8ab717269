"""A page's marks: one walk over the tree in, the metas, scripts, headings, and marked elements out.

The one pass that every reader of a header field draws on; it keeps elements and reads their words only
where somebody asks.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from onrecord.ingest.page_data import clean_words

# Parts of the names (class, id, rel, itemprop) that pages give to the line of authors and to the date's,
# matched in small letters: ignoring case made the search ten times slower.
AUTHOR_NAMES = re.compile(
    r"author(?!i[zst])|by[-_]?line|autor|auteur|writer|redact|redakt|verfasser|journalist|contributor|vcard|signature"
    r"|kirjoittaja|forfatter|skribent|posted[-_]?by|written|credit"
)
DATE_NAMES = re.compile(r"date|datum|time|publi|posted|fecha|meta|info|by[-_]?line|modified")
# The tags that hold lines; all others hold pictures, forms and drawings.
LINE_TAGS = (
    "div", "span", "p", "a", "address", "li", "ul", "section", "header", "em", "strong", "small", "b", "i",
    "cite", "dd", "td", "h4", "h5", "h6", "abbr", "article", "label", "font", "figure",
)  # fmt: skip
# Parts of a page that speak of other articles than its own, or of none.
OTHER_PART = re.compile(
    r"related|recommend|comment|sidebar|side-bar|footer|teaser|promo|most-?(?:read|popular)|carousel|\bnav\b"
    r"|newsletter[-_]?(?:sign|sub|form|box|promo|embed|cta|banner|wrap|block|widget)|\bmenu|trending|popup"
    r"|modal|cookie|also-?(?:read|like)|more-?from|read-?next|up-?next|latest|suggest|similar|next-post"
    r"|prev-post"
)
OTHER_TAGS = frozenset(("aside", "footer", "nav", "form", "template", "noscript", "select", "dialog"))
UNSEEN_TAGS = frozenset(
    ("script", "style", "noscript", "template", "svg", "button", "select", "iframe", "figure")
)
BREAKING_TAGS = frozenset(
    ("br", "p", "div", "li", "ul", "time", "h1", "h2", "h3", "h4", "section", "td", "tr")
)
MAX_ELEMENTS = 200_000
# More marks of one kind than this are a list of articles.
MAX_MARKS = 200
MAX_DEPTH = 60
# Names of more characters are lists of styles.
MAX_NAME_CHARS = 1000

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
    subheadings: list[Any] = field(default_factory=list)
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
    authors, dates, order = marks.authors, marks.dates, marks.order
    for index, element in enumerate(tree.iter(*_KEEPERS, *LINE_TAGS)):
        if keep := _KEEPERS.get(element.tag):
            keep(marks, element)
            order[element] = index
        get = element.get
        name = get("class") or get("id") or ""
        if extra := get("itemprop") or get("rel"):
            name = f"{name} {extra}"
        if len(name) > MAX_NAME_CHARS:
            name = name[:MAX_NAME_CHARS]
        if (kind := kinds.get(name)) is None:
            kind = kinds[name] = _kind_of(name)
        if kind[0] and len(authors) < MAX_MARKS:
            authors.append(element)
            order[element] = index
        if kind[1] and len(dates) < MAX_MARKS:
            dates.append(element)
            order[element] = index
        if index > MAX_ELEMENTS:
            break
    return marks


def _keep_meta(marks: Marks, element: Any) -> None:
    name = (
        element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
    )
    if (
        name
        and (content := element.get("content"))
        and len(content) < 5000
        and (words := clean_words(content))
    ):
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


def _keep_subheading(marks: Marks, element: Any) -> None:
    if len(marks.subheadings) < 30:
        marks.subheadings.append(element)


def _keep_time(marks: Marks, element: Any) -> None:
    if len(marks.times) < MAX_MARKS:
        marks.times.append(element)


_KEEPERS: dict[str, Callable[[Marks, Any], None]] = {
    "meta": _keep_meta, "script": _keep_script, "link": _keep_link, "title": _keep_title,
    "h1": _keep_heading, "h2": _keep_subheading, "h3": _keep_subheading, "time": _keep_time,
}  # fmt: skip


# Pages of one outlet share their names; a name is some 40 characters.
@lru_cache(maxsize=8192)
def _kind_of(name: str) -> tuple[bool, bool]:
    """Whether a name marks authors, and whether a date."""
    lower = name.lower()
    return AUTHOR_NAMES.search(lower) is not None, DATE_NAMES.search(lower) is not None


@lru_cache(maxsize=8192)
def _is_other_name(name: str, tag: str) -> bool:
    """Whether a part with this name and tag is not about the page's own article."""
    return OTHER_PART.search(name.lower()) is not None or (tag in OTHER_TAGS and not _kind_of(name)[0])


def is_other_part(element: Any, own: Collection[Any] = ()) -> bool:
    """Whether an element stands in a part of the page that is not about its own article.

    `own` are the elements round the article's title: whatever their names, they are the article's.
    """
    part = element
    for _ in range(MAX_DEPTH):
        if part is None or part in own or part.tag in ("body", "main", "html"):
            return False
        name = " ".join((part.get("class") or "", part.get("id") or ""))[:MAX_NAME_CHARS]
        if _is_other_name(name, part.tag):
            return True
        part = part.getparent()
    return False


def read_words(element: Any, *, most: int = 400) -> str:
    """The words that an element shows, on one line, cut a little past so many characters."""
    pieces: list[str] = []
    _gather(element, pieces, 4 * most, MAX_DEPTH)
    return " ".join("".join(pieces).split())


def _gather(element: Any, pieces: list[str], left: int, depth: int) -> int:
    """Adds the words in an element, and returns how many characters may still come."""
    if element.text:
        pieces.append(element.text)
        left -= len(element.text)
    for child in element:
        if left < 0 or not depth:
            break
        tag = child.tag
        if tag not in UNSEEN_TAGS:
            breaks = tag in BREAKING_TAGS
            if breaks:
                pieces.append(" ")
            left = _gather(child, pieces, left, depth - 1)
            if breaks:
                pieces.append(" ")
        if child.tail:
            pieces.append(child.tail)
            left -= len(child.tail)
    return left
