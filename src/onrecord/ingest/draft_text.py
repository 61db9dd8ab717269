"""A plain text as a draft: the text in, out the same with every paragraph on one line.

No character is added or taken away, so a place in the draft is the same place in its file, counted in code
points with CR LF as one: line ends within a hard-wrapped paragraph, and the signs of lines quoted as mail
quotes them ("> "), become spaces.
"""

import re
from dataclasses import dataclass

from onrecord.ingest.lines import Unit, split_units
from onrecord.record import Span

LINE = re.compile(r"[^\n]+")
# What ends a line for `str.splitlines`, besides the line feed.
OTHER_LINE_ENDS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
QUOTED_LINE = re.compile(r"^[^\S\n]*(?:>[^\S\n]?)+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftText:
    """What each reader of drafts gives: the text, what in it is set off as quotations, and notes."""

    text: str
    block_quotes: tuple[tuple[Span, ...], ...] = ()
    notes: tuple[str, ...] = ()


def read_draft_text(text: str) -> DraftText:
    """The text with each paragraph on one line; it has as many characters as before."""
    text = text.translate(OTHER_LINE_ENDS)
    pieces, quoted, position = list[str](), list[tuple[Span, ...]](), 0
    for unit in split_units(text):
        words, is_quoted = _join_lines(unit)
        pieces += [text[position : unit.start_char], words]
        position = unit.end_char
        if is_quoted and (span := _strip(words, unit.start_char)):
            quoted.append((span,))
    pieces.append(text[position:])
    return DraftText(text="".join(pieces), block_quotes=tuple(quoted))


def _join_lines(unit: Unit) -> tuple[str, bool]:
    """The words on one line, and whether each line was quoted as in mail."""
    lines = unit.words.split("\n")
    is_quoted = len(unit.words) > 1 and all(line.lstrip().startswith(">") for line in lines)
    words = QUOTED_LINE.sub(lambda match: " " * len(match[0]), unit.words) if is_quoted else unit.words
    return words.replace("\n", " "), is_quoted


def _strip(words: str, start: int) -> Span | None:
    """The span of the words without the white space round them; None of nothing else."""
    low, held = start + len(words) - len(words.lstrip()), len(words.strip())
    return Span(start_char=low, end_char=low + held) if held else None


def find_paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open bounds of the lines that hold a letter or digit; others are rules and dividers."""
    return tuple(match.span() for match in LINE.finditer(text) if any(map(str.isalnum, match.group())))
