"""The reference pages say what the code is: every generated page equals what its generator writes now."""

import dataclasses

import pytest

import onrecord.record
from docs.generate import REFERENCE, list_commands, pages

COMMANDS = dict(list_commands())
RECORD_TYPES = [getattr(onrecord.record, name) for name in onrecord.record.__all__]


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_generated_page_is_what_the_generator_writes(name):
    written = (REFERENCE / name).read_text("utf-8")
    assert written == pages()[name], "run `python -m docs.generate` and review the difference"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_and_stands_in_the_reference(name):
    command = COMMANDS[name]
    assert command.help
    assert command.help.strip()
    assert f"\n## {name}\n" in (REFERENCE / "cli.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_has_help(name):
    silent = [p.name for p in COMMANDS[name].params if p.param_type_name == "option" and not p.help]
    assert silent == []


@pytest.mark.parametrize("kind", [k for k in RECORD_TYPES if dataclasses.is_dataclass(k)])
def test_every_field_of_a_record_type_stands_in_the_reference(kind):
    page = (REFERENCE / "record.md").read_text("utf-8")
    section = page.split(f"\n## {kind.__name__}\n")[1].split("\n## ")[0]
    missing = [f.name for f in dataclasses.fields(kind) if f"| `{f.name}` |" not in section]
    assert missing == []


def test_the_exit_codes_stand_in_the_reference():
    page = (REFERENCE / "cli.md").read_text("utf-8")
    codes = page.split("Exit codes:")[1].split("Options:")[0].split("\n")
    assert [line.split()[0] for line in codes if line.strip()] == ["0", "1", "2", "3", "130"]
