"""HTTP responses as archives keep them: the bytes in, status, header and decoded payload out.

Crawlers often store a body that they have decoded already under the header of the encoded one, so what
does not begin like the encoding it is said to be in is taken as it is.
"""

import io
import re
import zlib
from dataclasses import dataclass

from onrecord.errors import DamagedInputError, InputError, TooLargeError
from onrecord.ingest.capture import MAX_BYTES
from onrecord.ingest.streams import MAX_RATIO, is_bomb

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\n]{0,1000})?\r?\n")
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_STEP_BYTES = 64 * 1024
MAX_ENCODINGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpMessage:
    """A response: its header names are in lower case, its payload as it was stored."""

    status: int
    header: dict[str, str]
    payload: bytes


def parse_response(block: bytes) -> HttpMessage:
    """The response that the bytes are; raises `DamagedInputError` where they are none."""
    status, end = _STATUS.match(block), _END_OF_HEADER.search(block, 0, 256 * 1024)
    if status is None or end is None:
        problem = "The HTTP response has no status line." if status is None else "Its HTTP header has no end."
        raise DamagedInputError(problem)
    lines = block[: end.start()].decode("utf-8", "replace").splitlines()[1:]
    return HttpMessage(status=int(status[1]), header=parse_header(lines), payload=block[end.end() :])


def parse_header(lines: list[str]) -> dict[str, str]:
    """The fields of a header by their names in lower case; the first of a name counts."""
    fields: dict[str, str] = {}
    last = ""
    for line in lines:
        name, colon, value = line.partition(":")
        if line.startswith((" ", "\t")) and last:
            fields[last] += " " + line.strip()
        elif colon and (last := name.strip().lower()) not in fields:
            fields[last] = value.strip()
    return fields


def decode_payload(message: HttpMessage, *, cut: bool = False) -> bytes:
    """The payload with its transfer and content encodings undone.

    `cut` says that the archive itself tells of a body cut off: what is left of it is decoded. Raises
    `DamagedInputError` and `TooLargeError`.
    """
    body = message.payload
    if "chunked" in message.header.get("transfer-encoding", "").lower():
        body = _join_chunks(body, cut=cut)
    names = [n.strip().lower() for n in message.header.get("content-encoding", "").split(",")]
    encodings = [n for n in names if n not in {"", "identity"}]
    if len(encodings) > MAX_ENCODINGS:
        raise InputError(f"The body is said to be in {len(encodings)} encodings, one over the other.")
    for encoding in reversed(encodings):
        body = _decode(body, encoding, cut=cut)
    return body


def _join_chunks(body: bytes, *, cut: bool) -> bytes:
    """A body without its chunk sizes; as it is where it begins with none."""
    match = _CHUNK_SIZE.match(body)
    if match is None:
        return body
    parts = []
    while match and (size := int(match[1], 16)):
        parts.append(body[match.end() : match.end() + size])
        if len(parts[-1]) < size:
            match = None
            break
        match = _CHUNK_SIZE.match(body, match.end() + size)
    if match is None and not cut:
        raise DamagedInputError(f"The chunks of the body break off after {sum(map(len, parts)):,} bytes.")
    return b"".join(parts)


def _decode(body: bytes, encoding: str, *, cut: bool) -> bytes:
    if encoding in {"gzip", "x-gzip"}:
        return _inflate(body, (31,), cut=cut) if body.startswith(b"\x1f\x8b") else body
    if encoding == "deflate":
        # RFC 9110 means zlib by "deflate"; servers have sent it bare as well.
        return _inflate(body, (15, -15), cut=cut)
    if encoding == "zstd" and not body.startswith(_ZSTD_MAGIC):
        return body
    if encoding in {"br", "zstd"}:
        return _read_with_fastwarc(body, encoding)
    raise InputError(f"The body is in the encoding {encoding!r}, which cannot be undone here.")


def _inflate(body: bytes, framings: tuple[int, ...], *, cut: bool) -> bytes:
    """The inflated body, by the first framing that fits; as it is where it begins like none of them."""
    for framing in framings:
        inflater, rest = zlib.decompressobj(framing), body
        parts: list[bytes] = []
        made = 0
        try:
            while rest and not inflater.eof:
                parts.append(inflater.decompress(rest, _STEP_BYTES))
                rest = inflater.unconsumed_tail
                made += len(parts[-1])
                _check_size(made, len(body))
        except zlib.error as error:
            if not made:
                continue
            raise DamagedInputError(f"The compressed body is broken ({error}).") from error
        if not inflater.eof and not cut:
            raise DamagedInputError("The compressed body is cut off.")
        return b"".join(parts)
    return body


def _read_with_fastwarc(body: bytes, encoding: str) -> bytes:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    reader = (BrotliReader if encoding == "br" else ZstdReader)(io.BytesIO(body))
    parts: list[bytes] = []
    made = 0
    try:
        while part := reader.read(_STEP_BYTES):
            parts.append(part)
            made += len(part)
            _check_size(made, len(body))
    except OSError as error:
        if not parts:
            return body  # decoded already, or nothing that can be told from it
        raise DamagedInputError(f"The compressed body is broken ({error}).") from error
    return b"".join(parts)


def _check_size(made: int, stored: int) -> None:
    if is_bomb(made, stored):
        raise TooLargeError(f"The compressed body grows more than {MAX_RATIO} times: a decompression bomb.")
    if made > MAX_BYTES + _STEP_BYTES:
        raise TooLargeError(
            f"The body inflates to more than {MAX_BYTES:,} bytes; an article may have no more."
        )
