"""Bylines: a line in, and out the names of its authors as spans of the line.

Knows "By Jane Doe", "Written by", "Jane Doe, Staff writer", with a place, an outlet or a date behind.
"""

import re
from dataclasses import dataclass

from onrecord.ingest.dates import find_moment
from onrecord.ingest.speech import quotes_or_reports, reports

MAX_CHARS = 200
MAX_NAME_WORDS = 5

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
_ROLE = re.compile(
    r"\b(?:writers?|reporters?|correspondents?|editors?|columnists?|bureau|chief|contributors?|staff"
    r"|photographers?"
    r"|producers?|analysts?|journalists?|special to|agency|desk|team|newsroom|admin|author|intern|fellow)\b",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"""\b(?:News|Times|Post|Press|Tribune|Herald|Gazette|Daily|Agency|Media|Guardian|Journal|Chronicle|Observer|Star|Mail
    |Telegraph|Courier|Standard|Express|Independent|Examiner|Ledger|Dispatch|Bugle|Sentinel|Register|Bulletin|Globe|Echo
    |Argus|Monitor|Inquirer|Enquirer|Mirror|Review|Wire|Today|World|Sports|Reuters|AP|AFP|BBC|CNN|TV|Radio|Online|Magazine
    |Weekly|NEWS|TIMES|POST|PRESS|TRIBUNE|HERALD|DAILY|JOURNAL|COURIER|LEDGER|DISPATCH)\b|\.(?:com|net|org|co)\b""",
    re.VERBOSE,
)
_BETWEEN_NAMES = re.compile(r"\s?,\s(?:and\s)?|\s?;\s?|\s(?:and|&|with)\s", re.IGNORECASE)
_BEHIND_NAMES = re.compile(
    r"\s?[|·•]\s?|\s[-–—]\s|\s?/\s?|\s?\(|\s(?:in|for|at|from|of|on|special to)\s|\s@|\S+@\S+"
)
_PARTICLES = frozenset(
    (
        "de", "da", "di", "do", "du", "dos", "das", "del", "della", "den", "der", "des", "van", "von", "zu",
        "al", "el", "la", "le", "ter", "ten", "bin", "ibn", "abu", "e", "y",
    )
)  # fmt: skip
_NO_NAMES = frozenset(
    (
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "the", "our", "a", "an", "my", "this", "that", "these", "those", "his", "her", "their", "its",
        "now", "then", "next", "christmas", "easter", "share", "comments", "photo", "image",
        "order", "popular", "royal", "permission", "request", "invitation", "law", "decree", "way", "means",
        "virtue", "public", "special",
    )
)  # fmt: skip


# Last words of a headline about a person, "Tom Orr Loses", which has the letters of a name.
_HEADLINE_ENDS = frozenset(
    (
        "loses", "wins", "dies", "resigns", "quits", "leaves", "returns", "speaks", "says", "sues", "runs",
        "retires", "responds", "apologises", "apologizes", "arrested", "charged", "jailed", "dead", "shot",
        "fired", "killed", "elected", "missing", "out", "falls", "rises", "wed", "weds", "steps", "goes",
        "confirmed", "cleared", "sacked", "honoured", "honored", "remembered", "injured", "wounded",
    )
)  # fmt: skip


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
    if _ROLE.search(rest) and len(rest) < 80 and rest[-1] not in ".!?" and is_name(name, least=2):
        return Byline(names=((0, len(name)),), rule="byline-role", outlet=_outlet_behind(line, len(name)))
    return None


def _read_by(line: str, start: int) -> Byline | None:
    names = _read_names(line, start, _names_end(line, start))
    if names is None:
        return None
    if any(" " not in line[a:b] and line[b:].startswith(" of ") for a, b in names):
        return None  # "By Order of the Mayor"
    outlet = _outlet_behind(line, names[-1][1]) if names else None
    return Byline(names=names, rule="byline-by", outlet=outlet)


