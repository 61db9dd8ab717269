"""The commands that score the reading of pages: `pages` beside peers, and `pagegate` against floors.

In: the folder of the page sets. Out: tables on standard output, notes on standard error; exit code 1
where a figure has dropped, 2 where the pages are missing.
"""

import json
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from eval import page_gate
from eval.gate_run import Gate, hold_gate
from eval.page_corpus import FILES, read_pages
from eval.page_figures import Read
from eval.page_peers import find_peers
from eval.page_readings import read_held_out, read_with_onrecord
from eval.pages import as_plain, score_pages, show_scores
from onrecord.errors import OnrecordError

FOLDER = click.Path(file_okay=False, path_type=Path)
option_data = click.option(
    "--data",
    type=FOLDER,
    default=Path("../shared/data/pages"),
    show_default=True,
    help="Folder of the page sets.",
)


@click.command()
@option_data
@click.option("--set", "only", type=click.Choice(list(FILES)), help="Score this set alone.")
@click.option("--limit", type=int, help="Score the first N pages of a set alone.")
@click.option("--every", type=int, default=1, help="Score one page in so many alone.")
@click.option("--peers", is_flag=True, help="Score other readers beside ours.")
@click.option("--cache", type=FOLDER, help="Folder, outside the project, for what slow peers read.")
@click.option(
    "--held-out", type=FOLDER, help="Folder of models by fold: read no page with one trained on its site."
)
@click.option("--boot", type=int, default=500, show_default=True, help="Resamples for the intervals.")
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON too.")
def pages(data: Path, only: str | None, peers: bool, cache: Path | None, **options: Any) -> None:
    """Whole pages: text, structure, header, proof and speed, in per cent with 95 % intervals.

    The speed of a peer taken from the cache is that of the run that read the pages.
    """
    held_out: Path | None = options["held_out"]
    ours = partial(read_held_out, held_out) if held_out else read_with_onrecord
    systems: dict[str, Read] = {"onrecord": ours}
    try:
        if peers:
            systems |= find_peers(cache, lambda note: click.echo(note, err=True))
        shown = {name: _score_set(data, name, systems, options) for name in ([only] if only else FILES)}
    except OnrecordError as error:
        _stop(error)
    if options["json_path"]:
        options["json_path"].write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


def _score_set(
    data: Path, name: str, systems: Mapping[str, Read], options: Mapping[str, Any]
) -> dict[str, Any]:
    held = read_pages(data, name)[: options["limit"] : options["every"]]
    scores = score_pages(held, systems, boot=options["boot"])
    click.echo(f"{name}: {len(held)} pages\n\n{show_scores(scores)}\n")
    for failure in scores["onrecord"].failures:
        click.echo(f"onrecord could not read {failure}", err=True)
    return as_plain(scores)


@click.command()
@option_data
@click.option("--update", is_flag=True, help="Raise the floors to what was reached; never lower one.")
@click.option("--accept-lower", is_flag=True, help="Write floors for what was reached, lower or not.")
def pagegate(data: Path, update: bool, accept_lower: bool) -> None:
    """Fail where a figure of the fixed part of the page sets is below its floor."""
    try:
        part = page_gate.read_part(data)
    except OnrecordError as error:
        _stop(error)
    gate = Gate(
        score=lambda: page_gate.score_part(part),
        floors_for=partial(page_gate.floors_for, part),
        judge=partial(page_gate.judge_pages, part),
        path=page_gate.FLOORS,
        header=page_gate.HEADER,
    )
    sys.exit(hold_gate(gate, update=update, accept_lower=accept_lower))


def _stop(error: OnrecordError) -> NoReturn:
    click.echo(str(error), err=True)
    sys.exit(2)
