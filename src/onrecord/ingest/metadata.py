"""What a page's markup says of the article: an HTML tree in, JSON-LD and meta values out, as they stand.

Reads the moment of publication with its time and zone, the authors, headline and outlet; later
readers decide what to believe.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A value as the markup states it, and where: "json-ld" or the name of the meta."""

    value: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """Every statement of the markup about each field, the likeliest first."""

    titles: tuple[Stated, ...]
    authors: tuple[Stated, ...]
    outlets: tuple[Stated, ...]
    moments: tuple[Stated, ...]
    languages: tuple[Stated, ...]


def read_markup(tree: Any) -> Markup:
    """What the markup of a parsed page (an lxml element) says."""
    articles = [node for node in _iter_nodes(tree) if _is_article(node)]
    metas = _read_metas(tree)
    authors = [name for node in articles[:1] for name in _names(node.get("author"))]
    if not authors:
        authors = [s for s in _from_metas(metas, AUTHOR_METAS)[:1] if not s.value.startswith("http")]
    return Markup(
        titles=_strings(articles, "headline") + _from_metas(metas, TITLE_METAS),
        authors=tuple(authors),
        outlets=tuple(name for node in articles for name in _names(node.get("publisher")))
        + _from_metas(metas, OUTLET_METAS),
        moments=_strings(articles, "datePublished") + _from_metas(metas, PUBLISHED_METAS) + _read_times(tree),
        languages=_read_languages(tree),
    )


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
                pending.extend(v for v in node.values() if isinstance(v, dict | list))
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


def _read_languages(tree: Any) -> tuple[Stated, ...]:
    root = tree.getroottree().getroot()
    return _stated(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"), "html lang")
