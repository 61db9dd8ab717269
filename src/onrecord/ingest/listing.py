"""The pages that an address leads to: itself, or those that its feed or sitemap lists.

In: an address and a `Fetcher`. Out: a capture for each page, or a failure that says why there is none.
"""

import dataclasses
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from onrecord.errors import EmptyInputError, InputError
from onrecord.ingest.feeds import FEED_ROOTS
from onrecord.ingest.fetch import PAGE_TYPES, Fetched, Fetcher, capture_page
from onrecord.ingest.found import fail
from onrecord.ingest.prolog import find_root
from onrecord.ingest.sitemaps import SITEMAP_ROOTS, SitemapEntry, iter_sitemap
from onrecord.ingest.sources import captures_in
from onrecord.ingest.streams import BEGINNING_BYTES, GZIP_MAGIC, hold_beginning, inflate_stream
from onrecord.record import Capture, Failure, StatedField

MOST_PAGES = 20
# An index may list tens of thousands; the newest few hold more pages than one run asks for.
MOST_SITEMAPS = 20
MOST_ENTRIES = 50_000  # of one sitemap, as sitemaps.org has it; one made to harm lists without end
# Teasers of feeds are a sentence or a paragraph; a judgement, not tuned on anything.
SUMMARY_WORDS = 150
_WORD = re.compile(rb"<[^>]*>|[^\s<]+")
_LINKED_ENTRY = re.compile(r": entry (\S+:\S+|/\S+)\Z")
_STATED = {"title": "title", "published": "published_at", "outlet": "outlet", "language": "language"}


def crawl(url: str, fetcher: Fetcher, *, most: int = MOST_PAGES) -> Iterator[Capture | Failure]:
    """A capture or a failure for each page that the address leads to, at most so many.

    Of a feed, each entry with its whole text, else the page it links to; of a sitemap, each page,
    those of the latest date first; of an index of sitemaps, those of the latest sitemaps. Any other
    address is a page itself, or an archive or table of them. What a feed or sitemap states of a page
    is kept with it.
    """
    found = 0
    try:
        fetched = fetcher.fetch_bytes(url)
        for entry in itertools.islice(_crawl_fetched(fetched, fetcher), most):
            found += 1
            yield entry
        if not found:
            raise EmptyInputError("It lists no page that could be fetched.", where=fetched.url)
    except InputError as error:
        yield fail(error, url)


def _crawl_fetched(fetched: Fetched, fetcher: Fetcher) -> Iterator[Capture | Failure]:
    root = find_root(_unpacked_beginning(fetched.body)) or ""
    if root.rpartition(":")[2] in SITEMAP_ROOTS:
        yield from _crawl_sitemap(fetched, fetcher)
    elif fetched.media_type in PAGE_TYPES and root not in FEED_ROOTS:
        yield capture_page(fetched)
    else:
        # A feed is sent under many types, XML of all kinds under each other's: the bytes tell them apart.
        is_told = root in FEED_ROOTS or fetched.media_type.endswith("xml")
        yield from _crawl_holder(fetched, None if is_told else fetched.content_type, fetcher)


def _unpacked_beginning(body: bytes) -> bytes:
    held = hold_beginning(io.BytesIO(body))
    if body.startswith(GZIP_MAGIC):
        held, _ = inflate_stream(held)
    return held.peek(BEGINNING_BYTES)


def _crawl_holder(fetched: Fetched, media_type: str | None, fetcher: Fetcher) -> Iterator[Capture | Failure]:
    """What feeds, archives and tables hold; for an entry of a feed without its text, the page it links to."""
    for found in captures_in(io.BytesIO(fetched.body), fetched.url, media_type=media_type):
        link = _summary_link(found)
        if link is not None:
            stated = found.stated if isinstance(found, Capture) else ()
            yield _fetch_page(urljoin(fetched.url, link), stated, fetcher)
        elif isinstance(found, Capture):
            yield dataclasses.replace(found, retrieved_at=found.retrieved_at or fetched.retrieved_at)
        else:
            yield found


def _summary_link(found: Capture | Failure) -> str | None:
    """The page of a feed's entry that has not its whole text here."""
    if isinstance(found, Failure):
        linked = _LINKED_ENTRY.search(found.subject)
        return linked[1] if linked else None
    is_entry = found.container is not None and found.container.place.startswith("entry ")
    return found.url if is_entry and _is_summary(found) else None


def _is_summary(capture: Capture) -> bool:
    words = (match for match in _WORD.finditer(capture.body or b"") if not match[0].startswith(b"<"))
    return len(list(itertools.islice(words, SUMMARY_WORDS))) < SUMMARY_WORDS


def _crawl_sitemap(fetched: Fetched, fetcher: Fetcher) -> Iterator[Capture | Failure]:
    seen: set[str] = set()
    for entry in _list_pages(fetched.body, fetcher):
        if isinstance(entry, Failure):
            yield entry
        elif entry.url not in seen:
            seen.add(entry.url)
            yield _fetch_page(urljoin(fetched.url, entry.url), tuple(_stated(entry)), fetcher)


def _list_pages(body: bytes, fetcher: Fetcher) -> Iterator[SitemapEntry | Failure]:
    """The pages of a sitemap, or of those that it lists; no deeper, as sitemaps.org has it."""
    entries = _read_sitemap(body)
    yield from _newest(entry for entry in entries if entry.kind == "page")
    maps = _newest(entry for entry in entries if entry.kind == "sitemap")
    for entry in maps[:MOST_SITEMAPS]:
        try:
            inner = _read_sitemap(fetcher.fetch_bytes(entry.url).body)
        except InputError as error:
            yield fail(error, entry.url)
        else:
            yield from _newest(page for page in inner if page.kind == "page")


def _read_sitemap(body: bytes) -> list[SitemapEntry]:
    return list(itertools.islice(iter_sitemap(io.BytesIO(body)), MOST_ENTRIES))


def _newest(entries: Iterable[SitemapEntry]) -> list[SitemapEntry]:
    """The latest first, by the dates as they stand (ISO 8601 sorts as text); then those without one."""
    return sorted(entries, key=lambda entry: entry.published or entry.lastmod or "", reverse=True)


def _stated(entry: SitemapEntry) -> Iterator[StatedField]:
    for name, field in _STATED.items():
        value = getattr(entry, name)
        if value:
            yield StatedField(field=field, value=value, place=f"news sitemap {name}")


def _fetch_page(url: str, stated: tuple[StatedField, ...], fetcher: Fetcher) -> Capture | Failure:
    try:
        page = fetcher.fetch(url)
        # What lists a page fills what the page does not say, and does not outdo it: it is no entry's text.
        listed = (dataclasses.replace(field, place=f"listed in {field.place}") for field in stated)
        return dataclasses.replace(page, stated=tuple(listed))
    except InputError as error:
        return fail(error, url)
