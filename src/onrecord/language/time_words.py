"""The words of a text as an expression of time sees them.

In: a text. Out: its tokens, each with the classes it may belong to and what it stands for in each,
and a shape: one letter a token, which patterns are matched against. The words are data, in en/.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?(?![\d-]))"
    r"|(?P<numdate>\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)(?![\d/-])(?: \d\d:\d\d(?::\d\d)?)?)"
    r"|(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?!\d)|\d{1,2}\.\d\d(?=\s?[ap]\.?m\b))"
    r"|(?P<thousands>\d{1,3}(?:,\d{3})+(?![\d,]))"
    r"|(?P<fraction>\d/\d(?![\d/])|[½¼¾])"
    r"|(?P<decade>[’']?\d0[’']?s\b|\d{3}0[’']?s\b)"
    r"|(?P<shortyear>[’'‘]\d\d(?!\w))"
    r"|(?P<dayord>\d{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<quarterno>\bQ[1-4]\b)"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_]+)"
    r"|(?P<mark>[’']s\b|[^\w\s]|_)"
)
BREAK = re.compile(r"\n\s*\n")
# Where between two words a sentence may end, a pattern must not run on.
OTHER, STOP = "x", "|"
NOTHING: dict[str, str] = {}
FIRST_YEAR, LAST_YEAR = 1000, 2199


class Token(NamedTuple):
    """One word, number or mark: its place, and what it stands for in each class it may belong to."""

    start_char: int
    end_char: int
    text: str
    meanings: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The tokens of a stretch of text and its shape, a letter for each."""

    tokens: tuple[Token, ...]
    shape: str


def read_line(text: str, start: int = 0, end: int | None = None) -> Line:
    """The tokens of the text within these bounds."""
    tokens: list[Token] = []
    shape: list[str] = []
    letters = class_letters()
    at = start
    for token in _merge(list(_split(text, start, len(text) if end is None else end)), text):
        if token.start_char - at > 1 and BREAK.search(text, at, token.start_char):
            tokens.append(Token(at, token.start_char, "", NOTHING))
            shape.append(STOP)
        tokens.append(token)
        shape.append(letters.get(frozenset(token.meanings), OTHER) if token.meanings else OTHER)
        at = token.end_char
    return Line(tokens=tuple(tokens), shape="".join(shape))


def letters_of(name: str) -> str:
    """The letters of all tokens that may belong to this class, as they stand between brackets."""
    found = "".join(sorted(letter for classes, letter in class_letters().items() if name in classes))
    if not found:
        raise ValueError(
            f"No word of time has the class {name!r}. Name one of time_words.tsv, or quote a word."
        )
    return found


@cache
def class_letters() -> dict[frozenset[str], str]:
    """A letter for each set of classes that a token can have."""
    sets = {frozenset(meanings) for meanings in lexicon().values()}
    sets |= {
        frozenset(_number_meanings(n))
        for n in (*(str(i) for i in range(100)), "00", "05", "32", "150", "1990")
    }
    sets |= {frozenset(m) for m in map(frozenset, _PATTERNED.values())}
    sets |= {frozenset({"dayord", "ordinal"}), frozenset({"ordinal"}), frozenset({"num"})}
    ordered = sorted(sets, key=sorted)
    return {classes: chr(0xE000 + number) for number, classes in enumerate(ordered)}


_PATTERNED = {
    "iso": {"iso"}, "numdate": {"numdate"}, "clock": {"clock"}, "thousands": {"num"},
    "fraction": {"fraction"}, "decade": {"decade"}, "shortyear": {"year"}, "quarterno": {"quarterno"},
}  # fmt: skip


@cache
def lexicon() -> dict[str, dict[str, str]]:
    """Each word or phrase of the data, as written there, with its classes and what it stands for."""
    words: dict[str, dict[str, str]] = {}
    for name, word, value in rows_of("time_words.tsv"):
        words.setdefault(word, {})[name] = value
    for word, value in rows_of("time_holidays.tsv"):
        words.setdefault(word, {})["holiday"] = value
    for word in quoted_words():
        words.setdefault(word, {})[f'"{word}"'] = word
    return words


