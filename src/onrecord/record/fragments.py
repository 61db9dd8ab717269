"""Links to words of a page: an article and a span in, out an address that a browser scrolls to and marks.

After the WICG's draft of URL fragment text directives, `#:~:text=[prefix-,]start[,end][,-suffix]`: each part
is words within one block, matched as whole words and whatever their case.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import quote

from onrecord.record.article import Article
from onrecord.record.span import Span

# Words this long are given whole; longer ones by how they begin and end.
WHOLE_CHARS = 200
END_CHARS = 30
# Shorter words may well stand elsewhere on the page, outside the article: they get words round them.
TELLING_CHARS = 25
MOST_CONTEXT = 6
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_ADDRESS_SIGNS = "%/:=&?~+!$,;'@()*[]"
# A word; in scripts without spaces, a phrase to its comma or full stop, where browsers see a word end.
_TOKEN = re.compile(r"\S*?[。，、；：！？」』）]|\S+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

Bounds = tuple[int, int]


def fragment_link(article: Article, span: Span) -> str | None:
    """The address of the article's page with a directive that marks the span's words there.

    None where the article has no address on the web. Where the same words stand twice, some of those round
    them are named too. Words that the page shows otherwise than its article a browser does not find: it
    shows the page from its top.
    """
    if not article.url or not _WEB.match(article.url):
        return None
    address, _, fragment = article.url.partition("#")
    own = fragment.partition(":~:")[0]
    return f"{_quote(address)}#{_quote(own)}:~:text={text_directive(article, span)}"


def _quote(address: str) -> str:
    return quote(address, safe=_ADDRESS_SIGNS, errors="replace")


def text_directive(article: Article, span: Span) -> str:
    """What stands after "text=": the parts, percent-encoded."""
    text = article.text
    start, end = _widen(text, span.start_char, span.end_char)
    parts = _split(article, start, end)
    whole = len(parts) == 1 and end - start <= WHOLE_CHARS
    chosen = parts if whole else _choose_ends(text, parts, parts)
    if whole and (ends := _split_at_breaks(article, start, end)):
        chosen = _choose_ends(text, parts, ends)
    before, after = _choose_context(article, chosen)
    named = [f"{_encode(text[slice(*before)])}-"] if before else []
    named += [_encode(text[slice(*bounds)]) for bounds in chosen]
    named += [f"-{_encode(text[slice(*after)])}"] if after else []
    return ",".join(named)


def _encode(words: str) -> str:
    """Percent-encoded, with the three signs that mean something in a directive."""
    return quote(_fold(words), safe="", errors="replace").replace("-", "%2D")


def _fold(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=8)
def _key(text: str) -> str:
    """What two texts share that a browser takes for the same."""
    return _fold(text).casefold()


def _widen(text: str, start: int, end: int) -> Bounds:
    """The bounds moved out to those of the words: browsers match no half words."""
    while start > 0 and _joins(text[start - 1 : start + 1]):
        start -= 1
    while end < len(text) and _joins(text[end - 1 : end + 1]):
        end += 1
    return start, end


def _joins(pair: str) -> bool:
    return pair.isalnum() and not _UNSPACED.search(pair)


def _split(article: Article, start: int, end: int) -> list[Bounds]:
    """The bounds cut at those of the blocks: a part of a directive matches within one block."""
    spans = [block.span for block in article.blocks if block.span.start_char < end]
    inside = [(max(start, s.start_char), min(end, s.end_char)) for s in spans if start < s.end_char]
    return inside or [(start, end)]


def _list_tokens(text: str, start: int, end: int) -> list[Bounds]:
    return [match.span() for match in _TOKEN.finditer(text, start, end)]


def _split_at_breaks(article: Article, start: int, end: int) -> list[Bounds]:
    """What stands before the first and after the last piece of markup between these words, if any.

    It may be a line break, which ends a match in Chromium as the edge of a block does.
    """
    chart = article.source_map
    if chart is None:
        return []
    inside = chart.end_chars[bisect_right(chart.end_chars, start) : bisect_left(chart.end_chars, end)]
    breaks = [place for place in inside if article.text[place].isspace()]
    return [(start, breaks[0]), (breaks[-1] + 1, end)] if breaks else []


def _choose_ends(text: str, parts: Sequence[Bounds], within: Sequence[Bounds]) -> list[Bounds]:
    """How long words begin and end, in the first and the last of `within`.

    The end is what first stands after the beginning.
    """
    start, end = parts[0][0], parts[-1][1]
    ends = [high for _, high in _list_tokens(text, *within[0])] or [within[0][1]]
    first_end = next((high for high in ends if high - start >= END_CHARS), ends[-1])
    after = max(first_end, within[-1][0])
    rest = _key(text[first_end:end])
    last = None
    for low, _ in reversed(_list_tokens(text, after, end)):
        last = low
        if end - low >= END_CHARS and rest.count(_key(text[low:end])) == 1:
            break
    return [(start, first_end), (last, end)] if last is not None else [parts[0]]


def _choose_context(article: Article, chosen: Sequence[Bounds]) -> tuple[Bounds | None, Bounds | None]:
    """The words before and after, as few as tell the chosen ones from the same elsewhere in the article."""
    text, (start, end) = article.text, chosen[0]
    is_range = len(chosen) > 1
    whole = _key(text)
    if end - start >= TELLING_CHARS and whole.count(_key(text[start:end])) <= 1:
        return None, None
    for low, high in _bounds_round(article, start, end):
        lefts = [a for a, _ in reversed(_list_tokens(text, low, start))][:MOST_CONTEXT]
        # What follows the beginning of a range is within it.
        rights = [] if is_range else [b for _, b in _list_tokens(text, end, high)][:MOST_CONTEXT]
        left, right = start, end
        for i in range(max(len(lefts), len(rights))):
            left, right = lefts[: i + 1][-1] if lefts else start, rights[: i + 1][-1] if rights else end
            if right - left >= TELLING_CHARS and whole.count(_key(text[left:right])) <= 1:
                return (left, start) if lefts else None, (end, right) if rights else None
    return (left, start) if left < start else None, (end, right) if right > end else None


def _bounds_round(article: Article, start: int, end: int) -> Iterator[Bounds]:
    """Where words round these are looked for: in their block; then, past its edges, in the blocks beside it.

    Those come last because a page may show something else between two blocks of its article.
    """
    spans = [block.span for block in article.blocks]
    i = next((i for i, s in enumerate(spans) if s.start_char <= start and end <= s.end_char), None)
    if i is None:
        yield start, end
        return
    own = spans[i]
    yield own.start_char, own.end_char
    low = spans[i - 1].start_char if i and start == own.start_char else own.start_char
    beside = i + 1 < len(spans) and end == own.end_char
    yield low, spans[i + 1].end_char if beside else own.end_char
