"""Places: each place name of an article with the entry of the gazetteer that it means.

In: the toponyms that the model found, the page, and a gazetteer. Out: places in the order of the text, each
with its kind, its use, the runners-up, and what is unknown with the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.extract.found import Found, FoundPlace
from onrecord.extract.page import Page
from onrecord.extract.place_context import Context, Surroundings
from onrecord.extract.place_groups import (
    Gazetteer,
    Group,
    PlaceCandidate,
    add_context_names,
    group_toponyms,
)
from onrecord.extract.place_scores import weigh_candidates
from onrecord.extract.place_spans import find_spans
from onrecord.extract.place_surroundings import (
    country_of_host,
    country_style,
    town_of_dateline,
    town_of_outlet,
)
from onrecord.extract.place_use import use_of
from onrecord.extract.toponyms import Toponym, iter_other_names, kind_words, read_toponyms
from onrecord.record import GazetteerEntry, Origin, PlaceKind, PlaceValue, Span, Unknown, place_id_of

__all__ = ["Gazetteer", "PlaceCandidate", "make_places", "read_context"]

VERSION = "1"
MOST_RUNNERS_UP = 3
LEAST_RUNNER_UP = 0.01  # of probability: less is no rival


def make_places(
    article_id: str,
    page: Page,
    found: Found,
    gazetteer: Gazetteer,
    *,
    home: str | None = None,
    dateline: Span | None = None,
) -> tuple[PlaceValue, ...]:
    """The places that an article names, in order.

    `home` is the host of the article's outlet ("www.beltowncourier.co.uk"): its last part tells a country.
    `dateline` is the span of the dateline, whose place draws the others.
    """
    heads = find_spans(page, found, gazetteer)
    spans = [head.span for head in heads]
    toponyms = read_toponyms(page.text, spans)
    context = read_context(page.text, toponyms, gazetteer, home=home, dateline=dateline)
    groups = context.groups
    sure = weigh_candidates(context)
    values: dict[int, PlaceValue] = {}
    for group, (start, end) in zip(groups, pairwise(int(s) for s in context.starts), strict=True):
        ranked = sorted(zip(sure[start:end], group.candidates, strict=True), key=lambda pair: -pair[0])
        for member in group.members:
            values[member] = _make_place(article_id, page, heads[member], (group, member), ranked)
    return tuple(place_in_towns([values[k] for k in sorted(values)]))


def read_context(
    text: str,
    toponyms: Sequence[Toponym],
    gazetteer: Gazetteer,
    *,
    home: str | None = None,
    dateline: Span | None = None,
) -> Context:
    """The context of an article: what its toponyms may mean, and what is known beside them."""
    groups = group_toponyms(toponyms, gazetteer)
    names = read_other_names(text, [t.span for t in toponyms], gazetteer)
    homes = {name for name in (town_of_outlet(home), town_of_dateline(text, dateline)) if name}
    for name in homes:
        names[name] = gazetteer.find_candidates(name)
    surroundings = Surroundings(country=country_of_host(home), style=country_style(text))
    return Context(add_context_names(groups, names, homes=homes), surroundings)


def read_other_names(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer
) -> dict[str, Sequence[PlaceCandidate]]:
    """The well-known places named outside the toponyms; settlements only in the names of bodies."""
    others = dict(iter_other_names(text, spans))
    found: dict[str, Sequence[PlaceCandidate]] = {}
    for name, candidates in gazetteer.find_well_known(list(others)).items():
        kept = [c for c in candidates if others[name] or c.entry.kind != "settlement"]
        if kept:
            found[name] = kept
    return found


def _make_place(
    article_id: str,
    page: Page,
    head: FoundPlace,
    membership: tuple[Group, int],
    ranked: Sequence[tuple[float, PlaceCandidate]],
) -> PlaceValue:
    group, member = membership
    text = head.span.of(page.text)
    best = ranked[0][1] if ranked else None
    is_inside = member in group.inside
    runners = tuple(c.entry for p, c in ranked[1 : 1 + MOST_RUNNERS_UP] if p >= LEAST_RUNNER_UP)
    rule = "name_inside" if is_inside else rule_of(group, best, len(ranked))
    return PlaceValue(
        place_id=place_id_of(article_id, head.span),
        article_id=article_id,
        text=text,
        span=head.span,
        use=use_of(page.text, head, best),
        kind="facility" if is_inside else best.entry.kind if best else kind_by_words(text),
        entry=best.entry if best else None,
        runners_up=runners,
        confidence=round(float(ranked[0][0]), 3) if ranked else None,
        origin=Origin(kind="rule", name=f"places/{rule}", version=VERSION),
        unknowns=tuple(_unknowns(text, best, is_inside=is_inside)),
    )


def kind_by_words(text: str) -> PlaceKind | None:
    """The kind that the words of a name tell where the gazetteer does not know it: "Harlow Street"."""
    words = text.split()
    kinds = [kind_words()["after"].get(words[-1].lower().rstrip("."))] if words else []
    kinds += [kind_words()["before"].get(words[0].lower())] if len(words) > 1 else []
    told = next((kind for kind in kinds if kind), None)
    if told is None or told == "body":
        return None
    return "region" if told == "county" else told


def place_in_towns(places: Sequence[PlaceValue]) -> list[PlaceValue]:
    """The places, with buildings and streets that the gazetteer lacks set in the town named last before them.

    The entry is then that town, as far as which the precision goes; `unknowns` say so.
    """
    found: list[PlaceValue] = []
    town = next((p for p in places if _is_town(p)), None)
    for place in places:
        town = place if _is_town(place) else town
        is_lacking = place.entry is None and place.kind == "facility"
        found.append(_set_in_town(place, town.entry) if is_lacking and town and town.entry else place)
    return found


def _set_in_town(place: PlaceValue, town: GazetteerEntry) -> PlaceValue:
    reason = f"The gazetteer lacks “{place.text}”; it is taken to lie in {town.name}, named near it."
    return replace(
        place,
        entry=town,
        confidence=TOWN_CONFIDENCE,
        origin=Origin(kind="rule", name="places/in_town", version=VERSION),
        unknowns=(Unknown(field="coordinates", reason=reason),),
    )


TOWN_CONFIDENCE = 0.5


def _is_town(place: PlaceValue) -> bool:
    return place.kind == "settlement" and place.entry is not None and place.use == "place"


def rule_of(group: Group, best: PlaceCandidate | None, count: int) -> str:
    """The name of what decided: the words beside the name, or the article as a whole."""
    if best is None:
        return "not_in_gazetteer"
    if count == 1:
        return "only_candidate"
    if group.holders and not group.listed:
        return "held_by_named"
    return "kind_word" if group.want is not None else "article"


def _unknowns(text: str, best: PlaceCandidate | None, *, is_inside: bool) -> Iterator[Unknown]:
    if best is None:
        yield Unknown(field="entry", reason=f"The gazetteer has no place that goes by “{text}”.")
    elif is_inside:
        reason = f"The gazetteer lacks “{text}”; the entry is {best.entry.name}, which its name holds."
        yield Unknown(field="coordinates", reason=reason)
    elif best.entry.latitude is None:
        yield Unknown(field="coordinates", reason=f"The gazetteer has no point for {best.entry.name}.")
