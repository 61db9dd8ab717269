"""The loop of every command that reads: inputs in order, one failure stops nothing, counts at the end."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.cli.exits import is_debugging, say
from onrecord.cli.outputs import Output
from onrecord.errors import MissingPartError, OnrecordError, WeightsError
from onrecord.record import Failure, Note, Record

if TYPE_CHECKING:
    from onrecord.engine import Engine

SPOKEN = frozenset({"said", "wrote", None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One article to read: its name, how to get its bytes, and what the bytes lack."""

    name: str
    take: Callable[[], bytes]
    url: str | None = None
    published: str | None = None


def read_all(inputs: Iterable[Input], output: Output, *, spoken_only: bool = False) -> bool:
    """Whether everything could be read; raises where the program itself is not whole."""
    engine, counts, statements = _start_engine(), {True: 0, False: 0}, 0
    for item in inputs:
        entry = _read_one(engine, item)
        if isinstance(entry, Failure):
            _say_failure(entry)
        elif spoken_only:
            entry = keep_spoken(entry)
        counts[isinstance(entry, Record)] += 1
        statements += len(entry.statements) if isinstance(entry, Record) else 0
        output.add(item.name, entry)
    if sum(counts.values()) > 1:
        unread = f", {counts[False]} could not be read" if counts[False] else ""
        say(f"{counts[True]} of {sum(counts.values())} articles read{unread}; statements: {statements}.")
    return not counts[False]


def _say_failure(failure: Failure) -> None:
    """Says which input failed and why; the message of some errors begins with the input already."""
    named = failure.detail.startswith(f"{failure.subject}:")
    say(failure.detail if named else f"{failure.subject}: {failure.detail}")


def _start_engine() -> "Engine":
    try:
        from onrecord.engine import Engine
    except ImportError as error:
        raise _missing(error) from error
    return Engine()


def _missing(error: ImportError) -> MissingPartError:
    return MissingPartError(
        f"A part that onrecord reads with cannot be loaded: {error}.",
        cure="Install it again: pip install --force-reinstall onrecord",
    )


def _read_one(engine: "Engine", item: Input) -> Record | Failure:
    """The record, or why there is none; an error that every other input would meet too is raised."""
    try:
        return engine.read(item.take(), url=item.url, published=item.published)
    except (WeightsError, MissingPartError):
        raise
    except OnrecordError as error:
        return Failure(stage="read", reason=type(error).__name__, detail=str(error), subject=item.name)
    except ImportError as error:
        raise _missing(error) from error
    except Exception as error:
        if is_debugging():
            raise
        return _unexpected(error, item.name)


def _unexpected(error: Exception, name: str) -> Failure:
    reason = type(error).__name__
    detail = (
        f"An error of onrecord itself ({reason}: {error}). Run it with --debug to see where, and report it."
    )
    return Failure(stage="read", reason=reason, detail=detail, subject=name)


def keep_spoken(record: Record) -> Record:
    """The record without statements of thought, feeling, wish and knowledge, and a note that says so."""
    kept = tuple(s for s in record.statements if s.mode in SPOKEN)
    left = len(record.statements) - len(kept)
    if not left:
        return record
    detail = f"Statements of thought, feeling, wish or knowledge left out, as asked by --spoken: {left}."
    note = Note(stage="cli", reason="spoken_only", detail=detail)
    return dataclasses.replace(record, statements=kept, notes=(*record.notes, note))