@cache
def quoted_words() -> frozenset[str]:
    """The words that the patterns name themselves, in quotation marks."""
    rows = (*rows_of("time_rules.tsv"), *rows_of("time_parts.tsv"))
    return frozenset(word for row in rows for word in re.findall(r'"([^"]+)"', row[-1]))


def rows_of(name: str) -> Iterator[list[str]]:
    """The rows of a table of the data, its comments left out."""
    text = resources.files("onrecord.language").joinpath("en", name).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def _split(text: str, start: int, end: int) -> Iterator[Token]:
    for match in TOKEN.finditer(text, start, end):
        raw, group = match[0], match.lastgroup
        low, high = match.span()
        if group in ("word", "mark"):
            yield Token(low, high, raw, _look_up(raw))
        else:
            joined = low > 0 and raw[0].isdigit() and text[low - 1].isalpha()
            yield Token(low, high, raw, NOTHING if joined else _meanings(raw, group or ""))


def _meanings(raw: str, group: str) -> dict[str, str]:
    if group == "number":
        return _number_meanings(raw)
    if group == "dayord":
        number = int(raw[:-2])
        return {"ordinal": str(number)} | ({"dayord": str(number)} if 1 <= number <= 31 else {})
    return dict.fromkeys(_PATTERNED[group], raw)


def _look_up(raw: str) -> dict[str, str]:
    """As written, else in lower case; so that "May" is a month and "may" is not."""
    words = lexicon()
    found = words.get(raw)
    if raw.islower() or not raw[0].isalpha():
        return found or NOTHING
    lower = words.get(raw.lower())
    capital = words.get(raw.capitalize()) if len(raw) > 3 and raw.isupper() else None
    held = [meanings for meanings in (lower, capital, found) if meanings]
    return held[0] if len(held) == 1 else {k: v for meanings in held for k, v in meanings.items()}


def _number_meanings(raw: str) -> dict[str, str]:
    meanings = {"num": raw}
    if not raw.isdigit() or not raw.isascii():
        return meanings
    number = int(raw) if len(raw) < 9 else 0
    if len(raw) <= 2 and 1 <= number <= 31:
        meanings["day"] = raw
    if len(raw) <= 2 and number <= 24:
        meanings["hour"] = raw
    if len(raw) == 2:
        meanings["yy"] = raw
    if len(raw) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
        meanings["year"] = raw
    return meanings


@cache
def _phrases() -> dict[tuple[str, str], list[list[str]]]:
    """The phrases of more than one token by their first two in lower case, longest first."""
    phrases: dict[tuple[str, str], list[list[str]]] = {}
    for word in lexicon():
        parts = [match[0] for match in TOKEN.finditer(word)]
        if len(parts) > 1:
            phrases.setdefault((parts[0].lower(), parts[1].lower()), []).append([word, *parts])
    for found in phrases.values():
        found.sort(key=len, reverse=True)
    return phrases


@cache
def _openings() -> frozenset[str]:
    """The first words of phrases, as written and in lower case."""
    return frozenset(first for first, _ in _phrases())


def _merge(tokens: list[Token], text: str) -> Iterator[Token]:
    """The tokens with those of one phrase as one, and a full stop joined to what it abbreviates."""
    phrases, openings = _phrases(), _openings()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        first = token.text.lower()
        found = None
        if first in openings and at + 1 < len(tokens):
            candidates = phrases.get((first, tokens[at + 1].text.lower()), ())
            found = next((p for p in candidates if _stands(tokens, at, p[1:])), None)
        if not found:
            yield token
            at += 1
            continue
        end = tokens[at + len(found) - 2].end_char
        yield Token(token.start_char, end, text[token.start_char : end], lexicon()[found[0]])
        at += len(found) - 1


def _stands(tokens: list[Token], at: int, parts: list[str]) -> bool:
    """Whether the parts of a phrase stand here; one with a capital only as written."""
    here = tokens[at : at + len(parts)]
    if len(here) < len(parts):
        return False
    as_written = all(
        t.text == p or (p.islower() and t.text.lower() == p) for t, p in zip(here, parts, strict=True)
    )
    joined = parts[-1] != "." or here[-1].start_char == here[-2].end_char
    return as_written and joined
