"""Judgements as training and test cases: what a record keeps of them in, JSONL out, one case a line.

Every standing judgement is in exactly one line; withdrawn ones are in none. Offsets are code points of
`text`, half-open. A line's `case` is one of:

- "statement": `verdict` "accepted", "corrected" or "rejected"; `text` (the article's, or the paragraphs that
  the statement touches) with the bounds of its `paragraphs` that are read; `extracted` as the reader had it
  and `right` as people have it (null where it was rejected), each with content, cue and source as
  [{start_char, end_char, text}], form, mode, speaker, speaker_kind, said_at (EDTF) and said_in; `corrected`,
  the fields that were; `judgements` with who, when, score and note; article, capture, address and reader.
- "people": `verdict` "same" or "different", and the two of `people`.
- "unfit": a judgement that fits nothing any more, whole, and the `reason`.
"""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from onrecord.errors import UnknownIdError
from onrecord.record import Judged, Judgement, Person, Record, Span, Statement, lay_over
from onrecord.record.codec import to_plain

FORMAT_VERSION = 1
UNJUDGED = "The judgement is of an article that the record does not hold."


class Source(Protocol):
    """What is asked of a store."""

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, in the order they were made."""

    def judged(self, wanted_id: str) -> Judged:
        """The newest record of an article as judged."""

    def extractions(self, article_id: str) -> tuple[Record, ...]:
        """All records made of an article's capture, oldest first."""

    def find_people(self, name: str, *, limit: int = 20) -> tuple[Person, ...]:
        """The people of a name or id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many cases of each sort were written."""

    statements: int = 0
    people: int = 0
    unfit: int = 0


def write_judgements(source: Source, stream: BinaryIO, *, paragraphs_only: bool = False) -> Written:
    """Writes a line for each case; those of one article stand together.

    With `paragraphs_only` a case has the paragraphs that its statement touches in place of the whole text.
    """
    counts = {"statement": 0, "people": 0, "unfit": 0}
    for case in list_cases(source, paragraphs_only=paragraphs_only):
        stream.write(_to_line(case))
        counts[case["case"]] += 1
    return Written(statements=counts["statement"], people=counts["people"], unfit=counts["unfit"])


def list_cases(source: Source, *, paragraphs_only: bool = False) -> Iterator[dict[str, Any]]:
    """The cases, as JSON has them."""
    standing = [j for j in source.judgements() if j.withdrawn_at is None]
    groups: dict[str, list[Judgement]] = {}
    for judgement in standing:
        if judgement.target is not None:
            groups.setdefault(judgement.target.capture_id, []).append(judgement)
    for group in groups.values():
        yield from _list_cases_of_capture(source, group, paragraphs_only=paragraphs_only)
    for judgement in standing:
        if judgement.kind == "merge":
            yield _merge_case(source, judgement)
        elif judgement.target is None:
            yield _unfit_case(judgement, "It does not say what it is of.")


def _list_cases_of_capture(
    source: Source, group: Sequence[Judgement], *, paragraphs_only: bool
) -> Iterator[dict[str, Any]]:
    """The cases of what was read from one capture: its statements, its splits, and what fits no more."""
    assert group[0].target is not None  # grouped by it
    try:
        judged = source.judged(group[0].target.article_id)
    except UnknownIdError:
        yield from (_unfit_case(judgement, UNJUDGED) for judgement in group)
        return
    extracted = _find_extracted(source, judged, group)
    laid = lay_over(extracted, group)
    unfit = {one.judgement.judgement_id: one.reason for one in laid.unfit}
    fits = [judgement for judgement in group if judgement.judgement_id not in unfit]
    for statement in extracted.statements:
        own = _judgements_of(statement, laid, extracted, fits)
        if own:
            yield _statement_case(statement, laid, extracted, own, paragraphs_only=paragraphs_only)
    for judgement in fits:
        if judgement.kind == "split":
            yield _split_case(source, judgement, extracted)
    yield from (_unfit_case(j, unfit[j.judgement_id]) for j in group if j.judgement_id in unfit)


def _find_extracted(source: Source, judged: Judged, group: Sequence[Judgement]) -> Record:
    """The record that is shown, as it was extracted: the newest that gives it when it is judged."""
    records = source.extractions(judged.record.article.article_id)
    shown = (judged.record.article.article_id, judged.record.statements)
    for record in reversed(records):
        laid = lay_over(record, group).record
        if (laid.article.article_id, laid.statements) == shown:
            return record
    return records[-1]


def _judgements_of(
    statement: Statement, laid: Judged, extracted: Record, fits: Sequence[Judgement]
) -> list[Judgement]:
    """The judgements that are of a statement and fit."""
    status = next((s for s in laid.statuses if s.statement_id == statement.statement_id), None)
    if status is not None:
        return [j for j in fits if j.judgement_id in status.judgement_ids]
    if statement not in laid.rejected:
        return []
    # A rejected statement has no status: whatever is of it alone shows what is of it.
    alone = dataclasses.replace(extracted, statements=(statement,))
    unfit = {one.judgement.judgement_id for one in lay_over(alone, fits).unfit}
    return [j for j in fits if j.kind not in {"split", "merge"} and j.judgement_id not in unfit]


