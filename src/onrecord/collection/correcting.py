"""The corrections that somebody asks for in words: a statement and its fields as typed in, judgements out."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onrecord.collection.wording import find_all_words, find_entity, find_place, find_words, list_entities
from onrecord.errors import JudgementError
from onrecord.export.visible import show_line
from onrecord.record import GazetteerEntry, Judged, Judgement, Span, Statement, judging, lay_over

UNKNOWN = "unknown"
MOST_SHOWN = 8


def list_corrections(
    judged: Judged,
    statement: Statement,
    given: Mapping[str, Any],
    voice: judging.Voice,
    *,
    say: Callable[[str], None] | None = None,
) -> Iterator[Judgement]:
    """A judgement for each field that was given; raises `JudgementError` where one cannot be.

    `given` has words, or bounds as "@120:164", for "content", "cue" and "source", several of each; for
    "speaker" and "said_in" a name or an id; "kind", "mode" and "said_at" (EDTF). "unknown" says that nobody
    can know. What is not there, None or empty is as it was. `say` is told where a gazetteer is made.
    """
    wanted = statement.statement_id
    judging.find_statement(judged, wanted)
    for field in ("content", "cue", "source"):
        if given.get(field):
            spans = _find_spans(judged, statement, field, given[field])
            yield judging.correct_spans(judged, wanted, field, spans, voice)
    if given.get("speaker") is not None:
        found = _find_speaker(judged, statement, given["speaker"])
        corrected = judging.correct_speaker(judged, wanted, voice, **found)
        yield corrected
        judged = lay_over(judged.record, [corrected])  # a kind that is given too is that of the new speaker
    for option, field in (("kind", "speaker_kind"), ("mode", "mode"), ("said_at", "said_at")):
        if given.get(option) is not None:
            value = None if given[option] == UNKNOWN else given[option]
            yield judging.correct_value(judged, wanted, field, value, voice)  # type: ignore[arg-type]
    if given.get("said_in") is not None:
        found = _find_place(judged, statement, given["said_in"], say or _keep_quiet)
        yield judging.correct_place(judged, wanted, voice, **found)


def tell_field(judged: Judged, statement: Statement, field: str) -> str:
    """A field of a statement as words."""
    record = judged.record
    if field in {"content", "cue", "source"}:
        words = (span.of(record.article.text) for span in getattr(statement, field))
        return " … ".join(f"“{one}”" for one in words) or UNKNOWN
    speaker, said_at, said_in = statement.speaker, statement.said_at, statement.said_in
    entity = next((e for e in record.entities if speaker and e.entity_id == speaker.entity_id), None)
    place = next((p for p in record.places if said_in and p.place_id == said_in.place_id), None)
    entry = place.entry if place else None
    told = {
        "speaker": speaker.name if speaker else None,
        "speaker_kind": entity.kind if entity else None,
        "mode": statement.mode,
        "said_at": (said_at.edtf or f"{said_at.start or '..'}/{said_at.end or '..'}") if said_at else None,
        "said_in": f"{entry.name} ({entry.entry_id})" if entry else place.text if place else None,
    }
    return told[field] or UNKNOWN


def _find_spans(judged: Judged, statement: Statement, field: str, parts: tuple[str, ...]) -> tuple[Span, ...]:
    if field != "content" and parts == (UNKNOWN,):
        return ()
    return find_all_words(judged.record, statement, parts, getattr(statement, field))


def _find_speaker(judged: Judged, statement: Statement, name: str) -> dict[str, Any]:
    """The entity of this name, or where the article has the name."""
    if name == UNKNOWN:
        return {}
    entity = find_entity(judged.record, name)
    if entity is not None:
        return {"entity_id": entity.entity_id}
    try:
        return {"spans": (find_words(judged.record, statement, name),)}
    except JudgementError as error:
        names = list_entities(judged.record.entities) or "nobody"
        raise JudgementError(
            error.problem, cure=f"The speaker must be in the article. It names {names}."
        ) from error


def _find_place(
    judged: Judged, statement: Statement, name: str, say: Callable[[str], None]
) -> dict[str, Any]:
    """The place of the article that goes by this name, else the gazetteer's, at its words where there are."""
    if name == UNKNOWN:
        return {}
    words, _, last = name.strip().rpartition(" ")
    entry_id = last if words and ":" in last else None
    shown = words if entry_id else name.strip()
    place = find_place(judged.record, statement, shown)
    if place is not None and entry_id is None:
        return {"place_id": place.place_id}
    entry = _find_entry(shown, entry_id, say)
    if place is not None:
        return {"place_id": place.place_id, "entry": entry}
    try:
        return {"spans": (find_words(judged.record, statement, shown),), "entry": entry}
    except JudgementError:
        if entry is None:
            raise
        return {"entry": entry}


def _find_entry(name: str, entry_id: str | None, say: Callable[[str], None]) -> GazetteerEntry | None:
    """The one entry of the gazetteer that goes by a name, with this id where one is given."""
    from onrecord.gazetteer.location import open_gazetteer

    candidates = open_gazetteer(say).find_candidates(name)
    entries = {candidate.entry.entry_id: candidate.entry for candidate in candidates}
    if entry_id is not None:
        if entry_id not in entries:
            raise JudgementError(
                f"The gazetteer has no {show_line(name)[:80]} with the id {entry_id!r:.80}.",
                cure=_offer(entries),
            )
        return entries[entry_id]
    if len(entries) > 1:
        raise JudgementError(
            f"The gazetteer has {len(entries)} {show_line(name)[:80]}.", cure=_offer(entries)
        )
    return next(iter(entries.values()), None)


def _offer(entries: dict[str, GazetteerEntry]) -> str:
    """The likeliest entries, as they can be given."""
    some = list(entries.values())[:MOST_SHOWN]
    names = (
        f"“{e.name} {e.entry_id}” ({', '.join(filter(None, (e.kind, e.subdivision, e.country)))})"
        for e in some
    )
    return f"Give one as {'; '.join(names)}." if some else "It has no such name."


def _keep_quiet(_: str) -> None:
    """Tells nobody."""
