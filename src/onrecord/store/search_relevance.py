"""Which statements are nearest to the words: candidates in, a score from 0 to 1 for each out.

Every candidate holds every word, so that what tells them apart is whether the words stand in the given order,
in the content itself, close together, and in a short statement. BM25 would count each word through the whole
index (FTS5 does, at every question), and the words of a statement hardly ever repeat.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from onrecord.store.index_evidence import Evidence, read_evidence, read_length
from onrecord.store.index_tables import statements
from onrecord.store.index_terms import Term
from onrecord.store.search_asked import Asked, find_in_order
from onrecord.store.search_hits import load_texts
from onrecord.store.search_words import places_of
from onrecord.store.words import words_of

# Bound the work of a question for words that half the statements hold: so many of the newest are candidates,
# and of these so many are read.
MOST_CANDIDATES = 400
MOST_READ = 60
IN_ORDER, IN_CONTENT, CLOSE, SHORT = 0.4, 0.3, 0.2, 0.1
_SHORT_CHARS = 100


def rank_statements(connection: Connection, asked: Asked) -> tuple[list[tuple[float, int]], tuple[str, ...]]:
    """Scores and keys, best first (the newest of equals), and what must be told."""
    wanted = [term for term in asked.terms if not term.excluded]
    found = find_in_order(connection, asked, newest_first=True, after=None, limit=MOST_CANDIDATES + 1)
    many = len(found) > MOST_CANDIDATES
    keys = found[:MOST_CANDIDATES]
    ordered: set[int] = set()
    if len(wanted) > 1 and not any(term.is_prefix for term in wanted[:-1]):
        exact = _in_order(asked, wanted)
        ordered.update(find_in_order(connection, exact, newest_first=True, after=None, limit=MOST_READ))
        keys = list(dict.fromkeys([*sorted(ordered, reverse=True), *keys]))
    rows = {row.statement_key: row for row in _load(connection, keys)}
    lengths = {key: read_length(row.evidence) for key, row in rows.items()}
    cheap = sorted(rows, key=lambda key: (key not in ordered, lengths[key], -key))
    read = _score_read(connection, [rows[key] for key in cheap[:MOST_READ]], wanted)
    scores = {key: IN_ORDER * (key in ordered) + SHORT * _shortness(lengths[key]) for key in cheap} | read
    ranked = sorted(((round(score, 6), key) for key, score in scores.items()), reverse=True)
    return ranked, _tell_bounds(many, len(rows))


def _tell_bounds(many: bool, looked_at: int) -> tuple[str, ...]:
    if many:
        return (
            f"The words are common: of all statements that hold them, the newest {MOST_CANDIDATES} and those "
            "with the words in this order were ranked.",
        )
    if looked_at > MOST_READ:
        return (f"The likeliest {MOST_READ} were ranked by their words, those behind by their length.",)
    return ()


def _in_order(asked: Asked, wanted: Sequence[Term]) -> Asked:
    """The same, with the words in the order they were given, as one phrase."""
    words = tuple(word for term in wanted for word in term.words)
    last = wanted[-1]
    phrase = Term(words=words, is_prefix=last.is_prefix, endings=last.endings)
    terms = (phrase, *(term for term in asked.terms if term.excluded))
    return dataclasses.replace(asked, terms=terms)


def _load(connection: Connection, keys: Sequence[int]) -> Iterable[Any]:
    columns = (statements.c.statement_key, statements.c.shown_key, statements.c.evidence)
    return connection.execute(select(*columns).where(statements.c.statement_key.in_(keys)))


def _shortness(length: int) -> float:
    return _SHORT_CHARS / (_SHORT_CHARS + length)


def _score_read(connection: Connection, chosen: Sequence[Any], wanted: Sequence[Term]) -> dict[int, float]:
    texts = load_texts(connection, sorted({row.shown_key for row in chosen}))
    return {
        row.statement_key: score_words(texts[row.shown_key], read_evidence(row.evidence), wanted)
        for row in chosen
    }


def score_words(text: str, evidence: Evidence, wanted: Sequence[Term]) -> float:
    """How near a statement is to words that all stand in it, 0 to 1."""
    content = tuple(word for span in evidence.content for word in words_of(span.of(text)))
    places = [list(places_of(content, term)) for term in wanted]
    held = sum(1 for at in places if at) / len(wanted)
    length = sum(span.end_char - span.start_char for span in evidence.content)
    close, ordered = 0.0, 0.0
    if all(places):
        needed = sum(len(term.words) for term in wanted)
        close = needed / (_narrowest(places) + len(wanted[-1].words))
        ordered = float(_stand_in_order(places, wanted))
    return IN_ORDER * ordered + IN_CONTENT * held + CLOSE * min(close, 1.0) + SHORT * _shortness(length)


def _narrowest(places: Sequence[Sequence[int]]) -> int:
    """How far apart the first words of all terms stand where they stand closest."""
    events = sorted((at, i) for i, held in enumerate(places) for at in held)
    last: dict[int, int] = {}
    best = events[-1][0] - events[0][0]
    for at, i in events:
        last[i] = at
        if len(last) == len(places):
            best = min(best, at - min(last.values()))
    return best


def _stand_in_order(places: Sequence[Sequence[int]], wanted: Sequence[Term]) -> bool:
    starts = set(places[0])
    offset = 0
    for term, held in zip(wanted, places, strict=True):
        starts &= {at - offset for at in held}
        offset += len(term.words)
    return bool(starts)
