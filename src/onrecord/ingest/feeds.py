"""RSS and Atom feeds: bytes in, a capture an entry out, with what the feed states of it in its own words.

feedparser reads the entries, broken feeds included; its dates are not used, because they lose the zone.
"""

import re
import warnings
import xml.parsers.expat
from collections.abc import Iterator
from typing import Any

from onrecord.errors import DamagedInputError, EmptyInputError, InputError, TooLargeError
from onrecord.ingest.found import contain, fail, try_capture
from onrecord.ingest.prolog import refuse_entities
from onrecord.record import Capture, Failure, StatedField

FEED_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "rdf"})
# feedparser takes about 0.4 ms for an entry (20 MB are some ten thousand); of a broken feed its time grows
# with the square of what stands open: 12 s for 500 kB made to harm, and nothing to notice in a real one.
MAX_FEED_BYTES = 20_000_000
MAX_BROKEN_BYTES = 3_000_000
MAX_BROKEN_ENTRIES = 2_000
MAX_NESTING = 20
_ADDRESS = re.compile(r"(?:mailto:)?[^\s@<>()]+@[^\s@<>()]+")
_ENTRY_TAGS = ("item", "entry")
_TEXT_TYPES = {"text/plain": "text/plain; charset=utf-8"}


def read_feed(body: bytes, name: str) -> Iterator[Capture | Failure]:
    """A capture for each entry with its content, else its summary; a failure for each that has neither."""
    try:
        bounds, parsed = _parse(body)
    except InputError as error:
        yield fail(error, name)
        return
    for number, entry in enumerate(parsed["entries"], 1):
        stored = body[slice(*bounds[number - 1])] if len(bounds) == len(parsed["entries"]) else body
        yield _capture_entry(entry, parsed, stored, name, number)
    if not parsed["entries"]:
        yield fail(EmptyInputError("The feed has no entries."), name)
    damage = parsed["bozo_exception"] if parsed["bozo"] else None
    if damage is not None and _is_damage(damage):
        problem = f"The feed is broken ({damage}); {len(parsed['entries']):,} entries were read all the same."
        yield fail(DamagedInputError(problem), name)


