"""A page's authors: its marks, JSON-LD and lines near the title in, the names of who wrote it out."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.ingest.page_data import Described
from onrecord.ingest.page_marks import Found, Marks, is_other_part, read_words
from onrecord.ingest.page_near import Line
from onrecord.ingest.page_title import key_of

AUTHOR_METAS = ("author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "citation_author", "authors", "cxenseparse:author", "og:article:author", "twitter:data1x")
_BY = re.compile(
    r"(?i)^\W*(?:(?:article|story|text|words|photos?|posted|published|written|reported|reviewed|authored|created|updated|report|analysis|opinion|medically)\s+(?:and \w+ )?)?"
    r"(?:by|von|par|por|di|da|af|av|door|przez|yazan|autor(?:in|a|es)?|author|auteurs?|authors?|text|texte|redaktion|forfatter|skribent|writer|written by)\b\s*:?\s*|^\W*(?:oleh|ni|mwandishi|от|автор)\s*:?\s+"
)
_CUT = re.compile(
    r"\s*[|·•»–—/]\s*|\s+-\s+|\s*\(|\s{2,}|\s*\d|\s+(?:on|in|at|am|le|el|den|updated|published|posted|last|for|from)\s+|(?i:\s*\b(?:updated|published|posted|reviewed|last)\b)|\S+@\S+|\s@\w+|https?:"
)
_SPLIT = re.compile(r"\s*[,;&]\s*(?:and\s+|und\s+)?|\s+(?:and|und|et|y|e|og|och|ve|with|и)\s+", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?i)^(?:the\s+)?(?:admin(?:istrator)?|staff|redaktion|redacción|rédaction|redazione|editor(?:ial|s)?|team|guest|author|editorial (?:team|staff|board)"
    r"|webmaster|user|anonymous|unknown|null|undefined|none|n/a|default|contributor|guest (?:author|contributor|post)|site|web ?desk|news ?desk|newsroom|staff (?:writer|reporter)s?|super user|marketing)$"
)
_ROLE = re.compile(
    r"(?i)\b(?:writers?|reporters?|correspondents?|editors?|columnists?|bureau|chief|contributors?|staff|producers?|analysts?|journalists?|manager|director|ceo|founder|president|"
    r"specialist|expert|professor|head of|senior|officer|strategist|consultant|marketing|team|author|intern|fellow|content)\b"
)
_AGENCY = frozenset("dpa afp ap reuters apa sda efe ansa epa pti ians tass upi xinhua ritzau tt ntb stt lusa belga anp kna epd sid associatedpress agencefrancepresse deutschepresseagentur dpainfocom keystonesda europapress aap pa pamedia bloomberg yonhap kyodo anadoluajansı aa iha dha afpde".split())


def read_authors(marks: Marks, described: Described, lines: Iterable[Line], *, title: Any, sites: Iterable[str]) -> tuple[list[Found[str]], list[Found[str]]]:
    names = {key_of(s) for s in sites} - {""}
    for found in _iter_sources(marks, described, list(lines), title):
        cleaned = []
        for raw, place, element in found:
            for name in clean_names(raw, stated=element is None):
                cleaned.append(Found(value=name, raw=raw, place=place, element=element))
        unique = list({key_of(f.value): f for f in reversed(cleaned)}.values())[::-1]
        if unique:
            agencies = [f for f in unique if key_of(f.value) in _AGENCY]
            return unique, agencies
    return [], []


def _iter_sources(marks, described, lines, title):
    yield [(name, "json-ld author", None) for name in described.names("author")]
    metas = {}
    for value, name in marks.meta(*AUTHOR_METAS):
        metas.setdefault(name, []).append((value, f"meta {name}", None))
    yield from metas.values()
    yield from _iter_shown(marks, lines, title)


def _iter_shown(marks, lines, title):
    at = marks.order.get(title)
    rel, marked = [], []
    for element in marks.authors:
        order = marks.order[element]
        distance = 0 if at is None else (order - at if order > at else 3 * (at - order))
        strong = "author" in (element.get("rel") or "") or "author" in (element.get("itemprop") or "")
        marked.append((distance, order, element, strong))
    marked.sort(key=lambda c: c[:2])
    strongs = [m for m in marked if m[3] and m[0] < 400 and not is_other_part(m[2])]
    if strongs:
        yield [(read_words(e, most=120), "rel author", e) for _, _, e, _ in strongs[:1]]
    for line in lines:
        if _BY.match(line.words) and len(line.words) < 120:
            yield [(line.words, "byline", line.element)]
    for d, _, e, _ in marked[:12]:
        if d < 250 and not is_other_part(e):
            words = read_words(e, most=120)
            if words and len(words) <= 120:
                yield [(words, "byline mark", e)]


def clean_names(raw: str, *, stated: bool) -> list[str]:
    words = raw.strip()
    if words.startswith(("http:", "https:", "www.")):
        return []
    by = _BY.match(words)
    if by:
        words = words[by.end():]
    if not stated or by:
        cut = _CUT.search(words)
        if cut:
            words = words[: cut.start()]
    else:
        words = re.sub(r"\S+@\S+|\s@\w+|\([^)]*\)", "", words)
    parts = [p.strip(" ,.;:-–—|\"'“”") for p in _SPLIT.split(words)] if _SPLIT.search(words) else [words.strip(" ,;:-–—|\"'")]
    names = []
    for part in parts:
        if not part or _GENERIC.match(part) or not re.search(r"[^\W\d_]", part):
            continue
        if len(part) > 60 or len(part.split()) > 6:
            break
        if names and _ROLE.search(part):
            break
        if not stated and not _could_be_name(part):
            break
        names.append(part)
    return names


def _could_be_name(part):
    ws = part.split()
    return 1 <= len(ws) <= 5 and all(not w[0].islower() or len(w) <= 3 for w in ws) and not re.search(r"[!?:]", part)
