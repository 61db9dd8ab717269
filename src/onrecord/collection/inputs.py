"""Inputs of one article or many: their captures in order, how these are called, what their sites repeat."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from onrecord.collection.attempts import attempt, failure_of
from onrecord.errors import OnrecordError
from onrecord.record import Capture, Failure, Record

if TYPE_CHECKING:
    from onrecord.ingest.site_furniture import Repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Something to read: its name, how to get the captures in it, and what they lack.

    `records` gets what is in a file of records, which were read elsewhere; None of all else.
    """

    name: str
    find: Callable[[], Iterator[Capture | Failure]]
    records: Callable[[], Iterator[Record | Failure]] | None = None
    url: str | None = None
    published: str | None = None


def iter_captures(item: Input, *, debug: bool = False) -> Iterator[Capture | Failure]:
    """The captures of an input, with its address where they lack one; what stopped it is the last, if any."""
    try:
        found = item.find()
    except OnrecordError as error:
        yield failure_of(error, item.name)
        return
    step = partial(next, found, None)
    while (entry := attempt(step, item.name, debug=debug)) is not None:
        yield entry if isinstance(entry, Failure) else fill_url(entry, item.url)


def learn_repeats(inputs: Sequence[Input], say: Callable[[str], None]) -> "Repeated":
    """What the sites among the inputs repeat; says what was learned, because nothing may have been."""
    from onrecord.ingest.repetition import STORIES_FROM, learn_repeated

    repeated = learn_repeated(chain.from_iterable(map(iter_captures, inputs)))
    blocks = sum(len(repeats.several) for repeats in repeated.sites.values())
    if blocks:
        say(f"Furniture learned; sites: {len(repeated.sites)}, blocks that their stories repeat: {blocks}.")
    else:
        say(f"No furniture learned: no {STORIES_FROM} stories of one site repeat a block.")
    return repeated


def is_address(name: str) -> bool:
    """Whether an input is an address on the network, and no file."""
    return name.lower().startswith(("http://", "https://"))


def name_entry(capture: Capture, name: str) -> str:
    """What the article of a capture is called that came of the input of this name."""
    from onrecord.ingest import name_capture

    of_address = is_address(name) and capture.url
    return name if capture.container is None and not of_address else name_capture(capture)


def fill_url(capture: Capture, url: str | None) -> Capture:
    """The capture with this address where it has none."""
    return capture if capture.url or not url else dataclasses.replace(capture, url=url)
