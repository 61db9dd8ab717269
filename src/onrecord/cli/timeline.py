"""`onrecord timeline`: what a person said, in the order they said it."""

from typing import Any

import click

from onrecord.cli.exits import debug_option
from onrecord.cli.filters import filter_options, limit_option, query_of
from onrecord.cli.search import join_words, show_answer
from onrecord.cli.where import in_option, open_for


@click.command()
@click.argument("person")
@click.argument("words", nargs=-1)
@in_option
@filter_options
@click.option("--newest", is_flag=True, help="Newest first.")
@limit_option
@click.option("--after", metavar="NEXT", help="Those after an answer: what it gave as next.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@debug_option
def timeline(person: str, words: tuple[str, ...], where: str | None, as_json: bool, **given: Any) -> None:
    """What PERSON said, oldest first: when it was said where that is known, else when it was published.

    PERSON is a name, part of one, or the id of a person. A part may mean several people: all are
    taken, and named below. WORDS must stand in the statements, as in `onrecord search`.
    """
    query = query_of(given).narrow(
        words=join_words(words),
        sort="date" if given["newest"] else "oldest",
        limit=given["limit"],
        after=given["after"],
    )
    with open_for(where) as store:
        answer = store.timeline(person, query)
    show_answer(answer, query.narrow(speaker=person), as_json=as_json)
