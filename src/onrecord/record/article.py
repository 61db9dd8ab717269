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
# How bytes become the characters that a map leads to them from.
Decoding = Literal["text", "html"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """What a capture was taken out of: a WARC file, a feed, a table of rows.

    `name` is its file or address; `place` says where in it the capture stood ("record
    <urn:uuid:…> at byte 1204", "row 17", "entry https://…"); `sha256` is the hash of the bytes
    that stood there, before anything was decoded.
    """

    name: str
    place: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedField:
    """A header value that stood beside the captured bytes: in a feed's entry, a row, a WARC header.

    `field` is the article's field it speaks of ("title", "authors", "outlet", "published_at",
    "updated_at", "language"), `value` the words as they stood, `place` where ("rss pubDate").
    """

    field: str
    value: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes as they came.

    `sha256` is the hash of the bytes in hexadecimal; `body` the bytes, or None where they are
    kept elsewhere under that hash. `encoding` is the character encoding they were read with,
    `retrieved_at` an ISO 8601 moment with offset, or None where nobody said. `container` and
    `stated` are there where the bytes stood inside something larger.
    """

    sha256: str
    media_type: str
    encoding: str
    size_bytes: int
    url: str | None = None
    retrieved_at: str | None = None
    body: bytes | None = None
    container: Container | None = None
    stated: tuple[StatedField, ...] = ()


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
class SourceMap:
    """Where in the captured bytes the article's text stands, in stretches.

    The four are as long as each other: the characters `start_chars[i]:end_chars[i]` of the text
    were read from the bytes `start_bytes[i]:end_bytes[i]`, which hold no markup between them.
    `decoding` says how bytes become characters beyond their encoding: "text" as they are, "html"
    with character references resolved; in both, white space counts as one space or none.
    Characters in no stretch were not read from one place (`unmapped_chars` counts them, white
    space aside).
    """

    decoding: Decoding
    start_chars: tuple[int, ...]
    end_chars: tuple[int, ...]
    start_bytes: tuple[int, ...]
    end_bytes: tuple[int, ...]
    unmapped_chars: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What of the page's visible text did not become the article's: how much, and taken for what."""

    kind: str
    blocks: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A paragraph that reads like body text and was left out all the same: look at it.

    `words` are its words, `start_byte` and `end_byte` where it stands in the capture.
    """

    words: str
    kind: str
    start_byte: int
    end_byte: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The receipt of a page: its visible words, those that the article holds, and what became of the rest."""

    visible_words: int
    article_words: int
    left_out: tuple[LeftOut, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: its whole text, the blocks in order, and its header.

    What could not be told is None (or empty) and named in `unknowns`. `agencies` are the news
    agencies whose copy the article says it is, or is made with.
    """

    article_id: str
    text: str
    blocks: tuple[Block, ...]
    title: HeaderField | None = None
    authors: tuple[HeaderField, ...] = ()
    outlet: HeaderField | None = None
    published_at: Moment | None = None
    updated_at: Moment | None = None
    agencies: tuple[HeaderField, ...] = ()
    language: HeaderField | None = None
    url: str | None = None
    source_map: SourceMap | None = None
    coverage: Coverage | None = None
    unknowns: tuple[Unknown, ...] = ()

    def body(self) -> tuple[Block, ...]:
        """The blocks that report, in order: no title, byline, caption, credit or furniture."""
        return tuple(b for b in self.blocks if b.kind in BODY_KINDS)


def capture_id_of(capture: Capture) -> str:
    """The id of these bytes at this address, with what was stated beside them, whenever they came."""
    stated = (part for s in capture.stated for part in (s.field, s.value, s.place))
    return content_id("capture", capture.sha256, capture.url or "", *stated)


def article_id_of(capture: Capture, text: str) -> str:
    """The id of the article that this text of this capture is.

    The same words at two addresses are two articles: who printed them is part of the record.
    """
    return content_id("article", capture_id_of(capture), text)
