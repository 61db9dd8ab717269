"""The check of who, when and where in the seed article; shown on an invented one."""

import dataclasses

import pytest

from eval.seed import check_seed
from onrecord.record import (
    About,
    Article,
    Capture,
    Confidence,
    GazetteerEntry,
    Moment,
    Origin,
    PlaceValue,
    Record,
    SaidAt,
    SaidIn,
    Span,
    Statement,
    TimeValue,
    Unknown,
)

TEXT = (
    "Beltown Waits\n\nQuill said on Monday in the old hall of Beltown that the Tessaly region had paid last "
    "year, soon after the flood, whatever the Arden government thinks. Arden lies far from Beltown."
)
ORIGIN = Origin(kind="rule", name="test", version="1")


def span(piece):
    return Span(start_char=TEXT.rindex(piece), end_char=TEXT.rindex(piece) + len(piece))


def pair(piece):
    return [span(piece).start_char, span(piece).end_char]


CONTENT = "that the Tessaly region had paid last year"
LAST_YEAR = {"surface": "last year", "start": "2030-01-01", "end": "2030-12-31"}
EXPECTED = {
    "article": {"title": "Beltown Waits"},
    "statements": [
        {
            "content": [pair(CONTENT)],
            "source": pair("Quill"),
            "source_text": "Quill",
            "said_at": {"start": "2031-05-05", "end": "2031-05-05"},
            "said_in": "the old hall",
            "refers_to_time": [LAST_YEAR],
        }
    ],
    "times": [LAST_YEAR, {"surface": "soon after the flood", "start": None, "end": None}],
    "places": [
        {"surface": "Beltown", "country": "TS", "kind": "city"},
        {"surface": "Tessaly region", "iso": "TS-04"},
        {"surface": "Arden government"},
    ],
}


def time(piece, start, end, **fields):
    return TimeValue(
        time_id=f"time-{piece}",
        article_id="a",
        text=piece,
        span=span(piece),
        kind="date",
        timex_value=None,
        start=start,
        end=end,
        origin=ORIGIN,
        **fields,
    )


def place(where, kind=None, country=None, subdivision=None, *, use="place"):
    entry = GazetteerEntry(entry_id="g", name="n", kind=kind, country=country, subdivision=subdivision)
    text = TEXT[where.start_char : where.end_char]
    return PlaceValue(
        place_id=f"place-{where.start_char}",
        article_id="a",
        text=text,
        span=where,
        use=use,
        entry=entry if kind else None,
        origin=ORIGIN,
    )


def spans(piece):
    found = [at for at in range(len(TEXT)) if TEXT.startswith(piece, at)]
    return [Span(start_char=at, end_char=at + len(piece)) for at in found]


YEAR = time("last year", "2030-01-01", "2030-12-31")
FLOOD = time("after the flood", None, None, unknowns=(Unknown(field="start", reason="not told"),))
TOWNS = tuple(place(one, "settlement", "TS", "TS-04") for one in spans("Beltown")[1:])
REGION = place(span("the Tessaly region"), "region", "TS", "TS-04")
RULERS = place(spans("Arden")[0], "country", "AD", use="government")
SAID_AT = SaidAt(
    start="2031-05-05", end="2031-05-05", precision="day", edtf=None, time_id=None, origin=ORIGIN
)
STATEMENT = Statement(
    statement_id="s",
    article_id="a",
    content=(span(CONTENT),),
    cue=(span("said"),),
    source=(span("Quill"),),
    form="indirect",
    mode="said",
    speaker=None,
    chain=(),
    confidence=Confidence(statement=1.0, content=1.0, cue=1.0, source=1.0),
    origin=ORIGIN,
    said_at=SAID_AT,
    said_in=SaidIn(place_id="p", text="hall", span=span("hall"), origin=ORIGIN),
    about=About(time_ids=(YEAR.time_id,)),
)


def complaints(
    statement=STATEMENT, *, times=(YEAR, FLOOD), places=(*TOWNS, REGION, RULERS), expected=EXPECTED
):
    moment = Moment(value="2031-05-06T10:00", precision="minute", zone=None, raw="", span=None, origin=ORIGIN)
    record = Record(
        capture=Capture(sha256="0", media_type="text/plain", encoding="utf-8", size_bytes=1),
        article=Article(article_id="a", text=TEXT, blocks=(), published_at=moment),
        statements=(statement,),
        times=times,
        places=places,
    )
    return check_seed(TEXT, expected, record).complaints


