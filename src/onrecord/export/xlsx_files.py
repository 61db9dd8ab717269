"""What xlsxwriter leaves open when a workbook cannot be ended: its stream and the files of its rows."""

from contextlib import suppress
from typing import Any, BinaryIO


class Lent:
    """A stream until it is taken back; what is written afterwards is forgotten.

    A zip archive that is given up writes its directory when it is collected: by then its stream is closed.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream: BinaryIO | None = stream
        self._at = 0

    def take_back(self) -> None:
        """From now on nothing reaches the stream."""
        self._stream = None

    def write(self, written: bytes) -> int:
        """How many bytes were taken."""
        taken = len(written) if self._stream is None else self._stream.write(written)
        self._at += taken
        return taken

    def tell(self) -> int:
        """Where the stream is."""
        if self._stream is not None:
            self._at = self._stream.tell()
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Where the stream is after it was moved; once taken back it only counts on."""
        if self._stream is not None:
            self._at = self._stream.seek(offset, whence)
        return self._at

    def flush(self) -> None:
        """Has the stream pass on what it holds."""
        if self._stream is not None:
            self._stream.flush()


def close_rows(workbook: Any) -> None:
    """Closes the files that hold the rows of each sheet until the workbook is whole."""
    for sheet in workbook.worksheets():
        with suppress(OSError):
            sheet.row_data_fh.close()
