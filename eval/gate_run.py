"""Running a gate from the command line: score, compare with the floors, write them where asked.

In: what a gate scores and where its floors are pinned. Out: the scores beside their floors on standard
output, what has dropped on standard error, and the exit code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from eval import gate as gates

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A part of corpora to be scored, the floors it makes of scores, and the file they are pinned in."""

    score: Callable[[], Scores]
    floors_for: Callable[[Scores], gates.Floors]
    judge: Callable[[gates.Floors], gates.Verdict]
    path: Path
    header: str


def hold_gate(gate: Gate, *, update: bool, accept_lower: bool) -> int:
    """1 where a figure is below its floor, else 0; `update` raises floors, `accept_lower` writes any."""
    if accept_lower:
        scores = gate.score()
        floors = gate.floors_for(scores)
        gates.write_floors(floors, gate.path, header=gate.header)
        show_scores(scores, floors)
        return 0
    floors = gates.read_floors(gate.path)
    verdict = gate.judge(floors)
    if update and not verdict.drops:
        floors = gates.raise_floors(floors, verdict.scores)
        gates.write_floors(floors, gate.path, header=gate.header)
    show_scores(verdict.scores, floors)
    for drop in verdict.drops:
        click.echo(drop, err=True)
    return 1 if verdict.drops else 0


def show_scores(scores: Scores, floors: gates.Floors) -> None:
    """A line for each figure, with its floor."""
    for name, score in scores.items():
        click.echo(f"{name:32} {score:6.2f}   floor {floors.floors.get(name, 0.0):.1f}")
