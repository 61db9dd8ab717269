"""The verdict on a quotation: all that is found of its words, and the rule that decides.

In: a claim's words and the shelf of held articles. Out: a verdict. No score of a model decides anything.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.verifier import reasons
from onrecord.verifier.alignment import Alignment, Step, align
from onrecord.verifier.evidence import MOST_EVIDENCE, show_finding, show_words
from onrecord.verifier.findings import Finding, judge_alignment
from onrecord.verifier.held import HeldArticle
from onrecord.verifier.runs import chain_runs, find_runs, find_whole
from onrecord.verifier.shelf import Shelf
from onrecord.verifier.splices import Piece, explains_better, find_pieces
from onrecord.verifier.tokens import weight_of
from onrecord.verifier.verdict import Evidence, Kind, Verdict
from onrecord.verifier.wanted import Wanted

# So few words are alike by chance: they count only to the letter.
SHORT = 3
# Articles that are aligned word by word, those with most of the words.
MOST_ALIGNED = 6
# Below these shares of words, and of words that tell, a quotation is not one that was altered: half of the
# words of an invented one are found in some sentence or other (measured on PolNeAR dev).
NEAR_WORDS = 0.5
NEAR_TELLING = 0.5
LEAST_SHOWN = 0.3
NEAREST = 3
# The order in which findings are believed; "other" are right words of another speaker.
ORDER: dict[str, int] = {
    "exact": 0,
    "marks": 1,
    "trimmed": 2,
    "misattributed": 3,
    "spliced": 4,
    "indirect": 5,
    "indirect-other": 6,
    "altered": 7,
    "far": 8,
}


def judge_quotation(wanted: Wanted, shelf: Shelf) -> Verdict:
    """The verdict on words that the draft has in quotation marks."""
    if not len(wanted):
        return _not_found(wanted, "not_found/no-words", [])
    articles = shelf.find(wanted)
    if len(wanted) <= SHORT:
        return _judge_short(wanted, articles)
    findings = _find(wanted, articles)
    best = findings[0] if findings else None
    if best is None or rank(wanted, best) > ORDER["misattributed"]:
        pieces = _find_pieces(wanted, articles, shelf, best)
        if pieces:
            return _spliced(wanted, pieces)
    if best is None or rank(wanted, best) == ORDER["far"]:
        return _not_found(wanted, "not_found/nothing-near", findings)
    return _decide(wanted, best, findings)


def rank(wanted: Wanted, finding: Finding) -> int:
    """The place of a finding in the order of belief."""
    kind: str = finding.kind
    if finding.likeness == "other" and kind in ("exact", "marks", "trimmed"):
        kind = "misattributed"
    elif finding.likeness == "other" and kind == "indirect":
        kind = "indirect-other"
    return ORDER[kind if kind != "altered" or is_near(wanted, finding) else "far"]


def is_near(wanted: Wanted, finding: Finding) -> bool:
    """Whether so many words agree that the draft's can only be these, altered."""
    agreeing = [k for step in finding.alignment.alike for k in range(step.draft, step.draft_end)]
    weights = [weight_of(key) for key in wanted.keys]
    share = sum(weights[k] for k in agreeing) / sum(weights)
    return finding.similarity >= NEAR_WORDS and share >= NEAR_TELLING


def _find(wanted: Wanted, articles: Sequence[HeldArticle]) -> list[Finding]:
    """All findings, the best first."""
    whole = [judge_alignment(wanted, found) for a in articles for found in _align_whole(wanted, a)]
    if any(rank(wanted, finding) <= ORDER["trimmed"] for finding in whole):
        return sorted(whole, key=lambda f: _order(wanted, f))
    likely = sorted(articles, key=lambda a: -_count_known(wanted, a))[:MOST_ALIGNED]
    chained = [judge_alignment(wanted, found) for a in likely for found in _align_chain(wanted, a)]
    return sorted(whole + chained, key=lambda f: _order(wanted, f))


def _align_whole(wanted: Wanted, article: HeldArticle) -> Iterator[Alignment]:
    for run in find_whole(wanted.keys, article):
        steps = (Step(run.draft, run.draft_end, run.held, run.held_end, True),)
        yield Alignment(article, steps, len(wanted))


def _align_chain(wanted: Wanted, article: HeldArticle) -> Iterator[Alignment]:
    _, chain = chain_runs(wanted.keys, find_runs(wanted.keys, article))
    if chain:
        yield align(wanted.keys, article, chain)


def _count_known(wanted: Wanted, article: HeldArticle) -> float:
    return sum(weight_of(key) for key in set(wanted.keys) if key in article.positions)


def _order(wanted: Wanted, finding: Finding) -> tuple[int, float, int, bool, str, str, int]:
    """The best first; among equals a known speaker, then who reported it first."""
    passage = finding.article.passage
    likeness = ("same", "unknown", "other").index(finding.likeness)
    nearness = -finding.similarity if finding.kind == "altered" else 0.0
    words = finding.alignment.held_words
    return (
        rank(wanted, finding),
        nearness,
        likeness,
        finding.hit is None,
        passage.published or "9999",
        passage.article_id,
        words[0] if words else 0,
    )


