"""Patterns of the attributions that can stand inside what somebody said, from the language's data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.language.cues import is_reporting_verb
from onrecord.language.hops import hop_parts, read_rows, read_sets

# How far before a verb its subject may begin, and how far behind it "whom" and the content are looked at.
AHEAD_CHARS, BEHIND_CHARS = 160, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class NestingRule:
    """One row of nesting.tsv: groups "source" and "cue", and "content" where that begins behind the cue."""

    name: str
    trigger: str
    pattern: str

    def find(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """The matches within the bounds, around each trigger; where that has a verb, it must report."""
        for found in _compiled(self.trigger).finditer(text, start, end):
            if "verb" in found.re.groupindex and not is_reporting_verb(found["verb"]):
                continue
            low, high = max(start, found.start() - AHEAD_CHARS), min(end, found.end() + BEHIND_CHARS)
            match = next(
                (m for m in _compiled(self.pattern).finditer(text, low, high) if m.end() > found.start()),
                None,
            )
            if match is not None:
                yield match


@cache
def _parts() -> dict[str, str]:
    own = {
        name: "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"
        for name, words in read_sets("nesting_words.tsv").items()
    }
    parts = {**hop_parts(), **own}
    for name, pattern in read_rows("nesting_parts.tsv", 2):
        parts[name] = f"(?:{pattern.format(**parts)})"
    return parts


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.format(**_parts()))


@cache
def nesting_words(name: str) -> frozenset[str]:
    """The words of one set of nesting_words.tsv."""
    return frozenset(read_sets("nesting_words.tsv")[name])


@cache
def nesting_rules() -> tuple[NestingRule, ...]:
    """The rows of the data, in order."""
    return tuple(
        NestingRule(name=name, trigger=trigger, pattern=pattern)
        for name, trigger, pattern in read_rows("nesting.tsv", 3)
    )
