"""Where place names stand: what the model found, with their edges mended, and sure names that it missed.

In: the found toponyms and the page. Out: toponyms in order, flat.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.extract.found import Found, FoundPlace
from onrecord.extract.page import Page
from onrecord.extract.place_groups import Gazetteer, PlaceCandidate
from onrecord.extract.toponyms import CAPITALISED, POSSESSIVE
from onrecord.record import Span

EDGE_BEFORE = re.compile(r"(?:[\s\"“”‘’'(\[,;:.–—-]|(?:the|The)\s)+")
EDGE_AFTER = re.compile(r"(?:['’]s|[\s\"“”‘’')\],;:–—-])+$")
# A name that stands alone and is that of a country, its people or one of these countries' divisions is a
# toponym in 95 of 100 cases: measured on every second document of the two corpora that is not held out.
DIVISIONS_OF = frozenset({"US", "CA"})
ADDED_SURENESS = 0.9
OTHER_NAMES = frozenset({"person", "organisation", "product", "facility"})


def find_spans(page: Page, found: Found, gazetteer: Gazetteer) -> list[FoundPlace]:
    """The toponyms of the article."""
    mended = (mend_edges(page.text, place) for place in found.places)
    kept: list[FoundPlace] = []
    for place in sorted((p for p in mended if p), key=lambda p: p.span):
        if not kept or kept[-1].span.end_char <= place.span.start_char:
            kept.append(place)
    taken = [p.span for p in kept] + [name.span for name in found.names if name.kind in OTHER_NAMES]
    return sorted([*kept, *_find_missed(page, taken, gazetteer)], key=lambda p: p.span)


def mend_edges(text: str, place: FoundPlace) -> FoundPlace | None:
    """The toponym without articles, marks and a possessive at its edges; None where nothing is left."""
    start, end = place.span.start_char, place.span.end_char
    before = EDGE_BEFORE.match(text, start, end)
    start = before.end() if before else start
    after = EDGE_AFTER.search(text[start:end])
    end = start + after.start() if after else end
    return replace(place, span=Span(start_char=start, end_char=end)) if start < end else None


def _find_missed(page: Page, taken: Sequence[Span], gazetteer: Gazetteer) -> list[FoundPlace]:
    """Names of countries, of their people, and of divisions, that stand alone and were not found."""
    free = list(_iter_free_names(page, taken))
    known = gazetteer.find_well_known([name for name, _ in free])
    return [
        FoundPlace(
            span=span, sense="associative" if _is_people(known[name]) else "literal", sureness=ADDED_SURENESS
        )
        for name, span in free
        if any(_is_sure(candidate) for candidate in known.get(name, ()))
    ]


def _iter_free_names(page: Page, taken: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Runs of words with capitals that share nothing with a span that is taken."""
    spans = iter(sorted(taken))
    span = next(spans, None)
    for start, end in page.paragraphs:
        for match in CAPITALISED.finditer(page.text, start, end):
            while span is not None and span.end_char <= match.start():
                span = next(spans, None)
            if span is not None and span.start_char < match.end():
                continue
            name = match[0] if "." in match[0][:-1] else POSSESSIVE.sub("", match[0].rstrip("."))
            if len(name) > 3 or (len(name) == 2 and name.isupper()):
                yield name, Span(start_char=match.start(), end_char=match.start() + len(name))


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
