"""A store in memory and a reader without weights, for tests of the run between them."""

from onrecord.collection.inputs import Input
from onrecord.collection.tasks import Task
from onrecord.ingest import make_capture
from onrecord.record import Failure, capture_id_of
from tests.factories import make_small_record, make_statement


class FakeStore:
    """Keeps what it is given, call by call; `broken` is raised by the next write."""

    def __init__(self):
        self.calls = []
        self.readings = {}
        self.sightings = []
        self.failures = []
        self.broken = None

    def start_run(self, reading):
        self.calls.append("start")
        return "run 1"

    def end_run(self, run_id, *, added, known, failed):
        self.calls.append(f"end {added} {known} {failed}")

    def knows(self, capture, reading):
        known = (capture_id_of(capture), reading) in self.readings
        if known:
            self.sightings.append(capture.body)
        return known

    def add_records(self, entries, reading):
        self._write(f"records {len(entries)}")
        for capture, entry in entries:
            self.readings[capture_id_of(capture), reading] = entry
            self.sightings.append(capture.body)

    def add_failures(self, failures, reading):
        self._write(f"failures {len(failures)}")
        self.failures += failures

    def _write(self, call):
        if self.broken:
            raise self.broken
        self.calls.append(call)


class FakeReader:
    """Reads "FAIL" and "DIES" as failures, "STOP" as Ctrl-C, else one statement; `ahead` items at once."""

    def __init__(self, ahead=1):
        self.ahead = ahead
        self.seen = []
        self.closed = False

    def run(self, items):
        waiting = []
        for item in items:
            waiting.append((item, self.read(item) if isinstance(item, Task) and item.is_to_read else None))
            if len(waiting) >= self.ahead:
                yield waiting.pop(0)
        yield from waiting

    def read(self, task):
        words = task.capture.body.decode()
        self.seen.append(words)
        if words == "STOP":
            raise KeyboardInterrupt
        if words in {"FAIL", "DIES"}:
            reason = "WorkerDied" if words == "DIES" else "EmptyInputError"
            return Failure(stage="read", reason=reason, detail="It cannot be read.", subject=task.name)
        return record_of(words)

    def close(self):
        self.closed = True


def record_of(words):
    return make_small_record(words, [make_statement(words, [words], cue=None, source=None)])


def inputs_of(*texts, published=None):
    """An input for each text; a failure passes as it is."""

    def find(entry):
        return iter([entry if isinstance(entry, Failure) else make_capture(entry.encode())])

    return [
        Input(name=f"text {n}", find=lambda entry=entry: find(entry), published=published)
        for n, entry in enumerate(texts)
    ]
