"""The header of a plain text: its first units in, and out which are title, dek, bylines and date lines.

A unit carries a label of (kind, rule) once something has been told of it. The header ends at the first
unit that is none of these.
"""

import re
from dataclasses import dataclass, field, replace

from onrecord.ingest.byline import Byline, is_outlet, read_outlet, read_role
from onrecord.ingest.dates import ParsedMoment, RefusedMoment, examine_moment, find_moment
from onrecord.ingest.header_lines import ASIDE, HeaderLine, read_lines_below
from onrecord.ingest.headline import MAX_UNITS_OVER, find_title
from onrecord.ingest.lines import Unit, is_stopped, opens_wire
from onrecord.ingest.signed import collect_vocabulary, is_dated_alone, is_label, read_bare, read_signed
from onrecord.ingest.speech import quotes_or_reports
from onrecord.ingest.wordlists import read_words
from onrecord.record import BlockKind

Label = tuple[BlockKind, str]
MAX_TITLE_WORDS = 40
# Longer lines over a title are text that was pasted with it; shorter ones the way to the page.
MAX_OVER_CHARS = 200
# What stands between title and byline is a dek from so many words on, and furniture below.
MIN_DEK_WORDS = 6
MAX_DATELINE_CHARS = 140
MAX_PLACE_WORDS = 4
# No header is longer; the bound keeps a text of nothing but bylines from being read at a header's cost.
MAX_HEADER_UNITS = 60
# How many units ahead a byline or date line still belongs to what stands before it.
LOOK_AHEAD = 6

