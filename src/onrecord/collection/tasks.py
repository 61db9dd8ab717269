"""What one run of adding goes through: captures to read, records that are read already, what is known."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from onrecord.record import Capture, Failure, Record
from onrecord.store.base import Reading

Hold = Callable[[], AbstractContextManager[object]]
WORKER_DIED = "WorkerDied"  # the reason of the failure to read an article that ends the process reading it


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A capture to read, with what it is called and how it is read.

    `record` is what was read from it elsewhere, then it is not read here. `met_again` says that this run
    met it before, and may not have kept it yet.
    """

    name: str
    capture: Capture
    reading: Reading
    published: str | None = None
    record: Record | None = None
    met_again: bool = False

    @property
    def is_to_read(self) -> bool:
        """Whether a model must read it, as far as is known now."""
        return self.record is None and not self.met_again


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A capture that was read so before."""

    name: str
    capture: Capture | None = None


Item = Task | Known | Failure
Result = Record | Failure | None


class Reader(Protocol):
    """Reads captures, one after the other or several at once."""

    def run(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result]]:
        """Each item with what was read from it, None where there was nothing to read, in order."""

    def read(self, task: Task) -> Record | Failure:
        """What is read from one capture, at once."""

    def close(self) -> None:
        """Ends what was started for reading."""
