"""Who, when and where a record names, as tables for people: a record and a width in, a section each out.

Each is cut to the first rows: the rest is in the JSON and on the page.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.export.named import (
    fold,
    group_places,
    group_reasons,
    group_times,
    list_people,
    tell_coordinates,
    tell_descriptions,
    tell_kind,
    tell_place,
    tell_time,
)
from onrecord.export.visible import show_line
from onrecord.record import PlaceValue, Record, TimeValue, Unknown

MOST_ROWS, MOST_REASONS = 12, 6
Cells = tuple[Text | str, ...]
Reasoned = tuple[str, Unknown]


def list_named(record: Record, width: int) -> Iterator[RenderableType]:
    """The sections that have rows: people, times, places."""
    people, others = list_people(record)
    if people or others:
        yield _people(record, width)
    if record.times:
        yield _times(record.times, width)
    if record.places:
        yield _places(record.places, width)


def _people(record: Record, width: int) -> RenderableType:
    shown, others = list_people(record)
    table = _empty_table({"name": width // 3, "kind": 24, "described as": width // 2})
    for heading in ("said", "mentions"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in shown[:MOST_ROWS]:
        name = _line(one.entity.name)
        name.stylize("bold" if one.entity.named else "")
        counts = str(one.statements or ""), str(len(one.entity.mentions))
        table.add_row(name, tell_kind(one.entity), _line(tell_descriptions(one.entity)), *counts)
    hidden = len(shown[MOST_ROWS:]) + len(others)
    unknowns = [(one.entity.name, u) for one in shown[:MOST_ROWS] for u in one.entity.unknowns]
    return Group(Text("People and organisations", style="bold"), table, *_more(hidden), *_reasons(unknowns))


def _times(times: Sequence[TimeValue], width: int) -> RenderableType:
    """What is known as rows; the rest below it with the reason."""
    groups = group_times(times)
    rows = [
        (_words(group), _line(told), _line(group[0].edtf or ""))
        for group in groups
        if (told := tell_time(group[0]))
    ]
    table = _empty_table({"time": width // 3, "means": width // 3, "EDTF": 24})
    unknowns = [_unknown(g[0].text, u, known=bool(tell_time(g[0]))) for g in groups for u in g[0].unknowns]
    return _section("Times", table, rows, unknowns)


def _places(places: Sequence[PlaceValue], width: int) -> RenderableType:
    """What is known as rows; the rest below it with the reason."""
    groups = group_places(places)
    rows = [
        (_words(group), _line(told), tell_coordinates(entry) if (entry := group[0].entry) else "")
        for group in groups
        if (told := tell_place(group[0]))
    ]
    table = _empty_table({"place": width // 4, "means": width // 2, "coordinates": None})
    unknowns = [_unknown(g[0].text, u, known=bool(g[0].entry)) for g in groups for u in g[0].unknowns]
    return _section("Places", table, rows, unknowns)


def _section(title: str, table: Table, rows: Sequence[Cells], unknowns: Iterable[Reasoned]) -> RenderableType:
    for row in rows[:MOST_ROWS]:
        table.add_row(*row)
    body = [table] if rows else []
    return Group(Text(title, style="bold"), *body, *_more(len(rows[MOST_ROWS:])), *_reasons(unknowns))


def _empty_table(columns: dict[str, int | None]) -> Table:
    """A table of columns that are at most so wide; what is too wide is cut."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading, most in columns.items():
        table.add_column(heading, overflow="ellipsis", max_width=most)
    return table


def _line(words: str) -> Text:
    """The words on a line that is cut and never broken, safe to show."""
    return Text(show_line(words), no_wrap=True, overflow="ellipsis")


def _words(group: Sequence[TimeValue | PlaceValue]) -> Text:
    """The words, and how often the article has them with this meaning."""
    words = _line(group[0].text)
    return words.append(f" ×{len(group)}", style="dim") if len(group) > 1 else words


def _more(count: int) -> Iterable[Text]:
    return [Text(f"and {count:,} more (see --json or --html)", style="dim")] if count else []


def _unknown(words: str, unknown: Unknown, *, known: bool) -> Reasoned:
    """The field is named only where something else of the value is known."""
    return words, unknown if known else Unknown(field="", reason=unknown.reason)


def _reasons(unknowns: Iterable[Reasoned]) -> Iterator[Text]:
    """A line a reason, with the first words it is true of."""
    grouped = group_reasons((fold(words), unknown) for words, unknown in unknowns)
    for unknown, words in list(grouped.items())[:MOST_REASONS]:
        quoted = ", ".join(f"“{one}”" for one in words[:MOST_ROWS])
        more = f" and {len(words) - MOST_ROWS} more" if len(words) > MOST_ROWS else ""
        field = f"{unknown.field} of " if unknown.field else ""
        yield Text(show_line(f"{field}{quoted}{more} unknown: {unknown.reason}"), style="dim")
    if len(grouped) > MOST_REASONS:
        yield Text(f"and {len(grouped) - MOST_REASONS} more reasons (see --json)", style="dim")
