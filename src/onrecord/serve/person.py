"""The pages of people: `/people` finds them by name, `/people/{person_id}` tells what is on record of one."""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import UnknownIdError
from onrecord.record import Answer, Person, Query
from onrecord.record.overview import Facets, Moments
from onrecord.serve.asking import LONGEST, read_query
from onrecord.serve.judging import find_done
from onrecord.serve.overviews import count_once
from onrecord.serve.person_bars import lay_bars, sum_years
from onrecord.serve.person_digest import Digest, Topic, make_digest
from onrecord.serve.render import show_page
from onrecord.serve.room import room_of
from onrecord.serve.search import count_facets
from onrecord.serve.you import lead_to
from onrecord.store.base import Store

MOST_FOUND = 25
MOST_YEARS = 12
STATEMENTS = 10  # on a page
# Articles are read whole for roles and topics, some 2.5 ms each: few at once, more when asked for.
LOOKED, LOOKED_CLOSELY = 3, 30
# Seconds. What was counted of somebody counts anew at once when what they said becomes more or less.
FRESH = 300.0
MARK = "person-"


def show_people(request: Request) -> Response:
    """The people of a name; without one, those who are quoted most."""
    store, name = room_of(request).store, request.query_params.get("name", "").strip()
    if len(name) > LONGEST:
        told = f"A name of {len(name):,} characters is nobody's: give one of at most {LONGEST:,}."
        return _show_list(request, status=HTTPStatus.BAD_REQUEST, notes=(told,))
    if not name:
        return _show_list(request, facets=count_facets(store, Query()))
    found = store.find_people(name, limit=MOST_FOUND)
    notes = () if found else store.search(Query(speaker=name, limit=1)).notes
    return _show_list(request, name=name, found=found, notes=notes)


def _show_list(request: Request, *, status: int = HTTPStatus.OK, **shown: Any) -> Response:
    """The page that lists people: what is not given is not shown."""
    given = {"name": "", "found": (), "notes": (), "facets": None, "error": None, "most_found": MOST_FOUND}
    return show_page(request, "people.html", status=status, headers=None, **{**given, **shown})


def show_person(request: Request) -> Response:
    """What is on record of one; raises `QueryError` for a page that there is not."""
    store, wanted = room_of(request).store, request.path_params["person_id"]
    person = find_person(store, wanted)
    if person is None:
        return _show_nobody(request, store, wanted)
    if person.person_id != wanted:  # judged to be one with another since
        return lead_to(f"/people/{quote(person.person_id)}", done=request.query_params.get("done", ""))
    given = {name: request.query_params[name] for name in ("after",) if name in request.query_params}
    query = read_query(given, speaker=person.person_id, limit=STATEMENTS)
    answer = store.search(query)
    most = LOOKED_CLOSELY if request.query_params.get("look") == "closely" else LOOKED
    digest = _look_at_articles(store, person, most, answer if query.after is None else None)
    shown = _lay_out(store, person, answer, query, digest)
    return show_page(request, "person.html", done=find_done(request), **shown)


def find_person(store: Store, wanted: str) -> Person | None:
    """Whoever has this id, own or of somebody who was judged to be the same."""
    found = store.find_people(wanted, limit=1) if wanted.startswith(MARK) else ()
    is_same = bool(found) and wanted in {found[0].person_id, *found[0].merged_ids}
    return found[0] if is_same else None


def _show_nobody(request: Request, store: Store, wanted: str) -> Response:
    """That nobody has this id, and whom it may have meant."""
    found = store.find_people(wanted, limit=8) if len(wanted) <= LONGEST else ()
    error = UnknownIdError(
        f"Nobody in the record has the id {wanted!r:.120}.",
        cure="Find people by their name.",
    )
    return _show_list(request, status=HTTPStatus.NOT_FOUND, found=found, error=error)


def _lay_out(store: Store, person: Person, answer: Answer, query: Query, digest: Digest) -> dict[str, Any]:
    """All that the page shows."""
    facets = _count_facets(store, person)
    moments = _count_days(store, person)
    return {
        "person": person,
        "answer": answer,
        "query": query,
        "digest": digest,
        "may_look": not digest.complete and digest.looked < LOOKED_CLOSELY,
        "most_looked": LOOKED_CLOSELY,
        "facets": facets,
        "topics": [(topic, _address_of_topic(person, topic)) for topic in digest.topics],
        "moments": moments,
        "bars": lay_bars(moments.buckets),
        "years": sum_years(moments.buckets)[:MOST_YEARS],
        "next": f"?{urlencode({'after': answer.next})}#statements" if answer.next else None,
    }


def _count_days(store: Store, person: Person) -> Moments:
    query = Query(speaker=person.person_id)
    return count_once(store, ("days", person), lambda: store.moments(query, "day"), fresh=FRESH)


def _count_facets(store: Store, person: Person) -> Facets:
    query = Query(speaker=person.person_id)
    return count_once(store, ("facets", person), lambda: store.facets(query), fresh=FRESH)


def _look_at_articles(store: Store, person: Person, most: int, newest: Answer | None) -> Digest:
    """What some of the articles that quote somebody say: the newest and, for the time before, the oldest."""

    def look() -> Digest:
        articles, complete = _choose_articles(store, person, most, newest)
        return make_digest(map(store.judged, articles), person.person_id, complete=complete)

    return count_once(store, ("digest", person, most), look, fresh=FRESH)


def _choose_articles(store: Store, person: Person, most: int, known: Answer | None) -> tuple[list[str], bool]:
    """The ids of at most so many, and whether there are no more: else a third of them are the oldest."""
    wanted = Query(speaker=person.person_id, limit=4 * most)
    enough = known is not None and (known.next is None or len(_articles_of(known)) >= most)
    answer = known if known is not None and enough else store.search(wanted)
    newest = _articles_of(answer)
    if answer.next is None and len(newest) <= most:
        return newest, True
    few = max(most // 3, most - len(newest))
    oldest = _articles_of(store.search(wanted.narrow(sort="oldest", limit=4 * few)))
    chosen = newest[: most - few]
    return chosen + [one for one in oldest if one not in chosen][:few], False


def _articles_of(answer: Answer) -> list[str]:
    return list(dict.fromkeys(hit.article_id for hit in answer.hits))


def _address_of_topic(person: Person, topic: Topic) -> str:
    """What else they say of it."""
    about = {"place": topic.place} if topic.place else {"q": '"' + topic.name.replace('"', " ") + '"'}
    return f"/search?{urlencode({'speaker': person.person_id, **about}, errors='replace')}"


ROUTES: list[BaseRoute] = [
    Route("/people", show_people),
    Route("/people/{person_id}", show_person),
]
