"""A record as tools for annotators see it: a record as judged in, labelled spans and links between them out.

Of each statement the content, cue and source, then whom and what these lead to: the mention that names the
speaker, the hops, the times and the places.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.export.named import tell_entry, tell_moment
from onrecord.record import (
    Entity,
    GazetteerEntry,
    Hop,
    HopKind,
    Judged,
    Mode,
    PlaceUse,
    PlaceValue,
    Span,
    Statement,
    Status,
)

Label = Literal["Content", "Cue", "Source", "Speaker", "Via", "Time", "Place"]
LABELS: tuple[str, ...] = get_args(Label)
LinkKind = Literal[
    "CueContent", "CueSource", "ContentSource", "SourceSpeaker", "ContentSpeaker", "ContentVia",
    "SaidAt", "SaidIn", "Within",
]  # fmt: skip
# What each kind of link leads from and to.
LINKS: dict[LinkKind, tuple[Label, Label]] = {
    "CueContent": ("Cue", "Content"),
    "CueSource": ("Cue", "Source"),
    "ContentSource": ("Content", "Source"),
    "SourceSpeaker": ("Source", "Speaker"),
    "ContentSpeaker": ("Content", "Speaker"),
    "ContentVia": ("Content", "Via"),
    "SaidAt": ("Content", "Time"),
    "SaidIn": ("Content", "Place"),
    "Within": ("Content", "Content"),
}
# The attributes that a label may have, and their values.
ATTRIBUTES: dict[str, tuple[Label, tuple[str, ...]]] = {
    "Form": ("Content", ("direct", "mixed", "indirect")),
    "Mode": ("Content", get_args(Mode)),
    "Status": ("Content", ("accepted", "corrected")),
    "Kind": ("Via", get_args(HopKind)),
    "Use": ("Place", get_args(PlaceUse)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A label on one or more spans, in order and apart; with what else is known of it.

    `statement_id` is that of the statement whose part it is. `note` is a sentence for the annotator.
    """

    label: Label
    spans: tuple[Span, ...]
    statement_id: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    entry: GazetteerEntry | None = None
    confidence: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link between two markings, by their places in the list of them."""

    kind: LinkKind
    tail: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Markings:
    """All markings of a record and the links between them."""

    listed: tuple[Marking, ...]
    links: tuple[Link, ...]


def list_markings(judged: Judged) -> Markings:
    """The markings of a record: those of the statements in their order, then times and places."""
    return _Lister(judged).list_all()


def join_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in the order of the text; those that overlap or touch become one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start_char <= joined[-1].end_char:
            end = max(joined[-1].end_char, span.end_char)
            joined[-1] = Span(start_char=joined[-1].start_char, end_char=end)
        else:
            joined.append(span)
    return tuple(joined)


def tell_statement(statement: Statement, status: Status | None) -> str:
    """A sentence for whoever looks at a statement: its id, who said it, when, what became of it."""
    parts = [statement.statement_id]
    parts += [f"speaker: {statement.speaker.name}"] if statement.speaker else []
    parts += [f"said: {tell_moment(statement.said_at)}"] if statement.said_at else []
    parts += [f"{one.field} unknown: {one.reason}" for one in statement.unknowns]
    parts += [f"{status.kind} by {status.by} at {status.made_at}"] if status else []
    return "; ".join(parts)


class _Lister:
    """Collects the markings and links of one record."""

    def __init__(self, judged: Judged) -> None:
        self.record = judged.record
        self.statuses = {status.statement_id: status for status in judged.statuses}
        self.entities = {entity.entity_id: entity for entity in judged.record.entities}
        self.markings: list[Marking] = []
        self.links: list[Link] = []
        self.named: dict[tuple[str, Span], int] = {}

    def list_all(self) -> Markings:
        contents = {one.statement_id: self._add_content(one) for one in self.record.statements}
        for statement in self.record.statements:
            content = contents[statement.statement_id]
            self._add_attribution(statement, content)
            for hop in statement.chain:
                self._link("ContentVia", content, self._add_hop(statement, hop))
            self._link("Within", content, contents.get(statement.within or ""))
        self._add_setting(contents)
        return Markings(listed=tuple(self.markings), links=tuple(self.links))

    def _add_setting(self, contents: dict[str, int | None]) -> None:
        """The times and places, linked to by what was said at or in them."""
        times = {one.time_id: self._add("Time", one.span) for one in self.record.times}
        places = {one.place_id: self._add_place(one) for one in self.record.places}
        for statement in self.record.statements:
            content, said_at, said_in = contents[statement.statement_id], statement.said_at, statement.said_in
            self._link("SaidAt", content, times.get(said_at.time_id or "") if said_at else None)
            self._link("SaidIn", content, places.get(said_in.place_id) if said_in else None)

    def _add(self, label: Label, *spans: Span, **fields: object) -> int:
        self.markings.append(Marking(label=label, spans=join_spans(spans), **fields))  # type: ignore[arg-type]
        return len(self.markings) - 1

    def _link(self, kind: LinkKind, tail: int | None, head: int | None) -> None:
        if tail is not None and head is not None and head != tail:
            self.links.append(Link(kind=kind, tail=tail, head=head))

    def _add_content(self, statement: Statement) -> int | None:
        if not statement.content:
            return None
        status = self.statuses.get(statement.statement_id)
        attributes: list[tuple[str, str]] = [("Form", statement.form)]
        attributes += [("Mode", statement.mode)] if statement.mode else []
        attributes += [("Status", status.kind)] if status else []
        return self._add(
            "Content",
            *statement.content,
            statement_id=statement.statement_id,
            attributes=tuple(attributes),
            confidence=statement.confidence.content,
            note=tell_statement(statement, status),
        )

    def _add_attribution(self, statement: Statement, content: int | None) -> None:
        """The cue, the source and the mention of the speaker, each linked to what it is told by."""
        own, sure, source = statement.statement_id, statement.confidence, None
        if statement.source:
            source = self._add("Source", *statement.source, statement_id=own, confidence=sure.source)
        if statement.cue:
            cue = self._add("Cue", *statement.cue, statement_id=own, confidence=sure.cue)
            self._link("CueContent", cue, content)
            self._link("CueSource", cue, source)
        else:
            self._link("ContentSource", content, source)
        speaker = self._find_speaker(statement)
        if source is None:
            self._link("ContentSpeaker", content, speaker)
        else:
            self._link("SourceSpeaker", source, speaker)

    def _find_speaker(self, statement: Statement) -> int | None:
        """The marking of the mention that names the speaker; one for all statements that lead to it."""
        speaker = statement.speaker
        if speaker is None:
            return None
        entity: Entity | None = self.entities.get(speaker.entity_id)
        span = speaker.path[-1].span if speaker.path else entity.name_span if entity else None
        if span is None:
            return None
        key = (speaker.entity_id, span)
        if key not in self.named:
            self.named[key] = self._add("Speaker", span, note=f"{speaker.entity_id}; {speaker.name}")
        return self.named[key]

    def _add_hop(self, statement: Statement, hop: Hop) -> int:
        kind = (("Kind", hop.kind),)
        return self._add("Via", hop.span, statement_id=statement.statement_id, attributes=kind)

    def _add_place(self, place: PlaceValue) -> int:
        return self._add(
            "Place",
            place.span,
            attributes=(("Use", place.use),),
            entry=place.entry,
            confidence=place.confidence,
            note=tell_entry(place.entry) if place.entry else None,
        )
