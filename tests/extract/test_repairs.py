"""Each repair does what it says, and leaves alone what it should."""

from dataclasses import replace

from onrecord.extract.draft import Draft
from onrecord.extract.page import Page
from onrecord.extract.repairs import continue_quotation, one_speaker, speaker_before_outlet
from onrecord.record import Span


def page_of(*paragraphs: str) -> Page:
    text = "\n".join(paragraphs)
    bounds, at = [], 0
    for paragraph in paragraphs:
        bounds.append((at, at + len(paragraph)))
        at += len(paragraph) + 1
    return Page(text, bounds)


def draft_on(page: Page, *contents: str) -> Draft:
    spans = []
    for content in contents:
        start = page.text.index(content)
        spans.append(Span(start_char=start, end_char=start + len(content)))
    return Draft(content=tuple(spans), cue=(), source=(), sureness={})


def contents(drafts: list[Draft], page: Page) -> list[list[str]]:
    return [[span.of(page.text) for span in draft.content] for draft in drafts]


def test_a_quotation_over_paragraphs_is_one_statement():
    page = page_of('"We began in spring,', '"and went on in autumn,', '"until it was done."')
    repaired = continue_quotation([draft_on(page, '"We began in spring,')], page)
    assert contents(repaired, page) == [
        ['"We began in spring,', '"and went on in autumn,', '"until it was done."']
    ]


def test_a_paragraph_that_somebody_else_says_is_not_taken_over():
    page = page_of('"We began in spring,', '"No," said Orr.')
    drafts = [draft_on(page, '"We began in spring,')]
    assert contents(continue_quotation(drafts, page), page) == [['"We began in spring,']]


def test_a_closed_quotation_does_not_go_on():
    page = page_of('"We began in spring."', '"No."')
    drafts = [draft_on(page, '"We began in spring."')]
    assert contents(continue_quotation(drafts, page), page) == [['"We began in spring."']]


def test_a_quotation_claimed_twice_goes_to_the_surer():
    page = page_of('"Never," said Orr. "It was loved," she added.')
    first, second = draft_on(page, '"Never,"'), draft_on(page, '"Never,"', '"It was loved,"')
    never = first.content[0]
    drafts = [replace(d, span_sureness={never: p}, cue=(never,)) for d, p in ((first, 0.9), (second, 0.6))]
    assert contents(one_speaker(drafts, page), page) == [['"Never,"'], ['"It was loved,"']]


def test_a_statement_keeps_its_only_quotation():
    page = page_of('"Never," said Orr and repeated it.')
    one = draft_on(page, '"Never,"')
    drafts = [replace(one, cue=one.content), replace(one, cue=one.content)]
    assert contents(one_speaker(drafts, page), page) == [['"Never,"'], ['"Never,"']]


def outlet_draft(page: Page, content: str) -> Draft:
    at = page.text.index("according to")
    cue = Span(start_char=at, end_char=at + len("according to"))
    return replace(draft_on(page, content), cue=(cue,))


def test_a_quotation_according_to_an_outlet_is_its_speakers():
    page = page_of('"Never," Ilse Orr stated according to Lumen.')
    repaired = speaker_before_outlet([outlet_draft(page, '"Never," Ilse Orr stated')], page)[0]
    assert [s.of(page.text) for s in (*repaired.source, *repaired.cue)] == ["Ilse Orr", "stated"]
    assert contents([repaired], page) == [['"Never,"']]


def test_what_an_outlet_tells_itself_stays_its_own():
    page = page_of('"Never" was the answer he got, according to Lumen.')
    drafts = [outlet_draft(page, '"Never" was the answer he got')]
    assert speaker_before_outlet(drafts, page) == drafts
