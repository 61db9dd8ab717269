"""When each statement was made.

In: the statements, the article's times, the page and the moment of publication. Out: the statements
with `said_at`, or with the reason why the article does not say. What stands inside a content is what
the statement speaks of, and never when it was made.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.extract.page import Page
from onrecord.language.time_contexts import context_pattern, occasion_words
from onrecord.language.time_tense import has_verb
from onrecord.record import Moment, Origin, SaidAt, Span, Statement, TimePrecision, TimeValue, Unknown

ORIGIN_VERSION = "1"
UNTOLD = "Neither its own sentence nor the scene that it continues says when it was made."
BY_EVENT = "Its sentence says when only by an event whose time the article does not tell."
# A time as fine as this sets a scene: what the same speaker says next is taken to be said then too. A
# coarser one ("earlier in March") holds for the quotation that directly follows and no further.
FINE: frozenset[TimePrecision] = frozenset({"second", "minute", "hour", "part_of_day", "day"})
# "now", "recently" speak of the cue only right beside it: so many characters away at most.
NEXT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """When and by whom something was said, and where in the text that stood."""

    said_at: SaidAt
    statement: Statement
    at_char: int
    fine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What the rules look at: the page, its times outside all quoted or reported words, and the breaks."""

    page: Page
    times: tuple[TimeValue, ...]
    cues: tuple[Span, ...]
    published: Moment | None
    breaks: tuple[int, ...]

    def is_broken(self, start: int, end: int) -> bool:
        """Whether a section begins between these places."""
        return any(start < at <= end for at in self.breaks)


def add_said_at(
    statements: Sequence[Statement],
    times: Sequence[TimeValue],
    page: Page,
    *,
    published: Moment | None,
    dateline: Moment | None = None,
    breaks: Sequence[int] = (),
) -> tuple[Statement, ...]:
    """The statements, in the same order, each with when it was made or why that is unknown.

    `breaks` are the places where a section begins under a heading of its own: no scene goes on past one.
    """
    contents = [span for s in statements for span in s.content]
    outside = tuple(t for t in times if not _lies_in(t.span, contents) and not page.quotations_in(t.span))
    cues = tuple(span for s in statements for span in s.cue)
    ground = _Ground(
        page=page, times=outside, cues=cues, published=dateline or published, breaks=tuple(sorted(breaks))
    )
    made: dict[str, Statement] = {}
    scene: _Scene | None = None
    for statement in sorted(statements, key=_place_of):
        said_at, reason = _find(statement, scene, ground)
        made[statement.statement_id] = _with_said_at(statement, said_at, reason)
        scene = _next_scene(statement, said_at, scene, ground)
    return tuple(made[s.statement_id] for s in statements)


def _find(statement: Statement, scene: _Scene | None, ground: _Ground) -> tuple[SaidAt | None, str]:
    """When the statement was made by the first rule that tells, else the reason."""
    own = _own_time(statement, ground)
    if own is not None and not (own.start or own.end):
        return None, BY_EVENT
    if own is not None:
        return _said_at(own, "own_sentence"), ""
    if scene and (rule := _scene_rule(statement, scene, ground)):
        origin = replace(scene.said_at.origin, name=f"said_at/{rule}")
        return replace(scene.said_at, origin=origin), ""
    before = _time_of_sentence_before(statement, ground)
    if before is not None:
        return _said_at(before, "sentence_before"), ""
    if ground.published and _is_now(statement, ground.page.text):
        return _at_publication(ground.published), ""
    return None, UNTOLD


def _own_time(statement: Statement, ground: _Ground) -> TimeValue | None:
    """The expression of the cue's own sentence that says when, the nearest to the cue."""
    if not statement.cue:
        return None
    cue = statement.cue[0]
    sentence = ground.page.sentence_around(cue.start_char, statement.cue[-1].end_char)
    held = [
        t for t in ground.times if sentence.overlaps(t.span) and _tells_when(t, statement, sentence, ground)
    ]
    return min(held, key=lambda t: (t.timex_value is None, _distance(t.span, cue)), default=None)


