"""The proof of a record: a record with its captured bytes in, what of it the bytes bear out and what not.

Nothing is fetched and nothing believed: hash, size, encoding, ids and every span are derived again.
"""

import codecs
import dataclasses
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.errors import OnrecordError
from onrecord.ingest.capture import find_encoding
from onrecord.ingest.locate import ByteRange, Located, Locator, judge_parts, map_fault, show_bytes
from onrecord.record import (
    Article,
    Capture,
    Record,
    Span,
    Statement,
    article_id_of,
    entity_id_of,
    place_id_of,
    statement_id_of,
    time_id_of,
)

NO_MAP = "The record has no map of its text."
MARKUP_ONLY = "Its words are stated by the page's markup alone, which shows them otherwise."
NOT_FOUND = "The map leads from none of its words to the bytes."
PARTLY = "The map leads to the bytes from a part of its words only."
# What record/overlay.py names a correction of the spans that a statement's id is made from.
CORRECTED_SPANS = frozenset({"corrected/content", "corrected/cue", "corrected/source"})
STATEMENT_ID = re.compile(r"statement-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something of the record as a whole that the bytes do not bear out.

    `what` is "bytes", "hash", "size", "encoding", "map", "article_id", "statement_id", "entity_id",
    "time_id" or "place_id".
    """

    what: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmappedSpan:
    """A span that cannot be held against the bytes, and why; `field` is its place in the record."""

    field: str
    span: Span
    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedSpan:
    """A span whose bytes do not hold its words; `held` is what the bytes at `places` hold instead."""

    field: str
    span: Span
    words: str
    held: str
    places: tuple[ByteRange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What became of one record when it was derived again from its bytes.

    `proven` counts the spans that the bytes hold word for word. Where the bytes are missing no span was
    looked at and `faults` say so. `corrected` counts the statements whose content, cue or source somebody
    corrected: they keep the id of what was corrected, which their spans do not give.
    """

    article_id: str
    sha256: str
    url: str | None
    proven: int = 0
    unmapped: tuple[UnmappedSpan, ...] = ()
    failed: tuple[FailedSpan, ...] = ()
    faults: tuple[Fault, ...] = ()
    corrected: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing failed; what could not be looked at is no failure."""
        return not self.failed and not self.faults


def check_record(record: Record, *, body: bytes | None = None) -> Proof:
    """The proof of a record by the bytes it holds, or by those given as `body` in their place.

    Raises nothing for what they hold; what is wrong is in the proof.
    """
    capture = record.capture if body is None else dataclasses.replace(record.capture, body=body)
    faults = (*_check_capture(capture), *_check_ids(record))
    proof = Proof(
        article_id=record.article.article_id,
        sha256=capture.sha256,
        url=record.article.url,
        faults=faults,
        corrected=sum(map(is_corrected, record.statements)),
    )
    if any(fault.what in {"bytes", "encoding"} for fault in faults) and not _is_readable(capture):
        return proof
    chart = record.article.source_map
    if chart and (fault := map_fault(chart, len(record.article.text), capture)):
        return dataclasses.replace(proof, faults=(*faults, Fault(what="map", detail=fault)))
    try:
        return _prove_spans(proof, record, capture)
    except UnicodeError as error:  # such as UTF-16 with a mark, which no stretch of the bytes begins with
        detail = f"The stretches of its map cannot be read as {capture.encoding!r}: {error}."
        return dataclasses.replace(proof, faults=(*faults, Fault(what="encoding", detail=detail)))


def _check_capture(capture: Capture) -> Iterator[Fault]:
    """What of the capture its own bytes deny."""
    body = capture.body
    if body is None:
        detail = (
            "The record does not hold the captured bytes: keep them with --keep-body, or give them --bytes."
        )
        yield Fault(what="bytes", detail=detail)
        return
    digest = hashlib.sha256(body).hexdigest()
    if digest != capture.sha256:
        yield Fault(
            what="hash", detail=f"The bytes have the SHA-256 {digest}; the record says {capture.sha256}."
        )
    if len(body) != capture.size_bytes:
        yield Fault(
            what="size", detail=f"There are {len(body):,} bytes; the record says {capture.size_bytes:,}."
        )
    yield from _check_encoding(body, capture.encoding)


def _check_encoding(body: bytes, encoding: str) -> Iterator[Fault]:
    try:
        found = find_encoding(body, encoding)
        differs = codecs.lookup(found).name != codecs.lookup(encoding).name
    except (OnrecordError, LookupError, ValueError) as error:
        yield Fault(what="encoding", detail=f"The bytes cannot be read as {encoding!r}: {error}")
        return
    if differs:
        yield Fault(what="encoding", detail=f"The bytes read as {found}; the record says {encoding}.")


def _is_readable(capture: Capture) -> bool:
    try:
        (capture.body or b"").decode(capture.encoding, "replace")
    except (LookupError, ValueError):
        return False
    return capture.body is not None


def _check_ids(record: Record) -> Iterator[Fault]:
    """The ids that are not those of what they name."""
    article = record.article
    wanted = article_id_of(record.capture, article.text)
    if article.article_id != wanted:
        detail = f"The text and the hash give {wanted}; the record says {article.article_id}."
        yield Fault(what="article_id", detail=detail)
    for kind, number, held, wanted in _list_ids(record):
        if held != (wanted, article.article_id):
            detail = f"{kind.capitalize()} {number} is {wanted} by its spans; the record says {held[0]}"
            of = f", of {held[1]}" if held[1] != article.article_id else ""
            yield Fault(what=f"{kind}_id", detail=f"{detail}{of}.")


def _list_ids(record: Record) -> Iterator[tuple[str, int, tuple[str, str], str]]:
    """Kind and number of each part with an id, that id and its article's, and the id that its spans give."""
    for n, one in enumerate(record.statements, 1):
        wanted = statement_id_of(one.article_id, one.content, one.cue, one.source)
        if is_corrected(one) and STATEMENT_ID.fullmatch(one.statement_id):
            wanted = one.statement_id
        yield "statement", n, (one.statement_id, one.article_id), wanted
    for n, entity in enumerate(record.entities, 1):
        wanted = entity_id_of(entity.article_id, (mention.span for mention in entity.mentions))
        yield "entity", n, (entity.entity_id, entity.article_id), wanted
    for n, time in enumerate(record.times, 1):
        yield "time", n, (time.time_id, time.article_id), time_id_of(time.article_id, time.span)
    for n, place in enumerate(record.places, 1):
        yield "place", n, (place.place_id, place.article_id), place_id_of(place.article_id, place.span)


def is_corrected(statement: Statement) -> bool:
    """Whether somebody corrected the spans that a statement's id is made from."""
    origin = statement.origin
    return origin.kind == "given" and not CORRECTED_SPANS.isdisjoint(origin.rules)


def _prove_spans(proof: Proof, record: Record, capture: Capture) -> Proof:
    """The proof with every span of the record looked at."""
    article, locator = record.article, Locator(record.article, capture)
    verdicts: dict[Span, tuple[bool | None, tuple[Located, ...]]] = {}
    proven, unmapped, failed = 0, list[UnmappedSpan](), list[FailedSpan]()
    for field, span in name_spans(record):
        words = span.of(article.text)
        if span not in verdicts:
            parts = locator.locate(span)
            verdicts[span] = judge_parts(words, parts), parts
        holds, parts = verdicts[span]
        if holds:
            proven += 1
        elif holds is None:
            reason = _explain(article, span, parts)
            unmapped.append(UnmappedSpan(field=field, span=span, words=words, reason=reason))
        else:
            unlike = [part for part in parts if part.words != part.held]
            failed.append(
                FailedSpan(
                    field=field,
                    span=span,
                    words=words,
                    held=" … ".join(show_bytes(article, capture, part.place) for part in unlike if part.held),
                    places=tuple(part.place for part in unlike),
                )
            )
    return dataclasses.replace(proof, proven=proven, unmapped=tuple(unmapped), failed=tuple(failed))


def _explain(article: Article, span: Span, parts: tuple[Located, ...]) -> str:
    """Why a span is not mapped."""
    if article.source_map is None:
        return NO_MAP
    if parts:
        return PARTLY
    stated = any(b.origin.kind == "markup" and b.span.overlaps(span) for b in article.blocks)
    return MARKUP_ONLY if stated else NOT_FOUND


def name_spans(value: Any, name: str = "") -> Iterator[tuple[str, Span]]:
    """Every span of a record, or of a part of one, with its place in it: "statements[0].content[1]"."""
    if isinstance(value, Span):
        yield name, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from name_spans(getattr(value, field.name), f"{name}.{field.name}".removeprefix("."))
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from name_spans(item, f"{name}[{i}]")


def list_differences(record: Record, again: Record) -> tuple[str, ...]:
    """The fields in which another reading of the same bytes differs: "text", "title", "statements", "places".

    Origins and confidences do not count: another version may reach the same by other means.
    """
    names = (
        "text",
        "title",
        "authors",
        "outlet",
        "published_at",
        "updated_at",
        "agencies",
        "language",
        "url",
    )
    pairs = {name: (getattr(record.article, name), getattr(again.article, name)) for name in names}
    pairs["coverage"] = record.article.coverage, again.article.coverage
    pairs["blocks"] = record.article.blocks, again.article.blocks
    for name in ("statements", "entities", "times", "places"):
        pairs[name] = getattr(record, name), getattr(again, name)
    return tuple(name for name, (one, other) in pairs.items() if _essence(one) != _essence(other))


def _essence(value: Any) -> Any:
    """A value without its origins and confidences."""
    if dataclasses.is_dataclass(value):
        return [
            (field.name, _essence(getattr(value, field.name)))
            for field in dataclasses.fields(value)
            if field.name not in {"origin", "confidence"}
        ]
    return [_essence(item) for item in value] if isinstance(value, tuple) else value
