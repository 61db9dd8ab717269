"""A statement where it stands: the paragraphs of its article that hold it, and what its reader is unsure of.

A record as judged and a statement in, what templates/_excerpt.html shows out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from onrecord.collection.correcting import UNKNOWN, tell_field
from onrecord.export.html import write_language
from onrecord.export.html_article import Piece
from onrecord.record import Judged, Statement
from onrecord.serve.article_text import Choice, RoomWriter, choose
from onrecord.serve.judged_lines import cut
from onrecord.serve.judging_form import address_of

FAR_CHARS = 1_500  # a paragraph that is farther from the statement's words than this is none of its context
MOST_SHOWN = 600  # characters of a value beside the text
UNSURE_BELOW = 0.6  # where a confidence is named as a reason: two in five of these are wrong
PARTS = (("content", "the content"), ("cue", "the cue"), ("source", "the source"))


class ExcerptWriter(RoomWriter):
    """Writes the paragraphs of an article in which one statement stands."""

    def __init__(self, judged: Judged, choice: Choice) -> None:
        super().__init__(judged, choice)
        self.spots = {}  # times and places have no rows here that they could lead to
        assert choice.statement is not None
        self.pieces = list(list_context(self.pieces, choice.statement))

    def href_of(self, number: int) -> str:
        """The article's page with this statement beside the text."""
        statement = self.record.statements[number - 1]
        return f"{address_of(statement.article_id, statement.statement_id)}#q{number}"


def list_context(pieces: list[Piece], statement: Statement) -> Iterator[Piece]:
    """The blocks that hold the statement, and of a short one those beside it."""
    spans = (*statement.content, *statement.cue, *statement.source)
    first = [n for n, (_, start, end) in enumerate(pieces) if _holds(spans, start, end)]
    if not first:
        return
    low, high = first[0], first[-1]
    words = pieces[high][2] - pieces[low][1]
    if words < FAR_CHARS:
        low, high = max(low - 1, 0), min(high + 1, len(pieces) - 1)
    for kind, start, end in pieces[low : high + 1]:
        if kind == "furniture" or (end - start > FAR_CHARS and not _holds(spans, start, end)):
            continue
        yield ("dek" if kind in {"title", "heading"} else kind), start, end


def _holds(spans: tuple[Any, ...], start: int, end: int) -> bool:
    return any(span.start_char < end and start < span.end_char for span in spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """A field of a statement: its value in words, "" where it is unknown, and then the reason."""

    name: str
    value: str
    sure: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """One statement in its context, for templates/_excerpt.html; `text` is HTML already."""

    statement: Statement
    text: Markup
    language: Markup
    hue: str
    label: str
    fields: tuple[FieldLine, ...]
    doubts: tuple[str, ...]
    title: str
    outlet: str | None
    published: str | None
    address: str
    is_rejected: bool


def make_excerpt(judged: Judged, statement_id: str) -> Excerpt:
    """The statement with this id, which the article has."""
    choice = choose(judged, statement_id)
    statement, number = choice.statement, choice.number
    assert statement is not None
    assert number is not None
    writer, article = ExcerptWriter(judged, choice), judged.record.article
    return Excerpt(
        statement=statement,
        text=Markup(writer.write()),
        language=Markup(write_language(judged.record)),
        hue=writer.hue(number),
        label=writer.label_of(number),
        fields=tuple(list_fields(judged, statement)),
        doubts=tuple(list_doubts(statement)),
        title=article.title.value if article.title else "An article without a title",
        outlet=article.outlet.value if article.outlet else None,
        published=article.published_at.value if article.published_at else None,
        address=address_of(article.article_id, statement.statement_id),
        is_rejected=choice.is_rejected,
    )


def list_fields(judged: Judged, statement: Statement) -> Iterator[FieldLine]:
    """Each field with its value in words, and how sure the reader is of it, or why it is unknown."""
    text, why = judged.record.article.text, {u.field: u.reason for u in statement.unknowns}
    yield _tell(judged, statement, "speaker", why)
    for name, _ in PARTS:
        words = " … ".join(" ".join(span.of(text).split()) for span in getattr(statement, name))
        sure = getattr(statement.confidence, name) if words else None
        yield FieldLine(name=name, value=cut(words, MOST_SHOWN), sure=sure, reason=why.get(name))
    yield FieldLine(name="form", value=statement.form)
    for name in ("mode", "said_at", "said_in"):
        yield _tell(judged, statement, name, why)


def _tell(judged: Judged, statement: Statement, name: str, why: dict[str, str]) -> FieldLine:
    told = tell_field(judged, statement, name)
    value = "" if told == UNKNOWN else cut(told, MOST_SHOWN)
    return FieldLine(name=name.replace("_", " "), value=value, reason=why.get(name))


def list_doubts(statement: Statement) -> Iterator[str]:
    """Why the reader is unsure, a sentence each: what it is least sure of, and what it does not know."""
    sure = statement.confidence
    named = [(getattr(sure, field), name) for field, name in PARTS if getattr(statement, field)]
    yield f"The reader is {sure.statement:.0%} sure of the statement as a whole."
    if named and min(named)[0] < UNSURE_BELOW:
        share, name = min(named)
        yield f"It is least sure where {name} begins and ends: {share:.0%}."
    if not statement.cue:
        yield "No words attribute it: the reader took it from what stands around."
    if statement.speaker is None:
        reasons = (unknown.reason for unknown in statement.unknowns if unknown.field == "speaker")
        yield f"Who said it is unknown: {next(reasons, 'the article does not tell').rstrip('.')}."
    elif len(statement.speaker.path) > 1:
        path = " → ".join(" ".join(mention.text.split()) for mention in statement.speaker.path)
        yield f"The source does not name the speaker: {path}."
    if statement.within is not None:
        yield "It stands within another statement: somebody reports what somebody else said."
