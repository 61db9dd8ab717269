"""The rules for expressions of time: patterns over the classes of words, read from the data.

In: a line of tokens. Out: which rules match where, with the tokens of each field.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from onrecord.language.time_words import Line, Token, class_letters, letters_of, rows_of

Finds = Literal["sure", "yes", "in", "no"]
PIECE = re.compile(r'"(?P<quoted>[^"]+)"|\{(?P<name>\w+)\}|<(?P<field>\w+)(?::(?P<of>\w+|"[^"]+"))?>')
# No expression has more tokens; a table of figures is not read over and over.
LONGEST = 20
GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of time_rules.tsv: its pattern over the letters of shapes, and those it can begin with."""

    name: str
    finds: Finds
    reading: str
    source: str
    first: frozenset[str]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern compiled, when it is first asked for: all of them take a sixth of a second."""
        return _compiled(self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule where it matches: the tokens from `first` to before `end`, and those of each field."""

    rule: Rule
    first: int
    end: int
    tokens: tuple[Token, ...]
    fields: dict[str, tuple[Token, ...]]

    def value(self, field: str, of: str = "") -> str | None:
        """What the only or first token of a field stands for in the class `of` (else the field's own)."""
        tokens = self.fields.get(field)
        return tokens[0].meanings.get(of or field) if tokens else None


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules in the order of the table."""
    return tuple(_make_rule(*row) for row in rows_of("time_rules.tsv"))


def _make_rule(name: str, finds: str, reading: str, raw: str) -> Rule:
    expanded = _expand(raw, {})
    first, _, _ = _first_letters(expanded, 0)
    return Rule(name=name, finds=cast(Finds, finds), reading=reading, source=expanded, first=frozenset(first))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


@cache
def _beginning_with(letter: str) -> tuple[Rule, ...]:
    """The rules whose pattern can begin with this letter."""
    return tuple(rule for rule in load_rules() if letter in rule.first)


def _first_letters(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """The letters that a group of the pattern can begin with, whether it can be empty, and where it ends."""
    letters: set[str] = set()
    may_be_empty, branch_empty = False, True
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            may_be_empty, branch_empty, at = may_be_empty or branch_empty, True, at + 1
            continue
        if pattern[at] == "[":
            close = pattern.index("]", at)
            found, empty, at = set(pattern[at + 1 : close]), False, close + 1
        else:
            found, empty, at = _first_letters(pattern, GROUP.match(pattern, at).end())  # type: ignore[union-attr]
        repeat = pattern[at : at + 1]
        if branch_empty:
            letters |= found
        branch_empty = branch_empty and (empty or repeat in ("?", "*"))
        at += repeat in ("?", "*", "+") and repeat != ""
    return letters, may_be_empty or branch_empty, at + 1


def match_whole(line: Line) -> Iterator[Match]:
    """The rules whose pattern is the whole line, in the order of the table."""
    for rule in _beginning_with(line.shape[:1]):
        if match := rule.pattern.fullmatch(line.shape):
            yield _make(rule, match, line)


def match_at(line: Line, first: int) -> list[Match]:
    """The rules that match from this token on, the longest match first."""
    found = [
        (m, rule)
        for rule in _beginning_with(line.shape[first])
        if (m := rule.pattern.match(line.shape, first, first + LONGEST))
    ]
    found.sort(key=lambda pair: -pair[0].end())
    return [_make(rule, m, line) for m, rule in found if m.end() > first]


@cache
def telling_letters() -> frozenset[str]:
    """The letters of tokens that are more than a word some pattern quotes: those worth a look."""
    dull = ("num", "a", "and", "or", "vague", "approx", "day", "hour", "approx_number", "zone", "yy")
    return frozenset(
        letter
        for classes, letter in class_letters().items()
        if any(not name.startswith('"') and name not in dull for name in classes)
    )


def _expand(pattern: str, counts: dict[str, int]) -> str:
    """The pattern with its classes as sets of letters; a field that stands twice gets a number."""

    def expand_piece(piece: re.Match[str]) -> str:
        if piece["quoted"]:
            return f"[{letters_of(piece[0])}]"
        if piece["name"]:
            return _expand_name(piece["name"], counts)
        field, of = piece["field"], piece["of"] or piece["field"]
        counts[field] = counts.get(field, 0) + 1
        inner = f"[{letters_of(of)}]" if of.startswith('"') else _expand_name(of, counts)
        return f"(?P<{field}__{counts[field]}>{inner})"

    return PIECE.sub(expand_piece, pattern)


def _expand_name(name: str, counts: dict[str, int]) -> str:
    part = _parts().get(name)
    return f"(?:{_expand(part, counts)})" if part is not None else f"[{letters_of(name)}]"


@cache
def _parts() -> dict[str, str]:
    return {row[0]: row[1] for row in rows_of("time_parts.tsv")}


def _make(rule: Rule, match: re.Match[str], line: Line) -> Match:
    fields = {
        name.partition("__")[0]: line.tokens[match.start(name) : match.end(name)]
        for name in match.re.groupindex
        if match.start(name) >= 0 and match.end(name) > match.start(name)
    }
    tokens = line.tokens[match.start() : match.end()]
    return Match(rule=rule, first=match.start(), end=match.end(), tokens=tokens, fields=fields)
