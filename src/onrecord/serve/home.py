"""The first page: what is new, what is being added, and where to drop more."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.serve.render import show_page
from onrecord.serve.room import room_of


def show_home(request: Request) -> Response:
    """What is new."""
    room = room_of(request)
    return show_page(request, "home.html", counts=room.store.counts(), where=room.store.where)


ROUTES: list[BaseRoute] = [Route("/", show_home)]
