"""The speakers of a record: for each a label, a colour number and a count."""

from collections import Counter
from dataclasses import dataclass
from string import ascii_uppercase

from onrecord.export.named import fold
from onrecord.record import Record, Statement

COLOURS = 8
UNKNOWN_LABEL = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody as a face shows them; `colour` and `entity_id` are None for the unknown."""

    label: str
    name: str
    colour: int | None
    entity_id: str | None
    statements: int


def speaker_key(statement: Statement) -> str | None:
    """What puts two statements under one speaker: the entity; None where it is unknown."""
    return statement.speaker.entity_id if statement.speaker else None


def list_voices(record: Record) -> dict[str | None, Voice]:
    """The speakers by key, in order of their first statement."""
    counts = Counter(map(speaker_key, record.statements))
    names = {s.speaker.entity_id: s.speaker.name for s in record.statements if s.speaker}
    known = [key for key in counts if key is not None]
    places = {key: place for place, key in enumerate(known)}
    return {
        key: Voice(
            label=UNKNOWN_LABEL if key is None else letters(places[key]),
            name="unknown" if key is None else names[key],
            colour=None if key is None else places[key] % COLOURS,
            entity_id=key,
            statements=count,
        )
        for key, count in counts.items()
    }


def source_words(statement: Statement, text: str) -> str:
    """The source as the article writes it, on one line; "" where there is none."""
    return fold(" … ".join(span.of(text) for span in statement.source))


def name_speaker(statement: Statement, text: str) -> str:
    """The speaker, with the source as written where that does not hold the name: "Mira Vance (she)".

    Of an unknown speaker it is the source in quotation marks, or "unknown" where there is none.
    """
    words = source_words(statement, text)
    if statement.speaker is None:
        return f"“{words}”" if words else "unknown"
    name = statement.speaker.name
    return f"{name} ({words})" if words and name.casefold() not in words.casefold() else name


def letters(place: int) -> str:
    """A, B … Z, AA, AB …

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    more, last = divmod(place, len(ascii_uppercase))
    return (letters(more - 1) if more else "") + ascii_uppercase[last]
