"""Where an answer left off: a question and a place in its order in, a short text out; and back."""

import base64
import binascii
import dataclasses
import hashlib
import json
from typing import Any

from onrecord.errors import QueryError
from onrecord.record.query import Query

_SIGNED_BYTES = 6


def write_cursor(query: Query, place: list[Any]) -> str:
    """What `Query.after` takes to go on behind this place."""
    written = json.dumps([_sign(query), *place], separators=(",", ":")).encode("ascii")
    return base64.urlsafe_b64encode(written).decode("ascii").rstrip("=")


def read_cursor(query: Query, kinds: tuple[type, ...]) -> list[Any] | None:
    """The place that a question goes on behind, None from the start; raises `QueryError`."""
    if query.after is None:
        return None
    try:
        padded = query.after + "=" * (-len(query.after) % 4)
        signed, *place = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        signed, place = None, []
    if [type(value) for value in place] != list(kinds) or signed != _sign(query):
        raise QueryError(
            f"There is no answer to this question that {query.after!r:.80} goes on from.",
            cure="Give `after` as the answer before gave it, with the same question in all but the limit.",
        )
    return list(place)


def _sign(query: Query) -> str:
    asked = dataclasses.replace(query, limit=1, after=None)
    told = repr(dataclasses.astuple(asked)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).digest()[:_SIGNED_BYTES].hex()
