"""Ids as the index holds them: the digits of a content id in 16 bytes, any other id as it is written."""

from onrecord.record.ids import ID_BYTES

_DIGITS = frozenset("0123456789abcdef")
# No UTF-8 holds this byte: with it behind, a text of 16 bytes is told from digits.
_AS_TEXT = b"\xff"


def pack_id(kind: str, wanted: str) -> bytes:
    """The bytes of an id.

    >>> unpack_id("statement", pack_id("statement", "statement-" + "0a" * 16))[:14], pack_id("person", "me")
    ('statement-0a0a', b'me\\xff')
    """
    head, _, digits = wanted.partition("-")
    if head == kind and len(digits) == 2 * ID_BYTES and _DIGITS.issuperset(digits):
        return bytes.fromhex(digits)
    packed = wanted.encode("utf-8", "surrogatepass") + _AS_TEXT
    return packed + _AS_TEXT if len(packed) == ID_BYTES else packed


def unpack_id(kind: str, packed: bytes) -> str:
    """The id that was packed so."""
    if len(packed) == ID_BYTES:
        return f"{kind}-{packed.hex()}"
    return packed.rstrip(_AS_TEXT).decode("utf-8", "surrogatepass")
