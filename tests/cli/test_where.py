"""The record that a command is of: named by an option or a variable, and never with its password."""

import click
import pytest
from click.testing import CliRunner

from onrecord.cli.where import hide_password, in_option, need_where, to_option


@click.command()
@in_option
def ask(where):
    click.echo(need_where(where))


@click.command()
@to_option
def put(where):
    click.echo(need_where(where))


def test_the_option_names_the_record():
    assert CliRunner().invoke(ask, ["--in", "news.onrecord"]).output == "news.onrecord\n"


def test_the_variable_names_the_record_where_no_option_does():
    done = CliRunner().invoke(put, env={"ONRECORD_FILE": "kept.onrecord"})
    assert done.output == "kept.onrecord\n"


def test_the_option_goes_before_the_variable():
    done = CliRunner().invoke(put, ["--to", "mine.onrecord"], env={"ONRECORD_FILE": "kept.onrecord"})
    assert done.output == "mine.onrecord\n"


@pytest.mark.parametrize(("command", "option"), [(ask, "--in"), (put, "--to")])
@pytest.mark.parametrize("env", [{}, {"ONRECORD_FILE": ""}])
def test_without_a_record_the_command_says_both_ways_to_name_one(command, option, env, monkeypatch):
    monkeypatch.delenv("ONRECORD_FILE", raising=False)
    done = CliRunner().invoke(command, env=env)
    assert done.exit_code == 2
    assert f"give {option} FILE, or set the variable ONRECORD_FILE" in done.output


@pytest.mark.parametrize(
    "where",
    [
        "postgresql://ada:s3cret@db.example/news",
        "postgresql://ada:s3cret/with@signs:in@db.example:5432/news?sslmode=require",
        "postgresql://db.example/news?user=ada&password=s3cret&connect_timeout=3",
        "POSTGRESQL+psycopg://ada:s3cret@db.example/news?SSLPASSWORD=s3cret",
    ],
)
def test_a_password_is_never_shown(where):
    shown = hide_password(where)
    assert "s3cret" not in shown
    assert "db.example" in shown


@pytest.mark.parametrize("where", ["news.onrecord", "C:\\news\\a.onrecord", "postgresql://db.example/news"])
def test_what_has_no_password_is_shown_as_it_is(where):
    assert hide_password(where) == where
