"""Patterns of the hops that a sentence can name, from the language's data.

Out: rules in the order in which they are to be tried, each with the words without which it cannot match.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from onrecord.record import HopKind, Span

Tie = Literal["any", "cue", "near", "source"]
WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HopRule:
    """One row of hops.tsv.

    `tie` says what of the statement the match must touch; `keywords` are words in lower case of which a
    sentence must hold one for the pattern to match. The hop is the part named `hop` right behind the
    pattern, where that is None the pattern's group "name".
    """

    kind: HopKind
    tie: Tie
    keywords: frozenset[str]
    hop: str | None
    pattern: str

    def find(self, text: str, bounds: Span) -> Iterator[tuple[Span, Span]]:
        """The whole of each match within the bounds, and the hop in it."""
        for match in _compiled(self.pattern).finditer(text, bounds.start_char, bounds.end_char):
            if self.hop is None:
                start, end = match.span("name")
            else:
                named = _compiled(f"{{{self.hop}}}").match(text, match.end(), bounds.end_char)
                if named is None:
                    continue
                start, end = named.span()
            if start < end:
                whole = Span(start_char=match.start(), end_char=max(match.end(), end))
                yield whole, Span(start_char=start, end_char=end)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with its names in braces filled in: compiled when first needed, which takes 10 to 50 ms."""
    return re.compile(pattern.format(**hop_parts()))


def read_rows(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of a table of the language, cut at so many columns."""
    lines = (files("onrecord.language") / "en" / name).read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            yield line.split("\t", columns - 1)


@cache
def read_sets(name: str) -> dict[str, list[str]]:
    """The words of each set of a table."""
    words: dict[str, list[str]] = {}
    for kind, word in read_rows(name, 2):
        words.setdefault(kind, []).append(word)
    return words


@cache
def hop_parts() -> dict[str, str]:
    """What each name in braces stands for: the words of a set, the longest first, or a part."""
    parts = {
        kind: "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        for kind, words in read_sets("hop_words.tsv").items()
    }
    for name, pattern in read_rows("hop_parts.tsv", 2):
        parts[name] = f"(?:{pattern.format(**parts)})"
    return parts


@cache
def hop_rules() -> tuple[HopRule, ...]:
    """The rows of the data; raises ValueError for a kind or a tie that is none."""
    return tuple(_rule_of(*row) for row in read_rows("hops.tsv", 5))


def _rule_of(kind: str, tie: str, keywords: str, hop: str, pattern: str) -> HopRule:
    if kind not in get_args(HopKind) or tie not in get_args(Tie):
        raise ValueError(
            f"hops.tsv has a row of the kind “{kind}” with the tie “{tie}”; one of them is none."
        )
    return HopRule(
        kind=cast(HopKind, kind),
        tie=cast(Tie, tie),
        keywords=words_of(keywords, read_sets("hop_words.tsv")),
        hop=None if hop == "-" else hop,
        pattern=pattern,
    )


def words_of(keywords: str, sets: dict[str, list[str]]) -> frozenset[str]:
    """The keywords of a row; a set in braces stands for the first word of each of its entries."""
    found: set[str] = set()
    for keyword in keywords.split():
        entries = sets[keyword.strip("{}")] if keyword.startswith("{") else [keyword]
        found.update(WORD.findall(entry.lower())[0] for entry in entries)
    return frozenset(found)


def rules_for(sentence: str) -> Iterator[HopRule]:
    """The rules that may match somewhere in a sentence, in order."""
    words = frozenset(WORD.findall(sentence.lower()))
    return (rule for rule in hop_rules() if not rule.keywords.isdisjoint(words))
