"""The filters of places: a name, an id, a code of a country, or a distance in, conditions on facets out."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from onrecord.errors import QueryError
from onrecord.record import fold_name
from onrecord.store.index_facets import country_facet, place_facet, subdivision_facet
from onrecord.store.index_tables import place_names, places
from onrecord.store.search_asked import Condition
from onrecord.store.search_near import find_near

NAMED = 6
EARTH_KM = 6371.0088  # the mean radius (IUGG)
KM_A_DEGREE = 110.5  # the shortest a degree of latitude gets, so that a box is never too small
HALF_ROUND_KM = 20_020.0
# A list of rows is opened for each: four thousand take about two hundredths of a second.
MOST_PLACES = 4_000
_COUNTRY = re.compile(r"[A-Z]{2}")
_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def place_condition(connection: Connection, asked: str) -> Condition:
    """The filter of a place by name, gazetteer id, or ISO 3166 code; countries and regions hold theirs."""
    wanted = asked.strip()
    if _COUNTRY.fullmatch(wanted):
        return Condition(field="place", asked=asked, groups=((country_facet(wanted),),))
    if _SUBDIVISION.fullmatch(wanted):
        return Condition(field="place", asked=asked, groups=((subdivision_facet(wanted),),))
    rows = _find_places(connection, wanted)
    if not rows:
        return Condition(field="place", asked=asked, groups=((),), notes=(_unknown(connection, asked),))
    tokens = dict.fromkeys(token for row in rows for token in _tokens_of(row))
    notes = []
    if len(rows) > 1:
        listed = ", ".join(_show_place(row) for row in rows[:NAMED])
        more = f" and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
        notes.append(f"“{asked}” was taken for every place so named: {listed}{more}.")
    if any(len(_tokens_of(row)) > 1 for row in rows):
        notes.append(f"“{asked}” was taken with all places in it.")
    return Condition(field="place", asked=asked, groups=(tuple(tokens),), notes=tuple(notes))


def _find_places(connection: Connection, wanted: str) -> Sequence[Any]:
    by_id = connection.execute(select(places).where(places.c.place == wanted)).all()
    folded = fold_name(wanted)
    if by_id or not folded:
        return by_id
    named = select(place_names.c.place_key).where(place_names.c.folded == folded)
    found = select(places).where(places.c.place_key.in_(named)).order_by(places.c.place_key)
    return connection.execute(found.limit(MOST_PLACES)).all()


def _tokens_of(row: Any) -> list[str]:
    tokens = [place_facet(row.place_key)]
    if row.kind == "country" and row.country:
        tokens.append(country_facet(row.country))
    elif row.kind == "region" and row.subdivision:
        tokens.append(subdivision_facet(row.subdivision))
    return tokens


def _show_place(row: Any) -> str:
    told = ", ".join(filter(None, (row.kind, row.subdivision or row.country)))
    return f"{row.name} ({told or 'not in the gazetteer'})"


def _unknown(connection: Connection, asked: str) -> str:
    near = find_near(connection, place_names.c.folded, fold_name(asked))
    rows = connection.execute(
        select(places.c.name)
        .join(place_names, place_names.c.place_key == places.c.place_key)
        .where(place_names.c.folded.in_(near))
        .limit(NAMED)
    )
    alike = ", ".join(dict.fromkeys(row.name for row in rows))
    told = f" Places with names like it: {alike}." if alike else ""
    return f"No statement here was made in or speaks of a place “{asked}”.{told}"


def near_condition(connection: Connection, near: tuple[float, float, float]) -> Condition:
    """The filter of a distance: places whose middle lies within it.

    A place that reaches farther from its middle than is asked for (a country, a region) is not near anything
    by its middle alone: it is left out, and a note says so.
    """
    latitude, longitude, km = _check_near(near)
    around = _list_box(connection, latitude, longitude, km)
    measured = [(distance_km(latitude, longitude, row.latitude, row.longitude), row) for row in around]
    within = [row for away, row in sorted(measured, key=lambda pair: pair[0]) if away <= km]
    wide = [row for row in within if row.radius_km is not None and row.radius_km > km]
    fit = [row for row in within if row.radius_km is None or row.radius_km <= km]
    asked = f"{latitude:g}, {longitude:g}, {km:g} km"
    groups = (tuple(place_facet(row.place_key) for row in fit[:MOST_PLACES]),)
    return Condition(field="near", asked=asked, groups=groups, notes=tuple(_tell_near(fit, wide, km)))


def _check_near(near: Iterable[Any]) -> tuple[float, float, float]:
    try:
        latitude, longitude, km = (float(value) for value in near)
    except (TypeError, ValueError):
        latitude = longitude = km = math.nan
    if not (abs(latitude) <= 90 and abs(longitude) <= 180 and 0 < km <= HALF_ROUND_KM):
        raise QueryError(
            f"{near!r:.80} is no place with a distance.",
            cure="Give degrees of latitude (-90 to 90) and longitude (-180 to 180), and kilometres above 0.",
        )
    return latitude, longitude, km


def _list_box(connection: Connection, latitude: float, longitude: float, km: float) -> Sequence[Any]:
    """The places in a box of degrees that holds the circle; all of them on the latitudes near a pole."""
    high = km / KM_A_DEGREE
    wanted = select(places).where(places.c.latitude.between(latitude - high, latitude + high))
    farthest = min(abs(latitude) + high, 90.0)
    # East and west a circle reaches farthest where the meridians are closest.
    shrunk = math.cos(math.radians(farthest))
    wide = 180.0 if shrunk < 0.01 else high / shrunk
    if wide < 180:
        longitudes = (longitude + turn for turn in (-360, 0, 360))
        wanted = wanted.where(
            or_(*(places.c.longitude.between(middle - wide, middle + wide) for middle in longitudes))
        )
    return connection.execute(wanted).all()


def distance_km(latitude: float, longitude: float, other: float, other_longitude: float) -> float:
    """Kilometres between two points on a ball (haversine).

    >>> round(distance_km(52.37, 4.89, 48.86, 2.35))
    430
    """
    north, south = math.radians(latitude), math.radians(other)
    up, along = north - south, math.radians(longitude - other_longitude)
    half = math.sin(up / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(along / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _tell_near(fit: Sequence[Any], wide: Sequence[Any], km: float) -> Iterable[str]:
    if not fit:
        yield f"No place that a statement was made in or speaks of lies within {km:g} km of there."
    if len(fit) > MOST_PLACES:
        yield f"Of {len(fit):,} places within {km:g} km the nearest {MOST_PLACES:,} were taken."
    if wide:
        listed = ", ".join(row.name for row in wide[:NAMED])
        yield f"Left out, because they reach farther than {km:g} km from their middle: {listed}" + (
            f" and {len(wide) - NAMED:,} more." if len(wide) > NAMED else "."
        )
