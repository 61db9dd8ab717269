"""Who somebody is who judges: their name, kept by their browser; `/you`, and where a form goes afterwards."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import JudgementError
from onrecord.serve.render import show_page
from onrecord.serve.room import NAME_COOKIE, name_of, room_of, voice_of

A_YEAR = 365 * 24 * 60 * 60  # seconds
MOST_FIELDS = 60
SEE_OTHER = 303


def show_you(request: Request) -> Response:
    """Who somebody is, and the form that changes it."""
    return show_page(request, "you.html", next=own_path(request.query_params.get("next", "")), error=None)


async def keep_you(request: Request) -> Response:
    """Keeps a name, and leads back."""
    typed = await read_form(request)
    try:
        name = voice_of(typed.get("by", "")).by
    except JudgementError as error:
        return show_page(request, "you.html", status=422, next=own_path(typed.get("next", "")), error=error)
    return keep_name(lead_to(typed.get("next", ""), usual="/you"), request, name)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form that was sent; of several by one name, the last. Files are none of ours."""
    form: FormData = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


def keep_name(response: Response, request: Request, name: str) -> Response:
    """The answer, by which the browser keeps a name."""
    if name and name != name_of(request):
        response.set_cookie(
            NAME_COOKIE,
            quote(name, safe=""),
            max_age=A_YEAR,
            httponly=True,
            samesite="lax",
            secure=room_of(request).settings.secure,
        )
    return response


def ask_name(request: Request, typed: dict[str, str], error: JudgementError | None = None) -> Response:
    """The page that asks for a name, and then sends what was sent."""
    kept = {name: value for name, value in typed.items() if name != "by"}
    return show_page(request, "who.html", status=422, typed=kept, error=error)


def lead_to(wanted: str, *, usual: str = "/", **told: str) -> Response:
    """A way to a page of ours, with these words in its address; another site's address is none."""
    address = own_path(wanted) or usual
    parts = urlsplit(address)
    pairs = [*_others(parts.query, told), *((name, value) for name, value in told.items() if value)]
    query = urlencode(pairs, errors="replace")
    where = f"{parts.path}{f'?{query}' if query else ''}{f'#{parts.fragment}' if parts.fragment else ''}"
    return RedirectResponse(where, status_code=SEE_OTHER)


def _others(query: str, told: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from (pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in told)


def own_path(wanted: str) -> str:
    """The address where it is a path of this site; else ""."""
    is_path = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_path and wanted.isprintable() and "\\" not in wanted and len(wanted) < 8_000 else ""


ROUTES: list[BaseRoute] = [
    Route("/you", show_you, methods=["GET"]),
    Route("/you", keep_you, methods=["POST"]),
]
