"""Whom a pronoun means that the model left alone: the nearest speaker or subject before it that it fits.

In: the cast, the statements resolved so far, the page. Out: a mention of the one meant, and the rule.
"""

from collections.abc import Callable, Mapping
from itertools import islice

from onrecord.extract.cast import Cast, Member
from onrecord.extract.page import Page
from onrecord.language.pronouns import Pronoun
from onrecord.record import Mention, Span, Statement

# So many mentions back an antecedent is looked for: some five sentences.
FARTHEST_MENTIONS = 60


def find_antecedent(
    place: Span,
    may_be: Callable[[Member], bool],
    statement: Statement,
    page: Page,
    cast: Cast,
    *,
    speaking: Mapping[Span, Member],
) -> tuple[Mention, Member, str] | None:
    """The mention that a pronoun at this place means, of one who `may_be` it.

    Of the sentences before it, in the same section first, the nearest with one that fits: who speaks
    in it (rule `nearest_speaker`), else whom it mentions first, by name where it does (rule
    `nearest_subject`). `speaking` are the sources of the statements resolved so far.
    """
    section = section_start(page, place.start_char)
    found: list[tuple[Mention, Member]] = []
    sentence: Span | None = None
    for mention, member in islice(cast.before(place.start_char), FARTHEST_MENTIONS):
        if mention.span.overlaps(place) or not may_be(member) or _is_said(mention.span, statement, page):
            continue
        if member.entity.kind == "document" and mention.span not in speaking:
            continue  # a document is meant by "it" only where it has said something
        if found and (sentence is None or mention.span.start_char < sentence.start_char):
            break
        if mention.span.start_char < section and found:
            break
        if not found:
            sentence = page.sentence_around(mention.span.start_char, mention.span.end_char)
        found.append((mention, member))
    if not found:
        return None
    speaker = next((pair for pair in found if pair[0].span in speaking), None)
    if speaker is not None:
        return (*speaker, "nearest_speaker")
    first = next((pair for pair in reversed(found) if pair[1].entity.named), found[-1])
    return (*first, "nearest_subject")


def _is_said(span: Span, statement: Statement, page: Page) -> bool:
    """Whether a mention stands in a quotation or in what this statement itself says."""
    if any(span.overlaps(content) for content in statement.content):
        return True
    return any(q.start_char <= span.start_char for q in page.quotations_in(span))


def section_start(page: Page, place: int) -> int:
    """Where the section begins that holds a place: paragraphs with nothing but space between them."""
    start = 0
    before: tuple[int, int] | None = None
    for low, high in page.paragraphs:
        if low > place:
            break
        if before is None or page.text[before[1] : low].strip():
            start = low
        before = (low, high)
    return start


def find_narrator(
    place: Span, pronoun: Pronoun, page: Page, cast: Cast
) -> tuple[Mention, Member, str] | None:
    """The one whom "I" outside quotation marks means, where the model linked another "I" beside it.

    In one paragraph one speaks (rule `same_paragraph`); where one alone says "I" in the whole article,
    it is the same (rule `only_narrator`).
    """
    if pronoun.person != 1 or pronoun.plural or page.quotations_in(place):
        return None
    narrating = [(m, member) for m, member in cast.first_persons() if not page.quotations_in(m.span)]
    low, high = next(((a, b) for a, b in page.paragraphs if a <= place.start_char < b), (0, 0))
    beside = [pair for pair in narrating if low <= pair[0].span.start_char < high]
    for rule, pairs in (("same_paragraph", beside), ("only_narrator", narrating)):
        if len({id(member) for _, member in pairs}) == 1:
            return (*pairs[0], rule)
    return None
