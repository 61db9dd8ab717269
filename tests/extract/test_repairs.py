"""Each repair does what it says, and leaves alone what it should."""

from dataclasses import replace

from onrecord.extract.draft import Draft
from onrecord.extract.page import Page
from onrecord.extract.repairs import continue_quotation, one_speaker
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
