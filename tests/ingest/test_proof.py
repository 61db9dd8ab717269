"""The proof of a record: a sound one passes, and whatever is changed in it or in its bytes is caught."""

import dataclasses
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest import make_capture, read_article
from onrecord.ingest.locate import Locator, map_fault
from onrecord.ingest.proof import check_record, list_differences, name_spans
from onrecord.record import (
    Confidence,
    Description,
    Entity,
    Mention,
    Origin,
    PlaceValue,
    Record,
    SaidIn,
    Span,
    Speaker,
    Statement,
    TimeAnchor,
    TimeValue,
    article_id_of,
    entity_id_of,
    iter_spans,
    place_id_of,
    statement_id_of,
    time_id_of,
)

MODEL = Origin(kind="model", name="test", version="1")
PARAGRAPHS = [
    "The mayor of Beltown said on Monday that the old bridge over the river would stay shut until spring.",
    "Nobody had been told, she added, and nobody on the council had thought of asking the engineers.",
    "&ldquo;We will not open it before it is safe,&rdquo; the may<b>or</b> told the Courier at the hall.",
]
PAGE = (
    '<html lang="en"><head><meta charset="utf-8"><title>Bridge to Stay Shut</title></head><body><article>'
    f"{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}<p>The café stays open, the Courier has learned.</p>"
    "</article></body></html>"
)


def find(article, part):
    start = article.text.index(part)
    return Span(start_char=start, end_char=start + len(part))


def make_statement(article, content, cue, source, **fields):
    found = [(find(article, part),) for part in (content, cue, source)]
    return Statement(
        statement_id=statement_id_of(article.article_id, *found),
        article_id=article.article_id,
        content=found[0],
        cue=found[1],
        source=found[2],
        form="direct",
        mode="said",
        chain=(),
        confidence=Confidence(statement=0.9, content=0.9, cue=0.9, source=0.9),
        origin=MODEL,
        **fields,
    )


def make_entity(article):
    """The mayor, with the two places that name her."""
    spans = [find(article, "The mayor of Beltown"), find(article, "the mayor")]
    mentions = [Mention(text=s.of(article.text), span=s, form="nominal", origin=MODEL) for s in spans]
    return Entity(
        entity_id=entity_id_of(article.article_id, spans),
        article_id=article.article_id,
        kind="person",
        name=mentions[0].text,
        name_span=spans[0],
        named=False,
        mentions=tuple(mentions),
        descriptions=(Description(text=mentions[1].text, span=spans[1], origin=MODEL),),
        origin=MODEL,
    )


def make_time(article):
    span = find(article, "on Monday")
    return TimeValue(
        time_id=time_id_of(article.article_id, span),
        article_id=article.article_id,
        text="on Monday",
        span=span,
        kind="date",
        timex_value="2031-05-05",
        anchor=TimeAnchor(kind="expression", value="2031-05", span=find(article, "until spring")),
        origin=MODEL,
    )


def make_place(article):
    span = find(article, "Beltown")
    return PlaceValue(
        place_id=place_id_of(article.article_id, span),
        article_id=article.article_id,
        text="Beltown",
        span=span,
        use="place",
        origin=MODEL,
    )


def read(body=PAGE, **options):
    capture = make_capture(body.encode() if isinstance(body, str) else body, **options)
    article = read_article(capture)
    words = "“We will not open it before it is safe,”", "told", "the mayor"
    if "The mayor of Beltown" not in article.text:
        told = make_statement(article, *words, speaker=None)
        return Record(capture=capture, article=article, statements=(told,))
    mayor, time, place = make_entity(article), make_time(article), make_place(article)
    speaker = Speaker(entity_id=mayor.entity_id, name=mayor.name, path=mayor.mentions[::-1], origin=MODEL)
    said_in = SaidIn(place_id=place.place_id, text=place.text, span=place.span, origin=MODEL)
    told = make_statement(article, *words, speaker=speaker, said_in=said_in)
    return Record(
        capture=capture,
        article=article,
        statements=(told,),
        entities=(mayor,),
        times=(time,),
        places=(place,),
    )