def _tells_when(time: TimeValue, statement: Statement, sentence: Span, ground: _Ground) -> bool:
    """Whether the expression stands as an adverbial of the cue: "said on Friday", "On Friday, X said"."""
    text, span, cue = ground.page.text, time.span, statement.cue[0]
    if _lies_in(span, statement.cue):
        return not _is_ahead(time, ground.published)
    if _lies_in(span, statement.source) or not _can_tell(time, cue, ground.published):
        return False
    low, high = min(span.end_char, cue.end_char), max(span.start_char, cue.start_char)
    between = any(low <= other.start_char < high for other in ground.cues if other not in statement.cue)
    if between or _belongs_to_noun(text, time, sentence):
        return False
    if span.start_char >= cue.end_char:
        words = _own_words(text, cue.end_char, span.start_char, statement)
        return not context_pattern("other_clause").search(words)
    return _leads(text, span, statement, sentence)


def _can_tell(time: TimeValue, cue: Span, published: Moment | None) -> bool:
    """Whether the expression means a time at all, and one before the article appeared."""
    bounded = time.timex_value is None or bool(time.start or time.end) or time.timex_value == "PAST_REF"
    near = time.precision != "vague" or _distance(time.span, cue) <= NEXT
    return time.kind != "set" and bounded and near and not _is_ahead(time, published)


def _is_ahead(time: TimeValue, published: Moment | None) -> bool:
    return bool(published and time.start and time.start[:10] > published.value[:10])


def _leads(text: str, span: Span, statement: Statement, sentence: Span) -> bool:
    """Whether an expression before the cue opens the sentence or stands right between source and cue."""
    cue = statement.cue[0]
    sources = [s for s in statement.source if s.end_char <= cue.start_char]
    if sources and span.start_char >= sources[-1].end_char:
        return (
            context_pattern("beside_cue").fullmatch(text, sources[-1].end_char, span.start_char) is not None
        )
    opening = text[sentence.start_char : span.start_char]
    until = sources[0].start_char if sources else cue.start_char
    between = _own_words(text, span.end_char, max(until, span.end_char), statement)
    clause = context_pattern("other_clause").search(opening) or context_pattern("coordination").search(
        between
    )
    return not clause and not has_verb(opening) and not has_verb(between)


def _belongs_to_noun(text: str, time: TimeValue, sentence: Span) -> bool:
    before = text[sentence.start_char : time.span.start_char]
    if context_pattern("not_when").search(before):
        return True
    behind = context_pattern("noun_behind").match(text, time.span.end_char, sentence.end_char)
    if behind is None:
        return False
    coarse = time.precision not in FINE and time.precision != "vague"
    return behind[0][0] in "’'-" or coarse or context_pattern("modified").search(before) is not None


def _own_words(text: str, start: int, end: int, statement: Statement) -> str:
    """The text between two places without the statement's own content."""
    kept = list(text[start:end])
    for span in statement.content:
        for at in range(max(span.start_char, start), min(span.end_char, end)):
            kept[at - start] = " "
    return "".join(kept)


def _scene_rule(statement: Statement, scene: _Scene, ground: _Ground) -> str | None:
    """The rule by which the statement is of the scene before it, None where it is not."""
    place = _place_of(statement)
    if ground.is_broken(scene.at_char, place) or not _is_same_speaker(scene.statement, statement):
        return None
    if _same_sentence(scene.statement, statement, ground.page):
        return "same_sentence"
    if scene.fine:
        return None if _is_elsewhen(scene, place, ground) else "same_scene"
    return "quoted_next" if _is_quoted_next(scene.statement, statement, ground.page.text) else None


def _is_elsewhen(scene: _Scene, place: int, ground: _Ground) -> bool:
    """Whether the text tells of another day between the scene and this place, in its own words."""
    told = (t for t in ground.times if scene.at_char <= t.span.start_char < place)
    others = (
        t
        for t in told
        if t.kind in ("date", "time") and t.precision in FINE and t.start != scene.said_at.start
    )
    return any(
        not context_pattern("modified").search(
            ground.page.text[max(0, t.span.start_char - 12) : t.span.start_char]
        )
        for t in others
    )


def _is_quoted_next(first: Statement, second: Statement, text: str) -> bool:
    """Whether an indirect statement is followed at once by the words themselves."""
    if first.form != "indirect" or second.form == "indirect" or not second.content:
        return False
    end = max(s.end_char for s in (*first.content, *first.cue))
    between = text[end : _first_char(second)]
    return not any(c.isalnum() for c in between)


