"""One article as published, its statements marked in it, and beside it what is known of each; its capture.

`/articles/{article_id}` with `?statement=` opens a statement; a script fetches that panel alone.
"""

import dataclasses
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import OnrecordError, UnknownIdError
from onrecord.export.addresses import page_of
from onrecord.export.html import write_headline, write_language
from onrecord.export.html_head import write_notes
from onrecord.record import Article, Judged, Record
from onrecord.serve.article_overview import list_readings, make_overview
from onrecord.serve.article_text import RoomWriter, choose
from onrecord.serve.judging import find_done
from onrecord.serve.judging_form import make_form
from onrecord.serve.render import show_fragment, show_page
from onrecord.serve.room import Room, name_of, right_of, room_of
from onrecord.serve.statement_panel import make_panel

SEE_OTHER = 303
# Bytes of a stranger are never shown by a browser, whatever it takes them for.
CAPTURE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


def show_article(request: Request) -> Response:
    """The article; with `?statement=` that statement beside it."""
    room, wanted = room_of(request), request.query_params.get("statement", "").strip()
    judged = room.store.judged(request.path_params["article_id"])
    article = judged.record.article
    if article.article_id != request.path_params["article_id"]:
        return _lead_to(article.article_id, request.url.query)
    choice = choose(judged, wanted)
    writer = RoomWriter(judged, choice)
    text = writer.write()
    shown = {**_panel_of(request, room, writer), **_head_of(article)}
    judgements = room.store.judgements(of=article.article_id) if judged.rejected else ()
    return show_page(
        request,
        "article.html",
        **shown,
        text=Markup(text),
        language=Markup(write_language(judged.record)),
        headline=Markup(write_headline(writer)),
        notes=Markup(write_notes(judged.record)),
        overview=make_overview(writer, judgements),
        is_gone=bool(wanted) and choice.number is None,
        done=find_done(request),
    )


def _head_of(article: Article) -> dict[str, Any]:
    """What stands above the text."""
    day = article.published_at.value if article.published_at else ""
    return {
        "article": article,
        "title": article.title.value if article.title else "An article without a title",
        "outlet": article.outlet.value if article.outlet else "",
        "published": day,
        "page_url": page_of(article),
    }


def _panel_of(request: Request, room: Room, writer: RoomWriter) -> dict[str, Any]:
    """What templates/_statement.html shows."""
    record = writer.record
    shown: dict[str, Any] = {
        "judged": writer.judged,
        "article": record.article,
        "panel": None,
        "form": None,
        "may_write": right_of(request) == "write",
        "own_name": name_of(request),
    }
    statement = writer.choice.statement
    if statement is not None:
        judgements = room.store.judgements(of=record.article.article_id)
        shown["panel"] = make_panel(writer, _fill_body(room, record), judgements)
        if shown["may_write"]:
            shown["form"] = make_form(request, writer.judged, statement)
    return shown


def _fill_body(room: Room, record: Record) -> Record:
    """The record with the captured bytes, where they are kept."""
    try:
        body = room.store.capture_body(record.capture.sha256)
    except UnknownIdError:
        return record
    return dataclasses.replace(record, capture=dataclasses.replace(record.capture, body=body))


def show_panel(request: Request) -> Response:
    """The panel of one statement, for a script to put beside the text."""
    room, wanted = room_of(request), request.path_params["statement_id"]
    judged = room.store.judged(request.path_params["article_id"])
    choice = choose(judged, wanted)
    if choice.number is None:
        raise _gone(wanted)
    writer = RoomWriter(judged, choice)
    return show_fragment("_statement.html", **_panel_of(request, room, writer))


def _gone(wanted: str) -> OnrecordError:
    return UnknownIdError(
        f"The article has no statement {wanted!r:.80}.",
        cure="Open the article again: it may have been read anew.",
    )


def lead_to_article(request: Request) -> Response:
    """From a statement to its article."""
    wanted = request.path_params["statement_id"]
    judged = room_of(request).store.judged(wanted)
    return _lead_to(judged.record.article.article_id, urlencode({"statement": wanted}))


def _lead_to(article_id: str, query: str) -> Response:
    address = f"/articles/{quote(article_id, safe='')}{f'?{query}' if query else ''}"
    return RedirectResponse(address, status_code=SEE_OTHER)


def send_capture(request: Request) -> Response:
    """The bytes that the article was read from, as a file to keep; no browser runs what is in them."""
    store = room_of(request).store
    record = store.judged(request.path_params["article_id"]).record
    name = f"capture-{record.capture.sha256[:16]}.bin"
    headers = {**CAPTURE_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    body = store.capture_body(record.capture.sha256)
    return Response(body, media_type="application/octet-stream", headers=headers)


def show_readings(request: Request) -> Response:
    """All that was ever read from the article's capture."""
    store = room_of(request).store
    judged: Judged = store.judged(request.path_params["article_id"])
    readings = list_readings(store, judged.record)
    return show_page(request, "readings.html", **_head_of(judged.record.article), readings=readings)


async def reread(request: Request) -> Response:
    """Has the article's capture read again, and leads to where that is told."""
    intakes, article_id = room_of(request).intakes, request.path_params["article_id"]
    intake = await run_in_threadpool(intakes.reread, article_id)
    return RedirectResponse(f"/adding/{intake.intake_id}", status_code=SEE_OTHER)


ROUTES: list[BaseRoute] = [
    Route("/articles/{article_id}", show_article),
    Route("/articles/{article_id}/statements/{statement_id}", show_panel),
    Route("/articles/{article_id}/capture", send_capture),
    Route("/articles/{article_id}/readings", show_readings),
    Route("/articles/{article_id}/reread", reread, methods=["POST"]),
    Route("/statements/{statement_id}", lead_to_article),
]