def _statement_case(
    statement: Statement,
    laid: Judged,
    extracted: Record,
    own: Sequence[Judgement],
    *,
    paragraphs_only: bool,
) -> dict[str, Any]:
    right = next((s for s in laid.record.statements if s.statement_id == statement.statement_id), None)
    article = extracted.article
    window = _window(extracted, [s for s in (statement, right) if s], paragraphs_only=paragraphs_only)
    corrected = right.origin.rules if right and right.origin != statement.origin else ()
    return {
        "case": "statement",
        "format": FORMAT_VERSION,
        "verdict": "rejected" if right is None else "corrected" if corrected else "accepted",
        "statement_id": statement.statement_id,
        "article_id": article.article_id,
        "capture_sha256": extracted.capture.sha256,
        "url": article.url,
        "published": article.published_at.value if article.published_at else None,
        "language": article.language.value if article.language else None,
        "text": window.of(article.text),
        "text_start_char": window.start_char,
        "paragraphs": [
            [b.span.start_char - window.start_char, b.span.end_char - window.start_char]
            for b in article.body()
            if window.start_char <= b.span.start_char and b.span.end_char <= window.end_char
        ],
        "extracted": _plain_statement(statement, extracted, window),
        "right": _plain_statement(right, laid.record, window) if right else None,
        "corrected": [rule.removeprefix("corrected/") for rule in corrected],
        "read_by": f"{statement.origin.name} {statement.origin.version}",
        "judgements": [_plain_judgement(judgement) for judgement in own],
    }


def _window(record: Record, statements: Sequence[Statement], *, paragraphs_only: bool) -> Span:
    """The stretch of the text that a case holds."""
    text = record.article.text
    spans = [span for s in statements for field in (s.content, s.cue, s.source) for span in field]
    if not paragraphs_only or not spans:
        return Span(start_char=0, end_char=len(text))
    spans += [b.span for b in record.article.blocks if any(b.span.overlaps(span) for span in spans)]
    return Span(start_char=min(s.start_char for s in spans), end_char=max(s.end_char for s in spans))


def _plain_statement(statement: Statement, record: Record, window: Span) -> dict[str, Any]:
    """A statement's judged fields, its spans counted from the window's start."""
    text, speaker, said_at, said_in = (
        record.article.text,
        statement.speaker,
        statement.said_at,
        statement.said_in,
    )
    entity = next((e for e in record.entities if speaker and e.entity_id == speaker.entity_id), None)
    place = next((p for p in record.places if said_in and p.place_id == said_in.place_id), None)
    return {
        **{
            field: [
                {
                    "start_char": span.start_char - window.start_char,
                    "end_char": span.end_char - window.start_char,
                    "text": span.of(text),
                }
                for span in getattr(statement, field)
            ]
            for field in ("content", "cue", "source")
        },
        "form": statement.form,
        "mode": statement.mode,
        "speaker": speaker.name if speaker else None,
        "speaker_kind": entity.kind if entity else None,
        "said_at": said_at.edtf if said_at else None,
        "said_in": (place.entry.name if place.entry else place.text) if place else None,
        "said_in_id": place.entry.entry_id if place and place.entry else None,
    }


def _plain_judgement(judgement: Judgement) -> dict[str, Any]:
    """Who judged what, when, how sure and with what remark."""
    field = judgement.correction.field if judgement.kind == "correct" and judgement.correction else None
    return {
        "judgement_id": judgement.judgement_id,
        "kind": judgement.kind,
        "field": field,
        "by": judgement.by,
        "made_at": judgement.made_at,
        "score": judgement.score,
        "note": judgement.note,
    }


def _merge_case(source: Source, judgement: Judgement) -> dict[str, Any]:
    people = [_plain_person(source, person_id) for person_id in judgement.people]
    return _people_case("same", people, judgement)


def _split_case(source: Source, judgement: Judgement, record: Record) -> dict[str, Any]:
    assert judgement.target is not None  # it fits
    entity = {
        "entity_id": judgement.people[1],
        "names": [" ".join(words.split()) for words in judgement.target.words],
        "article_id": record.article.article_id,
        "url": record.article.url,
    }
    return _people_case("different", [_plain_person(source, judgement.people[0]), entity], judgement)


def _people_case(verdict: str, people: Sequence[dict[str, Any]], judgement: Judgement) -> dict[str, Any]:
    return {
        "case": "people",
        "format": FORMAT_VERSION,
        "verdict": verdict,
        "people": list(people),
        "judgements": [_plain_judgement(judgement)],
    }


def _plain_person(source: Source, person_id: str) -> dict[str, Any]:
    found = source.find_people(person_id)
    person = next((p for p in found if person_id in (p.person_id, *p.merged_ids)), None)
    names = list(person.names) if person else []
    return {"person_id": person_id, "names": names, "kind": person.kind if person else None}


def _unfit_case(judgement: Judgement, reason: str) -> dict[str, Any]:
    plain = to_plain(judgement)
    return {"case": "unfit", "format": FORMAT_VERSION, "reason": reason, "judgement": plain}


def _to_line(case: dict[str, Any]) -> bytes:
    """A line of JSON; what UTF-8 cannot hold is escaped."""
    line = json.dumps(case, ensure_ascii=False, separators=(",", ":"))
    try:
        return f"{line}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(case, separators=(',', ':'))}\n".encode()
