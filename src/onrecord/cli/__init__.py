"""The command line, one module a command. Quick to start: a command is loaded when it is asked for."""

from importlib import import_module

import click

from onrecord import __version__
from onrecord.cli.exits import Program, debug_option

__all__ = ["COMMANDS", "main"]

# What --help lists, in its order: reading, keeping, asking, judging, giving on, looking after. Each command
# is the function of its name in the module of its name; loading them all to ask what they say of
# themselves would take --help twice as long.
COMMANDS = {
    "read": "Read news articles and show who said what, with the evidence.",
    "add": "Add news articles to a record, and keep who said what in them.",
    "serve": "Open the reading room of a record in a browser.",
    "search": "Search a record for statements.",
    "show": "Show one thing of a record by its id.",
    "timeline": "Show what a person said, oldest first.",
    "verify": "Hold every quotation of a draft against a record.",
    "judge": "Say what of a record is right, wrong, or somebody else.",
    "export": "Write a record as one file, for other programs.",
    "check": "Prove records by the bytes they were read from, offline.",
    "doctor": "Look a record through, and make its index anew.",
    "demo": "Read a bundled sample, the first one or the one with this NAME.",
    "gazetteer": "Show or build the places that names are looked up among.",
}


class Commands(Program):
    """The commands of `COMMANDS`, loaded one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"onrecord.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of --help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="onrecord")
@debug_option
def main() -> None:
    """Turns news into a record of who said what, when, where, and on whose word.

    Try `onrecord demo`, then `onrecord read` with an article of your own.
    """
