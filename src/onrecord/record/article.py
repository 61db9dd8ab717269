"""An article: what was captured, its text kept whole, and the blocks and header read from it."""

from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.record.ids import content_id
from onrecord.record.span import Origin, Span, Unknown

BlockKind = Literal[
    "title", "dek", "byline", "dateline", "heading", "paragraph",
    "quotation", "list_item", "caption", "credit", "furniture",
]  # fmt: skip
BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)
# The blocks that hold what the article reports; attributions are read from these alone.
BODY_KINDS = frozenset({"dek", "paragraph", "quotation", "list_item"})

Precision = Literal["second", "minute", "hour", "day", "month", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes as they came.

    `sha256` is the hash of the bytes in hexadecimal; `body` the bytes, or None where they are
    kept elsewhere under that hash. `encoding` is the character encoding they were read with,
    `retrieved_at` an ISO 8601 moment with offset, or None where nobody said.
    """

    sha256: str
    media_type: str
    encoding: str
    size_bytes: int
    url: str | None = None
    retrieved_at: str | None = None
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the text, as a span of it without surrounding white space."""

    kind: BlockKind
    span: Span
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderField:
    """A value of the header: clean, as it stood (`raw`), where it stood, and how it was read.

    `span` is None where the value did not come from the text (markup, or given by the caller).
    """

    value: str
    raw: str
    span: Span | None
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in time with its precision.

    `value` is ISO 8601 cut to the precision ("2024-03-20T15:02+01:00", "2024-03"); `zone` is how
    the offset was known ("CET", "+01:00"), None where no zone was stated.
    """

    value: str
    precision: Precision
    zone: str | None
    raw: str
    span: Span | None
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: its whole text, the blocks in order, and its header.

    What could not be told is None (or empty) and named in `unknowns`.
    """

    article_id: str
    text: str
    blocks: tuple[Block, ...]
    title: HeaderField | None = None
    authors: tuple[HeaderField, ...] = ()
    outlet: HeaderField | None = None
    published_at: Moment | None = None
    language: HeaderField | None = None
    url: str | None = None
    unknowns: tuple[Unknown, ...] = ()

    def body(self) -> tuple[Block, ...]:
        """The blocks that report, in order: no title, byline, caption, credit or furniture."""
        return tuple(b for b in self.blocks if b.kind in BODY_KINDS)


def article_id_of(capture: Capture, text: str) -> str:
    """The id of the article that this text of this capture is."""
    return content_id("article", capture.sha256, text)
