"""When the statements that answer a question were said: a question and a unit in, buckets out.

Of a record as a whole, or of whole days of it, the counts are kept ready. Else the first answers are counted.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.errors import QueryError
from onrecord.record.overview import Bucket, Moments, TimeUnit
from onrecord.record.query import Query
from onrecord.store.answering import read_question
from onrecord.store.index_moments import MINUTES_A_DAY, SEQUENCE_BITS
from onrecord.store.index_overviews import BY_MINUTE, DAY_BITS
from onrecord.store.index_tables import overviews, statement_days
from onrecord.store.search_articles import find_nearest
from onrecord.store.search_asked import HIGHEST_KEY, Asked, select_keys, stretches

if TYPE_CHECKING:
    from sqlalchemy import Select

# Of a question with words or filters, in some 10 ms. How many of them are coarse is looked up one by one,
# which takes three times as long.
MOST_COUNTED = 30_000
MOST_BY_HOUR = 10_000  # hours are many, and each is a group of its own
MOST_LOOKED_UP = 6_000
HOUR_BITS = 60 << SEQUENCE_BITS  # how many keys an hour has
HOURS = MINUTES_A_DAY // 60
WIDTHS: dict[TimeUnit, int] = {"year": 4, "month": 7, "day": 10, "hour": 13}
# What is known no finer than so (index_overviews.py) is coarser than the unit.
COARSER: dict[TimeUnit, int] = {"year": 0, "month": 1, "day": 2, "hour": BY_MINUTE - 1}
Slots = Mapping[int, int]  # how many statements are of a day or an hour, by its number


def count_moments(connection: Connection, query: Query, unit: TimeUnit) -> Moments:
    """How many statements are of each year, month, day or hour; raises `QueryError`."""
    if unit not in WIDTHS:
        raise QueryError(
            f"There is no unit {unit!r:.80}.", cure=f"Give one of {', '.join(get_args(TimeUnit))}."
        )
    asked = read_question(connection, query)
    newest = query.sort != "oldest"
    if asked.of_articles:
        return _count_nearest(connection, asked, unit, newest=newest)
    if unit != "hour" and not asked.terms and not asked.conditions and _is_of_days(asked):
        return _tell_days(connection, asked, unit)
    return _count_first(connection, asked, unit, newest=newest)


def _is_of_days(asked: Asked) -> bool:
    """Whether whole days were asked for."""
    low, high = asked.within
    return low % DAY_BITS == 0 and (high % DAY_BITS == 0 or high == HIGHEST_KEY)


def _tell_days(connection: Connection, asked: Asked, unit: TimeUnit) -> Moments:
    first, behind = (min(bound // DAY_BITS, date.max.toordinal() + 1) for bound in asked.within)
    day, count = statement_days.c.day, func.sum(statement_days.c.statements)
    within = (day >= first, day < behind)
    slots = _load_slots(connection, select(day, count).where(*within).group_by(day))
    coarse = connection.scalar(select(count).where(*within, _is_coarse(statement_days.c.fineness, unit)))
    return _make_moments(slots, unit, complete=True, coarse=int(coarse or 0))


def _count_first(connection: Connection, asked: Asked, unit: TimeUnit, *, newest: bool) -> Moments:
    """The moments of the first answers; of exactly the most it is not known whether they are all."""
    slots: Counter[int] = Counter()
    most = MOST_BY_HOUR if unit == "hour" else MOST_COUNTED
    for bounds in stretches(newest):
        limit = most - slots.total()
        keys = select_keys(connection, asked, bounds=bounds, newest_first=newest, limit=limit)
        if keys is not None:
            slots.update(_load_slots(connection, _select_slots(keys, unit)))
    complete = slots.total() < most
    coarse = _count_coarse(connection, asked, unit) if slots.total() <= MOST_LOOKED_UP else None
    return _make_moments(slots, unit, complete=complete, coarse=coarse)


def _count_coarse(connection: Connection, asked: Asked, unit: TimeUnit) -> int:
    keys = select_keys(connection, asked, bounds=(0, HIGHEST_KEY), newest_first=True, limit=MOST_LOOKED_UP)
    if keys is None or not _has_coarse(connection, unit):
        return 0
    own = keys.subquery()
    wanted = select(func.count()).join_from(own, overviews, overviews.c.statement_key == own.c.key)
    return int(connection.scalar(wanted.where(_is_coarse(overviews.c.fineness, unit))) or 0)


def _has_coarse(connection: Connection, unit: TimeUnit) -> bool:
    """Whether any statement of the record is; in many records all are of a day at least."""
    some = select(statement_days.c.day).where(
        _is_coarse(statement_days.c.fineness, unit), statement_days.c.statements > 0
    )
    return connection.scalar(some.limit(1)) is not None


def _is_coarse(fineness: Any, unit: TimeUnit) -> ColumnElement[bool]:
    coarse: ColumnElement[bool] = fineness.between(1, COARSER[unit])
    return coarse


def _count_nearest(connection: Connection, asked: Asked, unit: TimeUnit, *, newest: bool) -> Moments:
    """The moments of the statements nearest to words that are looked for in whole articles."""
    keys, complete = find_nearest(connection, asked, newest_first=newest, most=MOST_COUNTED)
    own = select(overviews.c.statement_key.label("key")).where(overviews.c.statement_key.in_(keys))
    slots = _load_slots(connection, _select_slots(own, unit))
    coarse = own.where(_is_coarse(overviews.c.fineness, unit))
    return _make_moments(slots, unit, complete=complete, coarse=len(connection.execute(coarse).all()))


def _select_slots(keys: "Select[Any]", unit: TimeUnit) -> "Select[Any]":
    own = keys.subquery()
    slot = own.c.key // (HOUR_BITS if unit == "hour" else DAY_BITS)
    return select(slot, func.count()).group_by(slot)


def _load_slots(connection: Connection, wanted: "Select[Any]") -> Slots:
    return {int(slot): int(count) for slot, count in connection.execute(wanted)}


def _make_moments(slots: Slots, unit: TimeUnit, *, complete: bool, coarse: int | None) -> Moments:
    counted: Counter[str] = Counter()
    undated = 0
    for slot, count in slots.items():
        day, hour = divmod(slot, HOURS) if unit == "hour" else (slot, 0)
        if day:
            counted[f"{date.fromordinal(day).isoformat()}T{hour:02}"[: WIDTHS[unit]]] += count
        else:
            undated += count
    return Moments(
        unit=unit,
        buckets=tuple(
            Bucket(start=start, statements=count) for start, count in sorted(counted.items()) if count
        ),
        counted=counted.total() + undated,
        complete=complete,
        undated=undated if complete else None,
        coarse=coarse if complete else None,
    )
