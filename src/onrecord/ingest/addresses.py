"""Addresses of pages: a URL goes in, what to ask and at which numbers comes out, or a refusal.

A name is resolved once, all of its numbers are checked, and the connection goes to a checked number:
what the name resolves to a moment later changes nothing. Beside `connection.py` and `fetch.py` this
is the only module of onrecord that may open a socket, and it opens one to ask for names alone.
"""

import contextlib
import ipaddress
import queue
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from onrecord.errors import RefusedAddressError, UnreachableError

PORTS = {"http": 80, "https": 443}
LONGEST_URL_CHARS = 8_000  # what servers are asked to take at the least (RFC 9110, section 4.1)

# The special-purpose registries of IANA, without the blocks that are reached like any other.
_SPECIAL_V4 = tuple(
    (ipaddress.IPv4Network(network), words)
    for network, words in (
        ("0.0.0.0/8", "this host itself"),
        ("10.0.0.0/8", "in a private network"),
        ("100.64.0.0/10", "in a network shared behind a provider"),
        ("127.0.0.0/8", "this machine itself"),
        ("169.254.0.0/16", "on the local link, where clouds keep their secrets"),
        ("172.16.0.0/12", "in a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "kept for examples"),
        ("192.88.99.0/24", "a relay no longer in use"),
        ("192.168.0.0/16", "in a private network"),
        ("198.18.0.0/15", "in a network of benchmarks"),
        ("198.51.100.0/24", "kept for examples"),
        ("203.0.113.0/24", "kept for examples"),
        ("224.0.0.0/4", "a multicast group"),
        ("240.0.0.0/4", "reserved"),
    )
)
_SPECIAL_V6 = tuple(
    (ipaddress.IPv6Network(network), words)
    for network, words in (
        ("::/128", "this host itself"),
        ("::1/128", "this machine itself"),
        ("fc00::/7", "in a private network"),
        ("fe80::/10", "on the local link"),
        ("ff00::/8", "a multicast group"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "kept for examples"),
        ("2002::/16", "behind a relay no longer in use"),  # 6to4
        ("3fff::/20", "kept for examples"),
    )
)
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")  # all that is given out as global unicast so far
_MAPPED_V4 = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\Z")
# A name whose last part is a number is an address in an old spelling (WHATWG URL, section 3.5).
_ODD_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\Z")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_KEPT_IN_TARGET = "%/:=&~+!$,;'@()*[]|?"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """An address of http or https: the host in ASCII, `target` the path and query to ask for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a Host header writes them: the scheme's own port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """What one robots.txt speaks for: scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address, in ASCII, without a fragment."""
        return self.origin + self.target

    @property
    def is_number(self) -> bool:
        """Whether the host is a number and not a name."""
        return _as_number(self.host) is not None


def parse_address(url: str) -> WebAddress:
    """The address that a URL names; raises `RefusedAddressError` where it is not plainly one of the web."""
    given = url.strip()
    if _CONTROLS.search(given) or len(given) > LONGEST_URL_CHARS:
        raise _refuse(repr(given[:80]), "This is no address: it is too long or has control characters in it")
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError as error:
        raise _refuse(given, f"This is no address ({error})") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise _refuse(given, "Only addresses that begin with http:// or https:// are fetched")
    if "@" in parts.netloc or "\\" in parts.netloc:
        raise _refuse(given, "The address has a user name, a password or a backslash before its path")
    target = quote(parts.path or "/", safe=_KEPT_IN_TARGET.replace("?", ""))
    if parts.query:
        target += "?" + quote(parts.query, safe=_KEPT_IN_TARGET)
    host = _read_host(parts.hostname or "", given)
    return WebAddress(scheme=scheme, host=host, port=PORTS[scheme] if port is None else port, target=target)


def join_address(base: WebAddress, location: str) -> WebAddress:
    """The address that a redirect leads to; its bytes may be UTF-8 that was taken for Latin-1."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        joined = urljoin(base.url, location.strip())
    except ValueError as error:
        raise _refuse(location, f"This is no address ({error})") from error
    return parse_address(joined)


def resolve_address(address: WebAddress, *, private: bool = False, seconds: float = 10.0) -> tuple[str, ...]:
    """The numbers of the host, each of them checked.

    Raises `RefusedAddressError` where any of them is not public and `private` was not asked for, and
    `UnreachableError` where the name is unknown or is not answered for in these seconds.
    """
    if not private and (address.host == "localhost" or address.host.endswith(".localhost")):
        raise _refuse_private(address, address.host, "this machine itself")
    numbers = (address.host,) if address.is_number else _look_up(address, seconds)
    for number in numbers if not private else ():
        words = name_special(number)
        if words:
            raise _refuse_private(address, number, words)
    return numbers


def name_special(number: str) -> str | None:
    """What an IP address is kept for, in words; None for one of the public network.

    IPv4 addresses inside IPv6 ones (mapped, NAT64) are judged as themselves.
    """
    found = _as_number(number)
    if found is None:
        return "no address that is known"
    if isinstance(found, ipaddress.IPv6Address):
        inner = _inner_v4(found)
        if inner is None:
            unknown = None if found in _PUBLIC_V6 else "outside the public network"
            return next((words for network, words in _SPECIAL_V6 if found in network), unknown)
        found = inner
    return next((words for network, words in _SPECIAL_V4 if found in network), None)


def _inner_v4(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    is_inside = number in _MAPPED_V4 or number in _NAT64
    return ipaddress.IPv4Address(number.packed[12:]) if is_inside else None


def _as_number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _read_host(host: str, url: str) -> str:
    """The host in small ASCII letters, without a dot at its end."""
    if ":" in host:
        if "%" in host or _as_number(host) is None:
            raise _refuse(url, f"{host!r} is no address of a host")
        return str(_as_number(host))
    if not host.isascii():
        host = _encode_name(host, url)
    host = host.removesuffix(".")
    if not _HOST.match(host):
        raise _refuse(url, f"{host!r} is no name of a host")
    if _ODD_NUMBER.match(host) and _as_number(host) is None:
        raise _refuse(url, f"The host {host!r} is a number in a spelling that hides where it leads")
    return host


def _encode_name(host: str, url: str) -> str:
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except idna.IDNAError as error:
        raise _refuse(url, f"{host!r} is no name of a host ({error})") from error


def _look_up(address: WebAddress, seconds: float) -> tuple[str, ...]:
    """Asks for the name on a thread, since nothing else can stop a resolver that does not answer."""
    answers: queue.SimpleQueue[tuple[str, ...] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
            answers.put(tuple(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="onrecord-names").start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        answer = TimeoutError(f"no answer in {seconds:.0f} s")
    if isinstance(answer, tuple) and answer:
        return answer
    reason = getattr(answer, "strerror", None) or str(answer or "it has none")
    raise UnreachableError(
        f"The name {address.host!r} leads to no address ({reason}).",
        where=address.url,
        cure="Check its spelling and your connection.",
    )


def _refuse(url: str, problem: str) -> RefusedAddressError:
    return RefusedAddressError(f"{problem}.", where=url, cure="Give the address as a browser shows it.")


def _refuse_private(address: WebAddress, number: str, words: str) -> RefusedAddressError:
    led = "is" if number == address.host else f"leads to {number}, which is"
    return RefusedAddressError(
        f"The host {address.host!r} {led} {words}; only public addresses are fetched.",
        where=address.url,
        cure="Ask for private addresses (--private) if it is one that you trust.",
    )
