"""A terminal as a stream of bytes: UTF-8 goes in, text whose hidden characters are signs comes out."""

import codecs
from typing import BinaryIO

from onrecord.export.visible import show_hidden


class Terminal:
    """Takes what is written to a file, and shows it without the powers that strangers' characters have."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, written: bytes) -> int:
        """How many bytes were taken."""
        text = self._decoder.decode(bytes(written)).removeprefix("\ufeff")
        self._stream.write(show_hidden(text).encode("utf-8", "replace"))
        return len(written)

    def flush(self) -> None:
        """Shows what was taken."""
        self._stream.flush()
