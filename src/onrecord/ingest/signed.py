"""Bylines that only their place shows: a line of a header in, the names in it out.

Knows the words of all languages in `words/bylines.tsv`, names alone ("Jane Doe"), names beside a date
or a role, and what in a header is a date though no moment can be read of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ingest.agencies import name_agency
from onrecord.ingest.byline import Byline, read_byline
from onrecord.ingest.dates import examine_moment, find_moment
from onrecord.ingest.lines import Unit
from onrecord.ingest.names import OUTLET, find_names_end, find_role, is_headline, is_name, read_names
from onrecord.ingest.wordlists import find_opening, read_words, word_pattern

MAX_SIGNED_CHARS, MAX_DATED_CHARS, MAX_DATED_WORDS = 160, 120, 14
MAX_BARE_CHARS, MAX_BARE_NAME_WORDS = 90, 4
# A title may hold a date too; a line of so few words is one.
MAX_DATE_WORDS = 6
# Of the body, so much is looked at for words that no name is made of.
VOCABULARY_CHARS = 20_000
# Openings of so few letters, "di" or "por", open sentences and headlines too.
MAX_WEAK_CHARS = 4

_GLUED_BY = re.compile(r"(?:written |posted )?by:?(?-i:(?=[A-Z][^\W\d_]+ [A-Z]))", re.IGNORECASE)
_BY = re.compile(r"(?:written |posted |published |story )?by\s?:?\s+", re.IGNORECASE)
_INNER_BY = re.compile(r"(?<!\w)(?:by|von|par|por|av|af|door)\s?:?\s+(?-i:(?=[A-ZÀ-Þ]))", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"\d{1,2}\s?[:.h]\s?\d\d(?!\d)")
_CLOCK_ALONE = re.compile(r"\W*\d{1,2}\s?[:.h]\s?\d\d\s?(?:uhr|h|[ap]\.?m\.?|[A-Z]{2,4})?\W*", re.IGNORECASE)
_MINUTES = re.compile(r"(?<!\w)\d{1,3}\s?(?:min\w{0,4}\.?|mins?|m|dk|perc|分|분)(?!\w)", re.IGNORECASE)
_AGO = re.compile(r"\d+\s\w+\sago\b|vor \d+ |il y a \d+ |hace \d+ |há \d+ |\d+ \w+ fa\b", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:(?:medically |expert |last )?(?:reviewed|edited|fact[- ]?checked|illustrated|photographed)|photos?"
    r"|photography|visuals|illustrations?) by\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_KOREAN = re.compile(r"(?<!\w)([가-힣]{2,4})\s?(?:선임|인턴|객원|수습)?기자(?![가-힣])")
_CHINESE = re.compile(r"(?:记者|記者|作者|撰文)\s?[：:／/]?\s?([㐀-鿿]{2,4})(?![㐀-鿿])")
_SEPARATORS = " \t|•·⋅●/–—-,;:@()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of a text: all of them in small letters, and those that stand in small letters."""

    words: frozenset[str]
    small: frozenset[str]


def collect_vocabulary(units: Sequence[Unit], start: int) -> Vocabulary:
    """The words of the longer units from a place on."""
    found, chars = list[str](), 0
    for unit in units[start:]:
        if len(unit.words) >= 80:
            found += _LETTERS.findall(unit.words[:VOCABULARY_CHARS])
            chars += len(unit.words)
            if chars > VOCABULARY_CHARS:
                break
    return Vocabulary(
        words=frozenset(w.casefold() for w in found), small=frozenset(w for w in found if w.islower())
    )


def read_signed(line: str) -> Byline | None:
    """The byline that a header's line is by its words, in any language, or None."""
    if len(line) > MAX_SIGNED_CHARS:
        return None
    if byline := read_byline(line):
        return byline if byline.names else _read_collective(line) or byline
    if match := _GLUED_BY.match(line):
        return _read_piece(line, match.end(), "byline-glued", least=1)
    end = find_opening(line, "bylines", "opens")
    if end and not is_label(line):
        word = line[:end].rstrip(" :：")
        least = 2 if len(word) <= MAX_WEAK_CHARS and not looks_dated(line) else 1
        if byline := _read_piece(line, end, "byline-opened", least=least):
            return byline
    if looks_dated(line) and (match := _INNER_BY.search(line)):
        return _read_piece(line, match.end(), "byline-dated", least=1)
    return _read_unspaced(line)


def names_others(line: str) -> bool:
    """Whether a line says who checked or edited the text, or made its pictures, and not who wrote it."""
    return _OTHER.match(line) is not None


def is_label(line: str) -> bool:
    """Whether a line is nothing but what stands before names: "von", "Author of the article:"."""
    core = line.strip(" :：.–—-/").casefold()
    words = read_words("bylines", "opens")
    return core in words or f"{core}:" in words or core in read_words("bylines", "label")


def read_bare(line: str, vocabulary: Vocabulary, *, least: int = 2) -> Byline | None:
    """The byline that a line is if it is nothing but names and roles, none of them words of the text."""
    if len(line) > MAX_BARE_CHARS or line[-1] in "?!:" or "“" in line or '"' in line:
        return None
    if name_agency(line):
        return Byline(names=((0, len(line)),), rule="byline-agency")
    byline = _read_piece(line, 0, "byline-bare", least=least)
    return (
        byline if byline and all(is_person(line[a:b], vocabulary, least) for a, b in byline.names) else None
    )


