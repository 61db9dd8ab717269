"""Statements: attributions repaired, with their form, mode and hops; and all else the heads found.

In: a text, the bounds of the paragraphs to read, and the encoder. Out: statements in order, whose
speakers are not resolved yet, from the one reading of the text.
"""

from collections.abc import Sequence

from onrecord.encode.encoder import Encoder
from onrecord.extract.attribution import find_attributions
from onrecord.extract.draft import Draft, draft_of
from onrecord.extract.found import Found
from onrecord.extract.hops import Attributed, find_hops
from onrecord.extract.mentions import Finder
from onrecord.extract.page import Page
from onrecord.extract.repairs import REPAIRS
from onrecord.language.cues import mode_of_cue
from onrecord.record import Confidence, Form, Origin, Span, Statement, Unknown, statement_id_of

# So many statements before and behind one are looked at for whose a hop is: more share no sentence.
BESIDE = 4


def find_statements(
    article_id: str, text: str, paragraphs: Sequence[tuple[int, int]], encoder: Encoder
) -> tuple[tuple[Statement, ...], Found, Page]:
    """The statements that these paragraphs of the text attribute, in order of their cues; what the
    heads found beside them; and the page that rules look at."""
    drafts, found, page = read_drafts(text, paragraphs, encoder)
    for repair in REPAIRS:
        drafts = repair(drafts, page)
    version = encoder.weights.version
    statements = tuple(
        statement_of(
            article_id,
            draft,
            page,
            origin=Origin(kind="model", name="attribution", version=version, rules=draft.rules),
            beside=drafts[max(k - BESIDE, 0) : k + BESIDE + 1],
        )
        for k, draft in enumerate(drafts)
    )
    return statements, found, page


def read_drafts(
    text: str, paragraphs: Sequence[tuple[int, int]], encoder: Encoder
) -> tuple[list[Draft], Found, Page]:
    """What the model says, before any repair, and the page that the repairs look at."""
    page = Page(text, paragraphs)
    quotations = [(q.start_char, q.end_char) for q in page.all_quotations]
    words = encoder.cut(text, paragraphs, quotations)
    finder = Finder(encoder, words)
    drafts = [draft_of(a, words) for a in find_attributions(encoder, words, also=finder.take)]
    return drafts, finder.found(), page


def statement_of(
    article_id: str, draft: Draft, page: Page, *, origin: Origin, beside: Sequence[Attributed] = ()
) -> Statement:
    """The statement that a draft makes on its page; `beside` are the attributions near it."""
    text = page.text
    sentence = page.sentence_around(draft.cue[0].start_char, draft.cue[-1].end_char)
    cue_text = " ".join(span.of(text) for span in draft.cue)
    return Statement(
        statement_id=statement_id_of(article_id, draft.content, draft.cue, draft.source),
        article_id=article_id,
        content=draft.content,
        cue=draft.cue,
        source=draft.source,
        form=form_of(draft.content, page),
        mode=mode_of_cue(cue_text),
        speaker=None,
        chain=find_hops(text, sentence, draft, beside),
        confidence=_confidence(draft.sureness),
        origin=origin,
        unknowns=_unknowns(draft, cue_text),
    )


def form_of(content: Sequence[Span], page: Page) -> Form:
    """Direct where every letter of the content is quoted, indirect where none is, else mixed."""
    quoted = total = 0
    for span in content:
        total += _count_letters(page.text, span.start_char, span.end_char)
        for q in page.quotations_in(span):
            low, high = max(span.start_char, q.start_char), min(span.end_char, q.end_char)
            quoted += _count_letters(page.text, low, high)
    if not quoted:
        return "indirect"
    return "direct" if quoted == total else "mixed"


def _count_letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


def _confidence(sureness: dict[str, float]) -> Confidence:
    whole = sureness["anchor"] * sureness["content"]
    parts = {role: round(sureness[role], 3) for role in ("content", "cue", "source")}
    return Confidence(statement=round(whole, 3), **parts)


def _unknowns(draft: Draft, cue_text: str) -> tuple[Unknown, ...]:
    found = []
    if not draft.source:
        found.append(Unknown(field="speaker", reason="The text names no source with this cue."))
    if mode_of_cue(cue_text) is None:
        found.append(Unknown(field="mode", reason=f"The cue “{cue_text}” does not tell speech from thought."))
    return tuple(found)
