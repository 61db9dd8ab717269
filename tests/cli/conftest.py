"""A fake engine for the command line: it reads without weights and fails on demand."""

from typing import ClassVar

import pytest
from click.testing import CliRunner

from onrecord.errors import BinaryInputError, MissingPartError, WeightsError
from tests.bridge import make_record
from tests.factories import make_small_record, make_statement


class FakeEngine:
    """Fails as the bytes say, else gives the record of the factory; keeps what it was asked."""

    calls: ClassVar[list[dict]] = []

    def __init__(self, *, say=None):
        self.say = say

    def read_capture(self, capture, *, published=None, repeated=None):
        source = capture.body
        call = {"source": source, "url": capture.url, "published": published}
        type(self).calls.append(call if repeated is None else {**call, "repeated": repeated})
        for word, error in ERRORS.items():
            if word in source:
                raise error
        if source.startswith(b"plain "):
            return plain_record(source.decode())
        return make_record()


ERRORS = {
    b"BINARY": BinaryInputError("This is a picture (PNG).", cure="Give the text."),
    b"CRASH": ZeroDivisionError("division by\x1b[31m zero"),
    b"WEIGHTS": WeightsError("The weights are missing.", cure="Install onrecord again."),
    b"PART": MissingPartError("The part is not installed.", cure="pip install it"),
    b"IMPORT": ImportError("no module named sums"),
    b"INTERRUPT": KeyboardInterrupt(),
}


def plain_record(text):
    """A record whose only statement is the text after "plain "."""
    return make_small_record(text, [make_statement(text, [text[6:].strip()], cue=None, source="plain")])


@pytest.fixture
def engine(monkeypatch):
    """The fake engine in the place of the real one."""
    monkeypatch.setattr("onrecord.engine.Engine", FakeEngine)
    monkeypatch.setattr(FakeEngine, "calls", [])
    monkeypatch.delenv("COLUMNS", raising=False)
    return FakeEngine


@pytest.fixture
def run(engine, tmp_path, monkeypatch):
    """Runs the program in an empty folder and gives its result; files are made from keyword arguments."""
    from onrecord.cli import main

    monkeypatch.chdir(tmp_path)

    def run_main(*arguments, stdin=None, **files):
        for name, body in files.items():
            (tmp_path / f"{name}.txt").write_bytes(body)
        return CliRunner().invoke(main, list(arguments), input=stdin)

    return run_main
