"""Kinds of sources: the first bytes of a file and its name in, what it is out; the bytes count first."""

import json
import re
from pathlib import PurePath
from typing import Literal

from onrecord.ingest.capture import find_encoding
from onrecord.ingest.feeds import FEED_ROOTS
from onrecord.ingest.prolog import find_root
from onrecord.ingest.sitemaps import SITEMAP_ROOTS
from onrecord.ingest.tables import looks_like_table

Kind = Literal["page", "warc", "wacz", "feed", "sitemap", "json", "lines", "table", "xml"]
# Of these many captures can come.
HOLDERS: frozenset[Kind] = frozenset({"warc", "wacz", "feed", "sitemap", "json", "lines", "table"})
ZIP_MAGIC = b"PK\x03\x04"
_BY_TYPE: dict[str, Kind] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "page",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "application/warc": "warc",
    "application/x-ndjson": "lines",
    "application/jsonl": "lines",
    "application/json": "json",
    "application/feed+json": "json",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
}
_BY_SUFFIX: dict[str, Kind] = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".csv": "table",
    ".tsv": "table",
    ".warc": "warc",
}
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\{\]])')
_JSON_FEED = re.compile(r'"https?://(?:www\.)?jsonfeed\.org/version/')


def tell_kind(
    beginning: bytes, name: str, *, media_type: str | None = None, column: str | None = None
) -> Kind:
    """What a source is; a media type that is given outranks what the bytes say.

    Raises `BinaryInputError` for bytes that are neither text nor anything that holds it.
    """
    given = _BY_TYPE.get((media_type or "").partition(";")[0].strip().lower())
    if given is not None:
        return given
    if beginning.startswith(b"WARC/"):
        return "warc"
    if beginning.startswith(ZIP_MAGIC):
        return "wacz"
    by_name = _BY_SUFFIX.get(PurePath(name.lower().removesuffix(".gz")).suffix)
    if by_name == "warc":
        return "warc"
    if root := _kind_of_root(beginning):
        return root
    text = beginning.decode(find_encoding(beginning), "replace").removeprefix("\ufeff")
    return _kind_of_text(text, by_name, column)


def _kind_of_root(beginning: bytes) -> Kind | None:
    root = find_root(beginning)
    if root in FEED_ROOTS:
        return "feed"
    if root is not None and root.rpartition(":")[2] in SITEMAP_ROOTS:
        return "sitemap"
    is_other_xml = root not in {None, "html"} and beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(
        b"<?xml"
    )
    return "xml" if is_other_xml else "page" if root else None


def _kind_of_text(text: str, by_name: Kind | None, column: str | None) -> Kind:
    first_line, _, rest = text.lstrip().partition("\n")
    if _JSON.match(text):
        if by_name == "lines":
            return "lines"
        if text.lstrip().startswith("[") or _JSON_FEED.search(text):
            return "json"
        return "lines" if _is_json(first_line) or (not rest and by_name != "json") else "json"
    if by_name is not None:
        return by_name
    return "table" if looks_like_table(first_line, column) else "page"


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
