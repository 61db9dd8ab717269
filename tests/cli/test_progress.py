"""How far adding is: a line on a terminal, made of strangers' names, and nothing anywhere else."""

import io
import sys

import pytest

from onrecord.cli.progress import open_progress
from onrecord.collection.adding import AddReport, Step


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def wide(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")


def show(stream, name, monkeypatch):
    monkeypatch.setattr(sys, "stderr", stream)
    with open_progress() as progress:
        report = AddReport(added=1200, known=3, failed=2, statements=15000)
        progress.show(Step(name=name, entry=None, report=report))
        if hasattr(progress, "bar"):
            progress.bar.refresh()
    return stream.getvalue()


def test_a_terminal_is_shown_the_counts_and_the_article(wide, monkeypatch):
    shown = show(Terminal(), "news/bridge.txt", monkeypatch)
    assert "1,200 added · 3 known · 2 failed · 15,000 statements" in shown
    assert "news/bridge.txt" in shown


def test_what_is_no_terminal_is_shown_nothing(monkeypatch):
    assert show(io.StringIO(), "news/bridge.txt", monkeypatch) == ""


def test_a_name_cannot_act_on_the_terminal(wide, monkeypatch):
    shown = show(Terminal(), "a\x1b]0;owned\x07[red]b\nc", monkeypatch)
    assert "\x1b]0;" not in shown
    assert "[red]" in shown


def test_of_a_long_name_the_end_is_shown(wide, monkeypatch):
    shown = show(Terminal(), "folder/" * 30 + "last.txt", monkeypatch)
    assert "…" in shown
    assert "last.txt" in shown
