"""The record: the types that everything else makes, keeps or shows. Standard library only."""

from onrecord.record.article import (
    BLOCK_KINDS,
    BODY_KINDS,
    Article,
    Block,
    BlockKind,
    Capture,
    HeaderField,
    Moment,
    Precision,
    article_id_of,
)
from onrecord.record.codec import from_json, iter_spans, json_schema, to_json
from onrecord.record.ids import content_id
from onrecord.record.record import SCHEMA_VERSION, Failure, Record
from onrecord.record.span import Note, Origin, Span, Unknown
from onrecord.record.statement import (
    Confidence,
    Form,
    Hop,
    HopKind,
    Mention,
    Mode,
    Statement,
    statement_id_of,
)

__all__ = [
    "BLOCK_KINDS",
    "BODY_KINDS",
    "SCHEMA_VERSION",
    "Article",
    "Block",
    "BlockKind",
    "Capture",
    "Confidence",
    "Failure",
    "Form",
    "HeaderField",
    "Hop",
    "HopKind",
    "Mention",
    "Mode",
    "Moment",
    "Note",
    "Origin",
    "Precision",
    "Record",
    "Span",
    "Statement",
    "Unknown",
    "article_id_of",
    "content_id",
    "from_json",
    "iter_spans",
    "json_schema",
    "statement_id_of",
    "to_json",
]
