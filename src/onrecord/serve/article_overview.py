"""What the panel beside an article tells while no statement is chosen: a record in, parts of HTML out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from onrecord.export.dates import show_moment
from onrecord.export.html_head import list_marks, list_speakers, write_coverage, write_header
from onrecord.export.html_named import list_named
from onrecord.export.html_text import escape_text, show_rows, show_text
from onrecord.export.named import fold, group_reasons
from onrecord.record import Judgement, PlaceValue, Record, Statement, Status, TimeValue, Unknown
from onrecord.serve.article_text import RoomWriter
from onrecord.serve.judged_lines import JudgedLine, tell_judgements

if TYPE_CHECKING:
    from onrecord.store.base import Store

FIRST_CHARS = 72  # of a statement in the list: one line
MOST_SPEAKERS = 16  # before the rest is folded away
MOST_NAMED = 12  # of what a reason leaves unknown
# What a reader is told is unknown; other fields are called as in the record.
UNKNOWN_NAMES = {
    "said_at": "when it was said",
    "said_in": "where it was said",
    "speaker": "who said it",
    "mode": "how it was said",
    "timex_value": "which time it is",
    "start": "when it begins",
    "end": "when it ends",
    "entry": "which place it is",
    "kind": "what it is",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """A part that is folded away: `name` is its id, `more` a count or a word beside the title."""

    name: str
    title: str
    more: str
    inside: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A rejected statement: how it is opened, and who rejected it."""

    statement: Statement
    words: str
    href: str
    line: JudgedLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The article for templates/_overview.html."""

    rows: Markup
    speakers: Markup
    more_speakers: Markup
    more_count: int
    marks: Markup
    folds: tuple[Fold, ...]
    rejected: tuple[Rejected, ...]
    unfit: tuple[JudgedLine, ...]


def make_overview(writer: RoomWriter, judgements: Iterable[Judgement]) -> Overview:
    """Everything but the statement that is looked at."""
    judged = writer.judged
    made, speakers = list(judgements), list(list_speakers(writer))
    return Overview(
        rows=Markup("".join(_list_rows(writer))),
        speakers=Markup("".join(speakers[:MOST_SPEAKERS])),
        more_speakers=Markup("".join(speakers[MOST_SPEAKERS:])),
        more_count=len(speakers[MOST_SPEAKERS:]),
        marks=Markup(list_marks(writer)),
        folds=tuple(_list_folds(writer)),
        rejected=tuple(_find_rejected(writer, one, made) for one in judged.rejected),
        unfit=tell_judgements(
            (one.judgement for one in judged.unfit),
            {one.judgement.judgement_id: one.reason for one in judged.unfit},
        ),
    )


def _list_rows(writer: RoomWriter) -> Iterator[str]:
    """The statements, a line each."""
    statuses = {status.statement_id: status for status in writer.judged.statuses}
    for number, statement in enumerate(writer.judged.record.statements, 1):
        yield _row(writer, number, statuses.get(statement.statement_id))


def _row(writer: RoomWriter, number: int, status: Status | None) -> str:
    statement = writer.record.statements[number - 1]
    words = _first_words(writer.text, statement)
    facts = (
        f"{statement.form} · {f'{status.kind} · ' if status else ''}sure {statement.confidence.statement:.0%}"
    )
    here = ' aria-current="true"' if number == writer.choice.number else ""
    return (
        f'<li class="{writer.hue(number)}"><a href="{writer.href_of(number)}"{here}>'
        f'<b class="chip">{writer.label_of(number)}</b> <b>{show_text(writer.voice_of(number).name)}</b> '
        f'<small>{facts}</small> <span class="first">{show_text(words)}</span></a></li>\n'
    )


def _first_words(text: str, statement: Statement) -> str:
    """As much of the content as a line holds; little of a long one is looked at."""
    parts = (
        text[s.start_char : min(s.end_char, s.start_char + 2 * FIRST_CHARS)] for s in statement.content[:4]
    )
    return fold(" … ".join(parts))[:FIRST_CHARS]


def _list_folds(writer: RoomWriter) -> Iterator[Fold]:
    index, record = writer.index, writer.judged.record
    counts = {"people": len(index.people) + len(index.others), "times": len(index.times)}
    counts["places"] = len(index.places)
    for name, title, items in list_named(writer):
        yield Fold(name=name, title=title, more=f"{counts[name]:,}", inside=Markup(items))
    header = Markup(write_header(record))
    yield Fold(name="about", title="The article", more="", inside=header)
    unknown = list(_list_unknown(writer))
    if unknown:
        inside = Markup(f'<ul class="reasons">{"".join(unknown)}</ul>')
        yield Fold(
            name="unknown", title="What is not known, and why", more=f"{len(unknown):,}", inside=inside
        )
    receipt = Markup(write_coverage(record.article.coverage)) or Markup(
        '<p class="unknown">There is none: the text was given as it is, not read out of a page.</p>'
    )
    yield Fold(name="receipt", title="What of the page was read", more="", inside=receipt)
    yield Fold(name="proof", title="Where it was captured", more="", inside=Markup(write_proof(record)))


def _list_unknown(writer: RoomWriter) -> Iterator[str]:
    """Every field that is not known, with the reason, and of what; those of the header stand there."""
    grouped = group_reasons(_iter_unknown(writer))
    for unknown, of in grouped.items():
        names = ", ".join(of[:MOST_NAMED]) + (
            f" and {len(of) - MOST_NAMED:,} more" if of[MOST_NAMED:] else ""
        )
        field = escape_text(UNKNOWN_NAMES.get(unknown.field) or unknown.field.replace("_", " "))
        yield f"<li><b>{field}</b> {escape_text(unknown.reason)} <small>{names}</small></li>"


def _iter_unknown(writer: RoomWriter) -> Iterator[tuple[str, Unknown]]:
    record = writer.judged.record
    for number, statement in enumerate(record.statements, 1):
        link = f'<a href="{writer.href_of(number)}">{writer.label_of(number)}</a>'
        yield from ((link, unknown) for unknown in statement.unknowns)
    for entity in record.entities:
        name = writer.link_place(entity.name_span, show_text(entity.name))
        yield from ((name, unknown) for unknown in entity.unknowns)
    values: tuple[TimeValue | PlaceValue, ...] = (*record.times, *record.places)
    for value in values:
        words = writer.link_place(value.span, show_text(value.text))
        yield from ((words, unknown) for unknown in value.unknowns)


def write_proof(record: Record) -> str:
    """What was captured, from where, when and out of what: all that finds it again."""
    capture, article = record.capture, record.article
    address = f"/articles/{quote(article.article_id, safe='')}/capture"
    unmapped = article.source_map.unmapped_chars if article.source_map else None
    container = capture.container
    rows = [
        ("SHA-256", f'<span class="id">{escape_text(capture.sha256)}</span>'),
        (
            "bytes",
            f'{capture.size_bytes:,} <a href="{address}" download>download</a>',
        ),
        ("kind", escape_text(f"{capture.media_type}, {capture.encoding}")),
        ("retrieved", escape_text(show_moment(capture.retrieved_at or "")) or _unknown("nobody noted when")),
        ("address", show_text(capture.url or "") or _unknown("it was given without one")),
        ("out of", show_text(container.name) if container else ""),
        ("there at", show_text(container.place) if container else ""),
        ("its hash", f'<span class="id">{escape_text(container.sha256)}</span>' if container else ""),
        (
            "stated",
            "<br>".join(
                f"{show_text(s.field)} {show_text(s.value)} <small>{show_text(s.place)}</small>"
                for s in capture.stated
            ),
        ),
        ("map", _tell_map(unmapped)),
        ("article", f'<span class="id">{escape_text(article.article_id)}</span>'),
    ]
    return show_rows(rows)


def _tell_map(unmapped: int | None) -> str:
    if unmapped is None:
        return _unknown("this reading kept no map from the text to the bytes")
    if not unmapped:
        return "every character of the text leads to its bytes"
    return f"every character of the text but {unmapped:,} leads to its bytes"


def _unknown(reason: str) -> str:
    return f'<span class="unknown">unknown: {reason}</span>'


def _find_rejected(writer: RoomWriter, statement: Statement, judgements: list[Judgement]) -> Rejected:
    """A rejected statement with the judgement that did it: the last that stands."""
    by = next(
        (j for j in reversed(judgements) if _rejects(j, statement)),
        None,
    )
    words = fold(" … ".join(span.of(writer.text) for span in statement.content))
    return Rejected(
        statement=statement,
        words=words,
        href=f"?statement={quote(statement.statement_id, safe='')}#statement",
        line=tell_judgements([by])[0] if by else None,
    )


def _rejects(judgement: Judgement, statement: Statement) -> bool:
    target = judgement.target
    if judgement.kind != "reject" or judgement.withdrawn_at or target is None:
        return False
    return statement.statement_id == target.statement_id or statement.content == target.content


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One extraction of a capture: with what it was made, and how it differs from the one that is shown."""

    number: int
    readers: str
    statements: int
    same: int
    only: tuple[str, ...]
    is_shown: bool


def list_readings(store: "Store", shown: Record) -> list[Reading]:
    """Every record ever made of the article's capture, the last first."""
    own = {s.statement_id for s in shown.statements}
    made = store.extractions(shown.article.article_id)
    return [
        _read(n, record, own, is_shown=n == len(made)) for n, record in reversed(list(enumerate(made, 1)))
    ]


def _read(number: int, record: Record, shown: set[str], *, is_shown: bool) -> Reading:
    origins = dict.fromkeys(f"{s.origin.name} {s.origin.version}" for s in record.statements)
    only = [s for s in record.statements if s.statement_id not in shown]
    return Reading(
        number=number,
        readers=", ".join(origins) or "no statement was found",
        statements=len(record.statements),
        same=len(record.statements) - len(only),
        only=tuple(
            fold(" … ".join(span.of(record.article.text) for span in s.content))[:200] for s in only[:50]
        ),
        is_shown=is_shown,
    )
