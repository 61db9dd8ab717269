"""The page ‘Timeline and map’: the statements that answer a question over time, or where they were made."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote_plus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import GazetteerError, QueryError
from onrecord.record import Query
from onrecord.serve.asking import read_query, write_query
from onrecord.serve.filters import LABELS, make_form, show_choice
from onrecord.serve.map_land import draw_land, find_gazetteer
from onrecord.serve.map_projection import Box
from onrecord.serve.map_sheet import read_box
from onrecord.serve.map_view import view_places
from onrecord.serve.render import show_page
from onrecord.serve.room import room_of
from onrecord.serve.timeline_range import list_crumbs
from onrecord.serve.timeline_view import find_oldest, group_hits, view_times

VIEWS = ("time", "map")
# Its order is time's own, and a likeness in meaning has no end at which counting could stop.
LEFT_OUT = frozenset({"sort", "meaning"})
# What is drawn depends on the address alone until the gazetteer is built anew.
LAND_KEPT = "private, max-age=86400"

Link = Callable[..., str]
HOLE = "\x00"  # stands in no question


def show_timeline(request: Request) -> Response:
    """The page, as its address asks."""
    given = {name: value for name, value in request.query_params.items() if name not in LEFT_OUT}
    view = given.get("view", "") or "time"
    if view not in VIEWS:
        raise QueryError(f"There is no view {view!r:.80}.", cure=f"Give one of {', '.join(VIEWS)}.")
    query = read_query(given)
    box = _read_asked_box(given.get("box", ""))
    link = _make_link(query, view)
    shown: dict[str, Any] = {
        "query": query,
        "view": view,
        "form": make_form(given, "/timeline", without=LEFT_OUT, button="Show", keep=_keep(view)),
        "link": link,
        "crumbs": _list_crumbs(query, link),
        "left_out": bool(request.query_params.get("meaning", "").strip()),
        "to_when": _link_each(link, "when"),
        "to_place": _link_each(link, "place", path="/search"),
        "is_narrowed": write_query(query, after=None) != "",
        "narrowed": _list_narrowed(query),
    }
    more = _show_map(request, query, box) if view == "map" else _show_times(request, query)
    return show_page(request, "timeline.html", **shown, **more)


def _keep(view: str) -> dict[str, str]:
    return {"view": "map"} if view == "map" else {}


def _read_asked_box(text: str) -> Box | None:
    box = read_box(text) if text else None
    if text and box is None:
        raise QueryError(
            f"box {text!r:.80} is no part of a map.",
            cure="Give degrees south, west, north and east: 35,-12,62,32.",
        )
    return box


def _make_link(query: Query, view: str) -> Link:
    """What makes the address of this page, or another, with some of the question changed."""

    def link(*, to: str = view, box: str | None = None, path: str = "/timeline", **changed: Any) -> str:
        words = write_query(query, **{"after": None, **changed})
        own = ["view=map"] if path == "/timeline" and to == "map" else []
        own += [f"box={box}"] if box else []
        asked = "&".join(filter(None, (words, *own)))
        return f"{path}?{asked}" if asked else path

    return link


def _link_each(link: Link, field: str, **fixed: Any) -> Callable[[str], str]:
    """The same for many values of one field: all else of the address is written once."""
    before, _, after = link(**{field: HOLE}, **fixed).partition(quote_plus(HOLE))
    return lambda value: f"{before}{quote_plus(value)}{after}"


def _list_crumbs(query: Query, link: Link) -> tuple[tuple[str, str | None], ...]:
    """From all time to what is shown: names, each with its address; the last is where one is."""
    steps: list[tuple[str | None, str]] = [(None, "All time"), *list_crumbs(query.when)]
    links = [link(when=when) for when, _ in steps[:-1]]
    return tuple((name, address) for (_, name), address in zip(steps, [*links, None], strict=True))


def _list_narrowed(query: Query) -> tuple[tuple[str, str], ...]:
    """The filters that are set, besides the time, which is shown: names and values as a reader knows them."""
    given = parse_qsl(write_query(query, when=None, after=None))
    return tuple((LABELS[name].lower(), show_choice(value)) for name, value in given)


def _show_times(request: Request, query: Query) -> dict[str, Any]:
    room = room_of(request)
    answer = room.collection.search(query.narrow(sort="oldest"))
    oldest = None if query.after else find_oldest(answer.hits)
    times = view_times(room.store, query, oldest=oldest)
    return {"times": times, "answer": answer, "groups": group_hits(answer.hits, times.unit)}


def _show_map(request: Request, query: Query, box: Box | None) -> dict[str, Any]:
    found = room_of(request).store.whereabouts(query)
    return {"map": view_places(found, box)}


def show_land(request: Request) -> Response:
    """The dots below a map."""
    box, path = read_box(request.query_params.get("box", "")), find_gazetteer()
    if box is None or path is None:
        raise HTTPException(404)
    try:
        drawn = draw_land(path, box)
    except GazetteerError as error:
        raise HTTPException(404) from error
    return Response(drawn, media_type="image/svg+xml", headers={"Cache-Control": LAND_KEPT})


ROUTES: list[BaseRoute] = [Route("/timeline", show_timeline), Route("/map/land.svg", show_land)]
