"""The list of commands: whole, in order, and quick to show."""

import pkgutil
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

import onrecord.cli
from onrecord.cli import COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_is_listed_is_there_and_says_what_it_does(name):
    command = main.get_command(click.Context(main), name)
    assert command.name == name
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_every_module_with_a_command_of_its_name_is_listed():
    names = {module.name for module in pkgutil.iter_modules(onrecord.cli.__path__)}
    made = {name for name in names if isinstance(_command_of(name), click.Command)}
    assert made == set(COMMANDS)


def _command_of(name):
    return getattr(__import__(f"onrecord.cli.{name}", fromlist=["_"]), name, None)


def test_help_lists_the_commands_each_on_a_line():
    listed = CliRunner().invoke(main, ["--help"], terminal_width=100).output.partition("Commands:")[2]
    assert [line.split()[0] for line in listed.splitlines() if line] == list(COMMANDS)


def test_a_command_that_is_not_there_is_said_to_be_none():
    result = CliRunner().invoke(main, ["serach"])
    assert (result.exit_code, "No such command 'serach'" in result.output) == (2, True)


def test_help_loads_neither_commands_nor_records():
    code = (
        "import sys; from onrecord.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in sys.modules if m.startswith(('onrecord.record', 'onrecord.cli.read', 'rich'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
