"""What the index of words takes and is asked: the words and facets of a row, and those that must match."""

from collections.abc import Iterable
from dataclasses import dataclass

# Before every facet: a sign that is never part of a word, so that no word is taken for one.
FACET_SIGN = "¤"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The folded words of a row, part by part (no phrase goes from one to the next), and its facets."""

    parts: tuple[tuple[str, ...], ...]
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words in this order; the last only begins so with `is_prefix`, and is one of `endings` in the index."""

    words: tuple[str, ...]
    is_prefix: bool = False
    excluded: bool = False
    endings: tuple[str, ...] = ()

    def phrases(self) -> Iterable[tuple[str, ...]]:
        """Every row of words that it stands for."""
        if not self.is_prefix:
            return (self.words,)
        return ((*self.words[:-1], ending) for ending in self.endings)

    def show(self) -> str:
        """As it is asked."""
        shown = " ".join(self.words) + ("*" if self.is_prefix else "")
        return f'"{shown}"' if len(self.words) > 1 else shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """All terms (none of the excluded), of each group of facets at least one, and no unwanted facet."""

    terms: tuple[Term, ...] = ()
    facets: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[str, ...] = ()
