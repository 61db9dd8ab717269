"""What the panel beside an article tells of one statement: a record and a choice in, parts of HTML out.

Every field with what it rests on is written as on the page that is exported; added are the bytes of the
capture that the words were read from, how sure each part is, and who judged it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from onrecord.errors import OnrecordError
from onrecord.export.html_evidence import list_facts, write_heading
from onrecord.export.html_text import escape_text, show_rows
from onrecord.ingest.locate import Located, Locator
from onrecord.record import Confidence, Judgement, Record, Span, Statement, Status, judgements_of
from onrecord.serve.article_text import RoomWriter
from onrecord.serve.judged_lines import JudgedLine, tell_judgements


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One statement for templates/_statement.html; what is `Markup` is HTML already."""

    statement: Statement
    number: int
    count: int
    label: str
    hue: str
    is_rejected: bool
    heading: Markup
    cue: str
    words: str
    facts: Markup
    bars: Markup
    before: str | None
    after: str | None
    status: Status | None
    lines: tuple[JudgedLine, ...]


def make_panel(writer: RoomWriter, record: Record, judgements: Sequence[Judgement]) -> Panel | None:
    """The panel of the statement that is looked at; `record` holds the captured bytes, if they are kept."""
    choice, statement, number = writer.choice, writer.choice.statement, writer.choice.number
    if statement is None or number is None:
        return None
    count = len(writer.record.statements)
    around = (0, 0) if choice.is_rejected else (number - 1, (number + 1) % (count + 1))
    before, after = (writer.href_of(n) if n else None for n in around)
    return Panel(
        statement=statement,
        number=number,
        count=count,
        label=writer.label_of(number),
        hue=writer.hue(number),
        is_rejected=choice.is_rejected,
        heading=Markup(write_heading(writer, statement)),
        cue=" … ".join(span.of(writer.text) for span in statement.cue),
        words=" … ".join(span.of(writer.text) for span in statement.content),
        facts=Markup(show_rows(_list_rows(writer, record, statement))),
        bars=Markup(write_bars(statement.confidence)),
        before=before,
        after=after,
        status=next((s for s in writer.judged.statuses if s.statement_id == statement.statement_id), None),
        lines=tell_judgements(judgements_of(writer.judged, statement.statement_id, judgements)),
    )


def _list_rows(writer: RoomWriter, record: Record, statement: Statement) -> Iterator[tuple[str, str]]:
    """The facts, in words that a page has room for; the bytes stand beside the address."""
    for term, told in list_facts(writer, statement):
        if term == "confidence":
            yield "bytes", write_bytes(record, statement.content)
            continue
        yield term.replace("_", " "), told


def write_bytes(record: Record, spans: Iterable[Span]) -> str:
    """Where in the capture the words stand, each place held against them; or why that is not known."""
    if record.article.source_map is None:
        return '<span class="unknown">unknown: this reading kept no map from the text to the bytes</span>'
    try:
        locator = Locator(record.article, record.capture)
        found = [part for span in spans for part in locator.locate(span)]
    except (OnrecordError, ValueError) as error:
        return f'<span class="unknown">unknown: {escape_text(str(error))}</span>'
    if not found:
        return '<span class="unknown">unknown: these words were not read from one place of the page</span>'
    holds = all(part.words == part.held for part in found)
    verdict = "they hold these words" if holds else "they hold other words"
    return f"{', '.join(_join(found))} <small>{verdict}</small>"


def _join(found: list[Located]) -> Iterator[str]:
    for part in found:
        yield f"{part.place.start_byte:,}–{part.place.end_byte:,}"


def write_bars(sure: Confidence) -> str:
    """How sure the reader is of the whole and of each part, as words and as lengths."""
    parts = (
        ("as a whole", sure.statement),
        ("words", sure.content),
        ("cue", sure.cue),
        ("source", sure.source),
    )
    return "".join(_bar(name, min(max(share, 0.0), 1.0)) for name, share in parts)


def _bar(name: str, share: float) -> str:
    return (
        f'<li><span>{name}</span><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="all" width="100" height="4"/><rect width="{share * 100:.0f}" height="4"/></svg>'
        f"<span>{share:.0%}</span></li>"
    )
