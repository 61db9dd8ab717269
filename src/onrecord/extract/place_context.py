"""What an article as a whole tells of its places: groups of the same name, and features of each candidate.

In: toponyms and a gazetteer. Out: arrays with one row for each candidate of each name, which the scorer weighs.
An article writes about few areas: candidates that lie in the same country and division as the other names, and
near them, are the likely ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log, log10
from typing import TYPE_CHECKING, Any, Protocol

from onrecord.extract.toponyms import Toponym, Want
from onrecord.record import GazetteerEntry

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


class PlaceCandidate(Protocol):
    """An entry that goes by a name.

    `name_kind` is how: "name", "alternate", "abbreviation", "people", "short". `admin1` is the first
    division it lies in.
    """

    @property
    def entry(self) -> GazetteerEntry: ...
    @property
    def name_kind(self) -> str: ...
    @property
    def population(self) -> int: ...
    @property
    def admin1(self) -> str | None: ...
    @property
    def is_capital(self) -> bool: ...


class Gazetteer(Protocol):
    """Places by name."""

    def find_candidates(self, name: str) -> Sequence[PlaceCandidate]:
        """The entries that go by a name, however it is written; empty where there is none."""
        ...

    def find_well_known(self, names: Sequence[str]) -> Mapping[str, Sequence[PlaceCandidate]]:
        """Of many names those of countries, divisions and large settlements, each with these."""
        ...


@dataclass(slots=True, kw_only=True)
class Group:
    """The toponyms of an article that share a name, and what they may mean.

    `found_by` is the form that was found. `holders` are the areas that are named as holding it, `listed`
    where that may be a list. `longer` are the entries of longer names in the article that begin or end with
    this one. `inside` are the members that only hold the name ("Harlow High Court"). `is_context` marks names that are read only for what they tell of others.
    """

    members: list[int]
    candidates: Sequence[PlaceCandidate]
    found_by: str
    want: Want | None
    holders: list[PlaceCandidate]
    listed: bool
    holds: list[PlaceCandidate]
    longer: frozenset[str] = frozenset()
    inside: set[int] = field(default_factory=set)
    is_context: bool = False
    is_home: bool = False


STATIC = (
    "population", "largest", "share", "settlement", "country", "region", "county", "area", "water", "facility",
    "alternate", "abbreviation", "people", "short", "wanted", "unwanted", "held", "unheld", "held_in_list",
    "holds", "home_country", "has_point", "short_unwanted", "village", "capital", "alternate_only", "people_country",
    "longer", "longer_county", "style", "style_other",
)  # fmt: skip
SHARED = (
    "same_country", "same_division", "division_named", "country_named", "near", "nearest", "crowd", "lonely",
    "home_near",
)  # fmt: skip
FEATURES = STATIC + SHARED
NEAR_KM = 60.0
CROWD_KM = 250.0
CONTEXT_PER_NAME = 4


def group_toponyms(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Group]:
    """The groups of an article, in the order of their first mention; names without a candidate have none."""
    groups: dict[tuple[str, Want | None], Group] = {}
    previous: Group | None = None
    for number, toponym in enumerate(toponyms):
        form, candidates, want = _look_up(toponym, gazetteer)
        is_inside = False
        if not candidates:
            form, candidates = _look_inside(toponym, gazetteer, [key[0] for key in groups])
            is_inside = bool(candidates)
        holders = _holders_of(toponym, gazetteer)
        key = (form.casefold(), None if is_inside else want)
        group = groups.setdefault(
            key,
            Group(
                members=[], candidates=candidates, found_by=form, want=key[1], holders=[], listed=False,
                holds=[],
            ),
        )  # fmt: skip
        if holders and (not group.holders or group.listed):
            group.holders, group.listed = holders, toponym.listed
        group.members.append(number)
        if is_inside:
            group.inside.add(number)
        if previous is not None and _follows(toponyms[number - 1], toponym):
            group.holds.extend(previous.candidates[:20])
        previous = group
    return _mark_longer(list(groups.values()))


def _mark_longer(groups: list[Group]) -> list[Group]:
    """The groups with the entries of the longer names that they may be short for."""
    words = [group.found_by.casefold().split() for group in groups]
    for group, own in zip(groups, words, strict=True):
        longer = [
            candidate.entry.entry_id
            for other, its in zip(groups, words, strict=True)
            if len(its) > len(own) and own in (its[: len(own)], its[-len(own) :])
            for candidate in other.candidates
        ]
        if longer and not any(is_holder(c) and kind_of(c) != "county" for c in group.candidates):
            _take_over(group, groups, frozenset(longer))
    return groups


def _take_over(group: Group, groups: Sequence[Group], longer: frozenset[str]) -> None:
    """Adds what the longer names may mean to what the short one may."""
    known = {c.entry.entry_id for c in group.candidates}
    added = {
        c.entry.entry_id: c
        for other in groups
        for c in other.candidates
        if c.entry.entry_id in longer - known and c.entry.kind == "settlement"
    }
    group.longer = longer
    group.candidates = (*group.candidates, *added.values())


def _follows(one: Toponym, other: Toponym) -> bool:
    """Whether the other name stands right behind a comma after the first."""
    return bool(one.container) and 0 < other.span.start_char - one.span.end_char <= 2


def _look_up(
    toponym: Toponym, gazetteer: Gazetteer
) -> tuple[str, Sequence[PlaceCandidate], Want | None]:
    """The first form that the gazetteer has, what it may mean, and the kind that is wanted of it."""
    for number, form in enumerate(toponym.lookups):
        want = toponym.want or (toponym.inner_want if number else None)
        candidates = _fitting(gazetteer.find_candidates(form), want)
        if candidates:
            return form, candidates, want
    return toponym.lookups[0], (), toponym.want


def _fitting(candidates: Sequence[PlaceCandidate], want: Want | None) -> Sequence[PlaceCandidate]:
    """The candidates of the kind that is wanted, all of them where there is none.

    A water is never anything else: "Harlow River" is not the town.
    """
    if want is None:
        return candidates
    fitting = [c for c in candidates if _fits(kind_of(c), c, want)]
    return fitting if fitting or want == "water" else candidates


def _look_inside(
    toponym: Toponym, gazetteer: Gazetteer, known: Sequence[str]
) -> tuple[str, Sequence[PlaceCandidate]]:
    """The longest name of a well-known place, or of one this article names, inside a longer name."""
    words = toponym.lookups[0].split()
    parts = [
        " ".join(words[start : start + size])
        for size in range(min(len(words) - 1, LONGEST_INSIDE), 0, -1)
        for start in range(len(words) - size + 1)
    ]
    parts = [part for part in parts if part[:1].isupper() and len(part) > 1]
    if not parts:
        return toponym.lookups[0], ()
    well_known = gazetteer.find_well_known(parts)
    for part in parts:
        if part in well_known or part.casefold() in known:
            return part, gazetteer.find_candidates(part)
    return toponym.lookups[0], ()


LONGEST_INSIDE = 4  # words


def _holders_of(toponym: Toponym, gazetteer: Gazetteer) -> list[PlaceCandidate]:
    """The areas that the first name after the comma may mean."""
    for name in toponym.container:
        found = [c for c in gazetteer.find_candidates(name) if is_holder(c)]
        if found:
            return found
    return []


def is_holder(candidate: PlaceCandidate) -> bool:
    """Whether it is a country or a division, by its own name or an abbreviation."""
    return candidate.entry.kind in ("country", "region") and candidate.name_kind in ("name", "abbreviation")


def holds(holder: PlaceCandidate, held: PlaceCandidate) -> bool:
    """Whether a country or division holds a place."""
    if held.entry.entry_id == holder.entry.entry_id or held.entry.country != holder.entry.country:
        return False
    if holder.entry.kind == "country":
        return held.entry.kind != "country"
    if holder.entry.entry_id.startswith("fips:"):
        return held.entry.subdivision == holder.entry.subdivision and not is_division(held)
    if is_division(held):
        return False
    if holder.admin1 is not None and held.admin1 is not None:
        return held.admin1 == holder.admin1
    return held.entry.subdivision == holder.entry.subdivision


def is_division(candidate: PlaceCandidate) -> bool:
    """Whether it is a division of the first order or one that ISO names."""
    return candidate.entry.entry_id.startswith("iso3166-2:")


def kind_of(candidate: PlaceCandidate) -> str:
    """The kind as features tell it: counties apart from regions, continents with the areas."""
    if candidate.entry.entry_id.startswith("fips:"):
        return "county"
    return "area" if candidate.entry.kind == "continent" else candidate.entry.kind


def static_features(
    group: Group, home_country: str | None, style: Mapping[str, float]
) -> list[list[float]]:
    """What each candidate of a group tells by itself."""
    people = [c.population for c in group.candidates if c.entry.kind == "settlement"]
    largest, total = max(people, default=0), sum(people) or 1
    rows = []
    for candidate in group.candidates:
        row = _static_row(candidate, group, largest, total, home_country)
        own = style.get(candidate.entry.country or "", 0.0)
        row |= {"style": own, "style_other": 0.0 if own or not candidate.entry.country else sum(style.values())}
        rows.append([row.get(name, 0.0) for name in STATIC])
    return rows


def _static_row(
    candidate: PlaceCandidate, group: Group, largest: int, total: int, home_country: str | None
) -> dict[str, float]:
    kind, entry = kind_of(candidate), candidate.entry
    settled = kind == "settlement"
    population = candidate.population if settled else 0
    wanted = group.want is not None and _fits(kind, candidate, group.want)
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


def _fits(kind: str, candidate: PlaceCandidate, want: Want) -> bool:
    if want == "region":
        return kind == "region"
    if want == "county":
        return kind == "county" or (kind == "region" and candidate.entry.country != "US")
    return kind == want


def add_context_names(
    groups: list[Group], names: Mapping[str, Sequence[PlaceCandidate]], *, home: str = ""
) -> list[Group]:
    """The groups with those of names that were read beside the toponyms, which tell of the others alone.

    `home` is the one of them that is the outlet's own place.
    """
    known = {group.found_by.casefold() for group in groups}
    return groups + [
        Group(
            members=[], candidates=candidates, found_by=name, want=None, holders=[], listed=False, holds=[],
            is_context=True, is_home=name == home,
        )
        for name, candidates in names.items()
        if candidates and name.casefold() not in known
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known beside the toponyms: the outlet's country, the point of the dateline, and how much the
    article's words are those of each country's news.
    """

    country: str | None = None
    dateline: tuple[float, float] | None = None
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
            [row for group in groups for row in static_features(group, surroundings.country, surroundings.style)],
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
        home = surroundings.dateline
        self.home = None if home is None else _unit_vectors(np.array([home[0]]), np.array([home[1]]))

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
        found[:, 7] = (others < 1) * 1.0
        if self.home is not None:
            found[:, 8] = np.nan_to_num(np.exp(-_distances(self.points, self.home)[:, 0] / 100.0))
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
