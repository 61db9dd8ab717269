"""`onrecord export`: a record, or what of it answers a question, as one file in any of the formats."""

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from onrecord.cli.exits import debug_option, say
from onrecord.cli.filters import filter_options, query_of, speaker_option
from onrecord.cli.search import join_words
from onrecord.cli.where import in_option, open_for
from onrecord.record import Judged, Query

if TYPE_CHECKING:
    from onrecord.export.base import ExportContext, Format
    from onrecord.export.writing import Exported
    from onrecord.store.base import Store


def _show_formats(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from onrecord.export.formats import FORMATS

    rows = [(one.name, ", ".join(one.suffixes), one.describe) for one in FORMATS.values()]
    name, suffixes = (max(len(row[i]) for row in rows) for i in (0, 1))
    for row in rows:
        click.echo(f"{row[0]:<{name}}  {row[1]:<{suffixes}}  {row[2]}")
    context.exit()


@click.command()
@click.argument("words", nargs=-1)
@in_option
@click.option("-o", "--output", required=True, metavar="FILE", help='The file to write; "-" is stdout.')
@click.option("--format", "name", metavar="NAME", help="The format, where the file's name does not tell it.")
@click.option(
    "--formats",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_formats,
    help="List the formats, and end.",
)
@speaker_option
@filter_options
@click.option("--keep-body", is_flag=True, help="As JSONL: with the captured bytes.")
@click.option(
    "--judgements", is_flag=True, help="What people judged instead, as cases to train and test with."
)
@click.option(
    "--paragraphs", is_flag=True, help="With --judgements: the paragraphs of a case, not the whole article."
)
@debug_option
def export(words: tuple[str, ...], where: str | None, **given: Any) -> None:
    """Write a record as one file, for a spreadsheet, a program, the web, a map or an annotator's tool.

    Everything is exported; with WORDS or filters, as `onrecord search` has them, only the statements that
    answer. What people judged is laid over: corrections are in it, what they rejected is not.

    The file is whole, or there is an error and no file: it is written aside and takes its place at the end.
    On stdout, formats of text are written as they come.

    With --judgements it is a line of JSON for each case that somebody judged: the text, what was extracted
    and what is right, or which people are the same.

    \b
    onrecord export --in news.onrecord -o statements.csv
    onrecord export --in news.onrecord -o vance.xlsx --speaker Vance --published 2024
    onrecord export --in news.onrecord -o - --format jsonl bridge | head -1
    onrecord export --in news.onrecord -o cases.jsonl --judgements
    """
    query = query_of(given).narrow(words=join_words(words))
    if given["judgements"]:
        _check_judgements(query, given)
        with open_for(where) as store:
            _write_judgements(store, given)
        return
    if given["paragraphs"]:
        raise click.UsageError("--paragraphs is for --judgements.")
    chosen = _choose_format(given)
    with open_for(where) as store:
        exported = _write(store, query, chosen, given)
    _tell(exported, given["output"])


def _choose_format(given: dict[str, Any]) -> "Format":
    """The format that was named, or that the file's name tells; an error where it does not fit."""
    from onrecord.export.formats import find_format

    to_stdout = given["output"] == "-"
    if to_stdout and not given["name"]:
        raise click.UsageError("Stdout has no name that tells the format: give it with --format.")
    chosen = find_format(given["name"] or Path(given["output"]))
    if given["keep_body"] and chosen.name != "jsonl":
        raise click.UsageError("--keep-body is for JSONL: the other formats do not hold the bytes.")
    if to_stdout and not chosen.is_text:
        raise click.UsageError(f"{chosen.name} is not text: give a file with -o.")
    return chosen


def _check_judgements(query: Query, given: dict[str, Any]) -> None:
    if query != Query() or given["name"] not in {None, "jsonl"} or given["keep_body"]:
        raise click.UsageError(
            "--judgements are all of a record's, as JSONL: give no filters or format with it."
        )


def _write_judgements(store: "Store", given: dict[str, Any]) -> None:
    from onrecord.export.judgements import write_judgements
    from onrecord.export.writing import open_whole

    output, ways = given["output"], {"paragraphs_only": given["paragraphs"]}
    if output == "-":
        written = write_judgements(store, _open_stdout(), **ways)
    else:
        with open_whole(output) as stream:
            written = write_judgements(store, stream, **ways)
    cases = (
        _count(written.statements, "statement"),
        "1 pair of people" if written.people == 1 else f"{written.people:,} pairs of people",
        _count(written.unfit, "judgement") + " that fit nothing any more" if written.unfit else "",
    )
    say(f"Judgements written{'' if output == '-' else f' in {output}'}: {', '.join(filter(None, cases))}.")


def _write(store: "Store", query: Query, chosen: "Format", given: dict[str, Any]) -> "Exported":
    from onrecord.export.writing import export_to, write_stream

    asked = None if query == Query() else query
    context = _make_context(store, whole=asked is None, with_body=given["keep_body"])
    entries = store.iter_judged(asked)
    if given["keep_body"]:
        entries = _with_bodies(entries, store)
    if given["output"] == "-":
        return write_stream(chosen, entries, _open_stdout(), context)
    return export_to(given["output"], chosen, entries, context)


def _make_context(store: "Store", *, whole: bool, with_body: bool) -> "ExportContext":
    from onrecord.export.base import ExportContext, name_program

    return ExportContext(
        generator=name_program(),
        failures=store.failures() if whole else (),
        with_body=with_body,
        say=say,
    )


def _with_bodies(entries: Iterator[Judged], store: "Store") -> Iterator[Judged]:
    """The records with the bytes that they were read from, of those that the store has."""
    for judged in entries:
        capture = judged.record.capture
        if capture.body is None:
            capture = dataclasses.replace(capture, body=store.capture_body(capture.sha256))
        yield dataclasses.replace(judged, record=dataclasses.replace(judged.record, capture=capture))


def _open_stdout() -> BinaryIO:
    """Standard output for bytes; a terminal is shown what strangers wrote without its hidden powers."""
    from onrecord.cli.terminal import Terminal

    sys.stdout.flush()
    stream = sys.stdout.buffer
    return Terminal(stream) if sys.stdout.isatty() else stream  # type: ignore[return-value]


def _tell(exported: "Exported", output: str) -> None:
    """Says how much was written, on stderr."""
    chosen = exported.chosen
    place = "" if output == "-" else f" in {output}"
    say(
        f"Written as {chosen.name}{place}: {_count(exported.written, chosen.unit)} "
        f"of {_count(exported.records, 'article')} with {_count(exported.statements, 'statement')}."
    )


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"
