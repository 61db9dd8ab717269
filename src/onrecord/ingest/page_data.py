"""A page's JSON-LD and microdata: the words of its scripts in, out the objects that describe its own article.

Forgiving of what pages get wrong (markup round the JSON, trailing commas, escaped quotes, cut ends);
nothing in a page makes it raise.
"""

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

ARTICLE_TYPES = frozenset(
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting",
        "BlogPosting", "SocialMediaPosting", "TechArticle", "ScholarlyArticle", "Report",
        "AdvertiserContentArticle", "MedicalScholarlyArticle", "SatiricalArticle", "DiscussionForumPosting",
    }
)  # fmt: skip
# What stands for the article where no article is described: the page, or the work it is made of.
PAGE_TYPES = frozenset({"WebPage", "ItemPage", "AboutPage", "MedicalWebPage", "CreativeWork", "Recipe"})
# What a page says under these is of other articles than its own.
OTHER_WORKS = frozenset(
    (
        "itemListElement", "hasPart", "isPartOf", "mentions", "citation", "liveBlogUpdate", "isBasedOn",
        "comment", "review", "relatedLink",
    )
)  # fmt: skip
# No page nests its JSON-LD deeper or longer; what does is not followed.
MAX_NODES = 5000
MAX_CHARS = 3_000_000
MAX_VALUE_CHARS = 300_000
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)+")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """The objects that describe the page's own article, the likeliest first, and all others by their @id."""

    articles: tuple[Node, ...]
    by_id: dict[str, Node]

    @property
    def is_news(self) -> bool:
        """Whether the page calls its article one of news."""
        return any("News" in kind for node in self.articles for kind in _types_of(node))

    def strings(self, key: str) -> Iterator[str]:
        """The words under a key of the articles, in order."""
        for node in self.articles:
            yield from strings_of(node.get(key))

    def names(self, key: str) -> list[str]:
        """The names of the persons or organisations under a key, of the first article that has any."""
        for node in self.articles:
            if names := list(self._names_of(node.get(key), 0)):
                return list(dict.fromkeys(names))
        return []

    def organisations(self, key: str) -> set[str]:
        """Those of the names under a key that the page says are of organisations."""
        nodes = [item for node in self.articles for item in _listed(node.get(key)) if isinstance(item, dict)]
        resolved = [
            node if node.get("name") else self.by_id.get(str(node.get("@id")), node) for node in nodes
        ]
        return {
            name
            for node in resolved
            if any("Organization" in kind for kind in _types_of(node))
            for name in strings_of(node.get("name"))
        }

    def _names_of(self, value: Any, depth: int) -> Iterator[str]:
        if depth > 4:
            return
        if isinstance(value, list):
            for item in value[:50]:
                yield from self._names_of(item, depth + 1)
        elif isinstance(value, dict):
            node = value if value.get("name") else self.by_id.get(str(value.get("@id")), value)
            name = node.get("name") or " ".join(
                part for key in ("givenName", "familyName") for part in strings_of(node.get(key))
            )
            yield from self._names_of(name, depth + 1)
        else:
            yield from strings_of(value)


def read_described(scripts: Iterable[str], *, titles: set[str], addresses: set[str]) -> Described:
    """What the page's JSON-LD says of the article with one of these titles (casefolded) or addresses."""
    nodes = list(_iter_nodes(scripts))
    by_id = {str(node["@id"]): node for node in nodes if node.get("@id") and node.get("name")}
    articles = [node for node in nodes if _types_of(node) & ARTICLE_TYPES]
    likely = [node for node in articles if _is_own(node, titles, addresses)]
    chosen = (likely or articles)[:1]
    pages = [node for node in nodes if _types_of(node) & PAGE_TYPES and "datePublished" in node]
    return Described(articles=tuple(chosen or pages[:1]), by_id=by_id)


def strings_of(value: Any) -> Iterator[str]:
    """The words of a value or of each in a list, character references resolved, markup taken out."""
    if isinstance(value, str):
        if words := clean_words(value):
            yield words
    elif isinstance(value, list):
        for item in value[:50]:
            if isinstance(item, str):
                yield from strings_of(item)
    elif isinstance(value, dict) and isinstance(value.get("@value"), str):
        yield from strings_of(value["@value"])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def clean_words(value: str) -> str:
    """The words of a value of the markup as a page would show them, on one line."""
    value = value[:MAX_VALUE_CHARS]
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]{0,300}>", " ", value)
    return " ".join(value.replace("\u200b", "").replace("\xad", "").split())


def _is_own(node: Node, titles: set[str], addresses: set[str]) -> bool:
    headlines = {words.casefold() for key in ("headline", "name") for words in strings_of(node.get(key))}
    return bool(headlines & titles) or any(
        _address_of(node.get(key)) in addresses for key in ("mainEntityOfPage", "url", "@id")
    )


def _address_of(page: Any) -> str:
    address = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return address if isinstance(address, str) else ""


def _types_of(node: Node) -> set[str]:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return {name.rsplit("/", 1)[-1] for name in names if isinstance(name, str)}


def _iter_nodes(scripts: Iterable[str]) -> Iterator[Node]:
    """Every object of the JSON-LD, in order, but those of other works; what is no JSON is passed over."""
    left = MAX_NODES
    for script in scripts:
        pending = deque(_load(script))
        while pending and left:
            left -= 1
            node = pending.popleft()
            if isinstance(node, dict):
                yield node
                values = (v for k, v in node.items() if k not in OTHER_WORKS)
            else:
                values = iter(node)
            pending.extend(v for v in values if isinstance(v, dict | list))


def _load(script: str) -> list[Any]:
    """The objects and lists that a script holds, mended where that is plain; none where it is no JSON."""
    words = _WRAPPING.sub("", script[:MAX_CHARS]).strip()
    if words.startswith(("{&quot;", "[{&quot;", "{\n&quot;")):
        words = html.unescape(words)
    for mended in (words, _TRAILING_COMMA.sub("", words)):
        if found := _decode_all(mended):
            return found
    return []


def _decode_all(words: str) -> list[Any]:
    """The JSON values that stand one behind another, up to what is none."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    position = 0
    while position < len(words) and len(found) < 50:
        try:
            value, position = decoder.raw_decode(words, position)
        except (ValueError, RecursionError):
            break
        if isinstance(value, dict | list):
            found.append(value)
        while position < len(words) and words[position] in " \r\n\t;,":
            position += 1
    return found
