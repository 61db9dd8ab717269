"""Sources as mentions: those that the model found no mention for are added to what it found.

In: statements and what the model found. Out: the same with a mention for each source, alone in its cluster,
so that names and descriptions bring it to its entity as they do any other.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.extract.found import Found, FoundMention
from onrecord.extract.page import Page
from onrecord.language.nouns import is_plural_noun, kinds_of_noun
from onrecord.language.phrases import head_of_phrase, without_clause
from onrecord.language.pronouns import pronouns
from onrecord.record import EntityKind, MentionForm, Span, Statement

EDGES = ' \t\n\r\u00a0,;:.–—-“”"()[]'
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
# Words before a source that do not belong to the phrase: "While old hands said", "according to Orr".
LEADING = re.compile(
    r"(?:(?:while|as|but|and|when|if|though|although|because|by|from|to|for|of|in)\s+)+", re.IGNORECASE
)
KINDS_OF_NOUNS: tuple[tuple[str, EntityKind], ...] = (
    ("person", "person"),
    ("group", "group"),
    ("outlet", "outlet"),
    ("organisation", "organisation"),
    ("document", "document"),
    ("utterance", "document"),
)


def source_span(statement: Statement, text: str) -> Span | None:
    """Where the source of a statement stands, without marks and joining words at its edges.

    Of a source in several pieces the first is taken: it holds the head.
    """
    for span in statement.source:
        if span.end_char > len(text):
            continue
        start, end = _without_edges(text, span.start_char, span.end_char)
        lead = LEADING.match(text, start, end)
        if lead is not None and lead.end() < end:
            start = lead.end()
        if start < end:
            return Span(start_char=start, end_char=end)
    return None


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


class Places:
    """Spans by place; where they nest, only those that begin in a span are found in it."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(set(spans), key=lambda s: (s.start_char, s.end_char))
        self.starts = [s.start_char for s in self.spans]

    def inside(self, span: Span) -> Sequence[Span]:
        """Those that lie in a span."""
        low, high = bisect_left(self.starts, span.start_char), bisect_left(self.starts, span.end_char)
        return [s for s in self.spans[low:high] if s.end_char <= span.end_char]

    def touch(self, span: Span) -> bool:
        """Whether one of the last three that begin before the end of a span shares a character with it."""
        high = bisect_left(self.starts, span.end_char)
        return any(s.overlaps(span) for s in self.spans[max(high - 3, 0) : high])


def cover_sources(found: Found, statements: Sequence[Statement], page: Page) -> Found:
    """What the model found, with a mention for each source whose head none of its mentions has."""
    names = Places(n.span for n in found.names)
    heads = Places(m.head for m in found.mentions)
    spans = {m.span for m in found.mentions}
    added: dict[Span, FoundMention] = {}
    for statement in statements:
        span = source_span(statement, page.text)
        if span is None or span in spans or span.of(page.text).lower() in RELATIVE:
            continue
        head = head_of_phrase(page.text, span, names.inside(span))
        if not heads.touch(head) and not any(head.overlaps(other) for other in added):
            added[head] = _mention_of(page.text, span, head, named=names.touch(head))
    if not added:
        return found
    new = sorted(added.values(), key=lambda m: m.span)
    numbers = range(len(found.mentions), len(found.mentions) + len(new))
    return replace(
        found,
        mentions=(*found.mentions, *new),
        clusters=(*found.clusters, *((number,) for number in numbers)),
    )


def _mention_of(text: str, span: Span, head: Span, *, named: bool) -> FoundMention:
    word = head.of(text)
    form: MentionForm = "nominal"
    if span.of(text).lower() in pronouns():
        form = "pronoun"
    elif named or (word[:1].isupper() and head.start_char > span.start_char):
        form = "name"
    whole = without_clause(text, span, head, named=named)
    return FoundMention(span=whole, head=head, kind=guess_kind(word), form=form, sureness=0.5)


def guess_kind(word: str) -> EntityKind:
    """The kind of what a noun describes; a capitalised word that the data do not know is a person's name.

    >>> [guess_kind(w) for w in ("spokesman", "officials", "report", "Vance", "thing")]
    ['person', 'group', 'document', 'person', 'other']
    """
    kinds = kinds_of_noun(word.lower())
    unknown: EntityKind = "person" if word[:1].isupper() else "other"
    kind = next((kind for noun_kind, kind in KINDS_OF_NOUNS if noun_kind in kinds), unknown)
    return "group" if kind == "person" and is_plural_noun(word) else kind
