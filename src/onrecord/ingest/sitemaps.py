"""Sitemaps, sitemap indexes and news sitemaps (sitemaps.org 0.9): XML in, the addresses they list out.

They hold no articles. Dates stay the raw words that stood there.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal

from onrecord.errors import DamagedInputError
from onrecord.ingest.prolog import refuse_entities
from onrecord.ingest.streams import BEGINNING_BYTES, GZIP_MAGIC, hold_beginning, inflate_stream

if TYPE_CHECKING:
    from lxml.etree import _Element

SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})
_FIELDS = {
    "loc": "url",
    "lastmod": "lastmod",
    "title": "title",
    "publication_date": "published",
    "name": "outlet",
    "language": "language",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """An address of a sitemap: that of a page, or of another sitemap where an index lists it."""

    kind: Literal["page", "sitemap"]
    url: str
    lastmod: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None


def read_sitemap(body: bytes) -> tuple[SitemapEntry, ...]:
    """The entries of a sitemap, plain or gzip, in order; of one that is broken, those before the damage.

    Raises `InputError` for entity tricks and `DamagedInputError` where nothing can be read.
    """
    return tuple(iter_sitemap(io.BytesIO(body)))


def iter_sitemap(stream: BinaryIO) -> Iterator[SitemapEntry]:
    """As `read_sitemap`, one by one: a sitemap of any size in constant memory."""
    from lxml import etree

    found = 0
    events = etree.iterparse(
        _open_checked(stream),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            if entry := _read_entry(element):
                found += 1
                yield entry
            _let_go(element)
    except etree.XMLSyntaxError as error:
        damage: object = error
    else:
        damage = events.error_log.last_error
    if damage and not found:
        raise DamagedInputError(f"The sitemap cannot be read ({damage}).")


def _open_checked(stream: BinaryIO) -> io.BufferedReader:
    """The stream, inflated where it is gzip, its prolog checked."""
    held = hold_beginning(stream)
    if held.peek(BEGINNING_BYTES).startswith(GZIP_MAGIC):
        held, _ = inflate_stream(held)
    refuse_entities(held.peek(BEGINNING_BYTES))
    return held


def _read_entry(element: "_Element") -> SitemapEntry | None:
    kind: Literal["page", "sitemap"] = "page" if _local(element) == "url" else "sitemap"
    fields: dict[str, str] = {}
    for part in element.iter("{*}*"):
        name, text = _FIELDS.get(_local(part)), "".join(part.itertext()).strip()
        # The names of pictures and films of the page stand in elements of their own.
        if name and text and not _is_media(part):
            fields.setdefault(name, text)
    return SitemapEntry(kind=kind, **fields) if fields.get("url") else None


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _is_media(element: "_Element") -> bool:
    namespace = str(element.tag)
    return "sitemap-image" in namespace or "sitemap-video" in namespace


def _let_go(element: "_Element") -> None:
    """Frees what was read: the element and those before it."""
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            break
        del parent[0]