def read_role(line: str) -> Byline | None:
    """The byline that a line is if it is nothing but a role: "Staff writers"; only the header can say so."""
    is_role = len(line.split()) <= 5 and line[-1] not in ".!?" and _ROLE.search(line)
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
    return is_named and words[-1] not in ".!?:" and _OUTLET.search(words) is not None


def read_bare_names(line: str) -> Byline | None:
    """The byline that a line is if it is nothing but names; only its place in the header can say so."""
    end = _names_end(line, 0)
    if len(line) > 80 or _OUTLET.search(line[:end]) or _ROLE.search(line[:end]):
        return None
    names = _read_names(line, 0, end)
    if not names or any(" " not in line[a:b] or _is_headline(line[a:b]) for a, b in names):
        return None
    return Byline(names=names, rule="byline-bare")


def _is_headline(name: str) -> bool:
    """Whether what reads as a bare name may be a headline: by its last word, or a third word in -s.

    "Mary Ann Jones" without a "By" is lost to it: an author missed is said, one invented is believed.
    """
    *before, last = name.lower().split()
    plain = [w for w in before if len(w.strip(".")) > 1 and w not in _PARTICLES]
    return last in _HEADLINE_ENDS or (len(plain) >= 2 and last.endswith("s") and not last.endswith("ss"))


def is_name(words: str, *, least: int = 1) -> bool:
    """Whether the words could be a person's name by their letters: capitals, initials, particles.

    >>> is_name("Jane van der Berg"), is_name("Monday afternoon")
    (True, False)
    """
    parts = words.split()
    if not least <= len(parts) <= MAX_NAME_WORDS or parts[0].lower() in _NO_NAMES:
        return False
    return all(_is_name_word(part) for part in parts) and not parts[-1].islower()


def _outlet_behind(line: str, start: int) -> tuple[int, int] | None:
    """Bounds of the outlet's name in what follows the names, between commas and bars."""
    for match in re.finditer(r"[^,|·•()/]+", line[start:]):
        part = re.sub(r"^\W*(?:for|at|of|with|in)?\s+", "", match[0]).rstrip(" -–—")
        if part and is_outlet(part) and not _ROLE.search(part):
            begin = start + match.start() + match[0].find(part)
            return begin, begin + len(part)
    return None


def _is_name_word(word: str) -> bool:
    letters = word.strip(".'’-")
    plain = re.sub(r"[.'’\-‐]", "", letters)
    possessive = word.endswith(("'s", "’s"))
    return plain.isalpha() and not possessive and (not letters[0].islower() or word in _PARTICLES)


def _names_end(line: str, start: int) -> int:
    """Where the names stop at the latest: at a date, or at the mark of a place, outlet or address."""
    end = len(line)
    if any(c.isdecimal() for c in line[start:]) and (found := find_moment(line, start)):
        end = found[1]
    if behind := _BEHIND_NAMES.search(line, start, end):
        end = behind.start()
    return end


def _read_names(line: str, start: int, end: int) -> tuple[tuple[int, int], ...] | None:
    """Bounds of the names between two places; None where what stands there is no list of names."""
    names: list[tuple[int, int]] = []
    position = start
    for gap in [*_BETWEEN_NAMES.finditer(line, start, end), None]:
        stop = gap.start() if gap else end
        part = line[position:stop]
        name = part.strip(" ,.;:-–—|")
        offset = position + part.find(name)
        position = gap.end() if gap else end
        if not name:
            continue
        if _ROLE.search(name) or (names and (_OUTLET.search(name) or not is_name(name, least=2))):
            return tuple(names) if _is_tail(line[offset:end]) else None
        if not is_name(name):
            return None
        names.append((offset, offset + len(name)))
    return tuple(names) or None


def _is_tail(words: str) -> bool:
    """Whether what follows the names is a role, an outlet or a place, and not a sentence."""
    parts = words.split()
    lower = sum(p[0].islower() and p not in _PARTICLES for p in parts)
    return (bool(_ROLE.search(words)) and len(parts) <= 12) or (lower <= 1 and len(parts) <= 8)
