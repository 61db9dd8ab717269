"""Nesting: statements inside what others say ("A said that B had promised C"), both kept.

In: the statements of a page. Out: the same with those that the model left inside a content, and each with
the statement that holds it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.extract.draft import Draft
from onrecord.extract.page import Page
from onrecord.extract.statements import statement_of
from onrecord.language.cues import is_base_form, is_reporting_verb
from onrecord.language.nesting import NestingRule, nesting_rules, nesting_words
from onrecord.record import Confidence, Origin, Span, Statement

ORIGIN_VERSION = "1"
# Of 60 additions in articles of PolNeAR's training part that no rule was made on, 55 were attributions with
# the right source, 50 of them with the right edges of the content too, judged by eye.
CONFIDENCE = Confidence(statement=0.92, content=0.83, cue=0.95, source=0.92)
SURE = {"anchor": 1.0, "content": 1.0, "cue": 1.0, "source": 1.0}
FEWEST_WORDS = 3
WORD = re.compile(r"[\w’'-]+")
LAST_WORD = re.compile(r"([\w’']+)\s*$")
BEFORE_SUBJECT = re.compile(r"(?:^|[,;:.!?—–\"“”‘’'(\[-])\s*$")
BE = re.compile(r"\b(?:is|are|was|were|be|been)\b")
AUXILIARY = re.compile(r"\b(?:has|have|had|is|are|was|were)\b|['’]d\b")
FINITE = re.compile(r"\b(?:is|was|are|were|has|have|had|would|will|could|can|may|might|should|must)\b")
PLURAL = re.compile(r"(?:(?<!['’])s|people|police|men|women|media|children)$")
RELATIVE = ("that", "which", "whom", "what")
EDGES = " \t\r\n\u00a0,;:.!?—–-"
DOUBLES = '"“”„«»'
SINGLE_QUOTED = re.compile(r"(?<![^\W_])['‘]{1,2}[^\W_][^\n]*?['’]{1,2}(?![^\W_])")


def nest_statements(statements: Sequence[Statement], page: Page) -> tuple[Statement, ...]:
    """All statements in the order of their cues, `within` set to the innermost one that holds each.

    One holds another where its content holds the other's cue and content. Those that a rule adds have the
    origin "nesting/…" and the confidence CONFIDENCE.
    """
    found = [*statements, *_find_missed(statements, page)]
    found.sort(key=lambda statement: statement.cue[0] if statement.cue else statement.content[0])
    contents = _Contents(found)
    return tuple(replace(inner, within=contents.innermost_around(inner)) for inner in found)


class _Contents:
    """The contents of statements, found by place."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        spans = [(span, number) for number, statement in enumerate(statements) for span in statement.content]
        self.spans = sorted(spans)
        self.starts = [span.start_char for span, _ in self.spans]
        self.longest = max((span.end_char - span.start_char for span, _ in spans), default=0)
        self.statements = statements

    def innermost_around(self, inner: Statement) -> str | None:
        """The id of the smallest statement that holds one, None where none does."""
        if not inner.cue:
            return None
        at = inner.cue[0].start_char
        low, high = bisect_left(self.starts, at - self.longest), bisect_right(self.starts, at)
        numbers = {number for _, number in self.spans[low:high]}
        holders = [self.statements[n] for n in sorted(numbers) if _holds(self.statements[n], inner)]
        return min(holders, key=_size).statement_id if holders else None


def _holds(outer: Statement, inner: Statement) -> bool:
    """Whether one content holds another's cue and content, and is more than that content."""
    return _size(outer) > _size(inner) and all(
        any(_lies_in(part, span) for span in outer.content) for part in (*inner.cue, *inner.content)
    )


def _lies_in(part: Span, whole: Span) -> bool:
    return whole.start_char <= part.start_char and part.end_char <= whole.end_char


def _size(statement: Statement) -> int:
    return sum(span.end_char - span.start_char for span in statement.content)


def _find_missed(statements: Sequence[Statement], page: Page) -> Iterator[Statement]:
    """The attributions inside contents that no statement has a cue in."""
    cues = [span for statement in statements for span in (*statement.cue, *statement.source)]
    for outer in statements:
        for span in outer.content:
            for rule, draft in _drafts_in(span, page):
                if any(draft.cue[0].overlaps(cue) for cue in cues):
                    continue
                cues.append(draft.cue[0])
                origin = Origin(kind="rule", name=f"nesting/{rule.name}", version=ORIGIN_VERSION)
                inner = statement_of(outer.article_id, draft, page, origin=origin, beside=[outer])
                yield replace(inner, confidence=CONFIDENCE)


def _drafts_in(span: Span, page: Page) -> Iterator[tuple[NestingRule, Draft]]:
    for rule in nesting_rules():
        for match in rule.find(page.text, span.start_char, span.end_char):
            draft = _draft_of(match, span, page)
            if draft is not None:
                yield rule, draft


