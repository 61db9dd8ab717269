"""Ids made from content: the same content gives the same id, on every machine and run."""

import hashlib

ID_BYTES = 16


def content_id(kind: str, *fields: str) -> str:
    """A name such as "statement-1f0c…": SHA-256 over the fields, each preceded by its length.

    The lengths keep ("ab", "c") and ("a", "bc") apart.

    >>> content_id("x", "ab", "c") == content_id("x", "a", "bc")
    False
    """
    digest = hashlib.sha256()
    for field in (kind, *fields):
        data = field.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return f"{kind}-{digest.digest()[:ID_BYTES].hex()}"
