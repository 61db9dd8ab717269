"""Passages: the words of a quotation in, the articles that most likely hold them, or most of them, out.

Words may be altered, dropped or put in, and two quotations spliced to one. So no word must match:
statements, then whole articles, are gathered from the rarest words, from what pairs of commoner ones share,
and, where all are common, from all but one or two of them; then measured against the words by letters. Each
look-up is bounded.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, select

from onrecord.record.query import Passage
from onrecord.store import index_tables
from onrecord.store.index_terms import Term
from onrecord.store.search_asked import HIGHEST_KEY, Asked, find_keys
from onrecord.store.search_hits import HitMaker, load_texts
from onrecord.store.words import words_of

RARE = 400  # a word that no more rows hold is looked up alone, all its rows
MOST_WORDS = 64  # of a longer quotation, the rarest
MOST_LOOKED_UP = 12
MOST_PAIRS = 12
MOST_ROWS = 200  # of a look-up of several words
# Two lists are walked side by side: both longer than this, a look-up takes over a hundredth of a second.
COMMON = 60_000
MOST_CANDIDATES = 40
ENOUGH = 92.0  # of 100: so well measured, the words are found and nothing else is looked for
# Once they are found, articles that fit less tell nothing more: texts that share no words fit at about 50.
LIKE = 70.0
MEASURED_AT_ONCE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    word: str
    at: int
    rows: int


def find_passages(connection: Connection, words: str, *, limit: int = 20) -> tuple[Passage, ...]:
    """The articles that most likely hold these words, or most of them, best first."""
    quoted = words_of(words)
    if not quoted or limit < 1:
        return ()
    texts = _Texts(connection)
    scores = _measure(texts, quoted, _articles_of(connection, _gather(connection, quoted, "statement_words")))
    if not scores or max(scores.values()) < ENOUGH:
        new = [key for key in _gather(connection, quoted, "article_words") if key not in scores]
        scores |= _measure(texts, quoted, new)
    best = _order(texts, quoted, scores)[:limit]
    if best and scores[best[0]] >= ENOUGH:
        best = [key for key in best if scores[key] >= LIKE]
    return HitMaker(connection).passages_of(best)


def _gather(connection: Connection, quoted: Sequence[str], table: str) -> list[int]:
    """Keys of rows that share the most, and the rarest, words with it; best first."""
    ranked = _rank_words(connection, quoted, table)
    weights: Counter[int] = Counter()
    for terms, most in _plan(ranked, table):
        asked = Asked(table=table, terms=tuple(Term(words=(one.word,)) for one in terms))
        keys = find_keys(connection, asked, bounds=(0, HIGHEST_KEY), newest_first=True, limit=most)
        weight = sum(1_000_000 // (10 + one.rows) for one in terms)
        for key in keys:
            weights[key] += 1_000 + min(weight, 100_000) // 100
    return [
        key for key, _ in sorted(weights.items(), key=lambda pair: (-pair[1], -pair[0]))[:MOST_CANDIDATES]
    ]


def _rank_words(connection: Connection, quoted: Sequence[str], table: str) -> list[_Word]:
    """The distinct words that any row holds, rarest first."""
    distinct = list(dict.fromkeys(quoted))[:500]
    column = index_tables.words.c.articles if table == "article_words" else index_tables.words.c.statements
    wanted = select(index_tables.words.c.word, column).where(
        index_tables.words.c.word.in_(distinct), column > 0
    )
    places = {word: at for at, word in reversed(list(enumerate(quoted)))}
    found = [_Word(word=word, at=places[word], rows=rows) for word, rows in connection.execute(wanted)]
    return sorted(found, key=lambda one: (one.rows, one.at))[:MOST_WORDS]


def _plan(ranked: Sequence[_Word], table: str) -> Iterator[tuple[tuple[_Word, ...], int]]:
    """Which words are looked up together, and how many rows of each look-up are taken; never none."""
    if not ranked:
        return
    rare = [one for one in ranked if one.rows <= RARE][:MOST_LOOKED_UP]
    yield from (((one,), RARE) for one in rare)
    # Rare words may be the altered ones, so that some of the commoner are always asked for too.
    middle = [one for one in ranked if RARE < one.rows <= COMMON][: MOST_LOOKED_UP // 2]
    yield from ((pair, MOST_ROWS) for pair in list(combinations(middle, 2))[:MOST_PAIRS])
    if len(rare) + len(middle) >= 4:
        return
    if table == "article_words" and ranked[0].rows > COMMON:
        return  # words that most articles hold tell none from another
    common = sorted(ranked[:8], key=lambda one: one.at)
    for left_out in range(min(3, max(len(common) - 1, 1))):
        for together in list(combinations(common, len(common) - left_out))[:MOST_PAIRS]:
            yield together, MOST_ROWS


def _articles_of(connection: Connection, statement_keys: Sequence[int]) -> list[int]:
    table = index_tables.statements
    wanted = select(table.c.statement_key, table.c.shown_key).where(table.c.statement_key.in_(statement_keys))
    shown = {row.statement_key: row.shown_key for row in connection.execute(wanted)}
    return list(dict.fromkeys(shown[key] for key in statement_keys if key in shown))


def _measure(texts: "_Texts", quoted: Sequence[str], shown_keys: Iterable[int]) -> dict[int, float]:
    """How well the best place of each article fits the words, 0 to 100, by letters."""
    keys, fits = list(shown_keys), dict[int, float]()
    for at in range(0, len(keys), MEASURED_AT_ONCE):
        some = keys[at : at + MEASURED_AT_ONCE]
        new = {key: _fit(" ".join(quoted), text) for key, text in texts.of(some)}
        fits |= new
        # They come best first: once they are found, and ten in a row are unlike them, so is the rest.
        if max(fits.values(), default=0.0) >= ENOUGH and max(new.values(), default=0.0) < LIKE:
            break
    return fits


class _Texts:
    """The words of articles as one text; each is read once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.read: dict[int, str] = {}

    def of(self, shown_keys: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Those of these keys, in their order."""
        new = load_texts(self.connection, [key for key in shown_keys if key not in self.read])
        self.read |= {key: " ".join(words_of(text)) for key, text in new.items()}
        return ((key, self.read[key]) for key in shown_keys if key in self.read)


def _fit(quoted: str, text: str) -> float:
    from rapidfuzz import fuzz

    if len(quoted) > len(text):
        return fuzz.ratio(quoted, text)
    return fuzz.partial_ratio(quoted, text)


def _order(texts: "_Texts", quoted: Sequence[str], scores: dict[int, float]) -> list[int]:
    """Articles, best first; those that hold the one or the other half well come right behind the best."""
    whole = sorted(scores, key=lambda key: (-scores[key], -key))
    if len(quoted) < 8 or not whole or scores[whole[0]] >= ENOUGH:
        return whole
    half = len(quoted) // 2
    orders = [whole]
    for part in (quoted[:half], quoted[half:]):
        fits = _measure(texts, part, whole[:MOST_CANDIDATES])
        orders.append(sorted(fits, key=lambda key: (-fits[key], -key)))
    together = (key for keys in zip(*orders, strict=False) for key in keys)
    return list(dict.fromkeys([*together, *whole]))
