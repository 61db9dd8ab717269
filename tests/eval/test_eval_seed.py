"""The check of the seed article names what is missing; shown on an invented one."""

import dataclasses

import pytest

from eval.predict import attribution_of
from eval.seed import check_seed
from onrecord.record import (
    Article,
    Capture,
    Confidence,
    Hop,
    Mention,
    Origin,
    Record,
    Span,
    Speaker,
    Statement,
)

TEXT = "Quill Answers\n\nMara Quill said the bridge is safe, the Harbour Post reports.\n\nMost Read"
ORIGIN = Origin(kind="rule", name="test", version="1")


def span(piece):
    return Span(start_char=TEXT.index(piece), end_char=TEXT.index(piece) + len(piece))


def pair(piece):
    return [span(piece).start_char, span(piece).end_char]


EXPECTED = {
    "article": {"title": "Quill Answers", "headings": [], "furniture": ["Most Read"]},
    "statements": [
        {
            "content": [pair("the bridge is safe")],
            "cue": pair("said"),
            "source": pair("Mara Quill"),
            "source_text": "Mara Quill",
            "speaker": "Mara Quill",
            "via": [{"name": "the Harbour Post", "span": pair("the Harbour Post")}],
        }
    ],
}
MENTION = Mention(text="Mara Quill", span=span("Mara Quill"), form="name", origin=ORIGIN)
QUILL = Speaker(entity_id="e", name="Mara Quill", path=(MENTION,), origin=ORIGIN)
HOP = Hop(kind="quoted_by", text="Harbour Post", span=span("Harbour Post"), origin=ORIGIN)
STATEMENT = Statement(
    statement_id="s",
    article_id="a",
    content=(span("bridge is safe"),),
    cue=(span("said"),),
    source=(span("Quill said"),),
    form="indirect",
    mode="said",
    speaker=QUILL,
    chain=(HOP,),
    confidence=Confidence(statement=1.0, content=1.0, cue=1.0, source=1.0),
    origin=ORIGIN,
)


def report_on(*statements, text=TEXT):
    capture = Capture(sha256="0", media_type="text/plain", encoding="utf-8", size_bytes=len(text))
    article = Article(article_id="a", text=text, blocks=())
    return check_seed(TEXT, EXPECTED, Record(capture=capture, article=article, statements=statements))


def test_a_statement_with_overlapping_content_source_and_hop_is_right():
    report = report_on(STATEMENT)
    assert (report.found, report.complaints, report.beyond) == (1, (), ())


def test_a_statement_that_was_not_read_is_named():
    assert report_on().complaints == ("Not found: the bridge is safe",)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"source": (span("Post"),)}, "Wrong source, Post for Mara Quill: the bridge is safe"),
        ({"source": ()}, "Wrong source, none for Mara Quill: the bridge is safe"),
        ({"chain": ()}, "Hop not found, the Harbour Post: the bridge is safe"),
        ({"cue": (span("Answers"),)}, "From furniture: bridge is safe"),
        ({"speaker": None}, "Wrong speaker, unknown for Mara Quill: the bridge is safe"),
        (
            {"speaker": dataclasses.replace(QUILL, name="Quill")},
            "Wrong speaker, Quill for Mara Quill: the bridge is safe",
        ),
    ],
)
def test_what_is_wrong_with_a_statement_is_named(change, complaint):
    assert report_on(dataclasses.replace(STATEMENT, **change)).complaints == (complaint,)


def test_a_statement_beyond_the_expected_is_shown_and_no_complaint():
    other = dataclasses.replace(STATEMENT, content=(span("reports"),))
    report = report_on(STATEMENT, other)
    assert (report.complaints, report.beyond) == ((), ("reports",))


def test_a_text_that_was_changed_is_said_so():
    assert report_on(STATEMENT, text=TEXT + "!").complaints == ("The text was changed.",)


def test_the_spans_of_a_statement_become_lists_by_role():
    assert attribution_of(STATEMENT)["cue"] == [pair("said")]
