"""Drops and intakes for the tests: readers without weights, some of which wait until they are let go."""

import io
import threading
import time

from onrecord.collection.face import Collection
from onrecord.serve.drops import Drop
from onrecord.serve.intake import Intakes
from onrecord.store import open_store
from tests.collection.fakes import FakeReader

SOON = 20.0  # seconds


class FakeEngine:
    """An engine by name alone."""

    signature = "test reader 1"
    folder = None


class GateReader(FakeReader):
    """Reads each text only when it is let through; closed, it gives up."""

    def __init__(self):
        super().__init__()
        self.gate = threading.Semaphore(0)
        self.reached = threading.Semaphore(0)

    def run(self, items):
        self.closed = False
        yield from super().run(items)

    def read(self, task):
        self.reached.release()
        assert self.gate.acquire(timeout=SOON)
        if self.closed:
            raise RuntimeError("the process was ended")
        return super().read(task)

    def close(self):
        super().close()
        self.gate.release()


def open_record(tmp_path):
    """An empty record with an engine that reads nothing itself."""
    return Collection(open_store(tmp_path / "news.onrecord", create=True), engine=FakeEngine())


def open_intakes(collection, reader=None, **options):
    """Intakes that read with this reader."""
    chosen = reader or FakeReader()
    return Intakes(collection, open_reader=lambda: chosen, **options)


def drop_of(*texts, **files):
    """A drop of pasted texts, and of files by the name they have."""
    drop = Drop()
    for text in texts:
        drop.add_text(text)
    for name, body in files.items():
        drop.add_file(name.replace("_", "."), io.BytesIO(body))
    return drop


def wait_for(done):
    """Waits until something holds."""
    deadline = time.monotonic() + SOON
    while not done():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.005)


def finish(intake):
    """The intake once it is over."""
    wait_for(lambda: intake.is_over)
    return intake


def told(intake):
    """What came of each: its kind and what it was called."""
    return [(one.kind, one.name) for one in intake.outcomes()]
