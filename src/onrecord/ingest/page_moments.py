"""A page's moments: its marks, JSON-LD and lines near the title in, when it was published and updated out.

What the markup states goes before what the page shows; a day is sharpened by a time of the same day.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onrecord.ingest.dates import MomentHints, ParsedMoment, RefusedMoment, examine_moment
from onrecord.ingest.page_data import Described
from onrecord.ingest.page_marks import Found, Marks, read_words
from onrecord.ingest.page_near import Line
from onrecord.ingest.page_shown import MAX_LINE, examine, find_shown_refusal, read_shown_moments

PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article:published", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "published_time", "cxenseparse:recs:publishtime", "dc.date.issued",
    "dcterms.created", "dc.date.created", "dcterms.issued", "citation_publication_date", "citation_date",
    "citation_online_date", "article_date_original", "dc.date", "dcterms.date", "date",
)  # fmt: skip
UPDATED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "dcterms.modified", "article:modified", "last-modified", "revised",
)  # fmt: skip
_IN_URL = re.compile(
    r"[/=-](?P<y>(?:19|20)\d\d)(?P<mark>[/_-]?)(?P<m>0[1-9]|1[0-2])(?P=mark)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When the article was published and last updated; `no_published` says why the first is unknown."""

    published: Found[ParsedMoment] | None
    updated: Found[ParsedMoment] | None
    no_published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """Words that the page gives as a moment, and where."""

    raw: str
    place: str
    element: Any = None


def read_moments(
    marks: Marks, described: Described, lines: list[Line], *, title: Any, url: str | None, hints: MomentHints
) -> Moments:
    """The moments of publication and of the last update, each None where the page does not state it."""
    stated = [*_iter_published(marks, described)]
    published, refusal = _first_parsed(stated, hints)
    updated, _ = _first_parsed(_iter_updated(marks, described), hints)
    shown, shown_update = read_shown_moments(marks, lines, title, hints)
    updated = updated or shown_update
    if published is None:
        published = shown or _read_url(url, marks) or _as_published(updated)
    elif shown and not described.is_news and _is_stamp(published, updated, shown):
        published = shown
    else:
        published = _sharpen(published, stated, shown, hints)
    if published is None and not refusal:
        times = (
            _Statement(raw=t.get("datetime") or "", place="time datetime", element=t) for t in marks.times
        )
        refusal = _first_parsed(times, hints)[1]
    reason = "" if published else _explain(refusal or find_shown_refusal(lines, hints), updated)
    return Moments(
        published=_place(published, shown), updated=_place(updated, shown_update), no_published=reason
    )


def _place(
    stated: Found[ParsedMoment] | None, shown: Found[ParsedMoment] | None
) -> Found[ParsedMoment] | None:
    """The moment with the element that shows its day, where one does near the title.

    The day shown may be the next or the one before: it is the reader's, where the markup tells UTC's.
    """
    if stated is None or stated.element is not None or shown is None:
        return stated
    days = [date.fromisoformat(one.value.value[:10]) for one in (stated, shown) if len(one.value.value) >= 10]
    is_same = len(days) == 2 and abs((days[0] - days[1]).days) <= 1
    return replace(stated, element=shown.element) if is_same else stated


def _as_published(updated: Found[ParsedMoment] | None) -> Found[ParsedMoment] | None:
    """The moment of the update, where it is the only one and the page shows it or its JSON-LD states it.

    Of 28 such pages of the development set 19 have that day as their day of publication, 3 none; of 18 with
    a meta tag alone, which content systems write by themselves, 1 has.
    """
    if updated is None or updated.place.startswith("meta"):
        return None
    return replace(updated, place=f"{updated.place}, of an update")


def _is_stamp(
    stated: Found[ParsedMoment], updated: Found[ParsedMoment] | None, shown: Found[ParsedMoment]
) -> bool:
    """Whether the moment stated is when the site was last built: the update's, days after the one shown.

    Right on 8 more pages of the development set; of news, where the shown is oftener another article's, it
    would be wrong on 4.
    """
    if updated is None or any(len(one.value.value) < len("2024-03-20") for one in (stated, updated, shown)):
        return False
    built, changed, seen = (date.fromisoformat(one.value.value[:10]) for one in (stated, updated, shown))
    return abs((built - changed).days) <= 1 < (built - seen).days


def _explain(refusal: str, updated: Found[ParsedMoment] | None) -> str:
    if refusal:
        return refusal
    return "Only the moment of an update is stated." if updated else "The page does not state it."


def _iter_published(marks: Marks, described: Described) -> Iterator[_Statement]:
    for value in described.strings("datePublished"):
        yield _Statement(raw=value, place="json-ld datePublished")
    for value, name in marks.meta(*PUBLISHED_METAS):
        yield _Statement(raw=value, place=f"meta {name}")
    yield from _iter_items(marks, "datePublished")
    for value in described.strings("dateCreated"):
        yield _Statement(raw=value, place="json-ld dateCreated")


def _iter_updated(marks: Marks, described: Described) -> Iterator[_Statement]:
    for value in described.strings("dateModified"):
        yield _Statement(raw=value, place="json-ld dateModified")
    for value, name in marks.meta(*UPDATED_METAS):
        yield _Statement(raw=value, place=f"meta {name}")
    yield from _iter_items(marks, "dateModified")


def _iter_items(marks: Marks, name: str) -> Iterator[_Statement]:
    """The moments of elements that microdata says hold this one."""
    for element in [*marks.dates, *marks.times]:
        is_old_mark = name == "datePublished" and element.get("pubdate") is not None
        if is_old_mark or name in (element.get("itemprop") or ""):
            for raw in (element.get("content"), element.get("datetime"), read_words(element, most=MAX_LINE)):
                if raw:
                    yield _Statement(raw=raw, place=f"itemprop {name}", element=element)


def _first_parsed(stated: Iterable[_Statement], hints: MomentHints) -> tuple[Found[ParsedMoment] | None, str]:
    """The first that can be read and is no mere year, else why the first that was refused is."""
    refusal = ""
    for one in stated:
        found = examine(one.raw, hints)
        if isinstance(found, ParsedMoment) and found.precision != "year":
            return Found(value=found, raw=one.raw, place=one.place, element=one.element), ""
        if isinstance(found, RefusedMoment) and not refusal:
            refusal = f"The page states {one.raw[:80]!r} ({one.place}): {found.reason}"
    return None, refusal


def _sharpen(
    first: Found[ParsedMoment],
    stated: list[_Statement],
    shown: Found[ParsedMoment] | None,
    hints: MomentHints,
) -> Found[ParsedMoment]:
    """The first statement of the same day that tells the time of day, else the day."""
    if first.value.precision != "day":
        return first
    for one in stated:
        found = examine(one.raw, hints)
        if isinstance(found, ParsedMoment) and _is_sharper(found, first.value):
            return Found(value=found, raw=one.raw, place=one.place, element=one.element)
    return shown if shown and _is_sharper(shown.value, first.value) else first


def _is_sharper(moment: ParsedMoment, day: ParsedMoment) -> bool:
    return len(moment.value) > len(day.value) and moment.value.startswith(day.value)


def _read_url(url: str | None, marks: Marks) -> Found[ParsedMoment] | None:
    """The day in the page's address."""
    for address in (url, marks.canonical, *marks.metas.get("og:url", ())[:1]):
        if address and (match := _IN_URL.search(address)):
            found = examine_moment(f"{match['y']}-{match['m']}-{match['d']}")
            if isinstance(found, ParsedMoment):
                return Found(value=found, raw=match[0], place="url")
    return None
