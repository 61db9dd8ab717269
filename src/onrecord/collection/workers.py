"""Reading in this process or in several: items in, each with its record or failure out, in the same order."""

import dataclasses
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.collection.attempts import attempt
from onrecord.collection.tasks import WORKER_DIED, Hold, Item, Result, Task
from onrecord.errors import OnrecordError
from onrecord.record import Capture, Failure, Record

if TYPE_CHECKING:
    from onrecord.engine import Engine
    from onrecord.ingest.site_furniture import Repeated

# Articles on their way for each worker: while a long one is read, the others must not run dry.
AHEAD = 4
# A worker takes 1.2 s of processor time to start, and 130 MB: a few articles are read without any.
ALONE_SECONDS = 10.0
MOST_WORKERS = 16
GENTLY = 10  # steps down in priority, of the 19 that there are


class LocalReader:
    """Reads in this process."""

    def __init__(self, engine: "Engine", *, repeated: "Repeated | None" = None, debug: bool = False) -> None:
        self._engine = engine
        self._repeated = repeated
        self._debug = debug

    def run(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result]]:
        """As `tasks.Reader.run`; nothing is read ahead."""
        for item in items:
            yield item, self.read(item) if isinstance(item, Task) and item.is_to_read else None

    def read(self, task: Task) -> Record | Failure:
        """As `tasks.Reader.read`."""
        step = partial(
            self._engine.read_capture, task.capture, published=task.published, repeated=self._repeated
        )
        return attempt(step, task.name, debug=self._debug)

    def close(self) -> None:
        """There is nothing to end."""


class PoolReader:
    """Reads in worker processes.

    When one dies (for want of memory, mostly), nobody knows of which article: all that were on their way
    are read again one at a time, and the one that a worker dies of then too is a failure. Within `hold`
    workers are started: one that is interrupted half way complains before it ends. `gently` they leave the
    processor to whatever else wants it.
    """

    def __init__(
        self,
        jobs: int,
        *,
        weights: Path | None = None,
        repeated: "Repeated | None" = None,
        hold: Hold = nullcontext,
        gently: bool = False,
    ) -> None:
        self._jobs = jobs
        self._hold = hold
        self._start = partial(_start_worker, weights, repeated, gently)
        self._pool: ProcessPoolExecutor | None = None

    def run(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result]]:
        """As `tasks.Reader.run`; some articles are read ahead."""
        waiting: deque[tuple[Item, Future[Record | Failure] | None]] = deque()
        for item in items:
            to_read = isinstance(item, Task) and item.is_to_read
            waiting.append((item, self._submit(item) if isinstance(item, Task) and to_read else None))
            while waiting and (len(waiting) > AHEAD * self._jobs or _is_ready(waiting[0][1])):
                yield self._take(waiting)
        while waiting:
            yield self._take(waiting)

    def read(self, task: Task) -> Record | Failure:
        """As `tasks.Reader.read`."""
        try:
            return _restore(self._submit(task).result(), task)
        except BrokenProcessPool:
            self.close()
            return self._read_alone(task)

    def start(self) -> None:
        """Starts the first worker; raises `OnrecordError` where none can be started."""
        with self._hold():
            self._pool = self._pool or _open_pool(self._jobs, self._start)

    def close(self) -> None:
        """Stops the workers, whatever they are at."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # Their articles are not wanted any more, and the longest would keep the program for a minute.
        # (The public way, `kill_workers`, came with Python 3.14.)
        workers = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()

    def _take(self, waiting: "deque[tuple[Item, Future[Record | Failure] | None]]") -> tuple[Item, Result]:
        item, future = waiting[0]
        if future is not None and _is_broken(future):
            self._recover(waiting)
            return self._take(waiting)
        waiting.popleft()
        if future is None or not isinstance(item, Task):
            return item, None
        return item, _restore(future.result(), item)

    def _recover(self, waiting: "deque[tuple[Item, Future[Record | Failure] | None]]") -> None:
        """Reads alone whatever was on its way when a worker died."""
        self.close()
        for place, (item, future) in enumerate(waiting):
            if future is not None and _is_broken(future) and isinstance(item, Task):
                waiting[place] = (item, _settled(self._read_alone(item)))

    def _read_alone(self, task: Task) -> Record | Failure:
        """What a worker reads while there is nothing else to read, or the failure that it died."""
        try:
            return self._submit(task).result()
        except BrokenProcessPool:
            self.close()
            detail = (
                "The process that read this article died twice: most often there is not enough memory. "
                "Everything else is read; add it again on a machine with more, or with --jobs 1."
            )
            return Failure(stage="read", reason=WORKER_DIED, detail=detail, subject=task.name)

    def _submit(self, task: Task) -> "Future[Record | Failure]":
        try:
            self.start()
            assert self._pool is not None
            with self._hold():
                future = self._pool.submit(_read_in_worker, task.capture, task.name, task.published)
            # A pool that broke while it took this one may have forgotten it, and it would never be done.
            return future if not getattr(self._pool, "_broken", False) else _broken(BrokenProcessPool())
        except BrokenProcessPool as error:
            return _broken(error)


class GrowingReader:
    """Reads in this process at first, and in several as soon as it takes long and these can be started."""

    def __init__(self, first: LocalReader, later: PoolReader) -> None:
        self._first = first
        self._later = later
        self._has_grown = False

    def run(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result]]:
        """As `tasks.Reader.run`."""
        spent = 0.0
        while spent < ALONE_SECONDS:
            began = time.monotonic()
            found = next(self._first.run(items), None)
            spent += time.monotonic() - began if found and found[1] else 0.0
            if found is None:
                return
            yield found
        try:
            self._later.start()
            self._has_grown = True
        except OnrecordError:  # nobody asked for them
            self._later.close()
        yield from (self._later if self._has_grown else self._first).run(items)

    def read(self, task: Task) -> Record | Failure:
        """As `tasks.Reader.read`."""
        return (self._later if self._has_grown else self._first).read(task)

    def close(self) -> None:
        """Stops the workers."""
        self._later.close()


def count_cores() -> int:
    """The cores that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return min(len(allowed(0)) if allowed else os.cpu_count() or 1, MOST_WORKERS)


