"""Words as somebody types them, found in an article: a record, a statement and words in, spans or ids out.

White space may differ, and straight marks stand for curly ones. Where words stand in several places, those
nearest to the statement are meant; where two are as near, all places are named.
"""

import re
from collections.abc import Iterable, Sequence

from onrecord.errors import JudgementError
from onrecord.export.visible import show_line
from onrecord.record import Entity, PlaceValue, Record, Span, Statement, fold_name

MARKS = {'"': '["“”„«»]', "'": "['’‘‚]", "-": "[-‐‑–—]"}
BOUNDS = re.compile(r"@([0-9]{1,9}):([0-9]{1,9})")
AROUND = 25
MOST_SHOWN = 8


def find_words(record: Record, statement: Statement, words: str, near: Sequence[Span] = ()) -> Span:
    """Where the article says these words nearest to some spans of the statement; "@120:164" are bounds.

    Raises `JudgementError` where it does not, or at two places as near.
    """
    text = record.article.text
    bounds = BOUNDS.fullmatch(words.strip())
    if bounds:
        return _span_at(text, int(bounds[1]), int(bounds[2]))
    found = _list_places(text, words)
    if not found:
        raise JudgementError(
            f"The article does not say “{show_line(words)[:200]}”.",
            cure="Give words exactly as it has them.",
        )
    near = near or statement.content
    distances = [min((_distance(span, other) for other in near), default=0) for span in found]
    nearest = [span for span, far in zip(found, distances, strict=True) if far == min(distances)]
    if len(nearest) > 1:
        places = "; ".join(_show_place(text, span) for span in found[:MOST_SHOWN])
        raise JudgementError(
            f"The article says “{show_line(words)[:200]}” {len(found)} times, and none is nearest: {places}.",
            cure="Give more of the words, or one of these places in their stead.",
        )
    return nearest[0]


def find_all_words(
    record: Record, statement: Statement, parts: Iterable[str], near: Sequence[Span] = ()
) -> tuple[Span, ...]:
    """Where each of some words stands, in the order of the text."""
    return tuple(sorted(find_words(record, statement, part, near) for part in parts))


def find_entity(record: Record, name: str) -> Entity | None:
    """The entity with this id or name, None where the article has none; raises where several bear it."""
    wanted, folded = name.strip(), fold_name(name)
    ways: tuple[list[Entity], ...] = (
        [e for e in record.entities if _begins(e.entity_id, wanted, "entity-")],
        [e for e in record.entities if folded and fold_name(e.name) == folded],
        [e for e in record.entities if folded and _is_mentioned(e, folded)],
    )
    found = next((some for some in ways if some), [])
    if len(found) > 1:
        raise JudgementError(
            f"The article has {len(found)} who go by “{show_line(name)[:80]}”: {list_entities(found)}.",
            cure="Give the id of one of them.",
        )
    return found[0] if found else None


def find_place(record: Record, statement: Statement, name: str) -> PlaceValue | None:
    """The place of the article with this id or name, the nearest mention of it; None where it has none."""
    wanted, folded = name.strip(), fold_name(name)
    for place in record.places:
        if _begins(place.place_id, wanted, "place-"):
            return place
    bears = [p for p in record.places if folded in _names_of(p)]
    near = (*statement.cue, *statement.content)
    return min(bears, key=lambda p: min((_distance(p.span, n) for n in near), default=0), default=None)


def list_entities(entities: Iterable[Entity]) -> str:
    """Names with their ids, a few."""
    shown = [f"{show_line(e.name)[:60]} ({e.entity_id})" for e in entities]
    return "; ".join(shown[:MOST_SHOWN]) + ("; …" if len(shown) > MOST_SHOWN else "")


def _names_of(place: PlaceValue) -> set[str]:
    names = {fold_name(place.text)}
    return (names | {fold_name(place.entry.name), fold_name(place.entry.entry_id)}) if place.entry else names


def _is_mentioned(entity: Entity, folded: str) -> bool:
    return any(m.form != "pronoun" and fold_name(m.text) == folded for m in entity.mentions)


def _begins(held: str, wanted: str, kind: str) -> bool:
    """Whether an id is the one that somebody began to write."""
    return wanted.startswith(kind) and len(wanted) > len(kind) and held.startswith(wanted)


def _list_places(text: str, words: str) -> list[Span]:
    """Where words stand, exactly or but for white space and the shape of marks."""
    stripped = words.strip()
    if not stripped:
        return []
    exact = [match.start() for match in re.finditer(f"(?={re.escape(stripped)})", text)]
    if exact:
        return [Span(start_char=start, end_char=start + len(stripped)) for start in exact]
    loose = r"\s+".join("".join(MARKS.get(c, re.escape(c)) for c in part) for part in stripped.split())
    return [Span(start_char=m.start(), end_char=m.end()) for m in re.finditer(loose, text)]


def _span_at(text: str, start: int, end: int) -> Span:
    if not start < end <= len(text):
        raise JudgementError(
            f"@{start}:{end} are no bounds in an article of {len(text):,} characters.",
            cure="The first is where the words begin, the second where they end.",
        )
    return Span(start_char=start, end_char=end)


def _distance(one: Span, other: Span) -> int:
    """The characters between two spans, 0 where they touch."""
    return max(one.start_char - other.end_char, other.start_char - one.end_char, 0)


def _show_place(text: str, span: Span) -> str:
    before, after = text[max(span.start_char - AROUND, 0) : span.start_char], text[span.end_char :][:AROUND]
    return f"@{span.start_char}:{span.end_char} “…{show_line(before + span.of(text)[:AROUND] + after)}…”"
