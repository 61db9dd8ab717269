"""Wire copy: a text and its blocks in, out the news agencies that its credits name.

A credit is told by its place: the date line that opens the report, a byline, brackets or a dash at the
end of a paragraph, or a line such as "with reporting by". An agency that a sentence names is no credit,
nor is that of a photo.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.ingest.wordlists import choice_of, find_opening, read_kinds, read_words
from onrecord.record import BODY_KINDS, Block, HeaderField, Origin, Span

VERSION = "1"
# A date line stands at the beginning of the report, a credit at its end: so many paragraphs of each.
OPENING_PARAGRAPHS, CLOSING_BLOCKS = 3, 4
MAX_OPENING_CHARS, MAX_CREDIT_CHARS = 120, 160
# Names that are common words or other bodies' letters too: believed in capitals alone, or as written here.
_LETTERS = 5
CJK_AGENCIES = "新华社|新華社|中新社|中央社"  # written without spaces around them
_CJK = re.compile(CJK_AGENCIES)


def find_agencies(text: str, blocks: Sequence[Block]) -> tuple[HeaderField, ...]:
    """The agencies that the article says its copy is from, each once, where it says so first."""
    found: dict[str, HeaderField] = {}
    for span, rule in sorted(_find_credits(text, blocks), key=lambda credit: credit[0]):
        name = _names().get(_fold(span.of(text)))
        if name:
            origin = Origin(kind="rule", name=f"agencies/{rule}", version=VERSION)
            found.setdefault(name, HeaderField(value=name, raw=span.of(text), span=span, origin=origin))
    return tuple(found.values())


def name_agency(words: str) -> str | None:
    """The agency that words which are nothing else name, or None.

    >>> name_agency("Associated Press"), name_agency("the press")
    ('AP', None)
    """
    match = _pattern("alone").fullmatch(words.strip())
    return _names().get(_fold(match["agency"])) if match else None


def names_agencies(words: str) -> bool:
    """Whether words are agencies and no more: "dpa/Reuters"."""
    return _pattern("several").fullmatch(words) is not None


@cache
def _names() -> dict[str, str]:
    return {word.casefold(): name for name, words in read_kinds("agencies") for word in words}


def _fold(words: str) -> str:
    return " ".join(words.split()).casefold()


@cache
def _pattern(rule: str) -> re.Pattern[str]:
    """The shape of a credit by rule, with the agency as a group where one stands at a fixed place.

    Each holds the names of all agencies up to five times and takes a tenth of a second to compile:
    only what is asked for is.
    """
    agency = _agency_choice()
    several = rf"{agency}(?:\s?[,/&+–-]\s?{agency}|\s(?:and|und|et|y|e|i|og|och|en)\s{agency})*"
    by = rf"(?i:{choice_of(read_words('credits', 'from'))})"
    shapes = {
        "alone": rf"(?P<agency>{agency})",
        "agency": agency,
        "several": several,
        "dateline": (
            rf"[^\n.!?()]{{0,60}}?[\s,]*[(（\[]\s?(?P<credit>{several})(?:\s?[,;][^()]{{0,30}})?\s?[)）\]]"
            rf"|[^\W\d_][^\n.!?()]{{1,60}},\s(?P<bare>{several})\s?[—–-]"
            rf"|(?P<first>{several})\s?[—–:-]\s|【?(?P<cjk>{CJK_AGENCIES})"
        ),
        "closing": rf"(?:[(（\[]\s?|[—–]\s?|/\s?)(?P<credit>{several})\s?[)）\]/]?\s?\.?$",
        "line": (
            rf"[(（\[–—*/-]*\s?(?:{by}\s?[:：]?\s?(?P<by>{several})|(?P<credit>(?![^\W\d_]{{2}}$){several}))\s?[)）\]/]*\.?"
        ),
        "reporting": rf"(?<!\w){by}\s?[:：]?\s?(?P<credit>{several})",
    }
    return re.compile(shapes[rule])


def _may_name(text: str, start: int, end: int) -> bool:
    """Whether an agency is named between these bounds at all."""
    return any(p.search(text, start, end) is not None for p in (_pattern("agency"), _CJK))


@cache
def _agency_choice() -> str:
    """Every way agencies are written, as a pattern: short ones in capitals or as their house writes them."""
    shapes = set()
    for name, words in read_kinds("agencies"):
        shapes.add(name)
        for word in words:
            short = len(word) <= _LETTERS and " " not in word
            shapes.update((word.upper(), word.title()) if not short or len(word) > 4 else (word.upper(),))
            shapes.update({word} if not word.isascii() or name.islower() else ())
    return rf"(?<![\w@])(?<!Thomson ){choice_of(shapes)}(?![\w@])"


def _find_credits(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Span, str]]:
    body = [block for block in blocks if block.kind in BODY_KINDS]
    for block in body[:OPENING_PARAGRAPHS]:
        yield from _match_credit(text, block.span, "dateline", from_end=False)
    for block in body[-2:]:
        yield from _match_credit(text, block.span, "closing", from_end=True)
    for block in blocks:
        words = block.span.of(text)
        if len(words) > MAX_CREDIT_CHARS:
            continue
        if block.kind == "byline":
            yield from _agencies_in(text, block.span, "byline")
        elif _may_be_credit(block, body, blocks) and _is_credit_line(words):
            yield from _agencies_in(text, block.span, "credit-line")
    for block in blocks[-CLOSING_BLOCKS:]:
        yield from _match_reporting(text, block)


def _is_credit_line(words: str) -> bool:
    return _may_name(words, 0, len(words)) and _pattern("line").fullmatch(words) is not None


def _may_be_credit(block: Block, body: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Whether a line stands where credits of the text do: among its last, if it names a source there."""
    sourced = block.kind == "credit" and block.origin.name.endswith("credit-prefix")
    return block in body[-CLOSING_BLOCKS:] or (sourced and block in blocks[-CLOSING_BLOCKS:])


def _match_credit(text: str, span: Span, rule: str, *, from_end: bool) -> Iterator[tuple[Span, str]]:
    start = max(span.start_char, span.end_char - MAX_CREDIT_CHARS) if from_end else span.start_char
    end = span.end_char if from_end else min(span.end_char, span.start_char + MAX_OPENING_CHARS)
    if not _may_name(text, start, end):
        return
    pattern = _pattern(rule)
    match = pattern.search(text, start, end) if from_end else pattern.match(text, start, end)
    if match and match.lastgroup:
        first, last = match.span(match.lastgroup)
        yield from _agencies_in(text, Span(start_char=first, end_char=last), rule)


def _match_reporting(text: str, block: Block) -> Iterator[tuple[Span, str]]:
    """The agencies of "with reporting by ..." in one of the last blocks, wherever in it that stands."""
    start = max(block.span.start_char, block.span.end_char - 2 * MAX_CREDIT_CHARS)
    if block.kind in {"caption", "credit"} or not _may_name(text, start, block.span.end_char):
        return
    for match in _pattern("reporting").finditer(text, start, block.span.end_char):
        if find_opening(match[0], "credits", "reporting"):
            first, last = match.span("credit")
            yield from _agencies_in(text, Span(start_char=first, end_char=last), "reporting")


def _agencies_in(text: str, span: Span, rule: str) -> Iterator[tuple[Span, str]]:
    for match in _pattern("agency").finditer(text, span.start_char, span.end_char):
        yield Span(start_char=match.start(), end_char=match.end()), rule
