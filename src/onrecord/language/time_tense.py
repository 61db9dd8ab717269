"""The tense of what an expression of time goes with: past, present or future.

In: a text, the bounds of a sentence and of the expression in it. Out: the tense of the nearest verb,
first before the expression, then after it. A heuristic over word lists, not a parse.
"""

import re
from functools import cache

from onrecord.language.time_setting import Tense
from onrecord.language.time_words import rows_of

WORD = re.compile(r"[’']?[^\W\d_]+|[;:.,()\"“”—–]")
# An auxiliary stands at most so many words before its participle ("will not be fully released").
REACH = 4
NOT_VERBS = frozenset(
    "united need indeed hundred red bed speed feed seed need shed embed limited aged used breed exceed proceed"
    " succeed led wed".split()
)
MODIFIED = frozenset("the a an of its his her their our this that these those".split())


def tense_at(text: str, sentence: tuple[int, int], start: int, end: int) -> Tense | None:
    """The tense at the expression `text[start:end]` of the sentence, None where no verb tells."""
    before = [m[0].lower() for m in WORD.finditer(text, sentence[0], max(start, sentence[0]))]
    after = [m[0].lower() for m in WORD.finditer(text, min(end, sentence[1]), sentence[1])]
    return _look_back(before) or _look_ahead(after)


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
    word = words[at]
    kinds = _kinds()
    kind = kinds.get(word)
    if kind in ("future", "modal"):
        return "future"
    if kind == "present":
        return "present"
    if kind is None and not _is_regular_past(word):
        return "future" if _is_planned(words, at) else None
    if at and words[at - 1] in MODIFIED:
        return None
    near = [kinds.get(w) for w in words[max(0, at - REACH) : at]]
    if "future" in near or "modal" in near:
        return "future"
    if kind == "plan":
        return "future" if word not in ("set",) or "to" in words[at + 1 : at + 2] else None
    if _follows_to_be(words, at):
        return "future"
    return "past"


def _is_planned(words: list[str], at: int) -> bool:
    """Whether "to" and a verb follow a word of planning here."""
    if at < 1 or words[at - 1] != "to":
        return False
    near = words[max(0, at - 1 - REACH) : at - 1]
    return any(_kinds().get(w) == "plan" for w in near)


def _follows_to_be(words: list[str], at: int) -> bool:
    return "to" in words[max(0, at - 2) : at] and words[at - 1] == "be"


def _is_regular_past(word: str) -> bool:
    return len(word) > 3 and word.endswith("ed") and word not in NOT_VERBS


@cache
def _kinds() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for kind, word in rows_of("time_tense.tsv"):
        kinds.setdefault(word, kind)
    return kinds
