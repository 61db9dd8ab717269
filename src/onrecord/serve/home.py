"""The first page: what is new, what is being added, and where to drop more; and what could not be read."""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import QueryError
from onrecord.export.dates import show_moment
from onrecord.record import Failure
from onrecord.record.overview import ArticleLine
from onrecord.serve import adding
from onrecord.serve.reasons import explain_reason
from onrecord.serve.render import show_page
from onrecord.serve.room import room_of

NEWEST = 20
MOST_FAILURES = 100  # on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question to try: what it is called, and its address."""

    name: str
    address: str


def show_home(request: Request) -> Response:
    """What is new."""
    room = room_of(request)
    after = request.query_params.get("after") or None
    newest = room.store.newest_articles(limit=NEWEST, after=after)
    counts = room.store.counts()
    return show_page(
        request,
        "home.html",
        counts=counts,
        newest=newest,
        after=after,
        examples=_make_examples(newest.listed),
        running=room.intakes.running(),
        recent=bool(room.intakes.recent()),
        may_fetch=room.intakes.crawl is not None,
    )


def show_failures(request: Request) -> Response:
    """What could not be read, by why, the newest first."""
    page = _read_page(request.query_params.get("page", ""))
    failures = room_of(request).store.failures()[::-1]
    shown = failures[(page - 1) * MOST_FAILURES : page * MOST_FAILURES]
    return show_page(
        request,
        "failures.html",
        total=len(failures),
        groups=_group(shown),
        page=page,
        pages=-(-len(failures) // MOST_FAILURES),
    )


def _group(failures: tuple[Failure, ...]) -> list[tuple[str, str, list[Failure]]]:
    """The failures by reason, each with what the reason means and what to do; most first."""
    by_reason = groupby(sorted(failures, key=lambda failure: failure.reason), lambda failure: failure.reason)
    groups = [(*explain_reason(reason), list(found)) for reason, found in by_reason]
    return sorted(groups, key=lambda group: -len(group[2]))


def _read_page(given: str) -> int:
    if not given:
        return 1
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0
    if not page:
        raise QueryError(f"There is no page {given:.40}.", cure="Pages are counted from 1.")
    return page


def _make_examples(listed: tuple[ArticleLine, ...]) -> list[Example]:
    """Questions that this record has an answer to, made of what is newest in it."""
    examples = []
    outlet = next((line.outlet for line in listed if line.outlet), None)
    if outlet:
        examples.append(_make_example(f"what {outlet} reports", outlet=outlet))
    day = next((line.published for line in listed if line.published), None)
    if day and len(day) >= 7:
        examples.append(_make_example(f"what was said in {show_moment(day[:7])}", when=day[:7]))
    if listed:
        examples.append(_make_example("word for word", form="direct"))
    return examples


def _make_example(name: str, **asked: str) -> Example:
    return Example(name=name, address=f"/search?{urlencode(asked, errors='replace')}")


ROUTES: list[BaseRoute] = [
    Route("/", show_home),
    Route("/failures", show_failures),
    *adding.ROUTES,
]
