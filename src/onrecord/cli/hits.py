"""Answers for people: statements of a record that is kept, each with its evidence, made for a stream.

In: an answer and a stream. Out: text; or one JSON object, the same shape for every command that asks.
"""

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.cli.table import FORM_STYLES, make_console
from onrecord.export.dates import show_moment, show_said
from onrecord.export.visible import show_line
from onrecord.record import Answer, Hit, Query

MOST_AROUND = 90  # characters of text shown before and after the words
GAP = " … "
_SAFE_LINK = re.compile(r"https?://[!-~]+")  # nothing that could end the terminal's command


def render_answer(answer: Answer, stream: TextIO, *, first: int = 1) -> str:
    """The hits one under the other, numbered from `first`, then the notes."""
    console = make_console(stream)
    with console.capture() as capture:
        for number, hit in enumerate(answer.hits, first):
            _print_hit(console, number, hit)
        for note in answer.notes:
            console.print(Text(show_line(note), style="dim"))
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


def answer_json(answer: Answer, query: Query) -> str:
    """One object: the question as it was understood, the hits, how many there are, and what asks for more."""
    asked = {name: value for name, value in dataclasses.asdict(query).items() if value is not None}
    shape = {"query": asked, **dataclasses.asdict(answer)}
    return to_line(shape)


def to_line(shape: object) -> str:
    """JSON on one line; what UTF-8 cannot hold is escaped."""
    line = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(shape, separators=(",", ":"))
    return line


def _print_hit(console: Console, number: int, hit: Hit) -> None:
    console.print(_headline(number, hit))
    for line in _evidence(hit):
        console.print(Padding(line, (0, 0, 0, 4)))
    console.print()


def _headline(number: int, hit: Hit) -> Text:
    """Number, day, speaker, and how the words are given."""
    line = Text(f"{number:>2}  ", style="dim")
    line.append(f"{show_when(hit)}  ", style="dim")
    line.append(show_line(name_of(hit)), style="bold" if hit.speaker else "dim")
    how = [hit.form, *([hit.mode] if hit.mode else [])]
    line.append(f"  {' · '.join(how)}", style=FORM_STYLES.get(hit.form, ""))
    for words in hit.via:
        line.append(f" · via {show_line(words)}")
    if hit.said_in:
        line.append(f" · in {show_line(hit.said_in)}")
    if hit.status:
        line.append(f" · {hit.status}", style="bold")
    return line


def show_when(hit: Hit) -> str:
    """When it was said, as fine as that is known; else, where nobody tells that, when it was published."""
    if hit.when is None:
        return "undated"
    if hit.when_is == "said":
        return show_said(hit.when, hit.said_from, hit.said_to)
    return f"{show_moment(hit.when)} (published)"


def name_of(hit: Hit) -> str:
    """The speaker, with the words of the source where these do not hold the name."""
    words = GAP.join(hit.source)
    if hit.speaker is None:
        return f"“{words}”" if words else "unknown"
    return (
        f"{hit.speaker} ({words})"
        if words and hit.speaker.casefold() not in words.casefold()
        else hit.speaker
    )


def _evidence(hit: Hit) -> Iterator[Text]:
    yield _in_context(hit)
    published = show_moment(hit.published) if hit.published else None
    place = ", ".join(filter(None, (hit.outlet, published)))
    printed = " — ".join(filter(None, (place, hit.title)))
    if printed:
        yield Text(show_line(printed))
    if hit.url:
        # On a terminal that knows links, the one that marks the words; it is too long to read.
        link = f"dim link {hit.link}" if hit.link and _SAFE_LINK.fullmatch(hit.link) else "dim"
        yield Text(show_line(hit.url), style=link, overflow="fold")
    spans = ", ".join(f"{s.start_char}–{s.end_char}" for s in hit.content_spans)
    yield Text(
        f"{hit.statement_id} · characters {spans} of {hit.article_id} · capture {hit.capture_sha256[:12]} · "
        f"{hit.confidence:.0%} sure",
        style="dim",
    )


def _in_context(hit: Hit) -> Text:
    """The words as they stand, bold, with what stands around them."""
    before, after = show_line(hit.before), show_line(hit.after)
    if len(before) > MOST_AROUND:
        before = "…" + before[-MOST_AROUND:].partition(" ")[2]
    if len(after) > MOST_AROUND:
        after = after[:MOST_AROUND].rpartition(" ")[0] + "…"
    before += " " * hit.before[-1:].isspace()
    after = " " * hit.after[:1].isspace() + after
    words = show_line(GAP.join(hit.content))
    return Text.assemble((before, "dim"), (words, "bold"), (after, "dim"))
