"""The page ‘Search’: the words of an address in, the statements that answer out, and how to narrow them."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import OnrecordError, QueryError, WeightsError
from onrecord.record import Answer, Query
from onrecord.record.overview import Facets
from onrecord.serve import search_export
from onrecord.serve.asking import FIELDS, read_query
from onrecord.serve.faults import status_of
from onrecord.serve.filters import collect_given, make_form, name_speaker
from onrecord.serve.narrowing import (
    Narrow,
    address_of,
    list_years,
    make_chips,
    make_groups,
    tally_hits,
)
from onrecord.serve.overviews import count_once
from onrecord.serve.render import show_page
from onrecord.serve.room import Room, room_of
from onrecord.store.base import Store

SEE_OTHER = 303


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many answer, as it can be told: `told` is a phrase, `facets_of` says among which facets count."""

    told: str
    facets_of: str | None


def show_search(request: Request) -> Response:
    """What answers, or what is wrong with the question; the form stays filled."""
    params = request.query_params
    try:
        query = read_question(request)
        if any(not params[name].strip() for name in params):
            return RedirectResponse(address_of(query, after=query.after), status_code=SEE_OTHER)
        answer = room_of(request).collection.search(query)
    except (QueryError, WeightsError) as error:
        return _show_fault(request, error)
    return show_page(request, "search.html", **_lay_out(room_of(request), query, answer))


def read_question(request: Request) -> Query:
    """The question of an address; a sentence whose meaning is looked for puts the answer in its own order."""
    query = read_query(request.query_params)
    return query.narrow(sort="meaning") if query.meaning else query


def _show_fault(request: Request, error: OnrecordError) -> Response:
    """The same page with what is wrong, at its field where that can be told."""
    given = collect_given(request.query_params)
    named = next((name for name in FIELDS if given[name] and _names(error.problem, name)), None)
    faults = {named: error.cure or error.problem} if named else None
    form = make_form(given, faults=faults)
    return show_page(request, "search.html", status=status_of(error), form=form, error=error, answer=None)


def _names(problem: str, name: str) -> bool:
    """Whether an error is of a field: it says its name, or of "q" that it holds the words."""
    pattern = r"\bwords\b|'q'" if name == "q" else rf"\b{name}\b"
    return re.search(pattern, problem, re.IGNORECASE) is not None


def _lay_out(room: Room, query: Query, answer: Answer) -> dict[str, Any]:
    """All that the page shows of an answer."""
    store = room.store
    facets = _count_facets(store, query, answer)
    names = {tally.value: tally.name for tally in (*facets.speakers, *facets.places)}
    if query.speaker and query.speaker not in names:
        names.update({one.person_id: one.name for one in _find_named(store, query.speaker)})
    form = make_form(dict(_pairs(query)))
    chips = make_chips(query, names)
    return {
        "form": name_speaker(form, names[query.speaker]) if query.speaker in names else form,
        "error": None,
        "answer": answer,
        "query": query,
        "counted": tell_count(query, answer, facets),
        "chips": chips,
        "groups": make_groups(query, facets, _find_years(store, query)) if answer.hits else [],
        "own": address_of(query),
        "next": address_of(query, after=answer.next) if answer.next else None,
        "timeline": address_of(query, "/timeline", sort=None),
        "tries": _list_tries(query, chips),
        "formats": search_export.list_choices(query),
        "most_exported": search_export.MOST_EXPORTED,
    }


def _find_named(store: Store, speaker: str) -> tuple[Any, ...]:
    return store.find_people(speaker, limit=1) if speaker.startswith("person-") else ()


def _pairs(query: Query) -> list[tuple[str, str]]:
    """The fields of a question as they stand in its form."""
    pairs = []
    for name in FIELDS:
        value = getattr(query, "words" if name == "q" else name)
        if value is not None:
            shown = ",".join(f"{part:g}" for part in value) if isinstance(value, tuple) else str(value)
            pairs.append((name, shown))
    return pairs


def _count_facets(store: Store, query: Query, answer: Answer) -> Facets:
    if query.meaning or not answer.hits:
        return tally_hits(answer.hits)
    return count_facets(store, query)


def count_facets(store: Store, query: Query) -> Facets:
    """What all that answers has in common, as it was a moment ago."""
    whole = query.narrow(after=None, limit=Query().limit)
    return count_once(store, ("facets", whole), lambda: store.facets(whole))


def _find_years(store: Store, query: Query) -> list[Narrow]:
    """The years of an answer."""
    if query.meaning or query.when or query.scope == "article":
        return []
    whole = query.narrow(after=None, limit=Query().limit, sort="date")
    return list_years(query, count_once(store, ("years", whole), lambda: store.moments(whole, "year")))


def tell_count(query: Query, answer: Answer, facets: Facets) -> Counted:
    """How many answer, without a number that nobody counted."""
    if query.meaning:
        return Counted(told=f"the {len(answer.hits):,} nearest in meaning", facets_of="those shown here")
    if answer.total is not None or (facets.complete and query.scope == "statements"):
        total = answer.total if answer.total is not None else facets.counted
        told = f"{total:,} statement{'' if total == 1 else 's'}"
    else:
        told = f"more than {max(facets.counted, len(answer.hits)):,} statements"
    if facets.complete:
        return Counted(told=told, facets_of=None)
    order = "oldest" if query.sort == "oldest" else "newest"
    return Counted(told=told, facets_of=f"the {order} {facets.counted:,} of them")


def _list_tries(query: Query, chips: list[Any]) -> list[tuple[str, str]]:
    """Questions near to one that found nothing: what each is called, and its address."""
    tries = [(f"without “{chip.value}”", chip.address) for chip in chips] if len(chips) > 1 else []
    if query.words and query.scope == "statements":
        tries.append(("in the whole text of the articles", address_of(query, scope="article")))
        if not query.meaning:
            like = urlencode({"meaning": re.sub(r'["*]', "", query.words).strip()}, errors="replace")
            tries.append(("for what means much the same", f"/search?{like}"))
    return tries


ROUTES: list[BaseRoute] = [
    Route("/search", show_search),
    *search_export.ROUTES,
]
