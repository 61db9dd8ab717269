"""The filters of a question: a `Query` in, conditions on facets out, with what must be told of each."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

from sqlalchemy import Connection, or_, select

from onrecord.errors import QueryError
from onrecord.record import fold_name
from onrecord.record.overlay import StatusKind
from onrecord.record.query import Query, QueryStatus
from onrecord.record.statement import Form, HopKind, Mode
from onrecord.store import index_facets as facets_of
from onrecord.store.index_naming import host_of
from onrecord.store.index_tables import outlets
from onrecord.store.index_times import asked_times, read_edtf
from onrecord.store.people import speaker_condition
from onrecord.store.search_asked import Condition
from onrecord.store.search_moments import days_of_moments
from onrecord.store.search_near import find_near
from onrecord.store.search_places import near_condition, place_condition
from onrecord.store.words import words_of

NAMED = 6
UNJUDGED = "unjudged"
_HOST = re.compile(r"[^\s/@]+\.[^\s/@]+")
_CHOICES: dict[str, tuple[str, ...]] = {
    "form": get_args(Form),
    "mode": get_args(Mode),
    "via_kind": get_args(HopKind),
    "status": get_args(QueryStatus),
}
_MADE_BY: dict[str, Callable[[str], str]] = {
    "form": facets_of.form_facet,
    "mode": facets_of.mode_facet,
    "via_kind": facets_of.hop_facet,
    "status": facets_of.status_facet,
}
_TIMES = {"said": facets_of.SAID, "about_time": facets_of.ABOUT, "published": facets_of.PUBLISHED}


def read_filters(connection: Connection, query: Query) -> tuple[Condition, ...]:
    """The conditions of all filters that are given; raises `QueryError`."""
    conditions = [_read_choice(query, field) for field in _CHOICES]
    conditions += [_read_times(query, field) for field in _TIMES]
    if _is_given(query.speaker):
        conditions.append(speaker_condition(connection, str(query.speaker)))
    if _is_given(query.outlet):
        conditions.append(_outlet_condition(connection, str(query.outlet)))
    if _is_given(query.via):
        conditions.append(_via_condition(str(query.via)))
    if _is_given(query.place):
        conditions.append(place_condition(connection, str(query.place)))
    if query.near is not None:
        conditions.append(near_condition(connection, query.near))
    return tuple(condition for condition in conditions if condition)


def _is_given(asked: str | None) -> bool:
    return bool(asked and asked.strip())


def _read_choice(query: Query, field: str) -> Condition | None:
    asked = getattr(query, field)
    if asked is None:
        return None
    if asked not in _CHOICES[field]:
        raise QueryError(
            f"There is no {field} {asked!r:.80}.", cure=f"Give one of {', '.join(_CHOICES[field])}."
        )
    if asked == UNJUDGED:
        judged = tuple(facets_of.status_facet(status) for status in get_args(StatusKind))
        return Condition(field=field, asked=asked, groups=(judged,), excluded=True)
    return Condition(field=field, asked=asked, groups=((_MADE_BY[field](asked),),))


def _read_times(query: Query, field: str) -> Condition | None:
    asked = getattr(query, field)
    if not _is_given(asked):
        return None
    tokens = asked_times("t" + _TIMES[field], read_edtf(asked, field))
    return Condition(field=field, asked=asked, groups=(tokens,))


def article_condition(asked: str) -> Condition:
    """Of articles, that one of their statements may be of the moments asked for: said or published then."""
    days = days_of_moments(asked)
    kinds = (facets_of.SAID, facets_of.PUBLISHED)
    tokens = tuple(token for kind in kinds for token in asked_times("t" + kind, days))
    return Condition(field="when", asked=asked, groups=(tokens,))


def _via_condition(asked: str) -> Condition:
    words = tuple(dict.fromkeys(words_of(asked)))
    if not words:
        raise QueryError(
            f"Via {asked!r:.80} holds no letter and no digit.", cure="Give words of whom or what it came by."
        )
    return Condition(field="via", asked=asked, groups=tuple((facets_of.via_facet(word),) for word in words))


def _outlet_condition(connection: Connection, asked: str) -> Condition:
    """By the whole name or the host, with hosts under it; else by words of the name."""
    folded, host = fold_name(asked), _read_host(asked)
    exact = outlets.c.host == host if host else outlets.c.folded == folded
    if host:
        exact = or_(exact, outlets.c.host.endswith("." + host, autoescape=True), outlets.c.folded == folded)
    rows = connection.execute(select(outlets).where(exact).order_by(outlets.c.outlet_key)).all()
    notes: tuple[str, ...] = ()
    if not rows and folded:
        rows = _find_by_words(connection, folded.split())
        notes = _tell_outlets(asked, rows) if rows else (_unknown_outlet(connection, asked, folded),)
    elif not rows:
        notes = (f"No outlet here is named “{asked}”.",)
    tokens = tuple(facets_of.outlet_facet(row.outlet_key) for row in rows)
    return Condition(field="outlet", asked=asked, groups=(tokens,), notes=notes)


def _read_host(asked: str) -> str:
    wanted = asked.strip()
    if "://" in wanted:
        return host_of(wanted)
    return wanted.lower().removeprefix("www.") if _HOST.fullmatch(wanted) else ""


def _find_by_words(connection: Connection, words: Sequence[str]) -> list[Any]:
    # Outlets are some hundreds, so that all are looked at.
    found = connection.execute(select(outlets).order_by(outlets.c.outlet_key))
    return [row for row in found if set(words) <= set(row.folded.split())]


def _tell_outlets(asked: str, rows: Iterable[Any]) -> tuple[str, ...]:
    names = list(dict.fromkeys(row.name for row in rows))
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return (f"“{asked}” was taken for every outlet so named: {', '.join(names[:NAMED])}{more}.",)


def _unknown_outlet(connection: Connection, asked: str, folded: str) -> str:
    near = find_near(connection, outlets.c.folded, folded)
    rows = connection.execute(select(outlets.c.name).where(outlets.c.folded.in_(near)).limit(NAMED))
    alike = ", ".join(dict.fromkeys(row.name for row in rows))
    return f"No outlet here is named “{asked}”." + (f" Outlets with names like it: {alike}." if alike else "")
