"""Groups: the toponyms of an article that share a name, with what the name may mean.

In: toponyms and a gazetteer. Out: groups with their candidates, and what the words beside the names tell of
them.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol

from onrecord.extract.toponyms import Toponym, Want
from onrecord.record import GazetteerEntry


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
    this one. `inside` are the members that only hold the name ("Harlow High Court"). `is_context` marks
    names that are read only for what they tell of others, `is_home` the outlet's or the dateline's own.
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


def group_toponyms(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Group]:
    """The groups of an article, in the order of their first mention; names without a candidate have none."""
    groups: dict[tuple[str, Want | None], Group] = {}
    previous: Group | None = None
    for number, toponym in enumerate(toponyms):
        form, candidates, want = _look_up(toponym, gazetteer)
        is_inside = False
        if not candidates and toponym.inner_want != "water":  # rivers run far from what they are named after
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


def _look_up(toponym: Toponym, gazetteer: Gazetteer) -> tuple[str, Sequence[PlaceCandidate], Want | None]:
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
    fitting = [c for c in candidates if fits_want(kind_of(c), c, want)]
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


def fits_want(kind: str, candidate: PlaceCandidate, want: Want) -> bool:
    if want == "region":
        return kind == "region"
    if want == "county":
        return kind == "county" or (kind == "region" and candidate.entry.country != "US")
    return kind == want


def add_context_names(
    groups: list[Group], names: Mapping[str, Sequence[PlaceCandidate]], *, homes: Set[str] = frozenset()
) -> list[Group]:
    """The groups with those of names that were read beside the toponyms, which tell of the others alone.

    `homes` are those of them that are the outlet's own place or the dateline's.
    """
    known = {group.found_by.casefold() for group in groups}
    return groups + [
        Group(
            members=[], candidates=candidates, found_by=name, want=None, holders=[], listed=False, holds=[],
            is_context=True, is_home=name in homes,
        )
        for name, candidates in names.items()
        if candidates and name.casefold() not in known
    ]  # fmt: skip
