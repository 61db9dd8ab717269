"""The command line, one module a command. Quick to import: commands load what they need when they run."""

import click

from onrecord import __version__
from onrecord.cli import add, check, demo, gazetteer, read
from onrecord.cli.exits import Program, debug_option

__all__ = ["main"]


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="onrecord")
@debug_option
def main() -> None:
    """Turns news into a record of who said what, when, where, and on whose word.

    Try `onrecord demo`, then `onrecord read` with an article of your own.
    """


main.add_command(read.read)
main.add_command(add.add)
main.add_command(check.check)
main.add_command(demo.demo)
main.add_command(gazetteer.gazetteer)
