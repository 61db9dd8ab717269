"""The loop of every command that reads: inputs in order, one failure stops nothing, counts at the end."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from onrecord.cli.exits import is_debugging, say
from onrecord.cli.inputs import fill_url, name_entry
from onrecord.cli.outputs import Output
from onrecord.errors import NOT_WHOLE_ERRORS, MissingPartError, OnrecordError
from onrecord.record import Capture, Failure, Note, Record

if TYPE_CHECKING:
    from onrecord.engine import Engine
    from onrecord.ingest.site_furniture import Repeated

T = TypeVar("T")
SPOKEN = frozenset({"said", "wrote", None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Something to read: its name, how to get the captures in it, and what they lack."""

    name: str
    find: Callable[[], Iterator[Capture | Failure]]
    url: str | None = None
    published: str | None = None


def read_all(
    inputs: Sequence[Input], output: Output, *, spoken_only: bool = False, learn_furniture: bool = False
) -> bool:
    """Whether everything could be read; raises where the program itself is not whole.

    With `learn_furniture` all inputs are gone through before, to learn what their sites repeat.
    """
    engine, counts, statements = _start_engine(), {True: 0, False: 0}, 0
    repeated = _learn_furniture(inputs) if learn_furniture else None
    for item in inputs:
        for name, found in _read_input(engine, item, repeated):
            entry = keep_spoken(found) if spoken_only and isinstance(found, Record) else found
            if isinstance(entry, Failure):
                _say_failure(entry)
            counts[isinstance(entry, Record)] += 1
            statements += len(entry.statements) if isinstance(entry, Record) else 0
            output.add(name, entry)
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
    return Engine(say=say)


def _missing(error: ImportError) -> MissingPartError:
    return MissingPartError(
        f"A part that onrecord reads with cannot be loaded: {error}.",
        cure="Install it again: pip install --force-reinstall onrecord",
    )


def _learn_furniture(inputs: Sequence[Input]) -> "Repeated":
    """What the sites among the inputs repeat; says what was learned, because nothing may have been."""
    from onrecord.ingest.repetition import STORIES_FROM, learn_repeated

    repeated = learn_repeated(chain.from_iterable(map(_find_captures, inputs)))
    blocks = sum(len(repeats.several) for repeats in repeated.sites.values())
    if blocks:
        say(f"Furniture learned; sites: {len(repeated.sites)}, blocks that their stories repeat: {blocks}.")
    else:
        say(f"No furniture learned: no {STORIES_FROM} stories of one site repeat a block.")
    return repeated


def _find_captures(item: Input) -> Iterator[Capture | Failure]:
    """The captures of an input; why there is none, or no further one, is the last."""
    try:
        found = item.find()
    except OnrecordError as error:
        yield _failure_of(error, item.name)
        return
    while (capture := _try(partial(next, found, None), item.name)) is not None:
        yield capture


def _read_input(
    engine: "Engine", item: Input, repeated: "Repeated | None"
) -> Iterator[tuple[str, Record | Failure]]:
    """The name and the record of each capture of an input, or why there is none."""
    for capture in _find_captures(item):
        if isinstance(capture, Failure):
            yield capture.subject, capture
            continue
        name = name_entry(capture, item.name)
        whole = fill_url(capture, item.url)
        read = partial(engine.read_capture, whole, published=item.published, repeated=repeated)
        yield name, _try(read, name)


def _try(step: Callable[[], T], name: str) -> T | Failure:
    """What the step gives, or why it gives nothing; an error that every other input would meet is raised."""
    try:
        return step()
    except NOT_WHOLE_ERRORS:
        raise
    except OnrecordError as error:
        return _failure_of(error, name)
    except ImportError as error:
        raise _missing(error) from error
    except Exception as error:
        if is_debugging():
            raise
        return _unexpected(error, name)


def _failure_of(error: OnrecordError, name: str) -> Failure:
    return Failure(stage="read", reason=type(error).__name__, detail=str(error), subject=name)


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
