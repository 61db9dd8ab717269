"""One field of a statement, corrected: a statement and a correction in, the statement as it should be out.

The entities and places that a correction needs and the article has not are added to the sheet.
"""

import dataclasses
from collections.abc import Callable, Iterable
from typing import cast, get_args

from onrecord.record.edtf import interval_of
from onrecord.record.entity import Entity, EntityKind, Mention, entity_id_of
from onrecord.record.judgement import Correction
from onrecord.record.place import PlaceValue, place_id_of
from onrecord.record.quoted import form_of_content
from onrecord.record.record import Record
from onrecord.record.refit import Finder, Misfit
from onrecord.record.span import Origin, Span, Unknown
from onrecord.record.statement import About, Mode, SaidAt, SaidIn, Speaker, Statement

MODES: tuple[str, ...] = get_args(Mode)
ENTITY_KINDS: tuple[str, ...] = get_args(EntityKind)
TO_UNKNOWN = "corrected to unknown"


class Sheet:
    """What is laid over one record: its entities and places, with those that people added or changed."""

    def __init__(self, record: Record, finder: Finder) -> None:
        self.record = record
        self.article = record.article
        self.finder = finder
        self.entities = {entity.entity_id: entity for entity in record.entities}
        self.places = {place.place_id: place for place in record.places}

    def move(self, correction: Correction, shift: int) -> tuple[Span, ...]:
        """Where the words of a correction stand now; raises `Misfit`."""
        return self.finder.move(correction.spans, correction.words, shift=shift)

    def mention_of(self, span: Span, origin: Origin) -> Mention:
        """A name at this place."""
        return Mention(text=span.of(self.article.text), span=span, form="name", origin=origin)


Corrector = Callable[[Statement, Correction, Sheet, Origin, int], Statement]


def correct_field(
    statement: Statement, correction: Correction, sheet: Sheet, *, origin: Origin, shift: int = 0
) -> Statement:
    """The statement with one field corrected, by `origin`; raises `Misfit`.

    `shift` is by how many characters the statement stands behind where it was judged.
    """
    return CORRECTORS[correction.field](statement, correction, sheet, origin, shift)


def correct_kind(entity: Entity, correction: Correction, origin: Origin) -> Entity:
    """The entity with the kind that somebody gave it; raises `Misfit`."""
    if correction.value is not None and correction.value not in ENTITY_KINDS:
        raise Misfit(f"{correction.value!r:.80} is no kind of speaker.")
    kind = cast("EntityKind", correction.value or "other")
    unknowns = _unknowns(entity.unknowns, "kind", is_known=correction.value is not None)
    return dataclasses.replace(entity, kind=kind, unknowns=unknowns, origin=origin)


def _content(
    statement: Statement, correction: Correction, sheet: Sheet, _origin: Origin, shift: int
) -> Statement:
    if not correction.spans:
        raise Misfit("A statement without content is none; reject it instead.")
    content = sheet.move(correction, shift)
    record = sheet.record
    about = About(
        entity_ids=_inside(((m.span, e.entity_id) for e in record.entities for m in e.mentions), content),
        time_ids=_inside(((t.span, t.time_id) for t in record.times), content),
        place_ids=_inside(((p.span, p.place_id) for p in record.places), content),
    )
    return dataclasses.replace(
        statement, content=content, form=form_of_content(sheet.article, content), about=about
    )


def _inside(placed: Iterable[tuple[Span, str]], content: tuple[Span, ...]) -> tuple[str, ...]:
    """The ids of what lies in these spans, each once, in the order of the text."""
    return tuple(dict.fromkeys(name for span, name in sorted(placed) if is_within(span, content)))


def is_within(span: Span, content: tuple[Span, ...]) -> bool:
    """Whether a span lies in one of these."""
    return any(c.start_char <= span.start_char and span.end_char <= c.end_char for c in content)


def _cue(
    statement: Statement, correction: Correction, sheet: Sheet, _origin: Origin, shift: int
) -> Statement:
    cue = sheet.move(correction, shift)
    unknowns = _unknowns(statement.unknowns, "cue", is_known=bool(cue))
    return dataclasses.replace(statement, cue=cue, unknowns=unknowns)


def _source(
    statement: Statement, correction: Correction, sheet: Sheet, _origin: Origin, shift: int
) -> Statement:
    source = sheet.move(correction, shift)
    unknowns = _unknowns(statement.unknowns, "source", is_known=bool(source))
    return dataclasses.replace(statement, source=source, unknowns=unknowns)


def _speaker(
    statement: Statement, correction: Correction, sheet: Sheet, origin: Origin, shift: int
) -> Statement:
    if correction.value is None and not correction.spans:
        unknowns = _unknowns(statement.unknowns, "speaker", is_known=False)
        return dataclasses.replace(statement, speaker=None, unknowns=unknowns)
    entity = _find_speaker(correction, sheet, origin, shift)
    named = next((m for m in entity.mentions if m.span == entity.name_span), None)
    named = named or sheet.mention_of(entity.name_span, origin)
    source = next((m for m in entity.mentions if is_within(m.span, statement.source)), named)
    path = (named,) if source.span == named.span else (source, named)
    speaker = Speaker(entity_id=entity.entity_id, name=entity.name, path=path, origin=origin)
    unknowns = _unknowns(statement.unknowns, "speaker", is_known=True)
    return dataclasses.replace(statement, speaker=speaker, unknowns=unknowns)


