"""Bylines: a line in, and out the names of its authors as spans of the line.

Knows "By Jane Doe", "Written by", "Jane Doe, Staff writer", with a place, an outlet or a date behind.
"""

import re
from dataclasses import dataclass

from onrecord.ingest.names import OUTLET, ROLE, find_names_end, is_name, read_names
from onrecord.ingest.speech import quotes_or_reports, reports

MAX_CHARS = 200

_PREFIX = re.compile(
    r"(?:(?:written|reported|reporting|compiled|words|story|text|posted|published|article|report"
    r"|analysis|review|interview)\s+)?by\b\s?:?\s*"
    r"|(?:authors?|reporters?|writers?|written|reporting)\s?:\s*",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"\(\s?(?:additional )?(?:reporting|writing|editing) by\s|additional (?:reporting|writing) by\s"
    r"|(?:reporting|writing) by\s[^;]{1,80};",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """A line that says who wrote the article, or for whom.

    `names` are the bounds of the authors' names in it, none where it names nobody; `outlet` those of
    the outlet's name.
    """

    names: tuple[tuple[int, int], ...]
    rule: str
    outlet: tuple[int, int] | None = None


def read_byline(line: str) -> Byline | None:
    """The byline that a line is by its own words, or None."""
    if len(line) > MAX_CHARS or reports(line):
        return None
    if _REPORTING.match(line):
        return Byline(names=(), rule="reporting-credit")
    if match := _PREFIX.match(line):
        return _read_by(line, match.end())
    name, comma, rest = line.partition(",")
    if quotes_or_reports(line) or not comma:
        return None
    if ROLE.search(rest) and len(rest) < 80 and rest[-1] not in ".!?" and is_name(name, least=2):
        return Byline(names=((0, len(name)),), rule="byline-role", outlet=_outlet_behind(line, len(name)))
    return None


def _read_by(line: str, start: int) -> Byline | None:
    names = read_names(line, start, find_names_end(line, start))
    if names is None:
        return None
    if any(" " not in line[a:b] and line[b:].startswith(" of ") for a, b in names):
        return None  # "By Order of the Mayor"
    outlet = _outlet_behind(line, names[-1][1]) if names else None
    return Byline(names=names, rule="byline-by", outlet=outlet)


def read_role(line: str) -> Byline | None:
    """The byline that a line is if it is nothing but a role: "Staff writers"; only the header can say so."""
    is_role = len(line.split()) <= 5 and line[-1] not in ".!?" and ROLE.search(line)
    return Byline(names=(), rule="byline-role-alone") if is_role else None


def read_outlet(line: str) -> Byline | None:
    """The byline that a line is if it is nothing but an outlet's name; only the header can say so."""
    return Byline(names=(), rule="byline-outlet", outlet=(0, len(line))) if is_outlet(line) else None


def is_outlet(words: str) -> bool:
    """Whether the words are the name of an outlet by a word such as "Courier" in it, and their capitals."""
    parts = words.split()
    is_named = 1 <= len(parts) <= 6 and all(
        not p[0].islower() or p in {"of", "the", "and", "de"} for p in parts
    )
    return is_named and words[-1] not in ".!?:" and OUTLET.search(words) is not None


def _outlet_behind(line: str, start: int) -> tuple[int, int] | None:
    """Bounds of the outlet's name in what follows the names, between commas and bars."""
    for match in re.finditer(r"[^,|·•()/]+", line[start:]):
        part = re.sub(r"^\W*(?:for|at|of|with|in)?\s+", "", match[0]).rstrip(" -–—")
        if part and is_outlet(part) and not ROLE.search(part):
            begin = start + match.start() + match[0].find(part)
            return begin, begin + len(part)
    return None
