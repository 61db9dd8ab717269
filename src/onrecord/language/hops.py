"""Patterns of the hops that a sentence can name, from the language's data."""

import re
from functools import cache
from importlib.resources import files

# Days and months are written like names: "told Reuters Monday".
DAY = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|June|July"
    r"|August|September|October|November|December)\b)"
)
WORD = DAY + r"[A-ZÀ-ÞА-Я][\w&-]*(?:['’](?!s\b)\w+)?"
NAME = rf"(?:{WORD})(?:[ \u00a0](?:of |for |and |& |the |de |al-)?{WORD}){{0,5}}"


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (files("onrecord.language") / "en" / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if line and not line.startswith("#"))
    return [(kind, value) for kind, value in pairs]


def _word_sets() -> dict[str, str]:
    """The words of each set as one alternative, the longest first."""
    found: dict[str, list[str]] = {}
    for kind, word in _rows("hop_words.tsv"):
        found.setdefault(kind, []).append(re.escape(word))
    return {kind: "|".join(sorted(words, key=len, reverse=True)) for kind, words in found.items()}


@cache
def hop_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kind and the pattern of each row of the data, compiled."""
    sets = _word_sets()
    # An outlet: "the Harrow Ledger", a name with an outlet's word in it, an agency, or capitals: BBC.
    outlet = (
        rf"(?:the|The)\s+{NAME}|(?:{WORD}\s+){{0,3}}(?:{sets['outlet_word']})\b(?:\s+{WORD})?"
        rf"|(?:{sets['agency']})\b|[A-Z]{{2,5}}\b(?:\s+(?:News|TV|Radio))?"
    )
    return tuple(
        (kind, re.compile(pattern.format(name=NAME, outlet=f"(?:{outlet})", **sets)))
        for kind, pattern in _rows("hops.tsv")
    )
