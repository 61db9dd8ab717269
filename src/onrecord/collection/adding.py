"""Adding: inputs go in, a store takes what is read from them; what it knows already is not read again.

Whatever cuts a run off, the same run made again ends with the same content: what was written is known, and
the rest is read in the same order.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.collection.inputs import Input, iter_captures, name_entry
from onrecord.collection.tasks import WORKER_DIED, Hold, Item, Known, Reader, Result, Task
from onrecord.errors import StoreError
from onrecord.record import Capture, Failure, Record, capture_id_of, to_json
from onrecord.store.base import Reading, Writer

if TYPE_CHECKING:
    from onrecord.ingest.site_furniture import Repeated

# Written together: a kill loses at most so much reading, and a transaction costs little beside it.
BATCH_ARTICLES, BATCH_SECONDS = 16, 2.0
# What may go well the next time is tried again then: it is kept as a failure of no capture.
PASSING_REASONS = frozenset({WORKER_DIED, MemoryError.__name__})


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What came of adding: articles added and known already, what could not be read, statements added."""

    added: int = 0
    known: int = 0
    failed: int = 0
    statements: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What adding came past: its name, what came of it (None where it was known), the counts until then."""

    name: str
    entry: Record | Failure | None
    report: AddReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a run of adding goes: with which reader, with what left out, telling whom.

    `hold` gives a context in which the run must not be interrupted; `progress` is told of every step. `own`
    is the path of the record itself, which may stand in a folder that is added.
    """

    signature: str
    repeated: "Repeated | None" = None
    hold: Hold = nullcontext
    progress: Callable[[Step], None] = lambda step: None
    debug: bool = False
    own: str | None = None


class Adding:
    """One run of adding to a store."""

    def __init__(self, store: Writer, reader: Reader, ways: Ways) -> None:
        self._store = store
        self._reader = reader
        self._ways = ways
        self._pending = Pending(store, ways.hold)
        self._report = AddReport()
        self._learned = _sign_repeated(ways.repeated)
        self._own_files = _list_files(ways.own)

    def add(self, inputs: Iterable[Input]) -> AddReport:
        """What came of adding everything in the inputs, in order; raises `StoreError`.

        Whatever ends it early, what was read until then is kept.
        """
        with self._ways.hold():
            run_id = self._store.start_run(self._reading_of(None))
        try:
            for item, result in self._reader.run(self._plan(inputs)):
                self._take(item, result)
            self._pending.flush()
        except StoreError:
            raise
        except BaseException:
            self._pending.flush()
            raise
        finally:
            self._reader.close()
        with self._ways.hold():
            counts = {"added": self._report.added, "known": self._report.known, "failed": self._report.failed}
            self._store.end_run(run_id, **counts)
        return self._report

    def _plan(self, inputs: Iterable[Input]) -> Iterator[Item]:
        """What there is to do, in order; a capture that is known is no more than that."""
        for source in inputs:
            entries: Iterator[Capture | Record | Failure]
            debug = self._ways.debug
            entries = source.records() if source.records else iter_captures(source, debug=debug)
            for entry in entries:
                if isinstance(entry, Failure):
                    if not self._own_files or os.path.realpath(entry.subject) not in self._own_files:
                        yield entry
                    continue
                task = self._make_task(entry, source)
                if self._pending.is_open(task):
                    yield replace(task, met_again=True)
                elif self._knows(task):
                    yield Known(name=task.name, capture=task.capture)
                else:
                    self._pending.open(task)
                    yield task

    def _make_task(self, entry: Capture | Record, source: Input) -> Task:
        if isinstance(entry, Record):
            name = name_entry(entry.capture, source.name)
            reading = Reading(reader="a record read elsewhere", settings=_sign_record(entry))
            return Task(name=name, capture=entry.capture, reading=reading, record=entry)
        return Task(
            name=name_entry(entry, source.name),
            capture=entry,
            reading=self._reading_of(source.published),
            published=source.published,
        )

    def _reading_of(self, published: str | None) -> Reading:
        settings = [f"published={published}"] if published else []
        settings += [f"furniture={self._learned}"] if self._learned else []
        return Reading(reader=self._ways.signature, settings=" ".join(settings))

    def _knows(self, task: Task) -> bool:
        with self._ways.hold():
            return self._store.knows(task.capture, task.reading)

    def _take(self, item: Item, result: Result) -> None:
        """Counts an item, and puts what was read from it where it waits to be written."""
        if isinstance(item, Task) and item.met_again:
            self._pending.flush()
            if self._knows(item):
                item = Known(name=item.name, capture=item.capture)
            elif item.record is None:
                result = self._reader.read(item)
        if isinstance(item, Known):
            self._tell(item.name, None)
        elif isinstance(item, Failure):
            self._pending.put_failure(item, self._reading_of(None))
            self._tell(item.subject, item)
        else:
            entry = item.record or result
            assert entry is not None
            self._put(item, entry)
            self._tell(item.name, entry)

    def _put(self, task: Task, entry: Record | Failure) -> None:
        if isinstance(entry, Failure) and entry.reason in PASSING_REASONS:
            self._pending.put_failure(entry, task.reading)
            self._pending.forget(task)
        else:
            self._pending.put(task, entry)

    def _tell(self, name: str, entry: Record | Failure | None) -> None:
        now = self._report
        if entry is None:
            self._report = replace(now, known=now.known + 1)
        elif isinstance(entry, Failure):
            self._report = replace(now, failed=now.failed + 1)
        else:
            statements = now.statements + len(entry.statements)
            self._report = replace(now, added=now.added + 1, statements=statements)
        self._ways.progress(Step(name=name, entry=entry, report=self._report))


