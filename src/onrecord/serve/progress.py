"""How far a drop is: the steps of a run of adding in, counts, the name being read and what came of each out.

Written by the thread that adds, read by those that show it.
"""

import secrets
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from onrecord.collection.adding import AddReport, Step
from onrecord.collection.tasks import Item, Known, Reader, Result, Task
from onrecord.errors import InputError, OnrecordError, UnknownIdError
from onrecord.record import Article, Capture, Failure, Record

if TYPE_CHECKING:
    from onrecord.store.base import Store

State = Literal["waiting", "running", "done", "failed", "stopped"]
MOST_OUTCOMES = 1_000  # that are remembered of one drop, the last ones: an archive may hold 100,000
MOST_KNOWN = 50  # of one drop that are led to: which article each is takes some 10 ms to find
UNREADABLE = "It was given before, and could not be read then: the reason is listed."


class StoppedError(Exception):
    """Somebody stopped what is being added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one article: `number` counts them from 1. `name` is what it came as.

    Added and known ones have the id, title and statements of the article, where it is in the record; failed
    ones the name of the error and what it says.
    """

    number: int
    kind: Literal["added", "known", "failed"]
    name: str
    article_id: str | None = None
    title: str | None = None
    statements: int = 0
    reason: str | None = None
    detail: str | None = None


@dataclass(slots=True, kw_only=True)
class Intake:
    """One drop on its way: `expected` is how many files, texts and addresses it was.

    `problem` and `cure` say why it failed as a whole; `reading` is what is being read. `article_id` is that
    of the article that is read again.
    """

    name: str
    expected: int
    article_id: str | None = None
    intake_id: str = field(default_factory=lambda: secrets.token_hex(8))
    started_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    state: State = "waiting"
    report: AddReport = field(default_factory=AddReport)
    reading: str | None = None
    problem: str | None = None
    cure: str | None = None
    _outcomes: deque[Outcome] = field(default_factory=lambda: deque(maxlen=MOST_OUTCOMES))
    _stopping: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in {"waiting", "running"}

    @property
    def is_stopping(self) -> bool:
        """Whether somebody stopped it."""
        return self._stopping.is_set()

    @property
    def total(self) -> int:
        """How many articles were gone through."""
        return self.report.added + self.report.known + self.report.failed

    def outcomes(self, after: int = 0) -> tuple[Outcome, ...]:
        """What came of each, in order, after so many."""
        with self._lock:
            return tuple(one for one in self._outcomes if one.number > after)

    def stop(self) -> None:
        """Has it end as soon as it can."""
        self._stopping.set()
        if self.state == "waiting":
            self.finish("stopped")

    def expect_going(self) -> None:
        """Raises `StoppedError` where somebody stopped it."""
        if self.is_stopping:
            raise StoppedError

    def begin(self) -> bool:
        """Whether it begins now: what was stopped does not."""
        with self._lock:
            if self.state == "waiting":
                self.state = "running"
            return self.state == "running"

    def note(self, outcome: Outcome, report: AddReport) -> None:
        """Keeps what came of one more."""
        with self._lock:
            self._outcomes.append(outcome)
            self.report = report

    def finish(self, state: State, error: Exception | None = None) -> None:
        """Notes how it ended; the first end counts."""
        with self._lock:
            if self.is_over:
                return
            self.reading = None
            if error is not None:
                self.problem, self.cure = _tell(error)
            self.state = state


class WatchedReader:
    """A reader that is watched: tells an intake what is being read, and stays open for the next drop."""

    def __init__(self, reader: Reader, intake: Intake) -> None:
        self._reader = reader
        self._intake = intake
        self._names: deque[str] = deque()
        self.item: Item | None = None

    def run(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result]]:
        """As `tasks.Reader.run`; raises `StoppedError`."""
        for item, result in self._reader.run(self._plan(items)):
            self.item = item
            self._names.popleft()
            yield item, result
            self._intake.expect_going()
            self._show()

    def read(self, task: Task) -> Record | Failure:
        """As `tasks.Reader.read`."""
        self._intake.reading = task.name
        return self._reader.read(task)

    def close(self) -> None:
        """Whoever made the reader closes it."""

    def _plan(self, items: Iterator[Item]) -> Iterator[Item]:
        for item in items:
            self._intake.expect_going()
            self._names.append(item.subject if isinstance(item, Failure) else item.name)
            self._show()
            yield item

    def _show(self) -> None:
        """What stands first is being read: some of what follows is on its way too."""
        self._intake.reading = self._names[0] if self._names else None


def describe_step(step: Step, item: Item | None, store: "Store") -> Outcome:
    """What came of a step."""
    report = step.report
    number = report.added + report.known + report.failed
    if isinstance(step.entry, Failure):
        return describe_failure(step.entry, number)
    if step.entry is not None:
        return describe_record(step.entry, step.name, number)
    capture = item.capture if isinstance(item, Known | Task) else None
    shown = capture if report.known <= MOST_KNOWN else None
    return _describe_known(step.name, number, shown, store)


def describe_failure(failure: Failure, number: int) -> Outcome:
    """What came of something that could not be read."""
    return Outcome(
        number=number, kind="failed", name=failure.subject, reason=failure.reason, detail=failure.detail
    )


def describe_record(record: Record, name: str, number: int) -> Outcome:
    """What came of something that was read."""
    article = record.article
    return Outcome(
        number=number,
        kind="added",
        name=name,
        article_id=article.article_id,
        title=_title_of(article),
        statements=len(record.statements),
    )


def _describe_known(name: str, number: int, capture: Capture | None, store: "Store") -> Outcome:
    """What is known already, with its article where there is one: its id is made of what can be read of it
    without a model."""
    from onrecord.ingest import read_article

    if capture is None:
        return Outcome(number=number, kind="known", name=name)
    try:
        article = read_article(capture)
        record = store.judged(article.article_id).record
    except (InputError, UnknownIdError, ValueError, RecursionError, MemoryError):
        return Outcome(number=number, kind="known", name=name, detail=UNREADABLE)
    return Outcome(
        number=number,
        kind="known",
        name=name,
        article_id=article.article_id,
        title=_title_of(record.article),
        statements=len(record.statements),
    )


def _title_of(article: Article) -> str | None:
    return article.title.value if article.title else None


def _tell(error: Exception) -> tuple[str, str | None]:
    """Why a drop failed, and what to do."""
    if isinstance(error, OnrecordError):
        where = f"{error.where}: " if error.where and isinstance(error, InputError) else ""
        return f"{where}{error.problem}", error.cure
    if isinstance(error, OSError):
        return f"A file could not be read or written: {error.strerror or type(error).__name__}.", (
            "See whether the disk is full, and drop it in again: what was read is known, and not read twice."
        )
    return f"An error of onrecord itself ended it ({type(error).__name__}).", (
        "Drop it in again; where it happens again, report it."
    )
