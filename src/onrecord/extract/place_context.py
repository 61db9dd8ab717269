"""What an article as a whole tells of its places: features of each candidate of each name.

In: groups of toponyms. Out: arrays with one row for each candidate, which the scorer weighs. An article
writes about few areas: candidates that lie in the same country and division as the other names, and near
them, are the likely ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log, log10
from typing import TYPE_CHECKING, Any

from onrecord.extract.place_groups import Group, PlaceCandidate, fits_want, holds, is_division, kind_of

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


STATIC = (
    "population", "largest", "share", "settlement", "country", "region", "county", "area", "water",
    "facility", "alternate", "abbreviation", "people", "short", "wanted", "unwanted", "held", "unheld",
    "held_in_list", "holds", "home_country", "has_point", "short_unwanted", "village", "capital",
    "alternate_only", "people_country", "longer", "longer_county", "style", "style_other",
)  # fmt: skip
SHARED = (
    "same_country", "same_division", "division_named", "country_named", "near", "nearest", "crowd",
)  # fmt: skip
FEATURES = STATIC + SHARED
NEAR_KM = 60.0
CROWD_KM = 250.0
CONTEXT_PER_NAME = 4


def static_features(group: Group, home_country: str | None, style: Mapping[str, float]) -> list[list[float]]:
    """What each candidate of a group tells by itself."""
    people = [c.population for c in group.candidates if c.entry.kind == "settlement"]
    largest, total = max(people, default=0), sum(people) or 1
    rows = []
    for candidate in group.candidates:
        row = _static_row(candidate, group, largest, total, home_country)
        own = style.get(candidate.entry.country or "", 0.0)
        row |= {
            "style": own,
            "style_other": 0.0 if own or not candidate.entry.country else sum(style.values()),
        }
        rows.append([row.get(name, 0.0) for name in STATIC])
    return rows


def _static_row(
    candidate: PlaceCandidate, group: Group, largest: int, total: int, home_country: str | None
) -> dict[str, float]:
    kind, entry = kind_of(candidate), candidate.entry
    settled = kind == "settlement"
    population = candidate.population if settled else 0
    wanted = group.want is not None and fits_want(kind, candidate, group.want)
    held = any(holds(h, candidate) for h in group.holders)
    return {
        "population": log10(population + 1) / 7,
        "largest": float(settled and population == largest),
        "share": population / total,
        kind: 1.0,
        candidate.name_kind: 1.0,
        "wanted": float(wanted),
        "unwanted": float(group.want is not None and not wanted),
        "held": float(held and not group.listed),
        "unheld": float(bool(group.holders) and not held and not group.listed),
        "held_in_list": float(held and group.listed),
        "holds": float(any(holds(candidate, c) for c in group.holds)),
        "home_country": float(home_country is not None and entry.country == home_country),
        "has_point": float(entry.latitude is not None),
        "short_unwanted": float(candidate.name_kind == "short" and not wanted),
        "village": float(settled and population < 2_000),
        "capital": float(candidate.is_capital),
        "alternate_only": float(candidate.name_kind == "alternate" and population < largest),
        "people_country": float(candidate.name_kind == "people" and kind == "country"),
        "longer": float(settled and entry.entry_id in group.longer),
        "longer_county": float(kind == "county" and entry.entry_id in group.longer),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known beside the toponyms: the outlet's country, and how much the article's words are those of
    each country's news.
    """

    country: str | None = None
    style: Mapping[str, float] = field(default_factory=dict)


