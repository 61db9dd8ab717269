"""The draft as HTML, a paragraph at a time: each claim marked by its verdict, with its number at its end."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.export.html_text import escape_text
from onrecord.export.verdict_cards import hue_of, line_of
from onrecord.export.verdict_words import KIND_WORDS
from onrecord.verifier.verdict import KINDS, Report

# What may stand between the words of a quotation and the end of it.
CLOSING = re.compile("[”\"’'»“‘«›‹」』]{1,2}")
LINE = re.compile(r"[^\n]+")
WORST = {kind: -place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as HTML, and the numbers of the verdicts on what ends in it, from 1."""

    html: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """One span of a claim; `told_at` is where its verdict is told, behind the closing mark."""

    start: int
    end: int
    number: int
    is_last: bool
    told_at: int


def write_paragraphs(report: Report) -> Iterator[Paragraph]:
    """The paragraphs in order; a claim over several is told beside that in which it ends."""
    places = sorted(_list_places(report), key=lambda p: (p.start, -p.end, p.number))
    starts = [place.start for place in places]
    # How far any place up to here reaches: none before the first that reaches a paragraph can touch it.
    reach, furthest = [], 0
    for place in places:
        furthest = max(furthest, place.end)
        reach.append(furthest)
    for line in LINE.finditer(report.text):
        if line.group().isspace():
            continue
        inside = places[bisect_right(reach, line.start()) : bisect_left(starts, line.end())]
        inside = [place for place in inside if place.end > line.start()]
        ends = [p for p in inside if p.is_last and p.end <= line.end()]
        yield Paragraph(
            html=_write_line(report, line.start(), line.end(), inside),
            numbers=tuple(sorted({place.number for place in ends})),
        )


def _list_places(report: Report) -> Iterator[_Place]:
    for number, verdict in enumerate(report.verdicts, 1):
        spans = verdict.claim.spans
        last = max((span.end_char for span in spans), default=0)
        for span in spans:
            end = min(span.end_char, len(report.text))
            closing = CLOSING.match(report.text, end)
            yield _Place(
                span.start_char, end, number, span.end_char == last, closing.end() if closing else end
            )


def _write_line(report: Report, start: int, end: int, places: list[_Place]) -> str:
    """The segments of a line, each marked by the verdict on the smallest claim that covers it."""
    bounds = {start, end}
    for place in places:
        bounds |= {max(place.start, start), min(place.end, end), min(place.told_at, end)}
    edges = sorted(bounds)
    pieces, active = [], list[_Place]()
    told = _group_ends(places)
    waiting = list(reversed(places))
    for low, high in pairwise(edges):
        active = [place for place in active if place.end > low]
        while waiting and waiting[-1].start <= low:
            active.append(waiting.pop())
        pieces.append(_write_segment(report, report.text[low:high], active))
        pieces += [_write_end(report, number) for number in told.get(high, ())]
    return "".join(pieces)


def _group_ends(places: list[_Place]) -> dict[int, list[int]]:
    """The numbers of the claims that are told at each place."""
    ends: dict[int, list[int]] = {}
    for place in places:
        if place.is_last:
            ends.setdefault(place.told_at, []).append(place.number)
    return {at: sorted(numbers) for at, numbers in ends.items()}


def _write_segment(report: Report, words: str, active: list[_Place]) -> str:
    if not active:
        return escape_text(words)
    kinds = {place.number: report.verdicts[place.number - 1].kind for place in active}
    inner = min(active, key=lambda p: (p.end - p.start, WORST[kinds[p.number]], p.number))
    kind = kinds[inner.number]
    within = " v-within" if len(kinds) > 1 else ""
    return f'<mark class="seg {line_of(kind)} {hue_of(kind)}{within}">{escape_text(words)}</mark>'


def _write_end(report: Report, number: int) -> str:
    """The number and the word of a verdict, linked to it."""
    kind = report.verdicts[number - 1].kind
    return f'<a class="ref {hue_of(kind)}" id="q{number}" href="#v{number}">{number} {KIND_WORDS[kind]}</a>'
