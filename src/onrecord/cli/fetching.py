"""Addresses on the command line: --fetch and what goes with it in, a way to read addresses out."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.record import Capture, Failure

if TYPE_CHECKING:
    from onrecord.ingest.fetch import Fetcher

Crawl = Callable[[str], Iterator[Capture | Failure]]
F = TypeVar("F", bound=Callable[..., Any])

# Each changes how addresses are fetched, and so is wrong where none is.
_FETCHING = {"most": "--most", "private": "--private", "ignore_robots": "--ignore-robots"}
_OPTIONS = (
    click.option(
        "--fetch", is_flag=True, help="Fetch what is an address; without it, nothing is ever fetched."
    ),
    click.option(
        "--most",
        type=click.IntRange(min=1),
        metavar="N",
        help="With --fetch: of a feed or sitemap, at most so many pages (20).",
    ),
    click.option(
        "--private", is_flag=True, help="With --fetch: also from this machine and private networks."
    ),
    click.option(
        "--ignore-robots", is_flag=True, help="With --fetch: also pages that robots.txt asks to leave."
    ),
)


def fetch_options(command: F) -> F:
    """Adds --fetch and the options that go with it."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def open_crawl(context: click.Context, given: dict[str, Any]) -> Crawl | None:
    """How to read an address, or None where nothing is to be fetched; connections close with the command."""
    if not given["fetch"]:
        lonely = next((option for name, option in _FETCHING.items() if given[name]), None)
        if lonely:
            raise click.UsageError(f"{lonely} says how addresses are fetched: give --fetch with it.")
        return None

    @cache
    def open_fetcher() -> "Fetcher":
        from onrecord.ingest.fetch import Fetcher

        fetcher = Fetcher(private=given["private"], robots=not given["ignore_robots"])
        return context.with_resource(fetcher)

    def read_address(url: str) -> Iterator[Capture | Failure]:
        from onrecord.ingest.listing import MOST_PAGES, crawl

        yield from crawl(url, open_fetcher(), most=given["most"] or MOST_PAGES)

    return read_address
