"""Quotation marks paired into quotations.

In: a text and the half-open bounds of a paragraph in it. Out: the quotations of that
paragraph, marks included, in order. Odd marks never raise and never reach beyond the
paragraph: a quotation that is not closed ends with it, and says so. Linear in the text.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

# Which marks may close a quotation, by the mark that opened it, its own first. English, French,
# German, Polish, Swedish and typewriter habits; a straight mark may close a curly one (mixed copy).
CLOSERS: dict[str, tuple[str, ...]] = {
    "“": ("”", '"', "“"),
    "”": ("”", '"'),
    "„": ("“", "”", '"'),
    "‟": ("”", '"'),
    "«": ("»",),
    "»": ("«", "»"),
    "‹": ("›",),
    "›": ("‹", "›"),
    '"': ('"', "”"),
    "``": ("''", '"'),
    "''": ("''",),
    "‘": ("’", "'"),
    "‘‘": ("’’",),
    "’’": ("’’",),
    "‚": ("‘", "’"),
    "'": ("'", "’"),
    "「": ("」",),
    "『": ("』",),
}
SINGLES = frozenset("‘'’‚‹›")
ALWAYS_OPENING = frozenset("“„«「『")
# A straight single mark is mostly an apostrophe: it opens a quotation only when a mark that
# looks like a closing one follows within this many characters of the same paragraph.
LONGEST_STRAIGHT_SINGLE = 300
BRACKETS_OPEN = "([{—–-"
SENTENCE_MARKS = ".,!?…"
MARK = re.compile(r"``|''|‘‘|’’|[“”„‟«»‹›\"‘’‚'「」『』]")
# Words that begin with an apostrophe: the '90s, 'em, 'tis (word processors curl them as ‘).
ELISION = re.compile(r"(?:\d\ds?|em|til|till|tis|twas|cause|n|cos|bout)(?!\w)", re.IGNORECASE)
FEET_BEFORE = re.compile(r"\d['’] ?\d{1,2}$")
SHORT_NUMBER_BEFORE = re.compile(r"(?<!\d)\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: `text[start_char:end_char]`, with its marks."""

    start_char: int
    end_char: int
    closed: bool
    mark: str


