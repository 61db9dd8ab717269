"""`/judgements`: who judged what, the newest first, with what was withdrawn and what fits no more."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import OnrecordError, QueryError
from onrecord.record import Judgement, fold_name
from onrecord.serve.judged_lines import name_people, tell_judgements
from onrecord.serve.judging import find_done
from onrecord.serve.render import show_page
from onrecord.serve.room import Room, room_of

SHOWN = 25  # on a page; each is held against its article, which takes about a millisecond
MOST_READ = 5_000  # the last so many are looked through for those of one person


def show_judgements(request: Request) -> Response:
    """A page of judgements."""
    room, by = room_of(request), " ".join(request.query_params.get("by", "").split())
    number = _read_page(request.query_params.get("page", ""))
    low = (number - 1) * SHOWN
    made = room.store.judgements(newest=MOST_READ if by else low + SHOWN + 1)[::-1]
    found = [j for j in made if not by or fold_name(by) in _names_in(j)]
    shown = found[low : low + SHOWN]
    return show_page(
        request,
        "judgements.html",
        lines=tell_judgements(shown[::-1], explain_unfit(room, shown), name_people(room.store, shown)),
        by=by,
        number=number,
        has_more=len(found) > low + SHOWN,
        is_cut=bool(by) and len(made) == MOST_READ,
        done=find_done(request),
        here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    )


def _names_in(judgement: Judgement) -> tuple[str, str]:
    """Who judged, and who withdrew it."""
    return fold_name(judgement.by), fold_name(judgement.withdrawn_by or "")


def _read_page(value: str) -> int:
    if not value:
        return 1
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MOST_READ // SHOWN):
        raise QueryError(f"There is no page {value!r:.80}.", cure="Begin with the first.")
    return int(value)


def explain_unfit(room: Room, judgements: Sequence[Judgement]) -> dict[str, str]:
    """Why some of these fit nothing any more, by their ids; only their own articles are looked at."""
    article_ids = {j.target.article_id for j in judgements if j.target and j.withdrawn_at is None}
    reasons: dict[str, str] = {}
    for article_id in article_ids:
        try:
            unfit = room.store.judged(article_id).unfit
        except OnrecordError:
            continue
        reasons |= {one.judgement.judgement_id: one.reason for one in unfit}
    return reasons


ROUTES: list[BaseRoute] = [Route("/judgements", show_judgements)]