def _next_scene(
    statement: Statement, said_at: SaidAt | None, scene: _Scene | None, ground: _Ground
) -> _Scene | None:
    """The scene after this statement: set anew, gone on with, or over."""
    place = _place_of(statement)
    if said_at is None:
        over = scene is None or not scene.fine or not _is_same_speaker(scene.statement, statement)
        return None if over or ground.is_broken(scene.at_char if scene else 0, place) else scene
    told_here = said_at.origin.name in ("said_at/own_sentence", "said_at/sentence_before")
    fine = said_at.precision in FINE
    if not told_here and not fine and not said_at.origin.name.endswith("/same_sentence"):
        return None
    if said_at.time_id is None:
        return None
    end = max(s.end_char for s in (*statement.content, *statement.cue))
    return _Scene(said_at=said_at, statement=statement, at_char=end, fine=fine)


def _time_of_sentence_before(statement: Statement, ground: _Ground) -> TimeValue | None:
    """The day of the sentence before in the paragraph: one that tells an occasion, for a source like "he"."""
    place = _place_of(statement)
    page = ground.page
    if not any(context_pattern("pronoun").fullmatch(source.of(page.text)) for source in statement.source):
        return None
    here = page.sentence_around(place, place + 1)
    paragraph = next((p for p in page.paragraphs if p[0] <= place < p[1]), None)
    if paragraph is None or here.start_char <= paragraph[0]:
        return None
    before = page.sentence_around(here.start_char - 2, here.start_char - 1)
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", before.of(page.text))}
    if before.start_char < paragraph[0] or words.isdisjoint(occasion_words()):
        return None
    days = [t for t in ground.times if before.overlaps(t.span) and t.precision in FINE]
    fit = [t for t in days if not _belongs_to_noun(page.text, t, before)]
    return fit[0] if len(fit) == 1 else None


def _is_same_speaker(first: Statement, second: Statement) -> bool:
    """Whether both have the same speaker; where that is not resolved, whether the words only point back."""
    if first.speaker and second.speaker:
        return first.speaker.entity_id == second.speaker.entity_id
    return not second.source or second.source == first.source


def _same_sentence(first: Statement, second: Statement, page: Page) -> bool:
    if not first.cue or not second.cue:
        return False
    spans = [page.sentence_around(s.cue[0].start_char, s.cue[0].end_char) for s in (first, second)]
    return spans[0] == spans[1]


def _is_now(statement: Statement, text: str) -> bool:
    """Whether the cue says that it is being said now: "is calling for", "now says"."""
    said = statement.mode in ("said", "wrote")
    return said and any(context_pattern("now_cue").search(span.of(text)) for span in statement.cue)


def _at_publication(published: Moment) -> SaidAt | None:
    day = published.value[:10]
    if len(day) < 10:
        return None
    return SaidAt(start=day, end=day, precision="day", edtf=day, time_id=None, origin=_origin("present_cue"))


def _said_at(time: TimeValue, rule: str) -> SaidAt:
    return SaidAt(
        start=time.start,
        end=time.end,
        precision=time.precision or "vague",
        edtf=time.edtf,
        time_id=time.time_id,
        origin=_origin(rule),
    )


def _origin(rule: str) -> Origin:
    return Origin(kind="rule", name=f"said_at/{rule}", version=ORIGIN_VERSION)


def _with_said_at(statement: Statement, said_at: SaidAt | None, reason: str) -> Statement:
    others = tuple(u for u in statement.unknowns if u.field != "said_at")
    if said_at is None:
        others += (Unknown(field="said_at", reason=reason or UNTOLD),)
    return replace(statement, said_at=said_at, unknowns=others)


def _place_of(statement: Statement) -> int:
    """Where the statement stands: its cue, else its content."""
    spans = statement.cue or statement.content or statement.source
    return spans[0].start_char if spans else 0


def _first_char(statement: Statement) -> int:
    return min(s.start_char for s in (*statement.content, *statement.cue, *statement.source))


def _lies_in(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _distance(span: Span, cue: Span) -> int:
    return max(span.start_char - cue.end_char, cue.start_char - span.end_char, 0)