RECORD = read()


def change_article(record=RECORD, **fields):
    return dataclasses.replace(record, article=dataclasses.replace(record.article, **fields))


def change_capture(record=RECORD, **fields):
    return dataclasses.replace(record, capture=dataclasses.replace(record.capture, **fields))


def whats(proof):
    return [fault.what for fault in proof.faults]


def test_a_record_as_it_was_read_is_proven_whole():
    proof = check_record(RECORD)
    assert (proof.proven, proof.unmapped, proof.failed, proof.faults) == (
        len(list(iter_spans(RECORD))),
        (),
        (),
        (),
    )
    assert proof.is_sound


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "gb18030", "utf-8-sig"])
def test_a_page_in_any_encoding_is_proven_whole(encoding):
    body = PAGE.replace("utf-8", encoding.removesuffix("-sig")).encode(encoding)
    proof = check_record(read(body))
    assert proof.is_sound
    assert proof.unmapped == ()


def test_a_plain_text_is_proven_whole():
    text = (
        "Bridge to Stay Shut\r\n\r\n“We will not open it before it is safe,” the mayor told the Courier.\r\n"
    )
    proof = check_record(read("\ufeff" + text))
    assert proof.is_sound
    assert proof.unmapped == ()


def test_every_span_is_named_by_its_place():
    named = dict(name_spans(RECORD))
    assert list(named.values()) == list(iter_spans(RECORD))
    assert named["statements[0].cue[0]"].of(RECORD.article.text) == "told"
    assert "article.blocks[0].span" in named


def test_words_changed_in_the_text_are_caught_with_what_the_bytes_hold():
    text = RECORD.article.text.replace("not open", "now open")
    proof = check_record(change_article(text=text))
    assert whats(proof) == ["article_id"]
    failed = {one.field: one for one in proof.failed}
    assert failed["statements[0].content[0]"].words == "“We will now open it before it is safe,”"
    assert failed["statements[0].content[0]"].held == "“We will not open it before it is safe,”"
    assert "statements[0].cue[0]" not in failed


def test_words_changed_in_the_text_are_caught_with_their_place():
    text = RECORD.article.text.replace("the mayor told", "the major told")
    (failed,) = [
        f for f in check_record(change_article(text=text)).failed if f.field == "statements[0].source[0]"
    ]
    (place,) = failed.places
    assert RECORD.capture.body[place.start_byte : place.end_byte] == b"the may"


def test_a_span_that_ends_among_changed_words_shows_all_that_took_their_place():
    text = RECORD.article.text.replace("told the Courier", "sold the Harbour")
    (part,) = Locator(change_article(text=text).article, RECORD.capture).locate(
        Span(start_char=text.index("sold"), end_char=text.index("Harbour") + 2)
    )
    assert (part.words, part.held) == ("soldtheHa", "toldtheCourie")


def test_a_text_forged_with_its_id_is_caught_by_the_bytes():
    text = RECORD.article.text.replace("Nobody had been told", "Nobody has been told")
    forged = change_article(text=text, article_id=article_id_of(RECORD.capture, text))
    proof = check_record(forged)
    assert "article_id" not in whats(proof)
    assert proof.failed


def test_a_span_moved_to_other_words_is_caught_by_the_id_of_its_statement():
    told = RECORD.statements[0]
    at = RECORD.article.text.index("said")
    moved = dataclasses.replace(told, cue=(Span(start_char=at, end_char=at + 4),))
    assert whats(check_record(dataclasses.replace(RECORD, statements=(moved,)))) == ["statement_id"]


@pytest.mark.parametrize(
    ("parts", "change", "what"),
    [
        ("entities", {"entity_id": "entity-0"}, "entity_id"),
        ("entities", {"mentions": ()}, "entity_id"),
        ("entities", {"article_id": "article-0"}, "entity_id"),
        ("times", {"time_id": "time-0"}, "time_id"),
        ("times", {"span": Span(start_char=0, end_char=6)}, "time_id"),
        ("places", {"place_id": "place-0"}, "place_id"),
        ("places", {"span": Span(start_char=0, end_char=6)}, "place_id"),
    ],
)
def test_an_id_that_its_spans_do_not_give_is_caught(parts, change, what):
    changed = (dataclasses.replace(getattr(RECORD, parts)[0], **change),)
    assert whats(check_record(dataclasses.replace(RECORD, **{parts: changed}))) == [what]


