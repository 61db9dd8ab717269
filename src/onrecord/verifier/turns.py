"""What a claim in the draft's own words turns of the statement that it reports.

In: a claim's words and the held words that say the like. Out: a change for each thing turned.
"""

from collections.abc import Callable, Sequence

from onrecord.record import Span
from onrecord.record.query import Hit
from onrecord.verifier.changes import NO_NAMES, names_of_draft
from onrecord.verifier.flags import CONDITIONS, count_negations, is_number, modals_of, numbers_of, opposite
from onrecord.verifier.held import HeldArticle, bare_name
from onrecord.verifier.stems import stem_of
from onrecord.verifier.verdict import Change, ChangeKind, Flag
from onrecord.verifier.wanted import Wanted
from onrecord.verifier.wordlists import read_words

# Modals that reported speech shifts into each other: "I will" is "she would".
SHIFTED = {
    "would": "will", "shall": "will", "could": "can", "might": "may", "ought": "should",
}  # fmt: skip
# Verbs that deny by themselves: "refused to pay" is "will not pay".
DENYING = frozenset(map(stem_of, read_words("denial")))


def find_turns(wanted: Wanted, article: HeldArticle, hit: Hit, region: Sequence[int]) -> tuple[Change, ...]:
    """The changes by which the claim says something else."""
    ours, theirs = wanted.keys, [article.keys[k] for k in region]
    found: list[tuple[Flag, Callable[[str], bool]]] = []
    if _negation_turned(ours, theirs):
        found.append(("negation", lambda key: count_negations([key]) > 0))
    if _number_turned(wanted, article, hit, region):
        found.append(("number", is_number))
    if _name_turned(wanted, article, region):
        found.append(("name", lambda key: bare_name(key) in names_of_draft(wanted.text) | article.names))
    one, other = _shifted(ours), _shifted(theirs)
    if one and other and not one & other:
        found.append(("modal", lambda key: bool(modals_of([key]))))
    if set(theirs) & CONDITIONS and not set(ours) & CONDITIONS:
        found.append(("condition", lambda key: key in CONDITIONS))
    return tuple(_change(wanted, article, region, flag, tells) for flag, tells in found)


def _negation_turned(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if any(opposite(one, other) for one in set(ours) - set(theirs) for other in set(theirs) - set(ours)):
        return True
    plain = count_negations(ours) % 2 != count_negations(theirs) % 2
    return plain and _denials(ours) % 2 != _denials(theirs) % 2


def _number_turned(wanted: Wanted, article: HeldArticle, hit: Hit, region: Sequence[int]) -> bool:
    """Whether the claim has a number that the statement has not: in the place of another, or from nowhere."""
    claimed = numbers_of(wanted.keys)
    said = (article.keys[k] for low, high in article.words_of(hit) for k in range(low, high))
    unsaid = claimed - numbers_of(said)
    exchanged = numbers_of(article.keys[k] for k in region) - claimed
    return bool(unsaid and (exchanged or set(unsaid) - set(article.keys)))


def _denials(keys: Sequence[str]) -> int:
    return count_negations(keys) + sum(stem_of(key) in DENYING for key in keys)


def _shifted(keys: Sequence[str]) -> set[str]:
    return {SHIFTED.get(modal, modal) for modal in modals_of(keys)}


def _name_turned(wanted: Wanted, article: HeldArticle, region: Sequence[int]) -> bool:
    """Whether the claim has a name that the article never has, and leaves out one that the statement has."""
    ours = {
        bare_name(key)
        for k, key in enumerate(wanted.keys)
        if key not in NO_NAMES and wanted.surface(k, k + 1)[:1].isupper()
    }
    known = {bare_name(key) for key in article.positions}
    unknown = {key for key in ours if key in names_of_draft(wanted.text) and key not in known}
    theirs = {bare_name(article.keys[k]) for k in region} & article.names
    return bool(unknown and theirs - ours)


def _change(
    wanted: Wanted, article: HeldArticle, region: Sequence[int], flag: Flag, tells: Callable[[str], bool]
) -> Change:
    """The first words of both sides that tell of it."""
    ours = next((k for k, key in enumerate(wanted.keys) if tells(key)), None)
    theirs = next((k for k in region if tells(article.keys[k])), None)
    kind: ChangeKind = "replaced" if ours is not None and theirs is not None else "inserted"
    if ours is None:
        kind = "dropped"
    span = article.tokens.bounds(theirs, theirs + 1) if theirs is not None else None
    return Change(
        kind=kind,
        draft="" if ours is None else wanted.surface(ours, ours + 1),
        held="" if span is None else article.text[slice(*span)],
        draft_span=None if ours is None else wanted.span(ours, ours + 1),
        held_span=None if span is None else _span(*span),
        flags=(flag,),
    )


def _span(start: int, end: int) -> Span:
    return Span(start_char=start, end_char=end)
