"""What became of a quotation in one article: the kind of agreement there, by named rules.

In: a claim's words and an alignment with an article. Out: a finding: kind, rule, changes, whose words they
are. Which finding of all decides is told in `verdicts`.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from onrecord.record.query import Hit
from onrecord.verifier.alignment import Alignment, Step
from onrecord.verifier.changes import describe_insertion, describe_step, flags_of
from onrecord.verifier.edges import find_cut_off
from onrecord.verifier.flags import CONDITIONS, count_negations
from onrecord.verifier.held import HeldArticle
from onrecord.verifier.speakers import Likeness, compare_speaker
from onrecord.verifier.verdict import Change, Kind
from onrecord.verifier.wanted import Wanted

MARKS = re.compile("[\"'“”„‟‘’‚‛«»‹›`´＂＇ʼ]+")
SPACE = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufeff]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Held words that an insertion in brackets may stand for.
LONGEST_BRACKETED = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """How an article holds a quotation. `splits` are the steps before which another saying begins."""

    alignment: Alignment
    kind: Kind
    rule: str
    changes: tuple[Change, ...]
    splits: tuple[Step, ...]
    trim_marked: bool | None
    hit: Hit | None
    likeness: Likeness
    quoted: float

    @property
    def article(self) -> HeldArticle:
        """The article."""
        return self.alignment.article

    @property
    def similarity(self) -> float:
        """The share of the draft's words that agree."""
        return self.alignment.agreeing / self.alignment.size if self.alignment.size else 0.0


@dataclass(slots=True)
class _Judged:
    """What the steps between agreeing words are."""

    altered: list[Change]
    dropped: list[Change]
    splits: list[Step]
    marked: list[bool]


def judge_alignment(wanted: Wanted, alignment: Alignment) -> Finding:
    """The finding that an alignment makes."""
    judged = _judge_steps(wanted, alignment)
    brackets = [describe_insertion(wanted, span) for _, span in wanted.inserted]
    judged.altered += [change for change in brackets if change.flags]
    quoted = _quoted_share(alignment)
    kind, rule = _decide(wanted, alignment, judged, quoted)
    changes = judged.altered + judged.dropped + [change for change in brackets if not change.flags]
    if kind in ("exact", "marks"):
        changes = _cut_off(wanted, alignment)
        kind, rule = ("trimmed", "trimmed/sense-cut-off") if changes else (kind, rule)
    hit = alignment.article.statement_of(alignment.held_words)
    marked = all(judged.marked) if judged.marked else (True if brackets else None)
    return Finding(
        alignment=alignment,
        kind=kind,
        rule=rule,
        changes=tuple(sorted(changes, key=_order)),
        splits=tuple(judged.splits),
        trim_marked=marked if kind in ("trimmed", "spliced") and rule != "trimmed/sense-cut-off" else None,
        hit=hit,
        likeness=compare_speaker(wanted, hit),
        quoted=quoted,
    )


def _order(change: Change) -> tuple[bool, int, int]:
    """The changes that turn the sense first, then in the order of the draft."""
    draft = change.draft_span.start_char if change.draft_span else -1
    held = change.held_span.start_char if change.held_span else -1
    return not change.flags, max(draft, 0) if draft >= 0 else 0, held


def _quoted_share(alignment: Alignment) -> float:
    quotation = alignment.article.quotation
    words = [k for step in alignment.alike for k in range(step.held, step.held_end)]
    return sum(quotation[k] >= 0 for k in words) / len(words) if words else 0.0


def _judge_steps(wanted: Wanted, alignment: Alignment) -> _Judged:
    judged = _Judged([], [], [], [])
    previous: Step | None = None
    for k, step in enumerate(alignment.steps):
        following = alignment.steps[k + 1] if k + 1 < len(alignment.steps) else None
        if step.alike:
            _judge_join(wanted, alignment.article, previous, step, judged)
            previous = step
        elif step.draft == step.draft_end and previous and following and following.alike:
            _judge_hole(wanted, alignment, (previous, step, following), judged)
            previous = None
        else:
            judged.altered.append(describe_step(wanted, alignment, step))
    return judged


def _judge_join(
    wanted: Wanted, article: HeldArticle, previous: Step | None, step: Step, judged: _Judged
) -> None:
    """Two agreeing steps without words between, or one that runs over two sayings: whose are they?"""
    first = previous.held_end - 1 if previous and previous.held_end == step.held else step.held
    for k in range(max(first, 0) + 1, step.held_end):
        numbers = article.quotation[k - 1], article.quotation[k]
        if numbers[0] != numbers[1] and min(numbers) >= 0 and _other_speaker(article, k):
            judged.splits.append(Step(step.draft + k - step.held, step.draft_end, k, step.held_end, True))


def _other_speaker(article: HeldArticle, k: int) -> bool:
    before, here = article.statement_of([k - 1]), article.statement_of([k])
    if before is None or here is None or before is here:
        return False
    return before.person_id != here.person_id or before.person_id is None


