"""`onrecord read`: files and addresses in, their records out as tables, lines of JSON or pages."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from onrecord.cli.exits import SOME_UNREAD, debug_option
from onrecord.cli.fetching import fetch_options, open_crawl
from onrecord.cli.inputs import can_read_twice, find_captures, is_many
from onrecord.cli.outputs import face_of, open_output
from onrecord.cli.reading import read_all
from onrecord.collection.inputs import Input, is_address


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each record or failure.")
@click.option("--html", "as_html", is_flag=True, help="Make one self-contained page for each article.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write to this file; for several pages, into this folder.",
)
@click.option("--published", metavar="TEXT", help="When the article was published, where it does not tell.")
@click.option("--column", metavar="NAME", help="The column of a table, or key of JSON, that holds the text.")
@click.option("--url", metavar="URL", help="The address that the article came from.")
@fetch_options
@click.option("--keep-body", is_flag=True, help="With --json: keep the bytes that were read in the record.")
@click.option(
    "--all/--spoken",
    "everything",
    default=True,
    help="All statements, or only what was said or written: not thought, felt, wanted, known.",
)
@click.option(
    "--learn-furniture",
    is_flag=True,
    help="Read everything twice: first to learn what the pages of each site repeat, then without it.",
)
@debug_option
@click.pass_context
def read(context: click.Context, /, **given: Any) -> None:
    """Read news articles and show who said what, with the evidence.

    Each FILE is an article, as plain text or HTML, or holds many: a folder, a WARC or WACZ archive, a
    feed (RSS, Atom, JSON Feed), or a table (CSV, TSV, JSON, JSONL) with a text in each row; all but
    folders may be gzip. "-" is standard input. With --fetch it may be an address, of a page or of a
    feed or sitemap whose pages are fetched too. They are read in order, and what cannot be read does
    not stop the rest. What is written with -o takes its place when it is whole; a table or page of
    which nothing could be made leaves the file as it was.

    With --learn-furniture, what three or more stories of one site repeat (newsletter boxes, notes on the
    outlet, biographies) is left out of its pages, and counted in their records as "repeated by the site".
    Versions of one story count once, and what quotes or reports somebody stays. A site is the host of
    the pages' addresses, else their folder or archive.

    \b
    Exit codes:
      0    everything was read
      1    at least one input could not be read, or the output could not be written in full
      2    the command line is wrong: nothing was read
      3    onrecord is not whole: its weights or a part of it are missing
      130  interrupted by Ctrl-C
    """
    names: tuple[str, ...] = given["files"]
    check_names(names)
    face = face_of(as_json=given["as_json"], as_html=given["as_html"])
    if given["keep_body"] and face != "json":
        raise click.UsageError("--keep-body is for --json: the other faces do not show the bytes.")
    if given["learn_furniture"]:
        check_twice(names)
    crawl = open_crawl(context, given)
    listed = (given["most"] or 1) > 1 and is_address(names[0])
    several = len(names) > 1 or listed or is_many(names[0])
    if given["url"] and several:
        raise click.UsageError("--url is the address of one article: give one FILE with one article with it.")
    if given["published"] is not None:
        check_moment(given["published"])
    lacking = {"url": given["url"], "published": given["published"]}
    find = partial(find_captures, column=given["column"], crawl=crawl)
    inputs = [Input(name=name, find=partial(find, name), **lacking) for name in names]
    keep = {"with_body": given["keep_body"], "several": several}
    with open_output(face, given["output"], names, **keep) as output:
        ways = {"spoken_only": not given["everything"], "learn_furniture": given["learn_furniture"]}
        whole = read_all(inputs, output, **ways)
    if not whole:
        context.exit(SOME_UNREAD)


def check_names(names: Sequence[str]) -> None:
    """Refuses the empty name of a variable of the shell that was never set; the folder here is "."."""
    if "" in names:
        raise click.UsageError('A FILE has an empty name. Give the folder you are in as ".".')


def check_twice(names: Sequence[str]) -> None:
    """Refuses what gives nothing, or something else, when it is read a second time."""
    for name in names:
        if not can_read_twice(name):
            raise click.UsageError(
                f"--learn-furniture reads everything twice, and {name} cannot be: save it as a file first."
            )


def check_moment(published: str) -> None:
    """Refuses, before anything is read, a moment that every article would be refused for."""
    from onrecord.ingest.dates import ACCEPTED_SHAPES, ParsedMoment, RefusedMoment, examine_moment

    found = examine_moment(published)
    if not isinstance(found, ParsedMoment):
        reason = f" {found.reason}" if isinstance(found, RefusedMoment) else ""
        raise click.UsageError(f"--published {published!r} cannot be read.{reason} Give {ACCEPTED_SHAPES}.")
