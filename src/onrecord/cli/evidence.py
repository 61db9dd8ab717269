"""One statement with every field and what each rests on: the record and the statement in, text out."""

from collections.abc import Iterator
from typing import TextIO

from rich.table import Table
from rich.text import Text

from onrecord.cli.table import make_console
from onrecord.export.named import fold, tell_moment
from onrecord.export.visible import show_line
from onrecord.record import Judged, Judgement, Origin, PlaceValue, Record, Span, Statement, Status
from onrecord.record.fragments import fragment_link
from onrecord.record.place import spoken_name

MOST_AROUND = 200
Row = tuple[str, str, str]  # what it is, its value, what it rests on


def render_statement(
    judged: Judged, statement: Statement, stream: TextIO, *, judgements: tuple[Judgement, ...] = ()
) -> str:
    """Each field in a row of its own, with its evidence; then what people judged of it."""
    record = judged.record
    status = next((s for s in judged.statuses if s.statement_id == statement.statement_id), None)
    rows = [*_list_fields(record, statement), *_list_origins(record, statement)]
    rows += [*_list_status(status), *map(_tell_judgement, judgements)]
    rows += [(f"unknown: {u.field}", u.reason, "") for u in statement.unknowns]
    console = make_console(stream)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold", ratio=3)
    table.add_column(overflow="fold", ratio=2, style="dim")
    for row in rows:
        table.add_row(*(Text(show_line(cell)) for cell in row))
    with console.capture() as capture:
        console.print(Text(statement.statement_id, style="bold"))
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


def _list_fields(record: Record, statement: Statement) -> Iterator[Row]:
    text = record.article.text
    if statement.speaker:
        path = " → ".join(f"{fold(m.text)} {_bounds(m.span)}" for m in statement.speaker.path)
        yield "speaker", statement.speaker.name, f"{path} · {_tell_origin(statement.speaker.origin)}"
    for field in ("content", "cue", "source"):
        sure = f"confidence {getattr(statement.confidence, field):.2f}"
        for span in getattr(statement, field):
            yield field, fold(span.of(text)), f"{_bounds(span)} · {sure}"
    yield "around", _text_around(statement, text), ""
    yield "form", statement.form, "the quotation marks in the content"
    if statement.mode:
        yield "mode", statement.mode, "the words of the cue"
    for hop in statement.chain:
        yield f"hop: {hop.kind}", fold(hop.text), f"{_bounds(hop.span)} · {_tell_origin(hop.origin)}"
    yield from _list_setting(record, statement)


def _list_setting(record: Record, statement: Statement) -> Iterator[Row]:
    """When and where it was said, and what it speaks of."""
    if statement.said_at:
        time = next((t for t in record.times if t.time_id == statement.said_at.time_id), None)
        words = f"“{fold(time.text)}” {_bounds(time.span)} · " if time else ""
        yield "said at", tell_moment(statement.said_at), words + _tell_origin(statement.said_at.origin)
    if statement.said_in:
        said_in = statement.said_in
        called = (spoken_name(p) for p in record.places if p.place_id == said_in.place_id)
        yield (
            "said in",
            next(called, said_in.text),
            f"{_bounds(said_in.span)} · {_tell_origin(said_in.origin)}",
        )
    about = statement.about
    names = [e.name for e in record.entities if e.entity_id in about.entity_ids]
    names += [t.text for t in record.times if t.time_id in about.time_ids]
    names += [_name_place(p) for p in record.places if p.place_id in about.place_ids]
    if names:
        yield "about", "; ".join(map(fold, names)), "stands in the content"
    outer = next((s for s in record.statements if s.statement_id == statement.within), None)
    if outer:
        yield "within", outer.statement_id, fold(" … ".join(s.of(record.article.text) for s in outer.content))


def _name_place(place: PlaceValue) -> str:
    known = place.entry
    return f"{place.text} ({known.name}, {known.country})" if known and known.country else place.text


def _list_origins(record: Record, statement: Statement) -> Iterator[Row]:
    """Where all of it comes from: model, article, capture."""
    article = record.article
    yield "read by", _tell_origin(statement.origin), f"confidence {statement.confidence.statement:.2f}"
    title = article.title.value if article.title else "without a title"
    outlet = article.outlet.value if article.outlet else None
    published = article.published_at.value if article.published_at else None
    yield "article", ", ".join(filter(None, (title, outlet, published))), article.article_id
    link = fragment_link(article, statement.content[0])
    if link:
        yield "link", link, ""
    capture = record.capture
    yield "capture", f"sha256 {capture.sha256}", ", ".join(filter(None, (capture.url, capture.retrieved_at)))


def _list_status(status: Status | None) -> Iterator[Row]:
    if status:
        yield "judged", status.kind, f"{status.by}, {status.made_at}"


def _tell_judgement(judgement: Judgement) -> Row:
    field = f" {judgement.correction.field}" if judgement.correction else ""
    taken_back = f", withdrawn {judgement.withdrawn_at}" if judgement.withdrawn_at else ""
    note = f"“{judgement.note}” · " if judgement.note else ""
    return (
        f"{judgement.kind}{field}",
        f"{judgement.by}, {judgement.made_at}{taken_back}",
        note + judgement.judgement_id,
    )


def _tell_origin(origin: Origin) -> str:
    """How a value came about: "model attribution joint-1, then close_quotation"."""
    repaired = f", then {', '.join(origin.rules)}" if origin.rules else ""
    return f"{origin.kind} {origin.name} {origin.version}{repaired}"


def _text_around(statement: Statement, text: str) -> str:
    spans = (*statement.content, *statement.cue, *statement.source)
    low, high = min(s.start_char for s in spans), max(s.end_char for s in spans)
    start, end = max(low - MOST_AROUND, 0), min(high + MOST_AROUND, len(text))
    return f"{'…' if start else ''}{fold(text[start:end])}{'…' if end < len(text) else ''}"


def _bounds(span: Span) -> str:
    return f"{span.start_char}–{span.end_char}"
