"""The addresses of the reading room: which function answers which."""

from starlette.routing import BaseRoute, Mount, Route

from onrecord.serve import (
    article,
    home,
    judgements,
    judging,
    merging,
    person,
    review,
    search,
    sign_in,
    static,
    timeline,
    verify,
    you,
)
from onrecord.serve.api import make_api
from onrecord.serve.room import Room


def list_routes(room: Room) -> list[BaseRoute]:
    """Every address, in the order in which they are tried."""
    return [
        *home.ROUTES,
        *article.ROUTES,
        *person.ROUTES,
        *search.ROUTES,
        *timeline.ROUTES,
        *verify.ROUTES,
        *review.ROUTES,
        *judging.ROUTES,
        *judgements.ROUTES,
        *merging.ROUTES,
        *you.ROUTES,
        *sign_in.ROUTES,
        Mount("/api", make_api(room)),
        Route("/static/{name}", static.show_static),
    ]
