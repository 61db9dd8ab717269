"""The form by which somebody judges a statement: what it shows, and what was typed into it.

A record as judged and a statement in, a `JudgingForm` for templates/_judging.html out; and from a form that
was sent, the corrections as `collection.correcting` takes them: what is as it was is none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from onrecord.collection.correcting import UNKNOWN
from onrecord.errors import JudgementError
from onrecord.export.visible import show_line
from onrecord.record import Judged, Judgement, Span, Statement, judgements_of
from onrecord.record.corrected import ENTITY_KINDS, MODES
from onrecord.record.edtf import FORMS
from onrecord.record.place import spoken_name
from onrecord.serve.room import name_of, room_of

# What a form calls them, and what a reader is told they are.
SPAN_FIELDS = (
    ("content", "Content", "what was said"),
    ("cue", "Cue", "the words that attribute it, as “said”"),
    ("source", "Source", "the words that name who said it"),
)
BOUNDS = re.compile(r"@?[0-9]{1,9}:[0-9]{1,9}([ ,]+@?[0-9]{1,9}:[0-9]{1,9})*")
LONGEST = 100_000  # characters of one field
MOST_PIECES = 200
LONGEST_PIECE = 4_000  # characters of one piece that are all shown
END_CHARS = 1_000
MOST_PEOPLE = 400
DESCRIBED = 60  # characters of a description


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    name: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanField:
    """The content, the cue or the source: a line for each piece, and where the pieces stand ("120:164")."""

    name: str
    title: str
    told: str
    words: str
    bounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingForm:
    """Everything that the form shows. `seen` is the last judgement that its reader knows of."""

    statement_id: str
    article_id: str
    place: str
    next: str
    seen: str
    own_name: str
    speaker_name: str
    is_rejected: bool
    is_open: bool  # what was typed did not do, and is shown again
    spans: tuple[SpanField, ...]
    people: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    modes: tuple[Choice, ...]
    places: tuple[Choice, ...]
    said_at: str
    typed: Mapping[str, str]
    edtf: str = FORMS
    now: Mapping[str, str] = field(default_factory=dict)

    def bounds_of(self, name: str) -> str:
        """Where the pieces of a field stand, as the record has them."""
        return self.now.get(name, "")


def make_form(
    request: Request,
    judged: Judged,
    statement: Statement,
    *,
    next: str = "",
    typed: Mapping[str, str] | None = None,
) -> JudgingForm:
    """The form of a statement, rejected or not; `next` is where its sender is led, `typed` what they sent."""
    article_id = judged.record.article.article_id
    given = typed or {}
    made = room_of(request).store.judgements(of=article_id)
    return JudgingForm(
        statement_id=statement.statement_id,
        article_id=article_id,
        place=write_bounds(statement.content),
        next=next or address_of(article_id, statement.statement_id),
        seen=last_of(judged, statement.statement_id, made),
        own_name=name_of(request),
        speaker_name=statement.speaker.name if statement.speaker else "",
        is_rejected=statement in judged.rejected,
        is_open=bool(given),
        spans=tuple(_list_spans(judged, statement, given)),
        people=_list_people(judged, statement, given.get("speaker")),
        kinds=_choose(ENTITY_KINDS, kind_of(judged, statement), given.get("speaker_kind")),
        modes=_choose(MODES, statement.mode or UNKNOWN, given.get("mode")),
        places=_list_places(judged, statement, given.get("said_in")),
        said_at=given.get("said_at", _tell_said_at(statement)),
        typed=given,
        now={name: write_bounds(getattr(statement, name)) for name, _, _ in SPAN_FIELDS},
    )


def address_of(article_id: str, statement_id: str) -> str:
    """The page of an article with a statement beside it."""
    return f"/articles/{quote(article_id, safe='')}?statement={quote(statement_id, safe='')}"


def last_of(judged: Judged, statement_id: str, made: tuple[Judgement, ...]) -> str:
    """The id of the last standing judgement of a statement; "" where there is none."""
    standing = [j for j in judgements_of(judged, statement_id, made) if j.withdrawn_at is None]
    return standing[-1].judgement_id if standing else ""


def write_bounds(spans: tuple[Span, ...]) -> str:
    """Where spans are: "120:164,170:180"."""
    return ",".join(f"{span.start_char}:{span.end_char}" for span in spans)


def fold_words(words: str) -> str:
    """Words on one line, hidden characters named, as a piece of a field is shown and compared.

    Of very many the first and the last: nobody edits them, and a page that holds them twice is heavy.
    """
    folded = show_line(words)
    return folded if len(folded) <= LONGEST_PIECE else f"{folded[:END_CHARS]} [… …] {folded[-END_CHARS:]}"


def kind_of(judged: Judged, statement: Statement) -> str:
    """What the speaker is; "" where there is none."""
    speaker = statement.speaker
    held = (e.kind for e in judged.record.entities if speaker and e.entity_id == speaker.entity_id)
    return next(held, "")


def read_given(typed: Mapping[str, str], judged: Judged, statement: Statement) -> dict[str, Any]:
    """What the form changes, as `list_corrections` takes it; raises `JudgementError`."""
    for name, words in typed.items():
        if len(words) > LONGEST:
            raise JudgementError(f"{name} has {len(words):,} characters; it may have {LONGEST:,}.")
    given: dict[str, Any] = {}
    for name, _, _ in SPAN_FIELDS:
        parts = _read_parts(typed, name, getattr(statement, name), judged.record.article.text)
        if parts is not None:
            given[name] = parts
    now = {
        "speaker": statement.speaker.entity_id if statement.speaker else UNKNOWN,
        "speaker_kind": kind_of(judged, statement),
        "mode": statement.mode or UNKNOWN,
        "said_at": _tell_said_at(statement) or UNKNOWN,
        "said_in": statement.said_in.place_id if statement.said_in else UNKNOWN,
    }
    for name, known in now.items():
        value = _read_value(typed, name)
        if value and value != known:
            given["kind" if name == "speaker_kind" else name] = value
    return given


def _read_value(typed: Mapping[str, str], name: str) -> str:
    """What one field says; words that were typed, or bounds of selected ones, say it before the list."""
    bounds = typed.get(f"{name}_at", "").strip()
    if BOUNDS.fullmatch(bounds):
        return f"@{re.split('[ ,]+', bounds)[0].lstrip('@')}"
    return " ".join(typed.get(f"{name}_words", "").split()) or typed.get(name, "").strip()


def _read_parts(
    typed: Mapping[str, str], name: str, now: tuple[Span, ...], text: str
) -> tuple[str, ...] | None:
    """The pieces of a content, cue or source, as words or "@120:164"; None where they are as they were."""
    if name not in typed and f"{name}_at" not in typed:
        return None
    bounds = typed.get(f"{name}_at", "").strip()
    lines = [bounds] if bounds else typed.get(name, "").splitlines()
    left = list(now)
    parts = tuple(part for line in lines if line.strip() for part in _read_line(line.strip(), left, text))
    if len(parts) > MOST_PIECES:
        raise JudgementError(f"The {name} has {len(parts):,} pieces; it may have {MOST_PIECES}.")
    if parts == tuple(f"@{one.start_char}:{one.end_char}" for one in now):
        return None
    if not parts and name == "content":
        raise JudgementError("A statement without content is none.", cure="Reject it instead.")
    return parts or (UNKNOWN,)


def _read_line(line: str, left: list[Span], text: str) -> list[str]:
    """The pieces of one line: bounds, the words of a piece that it has now, or other words."""
    if BOUNDS.fullmatch(line):
        return [f"@{one.lstrip('@')}" for one in re.split("[ ,]+", line)]
    found = next((one for one in left if fold_words(one.of(text)) == line), None)
    if found is None:
        return [line]
    left.remove(found)
    return [f"@{found.start_char}:{found.end_char}"]


def _list_spans(judged: Judged, statement: Statement, typed: Mapping[str, str]) -> Iterator[SpanField]:
    text = judged.record.article.text
    for name, title, told in SPAN_FIELDS:
        spans = getattr(statement, name)
        words = "\n".join(fold_words(span.of(text)) for span in spans)
        yield SpanField(
            name=name,
            title=title,
            told=told,
            words=typed.get(name, words),
            bounds=typed.get(f"{name}_at", ""),
        )


def _list_people(judged: Judged, statement: Statement, typed: str | None) -> tuple[Choice, ...]:
    """That the article does not tell; then whom it has, as it describes them: first who speaks in it,
    then who bears a name, then the rest."""
    speaker = statement.speaker
    chosen = typed or (speaker.entity_id if speaker else UNKNOWN)
    own = [e for e in judged.record.entities if e.named or e.kind != "other" or e.entity_id == chosen]
    people = [Choice(value=UNKNOWN, name="unknown: the article does not tell", is_chosen=chosen == UNKNOWN)]
    speaking = {s.speaker.entity_id for s in judged.record.statements if s.speaker}
    own.sort(key=lambda e: (e.entity_id not in speaking, not e.named))
    for entity in own[:MOST_PEOPLE]:
        told = next((one.text for one in entity.descriptions), entity.kind)
        name = f"{fold_words(entity.name)[:DESCRIBED]}, {fold_words(told)[:DESCRIBED]}"
        people.append(Choice(value=entity.entity_id, name=name, is_chosen=chosen == entity.entity_id))
    return tuple(people)


def _choose(values: tuple[str, ...], now: str, typed: str | None) -> tuple[Choice, ...]:
    """What there is to choose from; as it is, where there is nothing yet."""
    chosen = typed or now
    every = (*values, UNKNOWN) if now else ("", *values, UNKNOWN)
    return tuple(Choice(value=one, name=one or "as it is", is_chosen=one == chosen) for one in every)


def _list_places(judged: Judged, statement: Statement, typed: str | None) -> tuple[Choice, ...]:
    """The places of the article, each name once, and that nobody can know."""
    said_in = statement.said_in
    chosen = typed or (said_in.place_id if said_in else UNKNOWN)
    names: dict[str, str] = {}
    for place in sorted(judged.record.places, key=lambda p: p.place_id != chosen):
        names.setdefault(fold_words(spoken_name(place))[:DESCRIBED], place.place_id)
    known = (Choice(value=i, name=name, is_chosen=i == chosen) for name, i in names.items())
    unknown = Choice(value=UNKNOWN, name="unknown: the article does not say", is_chosen=chosen == UNKNOWN)
    return (unknown, *list(known)[:MOST_PEOPLE])


def _tell_said_at(statement: Statement) -> str:
    """When it was said in EDTF; "" where that is not known."""
    said_at = statement.said_at
    if said_at is None:
        return ""
    return said_at.edtf or f"{said_at.start or '..'}/{said_at.end or '..'}"
