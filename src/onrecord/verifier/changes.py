"""The words in which a draft differs from what is held, each with what it turns.

In: a claim's words, an alignment, the names that the draft has. Out: changes with their flags.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from onrecord.record import Span
from onrecord.verifier.alignment import Alignment, Step
from onrecord.verifier.flags import UNITS, count_negations, flags_between, is_number
from onrecord.verifier.held import HeldArticle, bare_name, names_in, opens_sentence
from onrecord.verifier.tokens import light_words
from onrecord.verifier.verdict import FLAGS, Change, ChangeKind, Flag
from onrecord.verifier.wanted import Wanted

names_of_draft = lru_cache(maxsize=8)(names_in)
# Capitals that name nobody.
NO_NAMES = frozenset({"i", "i'm", "i'd", "i'll", "i've", "ok"})


def describe_step(wanted: Wanted, alignment: Alignment, step: Step) -> Change:
    """The change that a step is which does not agree."""
    article = alignment.article
    step = _without_reporter(article, step)
    kind: ChangeKind = "replaced"
    if step.held == step.held_end:
        kind = "inserted"
    elif step.draft == step.draft_end:
        kind = "dropped"
    held_span = span_of_words(article, step.held, step.held_end)
    return Change(
        kind=kind,
        draft=wanted.surface(step.draft, step.draft_end),
        held=held_span.of(article.text) if held_span else "",
        draft_span=wanted.span(step.draft, step.draft_end),
        held_span=held_span,
        flags=order_flags(flags_of(wanted, article, step)),
    )


def span_of_words(article: HeldArticle, low: int, high: int) -> Span | None:
    """The characters of the words `low:high` of an article, None where there are none."""
    if low >= high:
        return None
    start, end = article.tokens.bounds(low, high)
    return Span(start_char=start, end_char=end)


def order_flags(flags: set[Flag]) -> tuple[Flag, ...]:
    """The flags, the gravest first."""
    return tuple(flag for flag in FLAGS if flag in flags)


def flags_of(wanted: Wanted, article: HeldArticle, step: Step) -> set[Flag]:
    """What a step turns."""
    ours, theirs = wanted.keys[step.draft : step.draft_end], article.keys[step.held : step.held_end]
    flags = flags_between(ours, theirs, beside_number=_number_beside(wanted, article, step))
    if _names_differ(wanted, article, step):
        flags.add("name")
    return flags


def _without_reporter(article: HeldArticle, step: Step) -> Step:
    """What is left out between quotations, without the reporter's words at its ends."""
    quoted = [k for k in range(step.held, step.held_end) if article.quotation[k] >= 0]
    if step.draft < step.draft_end or not quoted:
        return step
    return step._replace(held=quoted[0], held_end=quoted[-1] + 1)


def _number_beside(wanted: Wanted, article: HeldArticle, step: Step) -> bool:
    ours, theirs = wanted.keys, article.keys
    if step.draft and is_number(ours[step.draft - 1]):
        return True
    if step.held and is_number(theirs[step.held - 1]):
        return True
    changed = ours[step.draft : step.draft_end] + theirs[step.held : step.held_end]
    return bool(set(changed) & UNITS) and any(map(is_number, changed))


def _names_differ(wanted: Wanted, article: HeldArticle, step: Step) -> bool:
    ours = Counter(_draft_names(wanted, article, step))
    theirs = Counter(_held_names(wanted, article, step))
    if ours != theirs:
        return True
    return not ours and _first_word_replaced(wanted, article, step)


def _draft_names(wanted: Wanted, article: HeldArticle, step: Step) -> list[str]:
    loud = not any(sign.islower() for part in wanted.claim.words for sign in part)
    names = names_of_draft(wanted.text) | article.names
    found = []
    for k in range(step.draft, step.draft_end):
        at = wanted.spans[k].start_char
        if _is_name(wanted.keys[k], wanted.text[at], not loud and not opens_sentence(wanted.text, at), names):
            found.append(bare_name(wanted.keys[k]))
    return found


def _held_names(wanted: Wanted, article: HeldArticle, step: Step) -> list[str]:
    names = names_of_draft(wanted.text) | article.names
    found = []
    for k in range(step.held, step.held_end):
        at = article.tokens.starts[k]
        if _is_name(article.keys[k], article.text[at], not opens_sentence(article.text, at), names):
            found.append(bare_name(article.keys[k]))
    return found


def _is_name(key: str, first: str, telling: bool, names: frozenset[str]) -> bool:
    """Whether a word is a name: by a capital that its place does not explain, or known as one elsewhere."""
    return first.isupper() and key not in NO_NAMES and (telling or bare_name(key) in names)


def _first_word_replaced(wanted: Wanted, article: HeldArticle, step: Step) -> bool:
    """Whether two words with capitals that open a sentence were exchanged, neither of them one of grammar."""
    if (step.draft_end - step.draft, step.held_end - step.held) != (1, 1):
        return False
    words = wanted.surface(step.draft, step.draft_end), article.tokens.surface(step.held)
    keys = wanted.keys[step.draft], article.keys[step.held]
    plain = any(key in light_words() or count_negations([key]) for key in keys)
    return not plain and all(word[:1].isupper() for word in words)


def describe_insertion(wanted: Wanted, span: Span) -> Change:
    """The change that an editor's brackets are; a negation in them is flagged."""
    words = span.of(wanted.text)
    flags: set[Flag] = {"negation"} if count_negations(_keys_in(words)) else set()
    return Change(
        kind="inserted", draft=words, held="", draft_span=span, held_span=None, flags=order_flags(flags)
    )


def _keys_in(words: str) -> Sequence[str]:
    return [word.strip("[](),.;:").casefold().replace("’", "'") for word in words.split()]