def _judge_hole(
    wanted: Wanted, alignment: Alignment, steps: tuple[Step, Step, Step], judged: _Judged
) -> None:
    """Held words that the draft passes over: the reporter's, an omission, or the seam of two sayings."""
    before, hole, after = steps
    article, last, first = alignment.article, before.held_end - 1, after.held
    if not article.same_saying(last, first):
        judged.splits.append(after)
        judged.marked.append(hole.draft in wanted.omissions)
        return
    both_quoted = article.quotation[last] >= 0 <= article.quotation[first]
    if both_quoted and not article.holds_quoted(hole.held, hole.held_end):
        return
    change = describe_step(wanted, alignment, hole)
    marked = hole.draft in wanted.omissions or _bracketed(wanted, hole)
    silent = not marked and hole.draft not in wanted.breaks
    if (silent and _flags_beside(wanted, article, hole)) or _is_turned(article, hole):
        judged.altered.append(change)
    elif not marked and _left_sentences(article, hole):
        judged.splits.append(after)
        judged.marked.append(False)
    else:
        judged.dropped.append(change)
        judged.marked.append(marked)


def _bracketed(wanted: Wanted, hole: Step) -> bool:
    return wanted.is_open(hole.draft) and hole.held_end - hole.held <= LONGEST_BRACKETED


def _words_beside(article: HeldArticle, hole: Step) -> list[int]:
    """The speaker's words left out of a sentence of which some are kept."""
    kept = {article.sentence(hole.held - 1), article.sentence(hole.held_end)}
    return [k for k in _left_words(article, hole) if article.sentence(k) in kept]


def _left_words(article: HeldArticle, hole: Step) -> list[int]:
    """The speaker's words that are left out, without what the reporter says between."""
    words = range(hole.held, hole.held_end)
    return [k for k in words if article.quotation[k] >= 0] or list(words)


def _flags_beside(wanted: Wanted, article: HeldArticle, hole: Step) -> bool:
    """Whether what is left out of a sentence of which some is kept turns anything."""
    words = _words_beside(article, hole)
    return any(flags_of(wanted, article, Step(hole.draft, hole.draft, k, k + 1, False)) for k in words)


def _is_turned(article: HeldArticle, hole: Step) -> bool:
    """Whether an omission, marked or not, takes a negation or condition from the words beside it."""
    words = [article.keys[k] for k in _words_beside(article, hole)]
    beside = words[:2] + words[-2:]
    return bool(count_negations(beside) or set(beside) & CONDITIONS)


def _left_sentences(article: HeldArticle, hole: Step) -> bool:
    """Whether a sentence of the speaker's is left out as a whole."""
    return len(_words_beside(article, hole)) < len(_left_words(article, hole))


def _decide(wanted: Wanted, alignment: Alignment, judged: _Judged, quoted: float) -> tuple[Kind, str]:
    if judged.altered:
        turned = any(change.flags for change in judged.altered)
        return "altered", "altered/sense" if turned else "altered/words"
    if quoted < 1.0:
        return "indirect", "indirect/partly" if quoted else "indirect/unquoted"
    if judged.splits:
        return "spliced", "spliced/within-article"
    if judged.dropped or wanted.inserted:
        return "trimmed", "trimmed/marked" if all(judged.marked) else "trimmed/silent"
    return _compare_letters(wanted, alignment)


def _compare_letters(wanted: Wanted, alignment: Alignment) -> tuple[Kind, str]:
    """Exact or not, where all words agree and none is missing."""
    for step in alignment.alike:
        if wanted.keys[step.draft : step.draft_end] != alignment.article.keys[step.held : step.held_end]:
            return "marks", "marks/spelling-of-number-or-compound"
    pairs = [pair for step in alignment.alike for pair in _letters(wanted, alignment.article, step)]
    folded = [(fold_plain(ours), fold_plain(theirs)) for ours, theirs in pairs]
    if any(_bare(ours) != _bare(theirs) for ours, theirs in folded):
        return "marks", "marks/spelling-of-number-or-compound"
    if any(ours.casefold() != theirs.casefold() for ours, theirs in folded):
        return "marks", "marks/punctuation"
    if any(ours != theirs for ours, theirs in folded):
        return "marks", "marks/case"
    if _asks(wanted, alignment):
        return "marks", "marks/question"
    return "exact", "exact/same-characters"


def _bare(words: str) -> str:
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def _letters(wanted: Wanted, article: HeldArticle, step: Step) -> list[tuple[str, str]]:
    """The characters of both sides of an agreeing step, cut where a part of the draft's begins."""
    cuts = sorted(
        {step.draft, *(k for k in wanted.breaks if step.draft < k < step.draft_end), step.draft_end}
    )
    pairs = []
    for low, high in pairwise(cuts):
        shift = step.held - step.draft
        start, end = article.tokens.bounds(low + shift, high + shift)
        pairs.append((wanted.surface(low, high), article.text[start:end]))
    return pairs


def _asks(wanted: Wanted, alignment: Alignment) -> bool:
    """Whether one side ends as a question or a shout and the other does not."""
    last, end = alignment.alike[-1], wanted.spans[-1].end_char
    ours = wanted.text[end : end + 1]
    stop = alignment.article.tokens.bounds(last.held, last.held_end)[1]
    theirs = alignment.article.text[stop : stop + 1]
    return ours != theirs and bool({ours, theirs} & {"?", "!"})


def fold_plain(words: str) -> str:
    """The words with one kind of quotation mark and space; what cannot be seen is left out.

    >>> fold_plain("“No,”\u00a0he  said") == fold_plain("'No,' he said")
    True
    """
    seen = INVISIBLE.sub("", unicodedata.normalize("NFC", words))
    return MARKS.sub("'", SPACE.sub(" ", seen))


def _cut_off(wanted: Wanted, alignment: Alignment) -> list[Change]:
    """What is missing at the edges of words that are right."""
    steps = alignment.alike
    return list(find_cut_off(wanted, alignment.article, steps[0].held, steps[-1].held_end))
