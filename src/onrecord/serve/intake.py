"""What was dropped in to be added: each drop is read in the background, and tells how far it is.

One thread adds one drop after the other; what reads is another process, so that pages stay quick meanwhile.
Whatever goes wrong with a drop is told there, and the next is begun.
"""

import dataclasses
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from onrecord.collection.adding import Adding, AddReport, Step, Ways
from onrecord.collection.face import Collection
from onrecord.collection.tasks import Reader, Task
from onrecord.collection.workers import PoolReader
from onrecord.errors import UnknownIdError
from onrecord.record import Article, Capture, Failure, Record
from onrecord.serve.drops import Crawl, Drop
from onrecord.serve.faults import RefusedError
from onrecord.serve.overviews import forget_counts
from onrecord.serve.progress import Intake, WatchedReader, describe_failure, describe_record, describe_step
from onrecord.store.base import Reading

if TYPE_CHECKING:
    from onrecord.ingest.fetch import Fetcher

__all__ = ["Drop", "Intake", "Intakes"]

MOST_WAITING = 20  # drops; their files lie on the disk until they are read
MOST_RECENT = 50  # drops that are remembered
# The process that reads holds some 250 MB: it goes when nothing was added for so long.
IDLE_SECONDS = 600.0
CLOSE_SECONDS = 10.0  # for what runs to end; a host that does not answer takes longer, and is left

Work = Callable[[Intake], None]


