"""Times: what each expression of time in an article means, counted from its publication.

In: a text with its paragraphs, the expressions that the model found, and when the article was
published. Out: a `TimeValue` for each, in order; what cannot be computed says why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from onrecord.extract.covered import Covered, those_within
from onrecord.extract.found import FoundTime, TimexKind
from onrecord.extract.page import Page
from onrecord.language.time_bounds import Bounds, bounds_of
from onrecord.language.time_calendar import Period, read_period
from onrecord.language.time_expressions import has_time_word, read_expression
from onrecord.language.time_finder import Proposal, find_event_relations, find_expressions
from onrecord.language.time_setting import NO_ANCHOR, Reading, Setting
from onrecord.language.time_tense import tense_at
from onrecord.language.time_words import read_line
from onrecord.record import Moment, Origin, Span, TimeAnchor, TimeValue, Unknown, time_id_of

ORIGIN_VERSION = "1"
NO_RULE = "No rule knows what these words say about time."
# What a rule finds by itself, the model having said nothing.
RULE_SURENESS = 1.0
# What a rule takes an expression for, by its reading; a date where not named.
KINDS: dict[str, TimexKind] = {
    "duration": "duration", "turn_count": "duration", "set": "set", "clock": "time", "daypart": "time",
}  # fmt: skip
# How many letters beside an expression its reading may look at.
BESIDE = 40


@dataclass(slots=True)
class _Course:
    """What has been read so far: the anchor, and the periods that later expressions count from."""

    base: Period | None
    kind: str
    value: str
    periods: list[Period] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def make_times(
    article_id: str,
    page: Page,
    found: Sequence[FoundTime],
    *,
    published: Moment | None,
    dateline: Moment | None = None,
) -> tuple[TimeValue, ...]:
    """A value for each expression found, in the order of the text.

    Relative ones count from the dateline where its day is known, else from the publication, or from
    the expression before where the words say so. Nothing is counted from today.
    """
    course = _begin(published, dateline)
    ordered = sorted(found, key=lambda f: f.span)
    return tuple(_make_time(article_id, page, one, course) for one in ordered)


def join_found(page: Page, found: Sequence[FoundTime]) -> tuple[FoundTime, ...]:
    """The model's expressions joined with those that the rules find, in order, none overlapping.

    Where the model found none at all in a text, all proposals of the rules stand; else only those of
    rules that are sure by themselves are added. A sure rule that sees more of an expression than the
    model did gives its bounds. What holds no word of time is dropped. Times told only by an event
    ("shortly after the vote") are added last.
    """
    lines = [read_line(page.text, start, end) for start, end in page.paragraphs]
    proposed = [p for line in lines for p in find_expressions(line)]
    kept = [_widened(f, proposed) for f in found if has_time_word(page.text, f.span)]
    wanted = [
        (p.span, KINDS.get(p.match.rule.reading, "date"))
        for p in proposed
        if not found or p.match.rule.finds == "sure"
    ]
    events: list[tuple[Span, TimexKind]] = [
        (span, "date") for line in lines for span in find_event_relations(line)
    ]
    by_rule = [FoundTime(span=span, kind=kind, sureness=RULE_SURENESS) for span, kind in (*wanted, *events)]
    return _without_overlaps((*kept, *by_rule))


def _widened(found: FoundTime, proposed: Sequence[Proposal]) -> FoundTime:
    """The expression with the bounds of a sure rule's that holds it and more."""
    for one in those_within(proposed, found.span):
        inside = one.span.start_char <= found.span.start_char and found.span.end_char <= one.span.end_char
        if inside and one.match.rule.finds == "sure":
            return replace(found, span=one.span)
    return found


def _without_overlaps(found: Iterable[FoundTime]) -> tuple[FoundTime, ...]:
    """Each that overlaps none before it, in the order of the text."""
    covered = Covered()
    kept = []
    for one in found:
        if not covered.touches(one.span):
            covered.add(one.span)
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: f.span))


def _begin(published: Moment | None, dateline: Moment | None) -> _Course:
    for kind, moment in (("dateline", dateline), ("published_at", published)):
        if moment and moment.precision not in ("month", "year") and (base := read_period(moment.value)):
            return _Course(base=base, kind=kind, value=moment.value)
    return _Course(base=None, kind="published_at", value="")


def _make_time(article_id: str, page: Page, found: FoundTime, course: _Course) -> TimeValue:
    text, span = page.text, found.span
    setting = _setting_of(page, found, course)
    read = read_expression(text, span, setting)
    if read is None:
        reading, rule = Reading(kind=found.kind, value=None, reason=NO_RULE), "no_rule"
    else:
        reading, rule = read
    bounds = bounds_of(reading, course.base, span.of(text)) if reading.value else Bounds()
    time = TimeValue(
        time_id=time_id_of(article_id, span),
        article_id=article_id,
        text=span.of(text),
        span=span,
        kind=reading.kind,
        timex_value=reading.value,
        timex_mod=reading.mod,
        edtf=bounds.edtf,
        start=bounds.start,
        end=bounds.end,
        precision=bounds.precision,
        anchor=_anchor_of(reading, course),
        origin=Origin(kind="rule", name=f"times/{rule}", version=ORIGIN_VERSION),
        unknowns=_unknowns_of(reading, bounds),
    )
    if reading.period is not None and not reading.aside:
        course.periods.append(reading.period)
        course.spans.append(span)
    return time


def _setting_of(page: Page, found: FoundTime, course: _Course) -> Setting:
    text, span = page.text, found.span
    around = page.sentence_around(span.start_char, span.end_char)
    return Setting(
        base=course.base,
        earlier=tuple(course.periods[-12:]),
        tense=tense_at(text, (around.start_char, around.end_char), span.start_char, span.end_char),
        before=text[max(around.start_char, span.start_char - BESIDE) : span.start_char].lower(),
        after=text[span.end_char : min(around.end_char, span.end_char + BESIDE)].lower(),
        sentence=around.of(text).lower(),
        kind=found.kind,
    )


def _anchor_of(reading: Reading, course: _Course) -> TimeAnchor | None:
    if reading.needs == "focus" and course.periods:
        at = _place_of(reading.focus, course.periods)
        return TimeAnchor(kind="expression", value=course.periods[at].value, span=course.spans[at])
    if reading.needs and course.base:
        return TimeAnchor(
            kind="dateline" if course.kind == "dateline" else "published_at", value=course.value
        )
    return None


def _place_of(focus: Period | None, periods: Sequence[Period]) -> int:
    """Where among the expressions before the one stands that was counted from; the last where unsaid."""
    return next((at for at in range(len(periods) - 1, -1, -1) if periods[at] == focus), len(periods) - 1)


def _unknowns_of(reading: Reading, bounds: Bounds) -> tuple[Unknown, ...]:
    """Why there is no value, or no interval."""
    if reading.reason:
        return (Unknown(field="start" if reading.value else "timex_value", reason=reading.reason),)
    if reading.value and reading.value.endswith("_REF") and not (bounds.start or bounds.end):
        return (Unknown(field="start", reason=NO_ANCHOR),)
    return ()