class _Paragraph:
    """What the marks of one paragraph look like from both sides; lookaheads are made once."""

    def __init__(self, text: str, low: int, high: int) -> None:
        self.text, self.low, self.high = text, low, high

    def before(self, start: int) -> str:
        return self.text[start - 1] if start > self.low else " "

    def after(self, end: int) -> str:
        return self.text[end] if end < self.high else " "

    def last(self, mark: str) -> int:
        """Where the mark stands last, or -1."""
        if mark not in self._last:
            self._last[mark] = self.text.rfind(mark, self.low, self.high)
        return self._last[mark]

    @cached_property
    def _last(self) -> dict[str, int]:
        return {}

    @cached_property
    def single_ends(self) -> list[int]:
        """Where a single mark stands that no letter follows."""
        return self._places(r"['’](?!\w)")

    @cached_property
    def ends(self) -> dict[str, list[int]]:
        """By kind of mark: where one follows a sentence mark and no letter follows it."""
        return {
            "'": self._places(rf"(?<=[{SENTENCE_MARKS}])['’](?!\w)"),
            '"': self._places(rf"(?<=[{SENTENCE_MARKS}])[\"”](?!\w)"),
        }

    @cached_property
    def starts(self) -> dict[str, list[int]]:
        """By kind of mark: where one follows a space or bracket and a letter follows it."""
        return {
            "'": self._places(r"(?<![^\s(\[—–-])['‘](?=\w)"),
            '"': self._places(r"(?<![^\s(\[—–-])[\"“](?=\w)"),
        }

    def _places(self, pattern: str) -> list[int]:
        return [m.start() for m in re.finditer(pattern, self.text[self.low : self.high])]

    def next_of(self, places: list[int], position: int) -> int:
        """The first of these places at or after the position; the paragraph's end if none."""
        k = bisect_left(places, position - self.low)
        return places[k] + self.low if k < len(places) else self.high

    def spaced_open(self, start: int, end: int) -> bool:
        """Whether the mark stands free before a word, as in French: « Bonjour »."""
        before, after = self.before(start), self.text[end + 1 : min(end + 2, self.high)]
        closed_later = self.last(CLOSERS[self.text[start:end]][0]) > start
        return closed_later and (before.isspace() or before in BRACKETS_OPEN) and after.isalnum()

    def may_open(self, start: int, end: int) -> bool:
        before, after = self.before(start), self.after(end)
        return (before.isspace() or before in BRACKETS_OPEN or before in CLOSERS) and not after.isspace()

    def opens(self, mark: str, start: int, end: int) -> bool:
        """Whether the mark begins a quotation here."""
        if mark == "’" or self.is_elision(mark, end):
            return False
        if not self.may_open(start, end):
            # An opening mark of its own shape is believed even where spacing is odd.
            spaced = mark in ("«", "“") and self.spaced_open(start, end)
            return spaced or (mark in ALWAYS_OPENING and not self.after(end).isspace())
        return (mark not in SINGLES and mark != "»") or self.opens_weakly(mark, start, end)

    def is_elision(self, mark: str, end: int) -> bool:
        """Whether the mark stands for letters left out: the '90s."""
        return mark in ("'", "‘") and ELISION.match(self.text, end, self.high) is not None

    def opens_weakly(self, mark: str, start: int, end: int) -> bool:
        """Whether a mark that is often something else begins a quotation."""
        if mark == "'":
            return self.next_of(self.ends["'"], end) < min(self.high, end + LONGEST_STRAIGHT_SINGLE)
        if mark == "‘":
            return start == self.low or self.next_of(self.single_ends, end) < self.high
        return self.after(end).isalnum() or self.after(end) in CLOSERS

    def opens_unspaced(self, mark: str, start: int, end: int) -> bool:
        """Whether a straight mark opens although the space before it is missing: said:"No"."""
        return mark == '"' and self.before(start) in ":,;" and self.after(end).isalnum()

    def closes(self, opener: str, mark: str, start: int, end: int) -> bool:
        """Whether the mark ends a quotation that the opener began."""
        if mark not in CLOSERS[opener] or start == self.low:
            return False
        before, after = self.before(start), self.after(end)
        if mark == opener and mark in ALWAYS_OPENING:
            return not before.isspace() and before not in BRACKETS_OPEN and not after.isalnum()
        if after.isalnum():
            # The space after it is missing: "No,"he said.
            unspaced = before in SENTENCE_MARKS or (opener, mark) == ("“", "”")
            return mark not in SINGLES and unspaced and not before.isspace()
        return not self.belongs_to_word(mark, start, end)

    def belongs_to_word(self, mark: str, start: int, end: int) -> bool:
        """Whether the mark is a possessive (the players' union) or a measure (5'10", 12")."""
        kind = "'" if mark in ("'", "’") else '"' if mark in ('"', "”") else ""
        if not kind:
            return False
        before = self.text[max(self.low, start - 6) : start]
        if kind == '"' and FEET_BEFORE.search(before):
            return True
        number = SHORT_NUMBER_BEFORE.search(before)
        if not (number or (kind == "'" and before[-1:] in "sS")) or not self.after(end).isspace():
            return False
        # Only if the quotation is closed later, before another one begins.
        close = self.next_of(self.ends[kind], end)
        return close < self.next_of(self.starts[kind], end) and close < self.high

    def nests(self, opener: str, mark: str, start: int, end: int) -> bool:
        """Whether the mark begins an inner quotation that the outer one's closers would end."""
        if mark == opener or mark in SINGLES or not set(CLOSERS.get(mark, ())) & set(CLOSERS[opener]):
            return False
        own = CLOSERS[opener][0]
        return self.may_open(start, end) and own != mark and self.last(own) > start

    def trimmed(self, start: int, end: int) -> int:
        while end > start + 1 and self.text[end - 1].isspace():
            end -= 1
        return end


def pair_quotations(text: str, start_char: int = 0, end_char: int | None = None) -> list[Quotation]:
    """The quotations of one paragraph, outermost only, in order.

    Nested quotations belong to the one that holds them. An opening mark met while another
    quotation is open and cannot close it starts a new quotation only when it is the same
    kind of mark: the earlier one then ends, unclosed, before it.

    >>> [(q.start_char, q.end_char, q.closed) for q in pair_quotations('He said: "No." Then “maybe')]
    [(9, 14, True), (20, 26, False)]
    """
    paragraph = _Paragraph(text, start_char, len(text) if end_char is None else min(end_char, len(text)))
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    inner: str | None = None
    for match in MARK.finditer(text, paragraph.low, paragraph.high):
        mark, start, end = match.group(), match.start(), match.end()
        if opened is None:
            if paragraph.opens(mark, start, end) or paragraph.opens_unspaced(mark, start, end):
                opened, inner = (start, mark), None
            continue
        begun, opener = opened
        if inner is not None and mark == CLOSERS[inner][0]:
            inner = None
        elif paragraph.closes(opener, mark, start, end):
            found.append(Quotation(begun, end, True, opener))
            opened = None
        elif mark == opener and paragraph.opens(mark, start, end):
            found += _unclosed(paragraph, begun, start, opener)
            opened, inner = (start, mark), None
        elif paragraph.nests(opener, mark, start, end):
            inner = mark
    if opened is not None:
        found += _unclosed(paragraph, opened[0], paragraph.high, opened[1])
    return found


def _unclosed(paragraph: _Paragraph, begun: int, end: int, mark: str) -> list[Quotation]:
    """The quotation that nothing closed; none where its mark was more likely something else."""
    end = paragraph.trimmed(begun, end)
    believed = mark not in SINGLES or (mark == "‘" and begun == paragraph.low)
    return [Quotation(begun, end, False, mark)] if believed and end > begun + len(mark) else []
