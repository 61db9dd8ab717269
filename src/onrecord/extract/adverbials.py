"""Whether an expression of time says when something was said: as an adverbial of the cue.

In: an expression, a statement and its sentence. Out: yes for "said on Friday" and "On Friday, she said";
no for Friday's vote, for one who resigned on Friday, and for what lies ahead.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.extract.page import Page
from onrecord.language.time_contexts import context_pattern
from onrecord.language.time_tense import has_verb
from onrecord.record import Moment, Span, Statement, TimePrecision, TimeValue

# A time as fine as this sets a scene: what the same speaker says next is taken to be said then too. A
# coarser one ("earlier in March") holds for the quotation that directly follows and no further.
FINE: frozenset[TimePrecision] = frozenset({"second", "minute", "hour", "part_of_day", "day"})
# "now", "recently" speak of the cue only right beside it: so many characters away at most.
NEXT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the rules look at: the page, its times outside all quoted or reported words, and the breaks."""

    page: Page
    times: tuple[TimeValue, ...]
    cues: tuple[Span, ...]
    published: Moment | None
    breaks: tuple[int, ...]

    def is_broken(self, start: int, end: int) -> bool:
        """Whether a section begins between these places."""
        return any(start < at <= end for at in self.breaks)


def tells_when(time: TimeValue, statement: Statement, sentence: Span, ground: Ground) -> bool:
    """Whether the expression stands as an adverbial of the cue: "said on Friday", "On Friday, X said"."""
    text, span, cue = ground.page.text, time.span, statement.cue[0]
    if _lies_in(span, statement.cue):
        return not _is_ahead(time, ground.published)
    if _lies_in(span, statement.source) or not _can_tell(time, cue, ground.published):
        return False
    low, high = min(span.end_char, cue.end_char), max(span.start_char, cue.start_char)
    others = ground.cues[
        bisect_left(ground.cues, low, key=_start) : bisect_left(ground.cues, high, key=_start)
    ]
    between = any(other not in statement.cue for other in others)
    if between or belongs_to_noun(text, time, sentence):
        return False
    if span.start_char >= cue.end_char:
        words = _own_words(text, cue.end_char, span.start_char, statement)
        return not context_pattern("other_clause").search(words)
    return _leads(text, span, statement, sentence)


def _can_tell(time: TimeValue, cue: Span, published: Moment | None) -> bool:
    """Whether the expression means a time at all, and one before the article appeared."""
    bounded = time.timex_value is None or bool(time.start or time.end) or time.timex_value == "PAST_REF"
    near = time.precision != "vague" or distance_to(time.span, cue) <= NEXT
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


def belongs_to_noun(text: str, time: TimeValue, sentence: Span) -> bool:
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


def _start(span: Span) -> int:
    return span.start_char


def distance_to(span: Span, cue: Span) -> int:
    return max(span.start_char - cue.end_char, cue.start_char - span.end_char, 0)


def _lies_in(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)
