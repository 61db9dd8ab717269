"""A question as the index takes it: terms and filters, and the search of keys that match them all."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from sqlalchemy import Connection, select

from onrecord.record.statement import Form
from onrecord.store.index_dialects import dialect_of
from onrecord.store.index_facets import form_facet
from onrecord.store.index_moments import FIRST_DATED
from onrecord.store.index_tables import overviews, shown_articles
from onrecord.store.index_terms import FACET_SIGN, Matching, Term

if TYPE_CHECKING:
    from sqlalchemy import Select

HIGHEST_KEY = 1 << 62
Bounds = tuple[int, int]  # the least, and one above the greatest
EVERYTHING: Bounds = (0, HIGHEST_KEY)
EVERY_FORM = tuple(form_facet(form) for form in get_args(Form))  # every statement has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A filter that was given: its name, as it was asked, and groups of facets of which each needs one.

    `notes` are for whoever asked. With an empty group nothing can match; the notes say why. With `excluded`
    it must have none of the facets.
    """

    field: str
    asked: str
    groups: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    excluded: bool = False

    @property
    def is_possible(self) -> bool:
        """Whether anything can match."""
        return all(self.groups)

    def holds(self, facets: frozenset[str]) -> bool:
        """Whether these facets, as they stand among the words, meet it."""
        held = (any(FACET_SIGN + facet in facets for facet in group) for group in self.groups)
        return not any(held) if self.excluded else all(held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What must hold of a statement, or of an article, that answers.

    `within` are the bounds of the keys of statements: the moments that were asked for.
    """

    table: str
    terms: tuple[Term, ...] = ()
    conditions: tuple[Condition, ...] = ()
    within: Bounds = EVERYTHING

    @property
    def is_possible(self) -> bool:
        """Whether anything can match."""
        words = all(term.endings for term in self.terms if term.is_prefix and not term.excluded)
        return words and all(condition.is_possible for condition in self.conditions)

    @property
    def is_costly(self) -> bool:
        """Whether an answer takes many looks: words of a phrase stand apart more often than together."""
        return any(len(term.words) > 1 for term in self.terms)

    @property
    def is_bare(self) -> bool:
        """Whether nothing is asked but the order."""
        return not self.terms and not self.conditions and self.within == EVERYTHING

    @property
    def has_words(self) -> bool:
        """Whether the index of words can be asked: only what must not stand in it is no question to it."""
        return bool(self.terms) or any(not condition.excluded for condition in self.conditions)

    @property
    def of_articles(self) -> bool:
        """Whether its keys are those of articles."""
        return self.table == "article_words"

    def without(self, condition: Condition) -> "Asked":
        """The same with a filter less."""
        rest = tuple(one for one in self.conditions if one is not condition)
        return dataclasses.replace(self, conditions=rest)

    def matching(self) -> Matching:
        """For the index of words; an excluded prefix of no word excludes nothing."""
        groups = [group for one in self.conditions if not one.excluded for group in one.groups]
        if not groups and all(term.excluded for term in self.terms):
            groups = [EVERY_FORM]  # either database must be told what stands there, not only what does not
        # One statement of an article may have what another must not have.
        unwanted = [] if self.of_articles else [one for one in self.conditions if one.excluded]
        return Matching(
            terms=tuple(term for term in self.terms if term.endings or not term.is_prefix),
            facets=tuple(tuple(FACET_SIGN + facet for facet in group) for group in groups),
            unwanted=tuple(FACET_SIGN + facet for one in unwanted for group in one.groups for facet in group),
        )


def find_keys(
    connection: Connection, asked: Asked, *, bounds: Bounds, newest_first: bool, limit: int
) -> list[int]:
    """The keys between bounds that match, in order."""
    wanted = select_keys(connection, asked, bounds=bounds, newest_first=newest_first, limit=limit)
    return [] if wanted is None else list(connection.scalars(wanted))


def select_keys(
    connection: Connection, asked: Asked, *, bounds: Bounds, newest_first: bool, limit: int
) -> "Select[Any] | None":
    """What asks for the keys between bounds that match, in order, as the column `key`; None for none."""
    if not asked.of_articles:
        bounds = (max(bounds[0], asked.within[0]), min(bounds[1], asked.within[1]))
    if limit <= 0 or not asked.is_possible or bounds[0] >= bounds[1]:
        return None
    if asked.has_words:
        found: tuple[Any, Select[Any]] = dialect_of(connection).select_keys(asked.table, asked.matching())
    else:
        found = _select_all(asked)
    key, wanted = found
    within = wanted.where(key >= bounds[0], key < bounds[1])
    return within.order_by(key.desc() if newest_first else key).limit(limit)


def _select_all(asked: Asked) -> "tuple[Any, Select[Any]]":
    """Without words: all there are, or all that nobody judged, the one filter that excludes."""
    if asked.of_articles:
        return shown_articles.c.shown_key, select(shown_articles.c.shown_key.label("key"))
    wanted = select(overviews.c.statement_key.label("key"))
    if asked.conditions:
        # The sum keeps SQLite from the index by confidence, which knows nothing of the order of keys.
        wanted = wanted.where(overviews.c.judged + 0 == 0)
    return overviews.c.statement_key, wanted


def find_in_order(
    connection: Connection, asked: Asked, *, newest_first: bool, after: int | None, limit: int
) -> list[int]:
    """The keys that match, newest or oldest first, those without a date last; behind `after`."""
    found: list[int] = []
    for bounds in stretches(newest_first, after):
        found += find_keys(
            connection, asked, bounds=bounds, newest_first=newest_first, limit=limit - len(found)
        )
    return found


def stretches(newest_first: bool, after: int | None = None) -> Iterable[Bounds]:
    """The bounds of keys in which answers are looked for one after the other: the undated come last."""
    if newest_first:
        return ((0, HIGHEST_KEY if after is None else after),)
    if after is None:
        return ((FIRST_DATED, HIGHEST_KEY), (0, FIRST_DATED))
    if after < FIRST_DATED:
        return ((after + 1, FIRST_DATED),)
    return ((after + 1, HIGHEST_KEY), (0, FIRST_DATED))
