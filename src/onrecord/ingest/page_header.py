"""A page's header: its parsed tree in, title, authors, outlet, moments, language and address out.

Each field says where in the page it came from; what the page does not state is unknown, with the reason.
"""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from onrecord.ingest.dates import ParsedMoment
from onrecord.ingest.page_authors import find_agencies, read_authors
from onrecord.ingest.page_data import Described, read_described
from onrecord.ingest.page_marks import Found, Marks, collect_marks, read_words
from onrecord.ingest.page_moments import read_moments
from onrecord.ingest.page_near import read_lines_near
from onrecord.ingest.page_outlet import iter_sites, read_outlet
from onrecord.ingest.page_shown import make_hints
from onrecord.ingest.page_title import read_title
from onrecord.record import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeader:
    """The header fields that a page states; `agencies` are those of its `authors` that are news agencies.

    `titles`, `descriptions` and `stated_body` are all that the markup says of the article's words.
    """

    title: Found[str] | None
    authors: tuple[Found[str], ...]
    agencies: tuple[Found[str], ...]
    outlet: Found[str] | None
    published: Found[ParsedMoment] | None
    updated: Found[ParsedMoment] | None
    language: Found[str] | None
    url: Found[str] | None
    unknowns: tuple[Unknown, ...] = ()
    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    stated_body: str = ""


LANGUAGE_METAS = ("content-language", "language", "dc.language", "dcterms.language", "og:locale")
DESCRIPTION_METAS = ("description", "og:description", "twitter:description")
MAX_HEADINGS = 20


def read_page_header(tree: Any, *, url: str | None = None, retrieved_at: str | None = None) -> PageHeader:
    """The header of a page, from its lxml tree without comments. Never raises for what the page holds.

    `retrieved_at` (ISO 8601 with offset) settles moments such as "2 hours ago"; anything else is ignored.
    """
    marks = collect_marks(tree)
    described = _describe(marks, url)
    sites = list(iter_sites(marks, described, url))
    title = read_title(marks, described, sites)
    head = _find_head(title, marks)
    lines = read_lines_near(head) if head is not None else []
    hints = make_hints(marks.language, url or marks.canonical, retrieved_at)
    moments = read_moments(marks, described, lines, title=head, url=url, hints=hints)
    authors = read_authors(marks, described, lines, title=head, sites=sites)
    header = PageHeader(
        title=title,
        authors=tuple(authors),
        agencies=tuple(find_agencies(authors)),
        outlet=read_outlet(marks, described, url),
        published=moments.published,
        updated=moments.updated,
        language=_read_language(marks),
        url=_read_address(marks, url),
    )
    return replace(
        header,
        unknowns=_explain_missing(header, moments.no_published),
        titles=(marks.page_title, *(value for value, _ in marks.meta("og:title", "twitter:title"))),
        descriptions=tuple(value for value, _ in marks.meta(*DESCRIPTION_METAS)),
        stated_body=" ".join(described.strings("articleBody")),
    )


def _describe(marks: Marks, url: str | None) -> Described:
    titles = {read_words(heading).casefold() for heading in marks.headings[:MAX_HEADINGS]}
    titles.update(value.casefold() for value, _ in marks.meta("og:title"))
    addresses = {address for address in (url, marks.canonical, *marks.metas.get("og:url", ())) if address}
    return read_described(marks.scripts, titles=titles - {""}, addresses=addresses)


def _find_head(title: Found[str] | None, marks: Marks) -> Any:
    """The element that byline and date stand near: the title's, else the first h1, else None."""
    if title and title.element is not None:
        return title.element
    return marks.headings[0] if marks.headings else None


def _read_language(marks: Marks) -> Found[str] | None:
    """The primary tag ("en" of "en-GB") of the html element, else of the metas that state a language."""
    stated = [(marks.language or "", "html lang")]
    stated += [(value, f"meta {name}") for value, name in marks.meta(*LANGUAGE_METAS)]
    for raw, place in stated:
        tag = raw.strip().replace("_", "-").split("-")[0].lower()
        if tag.isalpha() and tag.isascii() and 2 <= len(tag) <= 3:
            return Found(value=tag, raw=raw, place=place)
    return None


def _read_address(marks: Marks, url: str | None) -> Found[str] | None:
    """The address that the page gives itself, made whole by the one it was got from; never a bare host's."""
    stated = [(marks.canonical or "", "link canonical"), *((v, f"meta {n}") for v, n in marks.meta("og:url"))]
    for raw, place in stated:
        try:
            whole = urljoin(url or "", raw.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if raw.strip() and parts.scheme in ("http", "https") and (parts.path.strip("/") or parts.query):
            return Found(value=whole, raw=raw, place=place)
    return None


def _explain_missing(header: PageHeader, no_published: str) -> tuple[Unknown, ...]:
    missing = (
        (header.title, "title", "Neither the markup nor a heading states one."),
        (header.authors, "authors", "The page names none, neither in its markup nor by its title."),
        (header.outlet, "outlet", "The markup does not name the site."),
        (header.published, "published_at", no_published),
        (header.language, "language", "Neither the html element nor a meta tag states it."),
    )
    return tuple(Unknown(field=name, reason=reason) for value, name, reason in missing if not value)
