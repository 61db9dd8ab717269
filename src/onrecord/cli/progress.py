"""How far adding is: a line on a terminal's stderr that moves, and nothing where there is no terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from onrecord.collection.adding import Step
from onrecord.export.visible import show_line

MAX_NAME_CHARS = 40


class Progress(Protocol):
    """Is told of every step, and of what is to be said beside."""

    def show(self, step: Step) -> None:
        """Shows how far it is."""


class NoProgress:
    """Shows nothing."""

    def show(self, step: Step) -> None:
        """Nothing is shown."""


class ProgressLine:
    """A line with the counts, the rate and the name of the last article."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

        told = TextColumn("{task.description}", markup=False)
        self.bar = Bar(
            SpinnerColumn(), told, TimeElapsedColumn(), console=Console(stderr=True), transient=True
        )
        self._task = self.bar.add_task("Starting", total=None)

    def show(self, step: Step) -> None:
        """As `Progress.show`."""
        report = step.report
        spent = self.bar.tasks[0].elapsed or 0.0
        rate = f" · {report.added / spent:.1f} a second" if report.added and spent > 1 else ""
        counts = f"{report.added:,} added · {report.known:,} known · {report.failed:,} failed"
        name = show_line(step.name)
        name = name if len(name) <= MAX_NAME_CHARS else f"…{name[1 - MAX_NAME_CHARS :]}"
        told = f"{counts} · {report.statements:,} statements{rate} · {name}"
        self.bar.update(self._task, description=told)


@contextmanager
def open_progress() -> Iterator[Progress]:
    """A line that moves where stderr is a terminal; it is gone at the end."""
    if not sys.stderr.isatty():
        yield NoProgress()
        return
    line = ProgressLine()
    with line.bar:
        yield line
