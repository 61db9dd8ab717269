"""Pages from the web: a URL goes in, a capture of what it gave comes out, or a `FetchError`.

Nothing is fetched unless it is asked for here: no other part of onrecord opens a socket (beside
`addresses.py` and `connection.py`, which work for this one), and a test reads their imports.
"""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

from onrecord.errors import FetchError, RobotsError, StatusError
from onrecord.ingest.addresses import WebAddress, join_address, parse_address, resolve_address
from onrecord.ingest.capture import HTML_TYPES, VAGUE_TYPES, make_capture
from onrecord.ingest.connection import Answer, FetchLimits, open_pools, request
from onrecord.ingest.robots import Robots, read_robots
from onrecord.record import Capture

LIMITS = FetchLimits()
PAGE_TYPES = HTML_TYPES | VAGUE_TYPES | {"text/plain", "text/markdown"}
ROBOTS_SECONDS = 24 * 3600  # RFC 9309, section 2.4: no longer in use than a day
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CURES = {
    401: "It wants a password: save the page from a browser and give the file.",
    403: "It turns programs away: save the page from a browser and give the file.",
    404: "Check the address; the page may have moved, or be kept by a web archive.",
    410: "The page was taken down; a web archive may have kept it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave: its bytes unpacked, the address after all redirects, and when.

    `media_type` is in small letters and without parameters, "" where the host gave none; `charset`
    is what it declared; `retrieved_at` is ISO 8601 in UTC, to the second.
    """

    body: bytes
    media_type: str
    charset: str | None
    url: str
    retrieved_at: str

    @property
    def content_type(self) -> str:
        """Media type and charset as `make_capture` takes them."""
        return f"{self.media_type}; charset={self.charset}" if self.charset else self.media_type


def fetch(url: str, *, limits: FetchLimits = LIMITS, private: bool = False, robots: bool = True) -> Capture:
    """The page at the address, as a capture; see `Fetcher.fetch`."""
    with Fetcher(limits=limits, private=private, robots=robots) as fetcher:
        return fetcher.fetch(url)


class Fetcher:
    """Fetches pages of many hosts with one pool of connections, politely; for one thread at a time.

    Hosts of private networks are asked only with `private`. A host's robots.txt is read and obeyed
    unless `robots` is false, and its pages are asked for no faster than `limits` and it allow.
    """

    def __init__(self, *, limits: FetchLimits = LIMITS, private: bool = False, robots: bool = True) -> None:
        self._limits = limits
        self._private = private
        self._obeys_robots = robots
        self._pools = open_pools()
        self._robots: dict[str, tuple[float, Robots | FetchError]] = {}
        self._asked_at: dict[str, float] = {}

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections that are kept."""
        self._pools.clear()

    def fetch(self, url: str) -> Capture:
        """The page at the address, HTML or text, as a capture that bears its last address.

        Raises `FetchError`, and what `make_capture` raises for bytes that are no article's.
        """
        return capture_page(self.fetch_bytes(url))

    def fetch_bytes(self, url: str) -> Fetched:
        """What the address gives, of whatever type; raises `FetchError`, by the kinds of `errors`."""
        address, answer = self._follow(parse_address(url), is_page=True)
        if answer.status != 200:
            raise _refuse_status(address, answer)
        charset = _CHARSET.search(answer.content_type)
        return Fetched(
            body=answer.body,
            media_type=answer.content_type.partition(";")[0].strip().lower(),
            charset=charset[1] if charset else None,
            url=address.url,
            retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def _follow(self, address: WebAddress, *, is_page: bool) -> tuple[WebAddress, Answer]:
        """The last address and its answer, after redirects, each of which is checked like the first.

        Pages wait for their turn and for the leave of the host; its robots.txt does not.
        """
        left, way = self._limits.total_seconds, [address.url]
        while True:
            began = time.monotonic()
            numbers = resolve_address(address, private=self._private, seconds=max(0.0, min(10.0, left)))
            left -= time.monotonic() - began
            if is_page:
                self._ask_leave(address, waits=len(way) == 1)
            began = time.monotonic()
            answer = request(self._pools, address, numbers, limits=self._limits, seconds=left)
            left -= time.monotonic() - began
            if is_page:
                self._asked_at[address.host] = time.monotonic()
            if not answer.location:
                return address, answer
            address = join_address(address, answer.location)
            _check_way(way, address, self._limits.redirects)
            way.append(address.url)

    def _ask_leave(self, address: WebAddress, *, waits: bool) -> None:
        """Raises `RobotsError` where the host asks us to stay away; sleeps until it may be asked again."""
        pause = self._obey_robots(address) if self._obeys_robots else 0.0
        if waits:
            pause = max(self._limits.pace_seconds, min(pause, self._limits.longest_pace_seconds))
            ready_at = self._asked_at.get(address.host, -pause) + pause
            time.sleep(max(0.0, ready_at - time.monotonic()))

    def _obey_robots(self, address: WebAddress) -> float:
        """The pause that the host asks for; raises `RobotsError` where it asks us to stay away."""
        robots = self._known_robots(address)
        if isinstance(robots, FetchError):
            raise type(robots)(robots.problem, where=address.url, cure=robots.cure) from robots
        if not robots.allows(address.url):
            raise RobotsError(
                "The robots.txt of the host asks programs not to read this page.",
                where=address.url,
                cure="Save the page from a browser and give the file, or ask to ignore it (--ignore-robots).",
            )
        return robots.pause_seconds()

    def _known_robots(self, address: WebAddress) -> Robots | FetchError:
        read_at, robots = self._robots.get(address.origin, (0.0, None))
        if robots is None or time.monotonic() - read_at > ROBOTS_SECONDS:
            robots = self._read_robots(address)
            self._robots[address.origin] = (time.monotonic(), robots)
        return robots

    def _read_robots(self, address: WebAddress) -> Robots | FetchError:
        """RFC 9309, section 2.3.1: a missing file allows everything, one that cannot be had nothing."""
        try:
            _, answer = self._follow(join_address(address, "/robots.txt"), is_page=False)
        except FetchError as error:
            return error
        if answer.status == 200:
            return read_robots(answer.body)
        if 400 <= answer.status < 500:
            return Robots()
        return RobotsError(
            f"The robots.txt of the host could not be had (status {answer.status}), "
            "so it is not known what it allows.",
            where=address.url,
            cure="Try again later, or ask to ignore it (--ignore-robots).",
        )


def capture_page(fetched: Fetched) -> Capture:
    """The capture of a fetched page; raises `FetchError` for a type that no article has."""
    if fetched.media_type not in PAGE_TYPES:
        raise FetchError(
            f"The address gives {fetched.media_type!r}, which is not the page of an article.",
            where=fetched.url,
            cure="Give the address of the page itself.",
        )
    return make_capture(
        fetched.body,
        media_type=fetched.content_type,
        url=fetched.url,
        retrieved_at=fetched.retrieved_at,
    )


def _check_way(way: list[str], address: WebAddress, most: int) -> None:
    if address.url in way:
        problem = "The redirects of this page go round in a ring"
    elif len(way) > most:
        problem = f"There are more than {most} redirects on the way to this page"
    else:
        return
    raise FetchError(f"{problem}.", where=way[0], cure="Give the address that a browser ends at.")


def _refuse_status(address: WebAddress, answer: Answer) -> StatusError:
    waits = f" and asks to wait ({answer.retry_after[:40]})" if answer.retry_after else ""
    return StatusError(
        f"The host answered with status {answer.status}{waits}, not with the page.",
        status=answer.status,
        where=address.url,
        cure=_CURES.get(answer.status, "Try again later, or save the page from a browser and give the file."),
    )
