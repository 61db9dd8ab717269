"""`/review`: statements that nobody judged, the least sure first, one at a time; and the page of one alone.

What was judged falls out of the queue; what was skipped lies before the address's `after`.
"""

import dataclasses
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import UnknownIdError
from onrecord.record import Answer, Query
from onrecord.serve.asking import read_query, write_query
from onrecord.serve.excerpt import make_excerpt
from onrecord.serve.judging import find_done, find_judged
from onrecord.serve.judging_form import make_form
from onrecord.serve.judging_page import show_again, show_gone
from onrecord.serve.render import show_page
from onrecord.serve.room import Room, name_of, room_of

NARROWED = ("words", "speaker", "outlet", "form", "mode", "via", "when", "place")
END = "end"  # in the address where the last statement was skipped
MANY = 1_000
NEWEST = 200  # judgements among which those of today are counted


def show_review(request: Request) -> Response:
    """The next statement to look at, and what can be said of it."""
    room = room_of(request)
    query = _read_queue(request)
    answer = room.store.search(query) if END not in request.query_params else _no_answer()
    found = find_judged(room, answer.hits[0].statement_id) if answer.hits else None
    here = _address(query)
    narrowed = [(name, getattr(query, name)) for name in NARROWED if getattr(query, name)]
    join = "&" if "?" in here else "?"
    shown: dict[str, Any] = {
        "query": query,
        "narrowed": narrowed,
        "total": count_left(room, answer) if answer.hits else None,
        "skip": _address(query, after=answer.next) if answer.next else f"{here}{join}{END}=1",
        "again": _address(query, after=None),
        "is_passed": bool(query.after) or END in request.query_params,
        "is_empty": not found and not room.store.counts().statements,
        "notes": answer.notes if narrowed else (),
        "today": count_today(room, name_of(request)),
        "done": find_done(request),
        "excerpt": make_excerpt(found[0], found[1].statement_id) if found else None,
        "form": make_form(request, *found, next=here) if found else None,
    }
    return show_page(request, "review.html", **shown)


def _read_queue(request: Request) -> Query:
    """What is to be reviewed: all that the address asks for, as far as nobody judged it."""
    asked = read_query(request.query_params, status="unjudged", sort="confidence")
    return asked.narrow(status="unjudged", sort="confidence", scope="statements", meaning=None, limit=1)


def _address(query: Query, **changed: object) -> str:
    """The address of the queue; its order and that nobody judged it are not named."""
    plain = dataclasses.replace(query, status=None, sort="date")
    words = write_query(plain, **changed)
    return f"/review?{words}" if words else "/review"


def _no_answer() -> Answer:
    return Answer(hits=(), total=None, next=None)


def count_left(room: Room, answer: Answer) -> int | None:
    """How many statements nobody judged, of those that are asked for; None where they are many."""
    if answer.total is not None:
        return answer.total
    counts = room.store.counts()
    if counts.statements - counts.judgements > MANY:  # a judgement is of one statement at most
        return None
    facets = room.store.facets(Query(status="unjudged"))
    return facets.counted if facets.complete else None


def count_today(room: Room, name: str) -> int:
    """How many statements somebody judged today, of the last that were judged at all."""
    if not name:
        return 0
    today = datetime.now(UTC).date().isoformat()
    made = room.store.judgements(newest=NEWEST)
    own = [j for j in made if j.by == name and j.made_at[:10] == today and j.withdrawn_at is None]
    return len({j.target.statement_id or j.judgement_id if j.target else j.judgement_id for j in own})


def show_judge(request: Request) -> Response:
    """One statement alone, with the form."""
    try:
        found = find_judged(room_of(request), request.path_params["statement_id"])
    except UnknownIdError as error:
        return show_gone(request, {}, error)
    return show_again(request, found, {}, None)


ROUTES: list[BaseRoute] = [
    Route("/review", show_review),
    Route("/statements/{statement_id}/judge", show_judge, methods=["GET"]),
]
