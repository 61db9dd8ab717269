"""What the parts of a record say of each other: a record in, each reference that does not hold out."""

from collections.abc import Iterator

from onrecord.record.record import Record
from onrecord.record.statement import Statement

Reference = tuple[str, str, str | None]  # where it stands, the kind of what it names, its id


def broken_references(record: Record) -> Iterator[tuple[str, str]]:
    """Where a reference does not hold, and what is wrong: the id of nothing, a name that is another's."""
    held = {
        "entity": {e.entity_id for e in record.entities},
        "time": {t.time_id for t in record.times},
        "place": {p.place_id for p in record.places},
        "statement": {s.statement_id for s in record.statements},
    }
    names = {e.entity_id: e.name for e in record.entities}
    for i, statement in enumerate(record.statements):
        for where, kind, wanted in _list_references(statement):
            if wanted is not None and wanted not in held[kind]:
                yield f"statements[{i}].{where}", f"No {kind} of the record has the id {wanted!r:.80}."
        speaker = statement.speaker
        if speaker and speaker.name != names.get(speaker.entity_id, speaker.name):
            detail = (
                f"The speaker is named {speaker.name!r:.80}, its entity {names[speaker.entity_id]!r:.80}."
            )
            yield f"statements[{i}].speaker.name", detail
        if statement.within == statement.statement_id:
            yield f"statements[{i}].within", "A statement cannot stand within itself."


def _list_references(statement: Statement) -> Iterator[Reference]:
    yield "within", "statement", statement.within
    if statement.speaker:
        yield "speaker.entity_id", "entity", statement.speaker.entity_id
    for i, hop in enumerate(statement.chain):
        yield f"chain[{i}].entity_id", "entity", hop.entity_id
    if statement.said_at:
        yield "said_at.time_id", "time", statement.said_at.time_id
    if statement.said_in:
        yield "said_in.place_id", "place", statement.said_in.place_id
    for kind in ("entity", "time", "place"):
        for i, wanted in enumerate(getattr(statement.about, f"{kind}_ids")):
            yield f"about.{kind}_ids[{i}]", kind, wanted