@dataclass(slots=True)
class Pending:
    """What was read and is not written yet; what waits together is written in one transaction."""

    store: Writer
    hold: Hold
    _records: list[tuple[Capture, Record | Failure]] = field(default_factory=list)
    _failures: list[Failure] = field(default_factory=list)
    _reading: Reading | None = None
    _since: float = 0.0
    _open: set[str] = field(default_factory=set)

    def open(self, task: Task) -> None:
        """Marks a capture as on its way."""
        self._open.add(capture_id_of(task.capture))

    def is_open(self, task: Task) -> bool:
        """Whether this run met the capture before and has not written it yet."""
        return capture_id_of(task.capture) in self._open

    def forget(self, task: Task) -> None:
        """Marks a capture as on its way no more."""
        self._open.discard(capture_id_of(task.capture))

    def put(self, task: Task, entry: Record | Failure) -> None:
        """Has what was read from a capture wait to be written."""
        if self._failures:
            self.flush()
        self._begin(task.reading)
        self._records.append((task.capture, entry))
        self._end()

    def put_failure(self, failure: Failure, reading: Reading) -> None:
        """Has the failure of what never became a capture wait to be written."""
        if self._records:
            self.flush()
        self._begin(reading)
        self._failures.append(failure)
        self._end()

    def flush(self) -> None:
        """Writes what waits."""
        if self._reading is None:
            return
        with self.hold():
            if self._records:
                self.store.add_records(tuple(self._records), self._reading)
            if self._failures:
                self.store.add_failures(tuple(self._failures), self._reading)
            self._open.difference_update(capture_id_of(capture) for capture, _ in self._records)
            self._records, self._failures, self._reading = [], [], None

    def _begin(self, reading: Reading) -> None:
        """Makes room for one more, which is read with this; what waits was all read with the same."""
        if self._reading not in {None, reading}:
            self.flush()
        if self._reading is None:
            self._reading, self._since = reading, time.monotonic()

    def _end(self) -> None:
        count = len(self._records) + len(self._failures)
        if count >= BATCH_ARTICLES or time.monotonic() - self._since > BATCH_SECONDS:
            self.flush()


def _list_files(own: str | None) -> frozenset[str]:
    """The files of a record at this path, none of one that a server holds."""
    if own is None or "://" in own:
        return frozenset()
    return frozenset(os.path.realpath(own) + ending for ending in ("", "-wal", "-shm", "-journal"))


def _sign_repeated(repeated: "Repeated | None") -> str:
    """A short hash of what was learned of sites, "" where nothing was: what is left out changes a record."""
    if repeated is None or not repeated.sites:
        return ""
    learned = [
        (site, sorted(repeats.several), sorted(repeats.most)) for site, repeats in repeated.sites.items()
    ]
    return hashlib.sha256(repr(sorted(learned)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _sign_record(record: Record) -> str:

    return hashlib.sha256(to_json(record).encode()).hexdigest()[:16]
