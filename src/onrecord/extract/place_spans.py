"""Where place names stand: what the model found, with their edges mended, and sure names that it missed.

In: the found toponyms and the page. Out: toponyms in order, flat.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.extract.found import Found, FoundPlace
from onrecord.extract.page import Page
from onrecord.extract.place_groups import Gazetteer, PlaceCandidate
from onrecord.extract.toponyms import POSSESSIVE, iter_runs
from onrecord.record import Span

EDGE_BEFORE = re.compile(
    r"(?:[\s\"“”‘’'(\[,;:.–—-]|(?:the|The|metro|downtown|greater|central"
    r"|(?:north|south)(?:east|west)?(?:ern)?|(?:east|west)(?:ern)?)\s)+"
)
EDGE_AFTER = re.compile(
    r"(?:['’]s|[\s\"“”‘’')\],;:–—-]|(?<=[a-z])\s(?:areas?|counties|townships|streets|avenues|regions|cities|towns))+$"
)
FIRST_WORD = re.compile(r"\b(?:New|Mount|Mt\.|Fort|Port|Saint|St\.|San|Santa|Los|Las|El|Lake|Cape)\s$")
LAST_WORD = re.compile(r"\s(?:County|Township|Parish|City|Province|Oblast|Heights|Springs|Falls|Beach)\b")
HYPHENS = ("-", "–")
LONGEST_ABBREVIATION = 6
SURE = 0.6  # of a name that its other mentions are taken from
# A name that stands alone and is that of a country, its people or one of these countries' divisions is a
# toponym in 95 of 100 cases: measured on every second document of the two corpora that is not held out.
DIVISIONS_OF = frozenset({"US", "CA"})
ADDED_SURENESS = 0.9
LANDMARK_NAMES = frozenset({"location", "facility"})
LANDMARKS = frozenset({"facility", "water", "area", "continent"})
OTHER_NAMES = frozenset({"person", "organisation", "product", "facility"})


def find_spans(page: Page, found: Found, gazetteer: Gazetteer) -> list[FoundPlace]:
    """The toponyms of the article."""
    mended = (mend_edges(page.text, place, gazetteer) for place in found.places)
    kept: list[FoundPlace] = []
    for place in sorted((p for p in mended if p), key=lambda p: p.span):
        if not kept or kept[-1].span.end_char <= place.span.start_char:
            kept.append(place)
    kept = list(_join_hyphened(page.text, kept, gazetteer))
    taken = [p.span for p in kept] + [name.span for name in found.names if name.kind in OTHER_NAMES]
    missed = [*_find_landmarks(page, kept, found, gazetteer), *_find_missed(page, kept, taken, gazetteer)]
    for place in sorted(missed, key=lambda p: p.span):
        if not any(place.span.overlaps(p.span) for p in kept):
            kept.append(place)
    return sorted(kept, key=lambda p: p.span)


def mend_edges(text: str, place: FoundPlace, gazetteer: Gazetteer) -> FoundPlace | None:
    """The toponym without what is no part of it at its edges, and with what was cut off.

    None where nothing is left.
    """
    start, end = place.span.start_char, place.span.end_char
    before = EDGE_BEFORE.match(text, start, end)
    start = before.end() if before else start
    after = EDGE_AFTER.search(text[start:end])
    end = start + after.start() if after else end
    start, end = _widen(text, start, end, gazetteer)
    return replace(place, span=Span(start_char=start, end_char=end)) if start < end else None


def _widen(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[int, int]:
    """The bounds with the word or mark beside them that belongs to the name: "New", "County", "Calif."."""
    if text[end : end + 1] == "." and 2 < end - start < LONGEST_ABBREVIATION:
        candidates = gazetteer.find_candidates(text[start:end])
        if any(c.name_kind == "abbreviation" for c in candidates[:3]):
            return start, end + 1
    before = FIRST_WORD.search(text, max(start - 8, 0), start)
    if before and gazetteer.find_candidates(text[before.start() : end]):
        return before.start(), end
    after = LAST_WORD.match(text, end, end + 14)
    if after and gazetteer.find_candidates(text[start : after.end()]):
        return start, after.end()
    return start, end


def _join_hyphened(text: str, places: Sequence[FoundPlace], gazetteer: Gazetteer) -> Iterator[FoundPlace]:
    """The toponyms, two that a hyphen alone parts made one where the gazetteer has them as one."""
    last: FoundPlace | None = None
    for place in places:
        if last is not None and text[last.span.end_char : place.span.start_char] in HYPHENS:
            whole = Span(start_char=last.span.start_char, end_char=place.span.end_char)
            if gazetteer.find_candidates(whole.of(text)):
                last = replace(last, span=whole)
                continue
        if last is not None:
            yield last
        last = place
    if last is not None:
        yield last


def _find_landmarks(
    page: Page, kept: Sequence[FoundPlace], found: Found, gazetteer: Gazetteer
) -> list[FoundPlace]:
    """Names that the model takes for a location or building, and the gazetteer for nothing but a landmark."""
    return [
        FoundPlace(span=name.span, sense="literal", sureness=name.sureness)
        for name in found.names
        if name.kind in LANDMARK_NAMES
        and (candidates := gazetteer.find_candidates(name.span.of(page.text)))
        and all(candidate.entry.kind in LANDMARKS for candidate in candidates)
    ]


def _find_missed(
    page: Page, kept: Sequence[FoundPlace], taken: Sequence[Span], gazetteer: Gazetteer
) -> list[FoundPlace]:
    """Names that stand alone and were not found: of countries, their people and divisions, or found elsewhere
    in the article.
    """
    free = list(_iter_free_names(page, taken))
    known = gazetteer.find_well_known([name for name, _ in free])
    seen = {p.span.of(page.text).casefold() for p in kept if p.sureness >= SURE}
    return [
        FoundPlace(
            span=span,
            sense="associative" if name in known and _is_people(known[name]) else "literal",
            sureness=ADDED_SURENESS,
        )
        for name, span in free
        if name.casefold() in seen or any(_is_sure(candidate) for candidate in known.get(name, ()))
    ]


def _iter_free_names(page: Page, taken: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Runs of words with capitals that share nothing with a span that is taken."""
    spans = iter(sorted(taken))
    span = next(spans, None)
    for start, end in page.paragraphs:
        for first, last in iter_runs(page.text, start, end):
            while span is not None and span.end_char <= first:
                span = next(spans, None)
            if span is not None and span.start_char < last:
                continue
            run = page.text[first:last]
            name = run if "." in run[:-1] else POSSESSIVE.sub("", run.rstrip("."))
            if len(name) > 3 or (len(name) == 2 and name.isupper()):
                yield name, Span(start_char=first, end_char=first + len(name))


def _is_sure(candidate: PlaceCandidate) -> bool:
    if candidate.entry.kind == "country":
        return candidate.name_kind in ("name", "people")
    return (
        candidate.entry.kind == "region"
        and candidate.name_kind == "name"
        and candidate.entry.country in DIVISIONS_OF
        and candidate.entry.entry_id.startswith("iso3166-2:")
    )


def _is_people(candidates: Sequence[PlaceCandidate]) -> bool:
    return all(candidate.name_kind == "people" for candidate in candidates)
