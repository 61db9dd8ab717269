"""The lines between the title and the text of a plain text: units in, out what each is to the header.

A header ends at its last byline or date line; what stands before that is dek or furniture. Where no line
signs the text by its words, a name alone does that stands where bylines stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.ingest.agencies import name_agency
from onrecord.ingest.byline import Byline, is_outlet, read_role
from onrecord.ingest.headline import fold_title
from onrecord.ingest.lines import Unit, is_stopped, opens_wire
from onrecord.ingest.names import is_role
from onrecord.ingest.signed import (
    Vocabulary,
    collect_vocabulary,
    is_label,
    looks_dated,
    names_others,
    read_bare,
    read_dated,
    read_house,
    read_signed,
)
from onrecord.ingest.speech import quotes_or_reports
from onrecord.record import BlockKind

# No header is longer than so many units, nor goes on behind more long ones, or longer ones, than a dek
# and a caption are.
MAX_LINES, MAX_LONG, MAX_LONG_CHARS = 24, 2, 700
LONG_CHARS, STOPPED_CHARS, TEXT_CHARS = 250, 110, 600
# A sentence so long is text where a byline or date line stands over it.
SENTENCE_CHARS = 60
MAX_OTHER_CHARS = 120
# How many short lines may part a name from the date it stands by.
NEAR_DATE = 3
TEXT_KINDS = frozenset({"long", "short"})
SET_ASIDE = frozenset({"aside", "credit"})
ASIDE = frozenset({"furniture", "credit", "caption"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderLine:
    """What a line of the header is: "signed", "label", "date", "outlet", "agency", "credit",
    "aside", "long" or "short"."""

    kind: str
    byline: Byline | None = None


def read_lines_below(
    units: Sequence[Unit], labels: Sequence[tuple[BlockKind, str] | None], title: int
) -> dict[int, HeaderLine]:
    """What each unit from the title to the end of the header is, by its place in the list."""
    lines = _mark_lines(units, labels, title)
    vocabulary = collect_vocabulary(units, title + 1)
    _read_labelled(units, lines, vocabulary)
    if not any(line.byline and line.byline.names for line in lines.values()):
        _read_names_alone(units, lines, vocabulary, title)
    end = _find_end(lines)
    return {i: line for i, line in lines.items() if i <= end}


def _mark_lines(
    units: Sequence[Unit], labels: Sequence[tuple[BlockKind, str] | None], title: int
) -> dict[int, HeaderLine]:
    lines: dict[int, HeaderLine] = {}
    long, chars, said = 0, 0, False
    for i in range(title + 1, min(len(units), title + 1 + MAX_LINES)):
        if opens_wire(units[i].words):
            break
        lines[i] = mark_line(units[i], labels[i])
        if lines[i].kind == "long" and units[i].words != units[i - 1].words:
            long, chars = long + 1, chars + len(units[i].words)
        said = said or lines[i].kind in {"signed", "date"}
        is_text = len(units[i].words) >= SENTENCE_CHARS and is_stopped(units[i].words)
        is_over = said and is_text and lines[i].kind in TEXT_KINDS and not _signs_ahead(units, i)
        if long > MAX_LONG or chars > MAX_LONG_CHARS or len(units[i].words) > TEXT_CHARS or is_over:
            break
    return lines


def _signs_ahead(units: Sequence[Unit], i: int) -> bool:
    """Whether one of the next lines signs the text by its words: then what stands over it is a dek."""
    ahead = [u.words for u in units[i + 1 : i + 1 + NEAR_DATE] if u.line_count == 1]
    return any(is_label(words) or read_signed(words) for words in ahead)


def mark_line(unit: Unit, label: tuple[BlockKind, str] | None) -> HeaderLine:
    """What a unit is by its own words and the label it has from them."""
    words = unit.words
    dated = unit.line_count == 1 and looks_dated(words) and not quotes_or_reports(words)
    if label is not None and label[0] in ASIDE:
        if label[0] == "credit" and name_agency(words):
            return HeaderLine(kind="agency")
        if label[0] == "credit":
            return HeaderLine(kind="credit")
        return HeaderLine(kind="date" if dated and label[0] == "furniture" else "aside")
    if len(words) >= LONG_CHARS or (len(words) >= STOPPED_CHARS and words[-1] in '.!?。…”"'):
        return HeaderLine(kind="long")
    return HeaderLine(kind="short") if unit.line_count > 1 else _mark_short_line(words, dated=dated)


def _mark_short_line(words: str, *, dated: bool) -> HeaderLine:
    if names_others(words) and len(words) <= MAX_OTHER_CHARS:
        return HeaderLine(kind="outlet", byline=Byline(names=(), rule="byline-other"))
    if is_label(words):
        return HeaderLine(kind="label")
    if byline := read_signed(words):
        kind = "short" if byline.rule == "reporting-credit" else "signed"
        return HeaderLine(kind=kind, byline=byline if kind == "signed" else None)
    if dated:
        return HeaderLine(kind="date")
    is_sentence = quotes_or_reports(words) or words[-1] in ".!?"
    is_named = not is_sentence and (is_outlet(words) or read_role(words) is not None)
    return HeaderLine(kind="outlet" if is_named else "short")


def _read_labelled(units: Sequence[Unit], lines: dict[int, HeaderLine], vocabulary: Vocabulary) -> None:
    """Gives the names under "By" and the like their bylines, as long as nothing but names follows."""
    for i, line in list(lines.items()):
        if line.kind != "label":
            continue
        named = False
        for j in range(i + 1, max(lines) + 1):
            if not any(c.isalnum() for c in units[j].words):
                continue
            words = units[j].words
            byline = read_bare(words, vocabulary, least=1 + named) or read_dated(words, vocabulary)
            if lines[j].kind in {"date", "long", "label", "signed"} or byline is None:
                break
            if named and is_role(words):
                break
            lines[j] = HeaderLine(kind="signed", byline=replace(byline, rule="byline-labelled"))
            named = True


def _read_names_alone(
    units: Sequence[Unit], lines: dict[int, HeaderLine], vocabulary: Vocabulary, title: int
) -> None:
    """Gives the first names alone that stand where bylines do their byline."""
    for i, line in lines.items():
        words = units[i].words
        if line.kind == "long" and len(words) > LONG_CHARS:
            continue
        byline = read_dated(words, vocabulary) if line.kind in {"date", "short", "aside"} else None
        if byline is None and line.kind in {"short", "agency", "outlet"}:
            is_placed = _stands_as_byline(units, lines, i, title)
            byline = read_bare(words, vocabulary) if is_placed else None
            if is_placed and byline is None and i + 1 in lines and lines[i + 1].kind == "date":
                byline = read_house(words, vocabulary)
        if byline is not None and not _repeats(units[title].words, words, byline):
            lines[i] = HeaderLine(kind="signed", byline=byline)
            _read_names_below(units, lines, vocabulary, i)
            return


def _read_names_below(
    units: Sequence[Unit], lines: dict[int, HeaderLine], vocabulary: Vocabulary, i: int
) -> None:
    """Reads the names that follow a name alone on lines of their own."""
    for j in range(i + 1, max(lines) + 1):
        if not any(c.isalnum() for c in units[j].words):
            continue
        is_line = lines[j].kind == "short" and not is_role(units[j].words)
        byline = read_bare(units[j].words, vocabulary) if is_line else None
        if byline is None:
            return
        lines[j] = HeaderLine(kind="signed", byline=byline)


def _repeats(title: str, words: str, byline: Byline) -> bool:
    """Whether the title holds the last word of a name: then it is of whom the text tells."""
    folded = fold_title(title).split()
    return any(words[a:b].rsplit(maxsplit=1)[-1].casefold() in folded for a, b in byline.names)


def _stands_as_byline(units: Sequence[Unit], lines: dict[int, HeaderLine], i: int, title: int) -> bool:
    """Whether a line stands where bylines do: beside a date, role or outlet, or under title and dek alone."""
    beside = {"date", "outlet", "label"}
    if any(lines[j].kind in beside for j in _beside(lines, i)) or _stands_near_date(units, lines, i):
        return True
    if i + 1 in lines and lines[i + 1].kind == "short" and is_role(units[i + 1].words):
        return True
    over = [j for j in range(title + 1, i) if lines[j].kind not in SET_ASIDE]
    deks = all(lines[j].kind == "long" or is_stopped(units[j].words) for j in over)
    return deks and i + 1 in lines and lines[i + 1].kind in SET_ASIDE


def _stands_near_date(units: Sequence[Unit], lines: dict[int, HeaderLine], i: int) -> bool:
    """Whether a date follows a line, with nothing but a few short lines between."""
    for j in range(i + 1, i + 2 + NEAR_DATE):
        if j not in lines or lines[j].kind == "date":
            return j in lines
        if lines[j].kind not in SET_ASIDE and len(units[j].words.split()) > NEAR_DATE:
            return False
    return False


def _beside(lines: dict[int, HeaderLine], i: int) -> list[int]:
    """The nearest lines over and below one that are not furniture or credits."""
    found = []
    for step in (-1, 1):
        j = i + step
        while j in lines and lines[j].kind in SET_ASIDE:
            j += step
        if j in lines:
            found.append(j)
    return found


def _find_end(lines: dict[int, HeaderLine]) -> int:
    """The last line that signs or dates, -1 where none does."""
    said = [i for i, line in lines.items() if line.kind in {"signed", "label", "date"}]
    end = max(said, default=-1)
    while end >= 0 and end + 1 in lines and lines[end + 1].kind == "outlet":
        end += 1
    return end
