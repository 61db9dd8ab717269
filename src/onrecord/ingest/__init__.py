"""Sources to captures, captures to articles: their text kept whole, with its blocks and header."""

from onrecord.ingest.article import read_article
from onrecord.ingest.capture import decode_capture, make_capture
from onrecord.ingest.dates import parse_moment
from onrecord.ingest.found import name_capture
from onrecord.ingest.sources import can_be_read_twice, captures, captures_in, holds_many

__all__ = [
    "can_be_read_twice",
    "captures",
    "captures_in",
    "decode_capture",
    "holds_many",
    "make_capture",
    "name_capture",
    "parse_moment",
    "read_article",
]
