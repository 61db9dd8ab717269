"""Makes a store of a million statements, and measures what is asked of it beside plain SQLite FTS5.

    python -m bench.collection --statements 1000000 --to million.onrecord
    python -m bench.collection --measure million.onrecord
    python -m bench.collection --measure million.onrecord --floor floor.sqlite   # keeps the floor's index

Articles are invented (bench/invented.py) and go through the store's own writer. Figures are of this machine,
of one process; the floor is the same statements in a table of FTS5 and nothing else, with the same `LIMIT`.
"""

import argparse
import gc
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench.invented import STATEMENTS, Inventor, World, Zipf, make_world
from onrecord.record import Query
from onrecord.record.query import Hit
from onrecord.store import open_store
from onrecord.store.base import Reading, Store

BATCH = 100
TIMES = 200
SAMPLED = 400
SHARES = (0.5, 0.95, 0.99)
READING = Reading(reader="invented/1")


def make_collection(path: Path, statements: int, say: Callable[[str], None]) -> None:
    """Adds invented articles until the store holds about so many statements."""
    articles = round(statements / STATEMENTS)
    began = time.perf_counter()
    with open_store(path, create=True) as store:
        made = iter(Inventor(make_world(), articles))
        done = 0
        while batch := list(islice(made, BATCH)):
            store.add_records([(record.capture, record) for record in batch], READING)
            done += len(batch)
            if done % 1000 == 0:
                say(f"{done:,} of {articles:,} articles, {time.perf_counter() - began:,.0f} s")


def measure(path: Path, floor: Path | None) -> Iterator[str]:
    """The table of figures, in Markdown, line by line."""
    with open_store(path, read_only=True) as store, tempfile.TemporaryDirectory() as folder:
        counts, size = store.counts(), path.stat().st_size
        yield (
            f"{counts.statements:,} statements of {counts.articles:,} articles, {counts.people:,} speakers; "
            f"{size / 1e6:,.0f} MB, {size / max(counts.articles, 1) / 1e3:.1f} kB an article."
        )
        yield from (
            "",
            "| question | answers | p50 ms | p95 ms | p99 ms | most ms |",
            "|---|---|---|---|---|---|",
        )
        words: list[tuple[str, list[str]]] = []
        questions = list(list_questions(store))
        # The collector of garbage would look through all that is asked here again and again: 30 ms each time.
        gc.collect()
        gc.freeze()
        for name, ask, asked in questions:
            yield _show(name, [_time(ask, one) for one in asked])
            words += _floor_asked(name, asked)
        plain = _open_floor(store, floor or Path(folder) / "floor.sqlite")
        for name, plainly in words:
            yield _show(f"plain FTS5: {name}", [_time(plain, one) for one in plainly])


def _time(ask: Callable[[Any], int], one: Any) -> tuple[float, int]:
    # Of the processor: what else runs on the machine is not counted, nor is waiting for the disk.
    began = time.process_time()
    found = ask(one)
    return 1000 * (time.process_time() - began), found


def _show(name: str, taken: Sequence[tuple[float, int]]) -> str:
    times = sorted(ms for ms, _ in taken)
    found = sum(1 for _, count in taken if count) / len(taken)
    shares = [times[min(len(times) - 1, int(share * len(times)))] for share in SHARES]
    return f"| {name} | {found:.0%} | " + " | ".join(f"{ms:.1f}" for ms in (*shares, times[-1])) + " |"


Question = tuple[str, Callable[[Any], int], list[Any]]


