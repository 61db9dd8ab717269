"""Verdicts in words, for every face: names of kinds and flags, counts, and where the draft and the record
differ.

In: a report or one of its verdicts. Out: strings, and pieces of the words with those that differ marked.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.record import Span
from onrecord.verifier.verdict import FAILING, KINDS, Change, Flag, Report, Verdict

KIND_WORDS = {
    "exact": "exact",
    "marks": "exact but for marks",
    "trimmed": "trimmed",
    "spliced": "spliced",
    "paraphrased": "paraphrased",
    "indirect": "only reported",
    "altered": "altered",
    "misattributed": "misattributed",
    "not_found": "not found",
}
KIND_MEANINGS = {
    "exact": "to the letter",
    "marks": "but for punctuation, quotation marks and case",
    "trimmed": "words are left out",
    "spliced": "put together from several places",
    "paraphrased": "in the draft’s own words, the like is held",
    "indirect": "held in a reporter’s words only, not as a quotation",
    "altered": "words differ",
    "misattributed": "the words are another’s",
    "not_found": "nothing near enough is held",
}
# Loudest first.
FLAG_WORDS: dict[Flag, str] = {
    "negation": "negation turned",
    "number": "number changed",
    "name": "name changed",
    "modal": "modal changed",
    "condition": "condition changed",
}
# Between words of one row: a space, with a mark or two.
NEAR_CHARS = 3
# Of a number, a name, a modal or a condition that only one side has.
ONE_SIDED = {"inserted": "added", "dropped": "left out"}
CHANGE_WORDS = {"replaced": "for", "inserted": "added", "dropped": "left out"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of one side, and whether the other side has others there; `flags` say what they turn."""

    words: str
    differs: bool = False
    flags: tuple[Flag, ...] = ()


Side = tuple[tuple[Piece, ...], ...]  # a row of pieces for each span


def name_kind(verdict: Verdict) -> str:
    """What the verdict is called: "trimmed silently" tells how."""
    name = KIND_WORDS[verdict.kind]
    if verdict.kind != "trimmed" or verdict.trim_marked is None:
        return name
    return name if verdict.trim_marked else f"{name} silently"


def name_flags(verdict: Verdict) -> tuple[str, ...]:
    """What its changes turn, in words, the loudest first: "negation turned", "name left out"."""
    return tuple(name_flag(flag, verdict.changes) for flag in verdict.flags)


def name_flag(flag: Flag, changes: Iterable[Change]) -> str:
    """What became of the words of these changes that raise a flag."""
    kinds = {change.kind for change in changes if flag in change.flags}
    if flag != "negation" and len(kinds) == 1 and (told := ONE_SIDED.get(*kinds)):
        return f"{flag} {told}"
    return FLAG_WORDS[flag]


def order_loudest(report: Report, *, fails: bool) -> list[tuple[int, Verdict]]:
    """The verdicts that fail, or those that do not, with their numbers.

    Those that fail: flagged ones first, then quotations, then what is in the draft's own words.
    """
    chosen = [(n, v) for n, v in enumerate(report.verdicts, 1) if v.fails == fails]
    return sorted(chosen, key=lambda pair: _quietness(pair[1])) if fails else chosen


def _quietness(verdict: Verdict) -> tuple[int, bool]:
    order = list(FLAG_WORDS)
    return order.index(verdict.flags[0]) if verdict.flags else len(order), verdict.claim.form == "indirect"


def count_kinds(report: Report) -> dict[str, int]:
    """How many verdicts of each kind there are, in the order of the kinds; kinds without any are left out."""
    counts = Counter(verdict.kind for verdict in report.verdicts)
    return {kind: counts[kind] for kind in KINDS if counts[kind]}  # type: ignore[index]


def summarise_report(report: Report) -> str:
    """One sentence: "3 of 7 fail: 1 altered, 2 not found" or that none does."""
    total = len(report.verdicts)
    if not total:
        return "Nothing in the draft could be held against the record."
    counts = count_kinds(report)
    failing = sum(counts.get(kind, 0) for kind in FAILING)
    if not failing:
        return f"All {total} hold." if total > 1 else "The one there is holds."
    told = ", ".join(f"{count} {KIND_WORDS[kind]}" for kind, count in counts.items() if kind in FAILING)
    return f"{failing} of {total} {'fails' if failing == 1 else 'fail'}: {told}."


def tell_change(change: Change) -> str:
    """One change in a phrase: "“now” for “not”"."""
    if change.kind == "replaced":
        return f"“{change.draft}” for “{change.held}”"
    return f"“{change.draft or change.held}” {CHANGE_WORDS[change.kind]}"


def loudest_first(changes: Iterable[Change]) -> list[Change]:
    """The changes with flags before those without, in their order."""
    order = {flag: place for place, flag in enumerate(FLAG_WORDS)}
    return sorted(changes, key=lambda c: min((order[f] for f in c.flags), default=len(order)))


def split_draft(verdict: Verdict) -> Side:
    """The words of the draft, a row of pieces for each of its spans."""
    marked = [(change.draft_span, change) for change in verdict.changes if change.draft_span]
    claim = verdict.claim
    return tuple(
        tuple(piece for _, piece in _place(span, words, marked))
        for span, words in zip(claim.spans, claim.words, strict=False)
    )


def split_held(verdict: Verdict) -> Side:
    """The words of the best evidence, with those that the draft lacks, a row for each stretch of them; of
    what is put together from several places, the words of each. Empty where nothing is held."""
    if verdict.kind == "spliced" and not verdict.changes:
        return tuple((Piece(words=words),) for one in verdict.evidence for words in one.words)
    best = verdict.evidence[:1]
    marked = [(change.held_span, change) for change in verdict.changes if change.held_span]
    placed = [
        pair
        for one in best
        for span, words in zip(one.spans, one.words, strict=False)
        for pair in _place(span, words, marked)
    ]
    # Words that the draft lacks stand between the spans of those that it has.
    placed += [
        (span, Piece(words=change.held, differs=True, flags=change.flags))
        for span, change in marked
        if best and not any(span.overlaps(held) for held in best[0].spans)
    ]
    return _join_rows(sorted(placed, key=lambda pair: pair[0]))


def _join_rows(placed: Sequence[tuple[Span, Piece]]) -> Side:
    """The pieces in rows: those with no more than a space or a mark between them share one."""
    rows: list[list[Piece]] = []
    end = -NEAR_CHARS - 1
    for span, piece in placed:
        gap = span.start_char - end
        if gap > NEAR_CHARS:
            rows.append([])
        elif gap > 0:
            rows[-1].append(Piece(words=" "))
        rows[-1].append(piece)
        end = span.end_char
    return tuple(map(tuple, rows))


def _place(span: Span, words: str, marked: Sequence[tuple[Span, Change]]) -> Iterator[tuple[Span, Piece]]:
    """The words of a span cut at the changes in it, each with its place; a change that does not fit is
    passed over."""
    at = 0
    for bounds, change in sorted(marked, key=lambda pair: pair[0]):
        low, high = bounds.start_char - span.start_char, bounds.end_char - span.start_char
        if at <= low < high <= len(words):
            yield from _piece_at(span, words, at, low)
            yield bounds, Piece(words=words[low:high], differs=True, flags=change.flags)
            at = high
    yield from _piece_at(span, words, at, len(words))


def _piece_at(span: Span, words: str, low: int, high: int) -> Iterator[tuple[Span, Piece]]:
    if low < high:
        start = span.start_char
        yield Span(start_char=start + low, end_char=start + high), Piece(words=words[low:high])
