"""A web server on a thread of this machine, whose pages are functions that write bytes to a socket."""

import contextlib
import http.server
import threading
from collections.abc import Callable, Iterator

Page = Callable[["Handler"], None]


class Handler(http.server.BaseHTTPRequestHandler):
    """Calls the page of the path; any other path is a 404."""

    protocol_version = "HTTP/1.1"
    server: "Web"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
        with contextlib.suppress(ConnectionError):
            self.server.pages.get(self.path, plain(b"No such page.", status=404))(self)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class Web(http.server.ThreadingHTTPServer):
    """The server: its `pages` by path, and what it was `asked` (path, Host, User-Agent)."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, str, str]] = []

    @property
    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked if path != "/robots.txt"]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is no error here."""


def plain(body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Page:
    """A page of this body; further headers by their names with _ for -."""

    def write(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return write


def redirect(location: str, status: int = 302) -> Page:
    return plain(b"", status=status, Location=location)


@contextlib.contextmanager
def serve() -> Iterator[Web]:
    """A running server, closed at the end."""
    web = Web()
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.shutdown()
        web.server_close()
        thread.join()
