"""The tense of what an expression of time goes with: past, present or future.

In: a text, the bounds of a sentence and of the expression in it. Out: the tense of the nearest verb,
first before the expression, then after it. A heuristic over word lists, not a parse.
"""

import re
from functools import cache

from onrecord.language.time_contexts import context_pattern
from onrecord.language.time_setting import Tense
from onrecord.language.time_words import rows_of

WORD = re.compile(r"[’']?[^\W\d_]+|[;:.,()\"“”—–]")
# An auxiliary stands at most so many words before its participle ("will not be fully released").
REACH = 4
# "Until Friday, they had …" opens its sentence and looks back; "postponed it until Friday" looks ahead.
FEW = 3


def tense_at(text: str, sentence: tuple[int, int], start: int, end: int) -> Tense | None:
    """The tense at the expression `text[start:end]` of the sentence, None where no verb tells."""
    ahead = context_pattern("until").search(text, max(sentence[0], start - 24), start)
    if context_pattern("possessive").match(text, end):
        return None
    before = [m[0].lower() for m in WORD.finditer(text, sentence[0], max(start, sentence[0]))]
    after = [m[0].lower() for m in WORD.finditer(text, min(end, sentence[1]), sentence[1])]
    tense = _look_back(before) or _look_ahead(after)
    return "future" if ahead and (tense != "past" or len(before) > FEW) else tense


def has_verb(words: str) -> bool:
    """Whether a verb of past, present or future stands among the words."""
    return _look_ahead([m[0].lower() for m in WORD.finditer(words)]) is not None


def _look_back(words: list[str]) -> Tense | None:
    """The tense of the last verb, with the auxiliaries before it."""
    for at in range(len(words) - 1, -1, -1):
        if tense := _tense_of(words, at):
            return tense
    return None


def _look_ahead(words: list[str]) -> Tense | None:
    for at in range(len(words)):
        if tense := _tense_of(words, at):
            return tense
    return None


def _tense_of(words: list[str], at: int) -> Tense | None:
    """The tense that this word gives, None where it is no verb or leaves it to another."""
    word, kind = words[at], _kinds().get(words[at])
    if kind in ("future", "modal"):
        return "future"
    if kind == "plan":
        return _tense_of_plan(words, at)
    if kind == "present":
        return "present"
    if kind is None and not _is_regular_past(word):
        return None
    if at and words[at - 1] in _words_of("modified"):
        return None
    near = [_kinds().get(w) for w in words[max(0, at - REACH) : at]]
    planned = "to" in words[max(0, at - 2) : at] and words[at - 1] == "be"
    return "future" if planned or "future" in near or "modal" in near else "past"


def _tense_of_plan(words: list[str], at: int) -> Tense | None:
    """Ahead where what is planned follows ("plans to meet", "due on"); else as any other word."""
    if words[at + 1 : at + 2] in (["to"], ["for"], ["by"]) or words[at] in _words_of("ahead"):
        return "future"
    return (
        "past"
        if _is_regular_past(words[at]) and not (at and words[at - 1] in _words_of("modified"))
        else None
    )


def _is_regular_past(word: str) -> bool:
    return len(word) > 3 and word.endswith("ed") and word not in _words_of("no_verb")


@cache
def _kinds() -> dict[str, str]:
    """The kind of each word that is or governs a verb."""
    kinds: dict[str, str] = {}
    for kind, word in rows_of("time_tense.tsv"):
        if kind not in ("no_verb", "modified", "ahead"):
            kinds.setdefault(word, kind)
    return kinds


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(word for row_kind, word in rows_of("time_tense.tsv") if row_kind == kind)
