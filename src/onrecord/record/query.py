"""A question to a record that is kept, and what answers it: statements, each with its evidence."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.record.overlay import StatusKind
from onrecord.record.span import Span
from onrecord.record.statement import Form, HopKind, Mode

Sort = Literal["date", "oldest", "relevance", "meaning", "confidence"]
QueryStatus = Literal["accepted", "corrected", "unjudged"]
DEFAULT_LIMIT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which statements are asked for; all that is given must hold. It cannot be changed, only narrowed.

    `words`: what their content, cue or source says: every word; `"these words"` in this
    order, `begin*` how a word begins, `-word` or `-"these words"` what must not stand there. Anything
    else is a word like any other. `scope` "article" searches the whole text of the articles instead.
    `speaker` is a name, part of one, or the id of a person; `outlet` a name or host; `via` words of a hop.
    `said`, `about_time` and `published` are EDTF dates or intervals ("2024-03", "2024-03-01/2024-03-15",
    "../2020"): when it was said, what time it speaks of, when it was published. `when` is the first of these
    where it is known, else the last: what answers are sorted by; it may be as fine as an hour
    ("2024-03-20T15"). `place` is a name or a gazetteer id of where it was said or what it speaks of; `near`
    is degrees of latitude and longitude and kilometres. `meaning` asks for statements that say the like of
    this sentence. `status` "unjudged" asks for what nobody judged.
    `sort`: "date" (newest first), "oldest", "relevance" to the words, "meaning", "confidence" (the least sure
    first). `after` is the `next` of the answer before.

    >>> spoken = Query(words="bridge").narrow(form="direct")
    >>> spoken.words, spoken.form
    ('bridge', 'direct')
    """

    words: str | None = None
    scope: Literal["statements", "article"] = "statements"
    speaker: str | None = None
    outlet: str | None = None
    form: Form | None = None
    mode: Mode | None = None
    via: str | None = None
    via_kind: HopKind | None = None
    when: str | None = None
    said: str | None = None
    about_time: str | None = None
    published: str | None = None
    place: str | None = None
    near: tuple[float, float, float] | None = None
    status: QueryStatus | None = None
    meaning: str | None = None
    sort: Sort = "date"
    limit: int = DEFAULT_LIMIT
    after: str | None = None

    def narrow(self, **fields: Any) -> "Query":
        """The same question with these fields set."""
        return dataclasses.replace(self, **fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement that answers a question, with its evidence.

    `content`, `cue` and `source` are the words at the spans beside them, `before` and `after` the text
    around the content in the article. `when` is the day or minute that sorts it: said where that is
    known, else published (`when_is` tells). `link` is the address of the words in their page, None
    without one. `person_id` is None where the speaker is unknown, `speaker` then too.
    """

    statement_id: str
    article_id: str
    capture_id: str
    capture_sha256: str
    speaker: str | None
    person_id: str | None
    content: tuple[str, ...]
    content_spans: tuple[Span, ...]
    cue: tuple[str, ...]
    cue_spans: tuple[Span, ...]
    source: tuple[str, ...]
    source_spans: tuple[Span, ...]
    before: str
    after: str
    form: Form
    mode: Mode | None
    via: tuple[str, ...]
    when: str | None
    when_is: Literal["said", "published"] | None
    said_from: str | None
    said_to: str | None
    said_in: str | None
    outlet: str | None
    title: str | None
    url: str | None
    link: str | None
    published: str | None
    confidence: float
    status: StatusKind | None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The statements that answer a question, in its order; `next` asks for those after them.

    `total` is how many there are, None where counting them would take too long. `notes` say what a reader
    must know of the answer: which people a part of a name was taken for, or why there is nothing.
    """

    hits: tuple[Hit, ...]
    total: int | None
    next: str | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody across articles: the names and ids that are taken for one, and how much they said."""

    person_id: str
    name: str
    kind: str
    names: tuple[str, ...]
    merged_ids: tuple[str, ...]
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An article whose text may hold some words, as the verifier gets it: text, and who says what where."""

    article_id: str
    capture_id: str
    capture_sha256: str
    text: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    statements: tuple[Hit, ...]
