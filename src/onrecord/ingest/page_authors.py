"""A page's authors: its marks, JSON-LD and the lines near the title in, who the page says wrote it out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from onrecord.ingest.dates import find_moments
from onrecord.ingest.page_data import Described
from onrecord.ingest.page_marks import Found, Marks, is_other_part, read_words
from onrecord.ingest.page_names import by_end, clean_shown, clean_stated, is_agency, looks_like_name
from onrecord.ingest.page_near import Line, sort_by_nearness
from onrecord.ingest.page_title import is_site, key_of

AUTHOR_METAS = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "byl", "citation_author", "authors", "cxenseparse:author", "og:article:author",
)  # fmt: skip
# In these, one name may stand as "Doe, Jane".
_TURNED_METAS = frozenset(("citation_author", "dc.creator", "dcterms.creator"))
# Places sure enough to name a person where the markup names only the site.
SURE = frozenset(("byline rel=author", "byline name", "byline"))
MAX_LINE = 120
MAX_MARKED, MAX_DATE_LINES = 40, 8
# How far up the line of a marked element is looked for, and of how many elements it may consist.
MAX_CLIMB, MAX_ON_LINE = 6, 50
_REVIEWER_NAME = re.compile(r"expert|review|checke|editor\b", re.IGNORECASE)
_REVIEWER_WORDS = re.compile(
    r"(?:updated|reviewed|edited|checked|photo\w*|illustrat\w*) by:?\s*$", re.IGNORECASE
)
_NAME_MARK = re.compile(r"(?:author|byline|writer|autor)s?[-_]*(?:__)?(?:full)?[-_]?name", re.IGNORECASE)
_AROUND_DATE = re.compile(
    r"\b(?:(?:last\s+)?updated|published|posted)(?:\s+on)?\s*:?|\b\d+\s+min\w*(?:\s+read)?", re.IGNORECASE
)
_ADDRESS_LIKE = re.compile(r"[\w.-]+\.[a-z]{2,4}", re.IGNORECASE)

Names = list[Found[str]]


def read_authors(
    marks: Marks, described: Described, lines: list[Line], *, title: Any, sites: Iterable[str]
) -> Names:
    """The authors, from the first source that names any; a person shown goes before the site as author."""
    names = {key for site in sites if (key := key_of(site))}
    fallback: Names = []
    for stated in _iter_stated(marks, described, names):
        if (people := _without_site(stated, names)) and not (fallback and not _are_people(people)):
            return _place(people if fallback else _without_employer(stated, names), marks, lines, title)
        fallback = fallback or stated
    for shown in _iter_shown(marks, lines, title):
        people = _without_site(shown, names)
        if people and not (fallback and not (_are_people(people) and people[0].place in SURE)):
            return people
        fallback = fallback or shown
    return _place(fallback, marks, lines, title)


def _place(names: Names, marks: Marks, lines: list[Line], title: Any) -> Names:
    """The names, those of the markup with the element near the title that shows them, where one does."""
    if all(found.element is not None for found in names):
        return names
    own = set(title.iterancestors()) if title is not None else set()
    near = sort_by_nearness(marks.authors, marks.order, title)[:MAX_MARKED]
    marked = ((read_words(e, most=MAX_LINE), e) for e in near if not is_other_part(e, own))
    shown = [(words.casefold(), e) for words, e in [*((line.words, line.element) for line in lines), *marked]]
    shown = [(words, element) for words, element in shown if 0 < len(words) <= MAX_LINE]
    return [
        replace(found, element=next((e for words, e in shown if found.value.casefold() in words), None))
        if found.element is None
        else found
        for found in names
    ]


def _without_site(names: Names, sites: set[str]) -> Names:
    """The names that are not the site's own."""
    return [
        found
        for found in names
        if not is_site(found.value, sites) and not _ADDRESS_LIKE.fullmatch(found.value)
    ]


