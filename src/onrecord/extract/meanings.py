"""The meaning of each statement: statements and the states of their words in, vectors out."""

from collections.abc import Sequence

import numpy as np

from onrecord.encode.encoder import Encoder
from onrecord.extract.found import Found
from onrecord.record import Meanings, Statement


def embed_statements(statements: Sequence[Statement], found: Found, encoder: Encoder) -> Meanings | None:
    """The vector of each statement's content; None where nothing was read."""
    if found.states is None:
        return None
    pooled = [found.states.pool([(s.start_char, s.end_char) for s in one.content]) for one in statements]
    known = [(one.statement_id, row) for one, row in zip(statements, pooled, strict=True) if row is not None]
    if not known:
        return Meanings(model=encoder.weights.version, vectors=())
    vectors = encoder.embed(np.stack([row for _, row in known]))
    pairs = ((name, vector.tobytes()) for (name, _), vector in zip(known, vectors, strict=True))
    return Meanings(model=encoder.weights.version, vectors=tuple(pairs))
