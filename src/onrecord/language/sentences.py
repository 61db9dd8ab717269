"""Where sentences begin and end, by rule: a mark, white space, then a word that may open one."""

import re
from functools import cache
from importlib.resources import files

BOUNDARY = re.compile(
    r"[.!?…。！？]+[\"”’'»)\]]*(?=\s+[\"“„‘'«(\[]*[A-Z0-9À-ÞА-Я]|[。！？])|[。！？]+[”」』]?"
)
LAST_WORD = re.compile(r"[\w.]+$")


@cache
def abbreviations() -> frozenset[str]:
    """Words written with a full stop that do not end a sentence, in lower case."""
    lines = (files("onrecord.language") / "en" / "abbreviations.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def split_sentences(text: str, start_char: int = 0, end_char: int | None = None) -> list[tuple[int, int]]:
    """Half-open bounds of the sentences of one paragraph, without white space around them.

    >>> text = 'Mr. Orr agreed. "No," he said.'
    >>> [text[s:e] for s, e in split_sentences(text)]
    ['Mr. Orr agreed.', '"No," he said.']
    """
    high = len(text) if end_char is None else end_char
    begin, found = start_char, []
    for match in BOUNDARY.finditer(text, start_char, high):
        if not _is_abbreviation(text, begin, match.start()):
            found.append((begin, match.end()))
            begin = match.end()
    found.append((begin, high))
    return [bounds for s, e in found if (bounds := _without_space(text, s, e))]


def _is_abbreviation(text: str, begin: int, stop: int) -> bool:
    if text[stop] != ".":
        return False
    last = LAST_WORD.search(text, max(begin, stop - 20), stop)
    if last is None:
        return False
    word = last.group()
    initial = len(word) == 1 and word.isupper()
    return initial or word.lower() in abbreviations()


def _without_space(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None
