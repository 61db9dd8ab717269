"""A question as the index takes it: terms and filters, and the search of keys that match them all."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.store import index_dialects
from onrecord.store.index_moments import FIRST_DATED
from onrecord.store.index_tables import shown_articles, statements
from onrecord.store.index_terms import FACET_SIGN, Matching, Term

HIGHEST_KEY = 1 << 62
Bounds = tuple[int, int]  # the least, and one above the greatest
EVERYTHING: Bounds = (0, HIGHEST_KEY)


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
    if not asked.of_articles:
        bounds = (max(bounds[0], asked.within[0]), min(bounds[1], asked.within[1]))
    if limit <= 0 or not asked.is_possible or bounds[0] >= bounds[1]:
        return []
    if not asked.has_words:
        return _list_keys(connection, asked, bounds, newest_first, limit)
    return index_dialects.find_keys(
        connection, asked.table, asked.matching(), bounds=bounds, newest_first=newest_first, limit=limit
    )


def find_in_order(
    connection: Connection, asked: Asked, *, newest_first: bool, after: int | None, limit: int
) -> list[int]:
    """The keys that match, newest or oldest first, those without a date last; behind `after`."""
    found: list[int] = []
    for bounds in _stretches(newest_first, after):
        found += find_keys(
            connection, asked, bounds=bounds, newest_first=newest_first, limit=limit - len(found)
        )
    return found


def _stretches(newest_first: bool, after: int | None) -> Iterable[Bounds]:
    if newest_first:
        return ((0, HIGHEST_KEY if after is None else after),)
    if after is None:
        return ((FIRST_DATED, HIGHEST_KEY), (0, FIRST_DATED))
    if after < FIRST_DATED:
        return ((after + 1, FIRST_DATED),)
    return ((after + 1, HIGHEST_KEY), (0, FIRST_DATED))


def _list_keys(
    connection: Connection, asked: Asked, bounds: Bounds, newest_first: bool, limit: int
) -> list[int]:
    key = shown_articles.c.shown_key if asked.of_articles else statements.c.statement_key
    wanted = select(key).where(key >= bounds[0], key < bounds[1])
    unwanted = asked.matching().unwanted
    if unwanted:
        # Few statements are judged ever: those are looked up first.
        _, but = index_dialects.select_keys(connection, "statement_words", Matching(facets=(unwanted,)))
        wanted = wanted.where(key.not_in(but))
    return list(connection.scalars(wanted.order_by(key.desc() if newest_first else key).limit(limit)))
