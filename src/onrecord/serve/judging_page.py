"""The page of one judgement: a statement in its context with the form, again with what was wrong, or gone."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import JudgementError, OnrecordError, UnknownIdError
from onrecord.record import Judged, Statement, judgements_of
from onrecord.serve.excerpt import make_excerpt
from onrecord.serve.faults import status_of
from onrecord.serve.judged_lines import tell_judgements
from onrecord.serve.judging_form import address_of, make_form
from onrecord.serve.render import show_page
from onrecord.serve.room import room_of
from onrecord.serve.you import own_path

MOST_NEAR = 8
PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")


def show_again(
    request: Request,
    found: tuple[Judged, Statement],
    typed: Mapping[str, str],
    error: JudgementError | None,
    *,
    status: int | None = None,
) -> Response:
    """The statement and the form, with what was typed and what was wrong with it."""
    judged, statement = found
    form = make_form(request, judged, statement, next=own_path(typed.get("next", "")), typed=typed)
    made = room_of(request).store.judgements(of=judged.record.article.article_id)
    return show_page(
        request,
        "judge.html",
        status=int(status or (status_of(error) if error else HTTPStatus.OK)),
        excerpt=make_excerpt(judged, statement.statement_id),
        form=form,
        error=error,
        lines=tell_judgements(judgements_of(judged, statement.statement_id, made)),
    )


def show_gone(request: Request, typed: Mapping[str, str], error: UnknownIdError) -> Response:
    """That there is no such statement now, with the statements that stand at its words."""
    found = _find_article(request, (request.path_params["statement_id"], typed.get("article", "")))
    near = _list_near(found, typed.get("place", "")) if found else []
    return show_page(
        request,
        "gone.html",
        status=HTTPStatus.NOT_FOUND,
        error=error,
        article=found.record.article if found else None,
        near=near,
    )


def _find_article(request: Request, ids: tuple[str, ...]) -> Judged | None:
    for wanted in filter(None, ids):
        try:
            return room_of(request).store.judged(wanted)
        except OnrecordError:
            continue
    return None


def _list_near(judged: Judged, place: str) -> list[tuple[str, str]]:
    """The statements that share characters with this place, as (address, words)."""
    bounds = [(int(start), int(end)) for start, end in PLACE.findall(place)]
    text = judged.record.article.text
    near = [
        (address_of(one.article_id, one.statement_id), " … ".join(span.of(text) for span in one.content))
        for one in judged.record.statements
        if any(s.start_char < end and start < s.end_char for s in one.content for start, end in bounds)
    ]
    return near[:MOST_NEAR]
