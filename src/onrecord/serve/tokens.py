"""Tokens: what came with a request in, what its sender may do out; whoever guesses is kept waiting."""

import hashlib
import hmac
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from onrecord.serve.faults import RefusedError
from onrecord.serve.settings import Right, Settings

# In the scope of a request, set by guards.py.
TOKENS = "onrecord.tokens"
# Different wrong tokens that one address may send in so many seconds. A token that was made here has 256
# bits: this is for those that people think up.
MOST_WRONG, WINDOW = 10, 60.0
MOST_ADDRESSES = 10_000
KEPT_SECONDS = 30 * 24 * 3600


class Tokens:
    """The tokens of a room, and who sent wrong ones lately."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._clock = clock
        self._wrong: OrderedDict[str, dict[bytes, float]] = OrderedDict()

    @property
    def cookie(self) -> str:
        """The name of the cookie; with that prefix a browser takes it over TLS alone (RFC 6265bis)."""
        return "__Host-onrecord_token" if self.settings.secure else "onrecord_token"

    def find_right(self, headers: Headers, address: str) -> Right | None:
        """What the token that came with a request allows; None where it came with none of ours.

        Raises `RefusedError` where too many wrong ones came from this address.
        """
        if not self.settings.tokens:
            return self._allow("write")
        sent = self._read_sent(headers)
        return self.try_token(sent, address) if sent else None

    def try_token(self, sent: str, address: str) -> Right | None:
        """What a token allows, None where it is none of ours; raises `RefusedError` as `find_right` does."""
        caller = _network_of(address)
        self._check_patience(caller)
        given = sent.encode("utf-8", "replace")
        fits = [t.right for t in self.settings.tokens if hmac.compare_digest(t.secret.encode(), given)]
        if not fits:
            self._note_wrong(caller, given)
            return None
        return self._allow("write" if "write" in fits else "read")

    def write_cookie(self, secret: str) -> str:
        """The Set-Cookie header that keeps a token in a browser; with an empty one it is forgotten."""
        kept = f"Max-Age={KEPT_SECONDS if secret else 0}"
        secure = "; Secure" if self.settings.secure else ""
        return f"{self.cookie}={secret}; Path=/; {kept}; HttpOnly; SameSite=Strict{secure}"

    def _allow(self, right: Right) -> Right:
        return "read" if self.settings.read_only else right

    def _read_sent(self, headers: Headers) -> str:
        """The token of the Authorization header, else of the cookie."""
        scheme, _, sent = headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer":
            return sent.strip()
        return cookie_parser(headers.get("cookie", "")).get(self.cookie, "").strip()

    def _check_patience(self, caller: str) -> None:
        recent = self._wrong.get(caller)
        if recent is None:
            return
        now = self._clock()
        for given in [given for given, at in recent.items() if now - at > WINDOW]:
            del recent[given]
        if len(recent) >= MOST_WRONG:
            raise RefusedError(
                HTTPStatus.TOO_MANY_REQUESTS,
                "Too many wrong tokens came from your address.",
                cure=f"Wait {WINDOW:.0f} seconds, then try the right one.",
            )

    def _note_wrong(self, caller: str, given: bytes) -> None:
        """Remembers a wrong token, once: a page that was left open sends the same one again and again."""
        recent = self._wrong.setdefault(caller, {})
        recent[hashlib.sha256(given).digest()] = self._clock()
        self._wrong.move_to_end(caller)
        if len(self._wrong) > MOST_ADDRESSES:
            self._wrong.popitem(last=False)


def _network_of(address: str) -> str:
    """Whoever an address belongs to: of IPv6 a household has a whole /64."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((int(known), 64), strict=False))