def test_spans_of_people_times_and_places_are_held_against_the_bytes():
    text = RECORD.article.text.replace("mayor of Beltown said on Monday", "major of Celtown said on Sunday")
    failed = {one.field for one in check_record(change_article(text=text)).failed}
    assert failed >= {
        "entities[0].mentions[0].span",
        "entities[0].name_span",
        "statements[0].speaker.path[1].span",
        "statements[0].said_in.span",
        "times[0].span",
        "places[0].span",
    }
    assert failed.isdisjoint({"entities[0].mentions[1].span", "times[0].anchor.span"})


def test_a_statement_of_another_article_is_caught():
    told = dataclasses.replace(RECORD.statements[0], article_id="article-0")
    assert "statement_id" in whats(check_record(dataclasses.replace(RECORD, statements=(told,))))


@given(st.data())
def test_a_letter_changed_in_the_bytes_is_caught_by_hash_and_span(data):
    body = bytearray(RECORD.capture.body)
    chart = RECORD.article.source_map
    i = data.draw(st.integers(0, len(chart.start_bytes) - 1))
    letters = [
        at
        for at in range(chart.start_bytes[i], chart.end_bytes[i])
        if chr(body[at]).isalpha() and body[at] < 128
    ]
    at = data.draw(st.sampled_from(letters))
    body[at] = ord("x") if body[at] != ord("x") else ord("y")
    proof = check_record(RECORD, body=bytes(body))
    assert "hash" in whats(proof)
    assert any(place.start_byte <= at < place.end_byte for one in proof.failed for place in one.places)


def test_bytes_put_in_between_fail_what_stands_behind_them():
    body = RECORD.capture.body.replace(b"<article>", b"<article >")
    proof = check_record(RECORD, body=body)
    assert whats(proof) == ["hash", "size"]
    assert len(proof.failed) > 5


def test_a_map_that_leads_elsewhere_is_caught():
    chart = RECORD.article.source_map
    i = len(chart.start_bytes) - 1
    starts = (*chart.start_bytes[:i], chart.start_bytes[i] + 4)
    proof = check_record(change_article(source_map=dataclasses.replace(chart, start_bytes=starts)))
    assert [one.field for one in proof.failed] == [f"article.blocks[{len(RECORD.article.blocks) - 1}].span"]


def test_a_map_that_swaps_two_places_is_caught():
    chart = RECORD.article.source_map
    swapped = dataclasses.replace(
        chart,
        start_bytes=(chart.start_bytes[1], chart.start_bytes[0], *chart.start_bytes[2:]),
        end_bytes=(chart.end_bytes[1], chart.end_bytes[0], *chart.end_bytes[2:]),
    )
    assert len(check_record(change_article(source_map=swapped)).failed) >= 2


@pytest.mark.parametrize(
    "columns",
    [
        {"end_bytes": ()},
        {"start_chars": (0,), "end_chars": (10**6,), "start_bytes": (0,), "end_bytes": (9,)},
        {"start_chars": (0,), "end_chars": (5,), "start_bytes": (0,), "end_bytes": (10**9,)},
        {"start_chars": (-5,), "end_chars": (5,), "start_bytes": (0,), "end_bytes": (9,)},
        {"start_chars": (0,), "end_chars": (5,), "start_bytes": (9,), "end_bytes": (9,)},
        {"start_chars": (0, 3), "end_chars": (5, 9), "start_bytes": (0, 9), "end_bytes": (9, 19)},
    ],
)
def test_a_map_that_cannot_be_one_is_a_fault_and_no_crash(columns):
    chart = dataclasses.replace(RECORD.article.source_map, **columns)
    proof = check_record(change_article(source_map=chart))
    assert whats(proof) == ["map"]
    assert map_fault(chart, len(RECORD.article.text), RECORD.capture)
    with pytest.raises(ValueError, match="map"):
        Locator(dataclasses.replace(RECORD.article, source_map=chart), RECORD.capture)


