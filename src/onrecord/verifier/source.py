"""Where the verifier gets what is held: anything that finds the articles that may hold some words."""

from collections.abc import Sequence
from typing import Protocol

from onrecord.record.query import Passage


class PassageSource(Protocol):
    """A record as the verifier sees it; every view of a store is one."""

    def find_passages(self, words: str, *, limit: int) -> Sequence[Passage]:
        """The articles that most likely hold these words, or most of them, best first."""
