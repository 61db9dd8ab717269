"""Where a quotation's words stand in an article: stretches of both that agree, and the best chain of them.

In: the keys of a quotation and an article. Out: runs (word of the quotation, word of the article, length),
in the order of both.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.verifier.held import HeldArticle
from onrecord.verifier.tokens import weight_of

# Runs that are compared with each other, the heaviest: more cost time and never helped on PolNeAR dev.
MOST_RUNS = 60
AROUND = 12
LIGHTEST_RUN = 0.9
MOST_PLACES = 20


class Run(NamedTuple):
    """Words `draft:draft + length` of the quotation are the words `held:held + length` of the article."""

    draft: int
    held: int
    length: int

    @property
    def draft_end(self) -> int:
        """The word of the quotation behind the run."""
        return self.draft + self.length

    @property
    def held_end(self) -> int:
        """The word of the article behind the run."""
        return self.held + self.length


def find_whole(keys: Sequence[str], article: HeldArticle) -> list[Run]:
    """Every place where the article has all these words in a row."""
    if not keys:
        return []
    rarest = min(range(len(keys)), key=lambda k: len(article.positions.get(keys[k], ())))
    starts = (place - rarest for place in article.positions.get(keys[rarest], ()))
    wanted = list(keys)
    found = (Run(0, s, len(keys)) for s in starts if s >= 0 and article.keys[s : s + len(keys)] == wanted)
    return [run for run, _ in zip(found, range(MOST_PLACES), strict=False)]


def find_runs(keys: Sequence[str], article: HeldArticle) -> list[Run]:
    """The stretches that agree, can grow no longer and hold a word that tells, in the order of the quotation.

    Where the quotation has hardly such a word, any word will do.
    """
    telling = [i for i, key in enumerate(keys) if weight_of(key) == 1]
    anchors = telling if len(telling) > 1 else list(range(len(keys)))
    ends: dict[int, int] = {}  # by diagonal: the word behind the last run on it
    found = list[Run]()
    for i in anchors:
        for place in article.positions.get(keys[i], ()):
            if ends.get(place - i, -1) <= i:
                run = _grow(keys, article.keys, i, place)
                ends[place - i] = run.draft_end
                found.append(run)
    return sorted(found)


def _grow(keys: Sequence[str], held: Sequence[str], i: int, place: int) -> Run:
    """The longest stretch that agrees around a word of both."""
    low, high = 0, 1
    while low < min(i, place) and keys[i - low - 1] == held[place - low - 1]:
        low += 1
    while i + high < len(keys) and place + high < len(held) and keys[i + high] == held[place + high]:
        high += 1
    return Run(i - low, place - low, low + high)


def weigh(keys: Sequence[str], run: Run) -> float:
    """The weight of the run's words."""
    return sum(weight_of(key) for key in keys[run.draft : run.draft_end])


def chain_runs(keys: Sequence[str], runs: Iterable[Run]) -> tuple[float, list[Run]]:
    """The runs that follow each other in both texts and weigh most, what lies between them counted against
    them; and that weight."""
    weighed = [(weigh(keys, run), run) for run in runs]
    heavy = sorted((row for row in weighed if row[0] >= LIGHTEST_RUN), key=lambda row: (-row[0], row[1]))
    chosen = sorted(_keep_likely(heavy), key=lambda row: row[1])
    scores, before = list[float](), list[int]()
    for k, (weight, run) in enumerate(chosen):
        scores.append(weight)
        before.append(-1)
        for j in range(k):
            score = scores[j] + _gain(weight, chosen[j][1], run)
            if score > scores[k]:
                scores[k], before[k] = score, j
    if not scores:
        return 0.0, []
    last = max(range(len(scores)), key=lambda k: (scores[k], -k))
    return scores[last], _cut_overlaps(_walk_back(last, before, [run for _, run in chosen]))


def _keep_likely(heavy: list[tuple[float, Run]]) -> list[tuple[float, Run]]:
    """Of many runs, the heaviest first, those around the heaviest, then the others: an article that says
    "going to" on every line must not crowd out the one word that stands where it should."""
    if len(heavy) <= MOST_RUNS:
        return heavy
    best = heavy[0][1]
    around = [abs((run.held - run.draft) - (best.held - best.draft)) <= AROUND for _, run in heavy]
    near = [row for row, is_near in zip(heavy, around, strict=True) if is_near]
    far = [row for row, is_near in zip(heavy, around, strict=True) if not is_near]
    return (near + far)[:MOST_RUNS]


def _gain(weight: float, run: Run, after: Run) -> float:
    """What a run adds behind another: its weight, less for words that both claim and for the way between."""
    shared = max(run.draft_end - after.draft, run.held_end - after.held, 0)
    if shared >= after.length or after.held < run.held:
        return -math.inf
    missing = max(after.draft - run.draft_end, 0)
    skipped = max(after.held - run.held_end, 0)
    # Tuned on PolNeAR dev: words skipped cost little, so that a long omission still joins two ends.
    return weight * (1 - shared / after.length) - 0.5 - 0.05 * min(missing, 20) - 0.02 * min(skipped, 125)


def _walk_back(last: int, before: Sequence[int], runs: Sequence[Run]) -> list[Run]:
    chain = list[Run]()
    while last >= 0:
        chain.append(runs[last])
        last = before[last]
    return chain[::-1]


def _cut_overlaps(chain: Sequence[Run]) -> list[Run]:
    """The chain without words that two of its runs claim; the earlier keeps them."""
    cut = list[Run]()
    for run in chain:
        shared = max(cut[-1].draft_end - run.draft, cut[-1].held_end - run.held, 0) if cut else 0
        if shared < run.length:
            cut.append(Run(run.draft + shared, run.held + shared, run.length - shared))
    return cut
