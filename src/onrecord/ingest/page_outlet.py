"""A page's outlet: its marks and JSON-LD in, the name that the site gives itself out, never its hostname."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from onrecord.ingest.page_data import Described
from onrecord.ingest.page_marks import Found, Marks
from onrecord.ingest.page_title import split_site

OUTLET_METAS = (
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
    "article:publisher",
    "apple-mobile-web-app-title",
)
# Labels of a hostname that are not the site's own name.
_HOST_LABELS = frozenset(
    ("www", "com", "co", "org", "net", "gov", "edu", "ac", "m", "amp", "blog", "news", "en")
)


def read_outlet(marks: Marks, described: Described, url: str | None) -> Found[str] | None:
    """The outlet's name, or None."""
    for value, place in _iter_stated(marks, described):
        if not value.startswith(("http", "@", "www.")) and len(value) <= 80:
            return Found(value=value, raw=value, place=place)
    taken = split_site(marks.page_title, set(iter_hosts(marks, url)))[1]
    return Found(value=taken, raw=marks.page_title, place="title") if taken else None


def iter_sites(marks: Marks, described: Described, url: str | None) -> Iterator[str]:
    """Names of the site, to be told from titles and authors: those it states, and labels of its address."""
    for value, _ in _iter_stated(marks, described):
        yield value
    yield from iter_hosts(marks, url)


def iter_hosts(marks: Marks, url: str | None) -> Iterator[str]:
    """The labels of the page's hostnames that can be a name."""
    for address in (url, marks.canonical, *marks.metas.get("og:url", ())[:1]):
        try:
            host = urlsplit(address or "").hostname or ""
        except ValueError:
            continue
        for label in host.split(".")[:-1]:
            if label not in _HOST_LABELS and len(label) > 1:
                yield label


def _iter_stated(marks: Marks, described: Described) -> Iterator[tuple[str, str]]:
    for value in marks.metas.get("og:site_name", ())[:1]:
        yield value, "meta og:site_name"
    for value in described.names("publisher")[:1]:
        yield value, "json-ld publisher"
    for value, name in marks.meta(*OUTLET_METAS[1:]):
        yield value, f"meta {name}"
