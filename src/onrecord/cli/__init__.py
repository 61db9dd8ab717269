"""The command line, one module a command. Quick to import: commands load what they need when they run."""

import click

from onrecord import __version__
from onrecord.cli import (
    add,
    check,
    demo,
    doctor,
    export,
    gazetteer,
    judge,
    read,
    search,
    show,
    timeline,
    verify,
)
from onrecord.cli.exits import Program, debug_option

__all__ = ["main"]


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="onrecord")
@debug_option
def main() -> None:
    """Turns news into a record of who said what, when, where, and on whose word.

    Try `onrecord demo`, then `onrecord read` with an article of your own.
    """


# In the order of --help: reading, keeping, asking, judging, giving on, looking after.
for command in (
    read.read, add.add, search.search, show.show, timeline.timeline, verify.verify, judge.judge,
    export.export, check.check, doctor.doctor, demo.demo, gazetteer.gazetteer,
):  # fmt: skip
    main.add_command(command)
