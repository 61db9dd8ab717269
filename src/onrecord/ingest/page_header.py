"""A page's header: its parsed tree in, title, authors, outlet, moments, language and address out.

Each field says where in the page it came from; what the page does not state is unknown, with the reason.
"""

from dataclasses import dataclass
from typing import Any

from onrecord.ingest.dates import ParsedMoment
from onrecord.ingest.page_authors import find_agencies, read_authors
from onrecord.ingest.page_data import read_described
from onrecord.ingest.page_marks import Found, Marks, collect_marks, read_words
from onrecord.ingest.page_moments import make_hints, read_moments
from onrecord.ingest.page_near import read_lines_near
from onrecord.ingest.page_outlet import iter_sites, read_outlet
from onrecord.ingest.page_title import read_title
from onrecord.record import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeader:
    """The header fields that a page states; `agencies` are those of its `authors` that are news agencies."""

    title: Found[str] | None
    authors: tuple[Found[str], ...]
    agencies: tuple[Found[str], ...]
    outlet: Found[str] | None
    published: Found[ParsedMoment] | None
    updated: Found[ParsedMoment] | None
    language: Found[str] | None
    url: Found[str] | None
    unknowns: tuple[Unknown, ...]


def read_page_header(tree: Any, *, url: str | None = None, retrieved_at: str | None = None) -> PageHeader:
    """The header of a page, from its lxml tree without comments. Never raises for what the page holds."""
    marks = collect_marks(tree)
    described = _describe(marks, url)
    sites = list(iter_sites(marks, described, url))
    title = read_title(marks, described, sites)
    head = title.element if title else None
    if head is None and marks.headings:
        head = marks.headings[0]
    lines = read_lines_near(head) if head is not None else []
    hints = make_hints(marks.language, url or marks.canonical, retrieved_at)
    moments = read_moments(marks, described, lines, title=head, url=url, hints=hints)
    authors = read_authors(marks, described, lines, title=head, sites=sites)
    outlet = read_outlet(marks, described, url)
    return PageHeader(title=title, authors=tuple(authors), agencies=tuple(find_agencies(authors)), outlet=outlet, published=moments.published, updated=moments.updated,
        language=None, url=None, unknowns=())


def _describe(marks: Marks, url: str | None) -> Any:
    titles = {read_words(h).casefold() for h in marks.headings[:20]}
    titles |= {v.casefold() for v, _ in marks.meta("og:title")}
    addresses = {a for a in (url, marks.canonical, *marks.metas.get("og:url", ())) if a}
    return read_described(marks.scripts, titles=titles - {""}, addresses=addresses)
