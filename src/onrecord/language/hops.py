"""Patterns of the hops that a sentence can name, from the language's data."""

import re
from functools import cache
from importlib.resources import files

NAME = r"(?:[A-Z][\w&’'-]*(?:\.(?=\w))?)(?:[ \u00a0](?:of |for |and |& |the |de |al-)?[A-Z][\w&’'-]*){0,5}"


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (files("onrecord.language") / "en" / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if line and not line.startswith("#"))
    return [(kind, value) for kind, value in pairs]


@cache
def hop_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of each kind of hop, from the language's data."""
    words: dict[str, list[str]] = {"platform": [], "document": []}
    for kind, word in _rows("hop_words.tsv"):
        words[kind].append(re.escape(word))
    sets = {kind: "|".join(sorted(found, key=len, reverse=True)) for kind, found in words.items()}
    return tuple((kind, re.compile(pattern.format(name=NAME, **sets))) for kind, pattern in _rows("hops.tsv"))
