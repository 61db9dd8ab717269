"""What a store is, whichever database holds it: a writer and a view."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.record import Capture, Failure, Meanings, Record
from onrecord.record.judgement import Judgement
from onrecord.record.overlay import Judged, Unfit
from onrecord.record.overview import ArticleLines, Facets, Moments, TimeUnit, Whereabouts
from onrecord.record.query import Answer, Passage, Person, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """With what, and how, captures are read: the same reading of the same capture gives the same record.

    `reader` names program, readers and model with their versions; `settings` what the caller gave
    ("published=2024-03-20").
    """

    reader: str
    settings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of `add`: when, with which reader, how it ended; `ended_at` is None where it was cut off."""

    run_id: str
    reader: str
    started_at: str
    ended_at: str | None
    added: int
    known: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a store holds."""

    captures: int
    articles: int
    extractions: int
    statements: int
    people: int
    judgements: int
    failures: int


class View(Protocol):
    """What can be asked of a store. Raises `StoreError`, `UnknownIdError`, `QueryError`."""

    def search(self, query: Query, *, sentence: Meanings | None = None) -> Answer:
        """The statements that answer the question; with its `meaning`, `sentence` is the vector of that."""

    def timeline(self, person: str, query: Query | None = None) -> Answer:
        """What a person said, oldest first unless the query sorts; `person` is a name or an id."""

    def find_people(self, name: str, *, limit: int = 20) -> tuple[Person, ...]:
        """The people whose names hold these words, who said most first."""

    def find_passages(self, words: str, *, limit: int = 20) -> tuple[Passage, ...]:
        """The articles that most likely hold these words, or most of them, best first."""

    def facets(self, query: Query) -> Facets:
        """What the statements that answer the question have in common."""

    def moments(self, query: Query, unit: TimeUnit) -> Moments:
        """How many of the statements that answer the question are of each year, month, day or hour."""

    def whereabouts(self, query: Query) -> Whereabouts:
        """The places that the statements that answer the question were made at or speak of."""

    def newest_articles(self, *, limit: int = 20, after: str | None = None) -> ArticleLines:
        """The articles as they were added, the last first; `after` is the `next` of those before."""

    def judged(self, wanted_id: str) -> Judged:
        """The newest record of an article, or of the article of a statement, as judged."""

    def iter_judged(self, query: Query | None = None) -> Iterator[Judged]:
        """Every article's newest record as judged, in the order they were added; with a query those
        with statements that answer it, and of these only such statements."""

    def extractions(self, article_id: str) -> tuple[Record, ...]:
        """All records ever made of an article's capture, oldest first, as they were extracted."""

    def capture_body(self, sha256: str) -> bytes:
        """The captured bytes with this hash."""

    def judgements(self, *, of: str | None = None, newest: int | None = None) -> tuple[Judgement, ...]:
        """All judgements, withdrawn ones too, in the order they were made; `of` an article alone (its id, or
        that of a statement of it), or the `newest` so many."""

    def unfit(self) -> tuple[Unfit, ...]:
        """The standing judgements that no longer fit."""

    def failures(self) -> tuple[Failure, ...]:
        """What could not be read, and was not read since in the same way."""

    def readers(self) -> tuple[tuple[str, int], ...]:
        """With what the records that are shown were read, and how many with each, most first."""

    def runs(self) -> tuple[Run, ...]:
        """The runs of `add`, oldest first."""

    def counts(self) -> Counts:
        """How much there is."""

    def check_file(self) -> tuple[str, ...]:
        """What is damaged, a sentence each; empty where all is whole. Reads everything there is."""


class Writer(Protocol):
    """What can be put into a store; each call is one transaction, done wholly or not at all."""

    def start_run(self, reading: Reading) -> str:
        """The id of a new run."""

    def end_run(self, run_id: str, *, added: int, known: int, failed: int) -> None:
        """Notes that a run came to its end."""

    def knows(self, capture: Capture, reading: Reading) -> bool:
        """Whether this capture was read so before, well or not; notes that it was met again."""

    def add_records(self, entries: Sequence[tuple[Capture, Record | Failure]], reading: Reading) -> None:
        """Keeps captures with what was read from each, and makes that the newest."""

    def add_failures(self, failures: Sequence[Failure], reading: Reading) -> None:
        """Keeps failures of what never became a capture; one that is known already is not kept twice."""

    def add_judgements(self, judgements: Sequence[Judgement]) -> None:
        """Keeps judgements; they count from now on in every view. Raises `UnknownIdError`."""

    def withdraw(self, judgement_id: str, *, by: str, at: str) -> None:
        """Makes a judgement count no more; it stays, marked. Raises `UnknownIdError`."""

    def rebuild_index(self, say: Callable[[str], None] | None = None) -> None:
        """Makes all that is searched anew from what is kept; `say` is told how far it is."""


class Store(View, Writer, Protocol):
    """An open record file or database; closed by `close` or at the end of a `with`."""

    @property
    def where(self) -> str:
        """The path or address, without its password."""

    def __enter__(self) -> "Store":
        """The store itself."""

    def __exit__(self, *_: object) -> None:
        """Closes it."""

    def close(self) -> None:
        """Lets go of the file or connection."""
