"""What stands before the root element of XML: bytes in, the root's name out; entity tricks are refused.

Nothing that declares entities is handed to a parser: news needs none, and they can read files (XXE) or
fill the memory (billion laughs).
"""

import codecs
import re

from onrecord.errors import InputError

# A prolog is a few lines; a document type with more than this before the root is made to harm.
PROLOG_CHARS = 64 * 1024
_SKIPPED = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
# Atomic, so that no prolog can make the search slow: a subset's strings and comments may hold brackets.
_SUBSET = r"""\[(?:(?><!--.*?-->|"[^"]*"|'[^']*'|(?!<!--)[^"'\]]))*+\]\s*"""
_DOCTYPE = re.compile(rf"<!DOCTYPE[^\[>]*(?:{_SUBSET})?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_WIDE = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)


def find_root(beginning: bytes) -> str | None:
    """The name of the root element in lower case ("rss", "rdf:rdf"), or None where no XML or HTML begins."""
    prolog = _decode(beginning)
    match = _ROOT.match(prolog, _skip_prolog(prolog))
    return match[1].lower() if match else None


def refuse_entities(beginning: bytes) -> None:
    """Raises `InputError` where the document type declares entities, or has no end to look at."""
    prolog = _decode(beginning)
    root = _skip_prolog(prolog)
    if "<!ENTITY" in prolog[:root].upper():
        raise InputError(
            "The XML declares entities of its own, which can read files and fill the memory: it is not read.",
            cure="Take the <!DOCTYPE ...> out of it.",
        )
    if _ROOT.match(prolog, root) is None:
        raise InputError("The XML has no root element where one must stand, or too much before it.")


def _decode(beginning: bytes) -> str:
    encoding = next((name for mark, name in _WIDE if beginning.startswith(mark)), "utf-8-sig")
    return beginning[: 2 * PROLOG_CHARS].decode(encoding, "replace")[:PROLOG_CHARS]


def _skip_prolog(prolog: str) -> int:
    at = 0
    while match := _SKIPPED.match(prolog, at) or _DOCTYPE.match(prolog, at):
        at = match.end()
    return at
