"""Settlements by country and name, and the box that those of a division span: to place what has no point."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from onrecord.gazetteer.names import normalise_name

LATIN_END = "\u0250"  # names of divisions are in Latin letters; the other scripts need no look


class Town(NamedTuple):
    """A settlement, as far as divisions are placed by it."""

    population: int
    latitude: float
    longitude: float
    admin1: str
    name: str


class Settlements:
    """Where the settlements of each country and division are."""

    def __init__(self, cities: Iterable[dict[str, Any]]) -> None:
        self.by_admin1: dict[str, list[Town]] = defaultdict(list)
        # By country or division and name: under their own names, and under others.
        self._own: dict[tuple[str, str], Town] = {}
        self._alternate: dict[tuple[str, str], Town] = {}
        for city in cities:
            town = Town(
                city["population"],
                city["latitude"],
                city["longitude"],
                f"{city['countrycode']}.{city['admin1code']}",
                city["name"],
            )
            self.by_admin1[town.admin1].append(town)
            self._add(self._own, city["countrycode"], town, city["name"])
            if town.population >= 15_000:  # alternate names of villages match divisions by chance
                for name in city["alternatenames"]:
                    if "A" <= name[:1] < LATIN_END:
                        self._add(self._alternate, city["countrycode"], town, name)

    @staticmethod
    def _add(table: dict[tuple[str, str], Town], country: str, town: Town, name: str) -> None:
        norm = normalise_name(name)
        for key in ((country, norm), (town.admin1, norm)):
            known = table.get(key)
            if known is None or town.population > known.population:
                table[key] = town

    def find(self, within: str, name: str) -> Town | None:
        """The largest settlement of a country ("US") or division ("US.TX") that goes by this name."""
        key = (within, normalise_name(name))
        return self._own.get(key) or self._alternate.get(key)

    def box_of(self, admin1: str) -> tuple[float, float, float] | None:
        """The middle of the box around the settlements of a division, and half its diagonal in km.

        One settlement in fifty lies outside the box at each side: a few are entered far from where they are.
        """
        towns = self.by_admin1.get(admin1)
        if not towns:
            return None
        south, north = _trim([t.latitude for t in towns])
        west, east = _trim([t.longitude for t in towns])
        height, width = (north - south) * 111.2, (east - west) * 111.2 * 0.7
        radius = max(5.0, (height**2 + width**2) ** 0.5 / 2)
        return round((south + north) / 2, 2), round((west + east) / 2, 2), round(radius, 0)


def _trim(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    cut = len(ordered) // 50
    return ordered[cut], ordered[-1 - cut]
