"""The evidence of a statement as the index holds it: what a hit tells of it, as a short list in JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.record import Record, SaidAt, SaidIn, Span, Statement
from onrecord.record.overlay import StatusKind
from onrecord.record.place import spoken_name
from onrecord.record.statement import Form, Mode
from onrecord.store.index_moments import minute_of

_DAY, _MINUTE = len("2024-03-20"), len("2024-03-20T15:02")
WhenIs = Literal["said", "published"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a hit tells of a statement, as in `record.query.Hit`."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    form: Form
    mode: Mode | None
    speaker: str | None
    via: tuple[str, ...]
    when: str | None
    when_is: WhenIs | None
    said_from: str | None
    said_to: str | None
    said_in: str | None
    confidence: float
    status: StatusKind | None


def evidence_of(record: Record, statement: Statement, status: StatusKind | None) -> Evidence:
    """The evidence of a statement of this record."""
    said, when_is = statement.said_at, _when_is(record, statement)
    published = record.article.published_at
    return Evidence(
        content=statement.content,
        cue=statement.cue,
        source=statement.source,
        form=statement.form,
        mode=statement.mode,
        speaker=statement.speaker.name if statement.speaker else None,
        via=tuple(hop.text for hop in statement.chain),
        when=_said_when(said) if when_is == "said" else published.value[:_MINUTE] if published else None,
        when_is=when_is,
        said_from=said.start if said else None,
        said_to=said.end if said else None,
        said_in=_name_place(record, statement.said_in) if statement.said_in else None,
        confidence=statement.confidence.statement,
        status=status,
    )


def _name_place(record: Record, said_in: SaidIn) -> str:
    return next((spoken_name(p) for p in record.places if p.place_id == said_in.place_id), said_in.text)


def _when_is(record: Record, statement: Statement) -> WhenIs | None:
    if minute_of(_said_when(statement.said_at)) is not None:
        return "said"
    published = record.article.published_at
    return "published" if published and minute_of(published.value) is not None else None


def _said_when(said: SaidAt | None) -> str | None:
    """The day or minute of a statement: where its interval begins, or ends where that is unknown."""
    bound = (said.start or said.end) if said else None
    return bound[:_MINUTE] if bound else None


def minute_to_sort(evidence: Evidence, published: str | None) -> int | None:
    """The minute that a statement is sorted by, None undated.

    What was said on the day of its publication, no hour told, is as late as that.
    """
    when = evidence.when if evidence.when_is else None
    if when and published and len(when) == _DAY and published.startswith(when):
        return minute_of(published)
    return minute_of(when)


def write_evidence(evidence: Evidence) -> str:
    """Evidence as JSON."""
    spans = [_flatten(part) for part in (evidence.content, evidence.cue, evidence.source)]
    rest = [getattr(evidence, name) for name in Evidence.__slots__[3:]]
    return json.dumps(spans + rest, ensure_ascii=False, separators=(",", ":"))


def read_evidence(written: str) -> Evidence:
    """The evidence that was written so."""
    values: dict[str, Any] = dict(zip(Evidence.__slots__, json.loads(written), strict=True))
    for name in ("content", "cue", "source"):
        values[name] = _unflatten(values[name])
    return Evidence(**(values | {"via": tuple(values["via"])}))


def read_start(written: str) -> int:
    """Where the content begins, of evidence that was written so; 0 where it has none."""
    bounds = json.loads(written[1 : written.index("]") + 1])
    return int(bounds[0]) if bounds else 0


def read_length(written: str) -> int:
    """How many characters the content has, of evidence that was written so; in a tenth of the time."""
    bounds = json.loads(written[1 : written.index("]") + 1])
    return int(sum(bounds[1::2]) - sum(bounds[::2]))


def _flatten(spans: Iterable[Span]) -> list[int]:
    return [bound for span in spans for bound in (span.start_char, span.end_char)]


def _unflatten(bounds: Sequence[int]) -> tuple[Span, ...]:
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return tuple(Span(start_char=start, end_char=end) for start, end in pairs)
