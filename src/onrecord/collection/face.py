"""The face of a record that is kept: a path or URL in, a `Collection` out that adds, asks and exports."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.collection.adding import Adding, AddReport, Step, Ways
from onrecord.collection.sources import Source, make_inputs
from onrecord.errors import QueryError
from onrecord.record import Answer, Failure, Judged, Judgement, Person, Query, Record
from onrecord.record.overview import Facets, Moments, TimeUnit, Whereabouts

if TYPE_CHECKING:
    import pandas
    import polars

    from onrecord.engine import Engine
    from onrecord.export.writing import Exported
    from onrecord.store.base import Counts, Store
    from onrecord.verifier.verdict import Report

Say = Callable[[str], None]


def open_collection(
    where: str | Path, *, create: bool = True, read_only: bool = False, say: Say | None = None
) -> "Collection":
    """The record in a file, or in a database by its postgresql:// URL; to be closed, as by `with`.

    One that is not there is made, as `open(path, "a")` makes a file, unless `create` is false or it is
    opened `read_only`; then it is a `StoreError`. `say` is told in a sentence what takes long.
    """
    from onrecord.store import open_store

    store = open_store(where, create=create and not read_only, read_only=read_only, say=say)
    return Collection(store, say=say)


class Collection:
    """A record that is kept. Everything it gives is as people judged it; `store` has the rest."""

    def __init__(self, store: "Store", *, engine: "Engine | None" = None, say: Say | None = None) -> None:
        self.store = store
        self._given_engine = engine
        self._say = say or _keep_quiet

    def __enter__(self) -> "Collection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file or connection."""
        self.store.close()

    @cached_property
    def engine(self) -> "Engine":
        """What reads here; its weights are loaded by the first article."""
        if self._given_engine is not None:
            return self._given_engine
        from onrecord.engine import Engine

        return Engine(say=self._say)

    def add(
        self,
        sources: Source | Iterable[Source],
        *,
        column: str | None = None,
        published: str | None = None,
        jobs: int = 1,
        progress: Callable[[Step], None] | None = None,
    ) -> AddReport:
        """What came of adding articles: paths of files and folders, captures, or records read elsewhere.

        What is known already, read by the same reader in the same way, is not read again. What cannot be
        read is counted, and listed by `failures`. With `jobs` above 1, articles are read in so many
        processes, and a program of your own must start below `if __name__ == "__main__":`.
        """
        from onrecord.collection.workers import LocalReader, PoolReader

        told = progress or _keep_quiet
        ways = Ways(signature=self.engine.signature, progress=told, own=self.store.where)
        reader = LocalReader(self.engine) if jobs < 2 else PoolReader(jobs, weights=self.engine.folder)
        inputs = make_inputs(sources, column=column, published=published)
        return Adding(self.store, reader, ways).add(inputs)

    def search(self, query: Query | str | None = None, **filters: Any) -> Answer:
        """The statements that answer a question: a `Query`, or words and its other fields.

        With `meaning`, those nearest to it: the sentence is read by the model that read the articles.

        `collection.search("bridge", speaker="Vance", form="direct")`
        """
        asked = _make_query(query, filters)
        sentence = self.engine.embed(asked.meaning) if asked.meaning is not None else None
        return self.store.search(asked, sentence=sentence)

    def facets(self, query: Query | str | None = None, **filters: Any) -> Facets:
        """What the statements that answer a question have in common: speakers, outlets, forms, places."""
        return self.store.facets(_make_query(query, filters))

    def moments(
        self, query: Query | str | None = None, *, unit: TimeUnit = "month", **filters: Any
    ) -> Moments:
        """How many of the statements that answer a question are of each year, month, day or hour."""
        return self.store.moments(_make_query(query, filters), unit)

    def whereabouts(self, query: Query | str | None = None, **filters: Any) -> Whereabouts:
        """The places that the statements that answer a question were made at or speak of."""
        return self.store.whereabouts(_make_query(query, filters))

    def timeline(self, person: str, query: Query | str | None = None, **filters: Any) -> Answer:
        """What a person said, oldest first unless the question sorts; `person` is a name or an id."""
        return self.store.timeline(person, _make_query(query, filters, sort="oldest"))

    def people(self, name: str, *, limit: int = 20) -> tuple[Person, ...]:
        """The people whose names hold these words, who said most first."""
        return self.store.find_people(name, limit=limit)

    def show(self, wanted_id: str) -> Judged:
        """The newest record of an article, or of the article of a statement; raises `UnknownIdError`."""
        return self.store.judged(wanted_id)

    def records(
        self, query: Query | str | None = None, *, with_body: bool = False, **filters: Any
    ) -> Iterator[Record]:
        """The newest record of every article, as judged; with a question only what answers it.

        With `with_body` their captures hold the bytes, as `onrecord check` and another collection want.
        """
        return (judged.record for judged in self._judged(query, filters, with_body=with_body))

    def verify(
        self, draft: str | Path | bytes, *, name: str | None = None, quotations: bool = False
    ) -> "Report":
        """A verdict on each quotation and claim of a draft: a path, or the draft itself as bytes or text.

        A text of one line is taken for a path. With `quotations`, claims in the draft's own words are left
        out. Raises `InputError` where there is no draft to read.
        """
        from onrecord.collection.verifying import open_draft, verify_draft

        return verify_draft(open_draft(draft, name=name), self.engine, self.store, quotations=quotations)

    def failures(self) -> tuple[Failure, ...]:
        """What could not be read."""
        return self.store.failures()

    def counts(self) -> "Counts":
        """How much there is."""
        return self.store.counts()

    def judge(self, judgements: Judgement | Sequence[Judgement]) -> None:
        """Keeps judgements, which count from now on; `onrecord.record` has what makes them."""
        self.store.add_judgements([judgements] if isinstance(judgements, Judgement) else judgements)

    def withdraw(self, judgement_id: str, *, by: str, at: str) -> None:
        """Makes a judgement count no more; it stays, marked with who withdrew it, and when (ISO 8601)."""
        self.store.withdraw(judgement_id, by=by, at=at)

    def export(
        self,
        path: str | Path,
        format: str | None = None,
        query: Query | str | None = None,
        *,
        with_body: bool = False,
        **filters: Any,
    ) -> "Exported":
        """What was written to a file, whole or not at all; its name tells the format where none is given.

        With `with_body`, captured bytes are in it where the format can hold them. Raises `ExportError`,
        which lists the formats.
        """
        from onrecord.export.base import ExportContext, name_program
        from onrecord.export.writing import export_to

        failures = () if query or filters else self.store.failures()
        context = ExportContext(
            generator=name_program(), failures=failures, with_body=with_body, say=self._say
        )
        return export_to(path, format, self._judged(query, filters, with_body=with_body), context)

    def to_polars(self, query: Query | str | None = None, **filters: Any) -> "polars.DataFrame":
        """A row for each statement; needs the part "tables"."""
        from onrecord.export.frames import to_polars

        return to_polars(self._judged(query, filters))

    def to_pandas(self, query: Query | str | None = None, **filters: Any) -> "pandas.DataFrame":
        """A row for each statement; needs the part "pandas"."""
        from onrecord.export.frames import to_pandas

        return to_pandas(self._judged(query, filters))

    def _judged(
        self, query: Query | str | None, filters: dict[str, Any], *, with_body: bool = False
    ) -> Iterator[Judged]:
        asked = _make_query(query, filters) if query is not None or filters else None
        found = self.store.iter_judged(asked)
        return fill_bodies(found, self.store) if with_body else found


def fill_bodies(entries: Iterable[Judged], store: "Store") -> Iterator[Judged]:
    """The same with the captured bytes in their captures, one at a time."""
    for judged in entries:
        capture = judged.record.capture
        whole = dataclasses.replace(capture, body=store.capture_body(capture.sha256))
        yield dataclasses.replace(judged, record=dataclasses.replace(judged.record, capture=whole))


def _make_query(query: Query | str | None, filters: dict[str, Any], **usual: Any) -> Query:
    """The question; raises `QueryError` for a filter that there is not."""
    known = Query.__dataclass_fields__
    for name in filters:
        if name not in known:
            problem = f"There is no filter {name!r}."
            raise QueryError(problem, cure=f"The filters are: {', '.join(known)}.")
    if isinstance(query, Query):
        return query.narrow(**filters)
    return Query(**{**usual, "words": query, **filters})


def _keep_quiet(_: object) -> None:
    """Tells nobody."""
