"""Verifying a draft: `/verify` takes one, as text or as a file, and leads to the page of its verdicts."""

import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import InputError, QueryError
from onrecord.export.verdict_cards import hue_of, line_of
from onrecord.export.verdict_words import KIND_MEANINGS, KIND_WORDS, order_loudest, summarise_report
from onrecord.export.verdicts import verdicts_to_json
from onrecord.export.verdicts_html import verdicts_to_html, write_glance, write_legend, write_row
from onrecord.ingest.capture import MAX_BYTES
from onrecord.ingest.draft import LONGEST_DRAFT_CHARS
from onrecord.serve.faults import status_of
from onrecord.serve.render import show_page
from onrecord.serve.room import room_of
from onrecord.serve.verified import Verified
from onrecord.verifier.verdict import FAILING, KINDS, Evidence, Report

PASTED = "A pasted draft"
BOTH_NOTE = "A file and a pasted text were given: the file was read, the text was not."
# A character has four bytes at most; what is longer is told by the reader of drafts.
MOST_PASTED_BYTES = 4 * LONGEST_DRAFT_CHARS + 1_000
# A pasted text that could not be read is shown again, to be mended; more would be too heavy a page.
MOST_SHOWN_AGAIN = 50_000
MOST_AT_A_GLANCE = 50


def _write_json(report: Report) -> str:
    return verdicts_to_json(report) + "\n"


EXPORTS: dict[str, tuple[str, str, Callable[[Report], str]]] = {
    "json": ("application/json", "verdicts.json", _write_json),
    "html": ("text/html; charset=utf-8", "verdicts.html", verdicts_to_html),
}


def show_form(request: Request) -> Response:
    """Where a draft is dropped or pasted."""
    return _show_form(request, {})


async def verify_draft(request: Request) -> Response:
    """The verdicts on the draft that was sent, on a page of their own; the form again where it is none."""
    pasted, quotations = "", False
    try:
        form = await _read_form(request)
        pasted, quotations = str(form.get("draft") or ""), form.get("quotations") == "1"
        body, name, notes = await _take_draft(form, pasted)
        verify = room_of(request).verifications.verify
        made = await verify(body, name=name, quotations=quotations, notes=notes)
    except InputError as error:
        again = pasted if len(pasted) <= MOST_SHOWN_AGAIN else ""
        shown = {"error": error, "pasted": again, "quotations": quotations}
        return await run_in_threadpool(_show_form, request, shown, status=status_of(error))
    finally:
        await request.close()
    return RedirectResponse(f"/verify/{made.report_id}", status_code=HTTPStatus.SEE_OTHER)


def show_report(request: Request) -> Response:
    """The verdicts, a page of them where there are many."""
    made = room_of(request).verifications.find(request.path_params["report_id"])
    number = _read_page(request, made)
    report, failing = made.report, order_loudest(made.report, fails=True)
    rows = "\n".join(write_row(report, one, _lead_to_record) for one in made.pages[number - 1])

    def lead(verdict: int) -> str:
        page = made.page_of(verdict)
        return f"#v{verdict}" if page == number else f"?page={page}#v{verdict}"

    return show_page(
        request,
        "verdicts.html",
        report=report,
        report_id=made.report_id,
        summary=summarise_report(report),
        legend=Markup(write_legend(report)),
        glance=Markup(write_glance(report, lead, most=MOST_AT_A_GLANCE)),
        failing=len(failing),
        unlisted=max(0, len(failing) - MOST_AT_A_GLANCE),
        rows=Markup(rows),
        number=number,
        pages=len(made.pages),
    )


def export_report(request: Request) -> Response:
    """The verdicts as a file."""
    wanted = request.query_params.get("format", "html")
    if wanted not in EXPORTS:
        raise QueryError(
            f"Verdicts are not exported as {wanted!r:.80}.", cure=f"Give one of {', '.join(EXPORTS)}."
        )
    made = room_of(request).verifications.find(request.path_params["report_id"])
    media_type, name, write = EXPORTS[wanted]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(made.report).encode("utf-8", "replace"), media_type=media_type, headers=headers)


async def _read_form(request: Request) -> FormData:
    """The form; raises `InputError` where what was sent is none."""
    try:
        return await request.form(max_files=2, max_fields=10, max_part_size=MOST_PASTED_BYTES)
    except HTTPException as error:
        raise InputError(str(error.detail), cure="Send the form of this page.") from error


async def _take_draft(form: FormData, pasted: str) -> tuple[bytes, str, tuple[str, ...]]:
    """The bytes of the draft, what it is called, and what must be told of it."""
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        notes = (BOTH_NOTE,) if pasted.strip() else ()
        name = PurePath(file.filename.replace("\\", "/")).name or "a file"
        return await file.read(MAX_BYTES + 1), name, notes
    text = pasted.replace("\r\n", "\n")
    return text.encode("utf-8", "surrogatepass"), PASTED, ()


def _show_form(request: Request, shown: dict[str, Any], *, status: int = 200) -> Response:
    usual = {"error": None, "pasted": "", "quotations": False}
    articles = room_of(request).store.counts().articles
    given = {"articles": articles, "kinds": _list_kinds(), **usual, **shown}
    return show_page(request, "verify.html", status=status, **given)


def _list_kinds() -> list[dict[str, Any]]:
    """What a verdict can be: how it is marked, and what it means."""
    return [
        {
            "word": KIND_WORDS[kind],
            "meaning": KIND_MEANINGS[kind],
            "marks": f"{line_of(kind)} {hue_of(kind)}",
            "fails": kind in FAILING,
        }
        for kind in KINDS
    ]


def _read_page(request: Request, made: Verified) -> int:
    wanted = request.query_params.get("page", "")
    number = int(wanted) if re.fullmatch("[0-9]{1,4}", wanted, re.ASCII) else 1
    if not 1 <= number <= len(made.pages):
        raise QueryError(f"There is no page {wanted:.20}.", cure=f"The verdicts have {len(made.pages)}.")
    return number


def _lead_to_record(one: Evidence) -> str:
    """Where the article of an evidence is read, opened at its statement."""
    return f"/articles/{one.article_id}" + (f"?statement={one.statement_id}" if one.statement_id else "")


ROUTES: list[BaseRoute] = [
    Route("/verify", show_form),
    Route("/verify", verify_draft, methods=["POST"]),
    Route("/verify/{report_id}", show_report),
    Route("/verify/{report_id}/export", export_report),
]
