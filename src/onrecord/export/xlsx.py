"""XLSX: records as judged in, a workbook out: statements, articles, people, failures, the columns explained.

Rows go to temporary files as they come, so that memory does not grow with them, save for the names of
people. Nothing is cut off: what a cell or a sheet cannot hold goes on in another sheet.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from onrecord.errors import ExportError
from onrecord.export.base import ExportContext, Format, count_statements, load_part
from onrecord.export.columns import COLUMNS, Value, describe_columns, read_row
from onrecord.export.people import PEOPLE_COLUMNS, People
from onrecord.export.rows import to_cell
from onrecord.export.scene import Scene, instant_of, set_scene
from onrecord.export.xlsx_files import Lent, close_rows
from onrecord.export.xlsx_sheet import Book
from onrecord.record import Judged

EXTRA = "tables"
NAMES = tuple(column.name for column in COLUMNS)
LINKED = frozenset({"url", "link"})
WIDTHS = {"text": 60, "title": 40, "speaker": 24, "source": 24, "link": 30, "url": 30}
ARTICLE_COLUMNS = (
    "published", "outlet", "title", "authors", "agencies", "language", "url", "statements", "rejected",
    "notes", "unknown", "article_id", "capture_sha256", "retrieved_at",
)  # fmt: skip
FAILURE_COLUMNS = ("stage", "reason", "detail", "subject")
COLUMN_COLUMNS = ("column", "kind", "meaning")
# Without a moment of export, every workbook of the same records is the same: the zip's own first year.
NO_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many rows the statements have."""
    writer = load_part("xlsxwriter", EXTRA)
    faults = load_part("xlsxwriter.exceptions", EXTRA)
    with TemporaryDirectory(prefix="onrecord-") as folder:
        options = {"constant_memory": True, "remove_timezone": True, "tmpdir": folder}
        lent = Lent(stream)
        workbook = writer.Workbook(lent, options)
        workbook.use_zip64()  # a sheet of a million rows may have more than 4 GB before it is packed
        try:
            rows = _fill(workbook, entries, context)
            workbook.close()
        except faults.XlsxWriterException as error:
            cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else None
            if cause is not None:
                raise cause from error
            raise ExportError(f"The workbook cannot be written: {error}.") from error
        finally:
            lent.take_back()
            close_rows(workbook)
    return rows


def _fill(workbook: Any, entries: Iterable[Judged], context: ExportContext) -> int:
    moment = instant_of(context.made_at) or NO_MOMENT
    workbook.set_properties({"title": "Statements", "comments": context.generator, "created": moment})
    book = Book(workbook)
    statements = book.add_table("statements", NAMES, WIDTHS)
    articles = book.add_table("articles", ARTICLE_COLUMNS, {"title": 40, "url": 30})
    people = People()
    for judged in entries:
        scene = set_scene(judged)
        articles.add_row(_article_row(judged, scene), links=LINKED)
        for statement in judged.record.statements:
            statements.add_row(read_row(statement, scene), links=LINKED)
            people.add(statement, scene)
    _add_rest(book, people, context)
    for note in book.close():
        context.say(note)
    return statements.rows


def _add_rest(book: Book, people: People, context: ExportContext) -> None:
    spoken = book.add_table("people", PEOPLE_COLUMNS, {"name": 30, "names": 40})
    for row in people.list_rows():
        spoken.add_row(row)
    if context.failures:
        failures = book.add_table("failures", FAILURE_COLUMNS, {"detail": 60, "subject": 40})
        for failure in context.failures:
            failures.add_row([getattr(failure, name) for name in FAILURE_COLUMNS])
    columns = book.add_table("columns", COLUMN_COLUMNS, {"meaning": 80, "column": 20})
    for described in describe_columns():
        columns.add_row(described)


def _article_row(judged: Judged, scene: Scene) -> Sequence[Value]:
    article, capture = scene.article, scene.capture
    return (
        article.published_at.value if article.published_at else None,
        article.outlet.value if article.outlet else None,
        article.title.value if article.title else None,
        to_cell(tuple(one.value for one in article.authors)),
        to_cell(tuple(one.value for one in article.agencies)),
        article.language.value if article.language else None,
        article.url,
        len(judged.record.statements),
        len(judged.rejected),
        tuple(note.detail for note in judged.record.notes),
        tuple(f"{one.field}: {one.reason}" for one in article.unknowns),
        article.article_id,
        capture.sha256,
        capture.retrieved_at,
    )


FORMAT = Format(
    name="xlsx",
    suffixes=(".xlsx",),
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    describe="A workbook for Excel: statements, articles, people, failures, and what the columns mean.",
    write=write,
    unit="row",
    count=count_statements,
    extra=EXTRA,
    module="xlsxwriter",
    is_text=False,
)