class Context:
    """The candidates of all names of an article as arrays, and what each says of the others."""

    def __init__(self, groups: Sequence[Group], surroundings: Surroundings) -> None:
        import numpy as np

        self.groups = groups
        self.flat = [c for group in groups for c in group.candidates]
        counts = [len(group.candidates) for group in groups]
        self.group_of = np.repeat(np.arange(len(groups)), counts)
        self.starts = np.concatenate([[0], np.cumsum(counts)]).astype(int)
        self.static = np.array(
            [
                row
                for group in groups
                for row in static_features(group, surroundings.country, surroundings.style)
            ],
            dtype=float,
        ).reshape(-1, len(STATIC))
        entries = [c.entry for c in self.flat]
        lat = np.array([np.nan if e.latitude is None else e.latitude for e in entries])
        lon = np.array([np.nan if e.longitude is None else e.longitude for e in entries])
        self.points = _unit_vectors(lat, lon)
        self.is_local = np.array([kind_of(c) in ("settlement", "county", "facility") for c in self.flat])
        self.country = _numbers([e.country for e in entries])
        self.division = _numbers([c.admin1 for c in self.flat])
        self.is_division = np.array([is_division(c) for c in self.flat])
        self.is_country = np.array([e.kind == "country" for e in entries])
        self.weight = np.array([1.0 + log(max(len(g.members), 1)) + g.is_home for g in groups])

    def shared_features(self, sure: "Array") -> "Array":
        """What the other names tell of each candidate, given how sure each candidate is now."""
        import numpy as np

        total = len(self.flat)
        found = np.zeros((total, len(SHARED)))
        if not total:
            return found
        mass = sure * self.weight[self.group_of]
        others = max(self.weight.sum(), 1.0) - self.weight[self.group_of]
        scale = 1.0 / np.maximum(others, 1.0)
        found[:, 0] = self._share(self.country, mass) * scale
        found[:, 1] = self._share(self.division, np.where(self.is_country, 0, mass)) * scale
        found[:, 2] = np.minimum(self._share(self.division, np.where(self.is_division, sure, 0)), 1)
        found[:, 3] = np.minimum(self._share(self.country, np.where(self.is_country, sure, 0)), 1)
        near, nearest, crowd = self._near(sure)
        found[:, 4] = near * scale
        found[:, 5] = nearest
        found[:, 6] = crowd * scale
        return found

    def _share(self, labels: "Array", mass: "Array") -> "Array":
        """The mass of the other groups that has the same label; none for those without a label."""
        import numpy as np

        kept = np.where(labels > 0, mass, 0.0)
        count = int(labels.max()) + 1
        whole = np.bincount(labels, kept, count)
        own_key = self.group_of * count + labels
        own = np.bincount(own_key, kept, len(self.groups) * count)
        return np.where(labels > 0, whole[labels] - own[own_key], 0.0)

    def _near(self, sure: "Array") -> "tuple[Array, Array, Array]":
        """How much of the other names lies near each candidate, how near the nearest, and around it."""
        import numpy as np

        chosen = self._likely(sure)
        zero = np.zeros(len(self.flat))
        if not len(chosen):
            return zero, zero, zero
        distance = _distances(self.points, self.points[chosen])
        other = self.group_of[:, None] != self.group_of[chosen][None, :]
        weight = np.where(other, sure[chosen][None, :], 0.0)
        close = np.nan_to_num(np.exp(-distance / NEAR_KM)) * weight
        wide = np.nan_to_num(np.exp(-distance / CROWD_KM)) * weight
        local = self.is_local
        return close.sum(1) * local, close.max(1) * local, wide.sum(1) * local

    def _likely(self, sure: "Array") -> "Array":
        """The numbers of the candidates that may draw others: the likeliest of each name, with a point."""
        import numpy as np

        picked: list[int] = []
        for start, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            best = start + np.argsort(-sure[start:end], kind="stable")[:CONTEXT_PER_NAME]
            picked.extend(int(k) for k in best if sure[k] > 0.05 and self.is_local[k])
        return np.array([k for k in picked if not np.isnan(self.points[k, 0])], dtype=int)


def _numbers(labels: "Sequence[str | None]") -> "Array":
    """Each label as a number from 1, None as 0."""
    import numpy as np

    known: dict[str, int] = {}
    found = [0 if label is None else known.setdefault(label, len(known) + 1) for label in labels]
    return np.array(found, dtype=int)


def _unit_vectors(lat: "Array", lon: "Array") -> "Array":
    import numpy as np

    phi, theta = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)], axis=1)


def _distances(one: "Array", other: "Array") -> "Array":
    """Kilometres between each two points, given as unit vectors."""
    import numpy as np

    # The chord stands for the arc: within 1 % up to 3,000 km, and beyond that nothing is near.
    cosine = one @ other.T
    return np.sqrt(np.maximum(2.0 - 2.0 * cosine, 0.0)) * 6371.0
