"""Records as judged for the tests of exports: plain, ugly, silent, long, accepted, rejected."""

import dataclasses

from onrecord.record import HeaderField, Judged, Moment, Status, person_id_of
from tests.bridge import make_record
from tests.factories import RULE, make_small_record, make_statement
from tests.hostile import hostile_record

# What formats make special: formulas, the marks of JSON, XML, CSV and YAML, controls, lone surrogates, marks
# of direction, what Excel escapes itself.
UGLY = (
    '=HYPERLINK("http://harm.invalid")',
    "'=1+1",
    "-2+3",
    "＝1",
    "\t@sum",
    'a;b|c,"d"\r\ne\tf\n\ng',
    "nul \x00 escape \x1b[31m bell \x07 c1 \x9b31m",
    "lone \ud800 and \udfff",
    "not xml \ufffe\uffff",
    "_x000D_ _x005F_",
    "\u202e right to left \u2066",
    "</script><!-- & ]]> {{}} %s",
    "🚢家é\u0301 \u2028 \x85 \xa0",
    "#ref [tag] 0001 1/2 TRUE NaN",
)


def make_silent(name: str = "No one speaks here.") -> Judged:
    """An article without a statement."""
    return Judged(record=make_small_record(name))


def make_judged() -> Judged:
    """The record of the bridge, published at a minute, with one statement accepted and one rejected."""
    record = make_record()
    outlet = HeaderField(value="The Tessaly Lantern", raw="Lantern", span=None, origin=RULE)
    minute = Moment(
        value="2031-05-03T23:30+02:00", precision="minute", zone="+02:00", raw="late", span=None, origin=RULE
    )
    article = dataclasses.replace(record.article, outlet=outlet, published_at=minute)
    capture = dataclasses.replace(record.capture, retrieved_at="2031-05-04T08:00:00+02:00")
    first, *others, last = record.statements
    status = Status(
        statement_id=first.statement_id,
        kind="accepted",
        by="Ada Quill",
        made_at="2031-06-01T10:00:00+00:00",
        judgement_ids=("judgement-1",),
    )
    people = tuple((e.entity_id, person_id_of(e.kind, e.name)) for e in record.entities if e.named)
    return Judged(
        record=dataclasses.replace(record, article=article, capture=capture, statements=(first, *others)),
        statuses=(status,),
        rejected=(last,),
        person_ids=people,
    )


def make_entries() -> list[Judged]:
    """All of these, one after the other."""
    ugly = [Judged(record=hostile_record(words)) for words in UGLY]
    return [make_judged(), make_silent(), *ugly, Judged(record=make_record())]


def make_long(chars: int) -> Judged:
    """One statement of so many characters, half of them outside the basic plane."""
    text = "🚢a" * (chars // 2)
    return Judged(record=make_small_record(text, [make_statement(text, [text], cue=None, source=None)]))
