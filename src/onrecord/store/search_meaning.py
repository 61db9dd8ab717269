"""Search by meaning: the vector of a sentence in, the statements whose vectors are nearest out.

Every vector is compared, so nothing near is missed; a million take some 0.2 s once they are loaded. Only
statements read by the model that made the sentence's vector can be compared, and an answer tells how many
were not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from onrecord.errors import QueryError
from onrecord.record import MEANING_WIDTH, Meanings
from onrecord.record.query import Answer, Query
from onrecord.store.index_naming import AT_ONCE
from onrecord.store.index_tables import statements
from onrecord.store.packing import unpack_meanings
from onrecord.store.search_asked import Asked, find_keys
from onrecord.store.search_hits import HitMaker
from onrecord.store.tables import meanings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK = 65_536  # vectors compared at once: as floats they take 32 MB
LONGEST = 127.0  # of a vector, whose numbers are signed bytes
# So many of the nearest are held against the filters; what is further away says little of the like.
MOST_TRIED = 5_000


@dataclass(frozen=True, slots=True)
class Vectors:
    """All vectors of one model: the packed id of each statement, and the rows in the same order.

    `stamp` changes with what the store holds.
    """

    stamp: tuple[str, int, int]
    ids: "list[bytes]"
    rows: "NDArray[np.int8]"


def stamp_of(connection: Connection, model: str) -> tuple[str, int, int]:
    """What tells whether the vectors that were loaded are still all there are."""
    count, last = connection.execute(
        select(func.count(), func.coalesce(func.max(meanings.c.extraction_key), 0)).where(
            meanings.c.model == model
        )
    ).one()
    return model, int(count), int(last)


def load_vectors(connection: Connection, model: str) -> Vectors:
    """Every vector that this model made, each statement once."""
    import numpy as np

    held: dict[bytes, bytes] = {}
    wanted = select(meanings.c.packed).where(meanings.c.model == model).order_by(meanings.c.extraction_key)
    for packed in connection.scalars(wanted):
        held.update(unpack_meanings(packed))
    rows = np.frombuffer(b"".join(held.values()), np.int8).reshape(len(held), MEANING_WIDTH)
    return Vectors(stamp_of(connection, model), list(held), rows)


def search_by_meaning(
    connection: Connection, query: Query, asked: Asked, sentence: Meanings, vectors: Vectors
) -> Answer:
    """The statements nearest to the sentence that meet the filters, nearest first; `score` is the cosine.

    Raises `QueryError` for a question that goes on from another: nearness has no pages.
    """
    if query.after is not None:
        raise QueryError("An answer by meaning has no next page.", cure="Ask for more at once, by the limit.")
    tried = list(_nearest(vectors, sentence.vectors[0][1]))
    keys = _keys_of(connection, [own for own, _ in tried])
    scores = {keys[own]: score for own, score in tried if own in keys}
    shown = _keep_asked(connection, asked, scores, query.limit)
    return Answer(
        hits=HitMaker(connection).hits_of(shown, scores),
        total=None,
        next=None,
        notes=tuple(_explain(connection, vectors, shown, len(tried))),
    )


def _nearest(vectors: Vectors, vector: bytes) -> Iterator[tuple[bytes, float]]:
    """Ids with their cosine, nearest first; of equals, the one that was kept first."""
    import numpy as np

    wanted = np.frombuffer(vector, np.int8).astype(np.float32) / LONGEST**2
    rows = vectors.rows
    chunks = [rows[at : at + CHUNK].astype(np.float32) @ wanted for at in range(0, len(rows), CHUNK)]
    scores = np.concatenate(chunks) if chunks else np.zeros(0, np.float32)
    count = min(MOST_TRIED, len(scores))
    best = np.argpartition(-scores, count - 1)[:count] if count else np.zeros(0, np.int64)
    for place in best[np.lexsort((best, -scores[best]))].tolist():
        yield vectors.ids[place], round(float(scores[place]), 4)


def _keys_of(connection: Connection, ids: list[bytes]) -> dict[bytes, int]:
    """The keys of these statements; those that are shown no more have none."""
    found: dict[bytes, int] = {}
    for at in range(0, len(ids), AT_ONCE):
        some = select(statements.c.statement_id, statements.c.statement_key).where(
            statements.c.statement_id.in_(ids[at : at + AT_ONCE])
        )
        found.update((bytes(own), key) for own, key in connection.execute(some))
    return found


def _keep_asked(connection: Connection, asked: Asked, keys: Iterable[int], limit: int) -> list[int]:
    """The first keys, in this order, that meet words and filters."""
    kept: list[int] = []
    for key in keys:
        if len(kept) == limit:
            break
        if asked.is_bare or find_keys(connection, asked, bounds=(key, key + 1), newest_first=True, limit=1):
            kept.append(key)
    return kept


def _explain(connection: Connection, vectors: Vectors, shown: list[int], tried: int) -> Iterator[str]:
    shown_elsewhere = connection.scalar(
        select(func.count()).select_from(meanings).where(meanings.c.model != vectors.stamp[0])
    )
    if shown_elsewhere:
        yield (
            f"{shown_elsewhere:,} readings of articles are by another model and were not compared. "
            "Add these articles again to have them compared."
        )
    if not tried:
        yield "No statement has a vector yet: add the articles with this onrecord."
    elif not shown:
        yield f"None of the {tried:,} nearest statements meets the words and filters."
    else:
        yield "By likeness of meaning alone: read what was said before you say that it is the same."