class Intakes:
    """All drops of this server, running and done. Without `fetch`, no address is ever asked."""

    def __init__(
        self,
        collection: Collection,
        *,
        fetch: bool = True,
        crawl: Crawl | None = None,
        open_reader: Callable[[], Reader] | None = None,
    ) -> None:
        self.collection = collection
        self.crawl: Crawl | None = (crawl or self._crawl) if fetch else None
        self._open_reader = open_reader or self._open_pool
        self._lock = threading.RLock()
        self._known: dict[str, Intake] = {}
        self._waiting: queue.Queue[tuple[Intake, Work, Callable[[], None]] | None] = queue.Queue()
        self._current: Intake | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def start(self, drop: Drop) -> Intake:
        """A new intake that adds what is in this drop; raises `EmptyInputError` where that is nothing.

        The drop is discarded at the end, or at once where it cannot be begun.
        """
        try:
            drop.expect_some()
            intake = Intake(name=drop.name(), expected=len(drop.inputs))
            self._enqueue(intake, partial(self._add, drop), drop.discard)
        except BaseException:
            drop.discard()
            raise
        return intake

    def reread(self, article_id: str) -> Intake:
        """A new intake that reads the capture of an article again, as this program reads now.

        Judgements stay, and are laid over what is read. Raises `UnknownIdError`.
        """
        record = self.collection.store.judged(article_id).record
        name = record.article.title.value if record.article.title else record.article.article_id
        intake = Intake(name=name, expected=1, article_id=record.article.article_id)
        self._enqueue(intake, partial(self._read_again, record), lambda: None)
        return intake

    def find(self, intake_id: str) -> Intake:
        """The intake with this id; raises `UnknownIdError`."""
        with self._lock:
            found = self._known.get(intake_id)
        if found is None:
            raise UnknownIdError(
                f"Nothing that was added lately has the id {intake_id:.80}.",
                cure="What was added before the server was started is on the first page.",
            )
        return found

    def recent(self) -> tuple[Intake, ...]:
        """The intakes that are remembered, the newest first."""
        with self._lock:
            return tuple(reversed(self._known.values()))

    def running(self) -> tuple[Intake, ...]:
        """Those that wait or run, in the order in which they are done."""
        return tuple(intake for intake in reversed(self.recent()) if not intake.is_over)

    def stop(self, intake_id: str) -> Intake:
        """The intake, which ends as soon as it can; what it read is kept. Raises `UnknownIdError`."""
        intake = self.find(intake_id)
        with self._lock:
            intake.stop()
            if intake is self._current:
                self._reader.close()
        return intake

    def close(self) -> None:
        """Ends what is running; what was read is kept."""
        with self._lock:
            self._is_closed = True
            for intake in self.running():
                intake.stop()
            self._waiting.put(None)
            thread = self._thread
            if thread is not None:
                self._reader.close()
        if thread is not None:
            thread.join(CLOSE_SECONDS)
            self._reader.close()  # a process that was just being started

    def _enqueue(self, intake: Intake, work: Work, discard: Callable[[], None]) -> None:
        with self._lock:
            if self._is_closed or len(self.running()) >= MOST_WAITING:
                raise RefusedError(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    f"{MOST_WAITING} drops wait to be read already.",
                    cure="Wait until some of them are done, and add this again.",
                )
            self._known[intake.intake_id] = intake
            self._forget_old()
            self._waiting.put((intake, work, discard))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="onrecord-intake", daemon=True)
                self._thread.start()

    def _forget_old(self) -> None:
        over = [intake_id for intake_id, intake in self._known.items() if intake.is_over]
        for intake_id in over[: max(0, len(self._known) - MOST_RECENT)]:
            del self._known[intake_id]

    def _run(self) -> None:
        """Works through the drops, one after the other, until `close`."""
        while True:
            try:
                waiting = self._waiting.get(timeout=IDLE_SECONDS)
            except queue.Empty:
                self._reader.close()
                self._fetcher.close()
                continue
            if waiting is None:
                return
            intake, work, discard = waiting
            try:
                self._work(intake, work)
            finally:
                discard()

    def _work(self, intake: Intake, work: Work) -> None:
        """Adds one drop; whatever stops it is told by its intake."""
        with self._lock:
            if not intake.begin():
                return
            self._current = intake
        try:
            try:
                work(intake)
            finally:
                forget_counts(self.collection.store)
        except Exception as error:
            # The pool may still be at articles that nobody waits for.
            self._reader.close()
            intake.finish(*(("stopped", None) if intake.is_stopping else ("failed", error)))
        else:
            intake.finish("done")
        finally:
            with self._lock:
                self._current = None

    def _add(self, drop: Drop, intake: Intake) -> None:
        reader = WatchedReader(self._reader, intake)
        store = self.collection.store

        def tell(step: Step) -> None:
            intake.note(describe_step(step, reader.item, store), step.report)

        ways = Ways(signature=self.collection.engine.signature, progress=tell)
        Adding(store, reader, ways).add(drop.inputs)

    def _read_again(self, record: Record, intake: Intake) -> None:
        store, capture = self.collection.store, record.capture
        whole = dataclasses.replace(capture, body=store.capture_body(capture.sha256))
        published = _given_moment(record.article)
        settings = f"published={published}" if published else ""
        reading = Reading(reader=self.collection.engine.signature, settings=settings)
        task = Task(name=intake.name, capture=whole, reading=reading, published=published)
        result = WatchedReader(self._reader, intake).read(task)
        intake.expect_going()
        if isinstance(result, Failure):
            store.add_failures((result,), reading)
            intake.note(describe_failure(result, 1), AddReport(failed=1))
        else:
            store.add_records(((whole, result),), reading)
            counts = AddReport(added=1, statements=len(result.statements))
            intake.note(describe_record(result, intake.name, 1), counts)

    def _crawl(self, url: str) -> Iterator[Capture | Failure]:
        """The pages that an address leads to, politely; nothing of a private network."""
        from onrecord.ingest.listing import crawl

        return crawl(url, self._fetcher)

    @cached_property
    def _fetcher(self) -> "Fetcher":
        """One for all drops, so that a host is asked slowly; in the thread that adds alone."""
        from onrecord.ingest.fetch import Fetcher

        return Fetcher()

    @cached_property
    def _reader(self) -> Reader:
        return self._open_reader()

    def _open_pool(self) -> Reader:
        return PoolReader(1, weights=self.collection.engine.folder, hold=self._hold, gently=True)

    @contextmanager
    def _hold(self) -> Iterator[None]:
        """Processes are started, and given something to read, in here: not for what was stopped."""
        if self._current is not None:
            self._current.expect_going()
        yield


def _given_moment(article: Article) -> str | None:
    """The moment of publication that whoever added an article gave, which its capture does not tell."""
    moment = article.published_at
    given = moment is not None and (moment.origin.kind, moment.origin.name) == ("given", "published")
    return moment.raw if moment is not None and given else None
