"""The verifier's words by kind, from `words.tsv` beside it."""

from functools import cache
from importlib.resources import files


@cache
def read_words(kind: str) -> tuple[str, ...]:
    """The words of a kind, in the order of the table."""
    lines = (files("onrecord.verifier") / "words.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(word for name, word in rows if name == kind)


def word_set(kind: str) -> frozenset[str]:
    """The words of a kind, for looking up."""
    return frozenset(read_words(kind))
