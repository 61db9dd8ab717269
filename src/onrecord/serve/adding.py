"""Adding in a browser: what was dropped in, pasted or named in, the page of how far it is out."""

from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import QueryError
from onrecord.serve.drops import Drop
from onrecord.serve.faults import RefusedError
from onrecord.serve.intake import Intake, Intakes
from onrecord.serve.render import show_fragment, show_page
from onrecord.serve.room import right_of, room_of
from onrecord.serve.settings import MOST_FILES

MOST_SHOWN = 200  # articles on the page of a drop, the last ones
MOST_FIELDS = 20


async def add(request: Request) -> Response:
    """Begins to add what a form holds, and leads to the page that shows how far it is."""
    room = room_of(request)
    drop = Drop()
    try:
        sizes = {"max_files": MOST_FILES, "max_fields": MOST_FIELDS}
        async with request.form(**sizes, max_part_size=room.settings.most_bytes) as form:
            await run_in_threadpool(fill_drop, drop, form, room.intakes)
        intake = await run_in_threadpool(room.intakes.start, drop)
    except OSError as error:
        drop.discard()
        raise _explain_disk(error) from error
    except BaseException:
        drop.discard()
        raise
    return _lead_to(intake)


def fill_drop(drop: Drop, form: FormData, intakes: Intakes) -> None:
    """Puts what a form holds into a drop; raises `InputError`, `OSError`."""
    for upload in form.getlist("files"):
        if isinstance(upload, UploadFile) and (upload.filename or upload.size):
            drop.add_file(upload.filename or "", upload.file)
    words = {name: _words(form, name) for name in ("text", "title", "url", "published", "addresses")}
    if words["text"].strip():
        told = {name: words[name].strip() for name in ("title", "url", "published")}
        drop.add_text(words["text"], **told)
    drop.add_addresses(words["addresses"], intakes.crawl)
    if _words(form, "samples"):
        drop.add_samples()


def show_adding(request: Request) -> Response:
    """The page of one drop."""
    intake = _find(request)
    return show_page(request, "adding.html", **_view(request, intake))


def show_adding_now(request: Request) -> Response:
    """How far one drop is, with what came of it after so many articles."""
    intake = _find(request)
    after = request.query_params.get("after", "0")
    if not (after.isascii() and after.isdigit()):
        raise QueryError(f"after {after:.40} is no number.", cure="Give how many articles are shown.")
    return show_fragment("_adding.html", **_view(request, intake, after=int(after[:9])))


def show_all(request: Request) -> Response:
    """The drops of this server, the newest first."""
    return show_page(request, "drops.html", intakes=room_of(request).intakes.recent())


def show_running(request: Request) -> Response:
    """The drops that wait or run, for the first page."""
    return show_fragment("_running.html", running=room_of(request).intakes.running())


async def stop(request: Request) -> Response:
    """Stops a drop; what was read is kept."""
    intakes = room_of(request).intakes
    return _lead_to(await run_in_threadpool(intakes.stop, request.path_params["intake_id"]))


def show_form(_: Request) -> Response:
    """Where the form is."""
    return RedirectResponse("/#add", status_code=303)


def _find(request: Request) -> Intake:
    return room_of(request).intakes.find(request.path_params["intake_id"])


def _view(request: Request, intake: Intake, after: int = 0) -> dict[str, Any]:
    """What the page of a drop shows; the state is taken first, so that the last article is never missed."""
    is_over = intake.is_over
    outcomes = intake.outcomes(after)[-MOST_SHOWN:]
    return {
        "intake": intake,
        "is_over": is_over,
        "outcomes": outcomes[::-1],
        "earlier": (outcomes[0].number - 1 if outcomes else 0) if not after else 0,
        "can_stop": right_of(request) == "write" and not is_over,
    }


def _words(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _lead_to(intake: Intake) -> Response:
    return RedirectResponse(f"/adding/{intake.intake_id}", status_code=303)


def _explain_disk(error: OSError) -> RefusedError:
    return RefusedError(
        HTTPStatus.INSUFFICIENT_STORAGE,
        f"The files could not be kept until they are read: {error.strerror or type(error).__name__}.",
        cure="Make room on the disk, or give fewer files at once.",
    )


ROUTES: list[BaseRoute] = [
    Route("/add", add, methods=["POST"]),
    Route("/add", show_form),
    Route("/adding", show_all),
    Route("/adding/now", show_running),
    Route("/adding/{intake_id}", show_adding),
    Route("/adding/{intake_id}/now", show_adding_now),
    Route("/adding/{intake_id}/stop", stop, methods=["POST"]),
]
