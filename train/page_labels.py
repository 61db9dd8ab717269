"""What each block of a page should be judged to be: blocks and a page's gold in, labels out.

The golds are texts, not marks on the page: a block belongs to the article where its words stand in them.
"""

from collections.abc import Sequence
from typing import Any

from onrecord.ingest.page_tree import fold_words

OUT, BODY, CAPTION = 0, 1, 2
# From this many folded characters on, words that stand in the gold stand there for no other reason.
TELLING_CHARS = 25
GRAM_CHARS, GRAM_STEP = 12, 4
# Share of a block's pieces that stand in the gold, where the gold has it a little otherwise.
LIKENESS = 0.7
NEAR_BLOCKS = 2


def label_blocks(words: Sequence[str], gold: dict[str, Any]) -> list[int]:
    """A label for each block, by its words."""
    lines, captions = _gold_lines(gold)
    whole = "\n".join(lines)
    folded = [fold_words(one) for one in words]
    grams = {whole[i : i + GRAM_CHARS] for i in range(len(whole) - GRAM_CHARS + 1)}
    known = set(lines)
    labels = [BODY if one in known or _is_in(one, whole, grams) else OUT for one in folded]
    for i, one in enumerate(folded):
        if (
            not labels[i]
            and one
            and len(one) < TELLING_CHARS
            and one in whole
            and _is_between(folded, labels, i)
        ):
            labels[i] = BODY
        elif not labels[i] and any(_is_caption(one, caption) for caption in captions):
            labels[i] = CAPTION
    return labels


def _gold_lines(gold: dict[str, Any]) -> tuple[list[str], list[str]]:
    if "paras" in gold:
        lines = [*gold["paras"], *gold["heads"], *gold["summary"]]
    else:
        lines = [gold.get("main_content") or gold.get("main_content_markdown") or ""]
    parts = [fold_words(part) for line in lines for part in line.split("\n")]
    return [p for p in parts if p], [c for c in map(fold_words, gold.get("captions") or ()) if c]


def _is_in(folded: str, whole: str, grams: set[str]) -> bool:
    if len(folded) < TELLING_CHARS:
        return False
    if folded in whole:
        return True
    pieces = [folded[i : i + GRAM_CHARS] for i in range(0, len(folded) - GRAM_CHARS + 1, GRAM_STEP)]
    return sum(piece in grams for piece in pieces) >= LIKENESS * len(pieces)


def _is_between(folded: Sequence[str], labels: Sequence[int], i: int) -> bool:
    """Whether longer blocks of the article stand close before and after."""

    def holds(places: range) -> bool:
        return any(labels[j] == BODY and len(folded[j]) >= TELLING_CHARS for j in places)

    before, after = range(max(0, i - NEAR_BLOCKS), i), range(i + 1, min(len(folded), i + NEAR_BLOCKS + 1))
    return holds(before) and holds(after)


def _is_caption(folded: str, caption: str) -> bool:
    if len(folded) <= 8 or len(folded) >= 3 * len(caption) or len(caption) >= 3 * len(folded):
        return False
    return folded in caption or caption in folded
