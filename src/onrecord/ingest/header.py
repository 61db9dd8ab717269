"""The header of a plain text: its first units in, and out which are title, dek, bylines and date lines.

A unit carries a label of (kind, rule) once something has been told of it. The header ends at the first
unit that is none of these.
"""

import re
from dataclasses import dataclass, field, replace

from onrecord.ingest.byline import Byline, is_outlet, read_bare_names, read_byline, read_outlet, read_role
from onrecord.ingest.dates import ParsedMoment, RefusedMoment, examine_moment, find_moment
from onrecord.ingest.lines import Unit
from onrecord.ingest.speech import quotes_or_reports
from onrecord.record import BlockKind

Label = tuple[BlockKind, str]
MAX_TITLE_CHARS, MAX_TITLE_WORDS = 250, 40
# A title with a full stop is believed only when short and followed by a byline or date line.
MAX_STOPPED_TITLE_WORDS = 20
MAX_DATELINE_CHARS = 140
MAX_PLACE_WORDS = 4
# No header is longer; the bound keeps a text of nothing but bylines from being read at a header's cost.
MAX_HEADER_UNITS = 60
# How many units ahead a byline or date line still belongs to what stands before it.
LOOK_AHEAD = 6
ASIDE = frozenset({"furniture", "credit", "caption"})

_WIRE = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:,[^—–\n]{0,40})?(?:\s\([^)]{1,40}\))?\s?(?:[—–]|-{1,2}\s)")
_STOP = re.compile(r"[.。][\"”’»')\]]*$")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St|No|a\.m|p\.m)|\.\.)\.[\"”’»')\]]*$")
_BYLINE_LABEL = re.compile(r"(?:written )?by:?|authors?:?", re.IGNORECASE)
_PUBLISHING = re.compile(
    r"\W{0,3}(?:this (?:article|story) was )?(?:first |originally |last )?(?:published|posted|updated?"
    r"|modified)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:(?:world|local|national|international|breaking|latest)\s)?(?:news|politics|world|business"
    r"|sports?|opinion|analysis"
    r"|exclusive|breaking|live|local|national|international|technology|tech|science|health|culture"
    r"|entertainment|lifestyle"
    r"|economy|education|environment|crime|europe|asia|africa|americas|middle east|commentary"
    r"|editorial|feature|features)",
    re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"[\W_]+")


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
    for i in range(min(len(units), MAX_HEADER_UNITS)):
        header.body_start = i
        label = labels[i]
        if label is not None and label[0] in ASIDE:
            continue
        labels[i] = None if label else _label_unit(units, header, i)
        if labels[i] is None:
            labels[i] = label
            return header
    header.body_start = min(len(units), MAX_HEADER_UNITS)
    return header


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


def _label_unit(units: list[Unit], header: Header, i: int) -> Label | None:
    unit = units[i]
    label = label_byline(unit, header, i, _find_byline(units, header, i)) or label_dateline(
        unit, header, i, said=False
    )
    if label:
        return label
    if header.title is None:
        if _is_section(units, i):
            return "furniture", "section"
        header.title = i if _is_title(units, header, i) else None
        return ("title", "title") if header.title == i else None
    if repeats_title(units, header, i):
        return label_repeat(header, i)
    return _label_between(units, header, i)


def label_repeat(header: Header, i: int) -> Label:
    """A title said again is the caption of the picture it stands beside, or a leftover of the page."""
    beside = header.labels[max(0, i - 1)], header.labels[min(len(header.labels) - 1, i + 1)]
    is_caption = any(label is not None and label[0] in {"credit", "caption"} for label in beside)
    return ("caption", "caption-repeats-title") if is_caption else ("furniture", "title-repeat")


