"""Captures to articles: bytes in, their text kept whole with its blocks and header out."""

from onrecord.ingest.article import read_article
from onrecord.ingest.capture import decode_capture, make_capture
from onrecord.ingest.dates import parse_moment

__all__ = ["decode_capture", "make_capture", "parse_moment", "read_article"]
