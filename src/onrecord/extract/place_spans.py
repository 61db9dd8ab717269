"""Where place names stand: what the model found, with their edges mended.

In: the found toponyms and the page. Out: toponyms in order, flat.
"""

import re
from dataclasses import replace

from onrecord.extract.found import Found, FoundPlace
from onrecord.extract.page import Page
from onrecord.extract.place_groups import Gazetteer
from onrecord.record import Span

EDGE_BEFORE = re.compile(r"(?:[\s\"“”‘’'(\[,;:.–—-]|(?:the|The)\s)+")
EDGE_AFTER = re.compile(r"(?:['’]s|[\s\"“”‘’')\],;:–—-])+$")


def find_spans(page: Page, found: Found, gazetteer: Gazetteer) -> list[FoundPlace]:
    """The toponyms of the article."""
    mended = (mend_edges(page.text, place) for place in found.places)
    kept: list[FoundPlace] = []
    for place in sorted((p for p in mended if p), key=lambda p: p.span):
        if not kept or kept[-1].span.end_char <= place.span.start_char:
            kept.append(place)
    return kept


def mend_edges(text: str, place: FoundPlace) -> FoundPlace | None:
    """The toponym without articles, marks and a possessive at its edges; None where nothing is left."""
    start, end = place.span.start_char, place.span.end_char
    before = EDGE_BEFORE.match(text, start, end)
    start = before.end() if before else start
    after = EDGE_AFTER.search(text[start:end])
    end = start + after.start() if after else end
    return replace(place, span=Span(start_char=start, end_char=end)) if start < end else None
