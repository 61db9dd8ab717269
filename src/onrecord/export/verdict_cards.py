"""One verdict as HTML: its word, why, the words of draft and record beside each other, and the evidence."""

import re
from collections.abc import Callable

from onrecord.export.dates import show_moment
from onrecord.export.html_text import escape_text, escape_value, show_text
from onrecord.export.verdict_words import (
    Piece,
    Side,
    loudest_first,
    name_flag,
    name_flags,
    name_kind,
    split_draft,
    split_held,
    tell_change,
)
from onrecord.verifier.verdict import Evidence, Verdict

# Lines and hues of kinds; a hue is a class of marks.css, whose contrasts are tested.
LINES = {
    "exact": "v-held",
    "marks": "v-held",
    "trimmed": "v-cut",
    "spliced": "v-cut",
    "paraphrased": "v-reported",
    "indirect": "v-reported",
    "altered": "v-altered",
    "misattributed": "v-misattributed",
    "not_found": "v-not_found",
}
HUES = {
    "v-held": "k2",
    "v-cut": "k4",
    "v-reported": "k0",
    "v-altered": "k7",
    "v-misattributed": "k3",
    "v-not_found": "k1",
}
# Their words are set beside those held although each that stands there is the same.
CUT = frozenset({"trimmed", "spliced"})
WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
SIGNS = {"del": ("[-", "-]"), "ins": ("{+", "+}")}
# Of a page that can lead to the record itself: the places that are seen at once, the others can be opened.
MOST_OPEN = 3

Lead = Callable[[Evidence], str]


def line_of(kind: str) -> str:
    """The class of the line under a quotation with this verdict."""
    return LINES[kind]


def hue_of(kind: str) -> str:
    """The class of the colour of this verdict."""
    return HUES[LINES[kind]]


def write_card(number: int, verdict: Verdict, lead: Lead | None = None) -> str:
    """The verdict with this number; `lead` gives the address where the record itself is read."""
    state = "fails" if verdict.fails else "holds"
    flags = "".join(f' <span class="flag">{flag}</span>' for flag in name_flags(verdict))
    rule = f' <small class="rule">Rule {escape_text(verdict.rule)}.</small>' if lead else ""
    return (
        f'<li id="v{number}" class="card {hue_of(verdict.kind)} {state}">'
        f'<h3><a class="chip" href="#q{number}" aria-label="{number}, show in the draft">{number}</a> '
        f"{name_kind(verdict)}{flags}{_attributed(verdict)}</h3>"
        f'<p class="reason">{escape_text(verdict.reason)}{rule}</p>'
        f"{_sides(verdict)}{_changes(verdict)}{_evidence(verdict, lead)}</li>"
    )


def _attributed(verdict: Verdict) -> str:
    """To whom the draft gives the words."""
    claim = verdict.claim
    name = claim.speaker or claim.source
    own = "" if claim.form == "direct" else "in the draft’s own words, "
    return f" <small>{own}attributed to {show_text(name) if name else 'nobody'}</small>"


def _sides(verdict: Verdict) -> str:
    """What the draft has above what the record has, marked where they differ; nothing where they do not."""
    if verdict.kind == "misattributed":
        drafted, held = _names(verdict)
    elif verdict.changes or verdict.kind in CUT:
        drafted, held = _side("ins", split_draft(verdict)), _side("del", split_held(verdict))
    else:
        return ""
    rows = (("draft", drafted), ("record", held))
    cells = "".join(f"<div><dt>{name}</dt><dd>{side}</dd></div>" for name, side in rows)
    return f'<dl class="sides">{cells}</dl>' if drafted and held else ""


def _names(verdict: Verdict) -> tuple[str, str]:
    """Who says the words in the draft, and who in the record."""
    drafted = verdict.claim.speaker or verdict.claim.source
    held = verdict.evidence[0].speaker if verdict.evidence else None
    return _name(drafted), _name(held)


def _name(name: str | None) -> str:
    return f"<p><b>{show_text(name)}</b></p>" if name else ""


def _side(tag: str, rows: Side) -> str:
    return "".join(f'<p dir="auto">{"".join(_piece(tag, piece) for piece in row)}</p>' for row in rows)


def _piece(tag: str, piece: Piece) -> str:
    words = escape_text(piece.words)
    if not piece.differs:
        return words
    opening, closing = SIGNS[tag]
    return f'<{tag}><span class="sign">{opening}</span>{words}<span class="sign">{closing}</span></{tag}>'


def _changes(verdict: Verdict) -> str:
    """The changes with flags in words, loudest first."""
    told = [
        (", ".join(name_flag(flag, [change]) for flag in change.flags), show_text(tell_change(change)))
        for change in loudest_first(verdict.changes)
        if change.flags
    ]
    items = "".join(f"<li><b>{flags}</b>: {words}</li>" for flags, words in told)
    return f'<ul class="changes" role="list">{items}</ul>' if items else ""


def _evidence(verdict: Verdict, lead: Lead | None) -> str:
    items = [f"<li>{_one_evidence(one, lead)}</li>" for one in verdict.evidence]
    if not items:
        return ""
    label = '<p class="nearest">The nearest that is held:</p>' if verdict.kind == "not_found" else ""
    most = MOST_OPEN if lead and len(items) > MOST_OPEN + 1 else len(items)
    more = f"<summary>{len(items) - most} more places</summary>{_list(items[most:])}"
    return f"{label}{_list(items[:most])}" + (f"<details>{more}</details>" if items[most:] else "")


def _list(items: list[str]) -> str:
    return f'<ol class="evidence" role="list">{"".join(items)}</ol>'


def _one_evidence(one: Evidence, lead: Lead | None) -> str:
    """Who printed it, when, in whose mouth, where to open it; the words in their place; the capture."""
    spoken = " ".join(
        filter(None, (show_text(one.speaker or ""), f"<small>{one.form}</small>" if one.form else ""))
    )
    facts = [
        f"<b>{show_text(one.outlet)}</b>" if one.outlet else "",
        _date(one.published),
        spoken,
        _link(one),
    ]
    words = " […] ".join(escape_text(part) for part in one.words)
    context = f"{escape_text(one.before)}<b>{words}</b>{escape_text(one.after)}"
    return (
        f'<p class="source-line">{" · ".join(filter(None, facts))}</p>'
        f'<p class="held" dir="auto">{context}</p>'
        f'<p class="id" title="SHA-256 of the capture">sha256:{escape_text(one.capture_sha256)}</p>'
        + (
            f'<p class="lead"><a href="{escape_value(lead(one))}">Read it in the record</a></p>'
            if lead
            else ""
        )
    )


def _date(published: str | None) -> str:
    if not published:
        return ""
    return f'<time datetime="{escape_value(published)}">{escape_text(show_moment(published))}</time>'


def _link(one: Evidence) -> str:
    """The title, linked to the words in their page where that has an address on the web."""
    title = show_text(one.title or "")
    address = next((a for a in (one.link, one.url) if a and WEB.match(a)), None)
    if address is None:
        return title
    return f'<a href="{escape_value(address)}" rel="noopener noreferrer">{title or "open at these words"}</a>'
