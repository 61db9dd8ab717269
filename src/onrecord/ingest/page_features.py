"""What is looked at to tell the article from the rest of a page: blocks in, one row of numbers each out.

The rows speak of the block's own words, of the names its element and those around it carry, of where it
stands, and of the blocks beside it; never of single outlets.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from onrecord.ingest.page_tree import PageBlock, fold_words

MAX_CLIMB = 80
FAR = 12  # steps up the tree beyond which a name is as good as absent
ABOUT = ("class", "id", "itemprop", "role", "data-testid", "data-component", "data-type")
ANCESTORS = (
    "article", "main", "aside", "nav", "footer", "header", "figure", "form", "table", "ul", "ol", "button",
    "blockquote", "section", "a", "p", "figcaption", "label", "dialog",
)  # fmt: skip
TAGS = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote", "figcaption", "section",
    "article", "dd", "dt", "span", "pre", "header", "footer", "button", "label", "summary",
)  # fmt: skip
# Parts of a page that are not its article, by tag and by the kind of their names.
PART_TAGS = {"nav": "navigation", "footer": "footer", "aside": "sidebar", "form": "form", "dialog": "popup"}
PART_KINDS = frozenset(
    (
        "comments", "related", "share", "signup", "advertisement", "navigation", "footer", "sidebar", "popup",
        "hidden", "topic",
    )
)  # fmt: skip
NEAR_STEPS = 5
BESIDE = (-3, -2, -1, 1, 2, 3)
LOOKED_AT = 160  # characters of a block that are enough to count its letters
NAMED_CHARS = 300  # of an element's names
OPENING_CHARS = 120  # of a block, in which furniture says what it is
# Beyond these a page is long, and how long says nothing more: without them the trees, which have seen few
# articles of over a hundred paragraphs, took the rest of one for something else.
MOST_STEPS, MOST_BLOCKS, MOST_MASS = 60, 150, 15_000
KNOWN_CHARS = 150  # of a description, which pages cut at different lengths
_TERMINAL = re.compile(r"[.!?。！？…؟।][\"”’»“')\]]*$")
_HIDING = re.compile(r"display:\s*none|visibility:\s*hidden")
_QUOTES = frozenset('"“”«»„「」')


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedWords:
    """What the page states of itself elsewhere: titles, descriptions, and its text in JSON-LD, all folded."""

    titles: frozenset[str] = frozenset()
    descriptions: frozenset[str] = frozenset()
    body: str = ""


def fold_stated(titles: Iterable[str], descriptions: Iterable[str], body: str) -> StatedWords:
    """What a page's markup states, folded to be held against its blocks."""
    return StatedWords(
        titles=frozenset(filter(None, map(fold_words, titles))),
        descriptions=frozenset(fold_words(d)[:KNOWN_CHARS] for d in descriptions) - {""},
        body=fold_words(body),
    )


@dataclass(slots=True)
class Place:
    """Where an element stands: its depth, and the steps up to the nearest element of each kind and tag.

    `in_half` and `in_most` tell whether it is inside the deepest element with half, or most, of the text.
    """

    depth: int
    kinds: list[int]
    tags: list[int]
    in_half: bool = False
    in_most: bool = False


