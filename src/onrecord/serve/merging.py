"""Who is whom, as somebody says by a form: two people are one, or a speaker is not who bears the name."""

from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.collection.namesakes import list_namesakes
from onrecord.errors import JudgementError, UnknownIdError
from onrecord.record import Judgement, judging
from onrecord.serve.judging import find_judged
from onrecord.serve.judging_form import address_of
from onrecord.serve.judging_page import show_gone
from onrecord.serve.render import show_page
from onrecord.serve.room import Room, name_of, room_of, voice_of
from onrecord.serve.you import ask_name, keep_name, lead_to, read_form

LONGEST_NAME = 300
Typed = Mapping[str, str]


async def merge(request: Request) -> Response:
    """Keeps that two people are one; where several bear the name that was given, asks which."""
    return await _take(request, _merge)


async def split(request: Request) -> Response:
    """Keeps that the speaker of a statement is not who bears the name elsewhere."""
    return await _take(request, _split)


async def _take(request: Request, keep: Callable[[Request, Typed, judging.Voice], Response]) -> Response:
    typed = await read_form(request)
    name = typed.get("by", "").strip() or name_of(request)
    if not name:
        return ask_name(request, typed)
    voice = voice_of(name, note=typed.get("note", "").strip())
    return await run_in_threadpool(keep, request, typed, voice)


def _merge(request: Request, typed: Typed, voice: judging.Voice) -> Response:
    room, wanted = room_of(request), " ".join(typed.get("other", "").split())[:LONGEST_NAME]
    if not wanted:
        raise JudgementError("Nobody was named.", cure="Give the other name of this person, or their id.")
    (one,) = room.store.find_people(request.path_params["person_id"])[:1] or (None,)
    if one is None:
        raise UnknownIdError("There is no such person in the record.", cure="Look for them under People.")
    others = [person for person in list_namesakes(room.store, wanted) if person.person_id != one.person_id]
    if len(others) != 1:
        return show_page(
            request, "namesakes.html", status=422, person=one, others=others, wanted=wanted, typed=typed
        )
    made = judging.merge(one.person_id, others[0].person_id, voice)
    known = _find_merge(room, one.person_id, others[0].person_id)
    if known is None:
        room.store.add_judgements([made])
    usual = f"/people/{one.person_id}"
    done = (known or made).judgement_id
    return keep_name(lead_to(typed.get("next", ""), usual=usual, done=done), request, voice.by)


def _find_merge(room: Room, one_id: str, other_id: str) -> Judgement | None:
    """The standing judgement that these two are one."""
    made = (j for j in room.store.judgements(newest=20) if j.kind == "merge" and j.withdrawn_at is None)
    return next((j for j in made if set(j.people) == {one_id, other_id}), None)


def _split(request: Request, typed: Typed, voice: judging.Voice) -> Response:
    room, wanted = room_of(request), request.path_params["statement_id"]
    try:
        judged, statement = find_judged(room, wanted)
    except UnknownIdError as error:
        return show_gone(request, typed, error)
    if statement.speaker is None:
        raise JudgementError("The statement has no speaker who could be told apart.")
    entity_id = statement.speaker.entity_id
    known = [
        j
        for j in room.store.judgements(of=wanted)
        if j.kind == "split" and j.withdrawn_at is None and entity_id in j.people
    ]
    made = known[-1] if known else judging.split(judged, entity_id, voice)
    if not known:
        judging.expect_fit(judged, [made])
        room.store.add_judgements([made])
    address = address_of(judged.record.article.article_id, statement.statement_id)
    answer = lead_to(typed.get("next", ""), usual=address, done=made.judgement_id)
    return keep_name(answer, request, voice.by)


ROUTES: list[BaseRoute] = [
    Route("/people/{person_id}/merge", merge, methods=["POST"]),
    Route("/statements/{statement_id}/split", split, methods=["POST"]),
]
