"""How a reading room is served: to whom, behind what, and how much it takes."""

import re
from dataclasses import dataclass, field
from typing import Literal

from onrecord.ingest.capture import MAX_BYTES

Right = Literal["read", "write"]
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
MOST_FILES = 1_000  # in one drop
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})  # they change nothing (RFC 9110, 9.2.1)
SHORTEST_SECRET = 16
# What a cookie and a header can hold as it is (RFC 6265, RFC 6750).
SECRET = re.compile(r"[A-Za-z0-9._~+/=-]{16,500}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A secret that opens the room, and what its holder may do; `write` also reads."""

    secret: str = field(repr=False)
    right: Right

    def __post_init__(self) -> None:
        if not SECRET.fullmatch(self.secret):
            raise ValueError(
                f"A token has {SHORTEST_SECRET} to 500 letters and digits of English, or any of ._~+/=- too."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`hosts` are the names that requests may ask for, as in the Host header without a port: a page of
    another site that a name server leads here names another.

    With no `tokens` whoever reaches the server may do all: right on one's own machine alone. `secure` says
    that readers come over TLS, here or at a proxy in front. With `fetch`, addresses that a person gives are
    fetched; otherwise nothing ever is. With `read_only` nobody changes anything. `most_bytes` is the most
    that one request may send.
    """

    hosts: frozenset[str] = LOCAL_HOSTS
    tokens: tuple[Token, ...] = ()
    secure: bool = False
    fetch: bool = True
    read_only: bool = False
    most_bytes: int = 4 * MAX_BYTES
