"""What a program gives to be added: paths, captures, records and bytes in, inputs out."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from onrecord.collection.inputs import Input, is_address
from onrecord.collection.records import holds_records, iter_records
from onrecord.errors import InputError
from onrecord.record import Capture, Failure, Record

Source = str | Path | Capture | Record


def make_inputs(
    sources: Source | Iterable[Source], *, column: str | None = None, published: str | None = None
) -> Iterator[Input]:
    """An input for each source, as they come."""
    given = [sources] if isinstance(sources, Source) else sources
    for source in given:
        yield _make_input(source, column, published)


def _make_input(source: Source, column: str | None, published: str | None) -> Input:
    from onrecord.ingest import captures

    if isinstance(source, Capture):
        return Input(name=_name(source), find=partial(_once, source), published=published)
    if isinstance(source, Record):
        capture = source.capture
        return Input(
            name=_name(capture), find=partial(_once, capture), records=partial(_check_record, source)
        )
    if not isinstance(source, str | Path):
        raise TypeError(f"A path, a Capture or a Record can be added, and no {type(source).__name__}.")
    name = str(source)
    if is_address(name):
        return Input(name=name, find=partial(_refuse_address, name))
    if holds_records(Path(source)):
        records = partial(iter_records, Path(source))
        return Input(name=name, find=partial(captures, source), records=records)
    return Input(name=name, find=partial(captures, source, column=column), published=published)


def _name(capture: Capture) -> str:
    from onrecord.ingest import name_capture

    return name_capture(capture)


def _once(capture: Capture) -> Iterator[Capture | Failure]:
    yield capture


def _check_record(record: Record) -> Iterator[Record | Failure]:
    from onrecord.collection.records import check_record

    yield check_record(record, _name(record.capture))


def _refuse_address(name: str) -> Iterator[Capture | Failure]:
    raise InputError(
        "This is an address, and nothing is fetched here.",
        where=name,
        cure="Fetch it first, as onrecord.ingest.listing.crawl does, and add the captures.",
    )
