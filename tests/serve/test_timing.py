"""Every answer tells how long it took."""

import time

import anyio
from starlette.responses import PlainTextResponse

from onrecord.serve.timing import Timing


def answer_of(app):
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    anyio.run(Timing(app), scope, receive, send)
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_an_answer_tells_how_long_it_was_waited_for():
    async def slow(scope, receive, send):
        time.sleep(0.05)
        await PlainTextResponse("so")(scope, receive, send)

    told = answer_of(slow)["server-timing"]
    assert told.startswith("app;dur=")
    assert 50 <= float(told.partition("=")[2]) < 5_000
