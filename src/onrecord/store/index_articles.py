"""An article as the index holds it: what a hit tells of it, and its text in few bytes; and back.

A hit must not cost the reading of a whole record. Beside the text stand the bounds of its blocks and where
its page has markup between two words: what a link to words of the page needs.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record import Article, Block, Origin, Record, SourceMap, Span, capture_id_of
from onrecord.store.words import words_of

_INDEX = Origin(kind="rule", name="index", version="1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a hit tells of its article, as in `record.query.Hit`."""

    article_id: str
    capture_id: str
    capture_sha256: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None


def head_of(record: Record) -> Head:
    """The head of a record's article."""
    article, capture = record.article, record.capture
    return Head(
        article_id=article.article_id,
        capture_id=capture_id_of(capture),
        capture_sha256=capture.sha256,
        title=article.title.value if article.title else None,
        outlet=article.outlet.value if article.outlet else None,
        url=article.url,
        published=article.published_at.value if article.published_at else None,
    )


def write_head(head: Head) -> str:
    """A head as JSON."""
    return json.dumps([getattr(head, name) for name in Head.__slots__], ensure_ascii=False)


def read_head(written: str) -> Head:
    """The head that was written so."""
    return Head(**dict(zip(Head.__slots__, json.loads(written), strict=True)))


def pack_article(article: Article) -> bytes:
    """Text, blocks and breaks, compressed."""
    blocks = [bound for b in article.blocks for bound in (b.span.start_char, b.span.end_char)]
    return zlib.compress(json.dumps([article.text, blocks, _breaks_of(article)]).encode("ascii"), 6)


def _breaks_of(article: Article) -> list[int] | None:
    chart, text = article.source_map, article.text
    if chart is None:
        return None
    return [place for place in chart.end_chars if place < len(text) and text[place].isspace()]


def unpack_text(packed: bytes) -> str:
    """The text alone, in half the time."""
    return str(json.loads(zlib.decompress(packed))[0])


def unpack_article(packed: bytes, head: Head) -> Article:
    """The article as far as a link to its words needs it."""
    text, bounds, breaks = json.loads(zlib.decompress(packed))
    blocks = tuple(
        Block(kind="paragraph", span=Span(start_char=start, end_char=end), origin=_INDEX)
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
    )
    chart = None
    if breaks is not None:
        none = (0,) * len(breaks)
        chart = SourceMap(
            decoding="html",
            start_chars=none,
            end_chars=tuple(breaks),
            start_bytes=none,
            end_bytes=none,
            unmapped_chars=0,
        )
    return Article(article_id=head.article_id, text=text, blocks=blocks, url=head.url, source_map=chart)


def words_of_article(article: Article, title: str | None) -> tuple[tuple[str, ...], ...]:
    """The words that are searched in an article: its title, unless the text holds it, and each block."""
    text = article.text
    parts = [tuple(words_of(title))] if title and title not in text else []
    if not article.blocks:
        return (*parts, tuple(words_of(text)))
    return (*parts, *(tuple(words_of(block.span.of(text))) for block in article.blocks))


def words_of_spans(text: str, groups: Iterable[Iterable[Span]]) -> tuple[tuple[str, ...], ...]:
    """The words that are searched in a statement: of each span of its content, cue and source."""
    return tuple(tuple(words_of(span.of(text))) for spans in groups for span in spans)
