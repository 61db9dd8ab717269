"""`onrecord demo`: the samples that come with the package, listed, read, or put into a record to try."""

from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import click

from onrecord.cli.exits import SOME_UNREAD, debug_option, say
from onrecord.cli.outputs import face_of, open_output
from onrecord.cli.reading import read_all, start_engine
from onrecord.cli.where import hide_password, open_for
from onrecord.collection.samples import Sample, find_samples, load_samples, make_input

DRAFT = "drafts/bridge.md"


@click.command()
@click.argument("name", required=False)
@click.option("--list", "as_list", is_flag=True, help="List the samples and what each shows.")
@click.option("--json", "as_json", is_flag=True, help="Print the record as a line of JSON.")
@click.option("--html", "as_html", is_flag=True, help="Make one self-contained page.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help="Write to this file.")
@click.option("--to", "where", metavar="FILE", help="Add all samples to a record, to try the other commands.")
@click.option("--draft", is_flag=True, help="Print a draft to verify against that record.")
@debug_option
@click.pass_context
def demo(context: click.Context, /, **given: Any) -> None:
    """Read a bundled sample, the first one or the one with this NAME.

    The samples are invented articles about invented people, each with a shape that is hard to
    read. No network is needed. The exit codes are those of `onrecord read`.

    \b
    onrecord demo --to demo.onrecord
    onrecord demo --draft > draft.md
    onrecord verify draft.md --in demo.onrecord
    """
    face = face_of(as_json=given["as_json"], as_html=given["as_html"])
    folder = find_samples()
    samples = load_samples(folder)
    if given["as_list"]:
        click.echo(_describe(samples))
        return
    if given["draft"]:
        click.echo(folder.joinpath(DRAFT).read_text("utf-8"), nl=False)
        return
    if given["where"]:
        _add_samples(folder, samples, given["where"])
        return
    sample = pick_sample(samples, given["name"])
    with open_output(face, given["output"], [sample.file]) as output:
        whole = read_all([make_input(folder, sample)], output)
    if not whole:
        context.exit(SOME_UNREAD)
    if face == "table":
        click.echo(_hint(sample), err=True)


def _add_samples(folder: Traversable, samples: list[Sample], where: str) -> None:
    """Adds every sample to a record, which is made where there is none."""
    from onrecord.collection.adding import Adding, Ways
    from onrecord.collection.workers import LocalReader

    engine = start_engine()
    with open_for(where, write=True, create=True) as store:
        adding = Adding(store, LocalReader(engine), Ways(signature=engine.signature))
        report = adding.add(make_input(folder, sample) for sample in samples)
    say(
        f"{hide_password(where)}: {report.added} samples added, {report.known} known already; statements "
        f"added: {report.statements}. Try: onrecord search --in {hide_password(where)} bridge"
    )


def pick_sample(samples: list[Sample], name: str | None) -> Sample:
    """The sample whose file, with or without its ending, has this name; the first where none is given."""
    if name is None:
        return samples[0]
    by_name = {s.file.rsplit(".", 1)[0]: s for s in samples} | {s.file: s for s in samples}
    if name in by_name:
        return by_name[name]
    near = get_close_matches(name, by_name, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise click.UsageError(
        f"There is no sample {name!r}.{meant} The samples: {', '.join(s.file for s in samples)}."
    )


def _describe(samples: list[Sample]) -> str:
    width = max((len(s.file) for s in samples), default=0)
    return "\n".join(f"{s.file:<{width}}  {s.title}\n{'':<{width}}  {s.shows}" for s in samples)


def _hint(sample: Sample) -> str:
    return (
        f"\nThis is the sample {sample.file}: {sample.shows}\n"
        "More of them: onrecord demo --list. An article of your own: onrecord read FILE."
    )