def list_questions(store: Store) -> Iterator[Question]:
    """Every kind of question, with the questions of each, drawn the same each time."""
    chance = random.Random(5)
    world = make_world()
    drawn = _Drawn(chance, world, _sample(store, chance))

    def ask(query: Query) -> int:
        return len(store.search(query).hits)

    def many(make: Callable[[], Query]) -> list[Query]:
        return [make() for _ in range(TIMES)]

    yield "one word", ask, many(lambda: Query(words=drawn.word()))
    yield "one word of the commonest 300", ask, many(lambda: Query(words=drawn.common()))
    yield "two words, drawn apart", ask, many(lambda: Query(words=f"{drawn.word()} {drawn.word()}"))
    yield "two words of one statement", ask, many(lambda: Query(words=" ".join(drawn.near(2))))
    yield "phrase of two to four words", ask, many(lambda: Query(words=f'"{drawn.phrase()}"'))
    yield "prefix of three to five letters", ask, many(lambda: Query(words=drawn.prefix()))
    yield "word, without another", ask, many(lambda: Query(words=f"{drawn.word()} -{drawn.word()}"))
    yield "one word, by relevance", ask, many(lambda: Query(words=drawn.word(), sort="relevance"))
    two = lambda: Query(words=" ".join(drawn.near(2)), sort="relevance")  # noqa: E731
    yield "two words, by relevance", ask, many(two)
    yield "in whole articles", ask, many(lambda: Query(words=" ".join(drawn.near(2)), scope="article"))
    for name, make in drawn.filters().items():
        yield f"filter: {name}", ask, [Query(**make()) for _ in range(TIMES)]
        yield f"word, filter: {name}", ask, [Query(words=drawn.word(), **make()) for _ in range(TIMES)]
    yield "three filters and a word", ask, many(drawn.three)

    def ask_timeline(asked: tuple[str, Query]) -> int:
        return len(store.timeline(*asked).hits)

    oldest = Query(sort="oldest")
    yield "timeline", ask_timeline, [(drawn.speaker(), oldest) for _ in range(TIMES)]
    filtered = [(drawn.speaker(), oldest.narrow(published=drawn.year(), form="direct")) for _ in range(TIMES)]
    yield "timeline, filtered", ask_timeline, filtered
    yield "timeline of a family name", ask_timeline, [(drawn.family(), oldest) for _ in range(TIMES)]

    yield from _list_overviews(store, drawn)

    def ask_passages(words: str) -> int:
        return len(store.find_passages(words))

    yield "passages of a quotation", ask_passages, [drawn.quotation() for _ in range(TIMES)]
    yield "passages of commonest words", ask_passages, [drawn.commonplace() for _ in range(TIMES // 4)]


def _list_overviews(store: Store, drawn: "_Drawn") -> Iterator[Question]:
    """What a page asks of a record as a whole, and of what answers a question."""

    def many(make: Callable[[], Any]) -> list[Any]:
        return [make() for _ in range(TIMES // 4)]

    kinds: dict[str, Callable[[], Query]] = {
        "all": Query,
        "common word": lambda: Query(words=drawn.common()),
        "speaker": lambda: Query(speaker=drawn.speaker()),
        "prolific speaker": lambda: Query(speaker=drawn.world.people[drawn.chance.randrange(10)]),
        "outlet": lambda: Query(outlet=drawn.chance.choice(drawn.world.outlets)[0]),
        "when": lambda: Query(when=drawn.month()),
        "word, form, when": lambda: Query(words=drawn.word(), form="direct", when=drawn.year()),
    }
    asks: dict[str, Callable[[Query], int]] = {
        "facets": lambda query: store.facets(query).counted,
        "moments by month": lambda query: store.moments(query, "month").counted,
        "moments by day": lambda query: store.moments(query, "day").counted,
        "moments by hour": lambda query: store.moments(query, "hour").counted,
        "whereabouts": lambda query: store.whereabouts(query).counted,
        "review queue": lambda query: len(
            store.search(query.narrow(status="unjudged", sort="confidence")).hits
        ),
    }
    for name, ask in asks.items():
        for kind, make in kinds.items():
            yield f"{name}: {kind}", ask, many(make)
    yield "newest articles", lambda _: len(store.newest_articles().listed), many(Query)
    yield "counts", lambda _: store.counts().statements, many(Query)
    known = [hit.person_id for hit in drawn.hits if hit.person_id]
    yield "a person by id", lambda one: len(store.find_people(one)), many(lambda: drawn.chance.choice(known))


def _sample(store: Store, chance: random.Random) -> list[Hit]:
    """Statements from all over the collection."""
    hits: list[Hit] = []
    for year in range(2026, 2031):
        for month in range(1, 13):
            hits += store.search(Query(published=f"{year}-{month:02}", limit=SAMPLED // 60)).hits
    chance.shuffle(hits)
    return hits


class _Drawn:
    """Draws what is asked for."""

    def __init__(self, chance: random.Random, world: World, hits: list[Hit]) -> None:
        self.chance, self.world, self.hits = chance, world, hits
        self.rank = Zipf(chance, len(world.words), 1.05)
        self.person = Zipf(chance, len(world.people), 0.8)
        self.texts = [[word.strip("“”,.").lower() for word in " ".join(hit.content).split()] for hit in hits]

    def word(self) -> str:
        return self.world.words[self.rank.draw()]

    def common(self) -> str:
        return self.world.words[self.chance.randrange(300)]

    def near(self, count: int) -> list[str]:
        return self.chance.sample(self.chance.choice(self.texts), count)

    def phrase(self) -> str:
        words, count = self.chance.choice(self.texts), self.chance.randint(2, 4)
        at = self.chance.randrange(max(1, len(words) - count))
        return " ".join(words[at : at + count])

    def prefix(self) -> str:
        word = max((self.word() for _ in range(4)), key=len)
        return word[: self.chance.randint(3, 5)] + "*"

    def speaker(self) -> str:
        return self.world.people[self.person.draw()]

    def family(self) -> str:
        return self.speaker().split()[1]

    def year(self) -> str:
        return str(self.chance.randint(2026, 2030))

    def month(self) -> str:
        return f"{self.year()}-{self.chance.randint(1, 12):02}"

    def filters(self) -> dict[str, Callable[[], dict[str, Any]]]:
        """Each filter, and what draws it."""
        pick, world = self.chance.choice, self.world

        def near() -> tuple[float, float, float]:
            return (self.chance.uniform(38, 60), self.chance.uniform(-5, 25), float(pick((50, 100, 300))))

        return {
            "speaker": lambda: {"speaker": self.speaker()},
            "family name": lambda: {"speaker": self.family()},
            "outlet": lambda: {"outlet": pick(world.outlets)[0]},
            "form": lambda: {"form": pick(("direct", "indirect"))},
            "mode": lambda: {"mode": pick(("said", "wrote", "thinks"))},
            "via": lambda: {"via": pick(world.outlets)[0]},
            "said": lambda: {"said": self.month()},
            "about_time": lambda: {"about_time": self.month()},
            "published": lambda: {"published": f"{self.month()}/.."},
            "place": lambda: {"place": pick(world.places).name},
            "country": lambda: {"place": pick(world.places).country},
            "near": lambda: {"near": near()},
        }

    def three(self) -> Query:
        return Query(words=self.word(), form="direct", published=self.year(), mode="said")

    def quotation(self) -> str:
        """Words of a statement, one or two of them changed, dropped or put in."""
        words = list(self.chance.choice(self.texts))[:24]
        for _ in range(self.chance.randint(0, 2)):
            at = self.chance.randrange(len(words))
            words[at : at + self.chance.randint(0, 1)] = [self.word()] * self.chance.randint(0, 1)
        return " ".join(words)

    def commonplace(self) -> str:
        from bench.invented import FUNCTION_WORDS

        return " ".join(self.chance.sample(FUNCTION_WORDS[:60], 6))


def _open_floor(store: Store, path: Path) -> Callable[[str], int]:
    """A plain table of FTS5 with the contents of all statements; what asks it."""
    made = path.exists()
    plain = sqlite3.connect(path)
    if not made:
        plain.execute(
            "CREATE VIRTUAL TABLE said USING fts5(content, tokenize='unicode61 remove_diacritics 2')"
        )
        plain.executemany("INSERT INTO said(content) VALUES (?)", ((text,) for text in _contents(store)))
        plain.commit()

    def ask(words: str) -> int:
        found = plain.execute("SELECT rowid, content FROM said WHERE said MATCH ? LIMIT 20", (words,))
        return len(found.fetchall())

    return ask


def _contents(store: Store) -> Iterable[str]:
    for judged in store.iter_judged():
        text = judged.record.article.text
        for statement in judged.record.statements:
            yield " ".join(span.of(text) for span in statement.content)


def _floor_asked(name: str, asked: Sequence[Any]) -> Iterator[tuple[str, list[str]]]:
    """Questions of words alone, as FTS5 takes them."""
    if all(isinstance(one, Query) and one == Query(words=one.words) for one in asked):
        yield name, [str(one.words).replace(" -", " NOT ") for one in asked]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--to", type=Path, help="make this store, and measure it")
    parser.add_argument("--measure", type=Path, help="measure a store that was made so")
    parser.add_argument("--floor", type=Path, help="keep the plain index of the floor here")
    given = parser.parse_args(arguments)
    if given.to:
        make_collection(given.to, given.statements, lambda told: print(told, file=sys.stderr, flush=True))
    if given.to or given.measure:
        for line in measure(given.to or given.measure, given.floor):
            print(line, flush=True)


if __name__ == "__main__":
    main()
