"""Tables of statements: records as judged in, a row a statement out, and what a table leaves out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onrecord.export.base import ExportContext, replace_surrogates
from onrecord.export.columns import Value, read_row
from onrecord.export.scene import set_scene
from onrecord.record import Judged

BETWEEN_TEXTS = "; "


@dataclass(slots=True)
class Told:
    """What a table of statements cannot hold, counted while its rows are made."""

    articles: int = 0
    silent: int = 0

    def say_rest(self, context: ExportContext) -> None:
        """Tells the context of the articles that have no row, and where they are."""
        if self.silent:
            context.say(
                f"{self.silent:,} of {self.articles:,} articles have no statement, so no row here: XLSX has "
                "them in the sheet “articles”, JSONL as records."
            )


def list_rows(entries: Iterable[Judged], told: Told) -> Iterator[list[Value]]:
    """A row a statement, in the order of the records and of their text."""
    for judged in entries:
        told.articles += 1
        told.silent += not judged.record.statements
        scene = set_scene(judged)
        for statement in judged.record.statements:
            yield read_row(statement, scene)


def to_cell(value: Value) -> str:
    """A value as the text of a cell; nothing is the empty text.

    >>> to_cell(("a", "b")), to_cell(None), to_cell(-0.125)
    ('a; b', '', '-0.125')
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return BETWEEN_TEXTS.join(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)


def mend_row(row: Sequence[Value]) -> list[Value]:
    """The row with the replacement character for what UTF-8 has no code for."""
    return [_mend(value) for value in row]


def _mend(value: Value) -> Value:
    if isinstance(value, str):
        return value if _is_utf8(value) else replace_surrogates(value)
    if isinstance(value, tuple):
        return tuple(text if _is_utf8(text) else replace_surrogates(text) for text in value)
    return value


def _is_utf8(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
