"""The source of a page parted into markup and text, as the tokenizer of the HTML standard parts it.

A source text in, the bounds of its text out; and raw text in, the characters it stands for out. lxml's
parser (libxml2 from 2.14 on) reads by the same rules, so both see the same characters.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.ingest.page_tree import RAW_TAGS, squeeze
from onrecord.record import Decoding

# WHATWG HTML, section 13.2.5. White space of tags is ASCII alone; a quotation mark quotes only after "=",
# and one that never closes takes the rest of the page with it.
_SPACE = r"[\t\n\f\r ]"
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f\r >"'][^\t\n\f\r >]*+)"""
_ATTRIBUTES = (
    rf"(?:[\t\n\f\r /]++|[^\t\n\f\r />][^\t\n\f\r />=]*+(?:{_SPACE}*+={_SPACE}*+{_VALUE}?+)?+)*+(?:>|\Z)"
)
_SCRIPT_END = r"</script[\t\n\f\r />]"
# What stands in "<!--" inside a script may hold a whole script element (the "double escaped" states).
_TEXT_OR = r"(?:(?!-->)(?:[^<-]++|-|"
_ESCAPED = (
    rf"<!(?=--){_TEXT_OR}<script[\t\n\f\r />]{_TEXT_OR}<(?!/script[\t\n\f\r />])))*+(?:{_SCRIPT_END})?+"
    rf"|<(?!/?script[\t\n\f\r />])))*+"
)
_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
_SCRIPT = rf"<script(?=[\t\n\f\r />]){_ATTRIBUTES}(?:[^<]++|{_ESCAPED}|(?!{_SCRIPT_END})<)*+"
_OTHER_RAW = "|".join(
    rf"<{tag}(?=[\t\n\f\r />]){_ATTRIBUTES}.*?(?:(?=</{tag}[\t\n\f\r />])|\Z)"
    for tag in sorted(RAW_TAGS - {"script", "plaintext"})
)
_TAG = rf"</?[a-z][^\t\n\f\r />]*+{_ATTRIBUTES}"
_BOGUS = r"<(?:[!?]|/(?=[^a-z]))[^>]*+(?:>|\Z)"
_MARKUP = re.compile(
    rf"(?:(?:{_COMMENT}|<plaintext(?=[\t\n\f\r />]).*|{_SCRIPT}|{_OTHER_RAW}|{_TAG}|{_BOGUS})\s*+)++",
    re.DOTALL | re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_LARGEST = 0x10FFFF


def iter_gaps(source: str) -> Iterator[tuple[int, int]]:
    """The bounds of the text of a page's source: what stands between its markup."""
    position = 1 if source.startswith("\ufeff") else 0
    for markup in _MARKUP.finditer(source, position):
        if markup.start() > position:
            yield position, markup.start()
        position = markup.end()
    if position < len(source):
        yield position, len(source)


def read_raw(raw: str, decoding: Decoding) -> str:
    """The characters, without white space, that raw text stands for."""
    return squeeze(resolve_raw(raw, decoding))


def resolve_raw(raw: str, decoding: Decoding) -> str:
    """The characters that raw text stands for."""
    if decoding == "html":
        if "&" in raw:
            raw = _REFERENCE.sub(lambda match: _resolve(match[0]), raw)
        if "\0" in raw:
            raw = raw.replace("\0", "\ufffd")
    return raw


def place_characters(raw: str, decoding: Decoding) -> Iterator[tuple[int, int]]:
    """The bounds in the raw text of each character that it stands for, white space left out."""
    position = 0
    references = _REFERENCE.finditer(raw) if decoding == "html" and "&" in raw else iter(())
    for reference in references:
        yield from ((i, i + 1) for i in range(position, reference.start()) if not raw[i].isspace())
        for _ in squeeze(_resolve(reference[0])):
            yield reference.span()
        position = reference.end()
    yield from ((i, i + 1) for i in range(position, len(raw)) if not raw[i].isspace())


@lru_cache(maxsize=4096)
def _resolve(reference: str) -> str:
    """The characters of a character reference; `html.unescape` drops those that should not be there."""
    found = html.unescape(reference)
    if found or not reference.startswith("&#"):
        return found
    digits = reference[2:].rstrip(";")
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return chr(code) if code <= _LARGEST else "\ufffd"
