"""Who, when and where of the seed article against what is expected: complaints, in sentences.

In: the article's text, the expected record, and the record that was read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from onrecord.record import PlaceValue, Record, Span, Statement, TimeValue

Named = TypeVar("Named", TimeValue, PlaceValue)
KINDS = {"city": "settlement"}  # what the seed calls a kind that the record calls otherwise
DAY = len("2024-03-20")


def complain_of_statement(
    wanted: Mapping[str, Any], read: Statement, record: Record, *, begin: str
) -> Iterator[str]:
    """What is wrong with the speaker, the moment, the place and the times of one statement."""
    name = read.speaker.name if read.speaker else "unknown"
    if wanted.get("speaker") and name != wanted["speaker"]:
        yield f"Wrong speaker, {name} for {wanted['speaker']}: {begin}"
    yield from _complain_of_moment(wanted.get("said_at"), read, record, begin)
    place = wanted.get("said_in")
    if place and not (read.said_in and _stands_at(record.article.text, place, read.said_in.span)):
        shown = read.said_in.text if read.said_in else "unknown"
        yield f"Wrong place of saying, {shown} for {place}: {begin}"
    about = [time for time in record.times if time.time_id in read.about.time_ids]
    for time in wanted.get("refers_to_time", ()):
        found = [one for one in about if _stands_at(record.article.text, time["surface"], one.span)]
        if not any(_bounds(one) == (time["start"], time["end"]) for one in found):
            yield f"Not about {time['surface']}, {_show(time['start'], time['end'])}: {begin}"


def _complain_of_moment(
    wanted: Mapping[str, Any] | None, read: Statement, record: Record, begin: str
) -> Iterator[str]:
    """Where nothing is expected, only what cannot be is wrong: words from after the publication."""
    moment = _bounds(read.said_at) if read.said_at else (None, None)
    if wanted:
        if moment != (wanted["start"], wanted["end"]):
            expected = _show(wanted["start"], wanted["end"])
            yield f"Wrong moment, {_show(*moment)} for {expected}: {begin}"
    elif record.article.published_at and any(
        bound and bound > record.article.published_at.value[:DAY] for bound in moment
    ):
        published = record.article.published_at.value
        yield f"Said after it was published, {_show(*moment)} for {published}: {begin}"


def complain_of_times(
    wanted: Sequence[Mapping[str, Any]], record: Record, shown: Sequence[Span]
) -> Iterator[str]:
    """Times that were not read, or read as another interval; `shown` are title, headings and furniture."""
    for time in wanted:
        for place in _find(record.article.text, time["surface"], shown):
            read = _most_overlapping(record.times, place)
            if read is None:
                yield f"Time not found: {time['surface']}"
            elif _bounds(read) != (time["start"], time["end"]):
                expected = _show(time["start"], time["end"])
                yield f"Wrong time, {_show(*_bounds(read))} for {expected}: {time['surface']}"
            elif not (time["start"] or time["end"] or read.unknowns):
                yield f"Time unknown without a reason: {time['surface']}"


def complain_of_places(
    wanted: Sequence[Mapping[str, Any]], record: Record, shown: Sequence[Span]
) -> Iterator[str]:
    """Places that were not read or mean another; one expected without a code or country is a government."""
    for place in wanted:
        for span in _find(record.article.text, place["surface"], shown):
            read = _most_overlapping(record.places, span)
            if read is None:
                yield f"Place not found: {place['surface']}"
            elif fault := _fault_of_place(place, read):
                yield f"Wrong place, {fault}: {place['surface']}"


def _fault_of_place(wanted: Mapping[str, Any], read: PlaceValue) -> str:
    """What is wrong in a few words, such as "RU for RU-BEL"; "" where nothing is."""
    if not wanted.keys() & {"iso", "country"}:
        return "" if read.use == "government" else f"the {read.use} for the government"
    if read.use == "government":
        return "the government for the place"
    if read.entry is None:
        return f"unknown for {wanted.get('iso') or wanted['country']}"
    iso = wanted.get("iso", "")
    held = read.entry.subdivision if "-" in iso else read.entry.country
    expected = iso or wanted["country"]
    if held != expected:
        return f"{held or 'no code'} for {expected}"
    kind = KINDS.get(wanted.get("kind", ""), wanted.get("kind")) or _kind_of_code(iso)
    return "" if kind in (None, read.entry.kind) else f"a {read.entry.kind} for a {kind}"


def _kind_of_code(iso: str) -> str | None:
    if not iso:
        return None
    return "region" if "-" in iso else "country"


def _find(text: str, surface: str, shown: Sequence[Span]) -> list[Span]:
    """Where the words stand in what the article reports."""
    pattern = rf"(?<!\w){re.escape(surface)}(?!\w)"
    spans = [Span(start_char=m.start(), end_char=m.end()) for m in re.finditer(pattern, text)]
    return [span for span in spans if not any(span.overlaps(other) for other in shown)]


def _stands_at(text: str, surface: str, span: Span) -> bool:
    return any(span.overlaps(found) for found in _find(text, surface, ()))


def _most_overlapping(named: Sequence[Named], span: Span) -> Named | None:
    found = [one for one in named if one.span.overlaps(span)]
    return max(found, key=lambda one: _overlap(one.span, span), default=None)


def _overlap(one: Span, other: Span) -> int:
    return min(one.end_char, other.end_char) - max(one.start_char, other.start_char)


def _bounds(value: Any) -> tuple[str | None, str | None]:
    """Start and end, each cut to the day."""
    return (value.start or "")[:DAY] or None, (value.end or "")[:DAY] or None


def _show(start: str | None, end: str | None) -> str:
    if not (start or end):
        return "unknown"
    return start if start == end and start else f"{start or '..'}/{end or '..'}"