def test_missing_bytes_are_a_fault_and_no_span_is_called_proven():
    proof = check_record(change_capture(body=None))
    assert (whats(proof), proof.proven, proof.is_sound) == (["bytes"], 0, False)


def test_bytes_given_beside_the_record_prove_it():
    assert check_record(change_capture(body=None), body=RECORD.capture.body).is_sound


@pytest.mark.parametrize(
    "fields",
    [
        {"sha256": "0" * 64},
        {"size_bytes": 7},
        {"encoding": "cp1252"},
        {"encoding": "klingon"},
        {"encoding": "utf-16"},
        {"encoding": "utf\x00-8"},
        {"encoding": "rot13"},
    ],
)
def test_a_changed_capture_is_caught(fields):
    assert not check_record(change_capture(**fields)).is_sound


def test_a_record_without_a_map_says_so_of_every_span():
    proof = check_record(change_article(source_map=None))
    assert proof.is_sound
    assert {one.reason for one in proof.unmapped} == {"The record has no map of its text."}
    assert len(proof.unmapped) == len(list(iter_spans(RECORD)))


def test_a_title_that_the_markup_shows_otherwise_is_said_to_be_unmapped():
    page = PAGE.replace("<title>Bridge to Stay Shut</title>", "").replace(
        "</head>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The caf\\u00e9 is shut"}'
        "</script></head>",
    )
    proof = check_record(read(page))
    assert proof.is_sound
    assert {one.words for one in proof.unmapped} == {"The café is shut"}
    assert all("markup alone" in one.reason for one in proof.unmapped)


def test_a_stretch_taken_out_of_the_map_leaves_its_words_unmapped():
    chart = RECORD.article.source_map
    columns = ("start_chars", "end_chars", "start_bytes", "end_bytes")
    shorter = dataclasses.replace(chart, **{name: getattr(chart, name)[:-2] for name in columns})
    proof = check_record(change_article(source_map=shorter))
    assert proof.is_sound
    assert len(proof.unmapped) >= 1


def test_a_reading_anew_is_compared_by_what_it_says():
    other = dataclasses.replace(
        RECORD.statements[0], origin=dataclasses.replace(MODEL, version="2"), form="mixed"
    )
    assert list_differences(RECORD, RECORD) == ()
    assert list_differences(RECORD, dataclasses.replace(RECORD, statements=(other,))) == ("statements",)
    assert list_differences(RECORD, change_article(text="x", outlet=RECORD.article.title)) == (
        "text",
        "outlet",
    )


@pytest.mark.parametrize("name", ["entities", "times", "places"])
def test_a_part_that_is_read_no_more_is_a_difference(name):
    assert list_differences(RECORD, dataclasses.replace(RECORD, **{name: ()})) == (name,)


def test_a_receipt_that_says_otherwise_is_a_difference():
    receipt = RECORD.article.coverage
    more = dataclasses.replace(receipt, visible_words=receipt.visible_words + 900)
    assert list_differences(RECORD, change_article(coverage=more)) == ("coverage",)


def test_another_version_of_the_model_alone_is_no_difference():
    other = dataclasses.replace(RECORD.statements[0], origin=dataclasses.replace(MODEL, version="2"))
    assert list_differences(RECORD, dataclasses.replace(RECORD, statements=(other,))) == ()


def test_a_hundred_spans_of_a_large_page_take_well_under_a_second():
    filler = "<div class='x'><a href=\"/news?id=1\">More</a> <script>var a = 1;</script></div>\n" * 3_000
    body = "".join(f"<p>{number}. {p}</p>" for number in range(34) for p in PARAGRAPHS)
    record = read(
        f"<html><head><title>Café</title></head><body>{filler}<article>{body}</article>{filler}</body></html>"
    )
    assert record.capture.size_bytes > 450_000
    assert len(list(iter_spans(record))) > 100
    started = time.process_time()
    assert check_record(record).is_sound
    assert time.process_time() - started < 0.5
