"""A spaCy component: a Doc goes in, and comes out with the record of its text and spans of its statements.

    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord")
    doc = nlp("“It will open in May,” Mira Vance said.")
    for content in doc.spans["contents"]:
        print(content._.speaker, content._.form, content._.exact)

`doc._.record` is a whole record of the text, all of it body, a line a paragraph; offsets are those of the
Doc. Spans are those of the tokens that hold the characters; `_.exact` are the characters alone. What is kept
in the Doc is text, so that it goes through `to_bytes`, `DocBin` and other processes.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from onrecord.engine import LANGUAGES, Engine, lines_of
from onrecord.errors import DateInputError, InputError, MissingPartError
from onrecord.record import (
    Article,
    Block,
    Capture,
    Moment,
    Origin,
    Precision,
    Record,
    Span,
    Statement,
    content_id,
    from_json,
    to_json,
)

try:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan
except ImportError as error:
    raise MissingPartError(
        "spaCy is not installed, and the spaCy component needs it.",
        cure="Install it with: pip install 'onrecord[spacy]'",
    ) from error

__all__ = ["Onrecord", "make_component"]

# Where the Doc keeps the record, as JSON: `to_bytes` packs texts, but no objects of ours.
KEY = "onrecord"
GROUPS = ("contents", "cues", "sources")
# The field of a statement that the spans of a label show.
LABELS = {"content": "contents", "cue": "cues", "source": "sources"}
GIVEN = Origin(kind="given", name="spacy", version="1")
WHOLE_LINES = Origin(kind="rule", name="lines", version="1")
ISO_8601 = re.compile(
    r"(?P<year>\d{4})(?P<month>-\d\d(?P<day>-\d\d(?P<minute>T\d\d:\d\d(?P<second>:\d\d)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?"
)
FIRST_DAY = "0000-01-01"
PRECISIONS: tuple[Precision, ...] = ("second", "minute", "day", "month", "year")


class Onrecord:
    """The component. Weights and gazetteer are loaded for the first Doc; a copy of it loads its own."""

    def __init__(self, *, weights: str | None = None, threads: int = 1, prefix: str = "") -> None:
        self.weights, self.threads, self.prefix = weights, threads, prefix
        self.engine = Engine(weights=Path(weights) if weights else None, threads=threads)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its record and spans; raises `DateInputError`, `WeightsError`, `GazetteerError`."""
        record = self.read(doc.text, published=doc._.published)
        doc.user_data[KEY] = to_json(record)
        for label, group in LABELS.items():
            doc.spans[f"{self.prefix}{group}"] = [
                span for one in record.statements for span in _list_token_spans(doc, one, label)
            ]
        return doc

    def read(self, text: str, *, published: str | None = None) -> Record:
        """The record of a text; `published` is the ISO 8601 moment that its "today" is counted from."""
        moment = _read_moment(published) if published else None
        parts = self.engine.parts_of(text, published=moment)
        return Record(
            capture=_make_capture(text),
            article=_make_article(text, moment),
            statements=parts.statements,
            entities=parts.entities,
            times=parts.times,
            places=parts.places,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """How another process makes it: from its settings, for what it has loaded cannot be sent."""
        return _remake, (self.weights, self.threads, self.prefix)


def _remake(weights: str | None, threads: int, prefix: str) -> Onrecord:
    return Onrecord(weights=weights, threads=threads, prefix=prefix)


def make_component(
    nlp: Language, name: str, *, weights: str | None = None, threads: int = 1, prefix: str = ""
) -> Onrecord:
    """The component for a pipeline; `prefix` is put before the names of its groups of spans.

    Raises `InputError` for a pipeline of a language that the weights were not trained for.
    """
    if nlp.lang not in {*LANGUAGES, "xx", "mul"}:
        raise InputError(
            f"The pipeline is for the language {nlp.lang!r}; {name} reads {', '.join(LANGUAGES)} alone.",
            cure='Add it to a pipeline for English, or to a blank one for any: spacy.blank("xx").',
        )
    return Onrecord(weights=weights, threads=threads, prefix=prefix)


def _list_token_spans(doc: Doc, statement: Statement, label: str) -> list[TokenSpan]:
    """The spans of the tokens that hold the characters of one part of a statement."""
    found = (
        doc.char_span(
            span.start_char,
            span.end_char,
            label=label,
            span_id=statement.statement_id,
            alignment_mode="expand",
        )
        for span in getattr(statement, label)
    )
    return [span for span in found if span is not None]


def _make_capture(text: str) -> Capture:
    body = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(body).hexdigest()
    return Capture(sha256=digest, media_type="text/plain", encoding="utf-8", size_bytes=len(body))


def _make_article(text: str, published: Moment | None) -> Article:
    """The article that a text is whose every line is a paragraph, as the engine reads it."""
    blocks = (
        Block(kind="paragraph", span=Span(start_char=start, end_char=end), origin=WHOLE_LINES)
        for start, end in lines_of(text)
    )
    article_id = content_id("text", text)
    return Article(article_id=article_id, text=text, blocks=tuple(blocks), published_at=published)


def _read_moment(published: str) -> Moment:
    match = ISO_8601.fullmatch(published.strip())
    if match is None or not _is_of_calendar(match[0]):
        raise DateInputError(
            f"doc._.published is {published!r:.100}, which is no moment.",
            cure='Give ISO 8601: "2031-05-03" or "2031-05-03T10:00+02:00".',
        )
    precision = next(one for one in PRECISIONS if match[one])
    return Moment(
        value=match[0], precision=precision, zone=match["zone"], raw=published, span=None, origin=GIVEN
    )


def _is_of_calendar(moment: str) -> bool:
    """Whether there is such a day and minute; what is left out of a date is its first."""
    try:
        datetime.fromisoformat(moment + FIRST_DAY[len(moment) :])
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def _read_record(line: str) -> Record:
    record = from_json(line)
    assert isinstance(record, Record)  # what stands under our key is what we wrote
    return record


def _get_record(doc: Doc) -> Record | None:
    """The record of a Doc, None where the component never saw it."""
    line = doc.user_data.get(KEY)
    return _read_record(line) if line else None


def _get_statements(doc: Doc) -> tuple[Statement, ...]:
    record = _get_record(doc)
    return record.statements if record else ()


def _get_statement(span: TokenSpan) -> Statement | None:
    """The statement that a span of ours is a part of."""
    return next((one for one in _get_statements(span.doc) if one.statement_id == span.id_), None)


def _get_statement_id(span: TokenSpan) -> str | None:
    statement = _get_statement(span)
    return statement.statement_id if statement else None


def _get_speaker(span: TokenSpan) -> str | None:
    """The name of whoever said it, None where that is unknown."""
    statement = _get_statement(span)
    return statement.speaker.name if statement and statement.speaker else None


def _get_form(span: TokenSpan) -> str | None:
    statement = _get_statement(span)
    return statement.form if statement else None


def _get_exact_span(span: TokenSpan) -> Span | None:
    """The characters that a span of ours was made for, without what else its tokens hold."""
    statement = _get_statement(span)
    if statement is None or span.label_ not in LABELS:
        return None
    parts: tuple[Span, ...] = getattr(statement, span.label_)
    held = (one for one in parts if span.start_char <= one.start_char and one.end_char <= span.end_char)
    return next(held, None)


def _get_exact(span: TokenSpan) -> str | None:
    exact = _get_exact_span(span)
    return exact.of(span.doc.text) if exact else None


SPAN_GETTERS: dict[str, Callable[[TokenSpan], object]] = {
    "statement": _get_statement,
    "statement_id": _get_statement_id,
    "speaker": _get_speaker,
    "form": _get_form,
    "exact": _get_exact,
    "exact_span": _get_exact_span,
}


def _extend() -> None:
    """Gives Docs and spans their attributes; one of the same name that somebody made before stays theirs."""
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    if not Doc.has_extension("record"):
        Doc.set_extension("record", getter=_get_record)
    if not Doc.has_extension("statements"):
        Doc.set_extension("statements", getter=_get_statements)
    for name, getter in SPAN_GETTERS.items():
        if not TokenSpan.has_extension(name):
            TokenSpan.set_extension(name, getter=getter)


_extend()
Language.factory(
    "onrecord",
    default_config={"weights": None, "threads": 1, "prefix": ""},
    assigns=["doc._.record", "doc._.statements", "doc.spans"],
    func=make_component,
)
