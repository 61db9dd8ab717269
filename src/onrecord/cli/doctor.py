"""`onrecord doctor`: whether a record that is kept is whole, and what in it wants somebody."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from onrecord.cli.exits import debug_option, say
from onrecord.cli.where import hide_password, in_option, need_where, open_for
from onrecord.errors import GazetteerError, MissingPartError, OnrecordError, WeightsError
from onrecord.export.visible import show_line
from onrecord.record import Query, Unfit

if TYPE_CHECKING:
    from onrecord.store.base import View

WRONG = 1
PAGE = 1000
MOST_REASONS = 5
MOST_SHOWN_CHARS = 120
Level = Literal["well", "note", "wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: what, how it is, and what to do where it is not well."""

    level: Level
    what: str
    detail: str
    cure: str | None = None


@click.command()
@in_option
@click.option("--rebuild", is_flag=True, help="First make all that is searched anew from what is kept.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@debug_option
@click.pass_context
def doctor(context: click.Context, /, where: str | None, rebuild: bool, as_json: bool) -> None:
    """Look a record through: its file, captured bytes, readings, index and judgements.

    Everything is read; nothing is changed but with --rebuild. What is wrong is told with what to do, and so
    are judgements that fit nothing any more, what could not be read, runs that were cut off, and articles
    that a newer reader would read otherwise.

    \b
    Exit codes:
      0  nothing is wrong
      1  something is damaged, the index differs from what is kept, or a judgement fits no more
      2  the command line is wrong
    """
    with open_for(where, write=rebuild) as store:
        if rebuild:
            store.rebuild_index(say)
        findings = []
        for finding in examine(store):
            findings.append(finding)
            if not as_json:
                _print(finding)
    wrong = sum(finding.level == "wrong" for finding in findings)
    if as_json:
        from onrecord.cli.hits import to_line

        shape = {"where": hide_password(need_where(where)), "well": not wrong}
        click.echo(to_line({**shape, "findings": [dataclasses.asdict(finding) for finding in findings]}))
    if wrong:
        context.exit(WRONG)


def examine(view: "View") -> Iterator[Finding]:
    """What there is to say of a record, one part after the other."""
    yield from _examine_file(view)
    yield from _guard("index", _examine_index, view)
    yield from _guard("judgements", _examine_judgements, view)
    yield from _guard("failures", _examine_failures, view)
    yield from _guard("readers", _examine_readers, view)
    yield from _guard("runs", _examine_runs, view)


def _guard(what: str, look: "Callable[[View], Iterator[Finding]]", view: "View") -> Iterator[Finding]:
    """The findings of one part; a part that cannot be read is itself a finding, and the next is looked at."""
    try:
        yield from look(view)
    except OnrecordError as error:
        yield Finding(level="wrong", what=what, detail=error.problem, cure=error.cure)


def _examine_file(view: "View") -> Iterator[Finding]:
    """The file or database itself, every captured byte by its hash, every record by its spans."""
    faults = view.check_file()
    cure = "Bring back a copy from before, or add the articles to a new record; both can be read meanwhile."
    for fault in faults:
        yield Finding(level="wrong", what="file", detail=fault, cure=cure)
    if not faults:
        counts = view.counts()
        detail = (
            f"whole: {counts.captures:,} captures by their hashes, {counts.extractions:,} records by their "
            f"spans, {counts.judgements:,} judgements"
        )
        yield Finding(level="well", what="file", detail=detail)


def _examine_index(view: "View") -> Iterator[Finding]:
    """What is searched, held against what is kept: every statement, with its words, speaker and status."""
    searched, listed = _list_searched(view), _list_articles(view)
    found, articles, statements, stale, miscounted = len(searched), 0, 0, 0, 0
    for judged in view.iter_judged():
        articles += 1
        miscounted += listed.get(judged.record.article.article_id) != len(judged.record.statements)
        statuses = {status.statement_id: status.kind for status in judged.statuses}
        for statement in judged.record.statements:
            statements += 1
            name = statement.speaker.name if statement.speaker else None
            words = tuple(span.of(judged.record.article.text) for span in statement.content)
            shown = (words, name, statement.form, statement.mode, statuses.get(statement.statement_id))
            stale += searched.pop(statement.statement_id, None) != hash(shown)
    counts = view.counts()
    told = {
        f"{stale:,} of {statements:,} statements are searched otherwise than they are kept": stale,
        f"{len(searched):,} of {found:,} statements that a search finds are not kept": searched,
        f"{miscounted:,} of {articles:,} articles are listed with other counts of statements": miscounted,
        f"it counts {counts.articles:,} articles where {articles:,} are kept": counts.articles != articles,
        f"it counts {counts.statements:,} statements where {statements:,} are kept": (
            counts.statements != statements
        ),
    }
    faults = [fault for fault, holds in told.items() if holds]
    for fault in faults:
        yield Finding(level="wrong", what="index", detail=fault, cure="Run `onrecord doctor --rebuild`.")
    if not faults:
        detail = f"agrees with the records: {articles:,} articles, {statements:,} statements"
        yield Finding(level="well", what="index", detail=detail)


def _list_articles(view: "View") -> dict[str, int]:
    """How many statements each article has where articles are listed."""
    lines = view.newest_articles(limit=PAGE)
    listed = {line.article_id: line.statements for line in lines.listed}
    while lines.next:
        lines = view.newest_articles(limit=PAGE, after=lines.next)
        listed |= {line.article_id: line.statements for line in lines.listed}
    return listed


def _list_searched(view: "View") -> dict[str, int]:
    """Every statement that a search for nothing finds: its id, and a hash of how it is shown."""
    found: dict[str, int] = {}
    query: Query | None = Query(limit=PAGE)
    while query is not None:
        answer = view.search(query)
        for hit in answer.hits:
            shown = (hit.content, hit.speaker, hit.form, hit.mode, hit.status)
            found[hit.statement_id] = hash(shown)
        query = query.narrow(after=answer.next) if answer.next else None
    return found


def _examine_judgements(view: "View") -> Iterator[Finding]:
    made, unfit = view.judgements(), view.unfit()
    for one in unfit:
        yield _tell_unfit(one)
    withdrawn = sum(judgement.withdrawn_at is not None for judgement in made)
    standing = len(made) - withdrawn
    level: Level = "note" if unfit else "well"
    detail = f"{standing - len(unfit):,} of {standing:,} standing judgements fit; {withdrawn:,} withdrawn"
    yield Finding(level=level, what="judgements", detail=detail)


def _tell_unfit(one: Unfit) -> Finding:
    """Who said what and when, why it fits no more, and what to do."""
    from onrecord.cli.judge import tell_judgement

    target = one.judgement.target
    look = f"Look at it with `onrecord show {target.article_id}` and judge it anew; " if target else ""
    withdraw = f"this one is taken back by `onrecord judge withdraw {one.judgement.judgement_id}`."
    cure = f"{look}{withdraw}" if look else withdraw[0].upper() + withdraw[1:]
    detail = f"fits no more: {tell_judgement(one.judgement)}: {one.reason}"
    return Finding(level="wrong", what="judgement", detail=detail, cure=cure)


def _examine_failures(view: "View") -> Iterator[Finding]:
    failures = view.failures()
    if not failures:
        yield Finding(level="well", what="failures", detail="everything that was added could be read")
        return
    reasons = Counter(failure.reason for failure in failures).most_common()
    told = ", ".join(f"{reason} {count:,}" for reason, count in reasons[:MOST_REASONS])
    first = failures[0]
    example = f"{first.subject[:MOST_SHOWN_CHARS]}: {first.detail[:MOST_SHOWN_CHARS]}"
    detail = f"{len(failures):,} could not be read ({told}); the first: {example}"
    yield Finding(level="note", what="failures", detail=detail)


def _examine_readers(view: "View") -> Iterator[Finding]:
    """Whether articles were read with another reader than the one installed here."""
    readers = dict(view.readers())
    try:
        from onrecord.engine import Engine

        own = Engine().signature
    except (WeightsError, GazetteerError, MissingPartError) as error:
        detail = f"whether a newer one would read otherwise cannot be told: {error.problem}"
        yield Finding(level="note", what="readers", detail=detail, cure=error.cure)
        return
    others = {reader: count for reader, count in readers.items() if reader != own}
    if not others:
        yield Finding(level="well", what="readers", detail=f"every article was read by this onrecord ({own})")
        return
    told = "; ".join(f"{count:,} by {reader}" for reader, count in list(others.items())[:MOST_REASONS])
    detail = f"{sum(others.values()):,} articles were not read by this onrecord ({own}) but {told}"
    cure = "`onrecord add` with the same paths reads them anew, and keeps the older readings."
    yield Finding(level="note", what="readers", detail=detail, cure=cure)


def _examine_runs(view: "View") -> Iterator[Finding]:
    """The runs of `add` that were cut off; one that a later run made good is not told."""
    runs = view.runs()
    ended = [place for place, run in enumerate(runs) if run.ended_at is not None]
    cut = [run for place, run in enumerate(runs) if run.ended_at is None and place > max(ended, default=-1)]
    if not cut:
        yield Finding(
            level="well", what="runs", detail=f"{len(runs):,} runs of `add`, the last came to its end"
        )
    for run in cut:
        detail = f"the run of {run.started_at} was cut off, or still goes on"
        cure = "Run the same `onrecord add` again: it goes on where that one ended."
        yield Finding(level="note", what="runs", detail=detail, cure=cure)


def _print(finding: Finding) -> None:
    cure = f" {finding.cure}" if finding.cure else ""
    told = f"{finding.what}: {finding.detail.removesuffix('.')}.{cure}"
    click.echo(f"{finding.level:<6}{show_line(told)}")
