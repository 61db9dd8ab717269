"""A page's moments: its marks, JSON-LD and lines near the title in, when it was published and updated out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.ingest.dates import ParsedMoment, find_moment, parse_moment
from onrecord.ingest.page_data import Described, clean_words
from onrecord.ingest.page_marks import Found, Marks, is_other_part, read_words
from onrecord.ingest.page_near import Line

PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article:published", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "publication_date", "published_time", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.created", "dc.date.created",
    "dcterms.issued", "citation_publication_date", "citation_date", "citation_online_date", "article_date_original",
    "dc.date", "dcterms.date", "date", "article.published", "last-modified-x",
)  # fmt: skip
UPDATED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "article:modified", "last-modified", "revised",
)  # fmt: skip
_UPDATED = re.compile(
    r"(?i)\b(?:last\s+)?(?:updated?|modified|edited|revised|reviewed|aktualisiert|actualizado|actualizada|mis à jour"
    r"|modifié|aggiornato|bijgewerkt|oppdatert|uppdaterad|opdateret|päivitetty|güncelleme|обновлено|更新)\b"
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)|[/-]((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?=[/_.-]|$)")
MAX_LINE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    published: Found[ParsedMoment] | None
    updated: Found[ParsedMoment] | None
    no_published: str


def read_moments(marks: Marks, described: Described, lines: Iterable[Line], *, url: str | None, title: Any) -> Moments:
    """The moments of publication and of the last update, each None where the page does not state it."""
    published = list(_iter_published(marks, described))
    shown, shown_updated = _read_shown(marks, list(lines), title)
    first = _first_parsed(published)
    if first is None:
        first = shown or _read_url(url, marks)
    elif first.value.precision == "day":
        first = _sharpen(first, published, shown)
    updated = _first_parsed(_iter_updated(marks, described)) or shown_updated
    return Moments(published=first, updated=updated, no_published="" if first else "The page does not state it.")


def _sharpen(first, published, shown):
    for raw, place, element in published:
        parsed = parse_moment(raw)
        if parsed and len(parsed.value) > 10 and parsed.value[:10] == first.value.value:
            return Found(value=parsed, raw=raw, place=place, element=element)
    if shown and len(shown.value.value) > 10 and shown.value.value[:10] == first.value.value:
        return shown
    return first


def _iter_published(marks, described):
    for value in described.strings("datePublished"):
        yield value, "json-ld datePublished", None
    for value, name in marks.meta(*PUBLISHED_METAS):
        yield value, f"meta {name}", None
    for element in marks.dates + marks.times:
        if "datePublished" in (element.get("itemprop") or "") or element.get("pubdate") is not None:
            for raw in (element.get("content"), element.get("datetime"), read_words(element, most=MAX_LINE)):
                if raw:
                    yield raw, "itemprop datePublished", element
    for value in described.strings("dateCreated"):
        yield value, "json-ld dateCreated", None


def _iter_updated(marks, described):
    for value in described.strings("dateModified"):
        yield value, "json-ld dateModified", None
    for value, name in marks.meta(*UPDATED_METAS):
        yield value, f"meta {name}", None
    for element in marks.dates + marks.times:
        if "dateModified" in (element.get("itemprop") or ""):
            for raw in (element.get("content"), element.get("datetime"), read_words(element, most=MAX_LINE)):
                if raw:
                    yield raw, "itemprop dateModified", element


def _first_parsed(stated):
    for raw, place, element in stated:
        if parsed := parse_moment(raw[:120]):
            if parsed.precision in ("year",):
                continue
            return Found(value=parsed, raw=raw, place=place, element=element)
    return None


def _read_shown(marks, lines, title):
    at = marks.order.get(title)
    published = updated = None
    candidates = []
    for element in dict.fromkeys(marks.times + marks.dates):
        order = marks.order[element]
        distance = 0 if at is None else (order - at if order > at else 3 * (at - order))
        candidates.append((distance, order, element))
    candidates.sort(key=lambda c: c[:2])
    for line in lines:
        found, is_update = _read_line(line.words, line.element, "line near title", strict=True)
        if found and is_update:
            updated = updated or found
        elif found and published is None:
            published = found
    if published:
        return published, updated
    for distance, _, element in candidates[:40]:
        if is_other_part(element):
            continue
        words = read_words(element, most=MAX_LINE)
        place = "time datetime" if element.tag == "time" else "date line"
        found, is_update = _read_line(words, element, place, strict=False)
        if found and is_update:
            updated = updated or found
        elif found:
            return found, updated
    return None, updated


def _read_line(words, element, place, *, strict):
    if len(words) > MAX_LINE:
        return None, False
    is_update = bool(_UPDATED.search(words))
    before = element.getprevious()
    if not is_update and len(words) < 40 and before is not None:
        is_update = bool(_UPDATED.search(read_words(before, most=40)[:40]))
    parsed = None
    attribute = element.get("datetime") or element.get("content")
    if attribute and element.tag in ("time", "meta", "span", "abbr"):
        parsed = parse_moment(attribute)
        if parsed:
            return Found(value=parsed, raw=attribute, place="time datetime", element=element), is_update
    for time in element.iter("time"):
        raw = time.get("datetime")
        if raw and (parsed := parse_moment(raw)):
            return Found(value=parsed, raw=raw, place="time datetime", element=time), is_update
    if not words or not any(c.isdigit() for c in words):
        return None, False
    parsed = parse_moment(words)
    if parsed is None:
        plain = _UPDATED.sub(" ", words)
        seen = find_moment(plain)
        if seen and isinstance(seen[0], ParsedMoment):
            parsed = seen[0]
            words = plain
    if parsed is None or parsed.precision in ("year", "month"):
        return None, False
    return Found(value=parsed, raw=words, place=place, element=element), is_update


def _read_url(url, marks):
    for address in (url, marks.canonical):
        if address and (match := _IN_URL.search(address)):
            parts = [p for p in match.groups() if p]
            raw = f"{parts[0]}-{int(parts[1]):02}-{int(parts[2]):02}"
            if parsed := parse_moment(raw):
                return Found(value=parsed, raw=match[0], place="url")
    return None
