"""A report of verdicts for people: the report and a stream in, text made for that stream out.

What fails comes first, its loudest flags at the front; words that differ are told by signs, [-held-] and
{+drafted+}, and on a terminal by colour too.
"""

from collections.abc import Iterator
from typing import TextIO

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.table import make_console
from onrecord.export.verdict_words import (
    Side,
    name_flags,
    name_kind,
    order_loudest,
    split_draft,
    split_held,
    summarise_report,
)
from onrecord.export.visible import show_line
from onrecord.verifier.verdict import Evidence, Report, Verdict

STYLES = {
    "exact": "green",
    "marks": "green",
    "trimmed": "yellow",
    "spliced": "yellow",
    "paraphrased": "blue",
    "indirect": "blue",
    "altered": "bold red",
    "misattributed": "bold magenta",
    "not_found": "bold red",
}
LOUD = "bold white on red"
SECTIONS = (("What fails", True), ("What holds", False))
# Of a verdict that holds, the first is enough; of one that fails, a reader weighs several.
MOST_EVIDENCE = {True: 3, False: 1}
# Kinds whose words are those of the record.
SAME = frozenset({"exact", "misattributed"})
NEAREST = {"not_found": "nearest", "paraphrased": "nearest"}


def render_report(report: Report, stream: TextIO) -> str:
    """The verdicts, those that fail first, then the notes, and last the count."""
    console = make_console(stream)
    with console.capture() as capture:
        console.print(Text(show_line(report.draft), style="bold"))
        for title, fails in SECTIONS:
            chosen = order_loudest(report, fails=fails)
            if chosen:
                console.print()
                console.print(Text(title, style="bold"))
            for number, verdict in chosen:
                console.print(_head(number, verdict))
                for line in _body(verdict):
                    console.print(Padding(line, (0, 0, 0, 4)))
        if report.notes:
            console.print()
        for note in report.notes:
            console.print(Text(f"note: {show_line(note)}", style="yellow"))
        console.print()
        console.print(Text(show_line(summarise_report(report)), style="bold red" if report.fails else "bold"))
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


def _head(number: int, verdict: Verdict) -> Text:
    """Number, verdict and flags, and to whom the draft gives the words."""
    claim = verdict.claim
    kind = name_kind(verdict)
    head = Text(f"{number:>2}  ", style="dim")
    head.append(kind.upper() if verdict.fails else kind, style=STYLES[verdict.kind])
    for flag in name_flags(verdict):
        head.append(" ").append(f"! {flag}", style=LOUD if verdict.fails else "yellow")
    name = claim.speaker or claim.source
    own = "" if claim.form == "direct" else "in the draft's words, "
    return head.append(f"  {own}attributed to {show_line(name) if name else 'nobody'}", style="dim")


def _body(verdict: Verdict) -> Iterator[RenderableType]:
    """The words of both sides, the reason, the evidence."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True, min_width=7)
    rows.add_column(overflow="fold")
    rows.add_row("draft", _side(split_draft(verdict), "{+", "+}"))
    if verdict.evidence and (verdict.changes or verdict.kind not in SAME):
        rows.add_row(NEAREST.get(verdict.kind, "record"), _side(split_held(verdict), "[-", "-]"))
    rows.add_row("why", Text(show_line(verdict.reason)))
    most = MOST_EVIDENCE[verdict.fails]
    for one in verdict.evidence[:most]:
        rows.add_row("held", _evidence(one))
    if len(verdict.evidence) > most:
        rows.add_row("", Text(f"and {len(verdict.evidence) - most} more (see --json)", style="dim"))
    yield rows


def _side(side: Side, opening: str, closing: str) -> Text:
    """The words, those that differ between signs."""
    line = Text()
    for place, row in enumerate(side):
        line.append(" … " if place else "")
        for piece in row:
            words = _show(piece.words)
            if piece.differs:
                line.append(f"{opening}{words}{closing}", style=LOUD if piece.flags else "bold red")
            else:
                line.append(words)
    return line


def _show(words: str) -> str:
    """The words on one line, the spaces at their ends kept: they stand beside others."""
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() and words.strip() else ""
    return before + show_line(words) + after


def _evidence(one: Evidence) -> Text:
    """Outlet, day, who says it and how, where to open it."""
    said = f"{one.speaker} ({one.form})" if one.speaker and one.form else one.speaker or ""
    facts = [one.outlet, (one.published or "")[:10], said, one.url or one.title]
    return Text(" · ".join(show_line(fact) for fact in facts if fact), style="cyan")
