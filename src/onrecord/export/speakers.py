"""The speakers of a record as written: a label, a colour number and a count for each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from onrecord.record import Statement

COLOURS = 8
UNKNOWN_LABEL = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody as the article writes them; `colour` is None for the unknown."""

    label: str
    name: str
    colour: int | None
    statements: int


def speaker_key(statement: Statement) -> str | None:
    """What puts two statements under one speaker: the same words, whatever their case and white space.

    Whether "Vance" and "Mira Vance" are one person is not for a face to judge.
    """
    return " ".join(statement.speaker.text.split()).casefold() if statement.speaker else None


def list_speakers(statements: Sequence[Statement]) -> dict[str | None, Speaker]:
    """The speakers by key, in order of their first statement."""
    counts = Counter(map(speaker_key, statements))
    names: dict[str | None, str] = {}
    for statement in statements:
        names.setdefault(speaker_key(statement), statement.speaker.text if statement.speaker else "unknown")
    known = [key for key in counts if key is not None]
    places = {key: place for place, key in enumerate(known)}
    return {
        key: Speaker(
            label=UNKNOWN_LABEL if key is None else letters(places[key]),
            name=names[key],
            colour=None if key is None else places[key] % COLOURS,
            statements=count,
        )
        for key, count in counts.items()
    }


def letters(place: int) -> str:
    """A, B … Z, AA, AB …

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    more, last = divmod(place, len(ascii_uppercase))
    return (letters(more - 1) if more else "") + ascii_uppercase[last]