def _decide(wanted: Wanted, best: Finding, findings: Sequence[Finding]) -> Verdict:
    """The verdict that the best finding is."""
    place = rank(wanted, best)
    kind: Kind = best.kind
    if place in (ORDER["misattributed"], ORDER["indirect-other"]):
        kind = "misattributed"
    others = [f for f in findings if f is not best]
    return Verdict(
        claim=wanted.claim,
        kind=kind,
        rule="misattributed/other-speaker" if kind == "misattributed" else best.rule,
        reason=_reason(wanted, kind, best, others),
        similarity=best.similarity,
        changes=best.changes,
        trim_marked=best.trim_marked,
        evidence=_show(wanted, best, others),
    )


def _reason(wanted: Wanted, kind: Kind, best: Finding, others: Sequence[Finding]) -> str:
    if kind in ("exact", "marks"):
        return reasons.tell_held(wanted, best, others)
    if kind == "spliced":
        return reasons.tell_spliced(None, best)
    tellers = {
        "trimmed": reasons.tell_trimmed,
        "misattributed": reasons.tell_misattributed,
        "indirect": reasons.tell_indirect,
        "altered": reasons.tell_altered,
    }
    return tellers[kind](wanted, best)


def _show(wanted: Wanted, best: Finding, others: Sequence[Finding]) -> tuple[Evidence, ...]:
    """The best place, then the others that have the words as right, or nearly for what was altered."""
    most = MOST_EVIDENCE if rank(wanted, best) <= ORDER["misattributed"] else NEAREST
    last = max(ORDER["misattributed"], rank(wanted, best))
    return tuple(show_finding(f) for f in [best, *others][:most] if rank(wanted, f) <= last)


def _not_found(wanted: Wanted, rule: str, findings: Sequence[Finding], reason: str = "") -> Verdict:
    near = [f for f in findings if f.similarity >= LEAST_SHOWN]
    near.sort(key=lambda f: -f.similarity)
    return Verdict(
        claim=wanted.claim,
        kind="not_found",
        rule=rule,
        reason=reason or reasons.tell_not_found(wanted, near[0] if near else None),
        similarity=near[0].similarity if near else 0.0,
        evidence=tuple(show_finding(f) for f in near[:NEAREST]),
    )


def _judge_short(wanted: Wanted, articles: Sequence[HeldArticle]) -> Verdict:
    """The verdict on so few words that nearness tells nothing."""
    found = [judge_alignment(wanted, found) for a in articles for found in _align_whole(wanted, a)]
    found.sort(key=lambda f: _order(wanted, f))
    good = [f for f in found if rank(wanted, f) <= ORDER["trimmed"]]
    reported = [f for f in found if f.kind == "indirect" and f.likeness == "same"]
    if good or reported:
        return _decide(wanted, (good or reported)[0], found)
    reason = reasons.tell_too_short(wanted, found[0] if found else None)
    return _not_found(wanted, "not_found/too-short", found, reason)


def _find_pieces(
    wanted: Wanted, articles: Sequence[HeldArticle], shelf: Shelf, best: Finding | None
) -> list[Piece]:
    """The pieces of a quotation that is rather put together than altered."""
    if best is not None and best.kind == "indirect":
        return []
    cuts = sorted({0, *wanted.omissions, *wanted.breaks, *_gaps(best), len(wanted)})
    pool = {a.passage.article_id: a for a in articles}
    for first, last in pairwise(cuts):
        if last - first > SHORT and last - first < len(wanted):
            pool |= {a.passage.article_id: a for a in shelf.find(wanted, first, last)}
    pieces = find_pieces(wanted, list(pool.values()))
    if best is None or rank(wanted, best) == ORDER["far"]:
        return pieces
    changed = sum(
        max(step.draft_end - step.draft, step.held_end - step.held) for step in best.alignment.unlike
    )
    return pieces if best.kind == "altered" and explains_better(pieces, changed) else []


def _gaps(best: Finding | None) -> set[int]:
    """Where the best finding stops and begins to agree."""
    if best is None:
        return set()
    return {at for step in best.alignment.alike for at in (step.draft, step.draft_end)}


def _spliced(wanted: Wanted, pieces: Sequence[Piece]) -> Verdict:
    seams = {piece.run.draft_end for piece in pieces[:-1]}
    return Verdict(
        claim=wanted.claim,
        kind="spliced",
        rule="spliced/across-articles" if _articles(pieces) > 1 else "spliced/within-article",
        reason=reasons.tell_spliced(pieces, None),
        similarity=1.0,
        trim_marked=seams <= wanted.omissions,
        evidence=tuple(show_words(p.article, range(p.run.held, p.run.held_end), p.hit) for p in pieces),
    )


def _articles(pieces: Sequence[Piece]) -> int:
    return len({piece.article.passage.article_id for piece in pieces})
