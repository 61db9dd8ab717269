"""GeoJSON (RFC 7946): records as judged in, a feature for each place of each statement out.

A place is where something was said, or what it speaks of. A point is the middle of a place that reaches
`radius_km` from there; a place whose coordinates nobody knows is a feature without geometry (section
3.2). Statements without any place are counted in the member "onrecord".
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.export.base import ExportContext, Format, dump_json
from onrecord.export.columns import COLUMNS
from onrecord.export.rows import to_cell
from onrecord.export.scene import Scene, place_name, point_of, set_scene
from onrecord.record import Judged, PlaceValue, Statement

# What a feature tells of its statement, as the columns of the same names do.
TOLD = (
    "text", "speaker", "speaker_kind", "person_id", "form", "mode", "via", "said", "said_from", "said_to",
    "published", "outlet", "title", "url", "link", "status", "confidence", "statement_id", "article_id",
)  # fmt: skip
_READ = [column for column in COLUMNS if column.name in TOLD]
# A ten-thousandth of a degree is about ten metres: finer than any gazetteer's middle of a place.
DIGITS = 4
Node = dict[str, Any]


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many features were written."""
    stream.write(b'{"type":"FeatureCollection","features":[')
    features, statements, placeless, unlocated = 0, 0, 0, 0
    for judged in entries:
        scene = set_scene(judged)
        for statement in judged.record.statements:
            found = list(_features(statement, scene))
            for feature in found:
                stream.write((b",\n" if features else b"\n") + dump_json(feature))
                features += 1
                unlocated += feature["geometry"] is None
            statements += 1
            placeless += not found
    counts = {
        "statements": statements,
        "statements_without_place": placeless,
        "features": features,
        "features_without_coordinates": unlocated,
        "generator": context.generator,
    }
    stream.write(b'\n],"onrecord":' + dump_json(counts) + b"}\n")
    if placeless:
        context.say(f"{placeless:,} of {statements:,} statements name no place, so they are no features.")
    return features


def count_places(judged: Judged) -> int:
    """How many places the statements of a record have, each counted for each statement."""
    return sum(_count(statement) for statement in judged.record.statements)


def _count(statement: Statement) -> int:
    return (statement.said_in is not None) + len(statement.about.place_ids)


def _features(statement: Statement, scene: Scene) -> Iterator[Node]:
    if not _count(statement):
        return
    told = {column.name: column.read(statement, scene) for column in _READ}
    told = {
        name: to_cell(v) if isinstance(v, tuple) else v for name, v in told.items() if v not in (None, ())
    }
    said_in = scene.said_in(statement)
    if said_in is not None:
        yield _feature("said_in", said_in, told)
    for place in scene.about_places(statement):
        yield _feature("about", place, told)


def _feature(role: str, place: PlaceValue, told: Node) -> Node:
    entry, point = place.entry, point_of(place.entry)
    named = {
        "role": role,
        "place": place_name(place),
        "place_text": place.text,
        "place_use": place.use,
        "place_kind": entry.kind if entry else place.kind,
        "place_id": entry.entry_id if entry else None,
        "country": entry.country if entry else None,
        "radius_km": entry.radius_km if entry else None,
        "place_confidence": place.confidence,
        "place_unknown": "; ".join(f"{one.field}: {one.reason}" for one in place.unknowns) or None,
    }
    geometry = None
    if point:
        latitude, longitude = point
        geometry = {"type": "Point", "coordinates": [round(longitude, DIGITS), round(latitude, DIGITS)]}
    properties = {name: value for name, value in named.items() if value is not None} | told
    return {"type": "Feature", "geometry": geometry, "properties": properties}


FORMAT = Format(
    name="geojson",
    suffixes=(".geojson",),
    media_type="application/geo+json",
    describe="A map: each place where something was said, or that it speaks of.",
    write=write,
    unit="feature",
    count=count_places,
)
