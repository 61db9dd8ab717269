"""The command that holds who, when and where against floors: `namedgate`.

In: the folder of the corpora. Out: scores beside their floors on standard output; exit code 1 where a
figure has dropped, 2 where a file is missing.
"""

import sys
from functools import partial
from pathlib import Path

import click

from eval import named_gate
from eval.gate_run import Gate, hold_gate
from onrecord.engine import Engine
from onrecord.errors import OnrecordError


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("../shared/data"),
    show_default=True,
    help="Folder of the corpora: meantime, gum, timex and places.",
)
@click.option("--weights", type=click.Path(file_okay=False, path_type=Path), help="Other weights.")
@click.option("--update", is_flag=True, help="Raise the floors to what was reached; never lower one.")
@click.option("--accept-lower", is_flag=True, help="Write floors for what was reached, lower or not.")
def namedgate(data: Path, weights: Path | None, update: bool, accept_lower: bool) -> None:
    """Fail where a figure of who, when and where is below its floor."""
    try:
        sys.exit(_hold(data, weights, update=update, accept_lower=accept_lower))
    except OnrecordError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _hold(data: Path, weights: Path | None, *, update: bool, accept_lower: bool) -> int:
    named_gate.expect_files(data)
    engine = Engine(weights=weights, say=lambda note: click.echo(note, err=True))
    part = named_gate.read_part(data, engine.gazetteer.read_points())
    readers = named_gate.readers_of(engine)
    gate = Gate(
        score=partial(named_gate.score_part, part, readers),
        floors_for=partial(named_gate.floors_for, part),
        judge=partial(named_gate.judge_named, part, readers),
        path=named_gate.FLOORS,
        header=named_gate.HEADER,
    )
    return hold_gate(gate, update=update, accept_lower=accept_lower)
