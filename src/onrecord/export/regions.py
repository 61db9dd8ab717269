"""Markings as tools without discontinuous spans take them: markings in, one region a span and all links out.

What such tools have no UTF-8 or no column for (lone surrogates, NUL characters) is replaced, character for
character; offsets can be counted in code points or, as a browser counts, in UTF-16 code units.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.export.base import REPLACEMENT, replace_surrogates
from onrecord.export.markings import LINKS, LinkKind, Marking, Markings
from onrecord.record import Span

# The link from one span of a marking to the next.
CONTINUES = "Continues"
LINK_KINDS: tuple[str, ...] = (*LINKS, CONTINUES)
LAST_OF_BASIC_PLANE = "\uffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One span of a marking; `number` counts the regions of a record from 0."""

    number: int
    marking: Marking
    span: Span
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link between two regions, by their numbers."""

    kind: LinkKind | str
    tail: int
    head: int


def list_regions(markings: Markings) -> tuple[list[Region], list[Tie]]:
    """The regions in the order of the markings, and the ties: what continues what, then the links.

    A link stands between the first regions of its two markings.
    """
    regions: list[Region] = []
    ties: list[Tie] = []
    firsts: list[int] = []
    for marking in markings.listed:
        firsts.append(len(regions))
        for place, span in enumerate(marking.spans):
            number = len(regions)
            regions.append(Region(number=number, marking=marking, span=span, is_first=not place))
            ties += [Tie(kind=CONTINUES, tail=number - 1, head=number)] if place else []
    ties += [Tie(kind=one.kind, tail=firsts[one.tail], head=firsts[one.head]) for one in markings.links]
    return regions, ties


def clean_text(text: str) -> str:
    """The text with a replacement character for each that a tool's database refuses; as long as before.

    >>> clean_text("a\\x00b\\ud800") == "a\\ufffdb\\ufffd"
    True
    """
    return replace_surrogates(text.replace("\0", REPLACEMENT))


class CodeUnits:
    """Offsets in UTF-16 code units, as JavaScript counts: a character beyond U+FFFF counts two.

    >>> CodeUnits("a💬b").count(Span(start_char=2, end_char=3))
    (3, 4)
    """

    def __init__(self, text: str) -> None:
        self.wide = list(_find_wide(text))

    def count(self, span: Span) -> tuple[int, int]:
        """The bounds of the span."""
        before = bisect_left(self.wide, span.start_char)
        return span.start_char + before, span.end_char + bisect_left(self.wide, span.end_char)


def _find_wide(text: str) -> Iterator[int]:
    if not text.isascii():
        yield from (place for place, sign in enumerate(text) if sign > LAST_OF_BASIC_PLANE)
