"""Search of whole articles: words that stand anywhere in one, out of it the statements nearest to them.

Of each article that holds the words: the statements, of those that the filters leave, in whose paragraph most
of the words stand; where no paragraph with a statement holds any, the one nearest to a paragraph that does.
Articles are sorted by their publication. Some hold the words and no statement: they are counted in a note.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record import Article
from onrecord.record.query import Answer, Query
from onrecord.store.index_articles import words_of_article
from onrecord.store.index_evidence import read_start
from onrecord.store.index_facets import NO_STATEMENT, tokens_of_facets
from onrecord.store.index_moments import FIRST_DATED
from onrecord.store.index_tables import statements
from onrecord.store.index_terms import Term
from onrecord.store.search_asked import HIGHEST_KEY, Asked, Condition, find_in_order, find_keys
from onrecord.store.search_cursor import read_cursor, write_cursor
from onrecord.store.search_hits import HitMaker
from onrecord.store.search_notes import explain_nothing
from onrecord.store.search_words import holds

AT_ONCE = 25
# Bound the work of an answer: where most articles that hold the words have no statement that fits, so many
# are read, and `next` goes on behind them.
MOST_READ = 400
MOST_RANKED = 100
MOST_TOLD = 50  # of articles whose statements are counted by what they have in common
MOST_COUNTED = 1_000
UNDATED = "The last ones are of articles that bear no date."
_NO_STATEMENT = Condition(field="statements", asked="none", groups=((NO_STATEMENT,),))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """A statement near to the words: how many of them stand in its paragraph, and how far those are else."""

    shown_key: int
    statement_key: int
    share: float
    away: int

    def score(self) -> float:
        """0 to 1."""
        return round(self.share if self.share else 0.5 / (1 + self.away) / 10, 6)


def search_articles(connection: Connection, query: Query, asked: Asked, notes: tuple[str, ...]) -> Answer:
    """The answer of a question to whole articles."""
    if query.sort == "relevance":
        return _search_by_relevance(connection, query, asked, notes)
    place = read_cursor(query, (int, int))
    maker = HitMaker(connection)
    found, behind = _gather(connection, maker, query, asked, place)
    shown = found[: query.limit]
    if behind and len(found) <= query.limit:
        notes = (*notes, f"{MOST_READ} articles that hold the words were read; `next` goes on behind them.")
    if shown and min(one.shown_key for one in shown) < FIRST_DATED <= max(one.shown_key for one in shown):
        notes = (*notes, UNDATED)
    return Answer(
        hits=maker.hits_of([one.statement_key for one in shown]),
        total=len(shown) if behind is None and place is None else None,
        next=write_cursor(query, behind) if behind else None,
        notes=(*notes, *_tell_articles(connection, asked, bool(shown) or place is not None)),
    )


def _gather(
    connection: Connection, maker: HitMaker, query: Query, asked: Asked, place: Sequence[int] | None
) -> tuple[list[_Near], list[int] | None]:
    """Statements behind a place, some more than asked for, and the place to go on behind; None at the end."""
    found: list[_Near] = []
    read: _Read | None = None
    for read, near in _iter_near(connection, maker, asked, query.sort == "date", place):  # noqa: B007
        found += [one for one in near if place is None or _is_behind(one, place)]
        if len(found) > query.limit:
            last = found[query.limit - 1]
            return found, [last.shown_key, last.statement_key]
    return found, None if read is None or read.last else [read.shown_key, HIGHEST_KEY]


def find_nearest(
    connection: Connection, asked: Asked, *, newest_first: bool, most: int
) -> tuple[list[int], bool]:
    """The keys of the statements that an answer has first, of few articles, and whether these are all."""
    found: list[int] = []
    read = 0
    for one, near in _iter_near(connection, HitMaker(connection), asked, newest_first, None, most=MOST_TOLD):
        found += [statement.statement_key for statement in near]
        read += 1
        if one.last or len(found) > most:
            return found[:most], len(found) <= most
    return found, read < MOST_TOLD


def _search_by_relevance(
    connection: Connection, query: Query, asked: Asked, notes: tuple[str, ...]
) -> Answer:
    place = read_cursor(query, (float, int))
    maker = HitMaker(connection)
    near: list[_Near] = []
    read = 0
    for _, found in _iter_near(connection, maker, asked, True, None, most=MOST_RANKED):
        near += found
        read += 1
    ranked = sorted(((one.score(), one.statement_key) for one in near), reverse=True)
    rest = [pair for pair in ranked if place is None or pair < (place[0], place[1])]
    scores = {key: score for score, key in rest[: query.limit]}
    many = read >= MOST_RANKED
    if many:
        notes = (*notes, f"Of all articles that hold the words the newest {MOST_RANKED} were ranked.")
    last = rest[: query.limit][-1:]
    return Answer(
        hits=maker.hits_of(list(scores), scores),
        total=None if many else len(ranked),
        next=write_cursor(query, list(last[0])) if len(rest) > query.limit else None,
        notes=(*notes, *_tell_articles(connection, asked, bool(ranked))),
    )


def _is_behind(one: _Near, place: Sequence[int]) -> bool:
    """Whether a statement comes after a place, in the article of that place."""
    return one.shown_key != place[0] or one.statement_key > place[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An article that was read, and whether it is the last that holds the words."""

    shown_key: int
    last: bool


