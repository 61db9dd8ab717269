"""A connection is let go at which nothing comes or goes, and none that waits for its answer."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import anyio
import pytest
import uvicorn

from onrecord.serve import patient
from onrecord.serve.listening import Place, _configure

SOON = 10.0
LARGE = b"x" * 30_000_000


async def answer(scope, receive, send):
    """/slow takes a while; /large has more than a line holds."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/slow":
        await anyio.sleep(0.5)
    body = LARGE if scope["path"] == "/large" else b"here"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(patient, "LOOK_SECONDS", 0.1)
    server = uvicorn.Server(_configure(answer, Place(host="127.0.0.1", port=0)))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(SOON)


@contextlib.contextmanager
def asking(port: int, sent: bytes) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=SOON) as line:
        line.sendall(sent)
        yield line


@pytest.mark.parametrize("begun", [b"", b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "])
def test_a_head_that_never_ends_is_not_waited_for(port: int, begun: bytes):
    with asking(port, begun) as line, contextlib.suppress(ConnectionResetError):
        assert line.recv(100) == b""


def test_whoever_waits_for_an_answer_gets_it(port: int):
    with asking(port, b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n") as line:
        assert line.recv(100).startswith(b"HTTP/1.1 200")


def test_an_answer_that_nobody_takes_is_dropped(port: int):
    with asking(port, b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n") as line:
        threading.Event().wait(1.0)
        got = 0
        with contextlib.suppress(ConnectionResetError):
            while part := line.recv(1 << 20):
                got += len(part)
        assert got < len(LARGE)


def test_an_answer_that_is_taken_is_whole(port: int):
    with asking(port, b"GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") as line:
        got = 0
        while part := line.recv(1 << 20):
            got += len(part)
        assert got > len(LARGE)
