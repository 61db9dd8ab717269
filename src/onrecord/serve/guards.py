"""What stands before every page: who asks, from where, how much they send; and what a browser may do with it.

Forms are safe against other sites by what browsers say of themselves (Sec-Fetch-Site, Origin), so no page
holds a secret; a Host that is not ours is not answered, so that no name server can lead a page here.
"""

from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.faults import RefusedError
from onrecord.serve.incoming import check_letters, count_most, limit, tell_too_much
from onrecord.serve.render import refuse
from onrecord.serve.room import RIGHT
from onrecord.serve.settings import SAFE_METHODS, Right, Settings
from onrecord.serve.tokens import TOKENS, Tokens

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With "no-referrer" a browser would say "Origin: null" of our own forms (Fetch Standard, 3.2).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# What is open without a token: the page that asks for one, and what it is drawn with.
SIGN_PATHS = frozenset({"/sign-in", "/sign-out"})
STATIC_PATH = "/static/"
# What is sent as a form and changes nothing of the record: whoever may read may do it.
READING_PATHS = SIGN_PATHS | {"/verify", "/api/verify", "/you"}
NOT_WRITTEN = {
    True: "This record is served to be read only; nothing was changed.",
    False: "This token only reads; nothing was changed.",
}


# Of a request's address and headers: a question of the search page has some thousand characters at most.
LONGEST_HEAD = 32_768


class Guards:
    """The app behind its guards."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.tokens = Tokens(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or refuses."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:  # a web socket: there are none here
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = _Guarded(send, secure=self.settings.secure)
        try:
            self._check(scope, Headers(scope=scope))
            most_bytes = count_most(scope["path"], self.settings.most_bytes)
            await self.app(scope, limit(receive, most_bytes), guarded)
        except RefusedError as error:
            if guarded.is_begun:  # what was refused is the rest of a body that nobody waited for
                raise
            await refuse(error, scope)(scope, receive, guarded)

    def _check(self, scope: Scope, headers: Headers) -> None:
        """Raises `RefusedError`; notes in the scope what whoever asks may do."""
        scope[RIGHT], scope[TOKENS] = "read", self.tokens
        host = headers.get("host", "")
        if _without_port(host) not in self.settings.hosts:
            raise RefusedError(
                HTTPStatus.MISDIRECTED_REQUEST,
                f"This server is not {host!r:.200}.",
                cure="Whoever serves it can name it: onrecord serve --name.",
            )
        if _count_head(scope) > LONGEST_HEAD:
            raise RefusedError(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"The address and headers of a request may have {LONGEST_HEAD:,} bytes, and these have more.",
                cure="Ask for less at once, or delete the cookies of this site.",
            )
        self._check_body(scope["path"], headers)
        _check_site(scope["method"], headers, self._origin_of(host))
        path = scope["path"]
        if path.startswith(STATIC_PATH):
            return
        right = None if path in SIGN_PATHS else self.tokens.find_right(headers, _address_of(scope))
        scope[RIGHT] = right or "read"
        if path not in SIGN_PATHS:
            self._check_right(
                right, changes=scope["method"] not in SAFE_METHODS and path not in READING_PATHS
            )

    def _check_body(self, path: str, headers: Headers) -> None:
        most_bytes, length = count_most(path, self.settings.most_bytes), headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:19]) > most_bytes:
            raise tell_too_much(most_bytes)
        check_letters(headers.get("content-type", ""))

    def _check_right(self, right: Right | None, *, changes: bool) -> None:
        if right is None:
            raise RefusedError(
                HTTPStatus.UNAUTHORIZED,
                "This record is open to those who hold a token.",
                cure="Sign in with one, or send it: Authorization: Bearer TOKEN.",
            )
        if changes and right != "write":
            raise RefusedError(HTTPStatus.FORBIDDEN, NOT_WRITTEN[self.settings.read_only])

    def _origin_of(self, host: str) -> str:
        """What browsers call the pages of this server when they are asked for at this host."""
        return f"{'https' if self.settings.secure else 'http'}://{host}".casefold()


def _check_site(method: str, headers: Headers, own: str) -> None:
    """Refuses what a page of another site had a browser send. A program that is no browser says neither.

    As in Filippo Valsorda, "Cross-Site Request Forgery" (2025), and Go's http.CrossOriginProtection. Other
    pages may lead a reader here, and no more: none may draw an image or a script from here either.
    """
    site = headers.get("sec-fetch-site")
    if site in {"same-origin", "none"}:
        return
    if method in SAFE_METHODS:
        if site is None or headers.get("sec-fetch-mode") == "navigate":
            return
    elif site is None and headers.get("origin", own).casefold() == own:
        return
    raise RefusedError(HTTPStatus.FORBIDDEN, "This came from a page of another site; nothing was changed.")


def _without_port(host: str) -> str:
    """The name in a Host header, in lower case; an IPv6 address keeps its brackets."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isascii() and port.isdigit() else host).casefold()


def _count_head(scope: Scope) -> int:
    """How many bytes the address and the headers of a request have."""
    own = len(scope.get("raw_path") or b"") + len(scope.get("query_string", b""))
    return own + sum(len(name) + len(value) for name, value in scope["headers"])


def _address_of(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


class _Guarded:
    """Sends with the headers that every answer has; tells whether an answer is begun."""

    def __init__(self, send: Send, *, secure: bool) -> None:
        self._send = send
        self._secure = secure
        self.is_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.is_begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            if self._secure:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        await self._send(message)
