"""One self-contained HTML page from a report of verdicts: the draft with its quotations marked, and beside
each what became of it.

Nothing is fetched and no script runs. A verdict is never told by colour alone: each has its word, its line,
and signs round the words that differ.
"""

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from onrecord.export.html_text import escape_text, escape_value
from onrecord.export.verdict_cards import Lead, hue_of, line_of, write_card
from onrecord.export.verdict_text import Paragraph, write_paragraphs
from onrecord.export.verdict_words import (
    KIND_MEANINGS,
    KIND_WORDS,
    count_kinds,
    name_flags,
    name_kind,
    order_loudest,
    summarise_report,
)
from onrecord.verifier.verdict import Report, Verdict


def verdicts_to_html(report: Report) -> str:
    """The page; it can be written as UTF-8 whatever the draft and the record hold."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="onrecord">
<meta http-equiv="Content-Security-Policy" content="{_policy()}">
<title>{escape_value(report.draft)} · verdicts · onrecord</title>
<link rel="icon" href="data:,">
<style>{_style()}</style>
</head>
<body>
<a class="skip" href="#draft">Skip to the draft</a>
<header>
<p class="brand"><b>onrecord</b> a draft held against the record</p>
<h1 class="block title" dir="auto">{escape_text(report.draft)}</h1>
<p class="verdict-line">{escape_text(summarise_report(report))}</p>
{_notes(report)}
{write_legend(report)}
{write_glance(report)}
</header>
<main class="rows" id="draft" tabindex="-1" aria-label="The draft with its verdicts">
{_rows(report)}
</main>
</body>
</html>
"""


@cache
def _style() -> str:
    folder = files("onrecord.export")
    names = ("marks.css", "page.css", "verdicts.css")
    return "\n" + "".join(folder.joinpath(name).read_text("utf-8") for name in names)


@cache
def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _notes(report: Report) -> str:
    notes = "".join(f"<p>{escape_text(note)}</p>" for note in report.notes)
    return f'<section class="notes" aria-label="Notes">{notes}</section>' if notes else ""


def write_legend(report: Report) -> str:
    """The kinds that the report has: how each is marked, how many there are, what it means."""
    items = "".join(
        f'<li><span class="seg {line_of(kind)} {hue_of(kind)}">{KIND_WORDS[kind]}</span> <b>{count}</b> '
        f"<small>{KIND_MEANINGS[kind]}</small></li>"
        for kind, count in count_kinds(report).items()
    )
    if not items:
        return ""
    heading = '<h2 id="legend">Verdicts</h2>'
    return f'<section class="legend" aria-labelledby="legend">{heading}<ul>{items}</ul></section>'


def write_glance(
    report: Report, lead: Callable[[int], str] = "#v{}".format, *, most: int | None = None
) -> str:
    """The verdicts that fail, or the first so many, flagged ones first, each linked to where it stands."""
    failing = order_loudest(report, fails=True)[:most]
    items = "".join(f"<li>{_glance_line(number, verdict, lead(number))}</li>" for number, verdict in failing)
    return f'<ol class="at-a-glance" aria-label="What fails">{items}</ol>' if items else ""


def _glance_line(number: int, verdict: Verdict, address: str) -> str:
    flags = "".join(f' <span class="flag">{flag}</span>' for flag in name_flags(verdict))
    words = escape_text(" … ".join(verdict.claim.words))
    return (
        f'<span class="{hue_of(verdict.kind)}"><a class="chip" href="{escape_value(address)}">{number}</a> '
        f'<b>{name_kind(verdict)}</b>{flags}</span> <bdi class="words" dir="auto">{words}</bdi>'
    )


def _rows(report: Report) -> str:
    rows = [write_row(report, paragraph) for paragraph in write_paragraphs(report)]
    return "\n".join(rows) or '<p class="unknown">The draft is empty.</p>'


def write_row(report: Report, paragraph: Paragraph, lead: Lead | None = None) -> str:
    """A paragraph of the draft, and beside it the verdicts that end there; `lead` as in `write_card`."""
    cards = "\n".join(write_card(number, report.verdicts[number - 1], lead) for number in paragraph.numbers)
    beside = f'<ul class="cards" role="list">\n{cards}\n</ul>' if cards else ""
    return f'<div class="row"><p class="block" dir="auto">{paragraph.html}</p>{beside}</div>'
