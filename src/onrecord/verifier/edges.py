"""What stands just outside a quotation where it is held, and turns its sense when it is cut off.

In: a claim's words and where they are held. Out: changes: "not", "never", "if", a part of a number that the
draft leaves out before or behind, unless it says the like itself beside its quotation marks.
"""

import re
from collections.abc import Iterator

from onrecord.verifier.changes import order_flags, span_of_words
from onrecord.verifier.flags import CONDITIONS, count_negations, is_number
from onrecord.verifier.held import HeldArticle
from onrecord.verifier.tokens import MULTIPLES, cut_tokens
from onrecord.verifier.verdict import Change, Flag
from onrecord.verifier.wanted import Wanted

# A negation so many words before the cut still governs what is quoted ("not going to reopen").
NEGATION_REACH = 3
CONDITION_REACH = 12
CONDITION_REACH_AFTER = 2
# So many words of the draft outside its marks may say what was cut off: would not "reopen this bridge".
DRAFT_REACH = 6
CLAUSE_END = re.compile(r"[,;:()—–.!?…]|\s-\s")


def find_cut_off(wanted: Wanted, article: HeldArticle, low: int, high: int) -> Iterator[Change]:
    """The words before `low` and from `high` on that must not be missing."""
    before = _first_of(article, _before(article, low))
    after = _first_of(article, _after(article, high))
    if before and not _said_before(wanted, before[1]):
        yield _cut(article, *before)
    if after and not _said_after(wanted, after[1]):
        yield _cut(article, *after)


def _first_of(article: HeldArticle, found: Iterator[tuple[int, Flag]]) -> tuple[int, Flag] | None:
    return next(found, None)


def _cut(article: HeldArticle, k: int, flag: Flag) -> Change:
    span = span_of_words(article, k, k + 1)
    return Change(
        kind="dropped",
        draft="",
        held=span.of(article.text) if span else "",
        draft_span=None,
        held_span=span,
        flags=order_flags({flag}),
    )


def _same_place(article: HeldArticle, k: int, inner: int) -> bool:
    if not 0 <= k < len(article) or article.quotation[k] != article.quotation[inner]:
        return False
    return article.sentence(k) == article.sentence(inner)


def _before(article: HeldArticle, low: int) -> Iterator[tuple[int, Flag]]:
    tokens = article.tokens
    if _same_place(article, low - 1, low) and _number_goes_on(article, low - 1, low):
        yield low - 1, "number"
    for k in range(low - 1, low - 1 - CONDITION_REACH, -1):
        if not _same_place(article, k, low):
            return
        between = article.text[tokens.ends[k] : tokens.starts[low]]
        if low - k <= NEGATION_REACH and count_negations([tokens.keys[k]]) and not CLAUSE_END.search(between):
            yield k, "negation"
        if tokens.keys[k] in CONDITIONS:
            yield k, "condition"


def _after(article: HeldArticle, high: int) -> Iterator[tuple[int, Flag]]:
    tokens = article.tokens
    for k in range(high, high + CONDITION_REACH_AFTER):
        if not _same_place(article, k, high - 1):
            return
        between = article.text[tokens.ends[high - 1] : tokens.starts[k]]
        if k == high and not CLAUSE_END.search(between):
            if _number_goes_on(article, high - 1, high):
                yield k, "number"
            if count_negations([tokens.keys[k]]):
                yield k, "negation"
        if tokens.keys[k] in CONDITIONS:
            yield k, "condition"


def _number_goes_on(article: HeldArticle, first: int, second: int) -> bool:
    """Whether two neighbours are one number: twenty|-four, five| million."""
    one, other = article.keys[first], article.keys[second]
    apart = CLAUSE_END.search(article.text[article.tokens.ends[first] : article.tokens.starts[second]])
    if apart or not (is_number(one) or one == "one") or not is_number(other):
        return False
    return (
        other in MULTIPLES or one in MULTIPLES or other == "percent" or (one[-1] == "0" and len(other) == 1)
    )


def _said_before(wanted: Wanted, flag: Flag) -> bool:
    start = wanted.spans[0].start_char
    sentence = re.split(r"[.!?\n]\s", wanted.text[max(0, start - 120) : start])[-1]
    return _says(cut_tokens(sentence).keys[-DRAFT_REACH:], flag)


def _said_after(wanted: Wanted, flag: Flag) -> bool:
    end = wanted.spans[-1].end_char
    sentence = re.split(r"[.!?\n]\s", wanted.text[end : end + 120])[0]
    return _says(cut_tokens(sentence).keys[:DRAFT_REACH], flag)


def _says(keys: list[str], flag: Flag) -> bool:
    if flag == "negation":
        return count_negations(keys) > 0
    return any(k in CONDITIONS for k in keys) if flag == "condition" else any(map(is_number, keys))