def test_a_record_that_tells_all_of_it_has_no_complaint():
    assert complaints() == ()


def moment(start, end):
    return dataclasses.replace(SAID_AT, start=start, end=end)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"said_at": None}, "Wrong moment, unknown for 2031-05-05"),
        ({"said_at": moment(None, "2031-05-05")}, "Wrong moment, ../2031-05-05 for 2031-05-05"),
        ({"said_in": None}, "Wrong place of saying, unknown for the old hall"),
        (
            {"said_in": SaidIn(place_id="p", text="Beltown", span=span("Beltown"), origin=ORIGIN)},
            "Wrong place of saying, Beltown for the old hall",
        ),
        ({"about": About()}, "Not about last year, 2030-01-01/2030-12-31"),
    ],
)
def test_what_is_wrong_with_a_statement_is_named(change, complaint):
    (found,) = complaints(dataclasses.replace(STATEMENT, **change))
    assert found == f"{complaint}: {CONTENT}"


@pytest.mark.parametrize(
    ("said_at", "wrong"),
    [
        (None, False),
        (SAID_AT, False),
        (moment(None, "2031-05-06"), False),
        (moment("2031-05-07", None), True),
    ],
)
def test_where_no_moment_is_expected_only_what_cannot_be_is_wrong(said_at, wrong):
    wanted = EXPECTED["statements"][0] | {"said_at": None}
    found = complaints(
        dataclasses.replace(STATEMENT, said_at=said_at), expected=EXPECTED | {"statements": [wanted]}
    )
    later = f"Said after it was published, 2031-05-07/.. for 2031-05-06T10:00: {CONTENT}"
    assert found == ((later,) if wrong else ())


@pytest.mark.parametrize(
    ("times", "complaint"),
    [
        ((YEAR,), "Time not found: soon after the flood"),
        (
            (YEAR, time("the flood", "2030-06-01", "2030-06-01")),
            "Wrong time, 2030-06-01 for unknown: soon after the flood",
        ),
        ((YEAR, time("the flood", None, None)), "Time unknown without a reason: soon after the flood"),
    ],
)
def test_a_time_that_is_missing_or_wrong_or_unknown_without_a_reason_is_named(times, complaint):
    assert complaints(times=times) == (complaint,)


@pytest.mark.parametrize(
    ("places", "complaint"),
    [
        ((*TOWNS[:1], REGION, RULERS), "Place not found: Beltown"),
        ((*TOWNS, RULERS), "Place not found: Tessaly region"),
        ((*TOWNS, place(REGION.span), RULERS), "Wrong place, unknown for TS-04: Tessaly region"),
        (
            (*TOWNS, place(REGION.span, "region", "TS"), RULERS),
            "Wrong place, no code for TS-04: Tessaly region",
        ),
        (
            (*TOWNS, place(REGION.span, "settlement", "TS", "TS-04"), RULERS),
            "Wrong place, a settlement for a region: Tessaly region",
        ),
        (
            (TOWNS[0], place(TOWNS[1].span, "region", "TS", "TS-04"), REGION, RULERS),
            "Wrong place, a region for a settlement: Beltown",
        ),
        (
            (TOWNS[0], place(TOWNS[1].span, "settlement", "AD"), REGION, RULERS),
            "Wrong place, AD for TS: Beltown",
        ),
        (
            (*TOWNS, REGION, place(RULERS.span, "country", "AD")),
            "Wrong place, the place for the government: Arden government",
        ),
        (
            (*TOWNS, place(REGION.span, "region", "TS", "TS-04", use="government"), RULERS),
            "Wrong place, the government for the place: Tessaly region",
        ),
    ],
)
def test_a_place_that_is_missing_or_means_another_is_named(places, complaint):
    assert complaints(places=places) == (complaint,)


def test_places_of_the_title_are_not_asked_for():
    assert not [one for one in complaints() if "Beltown" in one]
    assert spans("Beltown")[0].start_char == 0
