"""`onrecord show`: one article, statement or person of a record that is kept, with all its evidence."""

import dataclasses
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click

from onrecord.cli.exits import debug_option
from onrecord.cli.where import in_option, open_for
from onrecord.errors import UnknownIdError
from onrecord.record import Judged, Person, Statement, judgements_of, to_json

if TYPE_CHECKING:
    from onrecord.store.base import View


@click.command()
@click.argument("wanted", metavar="ID")
@in_option
@click.option("--extractions", is_flag=True, help="All readings of the article, oldest first.")
@click.option("--json", "as_json", is_flag=True, help="JSON: the record, or the part of it.")
@click.option("--html", "as_html", is_flag=True, help="The article's page, its statements marked.")
@debug_option
def show(wanted: str, where: str | None, extractions: bool, as_json: bool, as_html: bool) -> None:
    """Show one thing of a record by its id: an article, a statement or a person.

    An id may be cut short where it stays the only one. A statement is shown with every field, what each
    rests on, and what people judged of it.
    """
    if as_json and as_html:
        raise click.UsageError("--json and --html cannot both be given: choose one.")
    stream = sys.stdout
    with open_for(where) as store:
        if wanted.startswith("person-"):
            _show_person(store, wanted, stream, as_json=as_json)
        elif extractions:
            _show_extractions(store, wanted, stream, as_json=as_json)
        else:
            _show_judged(store, wanted, stream, face="json" if as_json else "html" if as_html else "table")


def _show_judged(store: "View", wanted: str, stream: TextIO, *, face: str) -> None:
    judged = store.judged(wanted)
    if face == "html":
        from onrecord.export.html import to_html

        stream.write(to_html(judged.record))
        return
    if wanted.startswith("statement-"):
        _show_statement(store, judged, find_statement(judged, wanted), stream, as_json=face == "json")
    elif face == "json":
        stream.write(to_json(judged.record) + "\n")
    else:
        from onrecord.cli.table import render_record

        stream.write(render_record(judged.record, stream))


def _show_statement(
    store: "View", judged: Judged, statement: Statement, stream: TextIO, *, as_json: bool
) -> None:
    if as_json:
        with_outer = tuple(_list_around(judged, statement))
        stream.write(to_json(dataclasses.replace(judged.record, statements=with_outer)) + "\n")
        return
    from onrecord.cli.evidence import render_statement

    about = judgements_of(judged, statement.statement_id, store.judgements(of=statement.statement_id))
    stream.write(render_statement(judged, statement, stream, judgements=about))


def _list_around(judged: Judged, statement: Statement) -> Iterator[Statement]:
    """The statement after those it stands within, outermost first: without them it would name nothing."""
    outer = next((s for s in judged.record.statements if s.statement_id == statement.within), None)
    if outer is not None:
        yield from _list_around(judged, outer)
    yield statement


def find_statement(judged: Judged, wanted: str) -> Statement:
    """The statement with this id, or that begins so; raises `UnknownIdError` for one that was rejected."""
    for statement in judged.record.statements:
        if statement.statement_id.startswith(wanted):
            return statement
    raise UnknownIdError(
        f"The statement {wanted} was rejected, and is in no view.",
        cure="Withdraw that judgement to have it back: `onrecord judge list` gives its id.",
    )


def _show_extractions(store: "View", wanted: str, stream: TextIO, *, as_json: bool) -> None:
    from onrecord.cli.table import render_record

    records = store.extractions(store.judged(wanted).record.article.article_id)
    for number, record in enumerate(records, 1):
        name = f"reading {number} of {len(records)}, as it was extracted"
        shown = to_json(record) + "\n" if as_json else render_record(record, stream, name=name)
        stream.write(shown)


def _show_person(store: "View", wanted: str, stream: TextIO, *, as_json: bool) -> None:
    from onrecord.cli.hits import to_line

    people = store.find_people(wanted)
    if not people:
        raise UnknownIdError(
            f"Nobody has the id {wanted}.", cure="`onrecord timeline NAME` names the people of a name."
        )
    for person in people:
        stream.write(to_line(dataclasses.asdict(person)) + "\n" if as_json else _tell_person(person))


def _tell_person(person: Person) -> str:
    from onrecord.export.visible import show_line

    others = [name for name in person.names if name != person.name]
    lines = [f"{person.name}  ({person.kind}, {person.statements} statements)", f"id      {person.person_id}"]
    lines += [f"also    {'; '.join(others)}"] if others else []
    lines += [f"merged  {', '.join(person.merged_ids)}"] if person.merged_ids else []
    return "".join(f"{show_line(line)}\n" for line in lines)
