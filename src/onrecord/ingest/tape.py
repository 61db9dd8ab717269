"""A tape: chunks in, their bytes out in pieces of any size, with where in the file the next one stands.

It never runs over a break of the stream by itself, and what was taken can be put back.
"""

import re
from collections import deque
from collections.abc import Iterator

from onrecord.ingest.streams import Break, Chunk


class Tape:
    """The bytes of a stream from the reading place on; `exact` where offsets count single bytes."""

    def __init__(self, chunks: Iterator[Chunk | Break], *, exact: bool) -> None:
        self._chunks = chunks
        self._exact = exact
        self._held = bytearray()
        self._position = 0  # of the first byte held, in the inflated stream
        self._marks: deque[tuple[int, int]] = deque()  # positions and the file offsets they stand at
        self._break: Break | None = None

    @property
    def offset(self) -> int:
        """Where in the file the next byte stands; in a gzip file, where its member begins."""
        while len(self._marks) > 1 and self._marks[1][0] <= self._position:
            self._marks.popleft()
        if not self._marks:
            return 0
        position, offset = self._marks[0]
        return offset + self._position - position if self._exact else offset

    def peek(self, count: int) -> bytes:
        """The next bytes, fewer where the stream ends or breaks."""
        while len(self._held) < count and self._pull():
            pass
        return bytes(self._held[:count])

    def take(self, count: int) -> bytes:
        """As `peek`, and moves on."""
        data = self.peek(count)
        self._drop(len(data))
        return data

    def put_back(self, data: bytes) -> None:
        """Moves back over bytes just taken."""
        self._held[0:0] = data
        self._position -= len(data)

    def take_until(self, pattern: re.Pattern[bytes], limit: int) -> bytes | None:
        """The bytes up to the end of the first match within the limit; None (nothing moves) without one."""
        while True:
            if match := pattern.search(self._held, 0, limit):
                return self.take(match.end())
            if len(self._held) >= limit or not self._pull():
                return None

    def skip_before(self, pattern: re.Pattern[bytes], overlap: int) -> int:
        """Moves on to the first match, or to the end or break; the number of bytes passed."""
        passed = 0
        while not (match := pattern.search(self._held)):
            searched = len(self._held)
            if not self._pull():
                return passed + self._drop(searched)
            passed += self._drop(max(0, searched - overlap))
        return passed + self._drop(match.start())

    def skip(self, count: int, stop: bytes) -> int:
        """Moves on by so many bytes, fewer at an end, or where a gzip member begins with `stop`."""
        left = count
        while left and (self._held or self._pull()):
            step = min(left, len(self._held))
            members = [] if self._exact else [at - self._position for at, _ in self._marks]
            ends = [at for at in members if 0 < at < step and self._held.startswith(stop, at)]
            left -= self._drop(ends[0] if ends else step)
            _ = self.offset  # lets go of the marks behind
            if ends or (left and self._begins_member(stop)):
                break
        return count - left

    def _begins_member(self, beginning: bytes) -> bool:
        """Whether a gzip member that begins so stands here."""
        if self._exact or not (self._held or self._pull()):
            return False
        return self._marks[-1][0] == self._position and self._held.startswith(beginning)

    def pass_break(self) -> Break | None:
        """The break that stands here, passed; None at the end of the stream."""
        if not self._held and self._break is None:
            self._pull()
        found, self._break = (None, self._break) if self._held else (self._break, None)
        return found

    def _pull(self) -> bool:
        """Whether one more chunk came."""
        if self._break is not None:
            return False
        item = next(self._chunks, None)
        if isinstance(item, Break):
            self._break = item
        if not isinstance(item, Chunk):
            return False
        if item.offset is not None:
            self._marks.append((self._position + len(self._held), item.offset))
        self._held += item.data
        return True

    def _drop(self, count: int) -> int:
        del self._held[:count]
        self._position += count
        return count
