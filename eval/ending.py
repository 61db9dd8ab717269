"""How a measure ends that cannot be made: a command in, its error as one line, and exit code 2, out."""

import sys

import click

from onrecord.errors import OnrecordError


def run_command(command: click.Command) -> None:
    """Runs a command; an error of ours ends the program without a traceback."""
    try:
        command()
    except OnrecordError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
