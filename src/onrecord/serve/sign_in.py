"""Signing in: a token in, a cookie that only the server reads out; and signing out."""

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.serve.render import show_page
from onrecord.serve.room import room_of
from onrecord.serve.tokens import TOKENS, Tokens

LONGEST_PATH = 2_000
WRONG = "This is no token of this room. Mind capital letters; nothing else may stand before or after it."


def show_sign_in(request: Request) -> Response:
    """The form; where no token is asked for, the way on."""
    onward = own_path(request.query_params.get("next", ""))
    if not room_of(request).settings.tokens:
        return RedirectResponse(onward, HTTPStatus.SEE_OTHER)
    return _show_form(request, onward, signed_out="out" in request.query_params)


async def sign_in(request: Request) -> Response:
    """On to the page that was wanted, with the cookie, where the token is one of ours."""
    form = await request.form(max_files=0, max_fields=10)
    onward, sent = own_path(_read(form.get("next"))), _read(form.get("token")).strip()
    tokens: Tokens = request.scope[TOKENS]
    if not tokens.settings.tokens:
        return RedirectResponse(onward, HTTPStatus.SEE_OTHER)
    address = request.client.host if request.client else ""
    if not sent or tokens.try_token(sent, address) is None:
        return _show_form(request, onward, wrong=WRONG)
    answer = RedirectResponse(onward, HTTPStatus.SEE_OTHER)
    answer.headers["set-cookie"] = tokens.write_cookie(sent)
    return answer


def sign_out(request: Request) -> Response:
    """The form again; the browser forgets the token, and all else that it keeps of this room."""
    tokens: Tokens = request.scope[TOKENS]
    answer = RedirectResponse("/sign-in?out=1", HTTPStatus.SEE_OTHER)
    answer.headers["set-cookie"] = tokens.write_cookie("")
    answer.headers["clear-site-data"] = '"cache"'
    return answer


def own_path(wanted: str) -> str:
    """The path where it is one of this server, else that of the first page.

    Browsers read a backslash as a slash and pass over tabs and line breaks: "/\\host" leads to another host.

    >>> own_path("/articles?after=2"), own_path("//elsewhere.example/"), own_path("https://elsewhere.example")
    ('/articles?after=2', '/', '/')
    """
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    is_own = (
        wanted.startswith("/")
        and not wanted.startswith("//")
        and "\\" not in wanted
        and wanted.isprintable()
        and len(wanted) <= LONGEST_PATH
        and not (parts.scheme or parts.netloc)
        and not parts.path.startswith("/sign-")
    )
    return wanted if is_own else "/"


def _show_form(request: Request, onward: str, *, wrong: str = "", signed_out: bool = False) -> Response:
    status = HTTPStatus.FORBIDDEN if wrong else HTTPStatus.OK
    return show_page(request, "sign_in.html", status=status, next=onward, wrong=wrong, signed_out=signed_out)


def _read(value: object) -> str:
    return value if isinstance(value, str) else ""


ROUTES: list[BaseRoute] = [
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
]
