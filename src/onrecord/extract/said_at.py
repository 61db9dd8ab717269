"""When each statement was made.

In: the statements, the article's times, the page and the moment of publication. Out: the statements
with `said_at`, or with the reason why the article does not say. What stands inside a content is what
the statement speaks of, and never when it was made.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.extract.adverbials import FINE, Ground, belongs_to_noun, distance_to, tells_when
from onrecord.extract.covered import Covered, those_within
from onrecord.extract.page import Page
from onrecord.language.time_contexts import context_pattern, occasion_words
from onrecord.record import Moment, Origin, SaidAt, Span, Statement, TimeValue, Unknown

ORIGIN_VERSION = "1"
UNTOLD = "Neither its own sentence nor the scene that it continues says when it was made."
BY_EVENT = "Its sentence says when only by an event whose time the article does not tell."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """When and by whom something was said, and where in the text that stood."""

    said_at: SaidAt
    statement: Statement
    at_char: int
    fine: bool


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
    contents = Covered(span for s in statements for span in s.content)
    ordered = sorted(times, key=lambda t: t.span)
    outside = tuple(t for t in ordered if not contents.touches(t.span) and not page.quotations_in(t.span))
    cues = tuple(sorted(span for s in statements for span in s.cue))
    ground = Ground(
        page=page, times=outside, cues=cues, published=dateline or published, breaks=tuple(sorted(breaks))
    )
    made: dict[str, Statement] = {}
    scene: _Scene | None = None
    for statement in sorted(statements, key=_place_of):
        said_at, reason = _find(statement, scene, ground)
        made[statement.statement_id] = _with_said_at(statement, said_at, reason)
        scene = _next_scene(statement, said_at, scene, ground)
    return tuple(made[s.statement_id] for s in statements)


def _find(statement: Statement, scene: _Scene | None, ground: Ground) -> tuple[SaidAt | None, str]:
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


def _own_time(statement: Statement, ground: Ground) -> TimeValue | None:
    """The expression of the cue's own sentence that says when, the nearest to the cue."""
    if not statement.cue:
        return None
    cue = statement.cue[0]
    sentence = ground.page.sentence_around(cue.start_char, statement.cue[-1].end_char)
    near = those_within(ground.times, sentence)
    held = [t for t in near if tells_when(t, statement, sentence, ground)]
    return min(held, key=lambda t: (t.timex_value is None, distance_to(t.span, cue)), default=None)


def _scene_rule(statement: Statement, scene: _Scene, ground: Ground) -> str | None:
    """The rule by which the statement is of the scene before it, None where it is not."""
    place = _place_of(statement)
    if ground.is_broken(scene.at_char, place) or not _is_same_speaker(scene.statement, statement):
        return None
    if _same_sentence(scene.statement, statement, ground.page):
        return "same_sentence"
    if scene.fine:
        return None if _is_elsewhen(scene, place, ground) else "same_scene"
    return "quoted_next" if _is_quoted_next(scene.statement, statement, ground.page.text) else None


def _is_elsewhen(scene: _Scene, place: int, ground: Ground) -> bool:
    """Whether the text tells of another day between the scene and this place, in its own words."""
    if place <= scene.at_char:
        return False
    told = those_within(ground.times, Span(start_char=scene.at_char, end_char=place))
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
    statement: Statement, said_at: SaidAt | None, scene: _Scene | None, ground: Ground
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


def _time_of_sentence_before(statement: Statement, ground: Ground) -> TimeValue | None:
    """The day of the sentence before in the paragraph: one that tells an occasion, for a source like "he"."""
    place = _place_of(statement)
    page = ground.page
    if not any(context_pattern("pronoun").fullmatch(source.of(page.text)) for source in statement.source):
        return None
    here = page.sentence_around(place, place + 1)
    paragraph = page.paragraphs[max(bisect_right(page.paragraphs, (place, len(page.text))) - 1, 0)]
    if here.start_char <= paragraph[0]:
        return None
    before = page.sentence_around(here.start_char - 2, here.start_char - 1)
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", before.of(page.text))}
    if before.start_char < paragraph[0] or words.isdisjoint(occasion_words()):
        return None
    days = [t for t in those_within(ground.times, before) if t.precision in FINE]
    fit = [t for t in days if not belongs_to_noun(page.text, t, before)]
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
