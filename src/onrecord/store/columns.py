"""The type of every column of text: any text of Python's in, the same out, on SQLite and PostgreSQL.

PostgreSQL's text cannot hold NUL, UTF-8 no lone surrogate; pages of strangers hold both. These signs are
written as U+001A and six hexadecimal digits, and U+001A too, so that each text has a form of its own.
"""

import re
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.types import TypeDecorator

ESCAPE = "\x1a"
UNKEEPABLE = re.compile("[\x00\x1a\ud800-\udfff]")
ESCAPED = re.compile("\x1a([0-9a-f]{6})")


def keep_text(text: str) -> str:
    r"""The text as a column holds it.

    >>> keep_text("a\x00b")
    'a\x1a000000b'
    """
    return UNKEEPABLE.sub(lambda match: f"{ESCAPE}{ord(match[0]):06x}", text)


def give_text(kept: str) -> str:
    """The text that `keep_text` wrote so."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), kept) if ESCAPE in kept else kept


class KeptText(TypeDecorator[str]):
    """Text that sorts and compares by code points on either database."""

    # PostgreSQL sorts by the language of the database unless told: ids are searched by how they begin.
    impl = Text().with_variant(TEXT(collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """What is written."""
        return None if value is None else keep_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """What is read."""
        return None if value is None else give_text(value)