@cache
def _patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = (resources.files("onrecord.ingest") / "words" / name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


@cache
def class_kinds() -> tuple[str, ...]:
    """The kinds that the names of elements are sorted into."""
    return tuple(kind for kind, _ in _patterns("page_classes.tsv"))


def phrase_kinds() -> tuple[str, ...]:
    """The kinds of furniture that the words of a block are looked at for."""
    return tuple(kind for kind, _ in _patterns("page_phrases.tsv"))


@lru_cache(maxsize=20_000)
def _kinds_named(names: str) -> tuple[int, ...]:
    names = names.lower()
    return tuple(i for i, (_, pattern) in enumerate(_patterns("page_classes.tsv")) if pattern.search(names))


def _kinds_said(words: str) -> list[int]:
    opening = words[:OPENING_CHARS].lower()
    return [1 if pattern.search(opening) else 0 for _, pattern in _patterns("page_phrases.tsv")]


def feature_names() -> tuple[str, ...]:
    """The name of each number of a row, in order."""
    beside = [f"{what} at {step:+d}" for step in BESIDE for what in _BESIDE_NAMES]
    up = [f"steps to {kind}" for kind in class_kinds()] + [f"steps to <{tag}>" for tag in ANCESTORS]
    phrases = [f"says {kind}" for kind in phrase_kinds()]
    return (*_OWN_NAMES, *phrases, *_PLACE_NAMES, *beside, *up)


_OWN_NAMES = (
    "chars", "link share", "bold share", "ends a sentence", "words", "commas", "capital share",
    "digit share", "starts lower", "starts upper", "starts with digit", "quotes", "has bar", "has at sign",
    "ends with colon", "asks", "stops per char", "tag", "wide letters",
    "pictures",
)  # fmt: skip
_PLACE_NAMES = (
    "depth", "inside half", "inside most", "place", "blocks", "place by chars", "after h1",
    "after first paragraph", "said how often", "is description", "is title", "in stated body", "mass in self",
    "mass in parent", "mass in grandparent", "mass in great-grandparent", "mass of shape", "count of shape",
    "mean of shape", "mass of own tag", "density near", "density around", "mass just before",
    "mass just after", "mass so far", "mass of page",
)  # fmt: skip
_BESIDE_NAMES = ("chars", "link share", "tag", "ends a sentence", "same parent", "same shape", "pictures")


class _Page:
    """The blocks of one page with what is counted over all of them."""

    def __init__(self, blocks: Sequence[PageBlock], stated: StatedWords) -> None:
        self.blocks, self.stated = blocks, stated
        self.folded = [b.folded for b in blocks]
        self.repeats = Counter(self.folded)
        self.lengths = [len(b.words) for b in blocks]
        self.letters = [b.count_letters() for b in blocks]
        self.links = [min(1.0, b.link_chars / n) for b, n in zip(blocks, self.letters, strict=True)]
        self.ends = [1 if _TERMINAL.search(b.words[-6:]) else 0 for b in blocks]
        self.tags = [_TAG_CODES.get(b.element.tag, 0) for b in blocks]
        self.parents = [b.element.getparent() for b in blocks]
        self.shapes = [shape_of(b.element) for b in blocks]
        self._weigh()
        self._find_landmarks()

    def _weigh(self) -> None:
        """How much running text each element, shape and tag holds."""
        self.masses = [
            n * (1 - k) if (n * (1 - k) >= 60 and k < 0.5) or (n * (1 - k) >= 25 and e and k < 0.3) else 0.0
            for n, k, e in zip(self.lengths, self.links, self.ends, strict=True)
        ]
        self.total = sum(self.masses) or 1.0
        self.mass_in: dict[Any, float] = {}
        self.mass_of_shape: dict[str, float] = {}
        self.mass_of_tag: dict[int, float] = {}
        self.count_of_shape = Counter(self.shapes)
        for block, mass, shape, tag in zip(self.blocks, self.masses, self.shapes, self.tags, strict=True):
            self.mass_of_shape[shape] = self.mass_of_shape.get(shape, 0.0) + mass
            self.mass_of_tag[tag] = self.mass_of_tag.get(tag, 0.0) + mass
            for element in _climb(block.element) if mass else ():
                self.mass_in[element] = self.mass_in.get(element, 0.0) + mass
        self.mass_before = _sums(self.masses)
        self.chars_before = _sums(self.lengths)

    def _find_landmarks(self) -> None:
        heads = [i for i, b in enumerate(self.blocks) if b.element.tag == "h1"]
        self.head = heads[0] if heads else None
        self.first = next((i for i, mass in enumerate(self.masses) if mass > 120), 0)
        self.half, self.most = self._deepest(0.5), self._deepest(0.85)

    def _deepest(self, share: float) -> Any:
        """The deepest element that holds this share of the running text."""
        found, least = None, share * self.total
        for element, mass in self.mass_in.items():
            if mass >= least and (found is None or mass < self.mass_in[found]):
                found = element
        return found


def _sums(values: Sequence[float]) -> list[float]:
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


_TAG_CODES = {tag: i for i, tag in enumerate(TAGS, 1)}
_ANCESTOR_CODES = {tag: i for i, tag in enumerate(ANCESTORS)}


def shape_of(element: Any) -> str:
    """The tags and first classes of an element and the two around it: blocks of one shape are of one kind."""
    names = []
    for _ in range(3):
        if element is None:
            break
        names.append(f"{element.tag}.{(element.get('class') or '').partition(' ')[0]}")
        element = element.getparent()
    return "/".join(names)


def _place_of(element: Any, known: dict[Any, Place], page: _Page) -> Place:
    """Where an element stands; worked out from the nearest element around it that is known."""
    way = []
    while element is not None and element not in known:
        way.append(element)
        element = element.getparent()
    place = known[element] if element is not None else _outside()
    for below in reversed(way):
        place = known[below] = _step_into(below, place)
        place.in_half |= below is page.half
        place.in_most |= below is page.most
    return place


def _outside() -> Place:
    return Place(0, [FAR] * len(class_kinds()), [FAR] * len(ANCESTORS))


def _step_into(element: Any, above: Place) -> Place:
    kinds = [n + 1 if n < FAR else FAR for n in above.kinds]
    tags = [n + 1 if n < FAR else FAR for n in above.tags]
    attributes = element.attrib
    if attributes and element.tag not in {"body", "html"}:
        names = " ".join(filter(None, map(attributes.get, ABOUT)))
        for i in _kinds_named(names[:NAMED_CHARS]) if names else ():
            kinds[i] = 0
        if is_hidden(attributes):
            kinds[_hidden()] = 0
    if (code := _ANCESTOR_CODES.get(element.tag)) is not None:
        tags[code] = 0
    return Place(above.depth + 1, kinds, tags, above.in_half, above.in_most)


@cache
def _hidden() -> int:
    return class_kinds().index("hidden")


def is_hidden(attributes: Any) -> bool:
    """Whether the attributes of an element hide it from a reader."""
    style = attributes.get("style")
    return bool(
        (style and _HIDING.search(style)) or "hidden" in attributes or attributes.get("aria-hidden") == "true"
    )


def drop_link_runs(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """The blocks but those inside a run of bare links: a third of a page, and 0.3 % of articles' text."""
    bare = [b.link_chars > 0.9 * b.count_letters() and len(b.words) < 80 for b in blocks]
    kept = []
    for i, block in enumerate(blocks):
        if not (bare[i] and (i == 0 or bare[i - 1]) and (i + 1 == len(bare) or bare[i + 1])):
            kept.append(block)
    return kept


def describe_blocks(
    blocks: Sequence[PageBlock], stated: StatedWords
) -> tuple[list["array[float]"], list[Place]]:
    """For each block a row of numbers, in the order of `feature_names`, and where it stands."""
    page = _Page(blocks, stated)
    known: dict[Any, Place] = {}
    places = [_place_of(block.element, known, page) for block in blocks]
    # Arrays, not lists: a table of 250,000 cells took 1.1 GB.
    rows = [array("f", _describe(page, i, place)) for i, place in enumerate(places)]
    return rows, places


def _describe(page: _Page, i: int, place: Place) -> tuple[float, ...]:
    return (
        *_describe_words(page, i),
        *_kinds_said(page.blocks[i].words),
        place.depth,
        place.in_half,
        place.in_most,
        *_describe_place(page, i),
        *_describe_beside(page, i),
        *place.kinds,
        *place.tags,
    )


def name_part(place: Place) -> str:
    """The part of the page that the names around a block say it is in, the nearest first; "" for none."""
    steps = [(place.tags[_ANCESTOR_CODES[tag]], name) for tag, name in PART_TAGS.items()]
    steps += [(n, kind) for n, kind in zip(place.kinds, class_kinds(), strict=True) if kind in PART_KINDS]
    nearest, name = min(steps)
    return name if nearest <= NEAR_STEPS else ""


def _describe_words(page: _Page, i: int) -> tuple[float, ...]:
    block, n = page.blocks[i], page.lengths[i]
    words, sample = block.words, block.words[:LOOKED_AT]
    letters = sum(map(str.isalpha, sample)) or 1
    first = words[0]
    return (
        n, page.links[i], min(1.0, block.bold_chars / page.letters[i]), page.ends[i], words.count(" "),
        words.count(",") + words.count("，") + words.count("、"), sum(map(str.isupper, sample)) / letters,
        sum(map(str.isdigit, sample)) / len(sample), first.islower(), first.isupper(), first.isdigit(),
        not _QUOTES.isdisjoint(sample), "|" in sample, "@" in sample, words[-1] in ":：", "?" in sample,
        words.count(".") / n, page.tags[i], sum(c > "\u2e80" for c in sample[:60]) / min(n, 60),
        block.pictures,
    )  # fmt: skip


def _describe_place(page: _Page, i: int) -> tuple[float, ...]:
    count, folded, total = len(page.blocks), page.folded[i], page.total
    chars, masses, shape = page.chars_before, page.mass_before, page.shapes[i]
    stated = page.stated
    return (
        i / count, min(count, MOST_BLOCKS), chars[i] / max(1, chars[-1]),
        _steps(i - page.head) if page.head is not None else -999, _steps(i - page.first),
        page.repeats[folded],
        len(folded) > 20 and folded[:KNOWN_CHARS] in stated.descriptions, _is_title(folded, stated.titles),
        (2 if folded in stated.body else 1) if stated.body else 0,
        *_mass_around(page, i),
        page.mass_of_shape[shape] / total, min(page.count_of_shape[shape], MOST_STEPS),
        page.mass_of_shape[shape] / page.count_of_shape[shape], page.mass_of_tag[page.tags[i]] / total,
        _density(page, i - 3, i + 4), _density(page, i - 10, i + 11),
        masses[i] - masses[max(0, i - 5)], masses[min(count, i + 6)] - masses[i + 1],
        masses[i] / total, min(total, MOST_MASS),
    )  # fmt: skip


def _steps(blocks: int) -> int:
    return max(-MOST_STEPS, min(blocks, MOST_STEPS))


def _is_title(folded: str, titles: frozenset[str]) -> bool:
    return folded in titles or (len(folded) > 15 and any(folded in title for title in titles))


def _mass_around(page: _Page, i: int) -> list[float]:
    """The share of the running text in the block's element and the three around it."""
    found, element = [], page.blocks[i].element
    for _ in range(4):
        found.append(page.mass_in.get(element, 0.0) / page.total if element is not None else 0.0)
        element = element.getparent() if element is not None else None
    return found


def _climb(element: Any) -> Iterator[Any]:
    """An element and those around it; a page that nests deeper than this does it to no purpose."""
    for _ in range(MAX_CLIMB):
        if element is None:
            return
        yield element
        element = element.getparent()


def _density(page: _Page, start: int, end: int) -> float:
    """The share of running text in a stretch of blocks."""
    start, end = max(0, start), min(len(page.blocks), end)
    chars = page.chars_before[end] - page.chars_before[start]
    return (page.mass_before[end] - page.mass_before[start]) / (chars + 1)


def _describe_beside(page: _Page, i: int) -> list[float]:
    row: list[float] = []
    for step in BESIDE:
        j = i + step
        if not 0 <= j < len(page.blocks):
            row += [-1] * len(_BESIDE_NAMES)
            continue
        row += (
            page.lengths[j], page.links[j], page.tags[j], page.ends[j],
            page.parents[j] is page.parents[i], page.shapes[j] == page.shapes[i], page.blocks[j].pictures,
        )  # fmt: skip
    return row
