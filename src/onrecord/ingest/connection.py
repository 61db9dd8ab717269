"""One request over urllib3: an address and its checked number go in, status and body come out.

What a host can do to us is bounded here: how long it may take, how much it may send, and how much
that may become when it is unpacked. No proxy is taken from the environment, since a proxy would
resolve the name again by itself and so undo the check of the number.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata

import urllib3
from urllib3 import exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import BaseHTTPResponse, HTTPResponse

from onrecord.errors import FetchError, UnreachableError
from onrecord.ingest.addresses import WebAddress

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9, application/xml;q=0.8, */*;q=0.5"
STEP_BYTES = 64 * 1024
MOST_HOSTS = 32  # pools kept open; the one unused for longest is closed first


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one fetch may cost. Sizes are of the body, as sent (`sent_bytes`) and unpacked (`body_bytes`).

    `read_seconds` bounds each silence of the host, and its whole header; `total_seconds` all of a
    fetch with its redirects, beside the pauses between pages. `pace_seconds` is the least pause
    between two pages of one host, `longest_pace_seconds` the longest that a robots.txt can ask for.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    sent_bytes: int = 20_000_000
    body_bytes: int = 50_000_000
    redirects: int = 5
    pace_seconds: float = 1.0
    longest_pace_seconds: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a host answered; the body is read for status 200 alone."""

    status: int
    content_type: str
    location: str | None
    retry_after: str | None
    body: bytes


@cache
def user_agent() -> str:
    """The name that hosts see: "onrecord/0.1.0"."""
    try:
        return f"onrecord/{metadata.version('onrecord')}"
    except metadata.PackageNotFoundError:
        return "onrecord"


class _TimedHTTP(HTTPConnection):
    """A connection whose host has `timeout` seconds for its whole header, not for each byte of it."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3 itself
        with _cut_after(self.timeout, lambda: self.sock.shutdown(socket.SHUT_RDWR)):
            return super().getresponse()


class _TimedHTTPS(HTTPSConnection):
    """The same, safely."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3 itself
        with _cut_after(self.timeout, lambda: self.sock.shutdown(socket.SHUT_RDWR)):
            return super().getresponse()


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _TimedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _TimedHTTPS


def open_pools() -> urllib3.PoolManager:
    """Pools of connections, empty at first, for `request`; they are closed by their `clear`."""
    pools = urllib3.PoolManager(num_pools=MOST_HOSTS, retries=False)
    pools.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}
    return pools


def request(
    pools: urllib3.PoolManager,
    address: WebAddress,
    numbers: tuple[str, ...],
    *,
    limits: FetchLimits,
    seconds: float,
) -> Answer:
    """The answer to a GET of the address, from the first of its checked numbers that takes a connection.

    Raises `UnreachableError` where none does or the seconds are over, `FetchError` for an answer
    that breaks a limit or HTTP itself.
    """
    ends_at = time.monotonic() + seconds
    for number in numbers[:-1]:
        with contextlib.suppress(exceptions.NewConnectionError, exceptions.ConnectTimeoutError):
            return _ask(pools, address, number, limits, ends_at)
    try:
        return _ask(pools, address, numbers[-1], limits, ends_at)
    except (exceptions.NewConnectionError, exceptions.ConnectTimeoutError) as error:
        raise _explain(error, address) from error


def _ask(
    pools: urllib3.PoolManager, address: WebAddress, number: str, limits: FetchLimits, ends_at: float
) -> Answer:
    """As `request`, of one number; errors that another number might cure pass as they are."""
    try:
        response = _send(pools, address, number, limits, _left(ends_at, address))
        with _cut_after(_left(ends_at, address), response.shutdown):
            body = _read_body(response, address, limits, ends_at) if response.status == 200 else b""
    except (exceptions.NewConnectionError, exceptions.ConnectTimeoutError):
        raise
    except (exceptions.HTTPError, TimeoutError) as error:
        raise _too_late(address) if time.monotonic() >= ends_at else _explain(error, address) from error
    if response.status != 200:
        response.close()  # what it would still send is not waited for
    return Answer(
        status=response.status,
        content_type=response.headers.get("Content-Type", ""),
        location=response.headers.get("Location") if response.status in REDIRECTS else None,
        retry_after=response.headers.get("Retry-After"),
        body=body,
    )


