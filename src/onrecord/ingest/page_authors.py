"""A page's authors: its marks, JSON-LD and the lines near the title in, who the page says wrote it out."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.ingest.page_data import Described
from onrecord.ingest.page_marks import Found, Marks, is_other_part, read_words
from onrecord.ingest.page_names import clean_shown, clean_stated, has_by, is_agency, looks_like_name
from onrecord.ingest.page_near import Line, sort_by_nearness
from onrecord.ingest.page_title import is_site, key_of

AUTHOR_METAS = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "byl", "citation_author", "authors", "cxenseparse:author", "og:article:author",
)  # fmt: skip
# In these, one name may stand as "Doe, Jane".
_TURNED_METAS = frozenset(("citation_author", "dc.creator", "dcterms.creator"))
MAX_LINE = 120
_ADDRESS_LIKE = re.compile(r"[\w.-]+\.[a-z]{2,4}", re.IGNORECASE)

Names = list[Found[str]]


def read_authors(marks: Marks, described: Described, lines: list[Line], *, title: Any, sites: Iterable[str]) -> Names:
    """The authors, from the first source that names any; a person shown goes before the site as author."""
    names = {key for site in sites if (key := key_of(site))}
    fallback: Names = []
    for stated in _iter_stated(marks, described):
        if (people := _without_site(stated, names)) and not (fallback and not _are_people(people)):
            return people if fallback else stated
        fallback = fallback or stated
    for shown in _iter_shown(marks, lines, title):
        if (people := _without_site(shown, names)) and not (fallback and not _are_people(people)):
            return people
        fallback = fallback or shown
    return fallback


def _without_site(names: Names, sites: set[str]) -> Names:
    """The names without those that a field or line of several gives to the site itself."""
    return [
        found for found in names if not is_site(found.value, sites) and not _ADDRESS_LIKE.fullmatch(found.value)
    ]


def _are_people(names: Names) -> bool:
    return all(looks_like_name(found.value) for found in names)


def find_agencies(authors: Names) -> Names:
    """Those of the authors that are news agencies."""
    return [found for found in authors if is_agency(found.value)]


def _iter_stated(marks: Marks, described: Described) -> Iterator[Names]:
    yield _unique((name, raw, "json-ld author", None) for raw in described.names("author") for name in clean_stated(raw))
    for meta in AUTHOR_METAS:
        values = [value for value, _ in marks.meta(meta) if not value.startswith(("http", "www.", "/"))]
        if meta in _TURNED_METAS:
            values = [_turn(value) for value in values]
        yield _unique((name, raw, f"meta {meta}", None) for raw in values for name in clean_stated(raw))


def _turn(value: str) -> str:
    """ "Jane Doe" of "Doe, Jane"."""
    family, comma, given = value.partition(", ")
    return f"{given} {family}" if comma and "," not in given and len(value.split()) <= 5 else value


def _iter_shown(marks: Marks, lines: list[Line], title: Any) -> Iterator[Names]:
    own = set(title.iterancestors()) if title is not None else set()
    marked = [e for e in sort_by_nearness(marks.authors, marks.order, title)[:40] if not is_other_part(e, own)]
    for element in marked:
        if "author" in f"{element.get('rel')} {element.get('itemprop')}":
            yield _read_element(element, "byline rel=author", said=True)
    for line in lines:
        if len(line.words) <= MAX_LINE and has_by(line.words):
            yield _shown(line.words, "byline", line.element)
    for element in marked:
        yield _read_element(element, "byline mark", said=False)


def _read_element(element: Any, place: str, *, said: bool) -> Names:
    words = read_words(element, most=MAX_LINE)
    return _shown(words, place, element, said=said) if 0 < len(words) <= MAX_LINE else []


def _shown(words: str, place: str, element: Any, *, said: bool = False) -> Names:
    return _unique((name, words, place, element) for name in clean_shown(words, said=said))


def _unique(named: Iterable[tuple[str, str, str, Any]]) -> Names:
    found: dict[str, Found[str]] = {}
    for name, raw, place, element in named:
        found.setdefault(key_of(name), Found(value=name, raw=raw, place=place, element=element))
    return list(found.values())
