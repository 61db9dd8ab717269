"""Pages: a template and what it shows in, HTML out. Whatever an article holds stays text.

Jinja escapes all; the filter `words` is for words of strangers between tags: hidden and direction characters
are shown there, and do nothing. In attributes the filter is `line`.
"""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from onrecord.errors import OnrecordError
from onrecord.export.base import dump_json
from onrecord.export.dates import show_moment, show_said
from onrecord.export.html_text import count_words, escape_text, show_text
from onrecord.export.visible import show_line
from onrecord.serve.faults import status_of
from onrecord.serve.room import name_of, right_of
from onrecord.serve.static import name_static

RETRY = {"Retry-After": "60"}  # seconds


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["words"] = lambda text: Markup(show_text(text or ""))
    environment.filters["plain"] = lambda text: Markup(escape_text(text or ""))
    environment.filters["line"] = lambda text: show_line(text or "")
    environment.filters["count"] = count_words
    environment.filters["urlencode"] = _encode_for_address
    environment.filters["moment"] = lambda value: show_moment(value or "")
    environment.globals["show_said"] = show_said
    environment.globals["static"] = name_static
    return environment


def _encode_for_address(value: str | dict[str, str]) -> str:
    """As Jinja's own filter, of words that hold half of a surrogate pair too."""
    if isinstance(value, str):
        return quote(value, safe="/", errors="replace")
    return urlencode(value, errors="replace")


def show_page(
    request: Request, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **shown: Any
) -> Response:
    """The page that a template makes of these."""
    given = {
        "path": request.url.path,
        "may_write": right_of(request) == "write",
        "own_name": name_of(request),
        "has_tokens": bool(request.app.state.room.settings.tokens),
    }
    page = _environment().get_template(template).render({**given, **shown})
    return HTMLResponse(page.encode("utf-8", "replace"), status_code=status, headers=headers)


def show_fragment(template: str, **shown: Any) -> Response:
    """A part of a page, for a script to put into one."""
    page = _environment().get_template(template).render(shown)
    return HTMLResponse(page.encode("utf-8", "replace"))


def refuse(error: OnrecordError, scope: Scope) -> Response:
    """What a request is answered with that is not let in, or that went wrong before there was a page."""
    status = status_of(error)
    if is_of_api(scope):
        return answer_error(error)
    if status == HTTPStatus.UNAUTHORIZED:
        return Response(status_code=HTTPStatus.SEE_OTHER, headers={"location": _ask_token(scope)})
    page = _environment().get_template("refused.html").render(error=error, status=status)
    headers = RETRY if status == HTTPStatus.TOO_MANY_REQUESTS else None
    return HTMLResponse(page.encode("utf-8", "replace"), status_code=status, headers=headers)


def is_of_api(scope: Scope) -> bool:
    """Whether a program asks: all below /api/ but the page that tells people of it."""
    path: str = scope["path"]
    return path.startswith("/api/") and path != "/api/"


def _ask_token(scope: Scope) -> str:
    """The address of the page that asks for a token, and leads on to the page that was asked for."""
    if scope["method"] != "GET" or scope["path"] == "/":
        return "/sign-in"
    words = scope.get("query_string", b"").decode("latin-1")
    wanted = scope["path"] + (f"?{words}" if words else "")
    return "/sign-in?" + urlencode({"next": wanted}, errors="replace") if len(wanted) < 2_000 else "/sign-in"


def answer_error(error: OnrecordError, *, headers: Mapping[str, str] | None = None) -> Response:
    """The one shape of an error in the API."""
    status = status_of(error)
    told = {
        "kind": type(error).__name__,
        "problem": error.problem,
        "where": error.where,
        "cure": error.cure,
    }
    own = {
        HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
        HTTPStatus.TOO_MANY_REQUESTS: RETRY,
    }.get(status, {})
    body = dump_json({"ok": False, "error": told})
    return Response(
        body, status_code=status, headers={**(headers or {}), **own}, media_type="application/json"
    )
