"""A claim of the draft as words to look for: omissions and editor's insertions told from what was said.

In: a claim and the draft's text. Out: its tokens with places in the draft, and where it says that words are
left out ("…", "...", "[...]") or are not the speaker's ("[the mayor]").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.record import Span
from onrecord.verifier.tokens import cut_tokens
from onrecord.verifier.verdict import Claim

DOTS = r"(?:…|\.(?:[ \u00a0]?\.){2,})"
SIC = r"\[\s*sic\b[^\[\]\n]{0,40}\]"
# An insertion, or a word completed: vot[ed]. A letter changed alone ([T]he) is none.
INSERTION = r"(?!\[\w\]\w)[\w'’-]*\[[^\[\]\n]{1,80}\][\w'’-]*"
MARKED = re.compile(
    rf"(?P<omission>\[\s*{DOTS}\s*\]|\(\s*{DOTS}\s*\)|{DOTS})|(?P<sic>{SIC})|(?P<insertion>{INSERTION})"
)
NO_WORD = re.compile(r"[^\w'.,]|_")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of a claim in order. `keys` compare, `spans` are their places in the draft.

    `omissions` are the words before which something is said to be left out, `breaks` those that begin a new
    part, `inserted` what stands in brackets, as (the word that follows, its place).
    """

    claim: Claim
    text: str
    keys: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    omissions: set[int] = field(default_factory=set)
    breaks: set[int] = field(default_factory=set)
    inserted: list[tuple[int, Span]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def is_quotation(self) -> bool:
        """Whether the draft gives the words as those of the speaker."""
        return self.claim.form == "direct"

    def is_open(self, k: int) -> bool:
        """Whether the draft tells that other words may stand before word k: an omission or insertion."""
        return k in self.omissions or any(k == at for at, _ in self.inserted)

    def span(self, first: int, last: int) -> Span | None:
        """From the first to the last of the words `first:last`."""
        if first >= last:
            return None
        covered = self.spans[first:last]
        return Span(start_char=min(s.start_char for s in covered), end_char=max(s.end_char for s in covered))

    def surface(self, first: int, last: int) -> str:
        """The words `first:last` as the draft has them."""
        span = self.span(first, last)
        return span.of(self.text) if span else ""

    def question(self, chosen: Iterable[int]) -> str:
        """These words as they are looked for: without marks, and nothing that a search takes for an order."""
        return " ".join(self._bare(k) for k in chosen)

    def _bare(self, k: int) -> str:
        word = self.spans[k].of(self.text).replace("’", "'")
        return NO_WORD.sub("", word).strip(".,'") or self.keys[k]


def read_claim(claim: Claim, text: str, *, plain: bool = False) -> Wanted:
    """The words that a claim of this draft stands on; `plain` takes what stands in brackets for words too."""
    wanted = Wanted(claim, text)
    for words, span in zip(claim.words, claim.spans, strict=True):
        if wanted.keys:
            wanted.breaks.add(len(wanted))
        _add_part(wanted, words, span, plain=plain)
    return wanted


def _add_part(wanted: Wanted, words: str, span: Span, *, plain: bool) -> None:
    at = 0
    for mark in MARKED.finditer(words):
        if plain and mark.lastgroup != "omission":
            continue
        _add_words(wanted, words, at, mark.start(), span)
        if mark.lastgroup == "omission":
            wanted.omissions.add(len(wanted))
        elif mark.lastgroup == "insertion":
            wanted.inserted.append((len(wanted), _place(wanted, words, *mark.span(), span)))
        at = mark.end()
    _add_words(wanted, words, at, len(words), span)


def _add_words(wanted: Wanted, words: str, start: int, end: int, span: Span) -> None:
    tokens = cut_tokens(words[start:end])
    for k, key in enumerate(tokens.keys):
        wanted.keys.append(key)
        wanted.spans.append(_place(wanted, words, start + tokens.starts[k], start + tokens.ends[k], span))


def _place(wanted: Wanted, words: str, start: int, end: int, span: Span) -> Span:
    """Where a stretch of a part stands in the draft; the whole part where its words were cleaned."""
    if span.of(wanted.text) != words:
        return span
    return Span(start_char=span.start_char + start, end_char=span.start_char + end)
