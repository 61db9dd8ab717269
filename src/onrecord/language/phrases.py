"""The head of a noun phrase by its words alone: of "a spokesman for the ministry" the spokesman.

In: a phrase in a text, and the proper names in it. Out: where its head word stands.
"""

import re
from collections.abc import Sequence

from onrecord.language.nouns import is_plural_noun, kinds_of_noun
from onrecord.record import Span

# What follows the head: a preposition, a relative clause, a comma, a bracket, a dash. A participle or
# "to" as well, which adjectives before the head do not begin with.
BEHIND_HEAD = re.compile(
    r"\s*[,;:(\[—–](?!\d)|\s+(?:of|for|in|at|from|with|on|by|near|about|against|among|behind|between|under|within"
    r"|around|across|inside|outside|over|to|who|whom|whose|which|that|where|when|as|whether|and|or|&|is|are"
    r"|was|were|has|had|have|said|says|speaking|including|based|called|named|led|not)\b"
)
LAST_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*(?=\W*$)")
WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
# "lobbyist and party strategist Ivo Orr" is Ivo Orr: no article stands behind the "and".
JOINED_ROLE = re.compile(r"\s+and\s+(?!the\b|an?\b|his\b|her\b|their\b)(?:[\w’'-]+\s+){1,6}?(?=[^\W\d_a-z])")
# Where a description goes on that has said its noun: a relative clause, another comma, a quotation.
CLAUSE = re.compile(r"\s*(?:[,;:(\[—–“\"](?!\d)|\s(?:who|whom|whose|which|where|that|when)\b)")
AND = re.compile(r",?\s+(?:and|&)\s+")
LIST = re.compile(r"(?:,\s+[^,]{2,60}){0,6},?\s+(?:and|&)\s+")
# A second part that is somebody else: "her friend and a colleague", but not "her friend and colleague".
ANOTHER = re.compile(r"(?:the|an?|his|her|their|its|some|other|many)\b|[^\W\d_a-z]|\d")
LEADING = re.compile(r"[\W_]+")


def head_of_phrase(text: str, span: Span, names: Sequence[Span] = ()) -> Span:
    """The head word of the phrase; the name where a name ends what may hold the head.

    No name is cut: of "Bank of Velden chief Ivo Orr" with its names it is "Ivo Orr". Conjunctions give
    the head of their first part.
    """
    low, high = span.start_char, span.end_char
    edge = LEADING.match(text, low, high)
    low = edge.end() if edge and edge.end() < high else low
    first = WORD.match(text, low, high)
    start = first.end() if first else low
    end = next(
        (
            m.start()
            for m in BEHIND_HEAD.finditer(text, start, high)
            if not any(n.start_char < m.end() and m.start() < n.end_char for n in names)
        ),
        high,
    )
    joined = JOINED_ROLE.match(text, end, high)
    if joined is not None:
        named = next((n for n in names if n.start_char == joined.end()), None)
        if named is not None and not any(n.start_char < end for n in names):
            return named
    whole = Span(start_char=low, end_char=max(end, low + 1))
    head = last_word(text, whole)
    while "after" in kinds_of_noun(head.of(text).lower()) and head.start_char > low:
        before = text[low : head.start_char].rstrip()
        if not before:
            break
        head = last_word(text, Span(start_char=low, end_char=low + len(before)))
    return next((n for n in names if n.overlaps(head)), head)


def last_word(text: str, span: Span) -> Span:
    """The last word of a span; the whole span where it has none."""
    match = LAST_WORD.search(span.of(text))
    if match is None:
        return span
    return Span(start_char=span.start_char + match.start(), end_char=span.start_char + match.end())


def joins_several(text: str, span: Span, head: Span, *, named: bool) -> bool:
    """Whether a phrase joins its head with others: "Orr and Vance", "friends, foes and lobbyists".

    Not so "Ivo Orr, a lawyer and a pilot", nor "her friend and colleague".
    """
    joint = AND.match(text, head.end_char, span.end_char)
    several = not named and is_plural_noun(head.of(text))
    if joint is not None:
        return several or named or ANOTHER.match(text, joint.end(), span.end_char) is not None
    return several and LIST.match(text, head.end_char, span.end_char) is not None


def without_clause(text: str, span: Span, head: Span, *, named: bool = False) -> Span:
    """A phrase without the clause that follows what it describes; a list is kept whole."""
    if joins_several(text, span, head, named=named):
        return span
    clause = CLAUSE.search(text, head.end_char, span.end_char)
    end = clause.start() if clause is not None and clause.start() > span.start_char else span.end_char
    return Span(start_char=span.start_char, end_char=end)
