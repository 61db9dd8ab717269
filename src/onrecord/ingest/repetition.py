"""Furniture by repetition: captures in, out what the pages of each site among them repeat."""

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from onrecord.ingest.capture import HTML_TYPES
from onrecord.ingest.html import MAX_ELEMENTS
from onrecord.ingest.page_features import drop_link_runs
from onrecord.ingest.page_header import PageHeader, read_page_header
from onrecord.ingest.page_tree import PageBlock, parse_page, segment_page
from onrecord.ingest.site_furniture import REPEAT_CHARS, Repeated, SiteRepeats, hash_block, host_of, name_site
from onrecord.ingest.source_map import read_source
from onrecord.ingest.stories import PageSample, SiteSample
from onrecord.record import Capture, Failure

# Two stories may recall the same with the same paragraph: on real pages, where two sufficed, most of what
# went was the articles'. No set at hand has enough pages of a site to tune the shares on.
STORIES_FROM = 3
SHARE_FROM = 0.05
MOST_SHARE = 0.5
# Running text, by which versions of one story are known.
TEXT_CHARS, TEXT_LINK_SHARE = 80, 0.3
MAX_BLOCKS = 2_000


def learn_repeated(captures: Iterable[Capture | Failure]) -> Repeated:
    """What the pages among these captures repeat, each on the pages of its own site.

    Whatever order they come in, the same captures give the same. Pages are parsed, and no model is asked;
    of a site with many, a hundred are kept, chosen by the hash of their addresses, about 1 kB each.
    Versions of one story (by address, title or text) count once; texts that are no pages, and failures,
    do not count.
    """
    samples: dict[str, SiteSample] = {}
    for capture in captures:
        if isinstance(capture, Failure) or capture.media_type not in HTML_TYPES:
            continue
        try:
            found = _sample_page(capture)
        except Exception:  # whoever reads it is told what is wrong with it
            continue
        if found:
            site, page = found
            samples.setdefault(site, SiteSample()).add(page)
    sites = {site: _count_site(samples[site]) for site in sorted(samples)}
    return Repeated(sites={site: repeats for site, repeats in sites.items() if repeats.several})


def _sample_page(capture: Capture) -> tuple[str, PageSample] | None:
    """The site of a page and what is kept of the page; None where it is read no further or has no site."""
    tree = parse_page(read_source(capture))
    if tree is None or sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        return None
    header = read_page_header(tree, url=capture.url, retrieved_at=capture.retrieved_at)
    site = name_site(capture, header)
    if not site:
        return None
    blocks = [b for b in drop_link_runs(segment_page(tree)[0]) if len(b.folded) >= REPEAT_CHARS]
    sizes = {hash_block(block): _count_text(block) for block in blocks[:MAX_BLOCKS]}
    return site, PageSample(
        address=_hash_address(capture, header),
        sha256=capture.sha256,
        title=header.title.value if header.title else "",
        blocks=array("Q", sizes),
        chars=array("I", sizes.values()),
    )


def _count_text(block: PageBlock) -> int:
    """The characters of a block that is running text, else 0."""
    size = len(block.words)
    return size if size >= TEXT_CHARS and block.link_chars < TEXT_LINK_SHARE * size else 0


def _hash_address(capture: Capture, header: PageHeader) -> int:
    """What versions of a page share: its address as the page gives it, without scheme and fragment."""
    for url in (header.url.value if header.url else None, capture.url):
        if url and (host := host_of(url)):
            parts = urlsplit(url)
            name = f"{host}{parts.path.rstrip('/')}?{parts.query}"
            break
    else:
        name = capture.sha256
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _count_site(sample: SiteSample) -> SiteRepeats:
    stories = sample.list_stories()
    counts = Counter(block for story in stories for block in story)
    least = max(STORIES_FROM, SHARE_FROM * len(stories))
    several = frozenset(block for block, n in counts.items() if n >= least)
    most = frozenset(block for block in several if counts[block] >= MOST_SHARE * len(stories))
    return SiteRepeats(stories=len(stories), several=several, most=most)
