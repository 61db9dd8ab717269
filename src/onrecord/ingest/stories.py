"""Stories of a site: samples of its pages in, the blocks of each story out.

Versions of one story stand under several addresses, headlines and dates; what they share says nothing
of the site, so they count as one.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from onrecord.ingest.page_tree import fold_words

# Comparing each with each takes 0.04 s of so many, and a share counted on them is true to a twentieth.
MOST_PAGES = 100
# Of 115 pairs of real pages of one site, the two pairs of versions share their whole title; the others at
# most 0.35 of its trigrams. They share up to 0.4 of their text, one pair of short articles 0.52: taken for
# versions, such pages teach less than they could, and lose nothing.
SAME_TITLE = 0.6
SAME_TEXT = 0.5


def cut_trigrams(title: str) -> frozenset[str]:
    """The pieces of three characters of a title, in any script; a shorter one is its own only piece."""
    folded = fold_words(title)
    return frozenset(folded[i : i + 3] for i in range(max(1, len(folded) - 2))) if folded else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSample:
    """What is kept of a page, about 1 kB: the hashes of its blocks, and how much text each of them is.

    `address` is the hash of what versions of the page share; `chars` are 0 for what is no text.
    """

    address: int
    sha256: str
    title: str
    blocks: "array[int]"
    chars: "array[int]"

    def text(self) -> Mapping[int, int]:
        """The characters of each block that is text, by its hash."""
        return {block: n for block, n in zip(self.blocks, self.chars, strict=True) if n}


@dataclass(slots=True)
class SiteSample:
    """The pages of a site that are looked at: of many, those with the smallest addresses."""

    pages: dict[int, PageSample] = field(default_factory=dict)

    def add(self, page: PageSample) -> None:
        """Takes a page, whatever came before it; of one address the version with the smallest hash stays."""
        held = self.pages.get(page.address)
        if held is None or page.sha256 < held.sha256:
            self.pages[page.address] = page
        if len(self.pages) > MOST_PAGES:
            del self.pages[max(self.pages)]

    def list_stories(self) -> list[frozenset[int]]:
        """The blocks of each story: of all pages that are versions of it."""
        pages = list(self.pages.values())
        titles, texts = [cut_trigrams(p.title) for p in pages], [p.text() for p in pages]
        leads = list(range(len(pages)))
        for i, j in combinations(range(len(pages)), 2):
            if _find_lead(leads, i) != _find_lead(leads, j) and (
                _is_same_title(titles[i], titles[j]) or _is_same_text(texts[i], texts[j])
            ):
                leads[_find_lead(leads, j)] = _find_lead(leads, i)
        stories: dict[int, set[int]] = {}
        for i, page in enumerate(pages):
            stories.setdefault(_find_lead(leads, i), set()).update(page.blocks)
        return [frozenset(blocks) for blocks in stories.values()]


def _find_lead(leads: list[int], i: int) -> int:
    while leads[i] != i:
        i = leads[i]
    return i


def _is_same_title(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME_TITLE * len(one | other) > 0


def _is_same_text(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    """Whether two pages share half of the text of the one that has less."""
    shared = sum(one[block] for block in one.keys() & other.keys())
    return shared > SAME_TEXT * min(sum(one.values()), sum(other.values()))
