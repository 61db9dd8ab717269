"""What the panel beside an article tells of one statement: a record and a choice in, parts of HTML out.

Every field with what it rests on is written as on the page that is exported; added are the bytes of the
capture that the words were read from, how sure each part is, and who judged it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from onrecord.errors import OnrecordError
from onrecord.export.html_evidence import list_facts, write_heading
from onrecord.export.html_text import escape_text, show_rows
from onrecord.ingest.locate import Located, Locator
from onrecord.record import Confidence, Judgement, Record, Span, Statement, Status
from onrecord.serve.article_text import RoomWriter

VERBS = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "merge": "joined",
    "split": "split",
}
FIELD_NAMES = {
    "content": "the words", "cue": "the cue", "source": "the source", "speaker": "the speaker",
    "speaker_kind": "what the speaker is", "mode": "the mode", "said_at": "when it was said",
    "said_in": "where it was said",
}  # fmt: skip
LONGEST = 120  # characters of a judgement's words


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
    judgements: tuple["Told", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A judgement in words."""

    judgement: Judgement
    verb: str
    words: str


def make_panel(writer: RoomWriter, record: Record, judgements: Iterable[Judgement]) -> Panel | None:
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
        judgements=tuple(_list_told(writer, statement, judgements)),
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
        return '<span class="unknown">unknown: the text was not read from bytes that were kept</span>'
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


def _list_told(writer: RoomWriter, statement: Statement, judgements: Iterable[Judgement]) -> Iterator[Told]:
    """The judgements on this statement, the last first; those made of it under another id too."""
    standing = {
        i for s in writer.judged.statuses if s.statement_id == statement.statement_id for i in s.judgement_ids
    }
    for judgement in reversed(list(judgements)):
        target = judgement.target
        is_own = target is not None and target.statement_id == statement.statement_id
        if is_own or judgement.judgement_id in standing:
            yield tell(judgement, writer)


def tell(judgement: Judgement, writer: RoomWriter) -> Told:
    """What somebody did, and to which words or whom: "corrected the speaker", "Mira Vance"."""
    correction = judgement.correction
    verb = VERBS[judgement.kind]
    if judgement.kind == "split":
        return Told(judgement=judgement, verb="told apart", words=_cut(judgement.target))
    if judgement.kind != "correct" or correction is None:
        return Told(judgement=judgement, verb=verb, words="")
    name = FIELD_NAMES.get(correction.field, correction.field)
    value = writer.index.names.get(correction.value or "") or correction.value
    if correction.entry is not None:
        value = correction.entry.name
    words = " … ".join(correction.words) or value or "unknown"
    if correction.field == "speaker" and value:
        words = value
    return Told(judgement=judgement, verb=f"{verb} {name}", words=words[:LONGEST])


def _cut(target: object) -> str:
    words = getattr(target, "words", ())
    return " … ".join(words)[:LONGEST]
