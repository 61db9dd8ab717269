"""A page's title: its marks and JSON-LD in, the headline of its article out, with where it stood.

Weighs the headline that the page shows against those of JSON-LD, Open Graph, Twitter and <title>, each
rid of the site's name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.ingest.page_data import Described
from onrecord.ingest.page_marks import Found, Marks, is_other_part, read_words

MAX_CHARS = 300
TITLE_METAS = ("og:title", "twitter:title", "dc.title", "parsely-title", "headline", "title")
# A bar, a dash with spaces, a guillemet, or the full-width marks of East Asian pages.
_BETWEEN = re.compile(r"\s*[|｜¦]\s*|\s+(?:[·•–—\-~/»«›‹:]|::|\|\|)\s+|：|\s+[–—-]$")
# What an h1 says that is the name of a part of the site, not of an article.
_NO_TITLES = frozenset(
    (
        "blog", "news", "home", "search", "menu", "login", "log in", "sign in", "article", "articles",
        "our blog", "press releases", "press release", "insights", "resources", "newsroom", "subscribe",
        "comments", "contact us", "navigation", "main menu", "opinion", "knowledge base", "the blog",
        "page not found",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A title as the page states it, rid of the site's name: `key` holds its letters and digits alone."""

    value: str
    raw: str
    place: str
    key: str
    element: Any = None


def read_title(marks: Marks, described: Described, sites: Iterable[str]) -> Found[str] | None:
    """The title of the page's article, or None; `sites` are names of the site."""
    names = {key for site in sites if (key := key_of(site))}
    stated = list(_iter_stated(marks, described, names))
    shown = _find_shown(marks, stated, names)
    chosen = _choose(stated, shown, is_news=described.is_news)
    if chosen is None:
        return None
    element = chosen.element
    if element is None and shown is not None and chosen.key == shown.key:
        element = shown.element
    return Found(value=chosen.value, raw=chosen.raw, place=chosen.place, element=element)


def key_of(words: str) -> str:
    """The letters and digits of the words, without case or width: what two titles share that say the same."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())


def split_site(words: str, names: set[str]) -> tuple[str, str]:
    """A title without the names of the site before or behind it, and what was taken off."""
    taken = ""
    for _ in range(3):
        marks = list(_BETWEEN.finditer(words))
        if not marks:
            break
        first, last = marks[0], marks[-1]
        if is_site(words[last.end() :], names) and len(words[: last.start()]) >= 4:
            words, taken = words[: last.start()].strip(), words[last.end() :]
        elif is_site(words[: first.start()], names) and len(words[first.end() :]) >= 4:
            words, taken = words[first.end() :].strip(), words[: first.start()]
        else:
            break
    return words, taken.strip()


def is_site(words: str, names: set[str]) -> bool:
    """Whether the words name the site: as it does itself, shorter, or with a word more."""
    key = key_of(words)
    return not key or any(
        key == name or (min(len(key), len(name)) > 3 and (key in name or (name in key and len(key) < 40)))
        for name in names
    )


def _iter_stated(marks: Marks, described: Described, names: set[str]) -> Iterator[Candidate]:
    for value in described.strings("headline"):
        yield _candidate(value, "json-ld headline", names)
    for value, name in marks.meta(*TITLE_METAS):
        yield _candidate(value, f"meta {name}", names)
    if marks.page_title:
        yield _candidate(marks.page_title, "title", names)


def _candidate(raw: str, place: str, names: set[str], element: Any = None) -> Candidate:
    value = split_site(raw[: 2 * MAX_CHARS].strip(), names)[0]
    return Candidate(value=value, raw=raw, place=place, key=key_of(value), element=element)


def _find_shown(marks: Marks, stated: list[Candidate], names: set[str]) -> Candidate | None:
    """The h1 that heads the article: the one most like a stated title, and none that names a section."""
    shown = []
    for heading in marks.headings[:20]:
        words = read_words(heading, most=MAX_CHARS)
        plain = words.casefold().strip()
        if not words or len(words) > MAX_CHARS or plain in _NO_TITLES or key_of(words) in names:
            continue
        shown.append((_likeness(words, stated), _candidate(words, "h1", names, heading)))
    if not shown:
        return _find_subheading(marks, stated, names)
    likeness, best = max(shown, key=lambda pair: pair[0])
    if likeness < 0.3 and stated and (len(shown) > 1 or is_other_part(best.element)):
        return _find_subheading(marks, stated, names)
    return best


def _find_subheading(marks: Marks, stated: list[Candidate], names: set[str]) -> Candidate | None:
    """The h2 or h3 that says what a stated title says, where no h1 heads the article."""
    keys = {candidate.key for candidate in stated if len(candidate.key) > 10}
    for heading in marks.subheadings if keys else ():
        candidate = _candidate(read_words(heading, most=MAX_CHARS), heading.tag, names, heading)
        if candidate.key in keys:
            return candidate
    return None


def _likeness(words: str, stated: list[Candidate]) -> float:
    """The share of words that the title has in common with the stated title most like it."""
    own = _words_of(words)
    shares = [
        len(own & other) / max(len(own), len(other), 1) for other in (_words_of(c.value) for c in stated)
    ]
    return max(shares, default=0.0)


def _words_of(words: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", words).casefold()
    if re.search(r"[぀-ヿ一-鿿]", plain):
        return set(plain)
    return set(re.findall(r"\w+", plain))


def _choose(stated: list[Candidate], shown: Candidate | None, *, is_news: bool) -> Candidate | None:
    by_place: dict[str, Candidate] = {}
    for candidate in stated:
        if candidate.key:
            by_place.setdefault(candidate.place, candidate)
    headline, social = by_place.get("json-ld headline"), by_place.get("meta og:title")
    if headline and is_news:
        return _choose_news(headline, social, by_place.get("title"), shown)
    if shown:
        return _without_kicker(shown, [c for c in (headline, social) if c])
    return headline or next(iter(by_place.values()), None)


def _choose_news(
    headline: Candidate, social: Candidate | None, title: Candidate | None, shown: Candidate | None
) -> Candidate:
    """Of a news article the JSON-LD headline, unless it is the one written for search engines.

    A headline that is also the <title> gives way to one that both the page and Open Graph show.
    """
    if shown and social and shown.key == social.key and title and title.key == headline.key:
        return shown
    return headline


def _without_kicker(shown: Candidate, others: list[Candidate]) -> Candidate:
    """The title without the kicker or date in the same h1, where a stated title is without."""
    for other in others:
        if other.key != shown.key and len(other.key) > 10 and other.key in shown.key:
            parts = {key_of(part) for part in shown.element.itertext()}
            if other.key in parts:
                return other
    return shown
