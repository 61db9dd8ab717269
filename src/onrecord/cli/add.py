"""`onrecord add`: files, folders, archives, feeds and addresses in; what is read from them is kept."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.exits import SOME_UNREAD, debug_option, is_debugging, say
from onrecord.cli.fetching import fetch_options, open_crawl
from onrecord.cli.inputs import STDIN, find_captures, is_many
from onrecord.cli.progress import Progress, open_progress
from onrecord.cli.read import check_moment, check_names, check_twice
from onrecord.cli.reading import say_failure, start_engine
from onrecord.cli.stopping import Stop
from onrecord.cli.where import hide_password, need_where, open_for, to_option
from onrecord.collection.adding import Adding, AddReport, Step, Ways
from onrecord.collection.inputs import Input, is_address, learn_repeats
from onrecord.collection.records import holds_records, iter_records
from onrecord.collection.tasks import Hold
from onrecord.errors import StoreError
from onrecord.record import Failure

if TYPE_CHECKING:
    from onrecord.collection.tasks import Reader
    from onrecord.engine import Engine
    from onrecord.ingest.site_furniture import Repeated
    from onrecord.store.base import Store


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@to_option
@click.option("--published", metavar="TEXT", help="When the articles were published, where they do not tell.")
@click.option("--column", metavar="NAME", help="The column of a table, or key of JSON, that holds the text.")
@click.option("--url", metavar="URL", help="The address that the article came from.")
@fetch_options
@click.option(
    "--learn-furniture",
    is_flag=True,
    help="Read everything twice: first to learn what the pages of each site repeat, then without it.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Read in so many processes; otherwise in one, and on all cores where it takes longer.",
)
@debug_option
@click.pass_context
def add(context: click.Context, /, **given: Any) -> None:
    """Add news articles to a record, and keep who said what in them.

    Each PATH is what `onrecord read` takes: an article, a folder, a WARC or WACZ archive, a feed, a table;
    "-" is standard input; with --fetch an address. It may also be a file of records that
    `onrecord read --json --keep-body` wrote: these are proven by their bytes, and not read again.

    What the record has is not read again, so the same command can be run again at any time: to add what is
    new, or to go on where a run was cut off. After an update of onrecord, articles are read anew, and the
    newest reading is shown; the older ones stay. What could not be read is kept too, with the reason, and is
    tried again where that may help: after an update, from the network, when memory ran out.

    \b
    Exit codes:
      0    everything was read, or was known
      1    something could not be read, or the record could not be written
      2    the command line is wrong: nothing was read
      3    onrecord is not whole: its weights or a part of it are missing
      130  interrupted by Ctrl-C; 143: asked to end. What was read is kept
    """
    inputs = _make_inputs(context, given)
    where = need_where(given["where"])
    stop = Stop()
    try:
        with stop.listen(), open_for(where, write=True, create=True) as store, open_progress() as progress:
            report = _add_all(store, inputs, given, hold=stop.hold, progress=progress)
    except KeyboardInterrupt:
        say(f"Stopped. What was read until then is kept in {hide_password(where)}; {_GO_ON}")
        context.exit(stop.exit_code)
    _say_report(report, where)
    if report.failed:
        context.exit(SOME_UNREAD)


_GO_ON = "run the same command again to go on."


def _add_all(
    store: "Store", inputs: list[Input], given: dict[str, Any], *, hold: Hold, progress: Progress
) -> AddReport:
    engine = start_engine()
    repeated = learn_repeats(inputs, say) if given["learn_furniture"] else None
    ways = Ways(
        signature=engine.signature,
        repeated=repeated,
        hold=hold,
        progress=partial(_show_step, progress),
        debug=is_debugging(),
        own=store.where,
    )
    try:
        return Adding(store, _choose_reader(engine, given["jobs"], repeated, hold), ways).add(inputs)
    except StoreError as error:
        kept = f"What was written before is kept; {_GO_ON}"
        raise type(error)(
            error.problem, where=error.where, cure=f"{error.cure or ''} {kept}".strip()
        ) from error


def _make_inputs(context: click.Context, given: dict[str, Any]) -> list[Input]:
    """What is to be added; raises `click.UsageError` for what cannot go together."""
    names: Sequence[str] = given["paths"]
    check_names(names)
    if given["learn_furniture"]:
        check_twice(names)
    crawl = open_crawl(context, given)
    if given["url"] and (len(names) > 1 or is_many(names[0])):
        raise click.UsageError("--url is the address of one article: give one PATH with one article with it.")
    if given["published"] is not None:
        check_moment(given["published"])
    lacking = {"url": given["url"], "published": given["published"]}
    find = partial(find_captures, column=given["column"], crawl=crawl)
    return [
        Input(
            name=name,
            find=partial(find, name),
            records=partial(iter_records, Path(name)) if _is_of_records(name) else None,
            **lacking,
        )
        for name in names
    ]


def _is_of_records(name: str) -> bool:
    return name != STDIN and not is_address(name) and holds_records(Path(name))


def _choose_reader(engine: "Engine", jobs: int | None, repeated: "Repeated | None", hold: Hold) -> "Reader":
    """Who reads: this process, so many workers, or this one first and as many as there are cores later."""
    from onrecord.collection.workers import GrowingReader, LocalReader, PoolReader, count_cores

    local = LocalReader(engine, repeated=repeated, debug=is_debugging())
    chosen = jobs or count_cores()
    if chosen == 1 or (jobs is None and is_debugging()):
        return local
    pool = PoolReader(chosen, repeated=repeated, hold=hold)
    return pool if jobs else GrowingReader(local, pool)


def _show_step(progress: Progress, step: Step) -> None:
    if isinstance(step.entry, Failure):
        say_failure(step.entry)
    progress.show(step)


def _say_report(report: AddReport, where: str) -> None:
    """Says how much is new, was known, failed."""
    if report == AddReport():
        say(f"{hide_password(where)}: nothing was found to add.")
        return
    counts = [f"{report.added:,} added"] if report.added or not report.known else ["nothing new"]
    counts += [f"{report.failed:,} could not be read"] if report.failed else []
    counts += [f"{report.known:,} known already"] if report.known else []
    ending = f"; statements added: {report.statements:,}." if report.added else "."
    say(f"{hide_password(where)}: {', '.join(counts)}{ending}")
