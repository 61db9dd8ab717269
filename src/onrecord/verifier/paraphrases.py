"""The verdict on a claim in the draft's own words: whether its speaker is reported to have said the like.

In: a claim's words and the shelf of held articles. Out: a verdict, by the words that both share.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.record.query import Hit
from onrecord.verifier import turns
from onrecord.verifier.evidence import show_hit
from onrecord.verifier.held import HeldArticle
from onrecord.verifier.reasons import TURNS, quote
from onrecord.verifier.shelf import Shelf
from onrecord.verifier.speakers import Likeness, compare_speaker, name_of_claim
from onrecord.verifier.stems import stems_of
from onrecord.verifier.verdict import Change, Kind, Verdict
from onrecord.verifier.wanted import Wanted

# The share of the claim's words that a statement must have; tuned on PolNeAR dev, where statements of other
# matters by the same speaker rarely share a third.
LIKE = 0.5
# Of another speaker only what is nearly the same counts as theirs.
LIKE_OF_ANOTHER = 0.8
LEAST_SHARED = 2
# A statement that the claim does not turn is believed before one that it does, with so much less in common.
LITTLE_LESS = 0.2
# Words on both sides of those shared that still belong to them.
MARGIN = 3
NEAREST = 3
Said = tuple[Hit, list[list[int]]]


@dataclass(frozen=True, slots=True)
class Likely:
    """A statement that says the like: the share of the claim's words, and the held words from the first to
    the last that both share."""

    article: HeldArticle
    hit: Hit
    share: float
    region: tuple[int, ...]
    likeness: Likeness


def judge_claim(wanted: Wanted, shelf: Shelf) -> Verdict:
    """The verdict on what the draft reports in its own words."""
    found = [likely for article in shelf.find(wanted) for likely in _compare_all(wanted, article)]
    found.sort(key=_order)
    like = [f for f in found if f.share >= LIKE and f.likeness != "other"]
    if like:
        return _decide(wanted, like)
    theirs = [f for f in found if f.share >= LIKE_OF_ANOTHER]
    if theirs:
        claimed, held = name_of_claim(wanted.claim), theirs[0].hit.speaker
        reason = f"The record has {held} saying the like, not {claimed}."
        return _verdict(wanted, "misattributed", "misattributed/like-of-another", reason, theirs)
    reason = (
        "Nobody is on record with the like." if not found else "What is on record comes no nearer than this."
    )
    return _verdict(wanted, "not_found", "not_found/nothing-like", reason, found)


def _order(likely: Likely) -> tuple[float, int, str, str, int]:
    passage = likely.article.passage
    likeness = ("same", "unknown", "other").index(likely.likeness)
    return (
        -likely.share,
        likeness,
        passage.published or "9999",
        passage.article_id,
        likely.region[0] if likely.region else 0,
    )


def _decide(wanted: Wanted, like: Sequence[Likely]) -> Verdict:
    """Paraphrased, unless every statement that says the like is turned by the claim."""
    turned = [(turns.find_turns(wanted, f.article, f.hit, f.region), f) for f in like]
    straight = [f for changes, f in turned if not changes]
    # What somebody unknown said does not excuse a claim that turns the words of the speaker it names.
    alike = [f for f in straight if f.likeness == like[0].likeness and f.share >= like[0].share - LITTLE_LESS]
    if alike:
        reason = f"{alike[0].hit.speaker or 'Somebody'} is on record with the like."
        return _verdict(wanted, "paraphrased", "paraphrased/shared-words", reason, alike)
    changes = turned[0][0]
    flags = dict.fromkeys(flag for change in changes for flag in change.flags)
    lost = ", ".join(TURNS[flag] for flag in flags)
    words = quote(" ".join(change.draft or change.held for change in changes))
    reason = f"The like is on record, but the claim turns it ({lost}): {words}."
    return _verdict(wanted, "altered", "altered/claim-turned", reason, like, changes)


def _verdict(
    wanted: Wanted,
    kind: Kind,
    rule: str,
    reason: str,
    found: Sequence[Likely],
    changes: tuple[Change, ...] = (),
) -> Verdict:
    return Verdict(
        claim=wanted.claim,
        kind=kind,
        rule=rule,
        reason=reason,
        similarity=found[0].share if found else 0.0,
        changes=changes,
        evidence=tuple(show_hit(f.article, f.hit) for f in found[:NEAREST]),
    )


def _compare_all(wanted: Wanted, article: HeldArticle) -> list[Likely]:
    """The statements of an article that share words with the claim."""
    stems = stems_of(wanted.keys)
    places = {k: stem for stem in stems for k in article.stems.get(stem, ())}
    if not stems or len(places) < min(LEAST_SHARED, len(stems)):
        return []
    found = (_compare(wanted, article, said, stems, places) for said in article.sayings)
    return [likely for likely in found if likely]


def _compare(
    wanted: Wanted, article: HeldArticle, said: Said, stems: frozenset[str], places: dict[int, str]
) -> Likely | None:
    """How much of the claim the sentence of a statement that is nearest says."""
    hit, sentences = said
    shared, region = 0, list[int]()
    for words in sentences:
        common = [k for k in words if k in places]
        count = len({places[k] for k in common}) if len(common) > shared else 0
        if count > shared:
            shared, region = count, _around(words, common)
    if shared < min(LEAST_SHARED, len(stems)):
        return None
    return Likely(article, hit, shared / len(stems), tuple(region), compare_speaker(wanted, hit))


def _around(words: Sequence[int], places: Sequence[int]) -> list[int]:
    """The words from the first to the last place, and a few on both sides."""
    low, high = words.index(places[0]), words.index(places[-1])
    return list(words[max(0, low - MARGIN) : high + MARGIN + 1])
