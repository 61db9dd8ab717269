"""The seed article checked against the record expected of it: what is missing, in sentences.

In: the article's text, the expected record, and the record that was read. Out: complaints, none
where all statements are found with the right source, speaker, hops, moment and place, nothing came
from furniture, and all times and places mean what they should.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.corpus import ROLES, Attribution
from eval.predict import attribution_of
from eval.seed_named import complain_of_places, complain_of_statement, complain_of_times
from eval.spans import Tokens, match_pairs
from onrecord.record import Record, Span, Statement


@dataclass(frozen=True, slots=True)
class SeedReport:
    """How many statements were expected, predicted and found, and what is wrong."""

    expected: int
    predicted: int
    found: int
    complaints: tuple[str, ...]
    beyond: tuple[str, ...]


def read_seed(folder: Path) -> tuple[str, dict[str, Any]]:
    """The article's text and the record expected of it."""
    text = (folder / "article.txt").read_bytes().decode("utf-8")
    return text, json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def check_seed(text: str, expected: Mapping[str, Any], record: Record) -> SeedReport:
    """The report on a record of the seed article.

    Contents are right where they overlap, matched one to one; sources where they overlap too;
    a hop where the statement's chain has one that overlaps it; a speaker where the name is the same;
    a time or place where one that overlaps it has the same bounds or code.
    """
    if record.article.text != text:
        return SeedReport(
            len(expected["statements"]), len(record.statements), 0, ("The text was changed.",), ()
        )
    tokens = Tokens(text)
    wanted = [tokens.attributed(_as_attribution(s)) for s in expected["statements"]]
    read = [tokens.attributed(attribution_of(s)) for s in record.statements]
    found = dict(match_pairs(wanted, read))
    complaints: list[str] = []
    for j, statement in enumerate(expected["statements"]):
        match = record.statements[found[j]] if j in found else None
        complaints.extend(_complaints_of(statement, match, record))
    shown = _find_shown(text, expected["article"])
    complaints.extend(_from_furniture(text, shown, record.statements))
    complaints.extend(complain_of_times(expected.get("times", ()), record, shown))
    complaints.extend(complain_of_places(expected.get("places", ()), record, shown))
    beyond = [
        _shorten(s.content[0].of(text)) for i, s in enumerate(record.statements) if i not in found.values()
    ]
    return SeedReport(len(wanted), len(read), len(found), tuple(complaints), tuple(beyond))


def _as_attribution(statement: Mapping[str, Any]) -> Attribution:
    return {role: _as_spans(statement.get(role)) for role in ROLES}


def _as_spans(value: Sequence[Any] | None) -> list[list[int]]:
    """One span or a list of them as a list of them."""
    if not value:
        return []
    return [list(value)] if isinstance(value[0], int) else [list(span) for span in value]


def _complaints_of(wanted: Mapping[str, Any], read: Statement | None, record: Record) -> Iterator[str]:
    text = record.article.text
    begin = _shorten(text[slice(*_as_spans(wanted["content"])[0])])
    if read is None:
        yield f"Not found: {begin}"
        return
    spans = _as_spans(wanted.get("source"))
    if not _overlap(spans, attribution_of(read)["source"]):
        shown = ", ".join(span.of(text) for span in read.source) or "none"
        yield f"Wrong source, {shown} for {wanted.get('source_text')}: {begin}"
    for via in wanted.get("via", ()):
        hops = [[hop.span.start_char, hop.span.end_char] for hop in read.chain]
        if not _overlap([via["span"]], hops):
            yield f"Hop not found, {via['name']}: {begin}"
    yield from complain_of_statement(wanted, read, record, begin=begin)


def _overlap(some: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in some for b in others)


def _find_shown(text: str, article: Mapping[str, Any]) -> list[Span]:
    """Where title, authors, credits, headings and furniture stand."""
    names = ("authors", "credits", "headings", "furniture")
    values = [article["title"], *(value for name in names for value in article.get(name, ()))]
    found = (m for value in values for m in re.finditer(re.escape(value), text))
    return [Span(start_char=m.start(), end_char=m.end()) for m in found]


def _from_furniture(text: str, shown: Sequence[Span], statements: Sequence[Statement]) -> Iterator[str]:
    """Complaints about statements with a part in the title, a heading, a credit or furniture."""
    places = [[span.start_char, span.end_char] for span in shown]
    for statement in statements:
        spans = [span for role in attribution_of(statement).values() for span in role]
        if _overlap(spans, places):
            yield f"From furniture: {_shorten(statement.content[0].of(text) if statement.content else '')}"


def _shorten(text: str, width: int = 70) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
