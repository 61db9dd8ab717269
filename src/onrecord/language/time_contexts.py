"""Patterns of what stands round an expression of time, and the words for occasions of speech.

In: the name of a pattern of en/time_contexts.tsv. Out: it compiled; the words of en/time_occasions.tsv.
"""

import re
from functools import cache

from onrecord.language.time_words import rows_of


def context_pattern(name: str) -> re.Pattern[str]:
    """The pattern of this name, blind to capitals."""
    return _patterns()[name]


@cache
def occasion_words() -> frozenset[str]:
    """Words for an occasion at which things are said ("briefing", "met")."""
    return frozenset(row[0] for row in rows_of("time_occasions.tsv"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in rows_of("time_contexts.tsv")}
