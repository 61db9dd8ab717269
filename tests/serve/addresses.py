"""Every page of the room, gathered from the app's own routes: a page that is new cannot be forgotten.

In: the app, and an example for each part of an address. Out: addresses to ask.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from starlette.routing import Mount, Route

from onrecord.record import Query, Record
from onrecord.serve.asking import FIELDS
from onrecord.serve.room import Room

# What addresses say after the "?" beside the words of a question.
MORE_WORDS = (
    "statement", "page", "done", "next", "limit", "after", "before", "unit", "from", "to", "name", "format",
    "person", "token", "view", "zoom", "queue", "by", "part",
)  # fmt: skip
# Parts of pages: a script puts them into one.
FRAGMENTS = frozenset(
    {"/adding/now", "/adding/{intake_id}/now", "/articles/{article_id}/statements/{statement_id}"}
)
# They answer with files: what these hold is escaped by their own formats, and never shown by a browser.
DOWNLOADS = frozenset(
    {"/articles/{article_id}/capture", "/search/export", "/verify/{report_id}/export", "/map/land.svg"}
)


def routes_of(app: Any) -> list[Route]:
    """The routes that answer a GET with something for a browser; the API and static files are others."""
    while not hasattr(app, "routes"):
        app = app.app
    routes = [route for route in app.routes if not isinstance(route, Mount)]
    assert all(isinstance(route, Route) for route in routes)
    return [r for r in routes if "GET" in (r.methods or ()) and not r.path.startswith("/static")]


def room_in(app: Any) -> Room:
    """The room that an app serves."""
    while not hasattr(app, "state"):
        app = app.app
    room: Room = app.state.room
    return room


def examples_of(room: Room, record: Record) -> dict[str, str]:
    """For each part of an address one of this record."""
    article_id = record.article.article_id
    hits = room.store.search(Query(limit=200)).hits
    hit = next(hit for hit in hits if hit.article_id == article_id and hit.person_id)
    made = {"article_id": article_id, "statement_id": hit.statement_id, "person_id": hit.person_id or ""}
    intakes, reports = room.intakes.recent(), room.verifications.kept()
    made |= {"intake_id": intakes[0].intake_id} if intakes else {}
    return made | ({"report_id": reports[0].report_id} if reports else {})


def fill_address(route: Route, examples: Mapping[str, str]) -> str:
    """The address of a route with these examples in it; fails where one is lacking."""
    missing = set(route.param_convertors) - set(examples)
    assert not missing, f"{route.path}: tests/serve/addresses.py gives no example of {missing}"
    return fill_path(route.path, examples)


def fill_path(path: str, examples: Mapping[str, str]) -> str:
    """An address with examples in place of the names in braces."""
    return path.format(**{name: quote(value, safe="") for name, value in examples.items()})


def list_pages(app: Any, examples: Mapping[str, str], *, downloads: bool = False) -> list[str]:
    """One address of every page, and of an article with a statement opened."""
    chosen = [r for r in routes_of(app) if downloads or r.path not in DOWNLOADS]
    pages = [fill_address(route, examples) for route in chosen]
    opened = f"/articles/{examples['article_id']}?statement={examples['statement_id']}"
    return list(dict.fromkeys([*pages, opened]))


def list_asked(app: Any, examples: Mapping[str, str], words: str) -> Iterator[str]:
    """Every page asked with these words under every name that an address can have."""
    for page in list_pages(app, examples):
        address = page.partition("?")[0]
        for name in (*FIELDS, *MORE_WORDS):
            yield f"{address}?{urlencode({name: words}, errors='surrogatepass')}"