def _parse(body: bytes) -> tuple[list[tuple[int, int]], Any]:
    """Where the entries stand, and what feedparser makes of them."""
    import feedparser

    if len(body) > MAX_FEED_BYTES:
        raise TooLargeError(f"The feed has more than {MAX_FEED_BYTES:,} bytes.")
    refuse_entities(body)
    bounds, is_whole = find_entries(body)
    begun = sum(body.count(b"<" + tag.encode()) for tag in _ENTRY_TAGS)
    if not is_whole and (len(body) > MAX_BROKEN_BYTES or begun > MAX_BROKEN_ENTRIES):
        raise TooLargeError(f"The feed is broken, and with {len(body):,} bytes too large to make sense of.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations
        try:
            return bounds, feedparser.parse(body, resolve_relative_uris=False, sanitize_html=False)
        except Exception as error:  # whatever a feed holds, the rest is read
            raise DamagedInputError(f"The feed cannot be read ({type(error).__name__}: {error}).") from error


def _is_damage(error: Exception) -> bool:
    """Whether the feed itself is broken: not for a charset that differs from what was declared."""
    import feedparser

    return not isinstance(error, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType)


def _capture_entry(entry: Any, parsed: Any, stored: bytes, name: str, number: int) -> Capture | Failure:
    link = _words(entry, "link")
    container = contain(name, f"entry {link or number}", stored)
    content = _content_of(entry)
    if content is None:
        problem = "The feed gives no content of this entry"
        cure = f"Fetch it at {link}." if link else None
        return fail(EmptyInputError(f"{problem}.", cure=cure), f"{name}: {container.place}")
    body, media_type = content
    return try_capture(
        body.encode("utf-8", "replace"),
        container,
        media_type=media_type,
        url=link,
        stated=tuple(_stated(entry, parsed)),
    )


def _content_of(entry: Any) -> tuple[str, str] | None:
    """The fullest of what an entry holds and its media type."""
    candidates = [c for c in dict.get(entry, "content", ()) if _words(c, "value")]
    if summary := _words(entry, "summary"):
        detail = dict.get(entry, "summary_detail", {})
        candidates.append({"value": summary, "type": dict.get(detail, "type", "text/html")})
    readable = [c for c in candidates if dict.get(c, "type", "text/html") in _TEXT_TYPES or _is_html(c)]
    if not readable:
        return None
    first = readable[0]
    return first["value"], _TEXT_TYPES.get(dict.get(first, "type", ""), "text/html; charset=utf-8")


def _is_html(content: Any) -> bool:
    return "html" in dict.get(content, "type", "text/html")


def _stated(entry: Any, parsed: Any) -> Iterator[StatedField]:
    family = "atom" if parsed["version"].startswith("atom") else "rss"
    if title := _words(entry, "title"):
        yield StatedField(field="title", value=title, place=f"{family} title")
    for named in _names_of(entry):
        yield StatedField(field="authors", value=named, place=f"{family} author")
    yield from _stated_moments(entry, family)
    feed = parsed["feed"]
    source = dict.get(entry, "source", {})
    if outlet := _words(source, "title"):
        yield StatedField(field="outlet", value=outlet, place=f"{family} source")
    elif outlet := _words(feed, "title"):
        yield StatedField(field="outlet", value=outlet, place=f"{family} feed title")
    if language := _words(entry, "language") or _words(feed, "language"):
        yield StatedField(field="language", value=language, place=f"{family} language")


def _names_of(entry: Any) -> list[str]:
    """The names of the authors; of "desk@courier.example (Jane Doe)", which feedparser cuts, the name."""
    named = [_words(author, "name") for author in dict.get(entry, "authors", ())]
    whole = _words(entry, "author") or ""
    if len(named) == 1 and (address := _ADDRESS.search(whole)):
        named = [(whole[: address.start()] + " " + whole[address.end() :]).strip(" ()<>,;:")]
    return [name for name in named if name]


def _stated_moments(entry: Any, family: str) -> Iterator[StatedField]:
    published, updated = _words(entry, "published"), _words(entry, "updated")
    if published:
        place = "rss pubDate" if family == "rss" else "atom published"
        yield StatedField(field="published_at", value=published, place=place)
    if updated and family == "rss" and not published:
        # feedparser calls dc:date, the only date of RSS 1.0, that of an update.
        yield StatedField(field="published_at", value=updated, place="dc:date")
    elif updated:
        place = "atom updated" if family == "atom" else "dc:date"
        yield StatedField(field="updated_at", value=updated, place=place)


def _words(holder: Any, key: str) -> str | None:
    """A value that is words; past feedparser's own look-up, which offers one date for another."""
    value = dict.get(holder, key)
    return value.strip() or None if isinstance(value, str) else None


def find_entries(body: bytes) -> tuple[list[tuple[int, int]], bool]:
    """Byte bounds of the item and entry elements in order, and whether the XML is whole.

    Of broken XML those before the damage; raises `InputError` for entries deep inside each other.
    """
    parser = xml.parsers.expat.ParserCreate()
    bounds: list[tuple[int, int]] = []
    opened: list[int] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if tag in _ENTRY_TAGS:
            opened.append(parser.CurrentByteIndex)
            if len(opened) > MAX_NESTING:
                raise InputError(f"The feed's entries stand more than {MAX_NESTING} deep in each other.")

    def end(tag: str) -> None:
        if tag in _ENTRY_TAGS:
            begin = opened.pop()
            if not opened:
                bounds.append((begin, body.find(b">", parser.CurrentByteIndex) + 1))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(body, True)
    except (xml.parsers.expat.ExpatError, ValueError, LookupError):
        return bounds, False
    return bounds, True
