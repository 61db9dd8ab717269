"""Words of a stranger in every place of a record that text can come from."""

import dataclasses

from onrecord.record import (
    Description,
    GazetteerEntry,
    HeaderField,
    Hop,
    Note,
    PlaceValue,
    Record,
    SaidAt,
    SaidIn,
    Span,
    TimeAnchor,
    TimeValue,
    Unknown,
    place_id_of,
    time_id_of,
)
from tests.factories import HEAD, RULE, make_small_record, make_statement

# What a stranger may write anywhere, to be shown as the words that it is.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "a\x1b[31m\u202e0001\u202c\x85b 😀",
)


def hostile_record(words: str) -> Record:
    """A record all of whose texts are these words."""
    origin = dataclasses.replace(RULE, name=words)
    span = Span(start_char=0, end_char=len(words))
    statement = make_statement(words, [words], cue=words, source=words)
    own = statement.article_id
    unknowns = tuple(Unknown(field=field, reason=words) for field in ("said_at", "start", words))
    entry = GazetteerEntry(
        entry_id=words, name=words, kind="region", country=words, latitude=1.0, longitude=1.0, radius_km=3.0
    )
    place = PlaceValue(
        place_id=place_id_of(own, span),
        article_id=own,
        text=words,
        span=span,
        use="government",
        entry=entry,
        runners_up=(entry,),
        confidence=0.5,
        origin=origin,
        unknowns=unknowns,
    )
    time = TimeValue(
        time_id=time_id_of(own, span),
        article_id=own,
        text=words,
        span=span,
        kind="set",
        timex_value=words,
        timex_mod=words,
        edtf=words,
        start=words,
        end=words,
        precision="vague",
        anchor=TimeAnchor(kind="expression", value=words, span=span),
        origin=origin,
        unknowns=unknowns,
    )
    said_at = SaidAt(start=words, end=words, precision="day", edtf=words, time_id=time.time_id, origin=origin)
    statement = dataclasses.replace(
        statement,
        said_at=said_at,
        said_in=SaidIn(place_id=place.place_id, text=words, span=span, origin=origin),
        chain=(Hop(kind="told", text=words, span=span, origin=origin),),
        unknowns=unknowns,
    )
    field = HeaderField(value=words, raw=words, span=None, origin=RULE)
    record = make_small_record(
        words, [statement], title=field, authors=(field,), outlet=field, language=field, url=words
    )
    described = Description(text=words, span=span, origin=HEAD)
    entity = dataclasses.replace(record.entities[0], descriptions=(described,), unknowns=unknowns)
    return dataclasses.replace(
        record,
        entities=(entity,),
        times=(time,),
        places=(place,),
        notes=(Note(stage="test", reason="test", detail=words),),
    )