_PUBLISHING = re.compile(
    r"\W{0,3}(?:this (?:article|story) was )?(?:first |originally |last )?(?:published|posted|updated?"
    r"|modified)\b",
    re.IGNORECASE,
)
QUOTES = frozenset('"“”„«»‘’')
_NOT_WORDS = re.compile(r"[\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UPDATED = re.compile("updated|modified", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Header:
    """What the header says: places in the list of units, and the moments as they stand in their units."""

    labels: list[Label | None]
    title: int | None = None
    bylines: list[tuple[int, Byline]] = field(default_factory=list)
    moments: list[tuple[int, ParsedMoment | RefusedMoment]] = field(default_factory=list)
    body_start: int = 0


def read_header(units: list[Unit], labels: list[Label | None]) -> Header:
    """The header of the units; `labels` is completed in place with what it holds."""
    header = Header(labels=labels)
    header.title = find_title(units, tell_units(units, labels))
    if header.title is None:
        _label_run(units, header)
        return header
    for i in range(header.title):
        labels[i] = _label_over(units, header, i)
    labels[header.title] = "title", "title"
    lines = read_lines_below(units, labels, header.title)
    for i, line in sorted(lines.items()):
        labels[i] = _label_below(units, header, i, line)
    header.body_start = max(lines, default=header.title) + 1
    if not any(byline.names for _, byline in header.bylines):
        _read_names_over(units, header)
    if not lines:
        _label_dek(units, header)
    return header


def tell_units(units: list[Unit], labels: list[Label | None]) -> list[str]:
    """What each of the first units is known to be by its own words: see `find_title`."""
    told = []
    for unit, label in zip(units[:MAX_UNITS_OVER], labels, strict=False):
        if label is not None and label[0] in ASIDE:
            told.append("aside")
        elif unit.line_count == 1 and (is_label(unit.words) or read_signed(unit.words)):
            told.append("byline")
        elif unit.line_count == 1 and is_dated_alone(unit.words) and not quotes_or_reports(unit.words):
            told.append("dateline")
        else:
            told.append("text" if opens_wire(unit.words) else "")
    return told


def _label_run(units: list[Unit], header: Header) -> None:
    """Labels the bylines and date lines that open a text without a title."""
    for i in range(min(len(units), MAX_HEADER_UNITS)):
        header.body_start = i
        label = header.labels[i]
        if label is not None and label[0] in ASIDE:
            continue
        header.labels[i] = None if label else _label_alone(units, header, i)
        if header.labels[i] is None:
            header.labels[i] = label
            return
    header.body_start = min(len(units), MAX_HEADER_UNITS)


def _label_alone(units: list[Unit], header: Header, i: int) -> Label | None:
    """What a line is that signs or dates the text by its own words, wherever in the header it stands."""
    unit = units[i]
    if unit.line_count > 1:
        return None
    if is_label(unit.words):
        return "byline", "byline-label"
    byline = read_signed(unit.words)
    return label_byline(unit, header, i, byline) or label_dateline(unit, header, i, said=False)


def _label_over(units: list[Unit], header: Header, i: int) -> Label | None:
    """What stands over the title: what signs or dates it, a section, the way to the page."""
    label = header.labels[i]
    if label is not None and label[0] in ASIDE:
        return label
    if told := _label_alone(units, header, i):
        return told
    if units[i].words.casefold() in read_words("sections", "section"):
        return "furniture", "section"
    is_text = len(units[i].words) > MAX_OVER_CHARS or (
        is_stopped(units[i].words) and quotes_or_reports(units[i].words)
    )
    return label if is_text else ("furniture", "over-title")


def _read_names_over(units: list[Unit], header: Header) -> None:
    """Reads a name alone that stands beside a date over the title, where nothing else signs the text."""
    title = header.title or 0
    vocabulary = collect_vocabulary(units, title + 1)
    for i in range(max(0, title - LOOK_AHEAD), title):
        beside = [header.labels[j] for j in (i - 1, i + 1) if 0 <= j < title]
        dated = any(label is not None and label[0] == "dateline" for label in beside)
        if dated and header.labels[i] == ("furniture", "over-title") and units[i].line_count == 1:
            byline = read_bare(units[i].words, vocabulary)
            header.labels[i] = label_byline(units[i], header, i, byline) or header.labels[i]


def _label_below(units: list[Unit], header: Header, i: int, line: HeaderLine) -> Label | None:
    """The label of a line between title and text, by what `read_lines_below` tells of it."""
    unit, label = units[i], header.labels[i]
    if line.byline is not None:
        return label_byline(unit, header, i, line.byline)
    if line.kind == "label":
        return "byline", "byline-label"
    aside = label if label is not None and label[0] in ASIDE else None
    if line.kind == "date":
        return label_dateline(unit, header, i, said=False) or aside or _label_unread_date(unit, header, i)
    return aside or _label_between(units, header, i, line)


def _label_between(units: list[Unit], header: Header, i: int, line: HeaderLine) -> Label | None:
    """The label of a line over a byline: the title again, an outlet, a dek, or furniture."""
    unit, words = units[i], units[i].words
    if repeats_title(units, header, i):
        return label_repeat(header, i)
    if line.kind == "outlet":
        return label_byline(unit, header, i, read_outlet(words) or read_role(words))
    is_dek = len(words.split()) >= MIN_DEK_WORDS or is_stopped(words) or quotes_or_reports(words)
    if not is_dek and not any(c >= "\u2e80" for c in words):
        return "furniture", "header-line"
    return "dek", "dek-before-byline"


def _label_unread_date(unit: Unit, header: Header, i: int) -> Label:
    """A line that is dated, though not by a moment and no more: the moment in it, where there is one."""
    found = find_moment(unit.words)
    if found and not header.moments and _YEAR.search(unit.words) and not _UPDATED.search(unit.words):
        header.moments.append((i, found[0]))
    return "dateline", "dateline-among-words" if found else "dateline-unread"


def _label_dek(units: list[Unit], header: Header) -> None:
    """Labels as dek the line directly under a title that no byline follows, where it is one by its shape."""
    i = header.body_start
    while i < len(units) and header.labels[i] is not None:
        i += 1
    if i + 1 >= len(units) or i > header.body_start + LOOK_AHEAD or repeats_title(units, header, i):
        return
    words = units[i].words
    is_line = units[i].line_count == 1 and not words.endswith((".", "!", "?", ":", '"', "”"))
    apart = units[i].group != units[i + 1].group
    if is_line and apart and 6 <= len(words.split()) <= MAX_TITLE_WORDS and is_stopped(units[i + 1].words):
        header.labels[i] = "dek", "dek-under-title"


def label_byline(unit: Unit, header: Header, i: int, byline: Byline | None) -> Label | None:
    """The label of a byline, whose names and moment are noted in the header."""
    if byline is None:
        return None
    header.bylines.append((i, byline))
    begin = byline.names[-1][1] if byline.names else 0
    rest = unit.words[begin:]
    if not any(c.isdecimal() for c in rest):
        return "byline", byline.rule
    moment = examine_moment(rest)
    if (
        moment is None
        and (found := find_moment(rest))
        and not re.search("updated|modified", rest, re.IGNORECASE)
    ):
        moment = found[0]
    if isinstance(moment, ParsedMoment):
        moment = replace(moment, start_char=moment.start_char + begin, end_char=moment.end_char + begin)
    if moment is not None:
        header.moments.append((i, moment))
    return "byline", byline.rule


def label_dateline(unit: Unit, header: Header, i: int, *, said: bool) -> Label | None:
    """The label of a line that is a moment and no more; with `said`, only if it says "published" so."""
    if not _may_be_dateline(unit) or (said and not _PUBLISHING.match(unit.words)):
        return None
    moment = examine_moment(unit.words)
    rule = "dateline"
    if moment is None and not said and (placed := _read_placed_moment(unit.words)):
        moment, rule = placed[0], "dateline-placed"
        if is_outlet(unit.words[: placed[1]]):
            header.bylines.append((i, Byline(names=(), rule="outlet-dated", outlet=(0, placed[1]))))
    if moment is None or (isinstance(moment, ParsedMoment) and moment.precision == "year"):
        return None
    header.moments.append((i, moment))
    return "dateline", rule


def repeats_title(units: list[Unit], header: Header, i: int) -> bool:
    """Whether a unit has the words of the title again, whatever its marks and capitals."""
    if header.title is None:
        return False
    title = units[header.title].words
    if units[i].words[0] in QUOTES and title[0] not in QUOTES:
        return False  # somebody says what the title says
    return abs(len(title) - len(units[i].words)) <= 4 and _fold(title) == _fold(units[i].words)


def _fold(words: str) -> str:
    return _NOT_WORDS.sub(" ", words).strip().casefold()


def _may_be_dateline(unit: Unit) -> bool:
    return unit.line_count == 1 and len(unit.words) <= MAX_DATELINE_CHARS


def _read_placed_moment(words: str) -> tuple[ParsedMoment | RefusedMoment, int] | None:
    """The moment of a line such as "BELTOWN, March 3, 2024", and where the place or outlet before it ends."""
    found = find_moment(words)
    if found is None or not examine_moment(words[found[1] :]):
        return None
    place = words[: found[1]].rstrip(" ,|·•–—-")
    is_place = 0 < len(place.split()) <= MAX_PLACE_WORDS and all(w[0].isupper() for w in place.split())
    return (found[0], len(place)) if is_place else None


def label_repeat(header: Header, i: int) -> Label:
    """A title said again is the caption of the picture it stands beside, or a leftover of the page."""
    beside = header.labels[max(0, i - 1)], header.labels[min(len(header.labels) - 1, i + 1)]
    is_caption = any(label is not None and label[0] in {"credit", "caption"} for label in beside)
    return ("caption", "caption-repeats-title") if is_caption else ("furniture", "title-repeat")
