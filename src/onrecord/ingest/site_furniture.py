"""What sites repeat, and a page without it: a page's judged blocks in, those that its site repeats left out.

A page's own words stand on one story of its site. What stands at the same kind of place on several
stories is the site's: boxes, notes on itself, biographies, words for those who have not logged in.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from onrecord.ingest.found import WHOLE_FILE
from onrecord.ingest.page_body import Judged
from onrecord.ingest.page_features import shape_of
from onrecord.ingest.page_header import PageHeader
from onrecord.ingest.page_tree import PageBlock
from onrecord.ingest.reading import READER_VERSION
from onrecord.ingest.speech import quotes_or_reports
from onrecord.record import Article, Capture, Origin

# Folded characters: shorter blocks ("What we know") say the same in two articles.
REPEAT_CHARS = 20
# The kinds of blocks that the site may be the author of; titles, deks, bylines, date lines, captions and
# credits say the same on several pages for reasons of their own.
KINDS = frozenset({"paragraph", "list_item", "heading", "quotation", "furniture"})
# What the receipt of a page calls them; what one page repeats within itself is "repeated" alone.
BY_SITE = "repeated by the site"
# What is left out and has as many characters is reported, for who doubts it.
DOUBTED_CHARS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRepeats:
    """The blocks that a site repeats, by `hash_block`: on several stories, and of those on most."""

    stories: int
    several: frozenset[int]
    most: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """What each site repeats, by the names that `name_site` gives; sites that repeat nothing are absent."""

    sites: dict[str, SiteRepeats]


def name_site(capture: Capture, header: PageHeader) -> str:
    """The site of a page: the host of its address, else its folder or what it was taken out of, else ""."""
    for url in (capture.url, header.url.value if header.url else None):
        if host := host_of(url):
            return host
    container = capture.container
    if container is None:
        return ""
    return str(PurePath(container.name).parent) if container.place == WHOLE_FILE else container.name


def host_of(url: str | None) -> str:
    """The host of an address, without its "www."; "" where there is none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def hash_block(block: PageBlock) -> int:
    """64 bits of a block's words and of the kind of place they stand at.

    The place counts because other pages tease an article with its own first words.
    """
    said = f"{shape_of(block.element)}\n{block.folded}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big")


def leave_out_repeated(judged: Sequence[Judged], repeats: SiteRepeats) -> list[Judged]:
    """The blocks of a page, those that its site repeats left out of the article.

    What quotes or reports somebody stays; and so does what stands between blocks of the article's own,
    which may recall an old story, unless it stands on most stories of the site. A heading goes only with
    what it heads: of nine that two articles of a site shared, six were of the articles ("How we test").
    """
    hashes = [_hash_if_repeatable(one) for one in judged]
    homes = [one.block.element.getparent() for one in judged]
    own = [i for i, one in enumerate(judged) if one.kind in KINDS and hashes[i] not in repeats.several]
    inside = _find_inside(own, homes)
    origin = Origin(kind="rule", name="page-blocks/repeated-by-site", version=READER_VERSION)
    kept: list[Judged] = []
    heads_left_out = False
    for i, one in reversed(list(enumerate(judged))):
        goes = hashes[i] in (repeats.most if i in inside else repeats.several)
        if one.kind == "heading":
            goes = goes and heads_left_out
        kept.append(_leave_out(one, origin) if goes else one)
        if one.kind:
            heads_left_out = goes
    return kept[::-1]


def lacks_repeated(article: Article) -> bool:
    """Whether blocks that its site repeats were left out of an article, as learned from other pages."""
    return article.coverage is not None and any(out.kind == BY_SITE for out in article.coverage.left_out)


def _hash_if_repeatable(one: Judged) -> int | None:
    if one.kind not in KINDS or len(one.block.folded) < REPEAT_CHARS or quotes_or_reports(one.block.words):
        return None
    return hash_block(one.block)


def _find_inside(own: Collection[int], homes: Sequence[Any]) -> set[int]:
    """The places between the first and the last of the page's own blocks in the same element."""
    first: dict[Any, int] = {}
    last: dict[Any, int] = {}
    for i in own:
        first.setdefault(homes[i], i)
        last[homes[i]] = i
    return {i for i, home in enumerate(homes) if first.get(home, i) < i < last.get(home, i)}


def _leave_out(one: Judged, origin: Origin) -> Judged:
    doubted = len(one.block.words) >= DOUBTED_CHARS
    return replace(one, kind=None, origin=origin, part=BY_SITE, doubted=doubted)