def _without_employer(names: Names, sites: set[str]) -> Names:
    """The names without the site's own where it stands behind those of persons in the same words."""
    raws = [found.raw for found in names]
    return [
        found for i, found in enumerate(names) if found.raw not in raws[:i] or not is_site(found.value, sites)
    ]


def _are_people(names: Names) -> bool:
    return all(looks_like_name(found.value) for found in names)


def find_agencies(authors: Names) -> Names:
    """Those of the authors that are news agencies."""
    return [found for found in authors if is_agency(found.value)]


def _iter_stated(marks: Marks, described: Described, sites: set[str]) -> Iterator[Names]:
    """The names that the markup states, each source by itself.

    A site that is not of news and names itself as the author, as an organisation, states no author: of 15
    such pages of the development set 3 were the gold's authors, 6 had none.
    """
    raws = described.names("author")
    if not described.is_news:
        own = {name for name in described.organisations("author") if is_site(name, sites)}
        raws = [raw for raw in raws if raw not in own]
    yield _unique((name, raw, "json-ld author", None) for raw in raws for name in clean_stated(raw))
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
    """The names that the page shows, the surest sign of an author first."""
    own = set(title.iterancestors()) if title is not None else set()
    near = sort_by_nearness(marks.authors, marks.order, title)
    marked = [e for e in near[:MAX_MARKED] if not is_other_part(e, own)]
    sure = [e for e in near if "author" in f"{e.get('rel')} {e.get('itemprop')}"]
    for element in (surest := [e for e in marked if e in sure] or (sure if len(sure) == 1 else [])):
        yield _read_line_of(element, surest, "byline rel=author")
    for element in (named := [e for e in marked if _NAME_MARK.search(e.get("class") or "")]):
        yield _read_line_of(element, named, "byline name")
    for line in lines:
        if len(line.words) <= MAX_LINE and by_end(line.words):
            yield _shown(line.words, "byline", line.element)
    for element in marked:
        yield _read_element(element, "byline mark", said=False)
    for line in lines[:MAX_DATE_LINES]:
        if beside := _beside_date(line.words):
            yield _shown(beside, "byline beside date", line.element)


def _beside_date(words: str) -> str:
    """What stands beside the date in a line that holds one, where a name may be; else nothing."""
    if len(words) > MAX_LINE or not any(c.isdigit() for c in words):
        return ""
    rest, position = [], 0
    for stated in find_moments(words):
        rest.append(words[position : stated.start_char])
        position = stated.end_char
    return _AROUND_DATE.sub(" ", " ".join([*rest, words[position:]])).strip(" |·•,–—-:/") if rest else ""


def _read_line_of(element: Any, alike: list[Any], place: str) -> Names:
    """The names in a marked element and in those marked alike on its line, in the order of the page."""
    if not _read_marked([element], place):
        return []
    line = element
    for parent in islice(element.iterancestors(), MAX_CLIMB):
        if len(parent) > MAX_ON_LINE or len(read_words(parent, most=MAX_LINE)) > MAX_LINE:
            break
        line = parent
    marked = {other for other in alike if other is element or not _is_reviewer(other)}
    return _read_marked([e for e in line.iter() if e in marked], place)


def _is_reviewer(element: Any) -> bool:
    """Whether a name beside an author's is that of who reviewed, updated or edited the article."""
    around = [element, *islice(element.iterancestors(), 2)]
    if any(_REVIEWER_NAME.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in around):
        return True
    return any(_REVIEWER_WORDS.search(_read_before(e)) for e in around)


def _read_before(element: Any) -> str:
    """The words directly before an element, in the one around it."""
    before, parent = element.getprevious(), element.getparent()
    return (before.tail if before is not None else parent.text if parent is not None else "") or ""


def _read_marked(elements: list[Any], place: str) -> Names:
    """The names in elements that are marked as authors."""
    # Microdata says which part of an author is the name: the rest is a role or a place.
    parts = [part for e in elements for part in [*e.iterfind(".//*[@itemprop='name']")] or [e]]
    named = (found for part in parts for found in _read_element(part, place, said=True))
    return _unique((found.value, found.raw, place, found.element) for found in named)


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