def _find_speaker(correction: Correction, sheet: Sheet, origin: Origin, shift: int) -> Entity:
    """The entity that a correction names, added where the article has none."""
    if correction.value is not None and correction.value in sheet.entities:
        return sheet.entities[correction.value]
    if not correction.spans:
        raise Misfit("The article was read anew, and the entity that it names as the speaker is gone.")
    spans = sheet.move(correction, shift)
    held = sheet.finder.find_named(spans, correction.words)
    if held is not None:
        return sheet.entities[held.entity_id]
    return _add_entity(spans, sheet, origin)


def _add_entity(spans: tuple[Span, ...], sheet: Sheet, origin: Origin) -> Entity:
    """Somebody whom the article names and the reader did not find; a person, until somebody says else."""
    entity = Entity(
        entity_id=entity_id_of(sheet.article.article_id, spans),
        article_id=sheet.article.article_id,
        kind="person",
        name=" ".join(spans[0].of(sheet.article.text).split()),
        name_span=spans[0],
        named=True,
        mentions=tuple(sheet.mention_of(span, origin) for span in spans),
        origin=origin,
    )
    return sheet.entities.setdefault(entity.entity_id, entity)


def _mode(statement: Statement, correction: Correction, _s: Sheet, _origin: Origin, _shift: int) -> Statement:
    if correction.value is not None and correction.value not in MODES:
        raise Misfit(f"{correction.value!r:.80} is no mode of saying.")
    unknowns = _unknowns(statement.unknowns, "mode", is_known=correction.value is not None)
    return dataclasses.replace(statement, mode=cast("Mode | None", correction.value), unknowns=unknowns)


def _said_at(
    statement: Statement, correction: Correction, _s: Sheet, origin: Origin, _shift: int
) -> Statement:
    unknowns = _unknowns(statement.unknowns, "said_at", is_known=correction.value is not None)
    if correction.value is None:
        return dataclasses.replace(statement, said_at=None, unknowns=unknowns)
    try:
        found = interval_of(correction.value)
    except ValueError as error:
        raise Misfit(str(error)) from error
    said_at = SaidAt(
        start=found.start,
        end=found.end,
        precision=found.precision,
        edtf=correction.value,
        time_id=None,
        origin=origin,
    )
    return dataclasses.replace(statement, said_at=said_at, unknowns=unknowns)


def _said_in(
    statement: Statement, correction: Correction, sheet: Sheet, origin: Origin, shift: int
) -> Statement:
    if correction.value is None and correction.entry is None and not correction.spans:
        unknowns = _unknowns(statement.unknowns, "said_in", is_known=False)
        return dataclasses.replace(statement, said_in=None, unknowns=unknowns)
    place = _find_place(statement, correction, sheet, origin, shift)
    said_in = SaidIn(place_id=place.place_id, text=place.text, span=place.span, origin=origin)
    unknowns = _unknowns(statement.unknowns, "said_in", is_known=True)
    return dataclasses.replace(statement, said_in=said_in, unknowns=unknowns)


def _find_place(
    statement: Statement, correction: Correction, sheet: Sheet, origin: Origin, shift: int
) -> PlaceValue:
    """The place that a correction names: one of the article, or a gazetteer's entry added to it."""
    held = sheet.places.get(correction.value or "")
    if held is None:
        span = _span_of_place(statement, correction, sheet, shift)
        held = sheet.places.get(place_id_of(sheet.article.article_id, span)) or PlaceValue(
            place_id=place_id_of(sheet.article.article_id, span),
            article_id=sheet.article.article_id,
            text=span.of(sheet.article.text),
            span=span,
            use="place",
            origin=origin,
            unknowns=(Unknown(field="entry", reason="nobody said which place this is"),),
        )
    if correction.entry is not None and correction.entry != held.entry:
        kept = tuple(u for u in held.unknowns if u.field not in {"entry", "coordinates"})
        kind = correction.entry.kind
        held = dataclasses.replace(
            held,
            entry=correction.entry,
            kind=kind,
            runners_up=(),
            confidence=None,
            origin=origin,
            unknowns=kept,
        )
    sheet.places[held.place_id] = held
    return held


def _span_of_place(statement: Statement, correction: Correction, sheet: Sheet, shift: int) -> Span:
    """Where a place is named; one that the article does not name stands at the statement's own words."""
    if correction.spans:
        return sheet.move(correction, shift)[0]
    if correction.entry is None:
        raise Misfit("The article was read anew, and the place that it names is gone.")
    name = correction.entry.name
    named = sheet.article.text.find(name) if name.strip() else -1
    if named >= 0:
        return Span(start_char=named, end_char=named + len(name))
    own = [*statement.cue, *statement.content, *statement.source]
    if not own:
        raise Misfit("The statement has no words that the place could stand at.")
    ids = {span: place_id_of(sheet.article.article_id, span) for span in own}
    free = (s for s in own if ids[s] not in sheet.places or sheet.places[ids[s]].entry == correction.entry)
    return next(free, own[0])


def _unknowns(unknowns: tuple[Unknown, ...], field: str, *, is_known: bool) -> tuple[Unknown, ...]:
    """What is unknown, with this field among it or not."""
    kept = tuple(unknown for unknown in unknowns if unknown.field != field)
    return kept if is_known else (*kept, Unknown(field=field, reason=TO_UNKNOWN))


CORRECTORS: dict[str, Corrector] = {
    "content": _content,
    "cue": _cue,
    "source": _source,
    "speaker": _speaker,
    "mode": _mode,
    "said_at": _said_at,
    "said_in": _said_in,
}