def _draft_of(match: re.Match[str], span: Span, page: Page) -> Draft | None:
    """The attribution that a match makes inside a content, None where it only looks like one."""
    groups = match.re.groupindex
    if match["source"].split(maxsplit=1)[0] in nesting_words("nobody"):
        return None
    if "verb" in groups and not (_is_finite(match) and _opens(match, span)):
        return None
    sentence = page.sentence_around(*match.span())
    low, high = max(span.start_char, sentence.start_char), min(span.end_char, sentence.end_char)
    if "content" in groups:
        high = span.end_char if "rest" in groups else _clause_end(match, high, page)
        content = _trimmed(page.text, match.start("content"), high)
    else:
        content = _trimmed(page.text, low, match.start())
    source = _source_of(match)
    if content is None or source is None:
        return None
    if "noun" in groups and _runs_on(match, content.of(page.text)):
        return None
    if len(WORD.findall(content.of(page.text))) < FEWEST_WORDS:
        return None
    cue = Span(start_char=match.start("cue"), end_char=match.end("cue"))
    return Draft(content=(content,), cue=(cue,), source=(source,), sureness=SURE)


def _source_of(match: re.Match[str]) -> Span | None:
    """The source without a word that opens its clause: "When Orr"."""
    start, end = match.span("source")
    first = WORD.match(match.string, start, end)
    if first and first.end() < end and first[0].lower() in nesting_words("before"):
        start = first.end()
    return _trimmed(match.string, start, end)


def _is_finite(match: re.Match[str]) -> bool:
    """Whether the verb reports, and its subject is who does.

    Not "was told", not "saying" alone, no noun: "the 35 states that", "his recent claim that".
    """
    source, cue, verb = match["source"], match["cue"], match["verb"]
    if (
        not is_reporting_verb(verb)
        or verb in nesting_words("other_verb")
        or bool(BE.search(cue)) != verb.endswith("ing")
    ):
        return False
    if is_base_form(verb) and not AUXILIARY.search(cue):
        return source.lower() == "they" or bool(PLURAL.search(source))
    words = source.lower().split()
    is_owned = words[0] in nesting_words("possessive") and verb in nesting_words("claim_noun")
    return not (is_owned or words[-1].isdigit() or words[-1] in nesting_words("number"))


def _runs_on(match: re.Match[str], content: str) -> bool:
    """Whether a noun's clause seems to hold the verb of the clause that the noun is the subject of.

    "Orr's promise to resign was a lie", "Orr's claim that it is over is a lie".
    """
    own = 0 if match["content"] == "to" else 1
    return len(FINITE.findall(content)) > own


def _opens(match: re.Match[str], span: Span) -> bool:
    """Whether the subject begins a clause: what stands before it is a mark, or a word that opens one.

    Without a "that" of its own the clause may be relative: "the savings that he says it would bring".
    """
    before = match.string[span.start_char : match.start()]
    if BEFORE_SUBJECT.search(before):
        return True
    last = LAST_WORD.search(before)
    if last is None or last[1].lower() not in nesting_words("before"):
        return False
    if match["content"] in ("that", "to") or last[1].lower() not in RELATIVE:
        return True
    ahead = LAST_WORD.search(before[: last.start()])
    return ahead is None or is_reporting_verb(ahead[1])


def _clause_end(match: re.Match[str], high: int, page: Page) -> int:
    """Where what the match opens ends: a clause at a strong mark or a word that opens another, a noun phrase
    at its first comma too; not inside a quotation that it holds."""
    ends = _phrase_ends() if "phrase" in match.re.groupindex else _clause_ends()
    start = match.end("content")
    for found in ends.finditer(page.text, start, high):
        place = Span(start_char=found.start(), end_char=found.end())
        if not any(q.start_char >= start and q.closed for q in page.quotations_in(place)):
            return found.start()
    return high


@cache
def _clause_ends() -> re.Pattern[str]:
    words = "|".join(sorted(nesting_words("end")))
    return re.compile(rf";|\s[—–-]+\s|,?\s(?:{words})\b|,\s(?:and|but)\s(?=(?:he|she|they|it|we|I|that)\b)")


@cache
def _phrase_ends() -> re.Pattern[str]:
    return re.compile(rf"{_clause_ends().pattern}|,\s|\s(?:and|but)\s(?:{FINITE.pattern}|\w+ed\b)")


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space and marks at its edges; a quotation in it keeps its marks."""
    while end > start and (text[end - 1] in EDGES or _is_lone(text, start, end, text[end - 1])):
        end -= 1
    while end > start and (text[start] in EDGES or _is_lone(text, start, end, text[start])):
        start += 1
    return Span(start_char=start, end_char=end) if end > start else None


def _is_lone(text: str, start: int, end: int, mark: str) -> bool:
    """Whether a quotation mark at an edge has no partner inside."""
    if mark in DOUBLES:
        return sum(character in DOUBLES for character in text[start:end]) % 2 == 1
    return mark in "'‘’" and not SINGLE_QUOTED.search(text, start, end)
