"""A record seen from afar: how much of what there is in the answer to a question, and what is new."""

from dataclasses import dataclass
from typing import Literal

TimeUnit = Literal["year", "month", "day", "hour"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many statements share a value: `value` is what a filter takes, `name` what a reader is shown."""

    value: str
    name: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What the statements that answer a question have in common, most first.

    Counted are the first `counted` of them in the question's order; `complete` tells whether these are all.
    """

    counted: int
    complete: bool
    speakers: tuple[Tally, ...] = ()
    outlets: tuple[Tally, ...] = ()
    forms: tuple[Tally, ...] = ()
    modes: tuple[Tally, ...] = ()
    places: tuple[Tally, ...] = ()
    statuses: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A year, month, day or hour in EDTF ("2024-03", "2024-03-20T15"), and how many statements are of it."""

    start: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When the statements that answer a question were said, else published; times without any are left out.

    `undated` have no moment at all; `coarse` one that is no finer than the unit can tell (a day where hours
    are asked for): they are in the first bucket that holds it, or, of one said on the day
    of its publication, in that of the publication. None where `complete` is false: then only the first
    `counted` in the question's order are in the buckets; `coarse` also where to look would take too long.
    """

    unit: TimeUnit
    buckets: tuple[Bucket, ...]
    counted: int
    complete: bool
    undated: int | None = None
    coarse: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTally:
    """A place of the gazetteer, and how many statements were said there or speak of it.

    `radius_km` is how far the place reaches around its coordinates (degrees north and east): a country's is
    hundreds, and a mark on a map must not pretend otherwise.
    """

    place: str
    name: str
    kind: str | None
    country: str | None
    latitude: float
    longitude: float
    radius_km: float | None
    said_in: int
    about: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """The places of the statements that answer a question, most first, counted among the first `counted`.

    `placeless` of these have no place with coordinates.
    """

    counted: int
    complete: bool
    placeless: int
    places: tuple[PlaceTally, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article in a list: what its page says of itself, and how many statements were read from it."""

    article_id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLines:
    """Articles in order; `next` asks for those after them."""

    listed: tuple[ArticleLine, ...]
    next: str | None = None
