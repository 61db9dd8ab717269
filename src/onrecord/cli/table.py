"""A record as a table for people: a record and a stream go in, text made for that stream comes out.

On a terminal it has colour and the terminal's width; elsewhere neither (`COLUMNS` and `NO_COLOR` are heeded).
Whatever an article holds, no character of it reaches the terminal as a command.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.cli.table_named import list_named
from onrecord.export.named import group_reasons, tell_moment
from onrecord.export.speakers import name_speaker
from onrecord.export.visible import show_line
from onrecord.record import Article, Coverage, Record, Span, Statement
from onrecord.record.place import spoken_name

PLAIN_WIDTH = 120
# Below this width, eight columns leave the content less than about thirty characters; two more need more.
NARROW = 115
WHEN_WIDTH, IN_WIDTH = 18, 16
# In two lines a statement, the speaker's column may take this part of the width.
SPEAKER_PART = 4
MOST_NUMBERS = 12
MOMENT_FIELDS = {"said_at": "when said", "said_in": "where said"}
SECTIONS = {
    "Said and written": frozenset({"said", "wrote", None}),
    "Thought, felt, wanted, known": frozenset({"thinks", "feels", "wants", "knows"}),
}
FORM_STYLES = {"direct": "green", "mixed": "yellow", "indirect": "blue"}
Row = tuple[int, Statement]
Column = tuple[str, int | None, Callable[[Statement], Text]]


def render_record(record: Record, stream: TextIO, *, name: str | None = None) -> str:
    """The whole report of one record, made for that stream; `name` is shown above it."""
    console = make_console(stream)
    with console.capture() as capture:
        if name is not None:
            console.rule(Text(show_line(name)), align="left", characters="─", style="dim")
        console.print(_header(record))
        for section in _sections(record, console.width):
            console.print()
            console.print(section)
        for line in _reasons(record.statements):
            console.print(line)
        for section in list_named(record, console.width):
            console.print()
            console.print(section)
        for line in _notes(record):
            console.print(line)
        console.print()
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


def make_console(stream: TextIO) -> Console:
    """A console that writes for the stream: a terminal as it is, anything else plain and wide."""
    if stream.isatty():
        return Console(file=stream, markup=False, highlight=False, emoji=False)
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) > 0 else PLAIN_WIDTH
    return Console(file=stream, width=width, color_system=None, markup=False, highlight=False, emoji=False)


def _header(record: Record) -> RenderableType:
    """Title, header fields and counts; what is unknown says why."""
    article = record.article
    title = (
        Text(show_line(article.title.value), style="bold") if article.title else _unknown(article, "title")
    )
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    for field, value in _header_values(article).items():
        rows.add_row(field.removesuffix("_at"), Text(show_line(value)) if value else _unknown(article, field))
    for unknown in article.unknowns:
        if unknown.field not in {"title", *_header_values(article)}:
            rows.add_row(show_line(unknown.field), _unknown(article, unknown.field))
    rows.add_row("statements", _counts(record.statements))
    if article.coverage is not None:
        rows.add_row("coverage", Text(_describe_coverage(article.coverage)))
    return Group(title, rows)


def _describe_coverage(coverage: Coverage) -> str:
    """How much of the page the article holds: "812 of 1,420 words on the page"."""
    held = f"{coverage.article_words:,} of {coverage.visible_words:,} words on the page"
    count = len(coverage.dropped)
    if not count:
        return held
    what = "1 paragraph left out reads" if count == 1 else f"{count} paragraphs left out read"
    return f"{held}; {what} like text (see --json)"


def _header_values(article: Article) -> dict[str, str]:
    moment, outlet, language = article.published_at, article.outlet, article.language
    values = {
        "authors": ", ".join(author.value for author in article.authors),
        "published_at": f"{moment.value} (to the {moment.precision})" if moment else "",
        "outlet": outlet.value if outlet else "",
        "language": language.value if language else "",
    }
    return values | ({"address": article.url} if article.url else {})


def _unknown(article: Article, field: str) -> Text:
    reasons = "; ".join(show_line(u.reason) for u in article.unknowns if u.field == field)
    return Text(f"unknown: {reasons}" if reasons else "unknown", style="dim")


def _counts(statements: Iterable[Statement]) -> Text:
    forms = Counter(s.form for s in statements)
    counted = Text(str(forms.total()))
    for form, style in FORM_STYLES.items():
        if number := next((n for f, n in forms.items() if f == form), 0):
            counted.append(", " if len(counted) > len(str(forms.total())) else ": ")
            counted.append(f"{number} {form}", style=style)
    return counted


def _sections(record: Record, width: int) -> Iterator[RenderableType]:
    """The table of what was said and written, and that of thought, each where it has rows."""
    shown = Shown(record)
    for title, modes in SECTIONS.items():
        rows = [(n, s) for n, s in enumerate(record.statements, 1) if s.mode in modes]
        if rows:
            build = _wide_table if width >= _needed_width(record.statements) else _narrow_table
            yield Group(Text(title, style="bold"), build(rows, shown, width))


def _needed_width(statements: Sequence[Statement]) -> int:
    """What one line a statement needs; with less, each takes two."""
    has_when, has_in = any(s.said_at for s in statements), any(s.said_in for s in statements)
    return NARROW + WHEN_WIDTH * has_when + IN_WIDTH * has_in


def _wide_table(rows: list[Row], shown: "Shown", width: int) -> Table:
    """One line a statement; the content is cut to what the other columns leave of the width."""
    columns: list[Column] = [
        ("speaker", 20, shown.speaker),
        ("cue", 13, shown.cue),
        ("content", None, shown.content),
    ]
    columns += [("form", None, shown.form), ("mode", None, shown.mode)]
    columns += [("via", 19, shown.via)] if any(s.chain for _, s in rows) else []
    columns += [("when", WHEN_WIDTH, shown.when)] if any(s.said_at for _, s in rows) else []
    columns += [("in", IN_WIDTH, shown.place)] if any(s.said_in for _, s in rows) else []
    columns += [("where", None, shown.where)]
    table = _empty_table()
    for heading, most, _ in columns:
        of_content: dict[str, Any] = {"ratio": 1, "min_width": 24} if heading == "content" else {}
        table.add_column(heading, no_wrap=True, overflow="ellipsis", max_width=most, **of_content)
    for number, statement in rows:
        table.add_row(Text(str(number)), *(cell(statement) for _, _, cell in columns))
    return table


def _empty_table() -> Table:
    table = Table(box=None, expand=True, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("#", justify="right", no_wrap=True)
    return table


def _narrow_table(rows: list[Row], shown: "Shown", width: int) -> Table:
    """Two lines a statement: content, and below it the rest."""
    table = _empty_table()
    most = max(18, width // SPEAKER_PART)
    table.add_column("speaker", no_wrap=True, overflow="ellipsis", max_width=most)
    table.add_column("content", ratio=1, min_width=24)
    for number, s in rows:
        facts = (
            shown.form(s),
            shown.mode(s, "mode "),
            shown.via(s, "via "),
            shown.when(s),
            shown.place(s, "in "),
        )
        line = Text(" · ", style="dim").join(filter(len, (*facts, shown.where(s))))
        table.add_row(Text(str(number)), shown.full_speaker(s), shown.content(s))
        table.add_row("", shown.cue(s), line)
    return table


class Shown:
    """The cells of the statements of one record."""

    def __init__(self, record: Record) -> None:
        self._text = record.article.text
        self._paragraphs = {b.span: place for place, b in enumerate(record.article.body(), 1)}
        self._numbers = {s.statement_id: n for n, s in enumerate(record.statements, 1)}
        self._places = {place.place_id: spoken_name(place) for place in record.places}

    def speaker(self, statement: Statement) -> Text:
        """The name; of an unknown speaker the source as written."""
        if statement.speaker is None:
            return self.full_speaker(statement)
        return Text(show_line(statement.speaker.name), style="bold")

    def full_speaker(self, statement: Statement) -> Text:
        """The name and, where it differs, the source as written."""
        name = show_line(name_speaker(statement, self._text))
        return Text(name, style="bold" if statement.speaker else "dim")

    def cue(self, statement: Statement) -> Text:
        """The words that attribute."""
        return Text(self._join(statement.cue), style="italic")

    def content(self, statement: Statement) -> Text:
        """What was said, cut to one line; of a nested statement after the number of that round it."""
        outer = self._numbers.get(statement.within or "")
        cell = Text(f"in #{outer}: " if outer else "", style="dim", no_wrap=True, overflow="ellipsis")
        return cell.append(Text(self._join(statement.content), style="not dim"))

    @staticmethod
    def form(statement: Statement) -> Text:
        """Direct, mixed or indirect."""
        return Text(statement.form, style=FORM_STYLES[statement.form])

    @staticmethod
    def mode(statement: Statement, prefix: str = "") -> Text:
        """Said, wrote, thinks …"""
        return Text(statement.mode) if statement.mode else Text(f"{prefix}unknown", style="dim")

    @staticmethod
    def via(statement: Statement, prefix: str = "") -> Text:
        """The hops."""
        hops = " → ".join(show_line(hop.text) for hop in statement.chain)
        return Text(prefix + hops if hops else "", style="magenta")

    @staticmethod
    def when(statement: Statement) -> Text:
        """When it was said."""
        return Text(show_line(tell_moment(statement.said_at)) if statement.said_at else "", style="cyan")

    def place(self, statement: Statement, prefix: str = "") -> Text:
        """Where it was said."""
        said_in = statement.said_in
        name = self._places.get(said_in.place_id, said_in.text) if said_in else ""
        return Text(prefix + show_line(name) if name else "", style="cyan")

    def where(self, statement: Statement) -> Text:
        """Paragraph and bounds of the first content, and how many more there are: "¶3 620–717 +1"."""
        first = statement.content[0]
        held = next((place for span, place in self._paragraphs.items() if span.overlaps(first)), None)
        where = f"¶{held} " if held else ""
        more = f" +{len(statement.content) - 1}" if len(statement.content) > 1 else ""
        return Text(f"{where}{first.start_char}–{first.end_char}{more}", style="dim")

    def _join(self, spans: Iterable[Span]) -> str:
        return show_line(" … ".join(span.of(self._text) for span in spans))


def _reasons(statements: Sequence[Statement]) -> Iterator[RenderableType]:
    """Why fields of statements are unknown: of which; of when and where, which is often, of how many."""
    numbered = ((n, unknown) for n, one in enumerate(statements, 1) for unknown in one.unknowns)
    found = group_reasons(numbered)
    lines = [
        f"{unknown.field} of {_list_numbers(numbers)} unknown: {unknown.reason}"
        for unknown, numbers in found.items()
        if unknown.field not in MOMENT_FIELDS
    ]
    for field, name in MOMENT_FIELDS.items():
        counts = {
            unknown.reason: len(numbers) for unknown, numbers in found.items() if unknown.field == field
        }
        lines += [_count_reasons(name, counts, len(statements))] if counts else []
    yield from [Text()] if lines else []
    for line in lines:
        yield Text(show_line(line), style="dim")


def _list_numbers(numbers: Sequence[int]) -> str:
    """The first of them, and how many more there are."""
    more = f" and {len(numbers) - MOST_NUMBERS} more" if len(numbers) > MOST_NUMBERS else ""
    return ", ".join(map(str, numbers[:MOST_NUMBERS])) + more


def _count_reasons(name: str, counts: dict[str, int], total: int) -> str:
    """One line: "when said unknown for 9 of 14: no time is told (6); it is told of another day (3)"."""
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    told = "; ".join(f"{reason} ({count})" if len(counts) > 1 else reason for reason, count in ordered)
    return f"{name} unknown for {sum(counts.values())} of {total}: {told}"


def _notes(record: Record) -> Iterator[RenderableType]:
    """What the reader must know."""
    yield from [Text()] if record.notes or not record.statements else []
    for note in record.notes:
        yield Text(f"note: {show_line(note.detail)}", style="yellow")
    if not record.statements and not record.notes:
        yield Text("No statement was found in this article.", style="dim")