def _is_ready(future: "Future[Record | Failure] | None") -> bool:
    return future is None or future.done()


def _is_broken(future: "Future[Record | Failure]") -> bool:
    return isinstance(future.exception(), BrokenProcessPool)


def _broken(error: BrokenProcessPool) -> "Future[Record | Failure]":
    future: Future[Record | Failure] = Future()
    future.set_exception(error)
    return future


def _settled(result: Record | Failure) -> "Future[Record | Failure]":
    future: Future[Record | Failure] = Future()
    future.set_result(result)
    return future


def _restore(result: Record | Failure, task: Task) -> Record | Failure:
    """The result with its bytes, which did not travel back."""
    if isinstance(result, Failure):
        return result
    return dataclasses.replace(result, capture=dataclasses.replace(result.capture, body=task.capture.body))


class _Workers(dict[int, Any]):
    """The processes of a pool, which one thread counts while another starts more."""

    def values(self) -> Any:
        """Those there are now."""
        return list(super().values())


def _open_pool(jobs: int, start: Callable[[], None]) -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=start)
    # Until Python 3.12.1, a worker that dies while another is started ends the thread that looks after both
    # with "dictionary changed size during iteration", printed, and what it had not cleared away stays.
    if hasattr(pool, "_processes"):
        pool._processes = _Workers()
    try:
        pool.submit(_greet).result()
    except BrokenProcessPool as error:
        raise OnrecordError(
            "No process could be started to read with.",
            cure="Read with one job; or, in a program of your own, start it below "
            "`if __name__ == '__main__':`, as Python's multiprocessing asks.",
        ) from error
    return pool


_engine: "Engine | None" = None
_repeated: "Repeated | None" = None


def _start_worker(weights: Path | None, repeated: "Repeated | None", gently: bool) -> None:
    """Makes this process one that reads: it leaves Ctrl-C to its parent, and ends when its parent does."""
    global _engine, _repeated
    if gently and hasattr(os, "nice"):
        os.nice(GENTLY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from onrecord.engine import Engine

    _engine, _repeated = Engine(weights=weights), repeated


def _end_with_parent() -> None:
    """Workers hold both ends of their queue, and would wait forever for a parent that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _greet() -> None:
    """What the first worker is asked, to see that there is one."""


def _read_in_worker(capture: Capture, name: str, published: str | None) -> Record | Failure:
    """What is read from a capture, without its bytes."""
    if _engine is None:
        raise RuntimeError("this process was not started to read")
    step = partial(_engine.read_capture, capture, published=published, repeated=_repeated)
    result = attempt(step, name)
    if isinstance(result, Failure):
        return result
    return dataclasses.replace(result, capture=dataclasses.replace(result.capture, body=None))
