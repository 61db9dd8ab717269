"""Listening: an app and a place of this machine in, answers to whoever asks there, until it is ended."""

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from onrecord.errors import OnrecordError
from onrecord.serve.guards import LONGEST_HEAD
from onrecord.serve.patient import PatientProtocol

MOST_AT_ONCE = 512  # connections; more are told to come back
# Seconds in which answers that were begun are ended, after Ctrl-C.
PATIENCE = 5
CURES = {
    errno.EADDRINUSE: "Another program listens there, perhaps a reading room that was started before: end "
    "that, or give another port with --port; --port 0 takes any that is free.",
    errno.EACCES: "Ports below 1024 are the system's: give another with --port.",
    errno.EADDRNOTAVAIL: "This machine has no such address: give one of its own with --host.",
}


class ListenError(OnrecordError):
    """There is a place at which nothing can be served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to listen; port 0 is any that is free. `certificate` and `key` are files in PEM, for TLS.

    `name` is what readers call it, where that is not its address.
    """

    host: str
    port: int
    certificate: str | None = None
    key: str | None = None
    behind_proxy: bool = False
    name: str | None = None

    def name_address(self, port: int) -> str:
        """The address at which it is reached: under its name, else as this machine does."""
        host = self.name or {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return f"{'https' if self.certificate else 'http'}://{shown}:{port}"


def listen(app: ASGIApp, place: Place, tell: Callable[[str], None]) -> None:
    """Serves the app until a signal ends it; `tell` gets the address once it is answered there.

    Raises `ListenError`, and `KeyboardInterrupt` at the end where the signal's own handler does.
    """
    # What is wrong with a stranger's form is told to the stranger.
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    config = _configure(app, place)
    listener = _bind(config, place)
    address = place.name_address(listener.getsockname()[1])
    with listener:
        _Server(config, lambda: tell(address)).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Tells when it has begun."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """As uvicorn's."""
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._tell()


def _configure(app: ASGIApp, place: Place) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        host=place.host,
        port=place.port,
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
        http=PatientProtocol,
        ws="none",
        loop="asyncio",
        log_level="warning",
        access_log=False,  # what people search for is theirs
        server_header=False,
        # Only what a proxy on this machine says of who asks is believed.
        proxy_headers=place.behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        limit_concurrency=MOST_AT_ONCE,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_graceful_shutdown=PATIENCE,
    )
    try:
        config.load()
    except OSError as error:  # of ssl too
        raise ListenError(
            f"The certificate or its key cannot be used: {error.strerror or error}.",
            where=place.certificate,
            cure="Give files in PEM with --cert and --key, which belong together.",
        ) from error
    return config


def _bind(config: uvicorn.Config, place: Place) -> Any:
    """A socket that is bound there; raises `ListenError`."""
    logger = logging.getLogger("uvicorn.error")
    before, logger.disabled = logger.disabled, True  # it would tell the same, and shorter
    try:
        return config.bind_socket()
    except SystemExit as ended:
        problem = ended.__context__
        if not isinstance(problem, OSError):
            raise
        raise ListenError(
            f"Port {place.port} of {place.host} cannot be listened at: {problem.strerror or problem}.",
            cure=CURES.get(problem.errno or 0, "Give another with --host and --port."),
        ) from problem
    finally:
        logger.disabled = before
