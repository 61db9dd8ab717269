"""Times: what each expression of time in an article means, counted from its publication.

In: a text with its paragraphs, the expressions that the model found, and when the article was
published. Out: a `TimeValue` for each, in order; what cannot be computed says why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.extract.found import FoundTime
from onrecord.extract.page import Page
from onrecord.language.time_bounds import Bounds, bounds_of
from onrecord.language.time_calendar import Period, read_period
from onrecord.language.time_expressions import read_expression
from onrecord.language.time_finder import find_expressions
from onrecord.language.time_setting import Reading, Setting
from onrecord.language.time_tense import tense_at
from onrecord.record import Moment, Origin, Span, TimeAnchor, TimeValue, Unknown, time_id_of

ORIGIN_VERSION = "1"
NO_RULE = "No rule knows what these words say about time."
OPEN = {
    "PAST_REF": "The words say that it lies before the article, not how long before.",
    "FUTURE_REF": "The words say that it lies ahead, not how far.",
}
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
    """The model's expressions joined with those that the rules find by themselves.

    Where one of each overlap, the longer stands; what the rules alone find is added; what the model
    alone found stays as it is.
    """
    proposed = [p.span for start, end in page.paragraphs for p in find_expressions(page.text, start, end)]
    joined: list[FoundTime] = []
    for one in sorted(found, key=lambda f: f.span):
        joined.append(one)
    for span in proposed:
        if not any(span.overlaps(f.span) for f in found):
            joined.append(FoundTime(span=span, kind="date", sureness=1.0))
    return tuple(sorted(joined, key=lambda f: f.span))


def _begin(published: Moment | None, dateline: Moment | None) -> _Course:
    for kind, moment in (("dateline", dateline), ("published_at", published)):
        if moment and moment.precision not in ("month", "year") and (base := read_period(moment.value)):
            return _Course(base=base, kind=kind, value=moment.value)
    return _Course(base=None, kind="published_at", value="")


def _make_time(article_id: str, page: Page, found: FoundTime, course: _Course) -> TimeValue:
    text, span = page.text, found.span
    setting = _setting_of(page, span, course)
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
        unknowns=_unknowns_of(reading),
    )
    if reading.period is not None:
        course.periods.append(reading.period)
        course.spans.append(span)
    return time


def _setting_of(page: Page, span: Span, course: _Course) -> Setting:
    text = page.text
    around = page.sentence_around(span.start_char, span.end_char)
    return Setting(
        base=course.base,
        earlier=tuple(course.periods[-12:]),
        tense=tense_at(text, (around.start_char, around.end_char), span.start_char, span.end_char),
        before=text[max(around.start_char, span.start_char - BESIDE) : span.start_char].lower(),
        after=text[span.end_char : min(around.end_char, span.end_char + BESIDE)].lower(),
        sentence=around.of(text).lower(),
    )


def _anchor_of(reading: Reading, course: _Course) -> TimeAnchor | None:
    if reading.needs == "focus" and course.periods:
        return TimeAnchor(kind="expression", value=course.periods[-1].value, span=course.spans[-1])
    if reading.needs and course.base:
        return TimeAnchor(kind="dateline" if course.kind == "dateline" else "published_at", value=course.value)
    return None


def _unknowns_of(reading: Reading) -> tuple[Unknown, ...]:
    if reading.reason:
        return (Unknown(field="timex_value", reason=reading.reason),)
    return ()
