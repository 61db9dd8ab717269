"""Figures of places: names found, and how far from the gold their entries lie.

In: documents with gold toponyms, and a function from a text to places. Out: counts that add up, and figures.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from math import asin, cos, log, radians, sin, sqrt
from statistics import mean, median

from eval.place_corpora import PlaceDocument, Toponym
from onrecord.record import GazetteerEntry, PlaceValue

NEAR_KM = 161.0  # a hundred miles, the usual bound
FURTHEST_KM = 20_038.0  # half the equator: the error of a place without a point


@dataclass(slots=True, kw_only=True)
class PlaceCounts:
    """What was counted over documents. `errors_km` has one distance for each gold name with a point that was
    found; of one that was found without an entry or point it is None.
    """

    documents: int = 0
    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    relaxed_gold: int = 0
    with_point: int = 0
    errors_km: list[float | None] = field(default_factory=list)

    def add(self, other: "PlaceCounts") -> None:
        """Adds what was counted over other documents."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def figures(self) -> dict[str, float]:
        """Percentages, distances in km, and the area under the curve of logarithms of errors (0 is best)."""
        placed = [e for e in self.errors_km if e is not None]
        near = sum(e <= NEAR_KM for e in placed)
        every = [FURTHEST_KM if e is None else e for e in self.errors_km]
        return {
            "strict_p": _percent(self.strict, self.found),
            "strict_r": _percent(self.strict, self.gold),
            "strict_f1": _f1(self.strict, self.strict, self.found, self.gold),
            "relaxed_f1": _f1(self.relaxed, self.relaxed_gold, self.found, self.gold),
            "near": _percent(near, len(every)),
            "near_of_placed": _percent(near, len(placed)),
            "placed": _percent(len(placed), len(every)),
            "mean_km": mean(placed) if placed else 0.0,
            "median_km": median(placed) if placed else 0.0,
            "auc": mean(log(e + 1) / log(FURTHEST_KM + 1) for e in every) if every else 0.0,
        }


def score(documents: Iterable[PlaceDocument], predict: Callable[[str], Sequence[PlaceValue]]) -> PlaceCounts:
    """The counts of all documents; `predict` is given the text of each."""
    return score_each(documents, lambda document: predict(document.text))


def score_each(
    documents: Iterable[PlaceDocument], predict: Callable[[PlaceDocument], Sequence[PlaceValue]]
) -> PlaceCounts:
    """The same, for a prediction that looks at more of a document than its text."""
    total = PlaceCounts()
    for document in documents:
        total.add(score_document(document, predict(document)))
    return total


def score_document(document: PlaceDocument, places: Sequence[PlaceValue]) -> PlaceCounts:
    """The counts of one document. A gold name is found where a place shares a character with it."""
    counts = PlaceCounts(documents=1, gold=len(document.toponyms), found=len(places))
    gold = {(t.start_char, t.end_char) for t in document.toponyms}
    counts.strict = sum((p.span.start_char, p.span.end_char) in gold for p in places)
    counts.relaxed = sum(any(_overlap(p, t) for t in document.toponyms) for p in places)
    for toponym in document.toponyms:
        match = best_overlap(toponym, places)
        counts.relaxed_gold += match is not None
        if toponym.lat is not None:
            counts.with_point += 1
            if match is not None:
                counts.errors_km.append(error_of(toponym, match.entry))
    return counts


def best_overlap(toponym: Toponym, places: Sequence[PlaceValue]) -> PlaceValue | None:
    """The place that shares most characters with the name, None where none does."""
    near = [p for p in places if _overlap(p, toponym)]
    return max(near, key=lambda p: _shared(p, toponym), default=None)


def _overlap(place: PlaceValue, toponym: Toponym) -> bool:
    return _shared(place, toponym) > 0


def _shared(place: PlaceValue, toponym: Toponym) -> int:
    return min(place.span.end_char, toponym.end_char) - max(place.span.start_char, toponym.start_char)


def error_of(toponym: Toponym, entry: GazetteerEntry | None) -> float | None:
    """Kilometres between an entry and the gold point; None where the entry has no point."""
    if entry is None or entry.latitude is None or entry.longitude is None:
        return None
    assert toponym.lat is not None
    assert toponym.lon is not None
    return distance_km((toponym.lat, toponym.lon), (entry.latitude, entry.longitude))


def is_right_entry(toponym: Toponym, entry: GazetteerEntry) -> bool:
    """Whether an entry is what the gold means: the same id, or a point so near that it can be no other."""
    if toponym.geonames_id is not None and entry.entry_id == f"geonames:{toponym.geonames_id}":
        return True
    if toponym.lat is None or not _can_be_kind(toponym, entry):
        return False
    error = error_of(toponym, entry)
    return error is not None and error <= (NEAR_KM if entry.kind != "settlement" else 30.0)


# The kinds of entries that a feature code of GeoNames can be, by how the code begins.
KINDS_OF_CODES = {
    "PCL": ("country",),
    "ADM": ("region", "area"),
    "PPL": ("settlement",),
    "CONT": ("continent",),
}


def _can_be_kind(toponym: Toponym, entry: GazetteerEntry) -> bool:
    code = toponym.annotation or ""
    kinds = next((kinds for start, kinds in KINDS_OF_CODES.items() if code.startswith(start)), None)
    return kinds is None or entry.kind in kinds


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points along the sphere.

    >>> round(distance_km((0.0, 0.0), (0.0, 1.0)))
    111
    """
    (a, b), (c, d) = ((radians(lat), radians(lon)) for lat, lon in (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 0.0


def _f1(found_right: int, gold_right: int, found: int, gold: int) -> float:
    precision, recall = _percent(found_right, found), _percent(gold_right, gold)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
