"""The loop of every command that reads: inputs in order, one failure stops nothing, counts at the end."""

import dataclasses
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from onrecord.cli.exits import is_debugging, say
from onrecord.cli.outputs import Output
from onrecord.collection.attempts import attempt, missing_part
from onrecord.collection.inputs import Input, iter_captures, learn_repeats, name_entry
from onrecord.record import Failure, Note, Record

if TYPE_CHECKING:
    from onrecord.engine import Engine
    from onrecord.ingest.site_furniture import Repeated

SPOKEN = frozenset({"said", "wrote", None})


def read_all(
    inputs: Sequence[Input], output: Output, *, spoken_only: bool = False, learn_furniture: bool = False
) -> bool:
    """Whether everything could be read; raises where the program itself is not whole.

    With `learn_furniture` all inputs are gone through before, to learn what their sites repeat.
    """
    engine, counts, statements = start_engine(), {True: 0, False: 0}, 0
    repeated = learn_repeats(inputs, say) if learn_furniture else None
    for item in inputs:
        for name, found in _read_input(engine, item, repeated):
            entry = keep_spoken(found) if spoken_only and isinstance(found, Record) else found
            if isinstance(entry, Failure):
                say_failure(entry)
            counts[isinstance(entry, Record)] += 1
            statements += len(entry.statements) if isinstance(entry, Record) else 0
            output.add(name, entry)
    if sum(counts.values()) > 1:
        unread = f", {counts[False]} could not be read" if counts[False] else ""
        say(f"{counts[True]} of {sum(counts.values())} articles read{unread}; statements: {statements}.")
    return not counts[False]


def say_failure(failure: Failure) -> None:
    """Says which input failed and why; the message of some errors begins with the input already."""
    named = failure.detail.startswith(f"{failure.subject}:")
    say(failure.detail if named else f"{failure.subject}: {failure.detail}")


def start_engine() -> "Engine":
    """The engine of the command line, which says what takes long; raises `MissingPartError`."""
    try:
        from onrecord.engine import Engine
    except ImportError as error:
        raise missing_part(error) from error
    return Engine(say=say)


def _read_input(
    engine: "Engine", item: Input, repeated: "Repeated | None"
) -> Iterator[tuple[str, Record | Failure]]:
    """The name and the record of each capture of an input, or why there is none."""
    for capture in iter_captures(item, debug=is_debugging()):
        if isinstance(capture, Failure):
            yield capture.subject, capture
            continue
        name = name_entry(capture, item.name)
        read = partial(engine.read_capture, capture, published=item.published, repeated=repeated)
        yield name, attempt(read, name, debug=is_debugging())


def keep_spoken(record: Record) -> Record:
    """The record without statements of thought, feeling, wish and knowledge, and a note that says so."""
    kept = tuple(s for s in record.statements if s.mode in SPOKEN)
    left = len(record.statements) - len(kept)
    if not left:
        return record
    detail = f"Statements of thought, feeling, wish or knowledge left out, as asked by --spoken: {left}."
    note = Note(stage="cli", reason="spoken_only", detail=detail)
    return dataclasses.replace(record, statements=kept, notes=(*record.notes, note))
