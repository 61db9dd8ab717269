"""What a page's markup says of the article: an HTML tree in, JSON-LD and meta values out, as they stand.

Reads the moment of publication with its time and zone, the authors, headline and outlet; later
readers decide what to believe.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.ingest.dates import RefusedMoment, examine_moment

ARTICLE_TYPES = frozenset(
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting",
        "BlogPosting", "SocialMediaPosting", "TechArticle", "ScholarlyArticle", "Report",
        "AdvertiserContentArticle",
    }
)  # fmt: skip
PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "article:published",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publication_date",
    "dc.date.issued", "dc.date", "date",
)  # fmt: skip
AUTHOR_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
TITLE_METAS = ("og:title", "twitter:title", "dc.title", "parsely-title")
OUTLET_METAS = ("og:site_name", "application-name", "publisher", "dc.publisher")
# No page nests its JSON-LD deeper; what does is not followed.
MAX_NODES = 5000
# What a page says under these is of other articles than its own.
OTHER_WORKS = frozenset(
    ("itemListElement", "hasPart", "isPartOf", "mentions", "citation", "liveBlogUpdate", "isBasedOn")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A value as the markup states it, and where: "json-ld" or the name of the meta."""

    value: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """Every statement of the markup about each field, the likeliest first.

    `refused` are moments stated elsewhere, of whatever, that cannot be read without guessing.
    """

    titles: tuple[Stated, ...]
    authors: tuple[Stated, ...]
    outlets: tuple[Stated, ...]
    moments: tuple[Stated, ...]
    refused: tuple[Stated, ...]
    languages: tuple[Stated, ...]


def read_markup(tree: Any) -> Markup:
    """What the markup of a parsed page (an lxml element) says."""
    metas = _read_metas(tree)
    articles = _find_article(tree, metas)
    authors = [name for node in articles for name in _names(node.get("author"))]
    if not authors:
        authors = [s for s in _from_metas(metas, AUTHOR_METAS)[:1] if not s.value.startswith("http")]
    return Markup(
        titles=_strings(articles, "headline") + _from_metas(metas, TITLE_METAS),
        authors=tuple(authors),
        outlets=tuple(name for node in articles for name in _names(node.get("publisher")))
        + _from_metas(metas, OUTLET_METAS),
        moments=_strings(articles, "datePublished") + _from_metas(metas, PUBLISHED_METAS) + _read_times(tree),
        refused=_read_refused(tree, metas),
        languages=_read_languages(tree),
    )


def drop_other_works(tree: Any) -> None:
    """Leaves of the page's JSON-LD only its own article, so that nobody after takes another's fields."""
    own = _find_article(tree, _read_metas(tree))
    scripts = [s for s in tree.iter("script") if "ld+json" in (s.get("type") or "")]
    if own:
        node = {k: v for k, v in own[0].items() if k not in OTHER_WORKS}
        scripts.pop(0).text = json.dumps({"@context": "https://schema.org", **node})
    for script in scripts:
        if own or any(f'"{key}"' in (script.text or "") for key in OTHER_WORKS):
            script.text = ""


def _find_article(tree: Any, metas: dict[str, str]) -> list[dict[str, Any]]:
    """The JSON-LD of the page's own article, or none: the one with its title or address, else the first."""
    articles = [node for node in _iter_nodes(tree) if _is_article(node)]
    titles = {_clean(h1.text_content()).casefold() for h1 in tree.iter("h1")}
    titles.add(_clean(metas.get("og:title", "")).casefold())
    links = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    addresses = {address for address in [metas.get("og:url"), *links] if address}
    likely = [
        node
        for node in articles
        if {s.value.casefold() for s in _stated(node.get("headline"), "")} & titles
        or _address_of(node.get("mainEntityOfPage")) in addresses
    ]
    return (likely or articles)[:1]


def _address_of(page: Any) -> str:
    address = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return address if isinstance(address, str) else ""


def _clean(value: str) -> str:
    return " ".join(html.unescape(value).split())


def _stated(value: Any, place: str) -> tuple[Stated, ...]:
    words = _clean(value) if isinstance(value, str) else ""
    return (Stated(value=words, place=place),) if words else ()


def _iter_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, in order; blocks that are not JSON are passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            pending = [json.loads((script.text or "").strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MAX_NODES):
            if not pending:
                break
            node = pending.pop(0)
            if isinstance(node, dict):
                yield node
                pending.extend(
                    v for k, v in node.items() if isinstance(v, dict | list) and k not in OTHER_WORKS
                )
            elif isinstance(node, list):
                pending.extend(v for v in node if isinstance(v, dict | list))


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.rsplit("/", 1)[-1] in ARTICLE_TYPES for name in names)


def _strings(nodes: list[dict[str, Any]], key: str) -> tuple[Stated, ...]:
    return tuple(s for node in nodes for s in _stated(node.get(key), f"json-ld {key}"))


def _names(value: Any) -> tuple[Stated, ...]:
    """The names in a JSON-LD person or organisation, or a list of them."""
    if isinstance(value, list):
        return tuple(s for item in value[:50] if not isinstance(item, list) for s in _names(item))
    name = value.get("name") if isinstance(value, dict) else value
    if isinstance(name, list):
        return tuple(s for item in name for s in _stated(item, "json-ld"))
    return tuple(s for s in _stated(name, "json-ld") if not s.value.startswith("http"))


def _read_metas(tree: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (content := meta.get("content")):
            metas.setdefault(name.strip().lower(), content)
    return metas


def _from_metas(metas: dict[str, str], names: tuple[str, ...]) -> tuple[Stated, ...]:
    return tuple(s for name in names for s in _stated(metas.get(name), f"meta {name}"))


def _read_times(tree: Any) -> tuple[Stated, ...]:
    """The machine-readable moment of elements that say they are the publication's."""
    found: list[Stated] = []
    for time in tree.iter("time"):
        if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
            found.extend(_stated(time.get("datetime"), "time element"))
    return tuple(found)


def _read_refused(tree: Any, metas: dict[str, str]) -> tuple[Stated, ...]:
    named = [(v, f"meta {k}") for k, v in metas.items() if re.search("date|time|publish|created|issued", k)]
    timed = [(time.get("datetime") or time.text_content(), "time element") for time in tree.iter("time")]
    return tuple(
        stated
        for value, place in named + timed
        for stated in _stated(value, place)
        if isinstance(examine_moment(stated.value), RefusedMoment)
    )


def _read_languages(tree: Any) -> tuple[Stated, ...]:
    root = tree.getroottree().getroot()
    return _stated(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"), "html lang")
