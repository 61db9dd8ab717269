"""Files of lines: a stream in, its lines as text with a bound on each, in constant memory.

The encoding is told from the beginning; bytes that are not of it stand as lone surrogates, so that the
bytes of a line can be had again.
"""

import io

from onrecord.ingest.capture import find_encoding
from onrecord.ingest.streams import BEGINNING_BYTES

# Characters; at four bytes each still less than two hundred megabytes are held. An article may have a
# million, and the page it stands in several.
MAX_LINE_CHARS = 20_000_000
_PIECE_CHARS = 1_000_000


class Lines:
    """The lines of a stream, each with its end; `number` is that of the last one given, from 1."""

    def __init__(self, stream: io.BufferedReader, *, newline: str) -> None:
        beginning = stream.peek(BEGINNING_BYTES)
        self.encoding = find_encoding(beginning) if beginning else "utf-8"
        self._text = io.TextIOWrapper(stream, self.encoding, errors="surrogateescape", newline=newline)
        self.number = 0

    def read_line(self) -> str | None:
        """The next line, "" at the end; None for one with more characters, which is passed."""
        self.number += 1
        line = self._text.readline(MAX_LINE_CHARS + 1)
        if self.number == 1:
            line = line.removeprefix("\ufeff")
        if len(line) <= MAX_LINE_CHARS:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(_PIECE_CHARS)
        return None

    def encode(self, line: str) -> bytes:
        """The bytes that a line stood in, its byte order mark aside."""
        return line.encode(self.encoding, "surrogateescape")
