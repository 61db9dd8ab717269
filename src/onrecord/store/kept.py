"""The store itself: a view and a writer over an open database, each call one transaction."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, update

from onrecord.errors import QueryError
from onrecord.record import (
    Answer,
    Capture,
    Failure,
    Judged,
    Judgement,
    Meanings,
    Passage,
    Person,
    Query,
    Record,
    Unfit,
    capture_id_of,
    content_id,
)
from onrecord.record.overview import ArticleLines, Facets, Moments, TimeUnit, Whereabouts
from onrecord.store import (
    adding,
    checking,
    index,
    indexing,
    judging,
    looking,
    narrowing,
    overseeing,
    search_meaning,
)
from onrecord.store.base import Counts, Reading, Run
from onrecord.store.database import Database
from onrecord.store.newest import list_newest
from onrecord.store.overview_facets import count_facets
from onrecord.store.overview_moments import count_moments
from onrecord.store.overview_places import count_places
from onrecord.store.tables import runs
from onrecord.store.wanted import find_capture_id, find_capture_key, find_judgement_id

Say = Callable[[str], None]


class KeptStore:
    """An open record: `onrecord.store.open_store` gives it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._vectors: search_meaning.Vectors | None = None

    @property
    def where(self) -> str:
        """The path or address, without its password."""
        return self._database.where

    def __enter__(self) -> "KeptStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file or connection."""
        self._database.close()

    # What can be put into it

    def start_run(self, reading: Reading) -> str:
        """The id of a new run."""
        started_at = _now()
        run_id = content_id("run", reading.reader, reading.settings, started_at, secrets.token_hex(8))
        row = {"run_id": run_id, "reader": reading.reader, "started_at": started_at}
        with self._database.writing() as connection:
            connection.execute(insert(runs), row)
        return run_id

    def end_run(self, run_id: str, *, added: int, known: int, failed: int) -> None:
        """Notes that a run came to its end."""
        ended = update(runs).where(runs.c.run_id == run_id)
        with self._database.writing() as connection:
            connection.execute(ended.values(ended_at=_now(), added=added, known=known, failed=failed))

    def knows(self, capture: Capture, reading: Reading) -> bool:
        """Whether this capture was read so before, well or not; notes that it was met again."""
        with self._database.reading() as connection:
            if adding.find_reading(connection, capture, reading) is None:
                return False
            noted = adding.knows_sighting(connection, capture)
        if not noted and not self._database.read_only:
            with self._database.writing() as connection:
                adding.add_capture(connection, capture)
        return True

    def add_records(self, entries: Sequence[tuple[Capture, Record | Failure]], reading: Reading) -> None:
        """Keeps captures with what was read from each, and makes that the newest."""
        with self._database.writing() as connection:
            bench = judging.Bench(connection, self.where)
            for capture, outcome in entries:
                shown = adding.add_reading(connection, capture, outcome, reading)
                if shown is not None and isinstance(outcome, Record):
                    indexing.lay_shown(connection, shown, outcome, bench, capture_id_of(capture))

    def add_failures(self, failures: Sequence[Failure], reading: Reading) -> None:
        """Keeps failures of what never became a capture; one that is known already is not kept twice."""
        with self._database.writing() as connection:
            for failure in failures:
                adding.add_failure(connection, failure, reading)

    def add_judgements(self, judgements: Sequence[Judgement]) -> None:
        """Keeps judgements; they count from now on in every view. Raises `UnknownIdError`."""
        with self._database.writing() as connection:
            overseeing.expect_known(connection, judgements, self.where)
            new = [one for one in judgements if judging.add_judgement(connection, one)]
            overseeing.apply(connection, new, self.where)

    def withdraw(self, judgement_id: str, *, by: str, at: str) -> None:
        """Makes a judgement count no more; it stays, marked. Raises `UnknownIdError`."""
        with self._database.writing() as connection:
            whole = find_judgement_id(connection, judgement_id, self.where)
            if judging.add_withdrawal(connection, whole, by=by, at=at):
                changed = judging.load(connection, judging.ONE, self.where, wanted=whole)
                overseeing.apply(connection, changed, self.where)

    def rebuild_index(self, say: Say | None = None) -> None:
        """Makes all that is searched anew from what is kept; `say` is told how far it is."""
        with self._database.writing() as connection:
            indexing.remake_index(connection, self.where, say)

    # What can be asked of it

    def search(self, query: Query, *, sentence: Meanings | None = None) -> Answer:
        """The statements that answer the question; with its `meaning`, `sentence` is the vector of that."""
        with self._database.reading() as connection:
            if query.meaning is None:
                return index.search(connection, query)
            if sentence is None:
                raise QueryError(
                    "The sentence whose meaning is looked for was not read.",
                    cure="Ask through the collection (onrecord.open), which reads it.",
                )
            return index.search_like(
                connection, query, sentence, self._vectors_of(connection, sentence.model)
            )

    def _vectors_of(self, connection: Connection, model: str) -> search_meaning.Vectors:
        """All vectors of a model; loaded once, and again when there are others."""
        held = self._vectors
        if held is None or held.stamp != search_meaning.stamp_of(connection, model):
            held = self._vectors = search_meaning.load_vectors(connection, model)
        return held

    def timeline(self, person: str, query: Query | None = None) -> Answer:
        """What a person said, oldest first unless the query sorts; `person` is a name or an id."""
        with self._database.reading() as connection:
            return index.timeline(connection, person, query)

    def find_people(self, name: str, *, limit: int = 20) -> tuple[Person, ...]:
        """The people whose names hold these words, who said most first."""
        with self._database.reading() as connection:
            return index.find_people(connection, name, limit=limit)

    def find_passages(self, words: str, *, limit: int = 20) -> tuple[Passage, ...]:
        """The articles that most likely hold these words, or most of them, best first."""
        with self._database.reading() as connection:
            return index.find_passages(connection, words, limit=limit)

    def facets(self, query: Query) -> Facets:
        """What the statements that answer the question have in common."""
        with self._database.reading() as connection:
            return count_facets(connection, query)

    def moments(self, query: Query, unit: TimeUnit) -> Moments:
        """How many of the statements that answer the question are of each year, month, day or hour."""
        with self._database.reading() as connection:
            return count_moments(connection, query, unit)

    def whereabouts(self, query: Query) -> Whereabouts:
        """The places that the statements that answer the question were made at or speak of."""
        with self._database.reading() as connection:
            return count_places(connection, query)

    def newest_articles(self, *, limit: int = 20, after: str | None = None) -> ArticleLines:
        """The articles as they were added, the last first; `after` is the `next` of those before."""
        with self._database.reading() as connection:
            return list_newest(connection, limit=limit, after=after)

    def judged(self, wanted_id: str) -> Judged:
        """The newest record of an article, or of the article of a statement, as judged."""
        with self._database.reading() as connection:
            capture_key = find_capture_key(connection, wanted_id, self.where)
            return overseeing.judge_capture(connection, capture_key, self.where)

    def iter_judged(self, query: Query | None = None) -> Iterator[Judged]:
        """Every article's newest record as judged, in the order they were added; with a query those
        with statements that answer it, and of these only such statements. All of one moment."""
        with self._database.reading() as connection:
            if query is None:
                yield from overseeing.iter_all(connection, self.where)
            else:
                yield from narrowing.iter_answering(connection, query, self.where)

    def extractions(self, article_id: str) -> tuple[Record, ...]:
        """All records ever made of an article's capture, oldest first, as they were extracted."""
        with self._database.reading() as connection:
            capture_key = find_capture_key(connection, article_id, self.where)
            return looking.load_extractions(connection, capture_key, self.where)

    def capture_body(self, sha256: str) -> bytes:
        """The captured bytes with this hash."""
        with self._database.reading() as connection:
            return looking.load_body(connection, sha256, self.where)

    def judgements(self, *, of: str | None = None, newest: int | None = None) -> tuple[Judgement, ...]:
        """All judgements, withdrawn ones too, in the order they were made; `of` an article alone (its id, or
        that of a statement of it), or the `newest` so many."""
        with self._database.reading() as connection:
            if of is None and newest is None:
                return judging.load(connection, judging.ALL, self.where)
            capture_id = find_capture_id(connection, of, self.where) if of is not None else None
            return judging.load_newest(connection, self.where, most=newest, capture_id=capture_id)

    def unfit(self) -> tuple[Unfit, ...]:
        """The standing judgements that no longer fit."""
        with self._database.reading() as connection:
            return overseeing.find_unfit(connection, self.where)

    def failures(self) -> tuple[Failure, ...]:
        """What could not be read, and was not read since in the same way."""
        with self._database.reading() as connection:
            return looking.load_failures(connection)

    def readers(self) -> tuple[tuple[str, int], ...]:
        """With what the records that are shown were read, and how many with each, most first."""
        with self._database.reading() as connection:
            return looking.load_readers(connection)

    def runs(self) -> tuple[Run, ...]:
        """The runs of `add`, oldest first."""
        with self._database.reading() as connection:
            return looking.load_runs(connection)

    def counts(self) -> Counts:
        """How much there is."""
        with self._database.reading() as connection:
            return looking.count(connection)

    def check_file(self) -> tuple[str, ...]:
        """What is damaged, a sentence each; empty where all is whole. Reads everything there is."""
        return checking.check(self._database)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
