"""Quotation marks paired into quotations.

In: a text and the half-open bounds of a paragraph in it. Out: the quotations of that
paragraph, marks included, in order. Odd marks never raise and never reach beyond the
paragraph: a quotation that is not closed ends with it, and says so.
"""

import re
from dataclasses import dataclass

# Which marks may close a quotation, by the mark that opened it. English, French, German,
# Polish, Swedish and typewriter habits; a straight mark may close a curly one (mixed copy).
CLOSERS: dict[str, str] = {
    "“": "”\"“",
    "”": "”\"",
    "„": "“”\"",
    "‟": "”\"",
    "«": "»",
    "»": "«»",
    "‹": "›",
    '"': '"”',
    "``": "''",
    "''": "''",
    "‘": "’",
    "'": "'’",
    "「": "」",
    "『": "』",
}
SINGLES = "‘'’‹"
# A straight single mark is mostly an apostrophe: it opens a quotation only when a mark that
# looks like a closing one follows within this many characters of the same paragraph.
LONGEST_STRAIGHT_SINGLE = 300
BRACKETS_OPEN = "([{—–-"
MARK = re.compile(r"``|''|[“”„‟«»‹›\"‘’'「」『』]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: `text[start_char:end_char]`, with its marks."""

    start_char: int
    end_char: int
    closed: bool
    mark: str


def _may_open(text: str, start: int, end: int, low: int, high: int) -> bool:
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    return (before.isspace() or before in BRACKETS_OPEN or before in CLOSERS) and not after.isspace()


def _may_close(text: str, start: int, end: int, low: int, high: int) -> bool:
    after = text[end] if end < high else " "
    return start > low and not after.isalnum()


def _single_closes_later(text: str, end: int, high: int) -> bool:
    stop = min(high, end + LONGEST_STRAIGHT_SINGLE)
    return re.compile(r"[.,!?…][’'](?!\w)").search(text, end, stop) is not None


def _opens(text: str, mark: str, start: int, end: int, low: int, high: int) -> bool:
    if not _may_open(text, start, end, low, high):
        # A curly opening mark is believed even where spacing is odd.
        return mark in "“„«「『" and end < high and not text[end].isspace()
    if mark == "’":
        return False
    if mark == "'":
        return _single_closes_later(text, end, high)
    if mark == "‘":
        return text.find("’", end, high) >= 0
    return True


def pair_quotations(text: str, start_char: int = 0, end_char: int | None = None) -> list[Quotation]:
    """The quotations of one paragraph, outermost only, in order.

    Nested quotations belong to the one that holds them. An opening mark met while another
    quotation is open and cannot close it starts a new quotation only when it is the same
    kind of mark: the earlier one then ends, unclosed, before it.

    >>> [(q.start_char, q.end_char, q.closed) for q in pair_quotations('He said: "No." Then “maybe')]
    [(9, 14, True), (20, 26, False)]
    """
    low, high = start_char, len(text) if end_char is None else end_char
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    for match in MARK.finditer(text, low, high):
        mark, start, end = match.group(), match.start(), match.end()
        if opened is None:
            if _opens(text, mark, start, end, low, high):
                opened = (start, mark)
            continue
        begun, opener = opened
        closes = mark in CLOSERS[opener] and _may_close(text, start, end, low, high)
        if closes and not (mark == "“" and opener == "“"):
            found.append(Quotation(begun, end, True, opener))
            opened = None
        elif mark == opener and mark not in SINGLES and _opens(text, mark, start, end, low, high):
            found.append(Quotation(begun, _trimmed(text, begun, start), False, opener))
            opened = (start, mark)
    if opened is not None and opened[1] not in SINGLES:
        found.append(Quotation(opened[0], _trimmed(text, opened[0], high), False, opened[1]))
    return found


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end
