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
    return Coverage(
        visible_words=visible,
        article_words=article,
        left_out=left_out,
        dropped=tuple(
            _report(one, source, capture) for one in judged if one.doubted and id(one.block) not in used
        ),
    )


def count_words(words: str) -> int:
    """How many words a text has, parted by white space."""
    return words.count(" ") + 1


def _report(one: Judged, source: SourceText, capture: Capture) -> Dropped:
    start, end = one.block.runs[0][0], one.block.runs[-1][1]
    places = list(source.locate(start, min(end, len(source.stream))))
    bounds = find_bytes(capture, [places[0][2], places[-1][3]]) if places else [0, 0]
    return Dropped(words=one.block.words, kind=one.part or OTHER, start_byte=bounds[0], end_byte=bounds[1])
