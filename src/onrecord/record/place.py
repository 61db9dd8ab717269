"""Places: each place an article names, and which entry of the gazetteer it means."""

from dataclasses import dataclass
from typing import Literal

from onrecord.record.ids import content_id
from onrecord.record.span import Origin, Span, Unknown

PlaceKind = Literal["settlement", "region", "country", "continent", "water", "facility", "area"]
# What the words stand for: the place itself, those who govern it ("Washington said"), or what is
# of it ("Dutch farmers").
PlaceUse = Literal["place", "government", "modifier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerEntry:
    """A place of the gazetteer.

    `entry_id` names source and entry ("geonames:472757", "iso3166-2:RU-BEL"). `country` is ISO
    3166-1 alpha-2, `subdivision` ISO 3166-2. `latitude` and `longitude` are degrees (WGS 84) of
    its middle, `radius_km` how far from there the place may reach: the precision.
    """

    entry_id: str
    name: str
    kind: PlaceKind
    country: str | None = None
    subdivision: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceValue:
    """One mention of a place, resolved where it could be.

    `entry` is None where the gazetteer does not tell; `unknowns` say why. `runners_up` are the
    next likely entries, best first. `use` tells a place from a government that is named by it.
    `origin` names the rule that chose the entry.
    """

    place_id: str
    article_id: str
    text: str
    span: Span
    use: PlaceUse
    kind: PlaceKind | None = None
    entry: GazetteerEntry | None = None
    runners_up: tuple[GazetteerEntry, ...] = ()
    confidence: float | None = None
    origin: Origin
    unknowns: tuple[Unknown, ...] = ()


def spoken_name(place: PlaceValue) -> str:
    """What a place is called: as the article does, or as the gazetteer does where somebody said which it is.

    Such a place may stand at words that do not name it: the article's cue, where it names no place at all.
    """
    return place.entry.name if place.entry is not None and place.origin.kind == "given" else place.text


def place_id_of(article_id: str, span: Span) -> str:
    """The id of the place mention at this place of this article."""
    return content_id("place", article_id, f"{span.start_char}:{span.end_char}")
