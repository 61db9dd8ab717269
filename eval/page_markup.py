"""The least a reader of pages can do: JSON-LD and meta tags alone, on lxml and json, nothing of ours.

In: a gold page, of which only `html` is looked at. Out: a `PageReading`; its text is the `articleBody`
that few pages state.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from eval.page_corpus import GoldPage
from eval.page_figures import PageReading

_ARTICLE = re.compile(r"Article|BlogPosting|Report$|Posting$")
TITLES = ("og:title", "twitter:title", "title", "citation_title", "dc.title")
AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "citation_author", "sailthru.author")
MOMENTS = (
    "article:published_time", "datepublished", "date", "parsely-pub-date", "pubdate", "publishdate",
    "dc.date", "dc.date.issued", "citation_publication_date", "sailthru.date",
)  # fmt: skip


def read_markup_alone(page: GoldPage) -> PageReading:
    """Title, authors, moment and body as JSON-LD states them, else as the meta tags do."""
    from lxml import html as lxml_html

    start = time.process_time()
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = lxml_html.document_fromstring(page.html.encode("utf-8", "replace"), parser=parser)
    stated = next(_find_articles(tree), {})
    metas = _read_metas(tree)
    titles = [stated.get("headline"), *(v for name in TITLES for v in metas.get(name, ()))]
    dates = [stated.get("datePublished"), *(v for name in MOMENTS for v in metas.get(name, ()))]
    authors = tuple(_names_of(stated.get("author"))) or tuple(_split_metas(metas))
    text = stated.get("articleBody")
    return PageReading(
        text=text if isinstance(text, str) else "",
        title=next((t for t in titles if isinstance(t, str) and t.strip()), None),
        authors=tuple(dict.fromkeys(authors)),
        published=next((iso for d in dates if isinstance(d, str) and (iso := _iso_of(d))), None),
        seconds=time.process_time() - start,
    )


def _find_articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            yield from _walk(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue


def _walk(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a kind of article, in order."""
    if isinstance(value, list):
        for one in value:
            yield from _walk(one)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(_ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _walk(value.get(key))


def _names_of(author: Any) -> Iterator[str]:
    if isinstance(author, str):
        yield author.strip()
    elif isinstance(author, dict):
        yield from _names_of(author.get("name"))
    elif isinstance(author, list):
        for one in author:
            yield from _names_of(one)


def _read_metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(name, []).append(meta.get("content").strip())
    return metas


def _split_metas(metas: Mapping[str, list[str]]) -> Iterator[str]:
    """The names of the first tag of authors that holds any; an address is no name."""
    for name in AUTHORS:
        values = [v for v in metas.get(name, ()) if v and not v.startswith(("http", "/", "@"))]
        if values:
            parts = (part.strip() for value in values for part in re.split(r"[;,]| and ", value))
            yield from (part for part in parts if part)
            return


def _iso_of(raw: str) -> str | None:
    """The moment in ISO 8601, or its day where no time is stated or the rest is not of that form."""
    found = re.match(r"\d{4}-\d\d-\d\d", raw := raw.strip())
    day = found[0] if found else None
    try:
        return day if day is None or day == raw else datetime.fromisoformat(raw).isoformat()
    except ValueError:
        return day
