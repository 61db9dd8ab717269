"""Meanings: for each statement of a record a vector, near those of statements that say the like."""

from dataclasses import dataclass

MEANING_WIDTH = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """The vectors of some statements, by the statement's id, and the model that made them.

    A vector is `MEANING_WIDTH` signed bytes: a unit vector times 127. The product of two, divided by
    127², is their cosine. They only propose what to look at: no verdict and no field rests on one.
    """

    model: str
    vectors: tuple[tuple[str, bytes], ...]