def read_house(line: str, vocabulary: Vocabulary) -> Byline | None:
    """The byline that one word over a date is, if the text knows it as a name: it never writes it small."""
    word = line.casefold()
    if not is_name(line) or " " in line or word in vocabulary.small or word not in vocabulary.words:
        return None
    common = read_words("sections", "section") | read_words("furniture", "phrase")
    return None if word in common else Byline(names=((0, len(line)),), rule="byline-house")


def read_dated(line: str, vocabulary: Vocabulary) -> Byline | None:
    """The byline that a line is in which names stand beside a date: "Jane Doe | 3 March 2024"."""
    bounds = _find_date(line)
    if bounds is None or len(line) > MAX_DATED_CHARS:
        return None
    first, last = bounds
    before = line[:first].rstrip(_SEPARATORS)
    if before and before != before.upper() and not line[:first].rstrip().endswith(","):
        byline = _read_piece(line, 0, "byline-dated", least=2, end=len(before))
        if byline and all(is_person(line[a:b], vocabulary) for a, b in byline.names):
            return byline
    start = last + len(line[last:]) - len(line[last:].lstrip(_SEPARATORS))
    if start > last and start < len(line):
        byline = _read_piece(line, start, "byline-dated", least=2)
        if byline and all(is_person(line[a:b], vocabulary) for a, b in byline.names):
            return byline
    return None


def is_person(name: str, vocabulary: Vocabulary, least: int = 2) -> bool:
    """Whether a name by its letters is made of no words that the text or a page's furniture is made of."""
    words = [w.casefold() for w in _LETTERS.findall(name)]
    size = len(name.split())
    if not least <= size <= MAX_BARE_NAME_WORDS or OUTLET.search(name) or is_headline(name):
        return False
    if name.casefold() in read_words("furniture", "phrase"):
        return False
    small = [w in vocabulary.small for w in words if len(w) > 2]
    if small and all(small):
        return False
    common = read_words("sections", "section") | read_words("furniture", "phrase")
    common |= read_words("moments", "published") | read_words("bylines", "role")
    return not any(w in common for w in words)


def looks_dated(line: str) -> bool:
    """Whether a line is a date, a time of day or a reading time with few words about it."""
    if len(line) > MAX_DATED_CHARS or not any(c.isdecimal() for c in line):
        return False
    if _CLOCK_ALONE.fullmatch(line) or is_reading_time(line) or examine_moment(line) is not None:
        return True
    if len(_LETTERS.findall(line)) > MAX_DATED_WORDS:
        return False
    published = word_pattern("moments", "published").search(line)
    stated = _YEAR.search(line) or _CLOCK.search(line) or _AGO.search(line)
    return bool(stated and (published or find_moment(line) or _AGO.search(line)))


def is_dated_alone(line: str) -> bool:
    """Whether a line is a date or time with next to no words about it, so that it can be no title."""
    return looks_dated(line) and len(_LETTERS.findall(line)) <= MAX_DATE_WORDS


def is_reading_time(line: str) -> bool:
    """Whether a line says how long it takes to read: "5 min", "Lesezeit: 3 Minuten"."""
    match = _MINUTES.search(line)
    return match is not None and len(line) <= 40 and len(_LETTERS.findall(line)) <= 5 and line[-1] not in "!?"


def _find_date(line: str) -> tuple[int, int] | None:
    if found := find_moment(line):
        return found[1], found[2]
    if match := _MINUTES.search(line) or _AGO.search(line):
        return match.span()
    published = word_pattern("moments", "published").search(line)
    return published.span() if published and looks_dated(line) else None


def _read_piece(line: str, start: int, rule: str, *, least: int, end: int | None = None) -> Byline | None:
    """The names between two places of a line, each of so many words at least."""
    start += len(line[start:]) - len(line[start:].lstrip(_SEPARATORS + "："))
    stop = find_names_end(line, start)
    stop = find_role(line, start, stop if end is None else min(stop, end))
    piece = line[start:stop].strip()
    if not piece:
        return None
    if name_agency(piece):
        return Byline(names=((start, start + len(piece)),), rule=rule)
    if collective := _find_collective(piece):
        return Byline(names=((start, start + collective),), rule=rule)
    names = read_names(line, start, stop)
    if not names or not all(is_name(line[a:b], least=least) for a, b in names):
        return None
    return Byline(names=names, rule=rule)


def _read_collective(line: str) -> Byline | None:
    """The byline of a line such as "By the Courier Team", whose author is no person but has a name."""
    start = _BY.match(line)
    if start is None:
        return None
    piece = line[start.end() : find_names_end(line, start.end())].strip()
    size = _find_collective(piece)
    return Byline(names=((start.end(), start.end() + size),), rule="byline-collective") if size else None


def _find_collective(words: str) -> int:
    """How long the name of a team is that words are, 0 where they are none: "Courier Staff", not "Staff"."""
    parts = words.split()
    collective = read_words("bylines", "collective")
    if not 2 <= len(parts) <= 5 or parts[-1].casefold().rstrip(".") not in collective:
        return 0
    known = (
        read_words("bylines", "role") | collective | {"the", "our", "editorial", "special", "web", "online"}
    )
    named = [p for p in parts[:-1] if p.casefold() not in known]
    return len(words) if named and all(p[0].isupper() for p in named) else 0


def _read_unspaced(line: str) -> Byline | None:
    """Names of scripts without capitals, told by the word for a reporter beside them."""
    if len(line) > 60 or line.isascii():
        return None
    found = [*_KOREAN.finditer(line), *_CHINESE.finditer(line)]
    return Byline(names=tuple(m.span(1) for m in found), rule="byline-role") if found else None
