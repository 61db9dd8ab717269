"""Ctrl-C and a request to end: raised where nothing can be lost by it, and told how the program was ended."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Turns SIGINT and SIGTERM into `KeyboardInterrupt`, at once or at the end of what must not be cut.

    `asked` is the signal that came, None before.
    """

    def __init__(self) -> None:
        self.asked: signal.Signals | None = None
        self._held = 0

    @contextmanager
    def listen(self) -> "Iterator[Stop]":
        """Takes the signals as long as the context is open; only the main thread can."""
        if threading.current_thread() is not threading.main_thread():
            yield self
            return
        before = {one: signal.signal(one, self._take) for one in _SIGNALS}
        try:
            yield self
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """A signal that comes meanwhile is raised at the end."""
        asked = self.asked
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
        if self.asked is not asked and not self._held:
            raise KeyboardInterrupt

    @property
    def exit_code(self) -> int:
        """What a program ends with that a signal ended, as shells count: 130 of Ctrl-C, 143 of SIGTERM."""
        return 128 + (self.asked or signal.SIGINT)

    def _take(self, number: int, _: FrameType | None) -> None:
        self.asked = signal.Signals(number)
        if not self._held:
            raise KeyboardInterrupt
