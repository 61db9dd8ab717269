"""BBC Citron's annotation format: records as judged in, out one of its documents on each line.

After `docs/data_format.md` of bbc/citron: text, quotes, coreference groups; offsets are code points. Citron
knows one cue a quote, and of one span: "cue" is the first, "cues" lists all where there are more. A statement
that no words attribute has null for a cue; Citron's own reader takes no such quote.
"""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from onrecord.export.base import ExportContext, Format, count_records, dump_json
from onrecord.export.regions import clean_text
from onrecord.record import Judged, Record, Span, Statement

Piece = dict[str, Any]
LEAST_OF_A_GROUP = 2


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many documents were written."""
    documents, bare = 0, 0
    for judged in entries:
        stream.write(dump_json(make_document(judged.record)) + b"\n")
        documents += 1
        bare += sum(not one.cue for one in judged.record.statements)
    if bare:
        context.say(f"Quotes without a cue (null): {bare:,}. Citron's own reader takes only quotes with one.")
    return documents


def make_document(record: Record) -> dict[str, Any]:
    """The document of one article."""
    text = clean_text(record.article.text)
    groups = [[mention.span for mention in entity.mentions] for entity in record.entities]
    return {
        "id": record.article.article_id,
        "text": text,
        "quotes": [_make_quote(one, text) for one in record.statements],
        "coreference_groups": [
            _list_spans(group, text) for group in groups if len(group) >= LEAST_OF_A_GROUP
        ],
    }


def _make_quote(statement: Statement, text: str) -> dict[str, Any]:
    cues = _list_spans(statement.cue, text)
    return {
        "id": statement.statement_id,
        "cue": cues[0] if cues else None,
        **({"cues": cues} if len(cues) > 1 else {}),
        "sources": _list_spans(statement.source, text),
        "contents": _list_spans(statement.content, text),
        "coreferences": _list_spans(_find_coreferences(statement), text),
        "confidence": statement.confidence.statement,
    }


def _find_coreferences(statement: Statement) -> tuple[Span, ...]:
    """The mention that names the speaker, where the source does not name it itself."""
    path = statement.speaker.path if statement.speaker else ()
    named = path[-1].span if path else None
    if named is None or any(named.overlaps(span) for span in statement.source):
        return ()
    return (named,)


def _list_spans(spans: Sequence[Span], text: str) -> list[Piece]:
    return [{"start": s.start_char, "end": s.end_char, "text": s.of(text)} for s in spans]


FORMAT = Format(
    name="citron",
    suffixes=(".citron.jsonl", ".citron.json"),
    media_type="application/jsonl",
    describe="BBC Citron's annotation format: the quotes of an article on each line.",
    write=write,
    unit="document",
    count=count_records,
)
