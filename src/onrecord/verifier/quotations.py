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
from onrecord.verifier.ranking import Ranked, rank_findings
from onrecord.verifier.runs import chain_runs, find_runs, find_whole, weigh
from onrecord.verifier.shelf import Shelf
from onrecord.verifier.splices import Piece, explains_better, find_pieces
from onrecord.verifier.tokens import weight_of
from onrecord.verifier.verdict import Evidence, Verdict
from onrecord.verifier.wanted import Wanted

# So few words are alike by chance: they count only to the letter.
SHORT = 3
# Articles that are aligned word by word, those with most of the words.
MOST_ALIGNED = 6
# A quotation of common words alone may stand in an article that is not among the likeliest.
COMMON_WORDS = 12
LEAST_SHOWN = 0.3
NEAREST = 3


def judge_quotation(wanted: Wanted, shelf: Shelf) -> Verdict:
    """The verdict on words that the draft has in quotation marks."""
    if not len(wanted):
        return _not_found(wanted, "not_found/no-words", [])
    articles = shelf.find(wanted)
    if len(wanted) <= SHORT:
        return _judge_short(wanted, articles, shelf)
    found = _find(wanted, articles)
    if _is_far(found) and len(wanted) <= COMMON_WORDS:
        found = _find(wanted, shelf.find_more(wanted))
    if not found or not found[0].is_within("unclaimed"):
        pieces = _find_pieces(wanted, articles, shelf, found)
        if pieces:
            return _spliced(wanted, pieces)
    if _is_far(found):
        return _not_found(wanted, "not_found/nothing-near", found)
    return _decide(wanted, found[0], found)


def _is_far(found: Sequence[Ranked]) -> bool:
    return not found or found[0].place == "far"


def _find(wanted: Wanted, articles: Sequence[HeldArticle]) -> list[Ranked]:
    """All findings, the best first; words are aligned one by one only where none has them as they are."""
    whole = [judge_alignment(wanted, found) for a in articles for found in _align_whole(wanted, a)]
    ranked = rank_findings(wanted, whole)
    if ranked and ranked[0].is_within("trimmed"):
        return ranked
    likely = sorted(articles, key=lambda a: -_promise(wanted, a))[:MOST_ALIGNED]
    chained = [judge_alignment(wanted, found) for a in likely for found in _align_chain(wanted, a)]
    return rank_findings(wanted, whole + chained)


def _align_whole(wanted: Wanted, article: HeldArticle) -> Iterator[Alignment]:
    for run in find_whole(wanted.keys, article):
        steps = (Step(run.draft, run.draft_end, run.held, run.held_end, True),)
        yield Alignment(article, steps, len(wanted))


def _align_chain(wanted: Wanted, article: HeldArticle) -> Iterator[Alignment]:
    _, chain = chain_runs(wanted.keys, find_runs(wanted.keys, article))
    if chain:
        yield align(wanted.keys, article, chain, {*wanted.omissions, *(k for k, _ in wanted.inserted)})


def _promise(wanted: Wanted, article: HeldArticle) -> float:
    """The weight of the words that an article has, and of the most that it has in a row."""
    known = sum(weight_of(key) for key in set(wanted.keys) if key in article.positions)
    return known + max((weigh(wanted.keys, run) for run in find_runs(wanted.keys, article)), default=0.0)


def _decide(wanted: Wanted, best: Ranked, found: Sequence[Ranked]) -> Verdict:
    """The verdict that the best finding is."""
    others = [other for other in found if other is not best]
    return Verdict(
        claim=wanted.claim,
        kind=best.kind,
        rule="misattributed/other-speaker" if best.kind == "misattributed" else best.finding.rule,
        reason=_reason(wanted, best, [other.finding for other in others]),
        similarity=best.finding.similarity,
        changes=best.finding.changes,
        trim_marked=best.finding.trim_marked,
        evidence=_show(best, others),
    )


def _reason(wanted: Wanted, best: Ranked, others: Sequence[Finding]) -> str:
    if best.kind in ("exact", "marks"):
        return reasons.tell_held(wanted, best.finding, others)
    if best.kind == "spliced":
        return reasons.tell_spliced(None, best.finding)
    tellers = {
        "trimmed": reasons.tell_trimmed,
        "misattributed": reasons.tell_misattributed,
        "indirect": reasons.tell_indirect,
        "altered": reasons.tell_altered,
    }
    return tellers[best.kind](wanted, best.finding)


