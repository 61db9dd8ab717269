"""A connection that is not waited for without end: whoever sends no whole head of a request, or takes nothing
of an answer, is let go, so that a few hundred of them keep nobody else out.

In: uvicorn's connection. Out: the same, looked at now and then. How slowly a body may come: incoming.py.
"""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

# A connection is let go after one to two of these. A head fits one packet, and takes as long as a
# telephone needs to find its network again.
LOOK_SECONDS = 20.0


class PatientProtocol(H11Protocol):
    """uvicorn's connection, which itself waits for ever for a head that was begun."""

    _look_task: asyncio.TimerHandle | None = None
    _seen: tuple[int, int] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """As uvicorn's."""
        super().connection_made(transport)
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's."""
        if self._look_task is not None:
            self._look_task.cancel()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        self._look_task = self.loop.call_later(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        """Lets go a connection at which nothing came or went since the last look, unless it waits for us."""
        answers = self.cycle is not None and not self.cycle.response_complete
        seen = (id(self.cycle), self.transport.get_write_buffer_size())
        if answers and not self.flow.write_paused:
            self._seen = None
        elif seen == self._seen:
            self.transport.abort()
            return
        else:
            self._seen = seen
        self._look_later()
