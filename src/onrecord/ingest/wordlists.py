"""The word lists of the readers of texts and pages: a name and a kind in, the words of all languages out.

The lists are tables in `words/`, one row a language and kind; a new language is a new row.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def read_words(name: str, kind: str) -> frozenset[str]:
    """The words of a kind in a list, of all languages, in small letters.

    >>> "politik" in read_words("sections", "section")
    True
    """
    return frozenset(
        word.casefold() for found, words in _read_rows(name) if found == kind for word in words.split("|")
    )


@cache
def read_kinds(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The rows of a list: the kind and the words of each, in order."""
    return tuple((kind, tuple(words.split("|"))) for kind, words in _read_rows(name))


@cache
def word_pattern(name: str, kind: str) -> re.Pattern[str]:
    """A pattern that finds any word of a list, whole, whatever its capitals."""
    return re.compile(rf"(?<!\w){choice_of(read_words(name, kind))}(?!\w)", re.IGNORECASE)


def choice_of(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) + ")"


@cache
def _openings(name: str, kind: str) -> dict[str, tuple[str, ...]]:
    """The words of a list by their first two characters, the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(read_words(name, kind), key=lambda w: (-len(w), w)):
        found.setdefault(word[:2], []).append(word)
    return {start: tuple(words) for start, words in found.items()}


def find_opening(line: str, name: str, kind: str) -> int:
    """Where the word of a list that opens a line ends; 0 where none does.

    >>> find_opening("Lesen Sie auch: mehr", "furniture", "opens")
    14
    """
    folded = line[:60].lower()
    for word in _openings(name, kind).get(folded[:2], ()):
        end = len(word)
        if folded.startswith(word) and not (_is_letter(word[-1]) and _is_letter(folded[end : end + 1])):
            return end
    return 0


def _is_letter(character: str) -> bool:
    """Whether it is a letter of a script that parts its words: those from U+2E80 on mostly do not."""
    return character.isalnum() and character < "\u2e80"


@cache
def _read_rows(name: str) -> tuple[tuple[str, str], ...]:
    text = files("onrecord.ingest").joinpath("words", f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((kind, words) for _, kind, words in rows)
