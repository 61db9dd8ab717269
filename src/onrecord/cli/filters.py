"""The filters of a question on the command line: one set of options, for each command that asks a record."""

import re
from collections.abc import Callable
from typing import Any, TypeVar, get_args

import click

from onrecord.record import Form, HopKind, Mode, Query
from onrecord.record.query import DEFAULT_LIMIT, QueryStatus

F = TypeVar("F", bound=Callable[..., Any])
NEAR = re.compile(
    r"\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(\d+(?:\.\d+)?)\s*(?:km)?\s*", re.I
)
DATES = "An EDTF date or interval: 2024, 2024-03, 2024-03-20, 2024-03/2024-05, 2024-03/.., ../2020."

# In the order of --help.
_OPTIONS = (
    click.option("--outlet", metavar="NAME", help="Printed by this outlet: its name or host."),
    click.option("--form", type=click.Choice(get_args(Form)), help="How the words are given."),
    click.option("--mode", type=click.Choice(get_args(Mode)), help="What the cue tells."),
    click.option("--via", metavar="WORDS", help="On whose word or through what: words of a hop."),
    click.option("--via-kind", type=click.Choice(get_args(HopKind)), help="The kind of a hop."),
    click.option(
        "--when",
        metavar="DATES",
        help="Said then, or published then where nobody tells when it was said: what answers are sorted by. "
        "As --said, and as fine as an hour or minute: 2024-03-20T15.",
    ),
    click.option("--said", metavar="DATES", help=f"Said then, where that is known. {DATES}"),
    click.option("--about-time", metavar="DATES", help="Speaks of that time."),
    click.option("--published", metavar="DATES", help="Published then."),
    click.option("--place", metavar="PLACE", help="Said there or of it: a name, an id of the gazetteer."),
    click.option(
        "--near", metavar="LAT,LON,KM", help="Said or of a place so near: degrees north and east, km."
    ),
    click.option(
        "--status", type=click.Choice(get_args(QueryStatus)), help="Judged so by people, or not judged yet."
    ),
)
_SPEAKER = click.option("--speaker", metavar="NAME", help="A name or part of one, or the id of a person.")
limit_option = click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=DEFAULT_LIMIT,
    show_default=True,
    help="Show so many at most.",
)
FIELDS = ("speaker", "outlet", "form", "mode", "via", "via_kind", "when", "said", "about_time", "published",
          "place", "status")  # fmt: skip


def filter_options(command: F) -> F:
    """Adds the filters, all but the speaker's."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def speaker_option(command: F) -> F:
    """Adds --speaker."""
    return _SPEAKER(command)


def query_of(given: dict[str, Any]) -> Query:
    """The question that these options ask; options that are none of the filters are passed over."""
    fields = {name: given[name] for name in FIELDS if given.get(name) is not None}
    return Query(near=read_near(given["near"]) if given.get("near") else None, **fields)


def read_near(given: str) -> tuple[float, float, float]:
    """Latitude, longitude and kilometres; a wrong command line where these are no such three.

    >>> read_near("52.5,13.4,30")
    (52.5, 13.4, 30.0)
    """
    found = NEAR.fullmatch(given)
    latitude, longitude, reach = map(float, found.groups()) if found else (999.0, 0.0, 0.0)
    if abs(latitude) > 90 or abs(longitude) > 180 or reach <= 0:
        raise click.UsageError(
            f"--near {given!r} is no place: give degrees north, degrees east and kilometres: 52.5,13.4,30."
        )
    return latitude, longitude, reach
