"""Places: each place name of an article with the entry of the gazetteer that it means.

In: the toponyms that the model found, the page, and a gazetteer. Out: places in the order of the text, each with
its kind, its use, the runners-up, and what is unknown with the reason.
"""

from collections.abc import Sequence
from itertools import pairwise

from onrecord.extract.found import Found, FoundPlace
from onrecord.extract.page import Page
from onrecord.extract.place_context import (
    Context,
    Gazetteer,
    Group,
    PlaceCandidate,
    group_toponyms,
)
from onrecord.extract.place_scores import weigh_candidates
from onrecord.extract.place_spans import find_spans
from onrecord.extract.place_use import use_of
from onrecord.extract.toponyms import Toponym, read_toponyms
from onrecord.record import Origin, PlaceValue, Span, Unknown, place_id_of

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
    groups = group_toponyms(toponyms, gazetteer)
    context = Context(groups, country_of_host(home), dateline_point(toponyms, groups, dateline))
    sure = weigh_candidates(context)
    values: dict[int, PlaceValue] = {}
    for group, (start, end) in zip(groups, pairwise(int(s) for s in context.starts), strict=True):
        ranked = sorted(zip(sure[start:end], group.candidates, strict=True), key=lambda pair: -pair[0])
        for member in group.members:
            values[member] = _make_place(article_id, page, heads[member], toponyms[member], group, ranked)
    return tuple(values[k] for k in sorted(values))


def read_context(text: str, spans: Sequence[Span], gazetteer: Gazetteer, *, home: str | None = None) -> Context:
    """The context of an article whose place names are known: what the weights are fitted on."""
    groups = group_toponyms(read_toponyms(text, spans), gazetteer)
    return Context(groups, country_of_host(home), None)


def country_of_host(host: str | None) -> str | None:
    """The country that the last part of a host's name tells, ISO 3166-1.

    >>> country_of_host("www.beltowncourier.co.uk"), country_of_host("beltowncourier.com")
    ('GB', None)
    """
    last = (host or "").strip(".").rpartition(".")[2].upper()
    if len(last) != 2 or last in SOLD_DOMAINS:
        return None
    return "GB" if last == "UK" else last


# Endings of countries under which anybody anywhere registers.
SOLD_DOMAINS = frozenset({"AI", "CC", "CO", "FM", "IO", "LY", "ME", "TV", "WS", "EU", "TO", "GG", "SH"})


def dateline_point(
    toponyms: Sequence[Toponym], groups: Sequence[Group], dateline: Span | None
) -> tuple[float, float] | None:
    """The point of the place in the dateline: of its most populous candidate, where that is a large one."""
    if dateline is None:
        return None
    for group in groups:
        if any(toponyms[m].span.overlaps(dateline) for m in group.members):
            best = max(group.candidates, key=lambda c: c.population, default=None)
            entry = best.entry if best and best.population >= LARGE else None
            if entry is not None and entry.latitude is not None and entry.longitude is not None:
                return entry.latitude, entry.longitude
    return None


LARGE = 100_000


def _make_place(
    article_id: str,
    page: Page,
    head: FoundPlace,
    toponym: Toponym,
    group: Group,
    ranked: Sequence[tuple[float, PlaceCandidate]],
) -> PlaceValue:
    text = head.span.of(page.text)
    best = ranked[0][1] if ranked else None
    runners = tuple(c.entry for p, c in ranked[1 : 1 + MOST_RUNNERS_UP] if p >= LEAST_RUNNER_UP)
    return PlaceValue(
        place_id=place_id_of(article_id, head.span),
        article_id=article_id,
        text=text,
        span=head.span,
        use=use_of(page.text, head, best),
        kind=best.entry.kind if best else None,
        entry=best.entry if best else None,
        runners_up=runners,
        confidence=round(float(ranked[0][0]), 3) if ranked else None,
        origin=Origin(kind="rule", name=f"places/{rule_of(group, best, len(ranked))}", version=VERSION),
        unknowns=() if best and best.entry.latitude is not None else (_unknown(text, best),),
    )


def rule_of(group: Group, best: PlaceCandidate | None, count: int) -> str:
    """The name of what decided: the words beside the name, or the article as a whole."""
    if best is None:
        return "not_in_gazetteer"
    if count == 1:
        return "only_candidate"
    if group.holders and not group.listed:
        return "held_by_named"
    return "kind_word" if group.want is not None else "article"


def _unknown(text: str, best: PlaceCandidate | None) -> Unknown:
    if best is None:
        return Unknown(field="entry", reason=f"The gazetteer has no place that goes by “{text}”.")
    return Unknown(field="coordinates", reason=f"The gazetteer has no point for {best.entry.name}.")
