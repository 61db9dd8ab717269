"""What stands before every page: who asks, from where, how much they send; and what a browser may do with it.

Forms are safe against other sites by what browsers say of themselves (Sec-Fetch-Site, Origin), so no page
holds a secret; a Host that is not ours is not answered, so that no name server can lead a page here.
"""

import hmac
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.faults import RefusedError
from onrecord.serve.render import refuse
from onrecord.serve.room import RIGHT
from onrecord.serve.settings import Right, Settings

TOKEN_COOKIE = "onrecord_token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# Pages that ask for a token, and what they are drawn with.
OPEN_PATHS = ("/sign-in", "/static/")


class Guards:
    """The app behind its guards."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or refuses."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        guarded = _with_headers(send, secure=self.settings.secure)
        try:
            self._check(scope, Headers(scope=scope))
        except RefusedError as error:
            await refuse(error, scope)(scope, receive, guarded)
            return
        await self.app(scope, _limit(receive, self.settings.most_bytes), guarded)

    def _check(self, scope: Scope, headers: Headers) -> None:
        """Raises `RefusedError`; notes in the scope what whoever asks may do."""
        host = headers.get("host", "")
        if _without_port(host) not in self.settings.hosts:
            raise RefusedError(
                HTTPStatus.MISDIRECTED_REQUEST,
                f"This server is not {host!r:.200}.",
                cure="Whoever serves it can name it: onrecord serve --name.",
            )
        length = headers.get("content-length", "")
        if length.isdigit() and int(length[:19]) > self.settings.most_bytes:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_much(self.settings.most_bytes))
        right = self._find_right(headers)
        scope[RIGHT] = right or "read"
        if right is None and not scope["path"].startswith(OPEN_PATHS):
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "This record is open to those who hold a token.")
        if scope["method"] in SAFE_METHODS or scope["path"] == OPEN_PATHS[0]:
            return
        _check_origin(headers, host)
        if right != "write":
            raise RefusedError(HTTPStatus.FORBIDDEN, "This token only reads; nothing was changed.")

    def _find_right(self, headers: Headers) -> Right | None:
        """What the token that was sent allows; None where there must be one, and it is none of ours."""
        if not self.settings.tokens:
            return "write"
        scheme, _, sent = headers.get("authorization", "").partition(" ")
        if scheme.casefold() != "bearer":
            sent = _read_cookie(headers.get("cookie", ""))
        given = sent.strip().encode("utf-8", "replace")
        fits = [t.right for t in self.settings.tokens if hmac.compare_digest(t.secret.encode(), given)]
        return "write" if "write" in fits else fits[0] if fits else None


def _check_origin(headers: Headers, host: str) -> None:
    """Refuses what a page of another site had a browser send. A program that is no browser says neither.

    As in Filippo Valsorda, "Cross-Site Request Forgery" (2025), and Go's http.CrossOriginProtection.
    """
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    if site in {"same-origin", "none"}:
        return
    if site is None and (origin is None or urlsplit(origin).netloc == host):
        return
    raise RefusedError(HTTPStatus.FORBIDDEN, "This came from a page of another site; nothing was changed.")


def _without_port(host: str) -> str:
    """The name in a Host header, in lower case; an IPv6 address keeps its brackets."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name.casefold()


def _read_cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(TOKEN_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _too_much(most_bytes: int) -> str:
    return f"A request may hold {most_bytes // 1_000_000} MB, and this one holds more."


def _limit(receive: Receive, most_bytes: int) -> Receive:
    """What comes in, up to so many bytes, whatever its head said."""
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most_bytes:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_much(most_bytes))
        return message

    return limited


def _with_headers(send: Send, *, secure: bool) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            if secure:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        await send(message)

    return guarded
