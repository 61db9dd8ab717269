"""The receipt of a page: its blocks and what became of each in, the counts and the doubtful cases out."""

from collections import Counter
from collections.abc import Collection, Sequence

from onrecord.ingest.page_body import Judged
from onrecord.ingest.page_tree import PageBlock
from onrecord.ingest.source_map import SourceText, find_bytes
from onrecord.record import Capture, Coverage, Dropped, LeftOut

LINKS, OTHER = "links", "other"


def cover_page(
    blocks: Sequence[PageBlock],
    judged: Sequence[Judged],
    used: Collection[int],
    source: SourceText,
    capture: Capture,
) -> Coverage:
    """The coverage of a page; `used` are the ids (of Python) of the blocks that the article holds."""
    words, counts = Counter[str](), Counter[str]()
    visible = article = 0
    by_block = {id(one.block): one for one in judged}
    for block in blocks:
        size = count_words(block.words)
        one = by_block.get(id(block))
        visible += size
        if id(block) in used:
            article += size
            continue
        kind = LINKS if one is None else "title" if one.kind else one.part or OTHER
        words[kind] += size
        counts[kind] += 1
    left_out = tuple(LeftOut(kind=kind, blocks=counts[kind], words=n) for kind, n in words.most_common())
    doubted = [one for one in judged if one.doubted and id(one.block) not in used]
    return Coverage(
        visible_words=visible,
        article_words=article,
        left_out=left_out,
        dropped=_report(doubted, source, capture),
    )


def count_words(words: str) -> int:
    """How many words a text has, parted by white space."""
    return words.count(" ") + 1


def _report(doubted: Sequence[Judged], source: SourceText, capture: Capture) -> tuple[Dropped, ...]:
    """What was left out and reads like text, with its bytes; where the parser mended the page, none."""
    found = []
    for one in doubted:
        start = one.block.runs[0][0]
        places = list(source.locate(start, min(one.block.runs[-1][1], len(source.stream))))
        found.append((one, places[0][2] if places else 0, places[-1][3] if places else 0))
    edges = sorted({edge for _, *bounds in found for edge in bounds})
    byte_at = dict(zip(edges, find_bytes(capture, edges), strict=True))
    return tuple(
        Dropped(
            words=one.block.words, kind=one.part or OTHER, start_byte=byte_at[start], end_byte=byte_at[end]
        )
        for one, start, end in found
    )