def _show(best: Ranked, others: Sequence[Ranked]) -> tuple[Evidence, ...]:
    """The best place, then the others that have the words as right, or nearly where they were altered."""
    last = "unclaimed" if best.is_within("unclaimed") else best.place
    most = MOST_EVIDENCE if best.is_within("unclaimed") else NEAREST
    return _show_places([r.finding for r in [best, *others] if r.is_within(last)], most)


def _show_places(findings: Sequence[Finding], most: int) -> tuple[Evidence, ...]:
    """The first places of these findings, each once: two ways of aligning can end at the same words."""
    places = dict[tuple[str, tuple[int, ...]], Finding]()
    for found in findings:
        places.setdefault((found.article.passage.article_id, tuple(found.alignment.held_words)), found)
    return tuple(show_finding(found) for found in list(places.values())[:most])


def _not_found(wanted: Wanted, rule: str, found: Sequence[Ranked], reason: str = "") -> Verdict:
    near = [r.finding for r in found if r.finding.similarity >= LEAST_SHOWN]
    near.sort(key=lambda finding: -finding.similarity)
    return Verdict(
        claim=wanted.claim,
        kind="not_found",
        rule=rule,
        reason=reason or reasons.tell_not_found(wanted, near[0] if near else None),
        similarity=near[0].similarity if near else 0.0,
        evidence=_show_places(near, NEAREST),
    )


def _find_whole(wanted: Wanted, articles: Sequence[HeldArticle]) -> list[Ranked]:
    whole = (judge_alignment(wanted, found) for a in articles for found in _align_whole(wanted, a))
    return rank_findings(wanted, list(whole))


def _judge_short(wanted: Wanted, articles: Sequence[HeldArticle], shelf: Shelf) -> Verdict:
    """The verdict on so few words that nearness tells nothing."""
    found = _find_whole(wanted, articles) or _find_whole(wanted, shelf.find_more(wanted))
    good = [r for r in found if r.is_within("trimmed")]
    reported = [r for r in found if r.kind == "indirect" and r.finding.likeness == "same"]
    if good or reported:
        return _decide(wanted, (good or reported)[0], found)
    reason = reasons.tell_too_short(wanted, found[0].finding if found else None)
    return _not_found(wanted, "not_found/too-short", found, reason)


def _find_pieces(
    wanted: Wanted, articles: Sequence[HeldArticle], shelf: Shelf, found: Sequence[Ranked]
) -> list[Piece]:
    """The pieces of a quotation that is rather put together than altered."""
    best = found[0] if found else None
    if best is not None and best.place not in ("altered", "far"):
        return []
    cuts = sorted({0, *wanted.omissions, *wanted.breaks, *_gaps(best), len(wanted)})
    pool = {a.passage.article_id: a for a in articles}
    for first, last in pairwise(cuts):
        if SHORT < last - first < len(wanted):
            pool |= {a.passage.article_id: a for a in shelf.find(wanted, first, last)}
    pieces = find_pieces(wanted, list(pool.values()))
    if best is None or best.place == "far":
        return pieces
    steps = best.finding.alignment.unlike
    changed = sum(max(step.draft_end - step.draft, step.held_end - step.held) for step in steps)
    return pieces if explains_better(pieces, changed) else []


def _gaps(best: Ranked | None) -> set[int]:
    """Where the best finding stops and begins to agree."""
    if best is None:
        return set()
    return {at for step in best.finding.alignment.alike for at in (step.draft, step.draft_end)}


def _spliced(wanted: Wanted, pieces: Sequence[Piece]) -> Verdict:
    seams = {piece.run.draft_end for piece in pieces[:-1]}
    across = len({piece.article.passage.article_id for piece in pieces}) > 1
    return Verdict(
        claim=wanted.claim,
        kind="spliced",
        rule="spliced/across-articles" if across else "spliced/within-article",
        reason=reasons.tell_spliced(pieces, None),
        similarity=1.0,
        trim_marked=seams <= wanted.omissions,
        evidence=tuple(show_words(p.article, range(p.run.held, p.run.held_end), p.hit) for p in pieces),
    )
