"""`onrecord search`: the statements of a record that answer a question, each with its evidence."""

import sys
from collections.abc import Sequence
from typing import Any, get_args

import click

from onrecord.cli.exits import debug_option, say
from onrecord.cli.filters import filter_options, limit_option, query_of, speaker_option
from onrecord.cli.where import in_option, open_for
from onrecord.collection.face import Collection
from onrecord.record import Answer, Query, Sort


@click.command()
@click.argument("words", nargs=-1)
@in_option
@speaker_option
@filter_options
@click.option("--articles", is_flag=True, help="Search the whole text of the articles for the words.")
@click.option("--meaning", metavar="SENTENCE", help="Statements that say the like of this sentence.")
@click.option(
    "--sort",
    type=click.Choice(get_args(Sort)),
    help="Newest first where nothing is given; by confidence the least sure first.",
)
@limit_option
@click.option("--after", metavar="NEXT", help="Those after an answer: what it gave as next.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@debug_option
def search(words: tuple[str, ...], where: str | None, as_json: bool, **given: Any) -> None:
    """Search a record for statements.

    WORDS must all stand in a statement, in any order. "these words" in quotation marks stand so together;
    begin* finds how a word begins; -word must not stand there (write -- before the words then). Without
    WORDS, the filters alone say which.

    \b
    onrecord search --in news.onrecord bridge --speaker Vance --form direct
    onrecord search --in news.onrecord '"every bolt"' --published 2024-10 --sort relevance
    onrecord search --in news.onrecord --status unjudged --sort confidence
    """
    query = query_of(given).narrow(
        words=join_words(words),
        scope="article" if given["articles"] else "statements",
        meaning=given["meaning"],
        sort=given["sort"] or ("meaning" if given["meaning"] else "date"),
        limit=given["limit"],
        after=given["after"],
    )
    with open_for(where) as store:
        answer = Collection(store, say=say).search(query)
    show_answer(answer, query, as_json=as_json)


def join_words(words: Sequence[str]) -> str | None:
    """The words as one question; an argument that the shell kept together stays together."""
    return " ".join(f'"{w}"' if " " in w and '"' not in w else w for w in words) or None


def show_answer(answer: Answer, query: Query, *, as_json: bool) -> None:
    """Prints an answer; on stderr how much of it was shown, and how to have more."""
    from onrecord.cli.hits import answer_json, render_answer

    if as_json:
        click.echo(answer_json(answer, query))
        return
    stream = sys.stdout
    stream.write(render_answer(answer, stream))
    stream.flush()
    if answer.next or not answer.hits:
        total = "more than are counted" if answer.total is None else f"{answer.total:,}"
        more = f" For those after them: --after {answer.next}" if answer.next else ""
        say(f"Shown: {len(answer.hits):,} of {total}.{more}")