def _iter_near(
    connection: Connection,
    maker: HitMaker,
    asked: Asked,
    newest: bool,
    place: Sequence[int] | None,
    most: int = MOST_READ,
) -> Iterator[tuple[_Read, list[_Near]]]:
    """Articles that hold the words, in order, each with its statements nearest to them."""
    after = None if place is None else place[0] + 1 if newest else place[0] - 1
    read = 0
    while read < most:
        wanted = min(AT_ONCE, most - read)
        keys = find_in_order(connection, asked, newest_first=newest, after=after, limit=wanted + 1)
        some = keys[:wanted]
        maker.load_articles(some)
        rows = _load_statements(connection, some)
        for i, key in enumerate(some):
            read += 1
            last = i + 1 == len(keys)
            yield _Read(shown_key=key, last=last), _nearest(maker, asked, key, rows.get(key, []))
        if len(keys) <= wanted:
            return
        after = some[-1]


def _load_statements(connection: Connection, shown_keys: Sequence[int]) -> dict[int, list[Any]]:
    wanted = select(
        statements.c.statement_key, statements.c.shown_key, statements.c.evidence, statements.c.facets
    ).where(statements.c.shown_key.in_(shown_keys))
    rows: dict[int, list[Any]] = {}
    for row in connection.execute(wanted.order_by(statements.c.statement_key)):
        rows.setdefault(row.shown_key, []).append(row)
    return rows


def _nearest(maker: HitMaker, asked: Asked, shown_key: int, rows: Sequence[Any]) -> list[_Near]:
    head, article = maker.articles[shown_key]
    fit = [row for row in rows if _fits(row, asked)]
    if not fit:
        return []
    parts = words_of_article(article, head.title)
    if not _holds_all(parts, asked.terms):
        return []
    wanted = [term for term in asked.terms if not term.excluded]
    shares = [sum(holds((part,), term) for term in wanted) / max(len(wanted), 1) for part in parts]
    # The title, where it stands before the text, is no paragraph of a statement.
    shift = len(parts) - max(len(article.blocks), 1)
    near = [_measure(shown_key, row, article, shares, shift) for row in fit]
    best = max(one.share for one in near)
    if best:
        return [one for one in near if one.share == best]
    return [min(near, key=lambda one: (one.away, one.statement_key))]


def _fits(row: Any, asked: Asked) -> bool:
    if not asked.within[0] <= row.statement_key < asked.within[1]:
        return False
    if not asked.conditions:
        return True
    facets = frozenset(tokens_of_facets(row.facets.split()))
    return all(condition.holds(facets) for condition in asked.conditions)


def _holds_all(parts: Sequence[tuple[str, ...]], terms: Sequence[Term]) -> bool:
    """Whether an article holds the terms; the index of PostgreSQL does not know their order."""
    return all(holds(parts, term) != term.excluded for term in terms if len(term.words) > 1)


def _measure(shown_key: int, row: Any, article: Article, shares: Sequence[float], shift: int) -> _Near:
    own = _block_of(article, read_start(row.evidence)) + shift
    held = [i for i, share in enumerate(shares) if share]
    away = min((abs(i - own) for i in held), default=len(shares))
    share = shares[own] if own < len(shares) else 0.0
    return _Near(shown_key=shown_key, statement_key=row.statement_key, share=share, away=away)


def _block_of(article: Article, start: int) -> int:
    return next((i for i, block in enumerate(article.blocks) if start < block.span.end_char), 0)


def _tell_articles(connection: Connection, asked: Asked, has_any: bool) -> Iterator[str]:
    """How many articles hold the words with no statement at all; what is wrong where nothing was found."""
    words = Asked(table=asked.table, terms=asked.terms)
    if not any(not term.excluded for term in asked.terms):
        return
    bare = Asked(table=asked.table, terms=words.terms, conditions=(_NO_STATEMENT,))
    count = len(
        find_keys(connection, bare, bounds=(0, HIGHEST_KEY), newest_first=True, limit=MOST_COUNTED + 1)
    )
    if count:
        told = f"More than {MOST_COUNTED:,}" if count > MOST_COUNTED else f"{count:,}"
        yield f"{told} article{' holds' if count == 1 else 's hold'} the words, but no statement."
    if not has_any:
        yield from explain_nothing(connection, asked)
