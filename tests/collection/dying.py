"""What workers read with in the tests: quick, and deadly where the text says so."""

import os
import signal
import time
from pathlib import Path

from onrecord.collection import workers
from onrecord.errors import BinaryInputError, WeightsError
from tests.collection.fakes import record_of


class DyingEngine:
    """Dies of "DIES", and of "ONCE <file>" as long as the file is not there; takes its time with "SLOW"."""

    def read_capture(self, capture, *, published=None, repeated=None):
        words = capture.body.decode()
        if words == "DIES":
            os.kill(os.getpid(), signal.SIGKILL)
        if words.startswith("ONCE "):
            mark = Path(words[5:])
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if words.startswith("SLOW"):
            time.sleep(0.3)
        if words == "BINARY":
            raise BinaryInputError("This is a picture.", cure="Give the text.")
        if words == "WEIGHTS":
            raise WeightsError("The weights are missing.", cure="Install onrecord again.")
        return record_of(words)


def start():
    """Makes a worker one that reads so."""
    workers._engine = DyingEngine()


def refuse():
    """A worker that cannot start."""
    raise RuntimeError("no")
