"""How long an answer took on the server, told with it: Server-Timing, as browsers and `bench` read it."""

import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Timing:
    """The app, timed from a request to the beginning of its answer, waiting for a thread included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, and says how long that took in milliseconds (W3C Server Timing)."""
        began = time.perf_counter()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                spent = 1000 * (time.perf_counter() - began)
                MutableHeaders(scope=message)["Server-Timing"] = f"app;dur={spent:.1f}"
            await send(message)

        await self.app(scope, receive, timed if scope["type"] == "http" else send)
