"""The form of a content that somebody corrected: a text and spans in, direct, mixed or indirect out.

The reader pairs quotation marks by the habits of many languages (language/quotations.py), which records do
not import; this is the plain case of it: double marks and free-standing single ones, within a paragraph.
"""

import re
from collections.abc import Iterable, Sequence

from onrecord.record.article import Article
from onrecord.record.span import Span
from onrecord.record.statement import Form

CLOSERS = {"“": '”"', "„": "“”", "«": "»", '"': '"”', "‘": "’", "'": "'"}
SINGLES = "‘'"
MARK = re.compile("[“”„«»\"‘’']")


def form_of_content(article: Article, content: Sequence[Span]) -> Form:
    """Direct where every letter of the content is quoted, indirect where none is, else mixed."""
    quoted = total = 0
    for span in content:
        inside = [False] * (span.end_char - span.start_char)
        for start, end in _list_quotations(article.text, _paragraph_around(article, span)):
            for at in range(max(start, span.start_char), min(end, span.end_char)):
                inside[at - span.start_char] = True
        letters = [sign.isalnum() for sign in span.of(article.text)]
        total += sum(letters)
        quoted += sum(letter and held for letter, held in zip(letters, inside, strict=True))
    if not quoted:
        return "indirect"
    return "direct" if quoted == total else "mixed"


def _paragraph_around(article: Article, span: Span) -> tuple[int, int]:
    """The bounds of the blocks that a span touches; of the span alone where it touches none."""
    touched = [b.span for b in article.blocks if b.span.overlaps(span)] or [span]
    return min(s.start_char for s in touched), max(s.end_char for s in touched)


def _list_quotations(text: str, bounds: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """Where quotations stand; one that is not closed reaches to the end of its line."""
    low, high = bounds
    opened: int | None = None
    for match in MARK.finditer(text, low, high):
        mark, at = match.group(), match.start()
        if opened is not None and "\n" in text[opened:at]:
            yield opened, text.index("\n", opened)
            opened = None
        if opened is None:
            opened = at if _opens(text, mark, at, bounds) else None
        elif mark in CLOSERS[text[opened]] and _closes(text, mark, at, high):
            yield opened, at + 1
            opened = None
    if opened is not None and text[opened] not in SINGLES:
        end = text.find("\n", opened, high)
        yield opened, end if end >= 0 else high


def _opens(text: str, mark: str, at: int, bounds: tuple[int, int]) -> bool:
    """Whether a mark begins a quotation: before a word, and a single or straight one behind a gap."""
    low, high = bounds
    if mark not in CLOSERS or at + 1 >= high or (text[at + 1].isspace() and mark != "«"):
        return False
    if mark in SINGLES and not re.search("['’](?!\\w)", text[at + 1 : high]):
        return False
    return mark in "“„«" or at == low or not text[at - 1].isalnum()


def _closes(text: str, mark: str, at: int, high: int) -> bool:
    """Whether a mark ends a quotation; an apostrophe within a word does not."""
    return mark not in "’'" or at + 1 >= high or not text[at + 1].isalnum()
