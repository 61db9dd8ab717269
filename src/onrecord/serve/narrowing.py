"""How a question can be narrowed or widened: a question and its facets in, links out, each with its count."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.export.dates import show_moment
from onrecord.record import Hit, Query
from onrecord.record.overview import Facets, Moments, Tally
from onrecord.record.query import DEFAULT_LIMIT
from onrecord.serve.asking import FIELDS, write_query
from onrecord.serve.filters import LABELS, USUAL, show_choice

GROUPS = (
    ("speaker", "speakers", "Who said it"),
    ("outlet", "outlets", "Where it was published"),
    ("form", "forms", "How the words are given"),
    ("mode", "modes", "What the cue tells"),
    ("place", "places", "Places said in or spoken of"),
    ("status", "statuses", "Judged"),
)
SHOWN = 7  # of a group before the rest is folded away
MOST_YEARS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """A link that narrows: what it is called, how many answer it (None where nobody counted)."""

    name: str
    address: str
    statements: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Links of one kind, the first ones and those that are folded away."""

    title: str
    links: tuple[Narrow, ...]
    more: tuple[Narrow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is set, and the address of the same question without it."""

    label: str
    value: str
    address: str


def address_of(query: Query, page: str = "/search", **changed: Any) -> str:
    """The address of a page that asks this question, from its first answer on unless `after` is given."""
    asked = write_query(query, **{"after": None, **changed})
    if query.limit != DEFAULT_LIMIT:
        asked += f"{'&' if asked else ''}limit={query.limit}"
    return f"{page}?{asked}" if asked else page


def make_groups(query: Query, facets: Facets, years: Iterable[Narrow] = ()) -> list[Group]:
    """The groups in which there is something to choose."""
    groups = [
        _group(title, [_narrow(query, field, tally) for tally in getattr(facets, kind)])
        for field, kind, title in GROUPS
        if _is_choice(getattr(query, field), getattr(facets, kind))
    ]
    when = _group("When it was said, else published", list(years))
    return [group for group in (*groups[:2], when, *groups[2:]) if group.links]


def _is_choice(asked: str | None, tallies: tuple[Tally, ...]) -> bool:
    return len(tallies) > 1 or (asked is None and len(tallies) == 1)


def _group(title: str, links: list[Narrow]) -> Group:
    # One alone is not folded away: the fold would take as much room.
    shown = SHOWN if len(links) > SHOWN + 1 else len(links)
    return Group(title=title, links=tuple(links[:shown]), more=tuple(links[shown:]))


def _narrow(query: Query, field: str, tally: Tally) -> Narrow:
    name = tally.name if field in {"speaker", "outlet", "place"} else _show_short(tally.name)
    address = address_of(query, **{field: tally.value})
    return Narrow(name=name, address=address, statements=tally.statements)


def _show_short(value: str) -> str:
    return "not judged yet" if value == "unjudged" else value.replace("_", " ")


def list_years(query: Query, moments: Moments) -> list[Narrow]:
    """A link for each of the newest years, and one for all before; nothing where there is but one year."""
    newest = sorted(moments.buckets, key=lambda bucket: bucket.start, reverse=True)
    if len(newest) < 2 and moments.complete:
        return []
    # Of those that were counted, the oldest year may go on.
    whole = newest if moments.complete and len(newest) <= MOST_YEARS else newest[: MOST_YEARS - 1][:-1]
    links = [
        Narrow(name=one.start, address=address_of(query, when=one.start), statements=one.statements)
        for one in whole
    ]
    if len(whole) < len(newest):
        last = newest[len(whole)].start
        links.append(Narrow(name=f"{last} and before", address=address_of(query, when=f"../{last}")))
    return links


def make_chips(query: Query, names: Mapping[str, str]) -> list[Chip]:
    """Each filter that is set; `names` are what ids are called."""
    chips = []
    for name in FIELDS:
        field = "words" if name == "q" else name
        value = getattr(query, field)
        if value is None or name == "sort" or value == USUAL.get(name):
            continue
        usual = USUAL.get(name)
        chips.append(
            Chip(
                label=LABELS[name],
                value=_show_value(name, value, names),
                address=address_of(query, **{field: usual, **_follow(query, field)}),
            )
        )
    return chips


def _follow(query: Query, field: str) -> dict[str, Any]:
    """What must go with a filter that is taken away: an order that rests on it."""
    rests = {"words": "relevance", "meaning": "meaning"}.get(field)
    return {"sort": None} if rests and query.sort == rests else {}


def _show_value(name: str, value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, tuple):
        return f"{value[2]:g} km around {value[0]:g}, {value[1]:g}"
    text = str(value)
    if name in {"when", "said", "about_time", "published"}:
        return show_moment(text)
    return names.get(text) or (show_choice(text) if name in {"form", "mode", "via_kind", "status"} else text)


def tally_hits(hits: Iterable[Hit]) -> Facets:
    """What statements that are at hand have in common."""
    held = list(hits)
    names = {hit.person_id: hit.speaker or "" for hit in held if hit.person_id}
    return Facets(
        counted=len(held),
        complete=True,
        speakers=_tally((hit.person_id for hit in held), names),
        outlets=_tally(hit.outlet for hit in held),
        forms=_tally(hit.form for hit in held),
        modes=_tally(hit.mode for hit in held),
        statuses=_tally(hit.status or "unjudged" for hit in held),
    )


def _tally(values: Iterable[str | None], names: Mapping[str, str] | None = None) -> tuple[Tally, ...]:
    counted = Counter(value for value in values if value)
    best = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    told = names or {}
    return tuple(Tally(value=value, name=told.get(value, value), statements=count) for value, count in best)
