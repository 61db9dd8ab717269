"""A record as a table for people: a record and a stream go in, text made for that stream comes out.

On a terminal it has colour and the terminal's width; elsewhere neither (`COLUMNS` and `NO_COLOR` are heeded).
Whatever an article holds, no character of it reaches the terminal as a command.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.export.visible import show_line
from onrecord.record import Article, Coverage, Record, Span, Statement

PLAIN_WIDTH = 120
# Below this width, eight columns leave the content less than about thirty characters.
NARROW = 115
SECTIONS = {
    "Said and written": frozenset({"said", "wrote", None}),
    "Thought, felt, wanted, known": frozenset({"thinks", "feels", "wants", "knows"}),
}
FORM_STYLES = {"direct": "green", "mixed": "yellow", "indirect": "blue"}
UNKNOWN = Text("unknown", style="dim")


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
        for line in _footer(record):
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
    paragraphs = {b.span: place for place, b in enumerate(record.article.body(), 1)}
    for title, modes in SECTIONS.items():
        rows = [(n, s) for n, s in enumerate(record.statements, 1) if s.mode in modes]
        if rows:
            build = _narrow_table if width < NARROW else _wide_table
            yield Group(Text(title, style="bold"), build(rows, record.article.text, paragraphs))


def _empty_table() -> Table:
    table = Table(box=None, expand=True, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("#", justify="right", no_wrap=True)
    return table


def _wide_table(rows: list[tuple[int, Statement]], text: str, paragraphs: dict[Span, int]) -> Table:
    """One line a statement; the content is cut to what the other columns leave."""
    table = _empty_table()
    for heading, most in (("speaker", 20), ("cue", 13)):
        table.add_column(heading, no_wrap=True, overflow="ellipsis", max_width=most)
    table.add_column("content", no_wrap=True, overflow="ellipsis", ratio=1, min_width=24)
    for heading in ("form", "mode"):
        table.add_column(heading, no_wrap=True)
    has_hops = any(s.chain for _, s in rows)
    if has_hops:
        table.add_column("via", no_wrap=True, overflow="ellipsis", max_width=19)
    table.add_column("where", no_wrap=True)
    for number, s in rows:
        cells = [Text(str(number)), _speaker(s), _cue(s, text), _content(s, text), _form(s), _mode(s)]
        cells += [_via(s)] if has_hops else []
        table.add_row(*cells, _where(s, paragraphs))
    return table


def _narrow_table(rows: list[tuple[int, Statement]], text: str, paragraphs: dict[Span, int]) -> Table:
    """Two lines a statement: content, and below it the rest."""
    table = _empty_table()
    table.add_column("speaker", no_wrap=True, overflow="ellipsis", max_width=18)
    table.add_column("content", no_wrap=True, overflow="ellipsis", ratio=1, min_width=24)
    for number, s in rows:
        facts = Text(" ").join(filter(len, (_form(s), _mode(s), _via(s, "via "), _where(s, paragraphs))))
        table.add_row(Text(str(number)), _speaker(s), _content(s, text))
        table.add_row("", _cue(s, text), facts)
    return table


def _speaker(statement: Statement) -> Text:
    return Text(show_line(statement.speaker.text), style="bold") if statement.speaker else UNKNOWN.copy()


def _cue(statement: Statement, text: str) -> Text:
    return Text(show_line(" … ".join(span.of(text) for span in statement.cue)), style="italic")


def _content(statement: Statement, text: str) -> Text:
    return Text(show_line(" … ".join(span.of(text) for span in statement.content)))


def _form(statement: Statement) -> Text:
    return Text(statement.form, style=FORM_STYLES[statement.form])


def _mode(statement: Statement) -> Text:
    return Text(statement.mode) if statement.mode else UNKNOWN.copy()


def _via(statement: Statement, prefix: str = "") -> Text:
    hops = " → ".join(show_line(hop.text) for hop in statement.chain)
    return Text(prefix + hops if hops else "", style="magenta")


def _where(statement: Statement, paragraphs: dict[Span, int]) -> Text:
    """Paragraph and bounds of the first content, and how many more there are: "¶3 620–717 +1"."""
    first = statement.content[0]
    held = next((place for span, place in paragraphs.items() if span.overlaps(first)), None)
    where = f"¶{held} " if held else ""
    more = f" +{len(statement.content) - 1}" if len(statement.content) > 1 else ""
    return Text(f"{where}{first.start_char}–{first.end_char}{more}", style="dim")


def _footer(record: Record) -> Iterator[RenderableType]:
    """Why fields of statements are unknown, and the notes."""
    reasons: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, statement in enumerate(record.statements, 1):
        for unknown in statement.unknowns:
            reasons[unknown.field, unknown.reason].append(number)
    if reasons or record.notes or not record.statements:
        yield Text()
    for (field, reason), numbers in reasons.items():
        listed = ", ".join(map(str, numbers))
        yield Padding(Text(show_line(f"{field} of {listed} unknown: {reason}"), style="dim"), 0)
    for note in record.notes:
        yield Text(f"note: {show_line(note.detail)}", style="yellow")
    if not record.statements and not record.notes:
        yield Text("No statement was found in this article.", style="dim")
