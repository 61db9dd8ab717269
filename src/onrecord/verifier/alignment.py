"""A quotation laid against an article word by word: what agrees, what differs, what was passed over.

In: a quotation's keys, an article, the chain of runs that agree. Out: steps in the order of both that cover
the quotation wholly. The holes of the chain are aligned by rapidfuzz.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.verifier.flags import is_number, read_number
from onrecord.verifier.held import HeldArticle
from onrecord.verifier.runs import Run

# At its ends a quotation is compared with so many more held words than it has itself.
EDGE_SLACK = 3
# Words at an end that are all of grammar make no run; as many in a row are sought so far from the nearest.
SHORTEST_EDGE = 2
EDGE_REACH = 40


class Step(NamedTuple):
    """Words `draft:draft_end` of the quotation and `held:held_end` of the article: alike or not.

    `alike` with different keys: written together or apart, or a number written another way.
    """

    draft: int
    draft_end: int
    held: int
    held_end: int
    alike: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """The steps, and how many words of the quotation agree."""

    article: HeldArticle
    steps: tuple[Step, ...]
    size: int

    @property
    def agreeing(self) -> int:
        """How many words of the quotation the article has."""
        return sum(step.draft_end - step.draft for step in self.steps if step.alike)

    @property
    def held_words(self) -> list[int]:
        """The words of the article that agree, or stand where others do."""
        return [
            k for step in self.steps for k in range(step.held, step.held_end) if step.draft < step.draft_end
        ]

    @property
    def alike(self) -> list[Step]:
        """The steps that agree."""
        return [step for step in self.steps if step.alike]

    @property
    def unlike(self) -> list[Step]:
        """The steps that do not."""
        return [step for step in self.steps if not step.alike]


def align(
    keys: Sequence[str], article: HeldArticle, chain: Sequence[Run], gaps: Collection[int] = ()
) -> Alignment:
    """The quotation laid along a chain of runs, which must not be empty.

    `gaps` are the words before which the draft says that something is left out.
    """
    steps = list(_front(keys, article, chain[0]))
    for k, run in enumerate(chain):
        if k:
            last = chain[k - 1]
            steps += _fill(keys, article, (last.draft_end, run.draft), (last.held_end, run.held))
        steps.append(Step(run.draft, run.draft_end, run.held, run.held_end, True))
    steps += _back(keys, article, chain[-1])
    merged = _merge(step for step in steps if not _is_moved_sign(article, step))
    settled = _slide(article.keys, _settle(keys, article.keys, merged), gaps)
    return Alignment(article, tuple(settled), len(keys))


def _slide(held: Sequence[str], steps: Sequence[Step], gaps: Collection[int]) -> list[Step]:
    """The steps, each omission moved to where the draft marks it, if the same words stand on both its sides:
    of "the [old] the" either "the" may be the one that was left out."""
    slid = list(steps)
    for k in range(1, len(slid) - 1):
        before, hole, after = slid[k - 1 : k + 2]
        if hole.draft < hole.draft_end or not before.alike or not after.alike:
            continue
        shift = _shift_to(held, (before, hole, after), gaps)
        slid[k - 1] = before._replace(draft_end=before.draft_end + shift, held_end=before.held_end + shift)
        slid[k] = Step(
            hole.draft + shift, hole.draft + shift, hole.held + shift, hole.held_end + shift, False
        )
        slid[k + 1] = after._replace(draft=after.draft + shift, held=after.held + shift)
    return slid


def _shift_to(held: Sequence[str], steps: tuple[Step, Step, Step], gaps: Collection[int]) -> int:
    """By how many words an omission can move so that it stands at a gap; 0 where it cannot or does."""
    before, hole, after = steps
    if hole.draft in gaps or before.held_end != hole.held or after.held != hole.held_end:
        return 0
    for count in range(1, before.draft_end - before.draft):
        if held[hole.held - count] != held[hole.held_end - count]:
            break
        if hole.draft - count in gaps:
            return -count
    for count in range(1, after.draft_end - after.draft):
        if held[hole.held + count - 1] != held[hole.held_end + count - 1]:
            break
        if hole.draft + count in gaps:
            return count
    return 0


def _is_moved_sign(article: HeldArticle, step: Step) -> bool:
    """Whether all that is passed over is a sign of currency which stands before its number in the text."""
    starts = article.tokens.starts
    passed = range(step.held, step.held_end) if step.draft == step.draft_end else ()
    return bool(passed) and all(k > 0 and starts[k] < starts[k - 1] for k in passed)


def _fill(
    keys: Sequence[str], article: HeldArticle, draft: tuple[int, int], held: tuple[int, int]
) -> Iterator[Step]:
    """The steps of a hole between two runs."""
    from rapidfuzz.distance import Levenshtein

    for op in Levenshtein.opcodes(keys[slice(*draft)], article.keys[slice(*held)]):
        i, j = draft[0] + op.src_start, draft[0] + op.src_end
        yield Step(i, j, held[0] + op.dest_start, held[0] + op.dest_end, op.tag == "equal")


def _front(keys: Sequence[str], article: HeldArticle, first: Run) -> list[Step]:
    """The steps of what the quotation has before the first run; held words before it were only cut off."""
    count = first.draft
    start = _find_edge(keys[:count], article, first.held, -1)
    if start is not None:
        end = start + count
        return [Step(0, count, start, end, True), Step(count, count, end, first.held, False)]
    low = max(first.held - count - EDGE_SLACK, 0)
    while low < first.held and not _beside(article, low, first.held):
        low += 1
    steps = list(_fill(keys, article, (0, count), (low, first.held))) if count else []
    if not any(step.alike for step in steps):
        return _pair(0, count, max(low, first.held - count), first.held) if count else []
    while steps and steps[0].draft == steps[0].draft_end:
        steps = steps[1:]
    return steps


def _back(keys: Sequence[str], article: HeldArticle, last: Run) -> list[Step]:
    """The steps of what the quotation has behind the last run."""
    count = len(keys) - last.draft_end
    start = _find_edge(keys[last.draft_end :], article, last.held_end, 1)
    if start is not None:
        gap = Step(last.draft_end, last.draft_end, last.held_end, start, False)
        return [gap, Step(last.draft_end, len(keys), start, start + count, True)]
    high = min(last.held_end + count + EDGE_SLACK, len(article))
    while high > last.held_end and not _beside(article, high - 1, last.held_end - 1):
        high -= 1
    steps = list(_fill(keys, article, (last.draft_end, len(keys)), (last.held_end, high))) if count else []
    if not any(step.alike for step in steps):
        end = min(high, last.held_end + count)
        return _pair(last.draft_end, len(keys), last.held_end, end) if count else []
    while steps and steps[-1].draft == steps[-1].draft_end:
        steps = steps[:-1]
    return steps


def _find_edge(words: Sequence[str], article: HeldArticle, at: int, side: int) -> int | None:
    """Where the quotation that word `at` borders has all these words in a row, nearest on that side of it."""
    count, inner = len(words), at if side < 0 else at - 1
    if count < SHORTEST_EDGE:
        return None
    starts = range(at - count, at - count - EDGE_REACH, -1) if side < 0 else range(at, at + EDGE_REACH)
    for start in starts:
        if start < 0 or start + count > len(article):
            return None
        far = start if side < 0 else start + count - 1
        if not _beside(article, far, inner):
            return None
        if article.keys[start : start + count] == list(words):
            return start
    return None


def _pair(draft: int, draft_end: int, held: int, held_end: int) -> list[Step]:
    return [Step(draft, draft_end, held, held_end, False)]


def _beside(article: HeldArticle, k: int, inner: int) -> bool:
    """Whether a word may belong to the saying of another: the same marks, or the same sentence without."""
    if article.quotation[k] != article.quotation[inner]:
        return False
    return article.quotation[k] >= 0 or article.sentence(k) == article.sentence(inner)


def _merge(steps: Iterable[Step]) -> list[Step]:
    """Neighbouring steps of one kind as one."""
    merged = list[Step]()
    for step in steps:
        if step.draft == step.draft_end and step.held == step.held_end:
            continue
        last = merged[-1] if merged else None
        if last and last.alike == step.alike and last.draft_end == step.draft and last.held_end == step.held:
            merged[-1] = Step(last.draft, step.draft_end, last.held, step.held_end, step.alike)
        else:
            merged.append(step)
    return merged


def _settle(keys: Sequence[str], held: Sequence[str], steps: Sequence[Step]) -> list[Step]:
    """The steps, those made alike that only write the same another way."""
    return [
        step._replace(alike=step.alike or _same_otherwise(keys, held, steps, k))
        for k, step in enumerate(steps)
    ]


def _same_otherwise(keys: Sequence[str], held: Sequence[str], steps: Sequence[Step], k: int) -> bool:
    """Whether a step has one word written together or apart ("any more"), or one number in two ways."""
    step = steps[k]
    ours, theirs = keys[step.draft : step.draft_end], held[step.held : step.held_end]
    if ours and theirs and "".join(ours) == "".join(theirs):
        return True
    left = _number_reach(keys, steps[k - 1], -1) if k else 0
    right = _number_reach(keys, steps[k + 1], 1) if k + 1 < len(steps) else 0
    one = read_number(keys[step.draft - left : step.draft_end + right])
    other = read_number(held[step.held - left : step.held_end + right])
    return one is not None and one == other and bool(ours) and bool(theirs)


def _number_reach(keys: Sequence[str], step: Step, side: int) -> int:
    """How many words of an agreeing step go on the number beside it."""
    if not step.alike:
        return 0
    words = keys[step.draft : step.draft_end][::side]
    count = 0
    while count < len(words) and is_number(words[count]):
        count += 1
    return count