def _find_byline(units: list[Unit], header: Header, i: int) -> Byline | None:
    unit = units[i]
    if unit.line_count > 1:
        return None
    if _BYLINE_LABEL.fullmatch(unit.words):
        return Byline(names=(), rule="byline-label")
    byline = read_byline(unit.words)
    if byline or header.title is None or unit.words[-1] in ".!?" or quotes_or_reports(unit.words):
        return byline
    after_label = i > 0 and header.labels[i - 1] == ("byline", "byline-label")
    dated = find_moment(unit.words) is not None and not _read_placed_moment(unit.words)
    beside = any(j in range(len(units)) and _is_dateline(units, header, j) for j in (i - 1, i + 1))
    in_header = bool(header.bylines) or beside or _header_ahead(units, header, i, between=0)
    if in_header and (byline := read_outlet(unit.words) or read_role(unit.words)):
        return byline
    return read_bare_names(unit.words) if after_label or dated or (beside and not header.bylines) else None


def _is_dateline(units: list[Unit], header: Header, i: int) -> bool:
    label = header.labels[i]
    if label is not None:
        return label[0] == "dateline"
    return _may_be_dateline(units[i]) and examine_moment(units[i].words) is not None


def _header_ahead(units: list[Unit], header: Header, i: int, *, between: int) -> bool:
    """Whether a byline or date line follows, with at most so many untold units between."""
    for j in range(i + 1, min(len(units), i + 1 + LOOK_AHEAD)):
        label = header.labels[j]
        if label is not None and label[0] in ASIDE:
            continue
        if label is None and (_is_dateline(units, header, j) or _is_byline(units[j])):
            return True
        between -= 1
        if between < 0:
            return False
    return False


def _is_byline(unit: Unit) -> bool:
    return unit.line_count == 1 and bool(_BYLINE_LABEL.fullmatch(unit.words) or read_byline(unit.words))


def opens_wire(words: str) -> bool:
    """Whether the words open as an agency's report does: "BELTOWN, March 3 (Agency) —"."""
    return _WIRE.match(words) is not None


def _is_title(units: list[Unit], header: Header, i: int) -> bool:
    unit = units[i]
    words = unit.words
    if i + 1 == len(units) or len(words) > MAX_TITLE_CHARS or unit.line_count > 3 or opens_wire(words):
        return False
    count = len(words.split())
    if count > MAX_TITLE_WORDS or words[0].islower() or words[-1] in ",:;":
        return False
    if is_stopped(words):
        return count <= MAX_STOPPED_TITLE_WORDS and _header_ahead(units, header, i, between=0)
    if _header_ahead(units, header, i, between=1):
        return True
    following = next(
        (u for u, label in zip(units[i + 1 :], header.labels[i + 1 :], strict=True) if not label), None
    )
    if following is None:
        return False
    is_apart = unit.group != units[i + 1].group or len(following.words) > len(words)
    return is_apart and (
        is_stopped(following.words) or len(following.words) > MAX_TITLE_CHARS or i + 2 < len(units)
    )


def is_stopped(words: str) -> bool:
    """Whether the words end with a full stop that is no abbreviation's."""
    tail = words[-12:]
    return _STOP.search(tail) is not None and _ABBREVIATION.search(tail) is None


def _is_section(units: list[Unit], i: int) -> bool:
    """Whether it is the name of a newspaper's section, over the title."""
    words = units[i].words
    return i + 1 < len(units) and len(words) <= 40 and _SECTION.fullmatch(words) is not None


def _label_between(units: list[Unit], header: Header, i: int) -> Label | None:
    if header.bylines or header.moments:
        is_line = (
            units[i].line_count == 1 and len(units[i].words.split()) <= 8 and not is_stopped(units[i].words)
        )
        is_header_line = is_line and _header_ahead(units, header, i, between=0)
        return ("furniture", "header-line") if is_header_line else None
    if _header_ahead(units, header, i, between=1):
        return "dek", "dek-before-byline"
    words = units[i].words
    directly_under = all(
        label is not None and label[0] in ASIDE for label in header.labels[(header.title or 0) + 1 : i]
    )
    is_line = units[i].line_count == 1 and not words.endswith((".", "!", "?", ":", '"', "”"))
    apart = i + 1 < len(units) and units[i].group != units[i + 1].group
    if (
        directly_under
        and is_line
        and apart
        and 6 <= len(words.split()) <= MAX_TITLE_WORDS
        and is_stopped(units[i + 1].words)
    ):
        return "dek", "dek-under-title"
    return None
