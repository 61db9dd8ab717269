"""The short lines round a page's title: the title's element in, the lines that stand near it out.

Where a page marks neither its byline nor its date, they still stand between title and text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.ingest.page_marks import MAX_DEPTH, UNSEEN_TAGS, is_other_part, read_words

# What is longer than this is a paragraph, and after the second long one the article runs.
MAX_LINE, MAX_LONG = 160, 2
MAX_ELEMENTS, MAX_LINES = 150, 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words that a page shows on a line of their own, and the element that holds them."""

    words: str
    element: Any


def read_lines_near(title: Any) -> list[Line]:
    """The short lines after a title up to the text, then those just before it."""
    after = list(_collect(_iter_after(title)))
    before = []
    for sibling in list(title.itersiblings(preceding=True))[:4]:
        words = read_words(sibling, most=MAX_LINE)
        if words and len(words) <= MAX_LINE:
            before.append(Line(words=words, element=sibling))
    return after + before


def _collect(elements: Iterator[Any]) -> Iterator[Line]:
    """The lines of elements in the order of the page: the outermost that is short enough for a line."""
    long = lines = 0
    inside: Any = None
    for count, element in enumerate(elements):
        if count > MAX_ELEMENTS or lines > MAX_LINES or long >= MAX_LONG:
            return
        if element.tag in UNSEEN_TAGS or not isinstance(element.tag, str):
            continue
        if inside is not None and _is_within(element, inside):
            continue
        words = read_words(element, most=MAX_LINE)
        if not words:
            continue
        if element.tag == "blockquote":  # a post that is shown has a name and a date of its own
            long += len(words) > MAX_LINE
            inside = element
        elif len(words) <= MAX_LINE:
            inside = element
            lines += 1
            yield Line(words=words, element=element)
        elif element.tag == "p":
            long += 1
            inside = element


def _is_within(element: Any, outer: Any) -> bool:
    for _ in range(MAX_DEPTH):
        element = element.getparent()
        if element is None or element is outer:
            return element is not None
    return False


def _iter_after(element: Any) -> Iterator[Any]:
    """The elements after one, in the order of the page, those of other parts left out."""
    node = element
    while node is not None and node.tag not in ("body", "main", "html"):
        for sibling in node.itersiblings():
            if isinstance(sibling.tag, str) and sibling.tag not in UNSEEN_TAGS and not is_other_part(sibling):
                yield from sibling.iter("*")
        node = node.getparent()


def sort_by_nearness(elements: Iterable[Any], order: Mapping[Any, int], title: Any) -> list[Any]:
    """The elements, those soon after the title first; one before it counts as thrice as far."""
    unique = list(dict.fromkeys(elements))
    at = order.get(title)
    if at is None:
        return sorted(unique, key=order.__getitem__)
    return sorted(unique, key=lambda e: order[e] - at if order[e] >= at else 3 * (at - order[e]))
