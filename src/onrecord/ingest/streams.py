"""Streams of any size: bytes in, chunks out with where they stood; gzip is inflated on the way, with bounds.

A gzip file that is cut off or broken gives what stands before the damage, a `Break` that says where
and why, and the members after it.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK_BYTES = 64 * 1024
# What a file is told from: a header, a first line, a prolog.
BEGINNING_BYTES = 64 * 1024
GZIP_MAGIC = b"\x1f\x8b\x08"
# Pages shrink to a tenth, logs and tables to a fiftieth; deflate can at most make 1,032 of one. What
# grows more than this, past the size of any page, is made to fill memory and disks.
MAX_RATIO = 250
RATIO_FROM_BYTES = 10_000_000
_INPUT_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some bytes; `offset` is where in the file they begin, or the gzip member that they begin."""

    data: bytes
    offset: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A place after which the bytes do not follow from those before, and why."""

    offset: int
    reason: str


def plain_chunks(stream: BinaryIO) -> Iterator[Chunk]:
    """The bytes of a stream as they are."""
    offset = 0
    while data := stream.read(CHUNK_BYTES):
        yield Chunk(data=data, offset=offset)
        offset += len(data)


def gzip_chunks(stream: BinaryIO) -> Iterator[Chunk | Break]:
    """What the members of a gzip file hold, one after the other; the first chunk of each has its offset."""
    window = _Window(stream)
    while window.fill(len(GZIP_MAGIC)):
        if window.data.startswith(GZIP_MAGIC):
            yield from _inflate_member(window)
            continue
        start = window.offset
        if window.skip_to_magic():
            yield Break(offset=start, reason=f"{window.offset - start:,} bytes are not gzip data")


def is_bomb(made_bytes: int, read_bytes: int) -> bool:
    """Whether so much came out of so few bytes that no page or table is like it."""
    return made_bytes > RATIO_FROM_BYTES and made_bytes > MAX_RATIO * read_bytes


class _Window:
    """The part of a compressed file that is looked at: `data` begins at `offset` of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.data = b""
        self.offset = 0

    def fill(self, least: int = 1) -> bool:
        """Whether there are bytes left; as many as asked for are held, where the file has them."""
        while len(self.data) < least and (more := self._stream.read(_INPUT_BYTES)):
            self.data += more
        return bool(self.data)

    def drop(self, count: int) -> None:
        """Moves on by so many of the bytes held."""
        self.data = self.data[count:]
        self.offset += count

    def skip_to_magic(self) -> bool:
        """Moves on to the next gzip member or the end; whether more than zeros, which pad, was passed."""
        real = False
        while self.fill(len(GZIP_MAGIC)):
            found = self.data.find(GZIP_MAGIC)
            end = found if found >= 0 else max(1, len(self.data) - len(GZIP_MAGIC) + 1)
            real = real or bool(self.data[:end].strip(b"\x00"))
            self.drop(end)
            if found >= 0:
                break
        return real


def _inflate_member(window: _Window) -> Iterator[Chunk | Break]:
    """The chunks of the member that the window stands at; it is left at the next."""
    start, made, offset = window.offset, 0, window.offset
    inflater = zlib.decompressobj(31)
    while not inflater.eof:
        if not window.fill():
            yield Break(offset=start, reason="the gzip data is cut off")
            return
        try:
            data = inflater.decompress(window.data, CHUNK_BYTES)
        except zlib.error as error:
            yield Break(offset=start, reason=f"the gzip data is broken ({error})")
            _leave_member(window, start)
            return
        left = len(inflater.unconsumed_tail) or len(inflater.unused_data)
        window.drop(len(window.data) - left)
        made += len(data)
        if is_bomb(made, window.offset - start):
            yield Break(offset=start, reason=f"the gzip data grows more than {MAX_RATIO} times: a bomb")
            _leave_member(window, start)
            return
        if data:
            yield Chunk(data=data, offset=offset if made == len(data) else None)


def _leave_member(window: _Window, start: int) -> None:
    """Moves on to what may be the next member: the magic may stand anywhere but at the broken one's start."""
    if window.offset == start:
        window.drop(1)
    window.skip_to_magic()


class ChunkStream(io.RawIOBase):
    """Chunks as a file to read from; it ends at the first break, which `problem` then holds."""

    def __init__(self, chunks: Iterator[Chunk | Break]) -> None:
        self._chunks = chunks
        self._rest = b""
        self.problem: Break | None = None

    def readable(self) -> bool:
        """True: it is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The number of bytes put into the buffer, 0 at the end."""
        while not self._rest and self.problem is None:
            item = next(self._chunks, None)
            if isinstance(item, Break):
                self.problem = item
            elif item is None:
                break
            else:
                self._rest = item.data
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


class _Rejoined(io.RawIOBase):
    """A stream with the bytes that were looked at put back in front."""

    def __init__(self, beginning: bytes, stream: BinaryIO) -> None:
        self._beginning = beginning
        self._stream = stream

    def readable(self) -> bool:
        """True: it is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The number of bytes put into the buffer, 0 at the end."""
        size = len(buffer)
        data = self._beginning[:size] or self._stream.read(size)
        self._beginning = self._beginning[size:]
        buffer[: len(data)] = data
        return len(data)


def hold_beginning(stream: BinaryIO) -> io.BufferedReader:
    """The stream, of which `peek(BEGINNING_BYTES)` now gives all the beginning, from a pipe as well."""
    parts = b""
    while len(parts) < BEGINNING_BYTES and (more := stream.read(BEGINNING_BYTES - len(parts))):
        parts += more
    return io.BufferedReader(_Rejoined(parts, stream), BEGINNING_BYTES)


def inflate_stream(stream: BinaryIO) -> tuple[io.BufferedReader, ChunkStream]:
    """What a gzip file holds, as a stream, and the part of it that tells of damage once it was read."""
    inflated = ChunkStream(gzip_chunks(stream))
    return hold_beginning(io.BufferedReader(inflated)), inflated
