"""doccano: records as judged in, out a line of JSON an article, its spans labelled and related.

doccano counts in UTF-16 code units, as its browser does (doccano's issue 2290), and so does this file; in
texts without emoji and the like these are code points. It knows no discontinuous spans: the parts of one are
spans that the relation "Continues" joins. It takes overlapping spans only where the project allows them.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO

from onrecord.export.base import ExportContext, Format, count_records, dump_json
from onrecord.export.markings import list_markings
from onrecord.export.regions import CodeUnits, Region, clean_text, list_regions
from onrecord.record import Article, Judged, Statement

PROJECT = "In doccano, make a project of sequence labelling with relations that allows overlapping spans."
IN_UNITS = "Offsets are UTF-16 code units, as doccano counts: beyond U+FFFF a character counts two."


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many articles were written, a line each; ids of spans and relations count through the file."""
    articles, spans, ties = 0, 0, 0
    has_wide = False
    for judged in entries:
        articles += 1
        units = CodeUnits(judged.record.article.text)
        line = make_line(judged, units, first_span=spans + 1, first_tie=ties + 1)
        stream.write(dump_json({"id": articles, **line}) + b"\n")
        spans, ties = spans + len(line["entities"]), ties + len(line["relations"])
        has_wide = has_wide or bool(units.wide)
    context.say(PROJECT)
    if has_wide:
        context.say(IN_UNITS)
    return articles


def make_line(judged: Judged, units: CodeUnits, *, first_span: int, first_tie: int) -> dict[str, Any]:
    """What is written of one article; its spans and relations are numbered from these on."""
    record = judged.record
    regions, ties = list_regions(list_markings(judged))
    own: dict[str, list[int]] = {}
    for region in regions:
        if region.marking.statement_id:
            own.setdefault(region.marking.statement_id, []).append(region.number + first_span)
    return {
        "text": clean_text(record.article.text),
        "entities": [_make_span(region, units, first_span) for region in regions],
        "relations": [
            {"id": n, "from_id": tie.tail + first_span, "to_id": tie.head + first_span, "type": tie.kind}
            for n, tie in enumerate(ties, first_tie)
        ],
        **describe_article(record.article),
        # doccano keeps further columns with the article: what its labels have no place for.
        "statements": [
            _describe_statement(one, judged) | {"entity_ids": own.get(one.statement_id, [])}
            for one in record.statements
        ],
    }


def _make_span(region: Region, units: CodeUnits, first_span: int) -> dict[str, Any]:
    start, end = units.count(region.span)
    label = region.marking.label
    return {"id": region.number + first_span, "label": label, "start_offset": start, "end_offset": end}


def describe_article(article: Article) -> dict[str, Any]:
    """The columns that tell which article this is; those it does not tell are None."""
    published = article.published_at
    stated = {
        "title": article.title.value if article.title else None,
        "outlet": article.outlet.value if article.outlet else None,
        "url": article.url,
        "published_at": published.value if published else None,
    }
    cleaned = {name: clean_text(value) if value else None for name, value in stated.items()}
    return {"article_id": article.article_id, **cleaned}


def _describe_statement(statement: Statement, judged: Judged) -> dict[str, Any]:
    statuses = {one.statement_id: one.kind for one in judged.statuses}
    speaker = statement.speaker
    return {
        "statement_id": statement.statement_id,
        "form": statement.form,
        "mode": statement.mode,
        "speaker": clean_text(speaker.name) if speaker else None,
        "status": statuses.get(statement.statement_id),
        "confidence": statement.confidence.statement,
    }


FORMAT = Format(
    name="doccano",
    suffixes=(".doccano.jsonl",),
    media_type="application/jsonl",
    describe="For annotators: doccano's JSONL, spans and relations of an article on each line.",
    write=write,
    unit="article",
    count=count_records,
)
