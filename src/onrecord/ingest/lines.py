"""Lines of a plain text: the text in, its lines joined where they are one hard-wrapped paragraph, out.

A unit is what the rules of `text.py` name: a line, or the lines of one paragraph. Bounds are trimmed
of white space and in order; every line with anything on it is in exactly one unit.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.ingest.wordlists import find_opening

# Longer lines are paragraphs of their own: nobody wraps by hand at more.
MAX_WRAP_CHARS = 100
# Shorter lines are header lines, list items and verse: nobody wraps by hand at less.
MIN_WRAP_CHARS = 40
# The narrowest column that a headline is broken in.
MIN_COLUMN_CHARS = 20
# Of neighbouring lines, the share that must break in mid-sentence for a text to count as wrapped;
# texts of one line a paragraph have next to none, wrapped ones about two thirds.
WRAPPED_SHARE = 0.15
TERMINALS = frozenset('.!?:;…。！？"”»’)]')
_WIRE = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:,[^—–\n]{0,40})?(?:\s\([^)]{1,40}\))?\s?(?:[—–]|-{1,2}\s)")
_STOP = re.compile(r"[.。][\"”’»')\]]*$")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St|No|a\.m|p\.m)|\.\.)\.[\"”’»')\]]*$")
BULLETS = frozenset("-*•·‣▪●◦")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line with something on it; `group` counts the blank lines before it."""

    start_char: int
    words: str
    group: int

    @property
    def end_char(self) -> int:
        """Where its words end."""
        return self.start_char + len(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A line, or several that are one paragraph. `words` is the text between its bounds."""

    start_char: int
    end_char: int
    words: str
    group: int
    line_count: int


def split_units(text: str) -> list[Unit]:
    """The units of a text, in order."""
    lines = list(_split_lines(text))
    width = _find_wrap_width(lines)
    broken = frozenset() if width else _find_broken_groups(lines)
    return [_unit_of(text, run) for run in _join_lines(lines, width, broken)]


def is_list_item(words: str) -> bool:
    """Whether a line opens with a bullet, or with a number and a point or bracket."""
    if words[0] in BULLETS:
        return len(words) > 2 and words[1].isspace()
    head = words[:4].split(maxsplit=1)[0]
    return words[0].isdecimal() and head[-1] in ".)" and head[:-1].isdecimal() and len(words) > len(head) + 1


def opens_wire(words: str) -> bool:
    """Whether the words open as an agency's report does: "BELTOWN, March 3 (Agency) —"."""
    return _WIRE.match(words) is not None


def is_stopped(words: str) -> bool:
    """Whether the words end with a full stop that is no abbreviation's."""
    tail = words[-12:]
    return _STOP.search(tail) is not None and _ABBREVIATION.search(tail) is None


def _split_lines(text: str) -> Iterator[Line]:
    position = group = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            start = position + len(raw) - len(raw.lstrip())
            yield Line(start_char=start, words=words, group=group)
        else:
            group += 1
        position += len(raw)


def _breaks_sentence(line: Line, following: Line) -> bool:
    """Whether a line goes on in the next, by its end and the other's beginning."""
    return (
        MIN_WRAP_CHARS <= len(line.words) <= MAX_WRAP_CHARS
        and line.group == following.group
        and line.words[-1] not in TERMINALS
        and following.words[0].islower()
    )


def _find_wrap_width(lines: list[Line]) -> int:
    """The number of characters that the text is wrapped at; 0 where it is not wrapped."""
    long = sum(len(line.words) for line in lines if len(line.words) > MAX_WRAP_CHARS)
    if 2 * long > sum(len(line.words) for line in lines):
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if a.group == b.group and len(a.words) >= MIN_WRAP_CHARS]
    broken = [len(a.words) for a, b in pairs if _breaks_sentence(a, b)]
    return max(broken) if broken and len(broken) >= WRAPPED_SHARE * len(pairs) else 0


def _find_broken_groups(lines: list[Line]) -> frozenset[int]:
    """The groups of two lines that are one headline, broken where it filled its column.

    Told only in texts that part their paragraphs by blank lines, by a second line in small letters.
    """
    if not lines or lines[-1].group - lines[0].group < len(lines) / 2:
        return frozenset()
    found = set()
    for previous, line, following in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if following is None or line.group != following.group or (previous and previous.group == line.group):
            continue
        is_column = MIN_COLUMN_CHARS <= len(line.words) <= MAX_WRAP_CHARS and line.words[-1] not in TERMINALS
        opens = find_opening(following.words, "bylines", "opens") or following.words[:3] == "by "
        if is_column and following.words[0].islower() and not opens:
            found.add(line.group)
    return frozenset(found)


def _join_lines(lines: Iterable[Line], width: int, broken: frozenset[int]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        is_broken = run and len(run) == 1 and line.group == run[0].group and line.group in broken
        if run and not is_broken and not _continues(run[-1], line, width):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _continues(line: Line, following: Line, width: int) -> bool:
    """Whether the next line is the same paragraph.

    A writer or program that wraps puts a word on the next line only if it did not fit on this one,
    so a line that had room for it was ended on purpose.
    """
    if line.group != following.group:
        return False
    if line.words[0] == ">" or following.words[0] == ">":
        return line.words[0] == following.words[0]
    if not width or is_list_item(following.words):
        return False
    if _breaks_sentence(line, following):
        return True
    first_word = following.words[: width + 1].split(maxsplit=1)[0]
    return (
        MIN_WRAP_CHARS <= len(line.words) <= MAX_WRAP_CHARS and len(line.words) + 1 + len(first_word) > width
    )


def _unit_of(text: str, run: list[Line]) -> Unit:
    start, end = run[0].start_char, run[-1].end_char
    return Unit(
        start_char=start, end_char=end, words=text[start:end], group=run[0].group, line_count=len(run)
    )
