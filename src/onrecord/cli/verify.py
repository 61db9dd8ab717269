"""`onrecord verify`: a draft held against a record, as a table, one JSON object or one page."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from onrecord.cli.exits import debug_option, say
from onrecord.cli.outputs import Face, face_of, open_text
from onrecord.cli.reading import start_engine
from onrecord.cli.where import in_option, need_where, open_for

if TYPE_CHECKING:
    from onrecord.verifier.verdict import Report

FAILS = 1


@click.command()
@click.argument("draft", metavar="DRAFT")
@in_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every verdict.")
@click.option("--html", "as_html", is_flag=True, help="Make one self-contained page.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help="Write to this file.")
@click.option("--quotations", is_flag=True, help="Leave out what the draft says in its own words.")
@debug_option
@click.pass_context
def verify(context: click.Context, /, **given: Any) -> None:
    """Hold every quotation of a draft against a record.

    DRAFT is a plain text, Markdown (.md), HTML or Word (.docx) file, or "-" for standard input. Each of its
    quotations, and each claim that somebody said something, gets a verdict: exact, exact but for marks,
    trimmed, spliced, paraphrased, only reported, altered (with the words that differ, a turned negation,
    number, name or modal loudest), misattributed, or not found; with the evidence it rests on.

    \b
    onrecord verify draft.docx --in news.onrecord
    onrecord verify draft.md --in news.onrecord --html -o verdicts.html

    \b
    Exit codes:
      0    nothing fails
      1    something is altered, misattributed or not found; or the draft or record could not be read
      2    the command line is wrong: nothing was read
      3    onrecord is not whole: its weights or a part of it are missing
      130  interrupted by Ctrl-C
    """
    face = face_of(as_json=given["as_json"], as_html=given["as_html"])
    if not given["draft"]:
        raise click.UsageError("DRAFT has an empty name.")
    where = need_where(given["where"])
    with open_text(given["output"], [given["draft"], where]) as stream:
        report = _verify(given["draft"], where, quotations=given["quotations"])
        _write(report, face, stream)
    if face != "table":
        _say_report(report)
    if report.fails:
        context.exit(FAILS)


def _verify(draft: str, where: str, *, quotations: bool) -> "Report":
    """The verdicts; the weights are loaded last, when record and draft could be read."""
    from onrecord.collection.face import Collection

    with open_for(where) as store:
        return Collection(store, engine=start_engine(), say=say).verify(Path(draft), quotations=quotations)


def _write(report: "Report", face: Face, stream: TextIO) -> None:
    if face == "json":
        from onrecord.export.verdicts import verdicts_to_json

        stream.write(verdicts_to_json(report) + "\n")
    elif face == "html":
        from onrecord.export.verdicts_html import verdicts_to_html

        stream.write(verdicts_to_html(report))
    else:
        from onrecord.cli.table_verdicts import render_report

        stream.write(render_report(report, stream))
    stream.flush()


def _say_report(report: "Report") -> None:
    """What the table would have shown first and last."""
    from onrecord.export.verdict_words import summarise_report

    for note in report.notes:
        say(note)
    say(summarise_report(report))
