"""Each repair does what it says, and leaves alone what it should."""

from dataclasses import replace

from onrecord.extract.draft import Draft
from onrecord.extract.repairs import Page, close_quotation, continue_quotation, drop_stray_marks, one_speaker
from onrecord.language.quotations import pair_quotations
from onrecord.record import Span


def page_of(*paragraphs: str) -> Page:
    text = "\n".join(paragraphs)
    bounds, at = [], 0
    for paragraph in paragraphs:
        bounds.append((at, at + len(paragraph)))
        at += len(paragraph) + 1
    return Page(text, bounds, [pair_quotations(text, s, e) for s, e in bounds])


def draft_on(page: Page, *contents: str) -> Draft:
    spans = []
    for content in contents:
        start = page.text.index(content)
        spans.append(Span(start_char=start, end_char=start + len(content)))
    return Draft(content=tuple(spans), cue=(), source=(), sureness={})


def contents(drafts: list[Draft], page: Page) -> list[list[str]]:
    return [[span.of(page.text) for span in draft.content] for draft in drafts]


def test_a_quotation_mostly_held_is_held_whole():
    page = page_of('She said "the harbour stays open" today.')
    repaired = close_quotation([draft_on(page, "the harbour stays")], page)
    assert contents(repaired, page) == [['"the harbour stays open"']]
    assert repaired[0].rules == ("close_quotation",)


def test_a_quotation_hardly_held_is_left():
    page = page_of('She called it "a harbour that never slept in all its years".')
    assert contents(close_quotation([draft_on(page, "a harbour")], page), page) == [["a harbour"]]


def test_a_quotation_left_open_does_not_swallow_its_paragraph():
    page = page_of('She said "the harbour stays and then it rained on the town for days.')
    assert contents(close_quotation([draft_on(page, "the harbour stays")], page), page) == [
        ["the harbour stays"]
    ]


def test_a_draft_that_needs_no_repair_names_none():
    page = page_of('She said "yes".')
    assert close_quotation([draft_on(page, '"yes"')], page)[0].rules == ()


def test_a_content_does_not_end_with_an_opening_mark():
    page = page_of('He promised help "soon".')
    assert contents(drop_stray_marks([draft_on(page, 'help "')], page), page) == [["help"]]


def test_a_quotation_over_paragraphs_is_one_statement():
    page = page_of('"We began in spring,', '"and went on in autumn,', '"until it was done." So it was.')
    repaired = continue_quotation([draft_on(page, '"We began in spring,')], page)
    assert contents(repaired, page) == [
        ['"We began in spring,', '"and went on in autumn,', '"until it was done."']
    ]


def test_a_paragraph_that_somebody_else_says_is_not_taken_over():
    page = page_of('"We began in spring,', '"No," said Orr.')
    drafts = [draft_on(page, '"We began in spring,'), draft_on(page, '"No,"')]
    assert contents(continue_quotation(drafts, page), page) == [['"We began in spring,'], ['"No,"']]


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
    drafts = [draft_on(page, '"Never,"'), draft_on(page, '"Never,"')]
    assert contents(one_speaker(drafts, page), page) == [['"Never,"'], ['"Never,"']]
