"""What somebody says of a statement or of people, sent by a form: it is kept, and can be taken back.

Sent twice, it is kept once; where somebody else judged meanwhile, who sent it is asked again.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.collection.correcting import list_corrections
from onrecord.errors import JudgementError, UnknownIdError
from onrecord.record import Judged, Judgement, Statement, judgements_of, judging
from onrecord.serve.judged_lines import JudgedLine, name_people, tell_judgements
from onrecord.serve.judging_form import address_of, last_of, read_given
from onrecord.serve.judging_page import show_again, show_gone
from onrecord.serve.room import Room, name_of, room_of, voice_of
from onrecord.serve.you import ask_name, keep_name, lead_to, read_form

ACTS = ("accept", "reject", "correct")
NEWEST = 100  # judgements among which one that was just made is looked for
MOST_DONE = 12
# One process judges one thing at a time: between looking and keeping nobody else may come.
_ONE_AT_A_TIME = threading.Lock()


class OverruledError(JudgementError):
    """Somebody else judged the statement since the form was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was just done: `lines` say it, `ids` take it back, `next` is the page without the message."""

    ids: tuple[str, ...]
    lines: tuple[JudgedLine, ...]
    is_withdrawn: bool
    next: str


def find_done(request: Request) -> Done | None:
    """What the address says was just judged; None where it says nothing, or nothing that was."""
    wanted = request.query_params.get("done", "").split(",")[:MOST_DONE]
    if not any(wanted):
        return None
    made = room_of(request).store.judgements(newest=NEWEST)
    found = [judgement for judgement in made if judgement.judgement_id in wanted]
    if not found:
        return None
    page = request.url.remove_query_params("done")
    return Done(
        ids=tuple(judgement.judgement_id for judgement in found),
        lines=tell_judgements(found, names=name_people(room_of(request).store, found)),
        is_withdrawn=all(judgement.withdrawn_at for judgement in found),
        next=page.path + (f"?{page.query}" if page.query else ""),
    )


async def judge(request: Request) -> Response:
    """Keeps what a form says of a statement, and leads back to where it was sent from."""
    typed = await read_form(request)
    return await run_in_threadpool(_answer, request, typed)


def _answer(request: Request, typed: dict[str, str]) -> Response:
    name = typed.get("by", "").strip() or name_of(request)
    if not name:
        return ask_name(request, typed)
    if typed.get("act") == "name":
        return keep_name(lead_to(typed.get("next", "")), request, voice_of(name).by)
    room, wanted = room_of(request), request.path_params["statement_id"]
    try:
        judged, statement = find_judged(room, wanted)
    except UnknownIdError as error:
        return show_gone(request, typed, error)
    try:
        made = keep(room, statement.statement_id, typed, name)
    except JudgementError as error:
        status = HTTPStatus.CONFLICT if isinstance(error, OverruledError) else None
        return show_again(request, (judged, statement), typed, error, status=status)
    address = address_of(judged.record.article.article_id, statement.statement_id)
    done = ",".join(judgement.judgement_id for judgement in made)
    return keep_name(lead_to(typed.get("next", ""), usual=address, done=done), request, made[0].by)


def find_judged(room: Room, wanted: str) -> tuple[Judged, Statement]:
    """A statement in its article as judged, a rejected one too; raises `UnknownIdError`."""
    judged = room.store.judged(wanted)
    try:
        return judged, judging.find_statement(judged, wanted, rejected=True)
    except UnknownIdError as error:
        raise UnknownIdError(
            "The article was read anew, and has this statement no more.",
            cure="Look at what it says there now.",
        ) from error


def keep(room: Room, statement_id: str, typed: Mapping[str, str], name: str) -> tuple[Judgement, ...]:
    """The judgements that a form makes of a statement, kept, or those that it made before."""
    voice = voice_of(name, note=typed.get("note", "").strip(), score=_read_score(typed.get("score", "")))
    with _ONE_AT_A_TIME:
        judged, statement = find_judged(room, statement_id)
        known = room.store.judgements(of=statement_id)
        repeated = _find_repeated(judged, statement, known, typed, voice)
        if repeated:
            return repeated
        _expect_seen(judged, statement, known, typed, voice)
        made = _make(judged, statement, typed, voice)
        room.store.add_judgements(made)
    return made


def _make(
    judged: Judged, statement: Statement, typed: Mapping[str, str], voice: judging.Voice
) -> tuple[Judgement, ...]:
    """The judgements that a form makes; raises `JudgementError`."""
    act, wanted = typed.get("act", ""), statement.statement_id
    if act == "accept":
        return (judging.accept(judged, wanted, voice),)
    if act == "reject":
        return (judging.reject(judged, wanted, voice),)
    if act != "correct":
        raise JudgementError(f"{act!r:.80} is no judgement.", cure=f"Give one of {', '.join(ACTS)}.")
    made = tuple(list_corrections(judged, statement, read_given(typed, judged, statement), voice))
    if not made:
        raise JudgementError("Nothing was changed.", cure="Change a field, or accept the statement as it is.")
    judging.expect_fit(judged, made)
    return made


def _find_repeated(
    judged: Judged,
    statement: Statement,
    known: tuple[Judgement, ...],
    typed: Mapping[str, str],
    voice: judging.Voice,
) -> tuple[Judgement, ...]:
    """What the same person said last of the statement, where this says the same again; else nothing."""
    standing = [j for j in judgements_of(judged, statement.statement_id, known) if j.withdrawn_at is None]
    if not standing or standing[-1].by != voice.by or standing[-1].kind != typed.get("act"):
        return ()
    last = tuple(j for j in standing if j.made_at == standing[-1].made_at and j.by == voice.by)
    if last[-1].kind == "correct":
        try:
            return last if not read_given(typed, judged, statement) and _is_sent_again(last, typed) else ()
        except JudgementError:
            return ()
    return last if (last[-1].note, last[-1].score) == (voice.note, voice.score) else ()


def _is_sent_again(last: tuple[Judgement, ...], typed: Mapping[str, str]) -> bool:
    """Whether a form was made before the corrections that it would make now."""
    return bool(last) and "seen" in typed and typed["seen"] != last[-1].judgement_id


def _expect_seen(
    judged: Judged,
    statement: Statement,
    known: tuple[Judgement, ...],
    typed: Mapping[str, str],
    voice: judging.Voice,
) -> None:
    """Raises `OverruledError` where somebody else judged the statement since the form was shown."""
    last = last_of(judged, statement.statement_id, known)
    if "seen" not in typed or typed["seen"] == last or not last:
        return
    one = next(judgement for judgement in known if judgement.judgement_id == last)
    if one.by != voice.by:
        (line,) = tell_judgements([one])
        what = "" if one.kind == "correct" else " this statement"
        raise OverruledError(
            f"{one.by} {line.verb}{what} while you looked at it.",
            cure="Look at it as it is now; what you send next stands above that.",
        )


def _read_score(typed: str) -> float | None:
    if not typed.strip():
        return None
    try:
        return float(typed)
    except ValueError as error:
        raise JudgementError(f"{typed!r:.80} is no score.", cure="Give a number from 0 to 1.") from error


async def withdraw(request: Request) -> Response:
    """Takes back a judgement, and those that `also` names, with commas between them."""
    typed = await read_form(request)
    return await run_in_threadpool(_withdraw, request, typed)


def _withdraw(request: Request, typed: dict[str, str]) -> Response:
    name = typed.get("by", "").strip() or name_of(request)
    if not name:
        return ask_name(request, typed)
    room, voice = room_of(request), voice_of(name)
    ids = [request.path_params["judgement_id"], *filter(None, typed.get("also", "").split(","))][:MOST_DONE]
    for judgement_id in ids:
        room.store.withdraw(judgement_id, by=voice.by, at=voice.made_at)
    answer = lead_to(typed.get("next", ""), usual="/judgements", done=",".join(ids))
    return keep_name(answer, request, voice.by)


ROUTES: list[BaseRoute] = [
    Route("/statements/{statement_id}/judge", judge, methods=["POST"]),
    Route("/judgements/{judgement_id}/withdraw", withdraw, methods=["POST"]),
]
