"""The body of a plain text: the units after the header in, each labelled by itself and its neighbours out."""

from onrecord.ingest.byline import MAX_CHARS as MAX_BYLINE_CHARS
from onrecord.ingest.byline import read_byline
from onrecord.ingest.furniture import opens_box, without_agency_tail
from onrecord.ingest.header import (
    Header,
    Label,
    label_byline,
    label_dateline,
    label_repeat,
    repeats_title,
)
from onrecord.ingest.header_lines import ASIDE
from onrecord.ingest.lines import Unit, is_stopped, opens_wire
from onrecord.ingest.signed import read_signed
from onrecord.ingest.speech import quotes_or_reports

MAX_HEADING_CHARS, MAX_HEADING_WORDS = 110, 16
# By judgement, not tuned: the one longer question alone on its line in PolNeAR dev was a sentence.
MAX_QUESTION_WORDS = 8
MAX_CAPTION_WORDS, MAX_STOPPED_CAPTION_WORDS = 50, 4
# Among the first units a line signs the text in any language, farther down only in sure wordings.
MAX_SIGNED_UNITS = 30
# Where more of the units than this would be headings, the text is one without full stops (verse, notes).
MAX_HEADING_SHARE = 0.5
_BOX_LABELS = (("furniture", "furniture-phrase"), ("furniture", "furniture-notice"))
_MARKS = "\"'“”‘’«»„"


def label_pictures(units: list[Unit], labels: list[Label | None]) -> None:
    """Labels as caption what stands in one group with a photo credit and nothing else.

    Only in texts that part their paragraphs by blank lines: in others a paragraph may follow directly.
    """
    if not has_blank_lines(units):
        return
    start = 0
    for i, unit in enumerate(units):
        if i + 1 < len(units) and units[i + 1].group == unit.group:
            continue
        if i > start:
            _label_caption(units, labels, range(start, i + 1))
        start = i + 1


def label_body(units: list[Unit], header: Header) -> None:
    """Completes the labels of the header's units with those of the body; what stays None is a paragraph."""
    for i in range(header.body_start, len(units)):
        if header.labels[i] is None:
            header.labels[i] = _label_unit(units, header, i)
    _label_captions_over_credits(units, header)
    _label_boxes(units, header)
    _label_headings(units, header)


def _label_captions_over_credits(units: list[Unit], header: Header) -> None:
    """Labels as caption the line directly over a photo credit that is no sentence, or of few words."""
    for i in range(max(1, header.body_start), len(units)):
        over, label = units[i - 1], header.labels[i - 1]
        if _kind(header.labels[i]) != "credit" or label is not None:
            continue
        count = len(over.words.split())
        is_short = count <= MAX_STOPPED_CAPTION_WORDS or (
            count <= MAX_CAPTION_WORDS and not is_stopped(over.words)
        )
        if is_short and i - 1 >= header.body_start and not quotes_or_reports(over.words):
            header.labels[i - 1] = "caption", "caption-over-credit"


def has_blank_lines(units: list[Unit]) -> bool:
    """Whether the text parts its units by blank lines, more often than not."""
    return len(units) > 1 and units[-1].group - units[0].group >= len(units) / 2


def is_heading_like(unit: Unit) -> bool:
    """Whether a unit is short, begins like a title and does not end like a sentence."""
    words = without_agency_tail(unit.words)
    if unit.line_count > 1 or len(words) > MAX_HEADING_CHARS or words[0].islower() or opens_wire(words):
        return False
    if words[-1] in ".!:;,…—。！":
        return False
    core = words.rstrip(_MARKS + ")]")
    if core != words and core[-1:] in {".", "!", ",", "?"}:
        return False
    return len(words.split()) <= (MAX_QUESTION_WORDS if core[-1:] == "?" else MAX_HEADING_WORDS)


def _label_caption(units: list[Unit], labels: list[Label | None], group: range) -> None:
    untold = [i for i in group if labels[i] is None]
    if len(untold) != 1 or not all(
        labels[i] is None or _kind(labels[i]) in {"credit", "caption"} for i in group
    ):
        return
    unit = units[untold[0]]
    if (
        unit.line_count == 1
        and len(unit.words.split()) <= MAX_CAPTION_WORDS
        and not quotes_or_reports(unit.words)
    ):
        labels[untold[0]] = "caption", "caption-beside-credit"


def _kind(label: Label | None) -> str:
    return label[0] if label else ""


def _label_unit(units: list[Unit], header: Header, i: int) -> Label | None:
    """What a line is that could stand in the header as well: a byline, or a date of publication."""
    unit = units[i]
    if unit.line_count > 1 or len(unit.words) > MAX_BYLINE_CHARS:
        return None
    if repeats_title(units, header, i):
        return label_repeat(header, i)
    byline = read_byline(unit.words)
    if byline is None and i < MAX_SIGNED_UNITS:
        byline = read_signed(unit.words)
    if byline and (byline.rule == "reporting-credit" or any(" " in unit.words[a:b] for a, b in byline.names)):
        return label_byline(unit, header, i, byline)
    return label_dateline(unit, header, i, said=True)


def _label_boxes(units: list[Unit], header: Header) -> None:
    """Labels as furniture the lines listed under "Most Read", "Related" and the like."""
    blank_lines, checked = has_blank_lines(units), 0
    for i, unit in enumerate(units):
        if i < checked or header.labels[i] not in _BOX_LABELS or not opens_box(unit.words):
            continue
        run, checked = _listed_under(units, header, i)
        for j in run:
            listed = header.labels[j] is not None or j != run[-1] or checked == len(units)
            if listed or (blank_lines and units[j].group == unit.group):
                header.labels[j] = "furniture", "furniture-in-box"


def _listed_under(units: list[Unit], header: Header, i: int) -> tuple[list[int], int]:
    """The heading-like units and list items that follow one, and where the first other one stands.

    Of heading-like units the last may be the heading of the text that goes on.
    """
    run = []
    for j in range(i + 1, len(units)):
        label = header.labels[j]
        if label in (None, ("list_item", "list-item")) and is_heading_like(units[j]):
            run.append(j)
        elif _kind(label) not in ASIDE:
            return run, j
    return run, len(units)


def _label_headings(units: list[Unit], header: Header) -> None:
    """Labels as heading what is heading-like and has text after it."""
    untold = [i for i in range(header.body_start, len(units)) if header.labels[i] is None]
    likely = [i for i in untold if is_heading_like(units[i])]
    if len(likely) > MAX_HEADING_SHARE * len(untold):
        return
    texts = {"list_item", "quotation"}
    unlikely = set(untold).difference(likely)
    last = max(
        (i for i, label in enumerate(header.labels) if i in unlikely or _kind(label) in texts), default=-1
    )
    for i in likely:
        if i < last:
            header.labels[i] = "heading", "heading"
