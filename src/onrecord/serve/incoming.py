"""What a request sends: how much it may be, by its address, how slowly it may come, and in which letters.

A request in, nothing out where it may be read; else a `RefusedError`.
"""

import time
from http import HTTPStatus

import anyio
from python_multipart.multipart import parse_options_header
from starlette.types import Message, Receive

from onrecord.ingest.capture import MAX_BYTES
from onrecord.serve.faults import RefusedError

# Whole files are sent to be added or verified, and nowhere else: 50 MB of JSON that is all brackets take a
# gigabyte and six seconds to read, in which nobody else is answered.
ADDING_PATHS = frozenset({"/add", "/api/articles"})
MOST_BY_PATH = {
    "/verify": MAX_BYTES + 5_000_000,
    "/api/verify": 8_000_000,  # a million characters, each as six signs of JSON, and some
    # Whoever holds no token can send something here alone.
    "/sign-in": 20_000,
    "/sign-out": 20_000,
}
MOST_ELSEWHERE = 2_000_000
# So long may a request wait on the way, and so many bytes a second must come after that: a telephone at the
# edge of its network sends five times as many.
GRACE_SECONDS = 30.0
LEAST_A_SECOND = 2_000
LETTERS = frozenset({b"", b"utf-8", b"utf8", b"us-ascii"})


def count_most(path: str, most_bytes: int) -> int:
    """How many bytes may be sent to an address, where `most_bytes` are the most at all."""
    return most_bytes if path in ADDING_PATHS else min(most_bytes, MOST_BY_PATH.get(path, MOST_ELSEWHERE))


def check_letters(content_type: str) -> None:
    """Raises `RefusedError` for a form in other letters than those of UTF-8, which all browsers send.

    Python has codecs by which some bytes are an error that nobody expects, and one ("punycode") that takes
    four seconds for 400 kB, and four times that for twice as much.
    """
    kind, told = parse_options_header(content_type)
    if kind == b"multipart/form-data" and told.get(b"charset", b"").lower() not in LETTERS:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "A form is sent in UTF-8.")


def limit(receive: Receive, most_bytes: int) -> Receive:
    """What comes in, up to so many bytes, whatever its head said; and no more slowly than a bad line is."""
    received, is_whole, began = 0, False, time.monotonic()

    async def limited() -> Message:
        nonlocal received, is_whole
        if is_whole:  # what is waited for now is that the reader leaves
            return await receive()
        left = began + GRACE_SECONDS + received / LEAST_A_SECOND - time.monotonic()
        with anyio.move_on_after(max(0.0, left)) as waiting:
            message = await receive()
        if waiting.cancelled_caught:
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, "What was sent came too slowly, and was not read.")
        received += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if received > most_bytes:
            raise tell_too_much(most_bytes)
        return message

    return limited


def tell_too_much(most_bytes: int) -> RefusedError:
    """What whoever sent too much is told."""
    most = f"{most_bytes // 1_000_000} MB" if most_bytes >= 1_000_000 else f"{most_bytes:,} bytes"
    return RefusedError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"A request to this address may hold {most}, and this one holds more.",
        cure="Send less at once, or add large files with `onrecord add`.",
    )