def _send(
    pools: urllib3.PoolManager, address: WebAddress, number: str, limits: FetchLimits, left: float
) -> BaseHTTPResponse:
    """The beginning of the answer. We connect to the number; the name must be certified."""
    named = address.scheme == "https" and not address.is_number
    pool = pools.connection_from_host(
        f"[{number}]" if ":" in number else number,
        address.port,
        address.scheme,
        pool_kwargs={"server_hostname": address.host} if named else None,
    )
    accepted = urllib3.util.make_headers(accept_encoding=True)["accept-encoding"]
    return pool.urlopen(
        "GET",
        address.target,
        headers={
            "Host": address.authority,
            "User-Agent": user_agent(),
            "Accept": ACCEPT,
            "Accept-Encoding": accepted,
        },
        redirect=False,
        retries=False,
        preload_content=False,
        timeout=urllib3.Timeout(total=left, connect=limits.connect_seconds, read=limits.read_seconds),
    )


def _read_body(response: BaseHTTPResponse, address: WebAddress, limits: FetchLimits, ends_at: float) -> bytes:
    """The body, unpacked step by step, so that it never gets further than a step past a limit."""
    body = bytearray()
    try:
        with contextlib.suppress(ValueError):  # a header of nonsense: the bytes are counted as they come
            _check_size(int(response.headers.get("Content-Length", 0)), limits.sent_bytes, "sends", address)
        while step := response.read1(STEP_BYTES):
            body += step
            _check_size(response.tell(), limits.sent_bytes, "sends", address)
            _check_size(len(body), limits.body_bytes, "unpacks to", address)
            _left(ends_at, address)
    except BaseException:
        response.close()
        raise
    return bytes(body)


def _check_size(size: int, most: int, verb: str, address: WebAddress) -> None:
    if size > most:
        raise FetchError(
            f"The answer {verb} more than {most:,} bytes, which no page needs.",
            where=address.url,
            cure="Save it in another way and give the file, or raise the limit.",
        )


@contextlib.contextmanager
def _cut_after(seconds: float | None, cut: Callable[[], object]) -> Iterator[None]:
    """Cuts the connection from beside when the seconds are over: bytes that drip reset every other clock.

    Then it raises `TimeoutError`, also where what was cut off looks whole.
    """
    is_cut = threading.Event()

    def run() -> None:
        is_cut.set()
        with contextlib.suppress(OSError, ValueError, RuntimeError, AttributeError):  # gone already
            cut()

    timer = threading.Timer(seconds or 0.0, run)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if is_cut.is_set():
            raise TimeoutError("the time was over") from error
        raise
    finally:
        timer.cancel()
    if is_cut.is_set():
        raise TimeoutError("the time was over")


def _left(ends_at: float, address: WebAddress) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise _too_late(address)
    return left


def _too_late(address: WebAddress) -> UnreachableError:
    return UnreachableError(
        "The page was not whole when its time was over.",
        where=address.url,
        cure="Try again later, or allow more time.",
    )


def _explain(error: Exception, address: WebAddress) -> FetchError:
    """Our error for one of urllib3; the first that fits, so the special stand before the general."""
    kinds: tuple[tuple[type[Exception], type[FetchError], str, str], ...] = (
        (exceptions.SSLError, UnreachableError, "The connection is not safe: {}.",
         "Look at the page in a browser; onrecord goes no way around a certificate that does not fit."),
        (exceptions.NewConnectionError, UnreachableError, "The host takes no connection: {}.",
         "Check the address and your connection, or try again later."),
        (exceptions.ConnectTimeoutError, UnreachableError, "The host takes no connection in time.",
         "Try again later."),
        (exceptions.ReadTimeoutError, UnreachableError, "The host fell silent before its answer was whole.",
         "Try again later."),
        (exceptions.DecodeError, FetchError, "The body is not packed as its header says: {}.",
         "Save the page from a browser and give the file."),
        (Exception, UnreachableError, "The host broke off, or speaks no HTTP: {}.",
         "Try again later."),
    )  # fmt: skip
    kind, problem, cure = next(k[1:] for k in kinds if isinstance(error, k[0]))
    return kind(problem.format(_reason(error)), where=address.url, cure=cure)


def _reason(error: BaseException) -> str:
    """The innermost reason, in the words of the library or system that gave it."""
    inner = error.__cause__ or error.__context__
    if inner is not None and inner is not error and not isinstance(inner, KeyError):
        return _reason(inner)
    return (getattr(error, "strerror", None) or str(error)).rstrip(".")
